//! Low-resolution pictures leave out what would cost most: of overlapping drawings and dots one of every few is drawn, with the ink
//! of all that it covers for, and of drawings smaller than a pixel a pixel looks at a few. Shaders know none of it: painters draw
//! from copies of the instances that hold fewer of them, or with a lower limit of drawings a pixel.

use crate::scene::index::DrawRange;
use crate::scene::view::{DOT_PX, ScatterView, Stretch};

/// One of how many instances each thinned copy of a layout's instances holds; together a third of all.
pub const EVERY: [u32; 3] = [4, 16, 64];
/// Most drawings of a crowd: a triangle costs time however small it is.
const DRAWINGS: u64 = 8_000;
/// Most drawings on the way to another layout: each is there for itself alone, and stands still in no frame.
const ON_THE_WAY: usize = 8_000;
/// Most points that are counted; with the looks of rows each takes several times as long.
const POINTS: u64 = 500_000;
const STYLED_POINTS: u64 = 125_000;
/// Logarithm of how many drawings smaller than a pixel each pixel looks at on an axis …
const FEW_BITS: u32 = 1;
/// … and in exact pictures: `MOST` of `cell_lookup.wgsl`.
pub const ALL_BITS: u32 = 7;

/// Logarithm of how many drawings a pixel of a low-resolution picture looks at on an axis, at most. From a pixel a drawing on it
/// touches no more than three: those are all looked at.
pub fn span_bits(side_px: f64) -> u32 {
    if side_px < 1.0 { FEW_BITS } else { ALL_BITS }
}

/// Which thinned copy overlapping drawings are drawn from, 0 being all of them.
pub fn of_drawings(ranges: &[DrawRange]) -> usize {
    within(ranges, DRAWINGS)
}

/// Which thinned copy dots are counted from, with the looks of their rows or without, 0 being all of them.
pub fn of_points(ranges: &[DrawRange], looks: bool) -> usize {
    within(ranges, if looks { STYLED_POINTS } else { POINTS })
}

/// One of how many drawings a side are drawn on the way, where one of `every` leaves so many in sight.
pub fn on_the_way(in_sight: usize, every: u32) -> u32 {
    (f64::from(every) * (in_sight as f64 / ON_THE_WAY as f64).sqrt().max(1.0)).ceil() as u32
}

/// The view of drawings on the way of which one of `every` a side is drawn. One that is there for others is as large as all of them;
/// where they overlap it is as opaque. While it is small it shows its mean ink: values between levels of 7 and 4 would be added up in
/// loops, three times as slow, for what is a picture of none of them.
pub fn stand_in(view: &ScatterView, every: u32) -> ScatterView {
    if every <= 1 || view.overlaps {
        return *view;
    }
    let side_px = view.side_px * f64::from(every);
    if side_px >= DOT_PX {
        return ScatterView { side_px, ..*view };
    }
    // As much far contrast as the drawings themselves have.
    let full = if view.stretch.high > view.stretch.low { view.stretch } else { Stretch::linear(0.0, 1.0) };
    let part = |none: f64, all: f64| none + (all - none) * view.far_mix;
    let (low, high, knee_to) = (part(0.0, full.low), part(1.0, full.high), part(full.knee, full.knee_to));
    ScatterView { side_px, far_mix: 1.0, stretch: Stretch { low, high, knee_to, ..full }, ..*view }
}

fn within(ranges: &[DrawRange], most: u64) -> usize {
    let count: u64 = ranges.iter().map(|range| u64::from(range.end.saturating_sub(range.start))).sum();
    let fits = |every: &u32| count <= most.saturating_mul((*every).into());
    if fits(&1) { 0 } else { EVERY.iter().position(fits).map_or(EVERY.len(), |level| level + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_are_left_out_as_the_limit_asks_for() {
        let of = |count: u32| of_drawings(&[DrawRange { chunk: 0, start: 7, end: 7 + count }]);
        let counts = [0, 8_000, 8_001, 32_000, 32_001, 128_000, 128_001, 512_000, 4_000_000];
        assert_eq!(counts.map(of), [0, 0, 1, 1, 2, 2, 3, 3, 3]);
        assert_eq!([false, true].map(|looks| of_points(&[], looks)), [0, 0]);
        let million = [DrawRange { chunk: 0, start: 0, end: 1_000_000 }];
        assert_eq!([false, true].map(|looks| of_points(&million, looks)), [1, 2]);
        assert_eq!([0, 8_000, 8_001, 12_500, 32_000, 32_001].map(|count| on_the_way(count, 4)), [4, 4, 5, 5, 8, 9]);
    }

    #[test]
    fn small_stand_ins_show_their_mean_ink_with_as_much_far_contrast_as_drawings_have() {
        let stretch = Stretch { low: 0.1, knee: 0.2, high: 0.5, knee_to: 0.4 };
        let view = ScatterView {
            size_px: [320, 200],
            center: glam::DVec2::ZERO,
            px_per_unit: 1.2,
            side_px: 1.2,
            overlaps: false,
            opacity: 1.0,
            shape_mix: 1.0,
            far_mix: 0.0,
            stretch,
        };
        assert_eq!(stand_in(&view, 1), view, "what is there for itself stays as it is");
        assert_eq!(stand_in(&ScatterView { overlaps: true, ..view }, 4).side_px, 1.2);
        let large = stand_in(&view, 6);
        assert_eq!((large.side_px, large.far_mix), (1.2 * 6.0, 0.0));
        for (far_mix, by) in [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)] {
            let small = stand_in(&ScatterView { far_mix, ..view }, 4);
            assert_eq!((small.side_px, small.far_mix), (1.2 * 4.0, 1.0));
            for mean in [0.0, 0.2, 1.0] {
                let mixed = mean + (stretch.apply(mean) - mean) * by;
                assert!((small.stretch.apply(mean) - mixed).abs() < 1e-9, "{mean} with {far_mix}");
            }
        }
    }
}
