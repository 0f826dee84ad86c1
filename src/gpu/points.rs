//! The instances of a layout on the GPU, in draw order, and how ranges of them are drawn.

use super::atlas::AtlasTextures;
use super::buffers::filled_buffer;
use super::context::{Gpu, Tier};
use super::gpu_types::PointInstance;
use super::progressive::subsample::EVERY;
use crate::atlas::Pages;
use crate::scene::camera::Bounds;
use crate::scene::index::{DrawRange, SpatialIndex};
use crate::scene::layout::Layout;
use crate::scene::view::ScatterView;
use glam::DVec2;
use std::mem::size_of;
use std::ops::Range;

/// Most instances a draw call on a software adapter: one call with 150,152 made the process 122 MB larger.
const SOFTWARE_CALL: u32 = 65_536;

/// The instances of one layout: all of them, and copies that hold only one of every few.
#[derive(Debug)]
pub struct PointBuffers {
    all: ThinnedPoints,
    thinned: Vec<ThinnedPoints>,
    storage: bool,
    by_row: Option<wgpu::Buffer>,
}

/// One of every so many instances in draw order, in as many buffers as the device's limit asks for.
#[derive(Debug)]
pub struct ThinnedPoints {
    every: u32,
    covers: u32,
    segments: Vec<wgpu::Buffer>,
    per_segment: u32,
    per_call: u32,
}

impl PointBuffers {
    /// Uploads a layout; of pictures in colour that overlap also where each row lies.
    pub fn new(gpu: &Gpu, layout: &Layout, index: &SpatialIndex, pages: Pages) -> Self {
        let fixed = layout.fixed();
        let instance =
            |&row: &u32| PointInstance { position: fixed.get(row as usize).copied().unwrap_or_default(), row };
        let of = |every: u32| {
            let per_segment = ThinnedPoints::per_segment(gpu);
            let segments = index.order().chunks((per_segment as usize).saturating_mul(every as usize));
            let instances = segments.map(|rows| rows.iter().step_by(every as usize).map(instance).collect::<Vec<_>>());
            ThinnedPoints { every, covers: every, ..ThinnedPoints::new(gpu, instances) }
        };
        let (storage, limits) = (gpu.tier == Tier::Full, gpu.device.limits());
        let fits = size_of_val(fixed) as u64 <= limits.max_buffer_size.min(limits.max_storage_buffer_binding_size);
        let by_row = (storage && fits && pages == Pages::Color)
            .then(|| filled_buffer(&gpu.device, "places", bytemuck::cast_slice(fixed), wgpu::BufferUsages::STORAGE));
        Self { all: of(1), thinned: EVERY.iter().map(|&every| of(every)).collect(), storage, by_row }
    }

    /// Uploads some instances, each of which is there for `covers` drawings.
    pub fn of_instances(gpu: &Gpu, instances: &[PointInstance], covers: u32) -> Self {
        let segments = instances.chunks(ThinnedPoints::per_segment(gpu) as usize);
        let all = ThinnedPoints { covers, ..ThinnedPoints::new(gpu, segments) };
        Self { all, thinned: Vec::new(), storage: gpu.tier == Tier::Full, by_row: None }
    }

    /// Whether compute shaders can read the instances.
    pub fn are_storage(&self) -> bool {
        self.storage
    }

    /// Positions by row, where shaders have to find them: fixed-point units, two words a row.
    pub fn by_row(&self) -> Option<&wgpu::Buffer> {
        self.by_row.as_ref()
    }

    /// All instances, or one of every few: how many is said by [`EVERY`], counted from 1.
    pub fn thinned(&self, level: usize) -> &ThinnedPoints {
        level.checked_sub(1).and_then(|level| self.thinned.get(level)).unwrap_or(&self.all)
    }
}

impl ThinnedPoints {
    /// Most instances a buffer.
    fn per_segment(gpu: &Gpu) -> u32 {
        let limits = gpu.device.limits();
        let bound = if gpu.tier == Tier::Full { limits.max_storage_buffer_binding_size } else { u64::MAX };
        (limits.max_buffer_size.min(bound) / size_of::<PointInstance>() as u64).clamp(1, 1 << 24) as u32
    }

    /// Each of the segments is full but for the last one.
    fn new(gpu: &Gpu, segments: impl Iterator<Item: AsRef<[PointInstance]>>) -> Self {
        let storage = gpu.tier == Tier::Full;
        let usage = if storage { wgpu::BufferUsages::STORAGE } else { wgpu::BufferUsages::empty() };
        let upload = |instances: &[PointInstance]| {
            let usage = usage | wgpu::BufferUsages::VERTEX;
            filled_buffer(&gpu.device, "points", bytemuck::cast_slice(instances), usage)
        };
        let per_call = if gpu.is_software() { SOFTWARE_CALL } else { u32::MAX };
        Self {
            every: 1,
            covers: 1,
            segments: segments.map(|instances| upload(instances.as_ref())).collect(),
            per_segment: Self::per_segment(gpu),
            per_call,
        }
    }

    /// For how many drawings each instance is there.
    pub fn covers(&self) -> u32 {
        self.covers
    }

    /// The buffers.
    pub fn segments(&self) -> &[wgpu::Buffer] {
        &self.segments
    }

    /// What it holds of a range of the draw order: the same instances whatever the ranges are, so that nothing flickers.
    fn own(&self, range: &DrawRange) -> Range<u32> {
        range.start.div_ceil(self.every)..range.end.div_ceil(self.every)
    }

    /// What ranges of the draw order hold of one buffer, counted from 0 in it.
    pub fn within(&self, segment: usize, ranges: &[DrawRange]) -> impl Iterator<Item = Range<u32>> {
        let first = (segment as u32).saturating_mul(self.per_segment);
        let end = first.saturating_add(self.per_segment);
        ranges.iter().filter_map(move |range| {
            let own = self.own(range);
            let (start, end) = (own.start.max(first), own.end.min(end));
            (start < end).then(|| start - first..end - first)
        })
    }

    /// Draws ranges of the draw order, each with its chunk bound (see [`AtlasTextures::bind_group`] for the level). Pipeline and
    /// view are set already.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>, atlas: &AtlasTextures, level: usize, ranges: &[DrawRange]) {
        let mut bound = (u16::MAX, usize::MAX);
        for range in ranges {
            let Some(bind_group) = atlas.bind_group(range.chunk, level) else { continue };
            if bound.0 != range.chunk {
                pass.set_bind_group(1, bind_group, &[]);
                bound.0 = range.chunk;
            }
            for (segment, instances) in self.calls(self.own(range)) {
                let Some(buffer) = self.segments.get(segment) else { continue };
                if bound.1 != segment {
                    pass.set_vertex_buffer(0, buffer.slice(..));
                    bound.1 = segment;
                }
                pass.draw(0..6, instances);
            }
        }
    }

    /// Cuts a range at segment ends and at the longest call.
    fn calls(&self, range: Range<u32>) -> impl Iterator<Item = (usize, Range<u32>)> {
        let (per_segment, per_call) = (self.per_segment, self.per_call);
        let mut next = range.start;
        std::iter::from_fn(move || {
            let segment = next / per_segment;
            let in_segment = next % per_segment;
            let count = (range.end.checked_sub(next)?).min(per_segment - in_segment).min(per_call);
            next += count;
            (count > 0).then_some((segment as usize, in_segment..in_segment + count))
        })
    }
}

/// The ranges of instances that may touch a rectangle of a view.
pub fn ranges_in(index: &SpatialIndex, view: &ScatterView, left_top_px: [f64; 2], size_px: [u32; 2]) -> Vec<DrawRange> {
    // Half a square and a pixel more: a square touches pixels whose centres it does not cover.
    let reach = view.side_px / 2.0 + 1.0;
    let (left, top) = (left_top_px[0] - reach, left_top_px[1] - reach);
    let (right, bottom) =
        (left_top_px[0] + f64::from(size_px[0]) + reach, left_top_px[1] + f64::from(size_px[1]) + reach);
    let (a, b) = (view.world_from_px(DVec2::new(left, bottom)), view.world_from_px(DVec2::new(right, top)));
    let mut ranges = Vec::new();
    index.ranges(&Bounds { min: a, max: b }, &mut ranges);
    ranges
}
