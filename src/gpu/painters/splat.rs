//! Splats: overlapping dots by compute. For crowds of dots that all look alike, where the device has compute shaders.
//!
//! How it works: dots of one opacity leave a power of what one of them leaves of the paper, so it is enough to count them
//! (`dots.rs`). Counts are 16 bits, two neighbouring pixels a word (`splat.wgsl`): where a pixel may have more dots, going by where
//! rows lie densest, wide splats draw. Costs follow the number of points, and of pixels where counts grow; low-resolution pictures
//! count a copy of the points that holds fewer of them.

use super::dots::{self, Counting, DotsPasses, DotsPipelines, LARGEST, MARGIN, extent, log_left};
use super::{CostKey, Job, Made, Painter};
use crate::atlas::AtlasPlan;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::points::PointBuffers;
use crate::scene::index::Densest;
use crate::scene::view::{DOT_PX, ScatterView};

/// Dots that a pixel can count: 16 bits.
const MOST_DOTS: u32 = 65_535;

/// The painter.
#[derive(Debug)]
pub struct Splat {
    passes: DotsPasses,
    made: Made<Variant, DotsPipelines>,
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

/// Whether a pixel may have more dots than it can count, going by where rows lie densest.
pub(super) fn may_overflow(view: &ScatterView, densest: &Densest) -> bool {
    view.px_per_unit < overflow_below_px(view.side_px, densest)
}

/// Pixels per world unit below which a pixel may have more dots of a side than it can count; 0 where none ever has.
pub fn overflow_below_px(side_px: f64, densest: &Densest) -> f64 {
    // A dot that covers a pixel's centre has its own within half a side.
    side_px / densest.side_with(MOST_DOTS)
}

/// Whether a device can count the points of a layout in a canvas of a size.
pub fn can_count(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2]) -> bool {
    dots::can_count(gpu, points, words(size_px, MARGIN))
}

/// Words of counts of a viewport with a margin on all sides.
fn words([width, height]: [u32; 2], margin: u32) -> u64 {
    u64::from((width + 2 * margin).div_ceil(2)) * u64::from(height + 2 * margin)
}

fn uniform(job: &Job<'_>, every: u32) -> DotsUniform {
    let [width, height] = job.scratch.size_px;
    DotsUniform {
        pitch: (width + 2 * MARGIN).div_ceil(2),
        margin: MARGIN,
        columns: width.div_ceil(2),
        lines: height,
        log_left: log_left(job.picture.view.opacity, every),
        log_left_faded: 0.0,
        tiles: 0,
        fades: 0,
    }
}

impl Splat {
    /// The painter with its shader; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, module: wgpu::ShaderModule) -> Self {
        let passes = DotsPasses::new(device, picture_format, module, false);
        Self { passes, made: Made::default() }
    }
}

impl Painter for Splat {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::Splat;

    fn turning_sides(_plan: &AtlasPlan) -> Vec<f64> {
        (1..=LARGEST as u32).map(f64::from).chain([DOT_PX]).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (device, size_px) = (&job.input.gpu.device, job.scratch.size_px);
        let (entries, constants) = (["splat", "grow", "fs_dots"], [("EXTENT", f64::from(variant.extent))]);
        let pipelines = self.made.get(variant, || self.passes.make(device, job.input.pipelines, entries, &constants));
        let growing = u32::from(variant.extent > 0);
        let counting = Counting { uniform, words: [words(size_px, MARGIN), words(size_px, 0)], growing, across: 1 };
        self.passes.encode(&pipelines, &counting, job, encoder);
        Ok(())
    }
}
