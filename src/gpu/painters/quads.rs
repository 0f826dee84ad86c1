//! Quads: one instance a drawing. What no other painter can draw: overlapping drawings, dots on weaker tiers, and everything where a
//! bench asks for the plainest way.
//!
//! How it works: the spatial index gives ranges of the draw order for each part of the picture, sorted by chunk; each chunk is bound
//! once, and its ranges are drawn as instances of two triangles (`quads.wgsl`). Ink is put together in the ink target by blending,
//! in any order: it adds up where drawings do not overlap, and multiplies what is left of the paper where they do. A last pass looks
//! the colours up. Costs follow the number of drawings, however small they are: low-resolution pictures draw from a copy of the
//! instances that holds fewer of them, each with the opacity of all that it covers for.

use super::ink_mode::{InkMode, Levels};
use super::ink_target::{resolve, sums_targets};
use super::{CostKey, Job, Made, Painter};
use crate::atlas::AtlasPlan;
use crate::gpu::context::GpuError;
use crate::gpu::pass::begin_with;
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, points};
use crate::gpu::progressive::subsample;
use crate::scene::rows::Styling;
use crate::scene::view::{DOT_PX, DRAWN_PX, FAR_FULL_PX, FAR_START_PX, ScatterView};

/// The painter.
#[derive(Debug)]
pub struct Quads {
    module: wgpu::ShaderModule,
    made: Made<Variant, wgpu::RenderPipeline>,
}

/// What a pixel takes of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant(InkMode);

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView, plan: &AtlasPlan, styling: Styling) -> Self {
        Self(InkMode::of(view, plan, styling))
    }
}

impl Quads {
    /// The painter with its shader.
    pub fn new(module: wgpu::ShaderModule) -> Self {
        Self { module, made: Made::default() }
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, Variant(mode): Variant) -> wgpu::RenderPipeline {
        let constants = mode.constants();
        let fragment = if mode.is_colored() { "fs_sums" } else { "fs_point" };
        let stages = Stages::new("quads", &self.module, "vs_point", fragment).with(&constants);
        let layouts = &pipelines.layouts;
        let groups = [&layouts.view, &layouts.chunk, &layouts.colors].map(Some);
        pipeline(device, &stages, &groups, &points(), &sums_targets(pipelines, mode), false)
    }
}

impl Painter for Quads {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::Quads;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        let levels = plan.level_sides().into_iter().map(f64::from);
        [FAR_FULL_PX, FAR_START_PX, DOT_PX, DRAWN_PX].into_iter().chain(levels).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (input, view) = (job.input, job.picture.view);
        let ranges = job.ranges();
        let thins = job.low_resolution && view.overlaps;
        let thinned = if thins { subsample::of_drawings(ranges.first().map_or(&[], Vec::as_slice)) } else { 0 };
        let points = input.layout.points.thinned(thinned);
        let view_group = job.view_group(1.0 - (1.0 - view.opacity).powi(points.covers() as i32));
        let level = Levels::of(input.atlas.plan(), view.side_px).level;
        let sums = job.sums(variant.0)?;
        let mut pass = begin_with(encoder, "quads", &sums.cleared(if view.overlaps { 1.0 } else { 0.0 }));
        let device = &input.gpu.device;
        pass.set_pipeline(&self.made.get(variant, || self.make(device, input.pipelines, variant)));
        pass.set_bind_group(0, &view_group, &[]);
        pass.set_bind_group(2, &input.colors.group, &[]);
        for (part, ranges) in job.parts.iter().zip(&ranges) {
            pass.set_scissor_rect(part.left, part.top, part.width, part.height);
            points.draw(&mut pass, input.atlas, level, ranges);
        }
        drop(pass);
        resolve(job, &sums, view.overlaps, encoder);
        Ok(())
    }
}
