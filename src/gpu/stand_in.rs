//! Coarse pictures that stand in while the camera moves leave out what would cost most: one drawing stands for several, and for
//! the ink of all of them.

use crate::scene::index::DrawRange;
use crate::scene::view::ScatterView;

/// Most drawings of a crowd: a triangle costs time however small it is.
const DRAWINGS: u64 = 8_000;
/// Most points that are counted.
const POINTS: u64 = 500_000;
/// Most drawings that one stands for (on each axis of a lattice).
const MOST: u64 = 64;

/// On an axis of a lattice one drawing stands for so many that a pixel shows about two of them.
pub fn of_lattice(view: &ScatterView) -> u32 {
    (0.5 / view.side_px).ceil().clamp(1.0, MOST as f64) as u32
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
