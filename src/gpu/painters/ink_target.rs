//! The ink target: where several drawings give ink to a pixel, it is put together by blending before it becomes a colour.

use super::Job;
use super::first_uses::Used;
use super::splat::Counts;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::ResolveUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::INK_FORMAT;
use crate::scene::palette::color;
use crate::scene::picture::ScatterPicture;

/// What a canvas keeps for painters; each is made when a picture first needs it.
#[derive(Debug)]
pub struct Scratch {
    pub(super) size_px: [u32; 2],
    ink: Option<wgpu::TextureView>,
    pub(super) counts: Option<Counts>,
}

impl Scratch {
    /// Nothing yet, for pictures of a size.
    pub fn new(size_px: [u32; 2]) -> Self {
        Self { size_px, ink: None, counts: None }
    }

    /// The ink target.
    pub(super) fn ink(&mut self, gpu: &Gpu) -> Result<wgpu::TextureView, GpuError> {
        if let Some(ink) = &self.ink {
            return Ok(ink.clone());
        }
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
        let ink = gpu.flat_texture("ink", self.size_px, INK_FORMAT, usage)?;
        Ok(self.ink.insert(ink.create_view(&wgpu::TextureViewDescriptor::default())).clone())
    }
}

/// Turns ink into the colours of a job's picture; `inverted`: the target holds what is left of the paper.
pub(super) fn resolve(job: &Job<'_>, ink: &wgpu::TextureView, inverted: bool, encoder: &mut wgpu::CommandEncoder) {
    let (gpu, pipelines) = (job.input.gpu, job.input.pipelines);
    let uniform = ResolveUniform { inverted: inverted.into(), ..ResolveUniform::default() };
    let buffer = uniform_buffer(&gpu.device, "resolve", bytemuck::bytes_of(&uniform));
    let bind_group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("resolve"),
        layout: &pipelines.layouts.resolve,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(ink) },
            wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(&job.input.colors.view) },
        ],
    });
    pipelines.painters.first_uses.note(Used::Resolve);
    let load = load_for(job.parts, job.scratch.size_px, wgpu::Color::BLACK);
    let mut pass = begin(encoder, "resolve", job.target, load);
    pass.set_pipeline(&pipelines.resolve);
    pass.set_bind_group(0, &bind_group, &[]);
    draw_parts(&mut pass, job.parts);
}

/// What a picture shows where there is nothing.
pub(super) fn ground(picture: &ScatterPicture) -> wgpu::Color {
    let [r, g, b] = color(picture.colormap, picture.theme, 0.0).map(|byte| f64::from(byte) / 255.0);
    wgpu::Color { r, g, b, a: 1.0 }
}
