//! Splats: overlapping dots by compute. For crowds of dots, where the device has compute shaders.
//!
//! How it works: dots of one opacity leave a power of what one of them leaves of the paper, so it is enough to count them. The ranges
//! of points in sight are cut into tiles of one workgroup each; every point adds itself to the counts of the pixels it covers.
//! Where all dots are of the same whole pixels a side, it counts in its first pixel only, and sums over lines and columns grow that
//! to the dots' size. A last pass turns counts into colours (`splat.wgsl`). A dot that lies in two parts of a job counts once.
//! Costs follow the number of points, and of pixels where counts grow; low-resolution pictures count a copy of the points that holds
//! fewer of them.

use super::{CostKey, Job, Made, Painter};
use crate::atlas::AtlasPlan;
use crate::gpu::bindings::{bind_group_layout, storage, texture, uniform};
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::{Gpu, GpuError, Tier};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, target};
use crate::gpu::points::{PointBuffers, ThinnedPoints};
use crate::gpu::progressive::subsample;
use crate::scene::index::{Densest, DrawRange, once_each};
use crate::scene::view::{DOT_PX, ScatterView};
use std::ops::Range;

/// Points a workgroup counts: `workgroup_size` of `splat`.
pub(super) const TILE: u32 = 256;
/// Workgroups a row of a dispatch.
pub(super) const TILES_A_ROW: u32 = 1 << 15;
/// Columns of words a workgroup grows, and lines a thread walks down: `grow` of `splat.wgsl`.
const GROW: [u32; 2] = [64, 32];
/// Pixels left of and above the viewport in which dots may begin: even, and no less than the largest dot.
pub(super) const MARGIN: u32 = 8;
/// The largest dots that are grown from one pixel.
const LARGEST: f64 = 6.0;

/// The painter.
#[derive(Debug)]
pub struct Splat {
    layouts: SplatLayouts,
    module: wgpu::ShaderModule,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, SplatPipelines>,
}

/// What its passes bind beside the view.
#[derive(Debug)]
struct SplatLayouts {
    /// Group 1: [`DotsUniform`].
    uniform: wgpu::BindGroupLayout,
    /// Group 2 of the compute passes: points, tiles, counts, grown counts.
    counting: wgpu::BindGroupLayout,
    /// Group 3 of the last pass: counts, colours.
    covered: wgpu::BindGroupLayout,
}

/// Its passes.
#[derive(Clone, Debug)]
struct SplatPipelines {
    /// Points into counts.
    splat: wgpu::ComputePipeline,
    /// Counts to the size of the dots.
    grow: wgpu::ComputePipeline,
    /// Counts to colours.
    colors: wgpu::RenderPipeline,
}

/// What a picture needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Pixels a side of every dot; 0 where dots differ by a pixel or are too large to be grown.
    extent: u32,
}

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView) -> Self {
        Self { extent: extent(view) }
    }
}

/// Pixels a side of every dot of a view; 0 where dots differ by a pixel or are too large to be grown.
pub(super) fn extent(view: &ScatterView) -> u32 {
    let whole = view.side_px.round();
    let grows = whole == view.side_px && (1.0..=LARGEST).contains(&whole);
    if grows { whole as u32 } else { 0 }
}

/// Dots that a pixel can count: 16 bits.
const MOST_DOTS: f64 = 65_535.0;

/// Whether a pixel may have more dots than it can count, going by where rows lie densest.
pub(super) fn may_overflow(view: &ScatterView, densest: &Densest) -> bool {
    view.px_per_unit < overflow_below_px(view.side_px, densest)
}

/// Pixels per world unit below which a pixel may have more dots of a side than it can count; 0 where none ever has.
pub fn overflow_below_px(side_px: f64, densest: &Densest) -> f64 {
    if f64::from(densest.rows) <= MOST_DOTS {
        return 0.0;
    }
    // A dot that covers a pixel's centre has its own within half a side. That square reaches over one cell more an axis than it is
    // cells wide, and so many cells an axis hold no more than can be counted.
    let cells = (MOST_DOTS / f64::from(densest.rows_a_cell.max(1))).sqrt().floor() - 1.0;
    if cells < 1.0 { f64::INFINITY } else { side_px / (cells * densest.cell) }
}

/// Whether a device can count the points of a layout in a canvas of a size.
pub fn can_count(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2]) -> bool {
    is_counted(gpu, points) && words(size_px, MARGIN) * 4 <= gpu.device.limits().max_storage_buffer_binding_size
}

/// Whether a device can count the points of a layout at all.
pub(super) fn is_counted(gpu: &Gpu, points: &PointBuffers) -> bool {
    let limits = gpu.device.limits();
    gpu.tier == Tier::Full
        && points.are_storage()
        && limits.max_storage_buffers_per_shader_stage >= 4
        && limits.max_compute_invocations_per_workgroup >= TILE
}

/// Counts for a viewport of one size.
#[derive(Debug)]
pub struct Counts {
    counts: wgpu::Buffer,
    sums: wgpu::Buffer,
}

impl Counts {
    fn new(gpu: &Gpu, size_px: [u32; 2]) -> Self {
        let buffer = |label, size| {
            let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST;
            let descriptor = wgpu::BufferDescriptor { label: Some(label), size, usage, mapped_at_creation: false };
            gpu.device.create_buffer(&descriptor)
        };
        let (counts, sums) = (words(size_px, MARGIN) * 4, words(size_px, 0) * 4);
        Self { counts: buffer("counts of dots", counts), sums: buffer("grown counts", sums) }
    }
}

impl Splat {
    /// The painter with its shader; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, module: wgpu::ShaderModule) -> Self {
        Self { layouts: SplatLayouts::new(device), module, picture_format, made: Made::default() }
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, variant: Variant) -> SplatPipelines {
        let layouts = &self.layouts;
        let constants = [("EXTENT", f64::from(variant.extent))];
        let options =
            wgpu::PipelineCompilationOptions { constants: &constants, ..wgpu::PipelineCompilationOptions::default() };
        let compute = |entry_point| {
            let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("splat"),
                bind_group_layouts: &[Some(&pipelines.layouts.view), Some(&layouts.uniform), Some(&layouts.counting)],
                immediate_size: 0,
            });
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(entry_point),
                layout: Some(&layout),
                module: &self.module,
                entry_point: Some(entry_point),
                compilation_options: options.clone(),
                cache: None,
            })
        };
        let stages = Stages::new("dots", &self.module, "vs_dots", "fs_dots").with(&constants);
        let groups = [None, Some(&layouts.uniform), None, Some(&layouts.covered)];
        let colors = pipeline(device, &stages, &groups, &[], &[target(self.picture_format, None)], false);
        SplatPipelines { splat: compute("splat"), grow: compute("grow"), colors }
    }

    fn compute(
        &self,
        job: &Job<'_>,
        pipeline: &wgpu::ComputePipeline,
        work: &Work<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let group = job.input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("counting"),
            layout: &self.layouts.counting,
            entries: &[
                entry(0, work.points),
                entry(1, work.tiles),
                entry(2, &work.counts.counts),
                entry(3, &work.counts.sums),
            ],
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, work.view_group, &[]);
        pass.set_bind_group(1, &self.uniform(job, work.count, work.every), &[]);
        pass.set_bind_group(2, &group, &[]);
        pass.dispatch_workgroups(work.groups[0], work.groups[1], 1);
    }

    /// Group 1, for so many tiles of points, each of which is one of `every`.
    fn uniform(&self, job: &Job<'_>, tiles: u32, every: u32) -> wgpu::BindGroup {
        let size_px = job.scratch.size_px;
        let uniform = DotsUniform {
            pitch: (size_px[0] + 2 * MARGIN).div_ceil(2),
            margin: MARGIN,
            words: size_px[0].div_ceil(2),
            lines: size_px[1],
            // An opaque dot leaves nothing: a power that any count takes below what 8 bits show. One of several leaves what all of
            // them would.
            log_left: ((1.0 - job.picture.view.opacity).log2() * f64::from(every)).max(-126.0) as f32,
            tiles,
            unused_a: 0,
            unused_b: 0,
        };
        let device = &job.input.gpu.device;
        let buffer = uniform_buffer(device, "dots", bytemuck::bytes_of(&uniform));
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("dots"),
            layout: &self.layouts.uniform,
            entries: &[entry(0, &buffer)],
        })
    }
}

impl Painter for Splat {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::Splat;

    fn turning_sides(_plan: &AtlasPlan) -> Vec<f64> {
        (1..=LARGEST as u32).map(f64::from).chain([DOT_PX]).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let input = job.input;
        let (device, size_px) = (&input.gpu.device, job.scratch.size_px);
        let counts = job.scratch.counts.take().unwrap_or_else(|| Counts::new(input.gpu, size_px));
        let pipelines = self.made.get(variant, || self.make(device, input.pipelines, variant));
        let view_group = &job.view_group(job.picture.view.opacity);
        let ranges = once_each(job.ranges().concat());
        let points = input.layout.points.thinned(if job.low_resolution { subsample::of_points(&ranges) } else { 0 });
        let every = points.every();
        encoder.clear_buffer(&counts.counts, 0, None);
        for (segment, buffer) in points.segments().iter().enumerate() {
            let tiles = tiles(points, segment, &ranges);
            if tiles.is_empty() {
                continue;
            }
            let count = tiles.len() as u32;
            let tiles = filled_buffer(device, "tiles", bytemuck::cast_slice(&tiles), wgpu::BufferUsages::STORAGE);
            let across = count.min(TILES_A_ROW);
            let groups = [across, count.div_ceil(across)];
            let work = Work { view_group, counts: &counts, points: buffer, tiles: &tiles, count, every, groups };
            self.compute(job, &pipelines.splat, &work, encoder);
        }
        let grows = variant.extent > 0;
        if let (true, Some(any)) = (grows, points.segments().first()) {
            let groups = [size_px[0].div_ceil(2).div_ceil(GROW[0]), size_px[1].div_ceil(GROW[1])];
            // Neither points nor tiles are read.
            let work = Work { view_group, counts: &counts, points: any, tiles: any, count: 0, every, groups };
            self.compute(job, &pipelines.grow, &work, encoder);
        }
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("covered"),
            layout: &self.layouts.covered,
            entries: &[
                entry(0, if grows { &counts.sums } else { &counts.counts }),
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&input.colors.view) },
            ],
        });
        let mut pass = begin(encoder, "dots", job.target, load_for(job.parts, size_px, wgpu::Color::BLACK));
        pass.set_pipeline(&pipelines.colors);
        pass.set_bind_group(1, &self.uniform(job, 0, every), &[]);
        pass.set_bind_group(3, &group, &[]);
        draw_parts(&mut pass, job.parts);
        drop(pass);
        job.scratch.counts = Some(counts);
        Ok(())
    }
}

impl SplatLayouts {
    fn new(device: &wgpu::Device) -> Self {
        let (compute, fragment) = (wgpu::ShaderStages::COMPUTE, wgpu::ShaderStages::FRAGMENT);
        let float = wgpu::TextureSampleType::Float { filterable: false };
        let counting = [
            storage(0, compute, true),
            storage(1, compute, true),
            storage(2, compute, false),
            storage(3, compute, false),
        ];
        let covered = [storage(0, fragment, true), texture(1, fragment, float, wgpu::TextureViewDimension::D2)];
        Self {
            uniform: bind_group_layout(device, "dots", &[uniform(0, compute | fragment)]),
            counting: bind_group_layout(device, "counting", &counting),
            covered: bind_group_layout(device, "covered", &covered),
        }
    }
}

/// One dispatch.
struct Work<'a> {
    view_group: &'a wgpu::BindGroup,
    counts: &'a Counts,
    points: &'a wgpu::Buffer,
    tiles: &'a wgpu::Buffer,
    count: u32,
    every: u32,
    groups: [u32; 2],
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}

/// Words of counts of a viewport with a margin on all sides.
fn words([width, height]: [u32; 2], margin: u32) -> u64 {
    u64::from((width + 2 * margin).div_ceil(2)) * u64::from(height + 2 * margin)
}

/// What ranges hold of one buffer of points, cut into pieces for one workgroup each.
pub(super) fn tiles(points: &ThinnedPoints, segment: usize, ranges: &[DrawRange]) -> Vec<[u32; 2]> {
    let pieces = |range: Range<u32>| {
        let end = range.end;
        range.step_by(TILE as usize).map(move |start| [start, end.min(start.saturating_add(TILE))])
    };
    points.within(segment, ranges).flat_map(pieces).collect()
}
