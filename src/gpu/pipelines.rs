//! Every shader, bind group layout and pipeline, named in one place. Bind groups by how often they change:
//! 0 the view, 1 a chunk of the data set, 2 the pass.

use super::layout::{MarkInstance, PointInstance};
use std::mem::size_of;
use wgpu::{BlendComponent, BlendFactor, BlendOperation, BlendState, TextureFormat};

/// Ink is summed up in this format: blendable everywhere, and finer than the 8 bits of a picture.
pub const INK_FORMAT: TextureFormat = TextureFormat::R16Float;
/// Finished pictures: encoded values, not sRGB-converted.
pub const PICTURE_FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;
/// The picking target: row + 1.
pub const PICK_FORMAT: TextureFormat = TextureFormat::R32Uint;
/// Decides which row is on top while picking.
pub const DEPTH_FORMAT: TextureFormat = TextureFormat::Depth32Float;

/// The WGSL sources by name, as the device gets them (shared prelude included).
pub const SHADERS: [(&str, &str); 4] = [
    (
        "scatter",
        concat!(
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/scatter.wgsl"),
            include_str!("../../shaders/pick.wgsl")
        ),
    ),
    ("mark", concat!(include_str!("../../shaders/view.wgsl"), include_str!("../../shaders/mark.wgsl"))),
    ("resolve", include_str!("../../shaders/resolve.wgsl")),
    ("present", include_str!("../../shaders/present.wgsl")),
];

/// Bind group layouts, bound by index as above.
#[derive(Debug)]
pub struct Layouts {
    /// Group 0: [`super::layout::ViewUniform`].
    pub view: wgpu::BindGroupLayout,
    /// Group 1: chunk uniform, pages, small pages, row data.
    pub chunk: wgpu::BindGroupLayout,
    /// Group 2: the 256 colours.
    pub colors: wgpu::BindGroupLayout,
    /// Group 0 of the resolve pass: uniform, ink, colours.
    pub resolve: wgpu::BindGroupLayout,
    /// Group 0 of the present pass: uniform, picture.
    pub present: wgpu::BindGroupLayout,
}

/// The pipelines that do not depend on the window.
#[derive(Debug)]
pub struct Pipelines {
    /// Layouts of what they bind.
    pub layouts: Layouts,
    /// Ink adds up (drawings that do not overlap).
    pub points_add: wgpu::RenderPipeline,
    /// Ink multiplies what is left of the paper (a crowd).
    pub points_multiply: wgpu::RenderPipeline,
    /// Rows into the picking target.
    pub pick: wgpu::RenderPipeline,
    /// Ink to colours.
    pub resolve: wgpu::RenderPipeline,
    present_module: wgpu::ShaderModule,
    mark_module: wgpu::ShaderModule,
}

/// The two passes that draw into the target, in its format.
#[derive(Debug)]
pub struct TargetPipelines {
    /// The format they draw in.
    pub format: TextureFormat,
    /// Copies a picture into a rectangle.
    pub present: wgpu::RenderPipeline,
    /// Cards, rings, hairlines.
    pub mark: wgpu::RenderPipeline,
}

impl Pipelines {
    /// Compiles everything for a device.
    pub fn new(device: &wgpu::Device) -> Self {
        let layouts = Layouts::new(device);
        let [scatter, mark, resolve, present] = SHADERS.map(|(name, source)| {
            device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(name),
                source: wgpu::ShaderSource::Wgsl(source.into()),
            })
        });
        let points = [Some(wgpu::VertexBufferLayout {
            array_stride: size_of::<PointInstance>() as u64,
            step_mode: wgpu::VertexStepMode::Instance,
            attributes: &PointInstance::ATTRIBUTES,
        })];
        let data = [Some(&layouts.view), Some(&layouts.chunk)];
        let point = |label, fragment, format, blend, depth| {
            let stages = Stages { label, module: &scatter, vertex: "vs_point", fragment };
            pipeline(device, &stages, &data, &points, target(format, blend), depth)
        };
        let points_add =
            point("points, adding", "fs_point", INK_FORMAT, Some(blend(BlendFactor::One, BlendFactor::One)), false);
        let multiply = blend(BlendFactor::Zero, BlendFactor::OneMinusSrc);
        let points_multiply = point("points, multiplying", "fs_point", INK_FORMAT, Some(multiply), false);
        let pick = point("pick", "fs_pick", PICK_FORMAT, None, true);
        let stages = Stages { label: "resolve", module: &resolve, vertex: "vs_full", fragment: "fs_resolve" };
        let resolve = pipeline(device, &stages, &[Some(&layouts.resolve)], &[], target(PICTURE_FORMAT, None), false);
        Self { layouts, points_add, points_multiply, pick, resolve, present_module: present, mark_module: mark }
    }

    /// Compiles the passes that draw into a target of `format`.
    pub fn for_target(&self, device: &wgpu::Device, format: TextureFormat) -> TargetPipelines {
        let marks = [Some(wgpu::VertexBufferLayout {
            array_stride: size_of::<MarkInstance>() as u64,
            step_mode: wgpu::VertexStepMode::Instance,
            attributes: &MarkInstance::ATTRIBUTES,
        })];
        let stages =
            Stages { label: "present", module: &self.present_module, vertex: "vs_full", fragment: "fs_present" };
        let present = pipeline(device, &stages, &[Some(&self.layouts.present)], &[], target(format, None), false);
        let stages = Stages { label: "mark", module: &self.mark_module, vertex: "vs_mark", fragment: "fs_mark" };
        let groups = [Some(&self.layouts.view), Some(&self.layouts.chunk), Some(&self.layouts.colors)];
        let mark = pipeline(device, &stages, &groups, &marks, target(format, Some(BlendState::ALPHA_BLENDING)), false);
        TargetPipelines { format, present, mark }
    }
}

impl Layouts {
    fn new(device: &wgpu::Device) -> Self {
        let both = wgpu::ShaderStages::VERTEX_FRAGMENT;
        let float = wgpu::TextureSampleType::Float { filterable: false };
        let array = wgpu::TextureViewDimension::D2Array;
        let flat = wgpu::TextureViewDimension::D2;
        let layout = |label, entries: &[wgpu::BindGroupLayoutEntry]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        Self {
            view: layout("view", &[uniform(0, both)]),
            chunk: layout(
                "chunk",
                &[
                    uniform(0, both),
                    texture(1, both, float, array),
                    texture(2, both, float, array),
                    texture(3, both, wgpu::TextureSampleType::Uint, array),
                ],
            ),
            colors: layout("colors", &[texture(0, wgpu::ShaderStages::FRAGMENT, float, flat)]),
            resolve: layout(
                "resolve",
                &[
                    uniform(0, wgpu::ShaderStages::FRAGMENT),
                    texture(1, wgpu::ShaderStages::FRAGMENT, float, flat),
                    texture(2, wgpu::ShaderStages::FRAGMENT, float, flat),
                ],
            ),
            present: layout(
                "present",
                &[uniform(0, wgpu::ShaderStages::FRAGMENT), texture(1, wgpu::ShaderStages::FRAGMENT, float, flat)],
            ),
        }
    }
}

fn uniform(binding: u32, visibility: wgpu::ShaderStages) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

fn texture(
    binding: u32,
    visibility: wgpu::ShaderStages,
    sample_type: wgpu::TextureSampleType,
    view_dimension: wgpu::TextureViewDimension,
) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Texture { sample_type, view_dimension, multisampled: false };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

fn blend(src_factor: BlendFactor, dst_factor: BlendFactor) -> BlendState {
    let component = BlendComponent { src_factor, dst_factor, operation: BlendOperation::Add };
    BlendState { color: component, alpha: BlendComponent::REPLACE }
}

fn target(format: TextureFormat, blend: Option<BlendState>) -> wgpu::ColorTargetState {
    wgpu::ColorTargetState { format, blend, write_mask: wgpu::ColorWrites::ALL }
}

struct Stages<'a> {
    label: &'static str,
    module: &'a wgpu::ShaderModule,
    vertex: &'static str,
    fragment: &'static str,
}

fn pipeline(
    device: &wgpu::Device,
    stages: &Stages<'_>,
    groups: &[Option<&wgpu::BindGroupLayout>],
    buffers: &[Option<wgpu::VertexBufferLayout<'_>>],
    target: wgpu::ColorTargetState,
    depth: bool,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(stages.label),
        bind_group_layouts: groups,
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(stages.label),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: stages.module,
            entry_point: Some(stages.vertex),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers,
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: depth.then(|| wgpu::DepthStencilState {
            format: DEPTH_FORMAT,
            depth_write_enabled: Some(true),
            depth_compare: Some(wgpu::CompareFunction::GreaterEqual),
            stencil: wgpu::StencilState::default(),
            bias: wgpu::DepthBiasState::default(),
        }),
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: stages.module,
            entry_point: Some(stages.fragment),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(target)],
        }),
        multiview_mask: None,
        cache: None,
    })
}
