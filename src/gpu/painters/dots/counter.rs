//! What counts points: the passes that go through them, tile by tile, and the buffers that these write.
//!
//! How it works: the ranges of points in sight are cut into tiles of one workgroup each. Where looks are read, tiles are cut by chunk, and
//! each chunk is bound for its rows' looks.

use super::super::Job;
use crate::gpu::bindings::{bind_group_layout, entry, storage, uniform};
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::{Gpu, Tier};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::pass::uniform_buffer;
use crate::gpu::pipelines::Pipelines;
use crate::gpu::points::{PointBuffers, ThinnedPoints};
use crate::gpu::progressive::subsample;
use crate::scene::index::{DrawRange, once_each};
use std::ops::Range;

/// Points a workgroup counts: its size in the first pass.
const TILE: u32 = 256;
/// Workgroups a row of a dispatch.
const TILES_A_ROW: u32 = 1 << 15;

/// Whether a device can count the points of a layout with so many words of counts.
pub fn can_count(gpu: &Gpu, points: &PointBuffers, words: u64) -> bool {
    let limits = gpu.device.limits();
    gpu.tier == Tier::Full
        && points.are_storage()
        && limits.max_storage_buffers_per_shader_stage >= 4
        && limits.max_compute_invocations_per_workgroup >= TILE
        && words * 4 <= limits.max_storage_buffer_binding_size
}

/// Counts of first pixels, and what they grow to, for a viewport of one size.
#[derive(Debug)]
pub struct Counts {
    /// Words of each.
    words: [u64; 2],
    /// Of first pixels, or of all that dots cover.
    pub first: wgpu::Buffer,
    /// What these grow to.
    pub sums: wgpu::Buffer,
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

    /// Those that are kept, or others where these have other sizes.
    pub fn kept(kept: Option<Self>, gpu: &Gpu, words: [u64; 2]) -> Self {
        kept.filter(|counts| counts.words == words).unwrap_or_else(|| Self::new(gpu, words))
    }
}

/// What goes through points.
#[derive(Debug)]
pub struct Counter {
    /// Group 3: points, tiles, counts, grown counts, uniform.
    layout: wgpu::BindGroupLayout,
    /// Looks are read.
    pub looks: bool,
    /// Points may be left out where others can be there for them.
    thins: bool,
}

impl Counter {
    /// With the layout of what it binds; `looks` says whether those of rows are read, `thins` whether low-resolution pictures may leave
    /// points out for which others are there.
    pub fn new(device: &wgpu::Device, looks: bool, thins: bool) -> Self {
        let compute = wgpu::ShaderStages::COMPUTE;
        let bound = [
            storage(0, compute, true),
            storage(1, compute, true),
            storage(2, compute, false),
            storage(3, compute, false),
            uniform(4, compute),
        ];
        Self { layout: bind_group_layout(device, "counting", &bound), looks, thins }
    }

    /// An entry point of a module as a pipeline, with some constants.
    pub fn pipeline(
        &self,
        device: &wgpu::Device,
        pipelines: &Pipelines,
        module: &wgpu::ShaderModule,
        entry_point: &str,
        constants: &[(&'static str, f64)],
    ) -> wgpu::ComputePipeline {
        let layouts = &pipelines.layouts;
        let looks = |layout| self.looks.then_some(layout);
        let groups = [Some(&layouts.view), looks(&layouts.chunk), looks(&layouts.colors), Some(&self.layout)];
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("counting"),
            bind_group_layouts: &groups,
            immediate_size: 0,
        });
        device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(entry_point),
            layout: Some(&layout),
            module,
            entry_point: Some(entry_point),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants,
                ..wgpu::PipelineCompilationOptions::default()
            },
            cache: None,
        })
    }

    /// Goes through the points of a job, each once, beginning with empty counts; `uniform` is given by for how many drawings each
    /// point is there. Returns the uniform and the chunk that was bound last.
    pub fn count<'a>(
        &self,
        pipeline: &wgpu::ComputePipeline,
        job: &Job<'a>,
        (view_group, counts): (&wgpu::BindGroup, &Counts),
        uniform: impl Fn(u32) -> DotsUniform,
        encoder: &mut wgpu::CommandEncoder,
    ) -> (DotsUniform, Option<&'a wgpu::BindGroup>) {
        let input = job.input;
        let mut ranges = once_each(job.ranges().concat());
        if self.looks {
            // A dispatch a chunk, not one for each run of it in the draw order.
            ranges.sort_unstable_by_key(|range| (range.chunk, range.start));
        }
        let thins = self.thins && job.low_resolution;
        let points = input.layout.points.thinned(if thins { subsample::of_points(&ranges, self.looks) } else { 0 });
        let uniform = uniform(points.covers());
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
                let device = &input.gpu.device;
                let tiles = filled_buffer(device, "tiles", bytemuck::cast_slice(&tiles), wgpu::BufferUsages::STORAGE);
                let work = Work { view_group, chunk, counts, points: buffer, tiles: &tiles, uniform, groups };
                self.compute(job, pipeline, &work, encoder);
            }
        }
        (uniform, bound)
    }

    /// One dispatch.
    pub fn compute(
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
            layout: &self.layout,
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
pub struct Work<'a> {
    /// Group 0.
    pub view_group: &'a wgpu::BindGroup,
    /// Group 1, where looks are read.
    pub chunk: Option<&'a wgpu::BindGroup>,
    /// What is written.
    pub counts: &'a Counts,
    /// Instances.
    pub points: &'a wgpu::Buffer,
    /// First point and one past the last of each tile.
    pub tiles: &'a wgpu::Buffer,
    /// Group 3's.
    pub uniform: DotsUniform,
    /// Workgroups.
    pub groups: [u32; 3],
}

/// What ranges hold of one buffer of points, cut into pieces for one workgroup each.
fn tiles(points: &ThinnedPoints, segment: usize, ranges: &[DrawRange]) -> Vec<[u32; 2]> {
    let pieces = |range: Range<u32>| {
        let end = range.end;
        range.step_by(TILE as usize).map(move |start| [start, end.min(start.saturating_add(TILE))])
    };
    points.within(segment, ranges).flat_map(pieces).collect()
}
