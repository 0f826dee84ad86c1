//! Every shader, bind group layout and pipeline, named in one place. Bind groups by how often they change:
//! 0 the view, 1 a chunk of the data set, 2 the pass.

use super::bindings::{DotsLayouts, Layouts};
use super::context::Tier;
use super::ink_mode::InkMode;
use super::layout::{MarkInstance, PartInstance, PointInstance};
use super::shaders::SHADERS;
use std::collections::HashMap;
use std::mem::size_of;
use std::sync::{Mutex, PoisonError};
use wgpu::{BlendComponent, BlendFactor, BlendOperation, BlendState, TextureFormat};

/// Ink is summed up in this format: blendable everywhere, and finer than the 8 bits of a picture.
pub const INK_FORMAT: TextureFormat = TextureFormat::R16Float;
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
    pub layouts: Layouts,
    /// Rows into the picking target.
    pub pick: wgpu::RenderPipeline,
    /// Ink to colours.
    pub resolve: wgpu::RenderPipeline,
    /// A coarse picture to one of full size.
    pub enlarge: wgpu::RenderPipeline,
    /// The format of finished pictures.
    pub picture_format: TextureFormat,
    /// Those of the scatter's pictures, made when first needed: few of the possible ones are.
    made: Mutex<HashMap<Drawn, wgpu::RenderPipeline>>,
    made_dots: Mutex<HashMap<u32, DotsPipelines>>,
    dots_module: wgpu::ShaderModule,
    scatter_module: wgpu::ShaderModule,
    lookup_module: wgpu::ShaderModule,
    present_module: wgpu::ShaderModule,
    mark_module: wgpu::ShaderModule,
}

/// The passes of a picture of dots.
#[derive(Clone, Debug)]
pub struct DotsPipelines {
    /// Points into counts.
    pub splat: wgpu::ComputePipeline,
    /// Counts to the size of the dots.
    pub grow: wgpu::ComputePipeline,
    /// Counts to colours.
    pub colors: wgpu::RenderPipeline,
}

/// A way of drawing the scatter's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drawn {
    /// Instanced quads into the ink target: ink adds up, or in a crowd multiplies what is left of the paper.
    Points(InkMode),
    /// A lattice looked up by pixel, into the ink target.
    Lookup {
        /// What a pixel takes of a drawing.
        mode: InkMode,
        /// Rows by position stand in a texture.
        ordered: bool,
        /// One drawing stands for a block of neighbours.
        blocks: bool,
    },
    /// A lattice looked up by pixel, as colours into the picture.
    LookupColors {
        /// What a pixel takes of a drawing.
        mode: InkMode,
        /// Rows by position stand in a texture.
        ordered: bool,
        /// One drawing stands for a block of neighbours.
        blocks: bool,
    },
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
    /// Compiles everything that a tier of a device may use; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, tier: Tier, picture_format: TextureFormat) -> Self {
        let layouts = Layouts::new(device, tier);
        let [scatter, lookup, dots, mark, resolve, present, enlarge] = SHADERS.map(|(name, source)| {
            device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(name),
                source: wgpu::ShaderSource::Wgsl(source.into()),
            })
        });
        let data = [Some(&layouts.view), Some(&layouts.chunk)];
        let stages = Stages::new("pick", &scatter, "vs_point", "fs_pick");
        let pick = pipeline(device, &stages, &data, &points(), target(PICK_FORMAT, None), true);
        let stages = Stages::new("resolve", &resolve, "vs_full", "fs_resolve");
        let resolve = pipeline(device, &stages, &[Some(&layouts.resolve)], &[], target(picture_format, None), false);
        let stages = Stages::new("enlarge", &enlarge, "vs_enlarge", "fs_enlarge");
        let enlarge = pipeline(device, &stages, &[Some(&layouts.enlarge)], &[], target(picture_format, None), false);
        Self {
            layouts,
            pick,
            resolve,
            enlarge,
            picture_format,
            made: Mutex::default(),
            made_dots: Mutex::default(),
            dots_module: dots,
            scatter_module: scatter,
            lookup_module: lookup,
            present_module: present,
            mark_module: mark,
        }
    }

    /// The pipeline for a way of drawing.
    pub fn drawn(&self, device: &wgpu::Device, way: Drawn) -> wgpu::RenderPipeline {
        // A thread that panicked while it held the map left whole entries.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(way).or_insert_with(|| self.make(device, way)).clone()
    }

    /// The passes for dots of `extent` pixels a side (0 where they differ by one); `None` where the tier has no compute.
    pub fn dots(&self, device: &wgpu::Device, extent: u32) -> Option<DotsPipelines> {
        let layouts = self.layouts.dots.as_ref()?;
        let mut made = self.made_dots.lock().unwrap_or_else(PoisonError::into_inner);
        Some(made.entry(extent).or_insert_with(|| self.make_dots(device, layouts, extent)).clone())
    }

    fn make_dots(&self, device: &wgpu::Device, layouts: &DotsLayouts, extent: u32) -> DotsPipelines {
        let module = &self.dots_module;
        let constants = [("EXTENT", f64::from(extent))];
        let counting = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("dots"),
            bind_group_layouts: &[Some(&self.layouts.view), Some(&layouts.uniform), Some(&layouts.counting)],
            immediate_size: 0,
        });
        let compute = |entry_point| {
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(entry_point),
                layout: Some(&counting),
                module,
                entry_point: Some(entry_point),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &constants,
                    ..wgpu::PipelineCompilationOptions::default()
                },
                cache: None,
            })
        };
        let stages = Stages { constants: &constants, ..Stages::new("dots", module, "vs_dots", "fs_dots") };
        let groups = [None, Some(&layouts.uniform), None, Some(&layouts.covered)];
        let colors = pipeline(device, &stages, &groups, &[], target(self.picture_format, None), false);
        DotsPipelines { splat: compute("splat"), grow: compute("grow"), colors }
    }

    fn make(&self, device: &wgpu::Device, way: Drawn) -> wgpu::RenderPipeline {
        let layouts = &self.layouts;
        let add = blend(BlendFactor::One, BlendFactor::One);
        match way {
            Drawn::Points(mode) => {
                let multiply = blend(BlendFactor::Zero, BlendFactor::OneMinusSrc);
                let ink = target(INK_FORMAT, Some(if mode.overlaps() { multiply } else { add }));
                let constants = mode.constants();
                let stages = Stages {
                    constants: &constants,
                    ..Stages::new("points", &self.scatter_module, "vs_point", "fs_point")
                };
                pipeline(device, &stages, &[Some(&layouts.view), Some(&layouts.chunk)], &points(), ink, false)
            }
            Drawn::Lookup { mode, ordered, blocks } | Drawn::LookupColors { mode, ordered, blocks } => {
                let colors = matches!(way, Drawn::LookupColors { .. });
                let (vertex, fragment, target) = if colors {
                    ("vs_everything", "fs_color", target(self.picture_format, None))
                } else {
                    ("vs_part", "fs_ink", target(INK_FORMAT, Some(add)))
                };
                let flag = |name, on: bool| (name, f64::from(u8::from(on)));
                let own = [flag("ORDERED", ordered), flag("BLOCKS", blocks), flag("MANY", mode.is_many())];
                let constants: Vec<_> = mode.constants().into_iter().chain(own).collect();
                let stages =
                    Stages { constants: &constants, ..Stages::new("lattice", &self.lookup_module, vertex, fragment) };
                let groups = [&layouts.view, &layouts.chunk, &layouts.colors, &layouts.order].map(Some);
                let parts = [Some(instances(size_of::<PartInstance>(), &PartInstance::ATTRIBUTES))];
                pipeline(device, &stages, &groups, &parts, target, false)
            }
        }
    }

    /// Compiles the passes that draw into a target of `format`.
    pub fn for_target(&self, device: &wgpu::Device, format: TextureFormat) -> TargetPipelines {
        let marks = [Some(instances(size_of::<MarkInstance>(), &MarkInstance::ATTRIBUTES))];
        let stages = Stages::new("present", &self.present_module, "vs_full", "fs_present");
        let present = pipeline(device, &stages, &[Some(&self.layouts.present)], &[], target(format, None), false);
        let stages = Stages::new("mark", &self.mark_module, "vs_mark", "fs_mark");
        let groups = [Some(&self.layouts.view), Some(&self.layouts.chunk), Some(&self.layouts.colors)];
        let mark = pipeline(device, &stages, &groups, &marks, target(format, Some(BlendState::ALPHA_BLENDING)), false);
        TargetPipelines { format, present, mark }
    }
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
    constants: &'a [(&'static str, f64)],
}

impl<'a> Stages<'a> {
    fn new(label: &'static str, module: &'a wgpu::ShaderModule, vertex: &'static str, fragment: &'static str) -> Self {
        Self { label, module, vertex, fragment, constants: &[] }
    }
}

/// A vertex buffer with one step an instance.
fn instances(bytes: usize, attributes: &[wgpu::VertexAttribute]) -> wgpu::VertexBufferLayout<'_> {
    wgpu::VertexBufferLayout { array_stride: bytes as u64, step_mode: wgpu::VertexStepMode::Instance, attributes }
}

fn points() -> [Option<wgpu::VertexBufferLayout<'static>>; 1] {
    [Some(instances(size_of::<PointInstance>(), &PointInstance::ATTRIBUTES))]
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
            targets: &[Some(target)],
        }),
        multiview_mask: None,
        cache: None,
    })
}
