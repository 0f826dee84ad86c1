//! What several passes share: uniforms, bind groups, beginning a pass.

use super::buffers::filled_buffer;
use super::context::Gpu;
use super::gpu_types::{PresentUniform, ViewUniform};
use super::pipelines::Pipelines;
use crate::scene::frame::PxRect;

/// What a frame is drawn into.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// A view of it.
    pub view: &'a wgpu::TextureView,
    /// The texture itself, where finished pictures may be copied into it.
    pub texture: Option<&'a wgpu::Texture>,
}

/// A uniform buffer with contents.
pub fn uniform_buffer(device: &wgpu::Device, label: &str, contents: &[u8]) -> wgpu::Buffer {
    filled_buffer(device, label, contents, wgpu::BufferUsages::UNIFORM)
}

/// Bind group 0 of the passes that draw drawings.
pub fn view_bind_group(gpu: &Gpu, pipelines: &Pipelines, uniform: &ViewUniform) -> wgpu::BindGroup {
    let buffer = uniform_buffer(&gpu.device, "view", bytemuck::bytes_of(uniform));
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("view"),
        layout: &pipelines.layouts.view,
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }],
    })
}

/// What the passes of `present.wgsl` bind.
pub fn present_group(
    gpu: &Gpu,
    pipelines: &Pipelines,
    uniform: &PresentUniform,
    picture: &wgpu::TextureView,
) -> wgpu::BindGroup {
    let buffer = uniform_buffer(&gpu.device, "present", bytemuck::bytes_of(uniform));
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("present"),
        layout: &pipelines.layouts.present,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(picture) },
        ],
    })
}

/// Begins a pass with one colour target.
pub fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    view: &wgpu::TextureView,
    load: wgpu::LoadOp<wgpu::Color>,
) -> wgpu::RenderPass<'a> {
    begin_with(encoder, label, &[(view, load)])
}

/// Begins a pass with some colour targets.
pub fn begin_with<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    targets: &[(&wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)],
) -> wgpu::RenderPass<'a> {
    begin_deep(encoder, label, targets, None)
}

/// Begins a pass with some colour targets, and one of depths that begins with nothing and is not kept.
pub fn begin_deep<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    targets: &[(&wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)],
    depth: Option<&wgpu::TextureView>,
) -> wgpu::RenderPass<'a> {
    let attachments = targets.iter().map(|&(view, load)| {
        let ops = wgpu::Operations { load, store: wgpu::StoreOp::Store };
        Some(wgpu::RenderPassColorAttachment { view, depth_slice: None, resolve_target: None, ops })
    });
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &attachments.collect::<Vec<_>>(),
        depth_stencil_attachment: depth.map(|view| wgpu::RenderPassDepthStencilAttachment {
            view,
            depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(0.0), store: wgpu::StoreOp::Discard }),
            stencil_ops: None,
        }),
        ..wgpu::RenderPassDescriptor::default()
    })
}

/// Whether parts of a target are all of it.
pub fn is_whole(parts: &[PxRect], size_px: [u32; 2]) -> bool {
    parts == [PxRect::of_size(size_px)]
}

/// What a pass that draws parts of a target begins with: where they are not all of it, the rest stays.
pub fn load_for(parts: &[PxRect], size_px: [u32; 2], clear: wgpu::Color) -> wgpu::LoadOp<wgpu::Color> {
    if is_whole(parts, size_px) { wgpu::LoadOp::Clear(clear) } else { wgpu::LoadOp::Load }
}

/// Draws a triangle over everything, in parts of the target.
pub fn draw_parts(pass: &mut wgpu::RenderPass<'_>, parts: &[PxRect]) {
    for part in parts {
        pass.set_scissor_rect(part.left, part.top, part.width, part.height);
        pass.draw(0..3, 0..1);
    }
}
