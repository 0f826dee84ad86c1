//! Low-resolution pictures: the view with a pixel for every few of its own, and the pass that enlarges what was drawn of it.

use crate::gpu::context::Gpu;
use crate::gpu::painters::first_uses::Used;
use crate::gpu::pass::{begin, uniform_buffer};
use crate::gpu::pipelines::Pipelines;
use crate::scene::picture::ScatterPicture;
use crate::scene::transition::OnTheWay;
use crate::scene::view::ScatterView;
use glam::DVec2;

/// The same picture with a pixel for every `downsample` × `downsample` of its own.
pub fn reduced(picture: &ScatterPicture, downsample: u32) -> ScatterPicture {
    let factor = f64::from(downsample);
    let of = |view: &ScatterView| {
        let size_px = view.size_px.map(|side| side.div_ceil(downsample));
        ScatterView {
            size_px,
            px_per_unit: view.px_per_unit / factor,
            side_px: view.side_px / factor,
            // The middle of the reduced picture is that of the full one's left top part that it covers in whole pixels.
            center: view.world_from_px(DVec2::from(size_px.map(f64::from)) * factor / 2.0),
            ..*view
        }
    };
    let on_the_way = picture.on_the_way.map(|way| OnTheWay { old_view: of(&way.old_view), ..way });
    ScatterPicture { view: of(&picture.view), on_the_way, ..picture.clone() }
}

/// What is enlarged, and into what.
pub struct UpscaleInput<'a> {
    /// The GPU.
    pub gpu: &'a Gpu,
    /// Pipelines and layouts.
    pub pipelines: &'a Pipelines,
    /// The low-resolution picture and its size.
    pub from: (&'a wgpu::TextureView, [u32; 2]),
    /// The picture and its size.
    pub to: (&'a wgpu::TextureView, [u32; 2]),
    /// Pixels a side that share a colour.
    pub downsample: u32,
}

/// Enlarges a low-resolution picture, linearly between its pixels.
pub fn upscale(input: &UpscaleInput<'_>, encoder: &mut wgpu::CommandEncoder) {
    let (from, from_px) = input.from;
    let (to, to_px) = input.to;
    // The last pixels may reach beyond the picture.
    let extent = [0, 1].map(|axis| to_px[axis] as f32 / (input.downsample * from_px[axis]) as f32);
    let device = &input.gpu.device;
    let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
        label: Some("upscale"),
        lod_max_clamp: 0.0,
        mag_filter: wgpu::FilterMode::Linear,
        min_filter: wgpu::FilterMode::Linear,
        ..wgpu::SamplerDescriptor::default()
    });
    let uniform = uniform_buffer(device, "upscale", bytemuck::bytes_of(&[extent[0], extent[1], 0.0, 0.0]));
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("upscale"),
        layout: &input.pipelines.layouts.upscale,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: uniform.as_entire_binding() },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(from) },
            wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::Sampler(&sampler) },
        ],
    });
    // All of it is drawn: a clear would cost a software rasteriser an eighth of that again.
    let mut pass = begin(encoder, "upscale", to, wgpu::LoadOp::Load);
    input.pipelines.painters.first_uses.note(Used::Upscale);
    pass.set_pipeline(&input.pipelines.upscale);
    pass.set_bind_group(0, &group, &[]);
    pass.draw(0..3, 0..1);
}
