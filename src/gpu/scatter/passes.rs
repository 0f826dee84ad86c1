//! The passes that draw a scatter's picture, all of it or parts.

use super::{ScatterCanvas, ScatterInput, picture_target, target};
use crate::gpu::context::Gpu;
use crate::gpu::context::GpuError;
use crate::gpu::dots::{DotsCanvas, DotsInput};
use crate::gpu::ink_mode::{InkMode, Levels};
use crate::gpu::layout::{Crop, ResolveUniform, ViewUniform};
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer, view_bind_group};
use crate::gpu::pipelines::{Drawn, INK_FORMAT};
use crate::gpu::progressive::{PanReuse, UpscaleInput, reduced, subsample, upscale};
use crate::scene::frame::PxRect;
use crate::scene::index::{DrawRange, once_each};
use crate::scene::palette::color;
use crate::scene::picture::ScatterPicture;
use crate::scene::view::ScatterView;
use glam::DVec2;

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

    /// Draws a low-resolution picture and enlarges it.
    pub(super) fn draw_reduced(
        &mut self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        downsample: u32,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let picture = reduced(wanted, downsample);
        let size_px = picture.view.size_px;
        let mut canvas = match self.reduced.take().filter(|canvas| canvas.size_px == size_px) {
            Some(canvas) => canvas,
            None => Box::new(Self::new(input.gpu, self.picture.format(), size_px)?),
        };
        canvas.draw(input, &picture, &[PxRect::of_size(size_px)], true, encoder)?;
        let (from, to) = ((&canvas.picture_view, size_px), (&self.picture_view, self.size_px));
        let (gpu, pipelines) = (input.gpu, input.pipelines);
        upscale(&UpscaleInput { gpu, pipelines, from, to, downsample }, encoder);
        self.reduced = Some(canvas);
        Ok(())
    }

    /// Draws parts of the picture, or all of it, in the way that costs least. A low-resolution one may be `subsampled`.
    pub(super) fn draw(
        &mut self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        parts: &[PxRect],
        subsampled: bool,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let (view, plan) = (&wanted.view, input.atlas.plan());
        let crop = Crop {
            left_top: [0, 0],
            size_px: self.size_px,
            near_px: DVec2::new(self.size_px[0].into(), self.size_px[1].into()) / 2.0,
        };
        let lookup = input.layout.lookup.as_ref().filter(|_| !view.overlaps && !input.naive);
        let ranges_of = |part: &PxRect| match lookup {
            Some(_) => Vec::new(),
            None => input.ranges(view, [part.left.into(), part.top.into()], part.size()),
        };
        let ranges: Vec<Vec<DrawRange>> = parts.iter().map(ranges_of).collect();
        let (stride, opacity) = if subsampled && view.overlaps {
            subsample::of_crowd(view, ranges.first().map_or(&[], Vec::as_slice))
        } else {
            (1, view.opacity)
        };
        let layout = &input.layout.layout;
        let in_blocks = subsampled && lookup.is_some();
        let block_bits = if in_blocks { subsample::of_lattice(view, layout.frac_bits()) } else { 0 };
        let shown = ScatterView { opacity, side_px: view.side_px * f64::from(1_u32 << block_bits), ..*view };
        let own = ScatterView { opacity, ..*view };
        let uniform = ViewUniform { stride, ..ViewUniform::new(&own, layout, plan, wanted.rows_ready, crop) }
            .in_blocks(&shown, plan, block_bits);
        let bind_group = view_bind_group(input.gpu, input.pipelines, &uniform);
        let (mode, level) = (InkMode::of(&shown, plan), Levels::of(plan, shown.side_px).level);
        if mode.is_dots()
            && !input.naive
            && self.draw_dots(input, wanted, (parts, &ranges), subsampled, &bind_group, encoder)
        {
            return Ok(());
        }
        let blocks = block_bits > 0;
        let way = match lookup {
            None => Drawn::Points(mode),
            Some(lattice) if lattice.is_single() => Drawn::LookupColors { mode, ordered: lattice.ordered, blocks },
            Some(lattice) => Drawn::Lookup { mode, ordered: lattice.ordered, blocks },
        };
        let direct = matches!(way, Drawn::LookupColors { .. });
        let ink = if direct { None } else { Some(self.ink(input.gpu)?) };
        let load = if direct {
            load_for(parts, self.size_px, ground(wanted))
        } else {
            let paper = if view.overlaps { 1.0 } else { 0.0 };
            wgpu::LoadOp::Clear(wgpu::Color { r: paper, g: 0.0, b: 0.0, a: 0.0 })
        };
        let mut pass = begin(encoder, "ink", ink.as_ref().unwrap_or(&self.picture_view), load);
        pass.set_pipeline(&input.pipelines.drawn(&input.gpu.device, way));
        pass.set_bind_group(0, &bind_group, &[]);
        for (part, ranges) in parts.iter().zip(&ranges) {
            pass.set_scissor_rect(part.left, part.top, part.width, part.height);
            if let Some(lattice) = lookup {
                pass.set_bind_group(2, &input.colors.group, &[]);
                lattice.draw(&mut pass, input.atlas, level, view);
            } else {
                input.layout.points.draw(&mut pass, input.atlas, level, ranges);
            }
        }
        drop(pass);
        if let Some(ink) = &ink {
            self.draw_colors(input, ink, view.overlaps, parts, encoder);
        }
        Ok(())
    }

    /// The ink target.
    fn ink(&mut self, gpu: &Gpu) -> Result<wgpu::TextureView, GpuError> {
        if let Some(ink) = &self.ink {
            return Ok(ink.clone());
        }
        let ink = target(gpu, "ink", INK_FORMAT, wgpu::TextureUsages::empty(), self.size_px)?;
        Ok(self.ink.insert(ink.create_view(&wgpu::TextureViewDescriptor::default())).clone())
    }

    /// Draws dots by compute; false where the device cannot.
    fn draw_dots(
        &self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        (parts, ranges): (&[PxRect], &[Vec<DrawRange>]),
        subsampled: bool,
        view_group: &wgpu::BindGroup,
        encoder: &mut wgpu::CommandEncoder,
    ) -> bool {
        let points = &input.layout.points;
        let Some(canvas) = self.dots.get_or_init(|| DotsCanvas::new(input.gpu, points, self.size_px)) else {
            return false;
        };
        let dots = DotsInput {
            gpu: input.gpu,
            pipelines: input.pipelines,
            points,
            // A dot that lies in two parts counts once.
            ranges: &once_each(ranges.concat()),
            parts,
            view: &wanted.view,
            view_group,
            colors: &input.colors.view,
            subsampled,
        };
        canvas.draw(&dots, &self.picture_view, encoder)
    }

    fn draw_colors(
        &self,
        input: &ScatterInput<'_>,
        ink: &wgpu::TextureView,
        inverted: bool,
        parts: &[PxRect],
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let uniform = ResolveUniform { inverted: inverted.into(), ..ResolveUniform::default() };
        let buffer = uniform_buffer(&input.gpu.device, "resolve", bytemuck::bytes_of(&uniform));
        let bind_group = input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("resolve"),
            layout: &input.pipelines.layouts.resolve,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(ink) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(&input.colors.view) },
            ],
        });
        let load = load_for(parts, self.size_px, wgpu::Color::BLACK);
        let mut pass = begin(encoder, "resolve", &self.picture_view, load);
        pass.set_pipeline(&input.pipelines.resolve);
        pass.set_bind_group(0, &bind_group, &[]);
        draw_parts(&mut pass, parts);
    }
}

/// What a picture shows where there is nothing.
fn ground(picture: &ScatterPicture) -> wgpu::Color {
    let [r, g, b] = color(picture.colormap, picture.theme, 0.0).map(|byte| f64::from(byte) / 255.0);
    wgpu::Color { r, g, b, a: 1.0 }
}
