//! What decides every pixel of a scatter viewport, resolved to numbers: the renderer and the oracle read the same value.

use glam::DVec2;

/// Below this side drawings in a crowd are plain dots, at [`DRAWN_PX`] they are drawn in full.
pub const DOT_PX: f64 = 7.0;
/// From this side on a crowd shows its drawings themselves.
pub const DRAWN_PX: f64 = 14.0;
/// Far contrast starts below this side …
pub const FAR_START_PX: f64 = 3.5;
/// … and is complete at this one.
pub const FAR_FULL_PX: f64 = 3.0;

/// A scatter viewport, resolved. Lengths are physical pixels; pixel (0, 0) is the top-left one, its centre (0.5, 0.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScatterView {
    /// Width and height of the viewport in pixels.
    pub size_px: [u32; 2],
    /// World position (y up) in the middle of the viewport.
    pub center: DVec2,
    /// `s`: pixels per world unit.
    pub px_per_unit: f64,
    /// `max(s · 1, point size)`: the side of every drawing's square.
    pub side_px: f64,
    /// Drawings may overlap: inks multiply (`1 − ∏(1 − a·k)`) and a pixel is covered by its centre. Otherwise inks add by area.
    pub overlaps: bool,
    /// `a` of docs/contract.md for this side: the option's value up to 7 px, 1 from 14 px on, linear between. 1 where nothing overlaps.
    pub opacity: f64,
    /// 0: dots (k = 1) … 1: the drawing's own ink; linear in the side from 7 to 14 px. 1 where nothing overlaps.
    pub shape_mix: f64,
    /// 0: filtered ink … 1: the drawing's stretched mean ink; linear in the side from 3.5 down to 3 px. 0 where drawings overlap.
    pub far_mix: f64,
    /// What far contrast makes of a drawing's mean ink.
    pub stretch: Stretch,
}

/// Far contrast of mean inks: the 1st percentile becomes paper, the 99th full ink, and a knee at the set's mean keeps the
/// mean of the whole picture where it is, so that coming and going it changes no brightness. Values are 0…1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Becomes 0.
    pub low: f64,
    /// Becomes `knee_to`; linear on either side.
    pub knee: f64,
    /// Becomes 1. Not above `low`: nothing is stretched.
    pub high: f64,
    /// What the knee becomes.
    pub knee_to: f64,
}

impl Stretch {
    /// Linear from `low` to `high`.
    pub fn linear(low: f64, high: f64) -> Self {
        Self { low, knee: f64::midpoint(low, high), high, knee_to: 0.5 }
    }

    /// A mean ink, stretched.
    pub fn apply(&self, mean: f64) -> f64 {
        if self.high <= self.low {
            return mean;
        }
        if mean < self.knee {
            return self.knee_to * ((mean - self.low) / (self.knee - self.low)).clamp(0.0, 1.0);
        }
        let part = ((mean - self.knee) / (self.high - self.knee)).clamp(0.0, 1.0);
        self.knee_to + (1.0 - self.knee_to) * part
    }
}

/// The two levels of the ink pyramid that a side lies between, finest first, and their blend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelBlend {
    /// Index into the pyramid's sizes of the finer level.
    pub fine: usize,
    /// Index of the coarser level (= `fine` at the ends).
    pub coarse: usize,
    /// Weight of the coarser level, 0…1, linear in the logarithm of the side.
    pub t: f64,
}

/// Finds the levels for drawings of `side_px` in a pyramid of square levels with `sizes` texels a side, finest first.
///
/// From `sizes[0]` px on whole texels of the finest level are shown.
pub fn level_blend(sizes: &[u32], side_px: f64) -> LevelBlend {
    let last = sizes.len().saturating_sub(1);
    for (fine, pair) in sizes.windows(2).enumerate() {
        let (n_fine, n_coarse) = (f64::from(pair[0]), f64::from(pair[1]));
        if side_px >= n_fine {
            return LevelBlend { fine, coarse: fine, t: 0.0 };
        }
        if side_px > n_coarse {
            let t = (n_fine / side_px).ln() / (n_fine / n_coarse).ln();
            return LevelBlend { fine, coarse: fine + 1, t };
        }
    }
    LevelBlend { fine: last, coarse: last, t: 0.0 }
}

/// `far_mix` for a side (see [`ScatterView::far_mix`]).
pub fn far_mix(side_px: f64) -> f64 {
    ((FAR_START_PX - side_px) / (FAR_START_PX - FAR_FULL_PX)).clamp(0.0, 1.0)
}

/// `shape_mix` for a side (see [`ScatterView::shape_mix`]).
pub fn shape_mix(side_px: f64) -> f64 {
    ((side_px - DOT_PX) / (DRAWN_PX - DOT_PX)).clamp(0.0, 1.0)
}

impl ScatterView {
    /// Where a world position lies in the viewport, in pixels (y down).
    pub fn px_from_world(&self, world: DVec2) -> DVec2 {
        let d = (world - self.center) * self.px_per_unit;
        self.middle_px() + DVec2::new(d.x, -d.y)
    }

    /// Which world position a pixel position shows.
    pub fn world_from_px(&self, px: DVec2) -> DVec2 {
        let d = (px - self.middle_px()) / self.px_per_unit;
        self.center + DVec2::new(d.x, -d.y)
    }

    fn middle_px(&self) -> DVec2 {
        DVec2::new(f64::from(self.size_px[0]), f64::from(self.size_px[1])) / 2.0
    }
}
