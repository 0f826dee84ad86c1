//! The passes that draw a scatter's picture, all of it or parts.

use super::{ScatterCanvas, ScatterInput, picture_target};
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::painters::{Job, choose};
use crate::gpu::pipelines::Pipelines;
use crate::gpu::progressive::{PanReuse, UpscaleInput, reduced, upscale};
use crate::scene::frame::PxRect;
use crate::scene::picture::ScatterPicture;

impl ScatterCanvas {
    /// Copies what stays in view to where it lies now; the rest is to be drawn.
    pub(super) fn scroll_copy(
        &mut self,
        gpu: &Gpu,
        reuse: &PanReuse,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let (picture, view) = match self.spare.take() {
            Some(spare) => spare,
            None => picture_target(gpu, self.picture.format(), self.size_px)?,
        };
        let [from, to] = reuse.kept();
        let at = |rect: PxRect| wgpu::Origin3d { x: rect.left, y: rect.top, z: 0 };
        let before = wgpu::TexelCopyTextureInfo { origin: at(from), ..self.picture.as_image_copy() };
        let now = wgpu::TexelCopyTextureInfo { origin: at(to), ..picture.as_image_copy() };
        let size = wgpu::Extent3d { width: to.width, height: to.height, depth_or_array_layers: 1 };
        encoder.copy_texture_to_texture(before, now, size);
        let before = std::mem::replace(&mut self.picture, picture);
        self.spare = Some((before, std::mem::replace(&mut self.picture_view, view)));
        Ok(())
    }

    /// Draws a low-resolution picture, in a canvas of its own, and enlarges it.
    pub(super) fn draw_reduced(
        &mut self,
        gpu: &Gpu,
        pipelines: &Pipelines,
        picture: &ScatterPicture,
        downsample: u32,
        encoder: &mut wgpu::CommandEncoder,
        draw: impl FnOnce(&mut Self, &ScatterPicture, &mut wgpu::CommandEncoder) -> Result<(), GpuError>,
    ) -> Result<(), GpuError> {
        let picture = reduced(picture, downsample);
        let size_px = picture.view.size_px;
        let mut canvas = match self.reduced.take().filter(|canvas| canvas.size_px == size_px) {
            Some(canvas) => canvas,
            None => Box::new(Self::new(gpu, self.picture.format(), size_px)?),
        };
        draw(&mut canvas, &picture, encoder)?;
        let (from, to) = ((&canvas.picture_view, size_px), (&self.picture_view, self.size_px));
        upscale(&UpscaleInput { gpu, pipelines, from, to, downsample }, encoder);
        self.reduced = Some(canvas);
        Ok(())
    }

    /// Draws parts of the picture, or all of it, with the painter that is chosen for it.
    pub(super) fn draw(
        &mut self,
        input: &ScatterInput<'_>,
        picture: &ScatterPicture,
        parts: &[PxRect],
        low_resolution: bool,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let variant = choose(&picture.view, input.atlas.plan(), &input.terms, low_resolution);
        let (target, scratch) = (&self.picture_view, &mut self.scratch);
        let mut job = Job { input, picture, parts, low_resolution, target, scratch };
        input.pipelines.painters.encode(variant, &mut job, encoder)
    }
}
