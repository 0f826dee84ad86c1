//! A crowd of dots by compute: points count themselves in pixels, counts grow to the size of the dots and become colours.

use super::bindings::DotsLayouts;
use super::buffers::filled_buffer;
use super::context::{Gpu, Tier};
use super::layout::DotsUniform;
use super::pass::{begin, draw_parts, load_for, uniform_buffer};
use super::pipelines::Pipelines;
use super::points::PointBuffers;
use super::progressive::subsample;
use crate::scene::frame::PxRect;
use crate::scene::index::DrawRange;
use crate::scene::view::ScatterView;
use std::ops::Range;

/// Points a workgroup counts: `workgroup_size` of `splat`.
const TILE: u32 = 256;
/// Workgroups a row of a dispatch.
const TILES_A_ROW: u32 = 1 << 15;
/// Columns of words a workgroup grows, and lines a thread walks down: `grow` of `dots.wgsl`.
const GROW: [u32; 2] = [64, 32];
/// Pixels left of and above the viewport in which dots may begin: even, and no less than the largest dot.
const MARGIN: u32 = 8;
/// The largest dots that are grown from one pixel.
const LARGEST: f64 = 6.0;

/// Counts for a viewport of one size.
#[derive(Debug)]
pub struct DotsCanvas {
    size_px: [u32; 2],
    counts: wgpu::Buffer,
    sums: wgpu::Buffer,
}

/// What a picture of dots is drawn with.
pub struct DotsInput<'a> {
    /// The GPU.
    pub gpu: &'a Gpu,
    /// Pipelines and layouts.
    pub pipelines: &'a Pipelines,
    /// Instances.
    pub points: &'a PointBuffers,
    /// Those that may touch what is drawn, each once.
    pub ranges: &'a [DrawRange],
    /// What is drawn of the viewport: all of it, or parts of a picture that is there already.
    pub parts: &'a [PxRect],
    /// Camera and pixel rules.
    pub view: &'a ScatterView,
    /// Bind group 0.
    pub view_group: &'a wgpu::BindGroup,
    /// The 256 colours.
    pub colors: &'a wgpu::TextureView,
    /// Whether some points may be drawn in place of several.
    pub subsampled: bool,
}

impl DotsCanvas {
    /// Makes counts for a viewport; `None` where the device cannot count: dots are then drawn as quads.
    pub fn new(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2]) -> Option<Self> {
        let limits = gpu.device.limits();
        let (counts, sums) = (words(size_px, MARGIN) * 4, words(size_px, 0) * 4);
        let fits = gpu.tier == Tier::Full
            && points.are_storage()
            && limits.max_storage_buffers_per_shader_stage >= 4
            && limits.max_compute_invocations_per_workgroup >= TILE
            && counts <= limits.max_storage_buffer_binding_size;
        let buffer = |label, size| {
            let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST;
            let descriptor = wgpu::BufferDescriptor { label: Some(label), size, usage, mapped_at_creation: false };
            gpu.device.create_buffer(&descriptor)
        };
        fits.then(|| Self { size_px, counts: buffer("counts of dots", counts), sums: buffer("grown counts", sums) })
    }

    /// Draws a picture of dots, or parts of it, into `target`; false, and nothing drawn, where the device has no compute.
    pub fn draw(&self, input: &DotsInput<'_>, target: &wgpu::TextureView, encoder: &mut wgpu::CommandEncoder) -> bool {
        let device = &input.gpu.device;
        let extent = extent(input.view);
        let Some(layouts) = &input.pipelines.layouts.dots else { return false };
        let Some(pipelines) = input.pipelines.dots(device, extent.unwrap_or(0)) else { return false };
        encoder.clear_buffer(&self.counts, 0, None);
        let step = if input.subsampled { subsample::of_points(input.ranges) } else { 1 };
        for (segment, points) in input.points.segments().iter().enumerate() {
            let tiles = tiles(input.points.within(segment, input.ranges), step);
            if tiles.is_empty() {
                continue;
            }
            let count = tiles.len() as u32;
            let tiles = filled_buffer(device, "tiles", bytemuck::cast_slice(&tiles), wgpu::BufferUsages::STORAGE);
            let across = count.min(TILES_A_ROW);
            let work = Work { points, tiles: &tiles, count, step, groups: [across, count.div_ceil(across)] };
            self.compute(input, layouts, &pipelines.splat, &work, encoder);
        }
        if let (Some(_), Some(any)) = (extent, input.points.segments().first()) {
            let columns = self.size_px[0].div_ceil(2);
            let groups = [columns.div_ceil(GROW[0]), self.size_px[1].div_ceil(GROW[1])];
            // Neither points nor tiles are read.
            let work = Work { points: any, tiles: any, count: 0, step, groups };
            self.compute(input, layouts, &pipelines.grow, &work, encoder);
        }
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("covered"),
            layout: &layouts.covered,
            entries: &[
                entry(0, if extent.is_some() { &self.sums } else { &self.counts }),
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(input.colors) },
            ],
        });
        let load = load_for(input.parts, self.size_px, wgpu::Color::BLACK);
        let mut pass = begin(encoder, "dots", target, load);
        pass.set_pipeline(&pipelines.colors);
        pass.set_bind_group(1, &self.uniform(input, layouts, 0, step), &[]);
        pass.set_bind_group(3, &group, &[]);
        draw_parts(&mut pass, input.parts);
        true
    }

    fn compute(
        &self,
        input: &DotsInput<'_>,
        layouts: &DotsLayouts,
        pipeline: &wgpu::ComputePipeline,
        work: &Work<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let group = input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("counting"),
            layout: &layouts.counting,
            entries: &[entry(0, work.points), entry(1, work.tiles), entry(2, &self.counts), entry(3, &self.sums)],
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, input.view_group, &[]);
        pass.set_bind_group(1, &self.uniform(input, layouts, work.count, work.step), &[]);
        pass.set_bind_group(2, &group, &[]);
        pass.dispatch_workgroups(work.groups[0], work.groups[1], 1);
    }

    fn uniform(&self, input: &DotsInput<'_>, layouts: &DotsLayouts, tiles: u32, step: u32) -> wgpu::BindGroup {
        let uniform = DotsUniform {
            pitch: (self.size_px[0] + 2 * MARGIN).div_ceil(2),
            margin: MARGIN,
            words: self.size_px[0].div_ceil(2),
            lines: self.size_px[1],
            // An opaque dot leaves nothing: a power that any count takes below what 8 bits show. A dot that stands for others
            // leaves what all of them would.
            log_left: ((1.0 - input.view.opacity).log2() * f64::from(step)).max(-126.0) as f32,
            tiles,
            step,
            unused: 0,
        };
        let buffer = uniform_buffer(&input.gpu.device, "dots", bytemuck::bytes_of(&uniform));
        input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("dots"),
            layout: &layouts.uniform,
            entries: &[entry(0, &buffer)],
        })
    }
}

/// One dispatch.
struct Work<'a> {
    points: &'a wgpu::Buffer,
    tiles: &'a wgpu::Buffer,
    count: u32,
    step: u32,
    groups: [u32; 2],
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}

/// Words of counts of a viewport with a margin on all sides.
fn words([width, height]: [u32; 2], margin: u32) -> u64 {
    u64::from((width + 2 * margin).div_ceil(2)) * u64::from(height + 2 * margin)
}

/// Pixels a side of every dot of a view; `None` where dots differ by a pixel or are too large to be grown.
fn extent(view: &ScatterView) -> Option<u32> {
    let whole = view.side_px.round();
    (whole == view.side_px && (1.0..=LARGEST).contains(&whole)).then_some(whole as u32)
}

/// Ranges cut into pieces for one workgroup each. Every `step`-th point counts, the same ones whatever the ranges are: nothing
/// flickers while they change.
fn tiles(ranges: impl Iterator<Item = Range<u32>>, step: u32) -> Vec<[u32; 2]> {
    let reach = TILE.saturating_mul(step);
    let pieces = |range: Range<u32>| {
        let first = range.start.next_multiple_of(step);
        (first..range.end).step_by(reach as usize).map(move |start| [start, range.end.min(start.saturating_add(reach))])
    };
    ranges.flat_map(pieces).collect()
}
