//! Wide splats: overlapping dots by compute where rows have looks, or where a pixel may have more dots than 16 bits count.
//!
//! How it works: as splats, with 32 bits a count and planes of a word a pixel (`wide_splat.wgsl`): of dots and faded dots, and in
//! coloured pictures of the sums of their colours' channels. Tiles of points are cut by chunk, since looks are read from the chunk's
//! row table. Costs follow points and pixels, several times those of plain splats: plain pictures take this way only where their
//! layout crowds so many rows into a pixel.

use super::splat::{MARGIN, TILES_A_ROW, extent, is_counted, tiles};
use super::{CostKey, Job, Made, Painter};
use crate::atlas::AtlasPlan;
use crate::gpu::bindings::{bind_group_layout, storage, uniform};
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::WideDotsUniform;
use crate::gpu::pass::{begin, draw_parts, load_for, uniform_buffer};
use crate::gpu::pipelines::{Pipelines, Stages, pipeline, target};
use crate::gpu::points::PointBuffers;
use crate::gpu::progressive::subsample;
use crate::scene::index::once_each;
use crate::scene::rows::{FADED_INK, RowTable, Styling};
use crate::scene::view::ScatterView;

/// Columns a workgroup grows, and lines a thread walks down: `grow_wide` of `wide_splat.wgsl`.
const GROW: [u32; 2] = [64, 32];

/// The painter.
#[derive(Debug)]
pub struct WideSplat {
    /// Group 3 of the compute passes: points, tiles, counts, grown counts, uniform.
    counting: wgpu::BindGroupLayout,
    /// Group 3 of the last pass: uniform, counts.
    covered: wgpu::BindGroupLayout,
    module: wgpu::ShaderModule,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, WidePipelines>,
}

#[derive(Clone, Debug)]
struct WidePipelines {
    splat: wgpu::ComputePipeline,
    grow: wgpu::ComputePipeline,
    colors: wgpu::RenderPipeline,
}

/// What a picture needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Pixels a side of every dot; 0 where dots differ by a pixel or are too large to be grown.
    extent: u32,
    styling: Styling,
}

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView, styling: Styling) -> Self {
        Self { extent: extent(view), styling }
    }
}

/// Planes of counts for dots, faded ones left out: `planes()` of `wide_splat.wgsl`.
fn planes_of(styling: Styling) -> u32 {
    if styling == Styling::Colors { 4 } else { 1 }
}

/// Planes of counts for the looks of a table's rows.
fn planes(rows: &RowTable) -> u32 {
    planes_of(rows.styling()) * (1 + u32::from(rows.fades()))
}

/// Whether a device can count the points of a layout in a canvas of a size, by the looks of rows.
pub fn can_count(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2], rows: &RowTable) -> bool {
    is_counted(gpu, points)
        && words(size_px, MARGIN, planes(rows)) * 4 <= gpu.device.limits().max_storage_buffer_binding_size
}

/// Words of some planes of a viewport with a margin on all sides.
fn words([width, height]: [u32; 2], margin: u32, planes: u32) -> u64 {
    u64::from(width + 2 * margin) * u64::from(height + 2 * margin) * u64::from(planes)
}

/// Counts for a viewport of one size.
#[derive(Debug)]
pub struct WideCounts {
    planes: u32,
    counts: wgpu::Buffer,
    sums: wgpu::Buffer,
}

impl WideCounts {
    fn new(gpu: &Gpu, size_px: [u32; 2], planes: u32) -> Self {
        let buffer = |label, words: u64| {
            let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST;
            let descriptor =
                wgpu::BufferDescriptor { label: Some(label), size: words * 4, usage, mapped_at_creation: false };
            gpu.device.create_buffer(&descriptor)
        };
        let counts = buffer("wide counts of dots", words(size_px, MARGIN, planes));
        Self { planes, counts, sums: buffer("grown wide counts", words(size_px, 0, planes)) }
    }
}

impl WideSplat {
    /// The painter with its shader; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, module: wgpu::ShaderModule) -> Self {
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
            counting: bind_group_layout(device, "wide counting", &counting),
            covered: bind_group_layout(device, "wide covered", &covered),
            module,
            picture_format,
            made: Made::default(),
        }
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, variant: Variant) -> WidePipelines {
        let constants = [("EXTENT", f64::from(variant.extent)), ("STYLING", variant.styling as u8 as f64)];
        let options =
            wgpu::PipelineCompilationOptions { constants: &constants, ..wgpu::PipelineCompilationOptions::default() };
        let layouts = &pipelines.layouts;
        let compute = |entry_point| {
            let groups = [&layouts.view, &layouts.chunk, &layouts.colors, &self.counting].map(Some);
            let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("wide splat"),
                bind_group_layouts: &groups,
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
        let stages = Stages::new("wide dots", &self.module, "vs_wide", "fs_wide").with(&constants);
        let groups = [None, None, Some(&layouts.colors), Some(&self.covered)];
        let colors = pipeline(device, &stages, &groups, &[], &[target(self.picture_format, None)], false);
        WidePipelines { splat: compute("splat_wide"), grow: compute("grow_wide"), colors }
    }

    fn compute(
        &self,
        job: &Job<'_>,
        pipeline: &wgpu::ComputePipeline,
        work: &Work<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let uniform = Self::uniform(job, work.count, work.every);
        let group = job.input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("wide counting"),
            layout: &self.counting,
            entries: &[
                entry(0, work.points),
                entry(1, work.tiles),
                entry(2, &work.counts.counts),
                entry(3, &work.counts.sums),
                entry(4, &uniform),
            ],
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, work.view_group, &[]);
        pass.set_bind_group(1, work.chunk, &[]);
        pass.set_bind_group(2, &job.input.colors.group, &[]);
        pass.set_bind_group(3, &group, &[]);
        pass.dispatch_workgroups(work.groups[0], work.groups[1], work.groups[2]);
    }

    /// The uniform for so many tiles of points, each of which is one of `every`.
    fn uniform(job: &Job<'_>, tiles: u32, every: u32) -> wgpu::Buffer {
        let size_px = job.scratch.size_px;
        let opacity = job.picture.view.opacity;
        // As in plain splats: a power that any count takes below what 8 bits show.
        let log_left = |opacity: f64| ((1.0 - opacity).log2() * f64::from(every)).max(-126.0) as f32;
        let uniform = WideDotsUniform {
            pitch: size_px[0] + 2 * MARGIN,
            margin: MARGIN,
            width: size_px[0],
            height: size_px[1],
            log_left: log_left(opacity),
            log_left_faded: log_left(opacity * FADED_INK),
            tiles,
            fades: job.input.atlas.row_table().fades().into(),
        };
        uniform_buffer(&job.input.gpu.device, "wide dots", bytemuck::bytes_of(&uniform))
    }
}

impl Painter for WideSplat {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::WideSplat;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        super::splat::Splat::turning_sides(plan)
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let input = job.input;
        let (device, size_px) = (&input.gpu.device, job.scratch.size_px);
        let planes = planes(input.atlas.row_table());
        let held = job.scratch.wide_counts.take().filter(|counts| counts.planes == planes);
        let counts = held.unwrap_or_else(|| WideCounts::new(input.gpu, size_px, planes));
        let pipelines = self.made.get(variant, || self.make(device, input.pipelines, variant));
        let view_group = &job.view_group(job.picture.view.opacity);
        let ranges = once_each(job.ranges().concat());
        let points = input.layout.points.thinned(if job.low_resolution { subsample::of_points(&ranges) } else { 0 });
        let every = points.every();
        encoder.clear_buffer(&counts.counts, 0, None);
        let mut any_chunk = None;
        for of_chunk in ranges.chunk_by(|a, b| a.chunk == b.chunk) {
            let Some(chunk) = of_chunk.first().and_then(|range| input.atlas.bind_group(range.chunk, 0)) else {
                continue;
            };
            any_chunk = Some(chunk);
            for (segment, buffer) in points.segments().iter().enumerate() {
                let tiles = tiles(points, segment, of_chunk);
                if tiles.is_empty() {
                    continue;
                }
                let count = tiles.len() as u32;
                let tiles = filled_buffer(device, "tiles", bytemuck::cast_slice(&tiles), wgpu::BufferUsages::STORAGE);
                let across = count.min(TILES_A_ROW);
                let groups = [across, count.div_ceil(across), 1];
                let work =
                    Work { view_group, chunk, counts: &counts, points: buffer, tiles: &tiles, count, every, groups };
                self.compute(job, &pipelines.splat, &work, encoder);
            }
        }
        let grows = variant.extent > 0;
        match (any_chunk, points.segments().first()) {
            (Some(chunk), Some(any)) if grows => {
                let groups = [size_px[0].div_ceil(GROW[0]), size_px[1].div_ceil(GROW[1]), planes];
                // Neither points nor tiles are read.
                let work =
                    Work { view_group, chunk, counts: &counts, points: any, tiles: any, count: 0, every, groups };
                self.compute(job, &pipelines.grow, &work, encoder);
            }
            // Nothing is in sight: no count is left from another picture.
            _ => encoder.clear_buffer(&counts.sums, 0, None),
        }
        let uniform = Self::uniform(job, 0, every);
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("wide covered"),
            layout: &self.covered,
            entries: &[entry(4, &uniform), entry(5, if grows { &counts.sums } else { &counts.counts })],
        });
        let mut pass = begin(encoder, "wide dots", job.target, load_for(job.parts, size_px, wgpu::Color::BLACK));
        pass.set_pipeline(&pipelines.colors);
        pass.set_bind_group(2, &input.colors.group, &[]);
        pass.set_bind_group(3, &group, &[]);
        draw_parts(&mut pass, job.parts);
        drop(pass);
        job.scratch.wide_counts = Some(counts);
        Ok(())
    }
}

/// One dispatch.
struct Work<'a> {
    view_group: &'a wgpu::BindGroup,
    chunk: &'a wgpu::BindGroup,
    counts: &'a WideCounts,
    points: &'a wgpu::Buffer,
    tiles: &'a wgpu::Buffer,
    count: u32,
    every: u32,
    groups: [u32; 3],
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}
