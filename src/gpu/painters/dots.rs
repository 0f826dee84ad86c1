//! What splats and wide splats share: points in tiles, counts in buffers, and the passes from one to the other.
//!
//! How it works: the ranges of points in sight are cut into tiles of one workgroup each; every point adds itself to the counts of the
//! pixels it covers (`dots.wgsl`). Where all dots are of the same whole pixels a side, it counts in its first pixel only, and a second
//! pass grows that to the dots' size. A last pass turns counts into colours. A dot that lies in two parts of a job counts once.

mod counter;

pub use counter::{Counter, Counts, Work, can_count};

use super::Job;
use super::ink_target::ground;
use crate::gpu::bindings::{bind_group_layout, entry, storage, uniform};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, target};
use crate::scene::view::ScatterView;

/// Threads a workgroup that grows, and lines that each walks down (`STRIP` of `dots.wgsl`).
const GROW: [u32; 2] = [64, 32];
/// Pixels left of and above the viewport in which dots may begin: even, and no less than the largest dot.
pub(super) const MARGIN: u32 = 8;
/// The largest dots that are grown from one pixel.
pub(super) const LARGEST: f64 = 6.0;

/// Pixels a side of every dot of a view; 0 where dots differ by a pixel or are too large to be grown.
pub(super) fn extent(view: &ScatterView) -> u32 {
    let whole = view.side_px.round();
    let grows = whole == view.side_px && (1.0..=LARGEST).contains(&whole);
    if grows { whole as u32 } else { 0 }
}

/// Logarithm to base 2 of what one dot of an opacity leaves of the paper. An opaque one leaves nothing: a power that any count takes
/// below what 8 bits show. One of `every` dots leaves what all of them would.
pub(super) fn log_left(opacity: f64, every: u32) -> f32 {
    ((1.0 - opacity).log2() * f64::from(every)).max(-126.0) as f32
}

/// What one picture counts.
pub(super) struct Counting {
    /// Its uniform but for the tiles, by how many points each of those that are counted has in it.
    pub(super) uniform: fn(&Job<'_>, u32) -> DotsUniform,
    /// Words of counts, with the margin, and of what they grow to.
    pub(super) words: [u64; 2],
    /// Planes that grow; none where dots count wherever they cover.
    pub(super) growing: u32,
    /// Columns of words that a thread grows.
    pub(super) across: u32,
}

/// The passes of a kind of splats.
#[derive(Debug)]
pub(super) struct DotsPasses {
    /// What counts and grows.
    counter: Counter,
    /// Group 3 of the last pass: uniform, counts.
    covered: wgpu::BindGroupLayout,
    module: wgpu::ShaderModule,
    picture_format: wgpu::TextureFormat,
}

/// Their pipelines for one kind of picture.
#[derive(Clone, Debug)]
pub(super) struct DotsPipelines {
    splat: wgpu::ComputePipeline,
    grow: wgpu::ComputePipeline,
    colors: wgpu::RenderPipeline,
}

impl DotsPasses {
    /// Passes of a module; `looks` says whether they read those of rows.
    pub(super) fn new(
        device: &wgpu::Device,
        picture_format: wgpu::TextureFormat,
        module: wgpu::ShaderModule,
        looks: bool,
    ) -> Self {
        let fragment = wgpu::ShaderStages::FRAGMENT;
        let covered = [uniform(4, fragment), storage(5, fragment, true)];
        Self {
            counter: Counter::new(device, looks, true),
            covered: bind_group_layout(device, "covered", &covered),
            module,
            picture_format,
        }
    }

    /// The pipelines with the names of the three passes' entry points, and some constants.
    pub(super) fn make(
        &self,
        device: &wgpu::Device,
        pipelines: &Pipelines,
        [splat, grow, colors]: [&'static str; 3],
        constants: &[(&'static str, f64)],
    ) -> DotsPipelines {
        let compute = |entry_point| self.counter.pipeline(device, pipelines, &self.module, entry_point, constants);
        let stages = Stages::new("dots", &self.module, "vs_dots", colors).with(constants);
        let groups = [None, None, Some(&pipelines.layouts.colors), Some(&self.covered)];
        let colors = pipeline(device, &stages, &groups, &[], &[target(self.picture_format, None)], false);
        DotsPipelines { splat: compute(splat), grow: compute(grow), colors }
    }

    /// Draws the parts of a job.
    pub(super) fn encode(
        &self,
        pipelines: &DotsPipelines,
        counting: &Counting,
        job: &mut Job<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let input = job.input;
        let (device, size_px, looks) = (&input.gpu.device, job.scratch.size_px, self.counter.looks);
        let counts = Counts::kept(job.scratch.counts.take(), input.gpu, counting.words);
        let view_group = &job.view_group(job.picture.view.opacity);
        let grows = counting.growing > 0;
        let uniform = |covers| (counting.uniform)(job, covers);
        let (uniform, bound) = self.counter.count(&pipelines.splat, job, (view_group, &counts), uniform, encoder);
        // What grows reads no looks, so that any chunk will do. A part without dots grows as well: paper may be no 0.
        let arrived = || (0..input.atlas.plan().chunks()).find_map(|chunk| input.atlas.bind_group(chunk as u16, 0));
        let chunk = bound.or_else(|| if looks { arrived() } else { None });
        match input.layout.points.thinned(0).segments().first() {
            // Neither points nor tiles are read.
            Some(any) if grows && (chunk.is_some() || !looks) => {
                let groups = [
                    uniform.columns.div_ceil(GROW[0] * counting.across),
                    uniform.lines.div_ceil(GROW[1]),
                    counting.growing,
                ];
                let work = Work { view_group, chunk, counts: &counts, points: any, tiles: any, uniform, groups };
                self.counter.compute(job, &pipelines.grow, &work, encoder);
            }
            // No drawing has arrived: all is paper.
            _ if grows => {
                drop(begin(encoder, "dots", job.target, wgpu::LoadOp::Clear(ground(job.picture))));
                job.scratch.counts = Some(counts);
                return;
            }
            _ => {}
        }
        let uniform = uniform_buffer(device, "dots", bytemuck::bytes_of(&uniform));
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("covered"),
            layout: &self.covered,
            entries: &[entry(4, &uniform), entry(5, if grows { &counts.sums } else { &counts.first })],
        });
        let mut pass = begin(encoder, "dots", job.target, load_for(job.parts, size_px, wgpu::Color::BLACK));
        pass.set_pipeline(&pipelines.colors);
        pass.set_bind_group(2, &input.colors.group, &[]);
        pass.set_bind_group(3, &group, &[]);
        draw_parts(&mut pass, job.parts);
        drop(pass);
        job.scratch.counts = Some(counts);
    }
}
