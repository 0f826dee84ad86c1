//! The pipelines that every picture needs, and how a pipeline is made; those of a painter stand with it. Bind groups by how often
//! they change: 0 the view, 1 a chunk of the data set, 2 and 3 the pass.

use super::bindings::BindGroupLayouts;
use super::context::Tier;
use super::gpu_types::{MarkInstance, PointInstance};
use super::marks::{PAINTS_FILL, PAINTS_TEXELS};
use super::painters::Painters;
use super::painters::first_uses::Used;
use super::painters::ink_target::Clears;
use super::shaders::{COLOR_SHADERS, PageModules, PainterModules, SHADERS, module};
use crate::atlas::Pages;
use crate::scene::rows::{FADED_INK, Styling};
use std::mem::size_of;
use std::sync::OnceLock;
use wgpu::{BlendComponent, BlendFactor, BlendOperation, BlendState, TextureFormat};

/// Ink is summed up in this format: blendable everywhere, and finer than the 8 bits of a picture.
pub const INK_FORMAT: TextureFormat = TextureFormat::R16Float;
/// What coloured pictures wash the ground with is summed up in this format.
pub const WASH_FORMAT: TextureFormat = TextureFormat::Rgba16Float;
/// What several passes have summed up: it can be drawn to everywhere, if not blended.
pub const ACCUMULATED_FORMAT: TextureFormat = TextureFormat::Rgba32Float;
/// Finished pictures without a window: encoded values, not sRGB-converted. With a window they have its format.
pub const PICTURE_FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;
/// The picking target: row + 1.
pub const PICK_FORMAT: TextureFormat = TextureFormat::R32Uint;
/// Decides which row is on top while picking.
pub const DEPTH_FORMAT: TextureFormat = TextureFormat::Depth32Float;

/// The pipelines that do not depend on the window.
#[derive(Debug)]
pub struct Pipelines {
    /// Layouts of what they bind.
    pub layouts: BindGroupLayouts,
    /// Rows into the picking target, where all look alike, and where looks are read.
    pub pick: [wgpu::RenderPipeline; 2],
    /// Ink to colours.
    pub resolve: wgpu::RenderPipeline,
    /// The sums of coloured pictures to colours.
    pub resolve_colored: wgpu::RenderPipeline,
    /// The sums of pictures in colour to colours.
    pub resolve_pictures: wgpu::RenderPipeline,
    /// The format of the second of these sums.
    pub sums_format: TextureFormat,
    /// Adds the sums of one pass to those of the passes before; `None` where one pass can sum up any number of drawings.
    pub accumulate: Option<wgpu::RenderPipeline>,
    /// Nothing into parts of the sums' targets.
    pub clears: Clears,
    /// A low-resolution picture to one of full size.
    pub upscale: wgpu::RenderPipeline,
    /// What draws the scatter's pictures.
    pub painters: Painters,
    present_module: wgpu::ShaderModule,
    mark_modules: PageModules,
}

/// The two passes that draw into the target, in its format.
#[derive(Debug)]
pub struct TargetPipelines {
    /// The format they draw in.
    pub format: TextureFormat,
    /// Copies a picture into a rectangle.
    pub present: wgpu::RenderPipeline,
    /// Mixes a picture with what is there, by the pass's blend constant.
    pub mix: wgpu::RenderPipeline,
    /// Cards, rings, hairlines, by what they paint: one kind of pages is all that a data set has. Made when first used.
    marks: [OnceLock<wgpu::RenderPipeline>; 3],
}

impl TargetPipelines {
    /// What draws marks that paint a `PAINTS_*`, with drawings from the pages of the data set.
    pub fn mark(
        &self,
        device: &wgpu::Device,
        pipelines: &Pipelines,
        pages: Pages,
        paints: u32,
    ) -> &wgpu::RenderPipeline {
        pipelines.painters.first_uses.note(Used::Mark(paints));
        let [fill, texels, drawing] = &self.marks;
        let pipeline = match paints {
            PAINTS_FILL => fill,
            PAINTS_TEXELS => texels,
            _ => drawing,
        };
        pipeline.get_or_init(|| pipelines.mark(device, self.format, pages, paints))
    }
}

impl Pipelines {
    /// Compiles everything that a tier of a device may use; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, tier: Tier, picture_format: TextureFormat) -> Self {
        let layouts = BindGroupLayouts::new(device);
        let [quads, cell_lookup, splat, wide_splat, mark, resolve_module, present, upscale] =
            SHADERS.map(|source| module(device, source));
        let [quads_in_color, topmost_splat, cell_lookup_in_color, mark_in_color] = COLOR_SHADERS;
        let data = [Some(&layouts.view), Some(&layouts.chunk), Some(&layouts.colors)];
        let pick = [Styling::Plain, Styling::Flags].map(|styling| {
            // Faded rows are not found, either.
            let constants = [("STYLING", styling as u8 as f64), ("LEAST_WEIGHT", FADED_INK)];
            let stages = Stages::new("pick", &quads, "vs_point", "fs_pick").with(&constants);
            pipeline(device, &stages, &data, &points(), &[target(PICK_FORMAT, None)], true)
        });
        let is_wide = device.features().contains(wgpu::Features::FLOAT32_BLENDABLE);
        let sums_format = if is_wide { ACCUMULATED_FORMAT } else { WASH_FORMAT };
        let stages = Stages::new("resolve", &resolve_module, "vs_full", "fs_resolve");
        let resolve = pipeline(device, &stages, &[Some(&layouts.resolve)], &[], &[target(picture_format, None)], false);
        let stages = Stages::new("resolve colored", &resolve_module, "vs_full", "fs_resolve_colored");
        let group = [Some(&layouts.resolve_colored)];
        let resolve_colored = pipeline(device, &stages, &group, &[], &[target(picture_format, None)], false);
        let accumulate = (!is_wide).then(|| {
            let stages = Stages::new("accumulate", &resolve_module, "vs_full", "fs_accumulate");
            pipeline(device, &stages, &group, &[], &[target(ACCUMULATED_FORMAT, None)], false)
        });
        let stages = Stages::new("upscale", &upscale, "vs_upscale", "fs_upscale");
        let upscale = pipeline(device, &stages, &[Some(&layouts.upscale)], &[], &[target(picture_format, None)], false);
        let stages = Stages::new("resolve pictures", &resolve_module, "vs_full", "fs_resolve_pictures");
        let group = [Some(&layouts.resolve)];
        let resolve_pictures = pipeline(device, &stages, &group, &[], &[target(picture_format, None)], false);
        let modules = PainterModules {
            cell_lookup: PageModules::new(cell_lookup, cell_lookup_in_color),
            splat,
            wide_splat,
            quads: PageModules::new(quads, quads_in_color),
            topmost_splat,
        };
        Self {
            painters: Painters::new(device, tier, picture_format, modules),
            layouts,
            pick,
            resolve,
            resolve_colored,
            resolve_pictures,
            sums_format,
            accumulate,
            clears: Clears::new(resolve_module),
            upscale,
            present_module: present,
            mark_modules: PageModules::new(mark, mark_in_color),
        }
    }

    /// Compiles the passes that draw into a target of `format`.
    pub fn for_target(&self, device: &wgpu::Device, format: TextureFormat) -> TargetPipelines {
        let stages = Stages::new("present", &self.present_module, "vs_full", "fs_present");
        let present = pipeline(device, &stages, &[Some(&self.layouts.present)], &[], &[target(format, None)], false);
        let stages = Stages::new("mix", &self.present_module, "vs_full", "fs_present");
        let constant = blend(BlendFactor::Constant, BlendFactor::OneMinusConstant);
        let mix =
            pipeline(device, &stages, &[Some(&self.layouts.present)], &[], &[target(format, Some(constant))], false);
        TargetPipelines { format, present, mix, marks: Default::default() }
    }

    fn mark(&self, device: &wgpu::Device, format: TextureFormat, pages: Pages, paints: u32) -> wgpu::RenderPipeline {
        let marks = [Some(instances(size_of::<MarkInstance>(), &MarkInstance::ATTRIBUTES))];
        let constants = [("PAINTS", f64::from(paints))];
        let stages = Stages::new("mark", self.mark_modules.of(device, pages), "vs_mark", "fs_mark").with(&constants);
        let groups = [Some(&self.layouts.view), Some(&self.layouts.chunk), Some(&self.layouts.colors)];
        let target = target(format, Some(BlendState::ALPHA_BLENDING));
        pipeline(device, &stages, &groups, &marks, &[target], false)
    }
}

/// How a target takes what is drawn.
pub(super) fn blend(src_factor: BlendFactor, dst_factor: BlendFactor) -> BlendState {
    let component = BlendComponent { src_factor, dst_factor, operation: BlendOperation::Add };
    BlendState { color: component, alpha: BlendComponent::REPLACE }
}

/// A colour target.
pub(super) fn target(format: TextureFormat, blend: Option<BlendState>) -> wgpu::ColorTargetState {
    wgpu::ColorTargetState { format, blend, write_mask: wgpu::ColorWrites::ALL }
}

/// A pipeline's shader.
pub(super) struct Stages<'a> {
    label: &'static str,
    module: &'a wgpu::ShaderModule,
    vertex: &'static str,
    fragment: &'static str,
    constants: &'a [(&'static str, f64)],
}

impl<'a> Stages<'a> {
    /// Two entry points of a module, without constants.
    pub(super) fn new(
        label: &'static str,
        module: &'a wgpu::ShaderModule,
        vertex: &'static str,
        fragment: &'static str,
    ) -> Self {
        Self { label, module, vertex, fragment, constants: &[] }
    }

    /// The same with constants by name.
    pub(super) fn with(self, constants: &'a [(&'static str, f64)]) -> Self {
        Self { constants, ..self }
    }
}

/// A vertex buffer with one step an instance.
pub(super) fn instances(bytes: usize, attributes: &[wgpu::VertexAttribute]) -> wgpu::VertexBufferLayout<'_> {
    wgpu::VertexBufferLayout { array_stride: bytes as u64, step_mode: wgpu::VertexStepMode::Instance, attributes }
}

/// The vertex buffer of the scatter's points.
pub(super) fn points() -> [Option<wgpu::VertexBufferLayout<'static>>; 1] {
    [Some(instances(size_of::<PointInstance>(), &PointInstance::ATTRIBUTES))]
}

/// A render pipeline with some colour targets.
pub(super) fn pipeline(
    device: &wgpu::Device,
    stages: &Stages<'_>,
    groups: &[Option<&wgpu::BindGroupLayout>],
    buffers: &[Option<wgpu::VertexBufferLayout<'_>>],
    targets: &[wgpu::ColorTargetState],
    depth: bool,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(stages.label),
        bind_group_layouts: groups,
        immediate_size: 0,
    });
    let options =
        wgpu::PipelineCompilationOptions { constants: stages.constants, ..wgpu::PipelineCompilationOptions::default() };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(stages.label),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: stages.module,
            entry_point: Some(stages.vertex),
            compilation_options: options.clone(),
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
            compilation_options: options,
            targets: &targets.iter().cloned().map(Some).collect::<Vec<_>>(),
        }),
        multiview_mask: None,
        cache: None,
    })
}
