//! The yardstick: a full-screen pass with one filtered sample, by which targets scale from machine to machine.

use super::BenchError;
use super::figure::TARGET_PX;
use crate::gpu::context::{Gpu, GpuOptions};
use crate::gpu::pass::begin;
use crate::gpu::pipelines::PICTURE_FORMAT;
use std::time::Instant;

/// What the pass takes on the machine that the targets are meant for, ms.
pub const REFERENCE_MS: f64 = 2.9;
/// Its name and its WGSL; compiled for the bench alone.
pub const SHADER: (&str, &str) = ("yardstick", include_str!("../../shaders/yardstick.wgsl"));
const WARM_UP: u32 = 20;

/// The adapter's name with its driver, and the pass's times in ms, each finished on the GPU.
#[derive(Clone, Debug)]
pub struct Yardstick {
    /// `llvmpipe (LLVM 19.1.7, 256 bits), Vulkan`
    pub adapter: String,
    /// One time a pass.
    pub samples_ms: Vec<f64>,
}

/// Opens the GPU as every measurement does, and draws the pass `count` times at 1280 × 800.
pub fn measure(count: u32) -> Result<Yardstick, BenchError> {
    let gpu = Gpu::headless(&GpuOptions::default())?;
    let texture = |label, usage| gpu.flat_texture(label, TARGET_PX, PICTURE_FORMAT, usage);
    let view = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
    let source = view(&texture("yardstick source", wgpu::TextureUsages::TEXTURE_BINDING)?);
    let target = view(&texture("yardstick target", wgpu::TextureUsages::RENDER_ATTACHMENT)?);
    let pipeline = pipeline(&gpu.device);
    let sampler = gpu.device.create_sampler(&wgpu::SamplerDescriptor {
        mag_filter: wgpu::FilterMode::Linear,
        min_filter: wgpu::FilterMode::Linear,
        ..wgpu::SamplerDescriptor::default()
    });
    let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("yardstick"),
        layout: &pipeline.get_bind_group_layout(0),
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&source) },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&sampler) },
        ],
    });
    let mut samples_ms = Vec::with_capacity(count as usize);
    for i in 0..WARM_UP + count {
        let start = Instant::now();
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        {
            let mut pass = begin(&mut encoder, "yardstick", &target, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
            pass.set_pipeline(&pipeline);
            pass.set_bind_group(0, &group, &[]);
            pass.draw(0..3, 0..1);
        }
        gpu.queue.submit([encoder.finish()]);
        gpu.wait()?;
        if i >= WARM_UP {
            samples_ms.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    super::refuse_if_faulty(&gpu)?;
    Ok(Yardstick { adapter: format!("{}, {}", gpu.info.name, gpu.info.backend), samples_ms })
}

fn pipeline(device: &wgpu::Device) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(SHADER.0),
        source: wgpu::ShaderSource::Wgsl(SHADER.1.into()),
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("yardstick"),
        layout: None,
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("vs_full"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fs_sample"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(PICTURE_FORMAT.into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}
