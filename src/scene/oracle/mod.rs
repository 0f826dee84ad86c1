//! The CPU twins of the GPU's answers: the pixel and picking rules written out literally, for checking.

mod colored;
mod looks;
mod pick;
mod picture;
mod pyramid;

use glam::DVec2;

use super::camera::Bounds;
use super::view::ScatterView;

pub use colored::pictures_in_color;
pub use looks::Looks;
pub use pick::{PickAnswer, pick, pick_among, pick_brute};
pub use picture::{color_picture, ink_picture};

/// The square of a drawing on screen, pixels, y down. A point is covered when `min ≤ point < max`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Square {
    min: DVec2,
    max: DVec2,
}

/// Edges lie on a lattice of 1/1024 px: one that should pass through a pixel's centre does so in any arithmetic, and
/// the GPU and the oracle agree on the side it falls on.
fn snapped(px: DVec2) -> DVec2 {
    (px * 1024.0 + 0.5).floor() / 1024.0
}

impl Square {
    /// The square of a drawing centred at a world position.
    fn of(view: &ScatterView, center: DVec2) -> Self {
        if view.side_px != view.px_per_unit {
            let middle = view.px_from_world(center);
            let half = DVec2::splat(view.side_px / 2.0);
            return Self { min: snapped(middle - half), max: snapped(middle + half) };
        }
        // Neighbours compute a shared edge from the same world position, so no pixel centre falls between or into both.
        let half = DVec2::new(0.5, -0.5);
        Self { min: snapped(view.px_from_world(center - half)), max: snapped(view.px_from_world(center + half)) }
    }

    /// The pixels of the viewport that share some area with the square, `[first, last]` per axis; none where there are none.
    fn touched_pixels(&self, view: &ScatterView) -> Option<[[i64; 2]; 2]> {
        let axis = |lo: f64, hi: f64, size: u32| {
            let first = (lo.floor() as i64).max(0);
            let last = (hi.ceil() as i64).saturating_sub(1).min(i64::from(size) - 1);
            (first <= last).then_some([first, last])
        };
        Some([axis(self.min.x, self.max.x, view.size_px[0])?, axis(self.min.y, self.max.y, view.size_px[1])?])
    }

    /// The pixels of the viewport whose centres the square covers, `[first, last]` per axis; none where there are none.
    fn covered_pixels(&self, view: &ScatterView) -> Option<[[i64; 2]; 2]> {
        let axis = |lo: f64, hi: f64, size: u32| {
            let first = ((lo - 0.5).ceil() as i64).max(0);
            let last = ((hi - 0.5).ceil() as i64).saturating_sub(1).min(i64::from(size) - 1);
            (first <= last).then_some([first, last])
        };
        Some([axis(self.min.x, self.max.x, view.size_px[0])?, axis(self.min.y, self.max.y, view.size_px[1])?])
    }
}

/// The world rectangle in which every square lies whose centre can touch the pixel rectangle `[min, max]`.
fn centers_near(view: &ScatterView, min_px: DVec2, max_px: DVec2) -> Bounds {
    let reach = DVec2::splat(view.side_px.max(view.px_per_unit) / 2.0 + 1.0);
    let (a, b) = (view.world_from_px(min_px - reach), view.world_from_px(max_px + reach));
    Bounds::new(a.min(b), a.max(b))
}
