//! Topmost splats: small pictures in colour that overlap, by compute. For crowds in which one picture hides those below it.
//!
//! How it works: of opaque pictures a pixel shows the highest row and no other. Every point puts its row into the pixels that it covers,
//! by an atomic maximum; a last pass, a chunk at a time, finds the square of each pixel's row again and reads its picture there, once
//! (`topmost_splat.wgsl`). Costs follow points and pixels, where quads cost a triangle setup a picture and read all that overlap. Larger
//! pictures are few, and covered pixel by pixel they would keep one thread busy: quads draw those.

use super::dots::{Counter, Counts, can_count};
use super::ink_mode::{InkMode, Levels};
use super::ink_target::ground;
use super::{CostKey, Job, Made, Painter};
use crate::atlas::{AtlasPlan, Pages};
use crate::gpu::bindings::{bind_group_layout, entry, storage, uniform};
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, target};
use crate::gpu::points::PointBuffers;
use crate::gpu::shaders::module;
use crate::scene::rows::{OUTLINED_FROM_PX, Styling};
use crate::scene::view::{DRAWN_PX, ScatterView};
use std::sync::OnceLock;

/// The painter.
#[derive(Debug)]
pub struct TopmostSplat {
    counter: Counter,
    /// Group 3 of the last pass: uniform, rows on top, places by row.
    found: wgpu::BindGroupLayout,
    source: (&'static str, &'static str),
    module: OnceLock<wgpu::ShaderModule>,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, (wgpu::ComputePipeline, wgpu::RenderPipeline)>,
}

/// What a pixel takes of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant(InkMode);

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView, plan: &AtlasPlan, styling: Styling) -> Self {
        Self(InkMode::of(view, plan, styling))
    }
}

/// Whether a view is of overlapping pictures so small that points cover their pixels one by one. It holds for low-resolution pictures of
/// the view as well.
pub fn is_small(view: &ScatterView, plan: &AtlasPlan) -> bool {
    view.overlaps && plan.pages == Pages::Color && view.shape_mix < 1.0
}

/// Whether a device can find the rows on top of a layout's points in a canvas of a size.
pub fn can_find(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2]) -> bool {
    points.by_row().is_some() && can_count(gpu, points, words(size_px))
}

fn words([width, height]: [u32; 2]) -> u64 {
    u64::from(width) * u64::from(height)
}

impl TopmostSplat {
    /// The painter with the source of its shader; `picture_format` is that of the finished pictures.
    pub fn new(
        device: &wgpu::Device,
        picture_format: wgpu::TextureFormat,
        source: (&'static str, &'static str),
    ) -> Self {
        let fragment = wgpu::ShaderStages::FRAGMENT;
        let found =
            [uniform(4, wgpu::ShaderStages::VERTEX_FRAGMENT), storage(5, fragment, true), storage(6, fragment, true)];
        Self {
            // What hides others cannot be there for them.
            counter: Counter::new(device, true, false),
            found: bind_group_layout(device, "found", &found),
            source,
            module: OnceLock::new(),
            picture_format,
            made: Made::default(),
        }
    }

    fn make(
        &self,
        device: &wgpu::Device,
        pipelines: &Pipelines,
        Variant(mode): Variant,
    ) -> (wgpu::ComputePipeline, wgpu::RenderPipeline) {
        let (module, constants) = (self.module.get_or_init(|| module(device, self.source)), mode.constants());
        let stages = Stages::new("topmost splat", module, "vs_topmost_splat", "fs_topmost_splat").with(&constants);
        let layouts = &pipelines.layouts;
        let groups = [&layouts.view, &layouts.chunk, &layouts.colors, &self.found].map(Some);
        let colors = pipeline(device, &stages, &groups, &[], &[target(self.picture_format, None)], false);
        (self.counter.pipeline(device, pipelines, module, "splat_topmost", &constants), colors)
    }
}

impl Painter for TopmostSplat {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::TopmostSplat;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        let levels = plan.level_sides().into_iter().map(f64::from);
        [DRAWN_PX, OUTLINED_FROM_PX].into_iter().chain(levels).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (input, size_px) = (job.input, job.scratch.size_px);
        let device = &input.gpu.device;
        let Some(by_row) = input.layout.points.by_row() else { return Ok(()) };
        let counts = Counts::kept(job.scratch.counts.take(), input.gpu, [words(size_px), 1]);
        let (find, colors) = self.made.get(variant, || self.make(device, input.pipelines, variant));
        let view_group = job.view_group(job.picture.view.opacity);
        let [columns, lines] = size_px;
        let uniform = |_| DotsUniform { pitch: columns, columns, lines, ..bytemuck::Zeroable::zeroed() };
        let (uniform, _) = self.counter.count(&find, job, (&view_group, &counts), uniform, encoder);
        let uniform = uniform_buffer(device, "dots", bytemuck::bytes_of(&uniform));
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("found"),
            layout: &self.found,
            entries: &[entry(4, &uniform), entry(5, &counts.first), entry(6, by_row)],
        });
        let level = Levels::of(input.atlas.plan(), job.picture.view.side_px).level;
        // Where no picture has arrived all is paper.
        let chunks = input.atlas.plan().chunks();
        let chunks: Vec<_> = (0..chunks).filter_map(|chunk| input.atlas.bind_group(chunk as u16, level)).collect();
        let paper = ground(job.picture);
        let load = if chunks.is_empty() { wgpu::LoadOp::Clear(paper) } else { load_for(job.parts, size_px, paper) };
        let mut pass = begin(encoder, "topmost splat", job.target, load);
        pass.set_pipeline(&colors);
        pass.set_bind_group(0, &view_group, &[]);
        pass.set_bind_group(2, &input.colors.group, &[]);
        pass.set_bind_group(3, &group, &[]);
        for chunk in chunks {
            pass.set_bind_group(1, chunk, &[]);
            draw_parts(&mut pass, job.parts);
        }
        drop(pass);
        job.scratch.counts = Some(counts);
        Ok(())
    }
}
