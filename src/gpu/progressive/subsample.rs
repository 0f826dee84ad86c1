//! Low-resolution pictures subsample what would cost most: one drawing is drawn in place of several, with the ink of all of them.

use crate::scene::index::DrawRange;
use crate::scene::view::ScatterView;

/// Most drawings of a crowd: a triangle costs time however small it is.
const DRAWINGS: u64 = 8_000;
/// Most points that are counted.
const POINTS: u64 = 500_000;
/// Most drawings that one stands for (on each axis of a lattice).
const MOST: u64 = 64;

/// Logarithm (base 2) of how many drawings one of a lattice stands for on each axis: as many as make a block at least a pixel
/// wide, so that a pixel meets two of them on an axis at most and needs no loop. In fixed-point units of `frac_bits` a block is
/// less than 2^31 wide.
pub fn of_lattice(view: &ScatterView, frac_bits: u32) -> u32 {
    let most = MOST.ilog2().min(30_u32.saturating_sub(frac_bits));
    (0..most).find(|&bits| view.side_px * f64::from(1_u32 << bits) >= 1.0).unwrap_or(most)
}

/// For how many drawings of a crowd one stands, and its opacity: it covers as much paper as all of them would one after the
/// other.
pub fn of_crowd(view: &ScatterView, ranges: &[DrawRange]) -> (u32, f64) {
    let stride = count(ranges).div_ceil(DRAWINGS).clamp(1, MOST) as u32;
    (stride, 1.0 - (1.0 - view.opacity).powi(stride as i32))
}

/// For how many points one counts.
pub fn of_points(ranges: &[DrawRange]) -> u32 {
    u32::try_from(count(ranges).div_ceil(POINTS)).unwrap_or(u32::MAX).max(1)
}

fn count(ranges: &[DrawRange]) -> u64 {
    ranges.iter().map(|range| u64::from(range.end.saturating_sub(range.start))).sum()
}
