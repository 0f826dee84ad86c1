//! Wide splats: overlapping dots by compute where rows have looks, or where a pixel may have more dots than 16 bits count.
//!
//! How it works: as splats (`dots.rs`), with 32 bits a count and planes of a word a pixel (`wide_splat.wgsl`): of dots and faded
//! dots, and in coloured pictures of the sums of their colours' channels. Costs follow points and pixels, several times those of
//! plain splats: plain pictures take this way only where their layout crowds so many rows into a pixel. Coloured pictures without
//! faded rows take two planes (`packed_splat.wgsl`) where no pixel counts more dots than their 16 bits hold colours of.

use super::dots::{self, Counting, DotsPasses, DotsPipelines, MARGIN, extent, log_left};
use super::splat::Splat;
use super::{CostKey, Job, Made, Painter, Terms, flag};
use crate::atlas::AtlasPlan;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::DotsUniform;
use crate::gpu::points::PointBuffers;
use crate::scene::index::Densest;
use crate::scene::rows::{FADED_INK, RowTable, Styling};
use crate::scene::view::ScatterView;

/// The painter.
#[derive(Debug)]
pub struct WideSplat {
    passes: DotsPasses,
    made: Made<Variant, DotsPipelines>,
}

/// What a picture needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Pixels a side of every dot; 0 where dots differ by a pixel or are too large to be grown.
    extent: u32,
    styling: Styling,
    /// Counts and sums of colours have 16 bits.
    packed: bool,
}

/// Dots of a pixel whose colours add up to 16 bits at most: 65,535 / 255.
const MOST_PACKED: u32 = 257;
/// Columns a thread grows: `ACROSS` of `wide_splat.wgsl`.
const ACROSS: u32 = 4;

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView, terms: &Terms) -> Self {
        let extent = extent(view);
        // Dots that grow count in their first pixel, others wherever they cover.
        let reach_px = if extent > 0 { 1.0 } else { view.side_px };
        let fits = view.px_per_unit >= reach_px / terms.densest.side_with(MOST_PACKED);
        Self { extent, styling: terms.styling, packed: fits && !terms.fades && terms.styling == Styling::Colors }
    }
}

/// Pixels per world unit about which pictures of dots go over to packed counts: for those that grow, and for others of a side.
pub fn packed_from_px(side_px: f64, densest: &Densest) -> [f64; 2] {
    [1.0, side_px].map(|reach_px| reach_px / densest.side_with(MOST_PACKED))
}

/// Planes of counts for so much of the looks of a table's rows: `planes()` of `wide_splat.wgsl`, twice where some are faded.
fn planes(styling: Styling, rows: &RowTable) -> u32 {
    let own = if styling == Styling::Colors { 4 } else { 1 };
    own * (1 + u32::from(rows.fades()))
}

/// Whether a device can count the points of a layout in a canvas of a size, by the looks of rows.
pub fn can_count(gpu: &Gpu, points: &PointBuffers, size_px: [u32; 2], rows: &RowTable) -> bool {
    dots::can_count(gpu, points, words(size_px, MARGIN, planes(rows.styling(), rows)))
}

/// Words of some planes of a viewport with a margin on all sides.
fn words([width, height]: [u32; 2], margin: u32, planes: u32) -> u64 {
    u64::from(width + 2 * margin) * u64::from(height + 2 * margin) * u64::from(planes)
}

fn uniform(job: &Job<'_>, every: u32) -> DotsUniform {
    let ([width, height], opacity) = (job.scratch.size_px, job.picture.view.opacity);
    DotsUniform {
        pitch: width + 2 * MARGIN,
        margin: MARGIN,
        columns: width,
        lines: height,
        log_left: log_left(opacity, every),
        log_left_faded: log_left(opacity * FADED_INK, every),
        tiles: 0,
        fades: job.input.atlas.row_table().fades().into(),
    }
}

impl WideSplat {
    /// The painter with its shader; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, module: wgpu::ShaderModule) -> Self {
        let passes = DotsPasses::new(device, picture_format, module, true);
        Self { passes, made: Made::default() }
    }
}

impl Painter for WideSplat {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::WideSplat;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        Splat::turning_sides(plan)
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (device, size_px) = (&job.input.gpu.device, job.scratch.size_px);
        let looks = ("STYLING", f64::from(variant.styling as u8));
        let constants = [("EXTENT", f64::from(variant.extent)), looks, flag("PACKED", variant.packed)];
        let [grow, colors] = if variant.packed { ["grow_packed", "fs_packed"] } else { ["grow_wide", "fs_wide"] };
        let pipelines = self
            .made
            .get(variant, || self.passes.make(device, job.input.pipelines, ["splat_wide", grow, colors], &constants));
        let planes = if variant.packed { 2 } else { planes(variant.styling, job.input.atlas.row_table()) };
        // Packed ones grow together, to a word of colour.
        let grown = if variant.packed { 1 } else { planes };
        let growing = if variant.extent > 0 { grown } else { 0 };
        let whole = [size_px[0].next_multiple_of(ACROSS), size_px[1]];
        let words = [words(size_px, MARGIN, planes), words(whole, 0, grown)];
        self.passes.encode(&pipelines, &Counting { uniform, words, growing, across: ACROSS }, job, encoder);
        Ok(())
    }
}
