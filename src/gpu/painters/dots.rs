//! What splats and wide splats share: points in tiles, counts in buffers, and the passes from one to the other.
//!
//! How it works: the ranges of points in sight are cut into tiles of one workgroup each; every point adds itself to the counts of the
//! pixels it covers (`dots.wgsl`). Where all dots are of the same whole pixels a side, it counts in its first pixel only, and a second
//! pass grows that to the dots' size. A last pass turns counts into colours. A dot that lies in two parts of a job counts once. Where
//! looks are read, tiles are cut by chunk, and each chunk is bound for its rows' looks.

use super::Job;
use super::ink_target::ground;
use crate::gpu::bindings::{bind_group_layout, entry, storage, uniform};
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::{Gpu, Tier};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, target};
use crate::gpu::points::{PointBuffers, ThinnedPoints};
use crate::gpu::progressive::subsample;
use crate::scene::index::{DrawRange, once_each};
use crate::scene::view::ScatterView;
use std::ops::Range;

/// Points a workgroup counts: its size in the first pass.
const TILE: u32 = 256;
/// Workgroups a row of a dispatch.
const TILES_A_ROW: u32 = 1 << 15;
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

/// Whether a device can count the points of a layout with so many words of counts.
pub(super) fn can_count(gpu: &Gpu, points: &PointBuffers, words: u64) -> bool {
    let limits = gpu.device.limits();
    gpu.tier == Tier::Full
        && points.are_storage()
        && limits.max_storage_buffers_per_shader_stage >= 4
        && limits.max_compute_invocations_per_workgroup >= TILE
        && words * 4 <= limits.max_storage_buffer_binding_size
}

/// Counts of first pixels, and what they grow to, for a viewport of one size.
#[derive(Debug)]
pub(super) struct Counts {
    words: [u64; 2],
    first: wgpu::Buffer,
    sums: wgpu::Buffer,
}

impl Counts {
    fn new(gpu: &Gpu, words: [u64; 2]) -> Self {
        let buffer = |label, words| {
            let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST;
            let descriptor =
                wgpu::BufferDescriptor { label: Some(label), size: words * 4, usage, mapped_at_creation: false };
            gpu.device.create_buffer(&descriptor)
        };
        Self { words, first: buffer("counts of dots", words[0]), sums: buffer("grown counts", words[1]) }
    }
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
    /// Group 3 of the compute passes: points, tiles, counts, grown counts, uniform.
    counting: wgpu::BindGroupLayout,
    /// Group 3 of the last pass: uniform, counts.
    covered: wgpu::BindGroupLayout,
    module: wgpu::ShaderModule,
    picture_format: wgpu::TextureFormat,
    /// Looks are read.
    looks: bool,
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
        let (compute, fragment) = (wgpu::ShaderStages::COMPUTE, wgpu::ShaderStages::FRAGMENT);
        let counting = [
            storage(0, compute, true),
            storage(1, compute, true),
            storage(2, compute, false),
            storage(3, compute, false),
            uniform(4, compute),
        ];
        let covered = [uniform(4, fragment), storage(5, fragment, true)];
        Self {
            counting: bind_group_layout(device, "counting", &counting),
            covered: bind_group_layout(device, "covered", &covered),
            module,
            picture_format,
            looks,
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
        let options = wgpu::PipelineCompilationOptions { constants, ..wgpu::PipelineCompilationOptions::default() };
        let layouts = &pipelines.layouts;
        let looks = |layout| self.looks.then_some(layout);
        let groups = [Some(&layouts.view), looks(&layouts.chunk), looks(&layouts.colors), Some(&self.counting)];
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("counting"),
            bind_group_layouts: &groups,
            immediate_size: 0,
        });
        let compute = |entry_point| {
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(entry_point),
                layout: Some(&layout),
                module: &self.module,
                entry_point: Some(entry_point),
                compilation_options: options.clone(),
                cache: None,
            })
        };
        let stages = Stages::new("dots", &self.module, "vs_dots", colors).with(constants);
        let groups = [None, None, Some(&layouts.colors), Some(&self.covered)];
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
        let (device, size_px) = (&input.gpu.device, job.scratch.size_px);
        let held = job.scratch.counts.take().filter(|counts| counts.words == counting.words);
        let counts = held.unwrap_or_else(|| Counts::new(input.gpu, counting.words));
        let view_group = &job.view_group(job.picture.view.opacity);
        let mut ranges = once_each(job.ranges().concat());
        if self.looks {
            // A dispatch a chunk, not one for each run of it in the draw order.
            ranges.sort_unstable_by_key(|range| (range.chunk, range.start));
        }
        let points =
            input.layout.points.thinned(if job.low_resolution { subsample::of_points(&ranges, self.looks) } else { 0 });
        let uniform = (counting.uniform)(job, points.covers());
        let grows = counting.growing > 0;
        // What nothing is counted into holds another picture's.
        encoder.clear_buffer(&counts.first, 0, None);
        let mut bound = None;
        for own in ranges.chunk_by(|a, b| !self.looks || a.chunk == b.chunk) {
            let chunk = own.first().filter(|_| self.looks).and_then(|range| input.atlas.bind_group(range.chunk, 0));
            if self.looks && chunk.is_none() {
                // Nothing of it has arrived yet.
                continue;
            }
            bound = chunk;
            for (segment, buffer) in points.segments().iter().enumerate() {
                let tiles = tiles(points, segment, own);
                if tiles.is_empty() {
                    continue;
                }
                let uniform = DotsUniform { tiles: tiles.len() as u32, ..uniform };
                let across = uniform.tiles.min(TILES_A_ROW);
                let groups = [across, uniform.tiles.div_ceil(across), 1];
                let tiles = filled_buffer(device, "tiles", bytemuck::cast_slice(&tiles), wgpu::BufferUsages::STORAGE);
                let work = Work { view_group, chunk, counts: &counts, points: buffer, tiles: &tiles, uniform, groups };
                self.compute(job, &pipelines.splat, &work, encoder);
            }
        }
        // What grows reads no looks, so that any chunk will do. A part without dots grows as well: paper may be no 0.
        let arrived = || (0..input.atlas.plan().chunks()).find_map(|chunk| input.atlas.bind_group(chunk as u16, 0));
        let chunk = bound.or_else(|| if self.looks { arrived() } else { None });
        match points.segments().first() {
            // Neither points nor tiles are read.
            Some(any) if grows && (chunk.is_some() || !self.looks) => {
                let groups = [
                    uniform.columns.div_ceil(GROW[0] * counting.across),
                    uniform.lines.div_ceil(GROW[1]),
                    counting.growing,
                ];
                let work = Work { view_group, chunk, counts: &counts, points: any, tiles: any, uniform, groups };
                self.compute(job, &pipelines.grow, &work, encoder);
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

    fn compute(
        &self,
        job: &Job<'_>,
        pipeline: &wgpu::ComputePipeline,
        work: &Work<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let device = &job.input.gpu.device;
        let uniform = uniform_buffer(device, "dots", bytemuck::bytes_of(&work.uniform));
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("counting"),
            layout: &self.counting,
            entries: &[
                entry(0, work.points),
                entry(1, work.tiles),
                entry(2, &work.counts.first),
                entry(3, &work.counts.sums),
                entry(4, &uniform),
            ],
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, work.view_group, &[]);
        if self.looks {
            pass.set_bind_group(1, work.chunk, &[]);
            pass.set_bind_group(2, &job.input.colors.group, &[]);
        }
        pass.set_bind_group(3, &group, &[]);
        pass.dispatch_workgroups(work.groups[0], work.groups[1], work.groups[2]);
    }
}

/// One dispatch.
struct Work<'a> {
    view_group: &'a wgpu::BindGroup,
    chunk: Option<&'a wgpu::BindGroup>,
    counts: &'a Counts,
    points: &'a wgpu::Buffer,
    tiles: &'a wgpu::Buffer,
    uniform: DotsUniform,
    groups: [u32; 3],
}

/// What ranges hold of one buffer of points, cut into pieces for one workgroup each.
fn tiles(points: &ThinnedPoints, segment: usize, ranges: &[DrawRange]) -> Vec<[u32; 2]> {
    let pieces = |range: Range<u32>| {
        let end = range.end;
        range.step_by(TILE as usize).map(move |start| [start, end.min(start.saturating_add(TILE))])
    };
    points.within(segment, ranges).flat_map(pieces).collect()
}
