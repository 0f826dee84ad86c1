//! The last pass for surfaces that encode to sRGB themselves, or have other bits (10 a colour): everything is drawn as encoded
//! values of 8 bits, then converted.

use super::context::{Gpu, GpuError};
use super::gpu_types::PresentUniform;
use super::pass::{Target, begin, present_group};
use super::pipelines::{PICTURE_FORMAT, Pipelines};

/// A target of encoded values and the pass that hands it to the surface.
#[derive(Debug)]
pub struct Converter {
    texture: wgpu::Texture,
    target: wgpu::TextureView,
    pipelines: Pipelines,
    present: wgpu::RenderPipeline,
    /// Whether the surface encodes what it is given.
    encodes: bool,
}

impl Converter {
    /// A target of a size, for a surface of `format`.
    pub fn new(gpu: &Gpu, size_px: [u32; 2], format: wgpu::TextureFormat) -> Result<Self, GpuError> {
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT
            | wgpu::TextureUsages::TEXTURE_BINDING
            | wgpu::TextureUsages::COPY_DST;
        let texture = gpu.flat_texture("encoded frame", size_px, PICTURE_FORMAT, usage)?;
        let target = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let pipelines = Pipelines::new(&gpu.device, gpu.tier, PICTURE_FORMAT);
        let present = pipelines.for_target(&gpu.device, format).present;
        Ok(Self { texture, target, pipelines, present, encodes: format.is_srgb() })
    }

    /// Where the frame is drawn.
    pub fn target(&self) -> Target<'_> {
        Target { view: &self.target, texture: Some(&self.texture) }
    }

    /// Encodes the conversion into the surface.
    pub fn encode(&self, gpu: &Gpu, surface: &wgpu::TextureView, encoder: &mut wgpu::CommandEncoder) {
        let uniform = PresentUniform { linear: u32::from(self.encodes), ..PresentUniform::default() };
        let group = present_group(gpu, &self.pipelines, &uniform, &self.target);
        let mut pass = begin(encoder, "convert", surface, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        pass.set_pipeline(&self.present);
        pass.set_bind_group(0, &group, &[]);
        pass.draw(0..3, 0..1);
    }
}
