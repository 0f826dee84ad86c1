//! Quads: one instance a drawing. What no other painter can draw: overlapping drawings, dots on weaker tiers, and everything where a
//! bench asks for the plainest way.
//!
//! How it works: the spatial index gives ranges of the draw order for each part of the picture, sorted by chunk; each chunk is bound
//! once, and its ranges are drawn as instances of two triangles (`quads.wgsl`). Ink is put together in the ink target by blending,
//! in any order: it adds up where drawings do not overlap, and multiplies what is left of the paper where they do. A last pass looks
//! the colours up. Costs follow the number of drawings, however small they are: low-resolution pictures draw from a copy of the
//! instances that holds fewer of them, each with the opacity of all that it covers for. Colours of a crowd are summed up in 32-bit floats;
//! where these cannot be blended, in passes of so few drawings that 16 bits do, which are added up. Pictures in colour hide what lies
//! below them, and are drawn into the picture at once: a depth test decides by row (`topmost.wgsl`).

use super::ink_mode::{InkMode, Levels};
use super::ink_target::{accumulate, cleared, ground, resolve, sums_targets};
use super::{CostKey, Job, Made, Painter};
use crate::atlas::AtlasPlan;
use crate::gpu::context::GpuError;
use crate::gpu::pass::{begin, begin_deep};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, points, target};
use crate::gpu::progressive::subsample;
use crate::gpu::shaders::PageModules;
use crate::scene::index::DrawRange;
use crate::scene::rows::{OUTLINED_FROM_PX, Styling};
use crate::scene::view::{DOT_PX, DRAWN_PX, FAR_FULL_PX, FAR_START_PX, ScatterView};

/// The painter.
#[derive(Debug)]
pub struct Quads {
    modules: PageModules,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, wgpu::RenderPipeline>,
}

/// Drawings of a pass whose colours are summed up in 16-bit floats: with 11 bits, sums of so many equal terms are off by less than a
/// hundredth.
const PASS_DRAWINGS: u32 = 64;

/// Targets of a pass, and what it begins with there.
type Targets<'a> = [(&'a wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)];

/// Ranges of instances by part, cut into passes of [`PASS_DRAWINGS`] at most; one at least.
fn batches(all: &[(usize, Vec<DrawRange>)]) -> Vec<Vec<(usize, Vec<DrawRange>)>> {
    let mut batches: Vec<Vec<(usize, Vec<DrawRange>)>> = vec![Vec::new()];
    let mut room = PASS_DRAWINGS;
    for (part, ranges) in all {
        for range in ranges {
            let mut start = range.start;
            while start < range.end {
                if room == 0 {
                    batches.push(Vec::new());
                    room = PASS_DRAWINGS;
                }
                let end = range.end.min(start.saturating_add(room));
                room -= end - start;
                if let Some(batch) = batches.last_mut() {
                    batch.push((*part, vec![DrawRange { start, end, ..*range }]));
                }
                start = end;
            }
        }
    }
    batches
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
    /// The painter with its shaders; `picture_format` is that of the finished pictures.
    pub fn new(picture_format: wgpu::TextureFormat, modules: PageModules) -> Self {
        Self { modules, picture_format, made: Made::default() }
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, Variant(mode): Variant) -> wgpu::RenderPipeline {
        let constants = mode.constants();
        let fragment = match mode {
            _ if mode.hides() => "fs_topmost",
            _ if mode.is_colored() => "fs_sums",
            _ => "fs_point",
        };
        let module = self.modules.of(device, mode.pages());
        let stages = Stages::new("quads", module, "vs_point", fragment).with(&constants);
        let layouts = &pipelines.layouts;
        let groups = [&layouts.view, &layouts.chunk, &layouts.colors].map(Some);
        // What hides others is the pixel's colour already.
        let targets =
            if mode.hides() { vec![target(self.picture_format, None)] } else { sums_targets(pipelines, mode) };
        pipeline(device, &stages, &groups, &points(), &targets, mode.hides())
    }
}

impl Painter for Quads {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::Quads;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        let levels = plan.level_sides().into_iter().map(f64::from);
        [FAR_FULL_PX, FAR_START_PX, DOT_PX, DRAWN_PX, OUTLINED_FROM_PX].into_iter().chain(levels).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (input, view) = (job.input, job.picture.view);
        let ranges = job.ranges();
        // What hides others cannot be there for them.
        let hides = variant.0.hides();
        let thins = job.low_resolution && view.overlaps && !hides;
        let thinned = if thins { subsample::of_drawings(ranges.first().map_or(&[], Vec::as_slice)) } else { 0 };
        let points = input.layout.points.thinned(thinned);
        let view_group = job.view_group(1.0 - (1.0 - view.opacity).powi(points.covers() as i32));
        let level = Levels::of(input.atlas.plan(), view.side_px).level;
        let depth = if hides { Some(job.depth()?) } else { None };
        let pipeline = self.made.get(variant, || self.make(&input.gpu.device, input.pipelines, variant));
        let parts = job.parts;
        let draw = |targets: &Targets<'_>, drawn: &[(usize, Vec<DrawRange>)], encoder: &mut wgpu::CommandEncoder| {
            let mut pass = begin_deep(encoder, "quads", targets, depth.as_ref());
            pass.set_pipeline(&pipeline);
            pass.set_bind_group(0, &view_group, &[]);
            pass.set_bind_group(2, &input.colors.group, &[]);
            for (at, ranges) in drawn {
                let Some(part) = parts.get(*at) else { continue };
                pass.set_scissor_rect(part.left, part.top, part.width, part.height);
                points.draw(&mut pass, input.atlas, level, ranges);
            }
        };
        let all: Vec<_> = ranges.into_iter().enumerate().collect();
        if hides {
            let picture = [(job.target, ground(job.picture))];
            let targets = cleared(job, &picture, &[self.picture_format], encoder);
            draw(&targets, &all, encoder);
            return Ok(());
        }
        let sums = job.sums(variant.0)?;
        let is_crowd = view.overlaps
            && variant.0.is_colored()
            // Those that cover a pixel's centre have their own within half a side.
            && input.terms.densest.most_within(view.side_px / view.px_per_unit) > PASS_DRAWINGS;
        let batches = if is_crowd { batches(&all) } else { Vec::new() };
        let Some(adds_up) = input.pipelines.accumulate.as_ref().filter(|_| batches.len() > 1) else {
            let targets = sums.cleared(job, variant.0, if view.overlaps { 1.0 } else { 0.0 }, encoder);
            draw(&targets, &all, encoder);
            resolve(job, &sums, view.overlaps, encoder);
            return Ok(());
        };
        let [mut before, mut after] = job.accumulated()?;
        drop(begin(encoder, "accumulated", &before, wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT)));
        for (at, batch) in batches.iter().enumerate() {
            let targets = if at == 0 { sums.cleared(job, variant.0, 1.0, encoder) } else { sums.continued() };
            draw(&targets, batch, encoder);
            accumulate(job, adds_up, (&before, &after), &sums, encoder);
            std::mem::swap(&mut before, &mut after);
        }
        resolve(job, &sums.with_colored(before), true, encoder);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_hold_all_drawings_once_and_none_too_many() {
        let range = |chunk, start, end| DrawRange { chunk, start, end };
        let all = vec![(0, vec![range(0, 5, 155), range(1, 3000, 3001)]), (1, vec![]), (2, vec![range(1, 0, 99)])];
        let batches = batches(&all);
        let count = |batch: &Vec<(usize, Vec<DrawRange>)>| -> u32 {
            batch.iter().flat_map(|(_, ranges)| ranges).map(|range| range.end - range.start).sum()
        };
        assert_eq!(batches.iter().map(count).collect::<Vec<_>>(), [64, 64, 64, 58]);
        let mut rows: Vec<(usize, u16, u32)> = Vec::new();
        for (part, ranges) in batches.iter().flatten() {
            rows.extend(ranges.iter().flat_map(|range| (range.start..range.end).map(|row| (*part, range.chunk, row))));
        }
        let expected: Vec<_> =
            (5..155).map(|row| (0, 0, row)).chain([(0, 1, 3000)]).chain((0..99).map(|row| (2, 1, row))).collect();
        assert_eq!(rows, expected);
        assert_eq!(super::batches(&[]).len(), 1, "what there is no drawing of is cleared all the same");
    }
}
