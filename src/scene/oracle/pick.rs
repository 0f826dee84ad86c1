//! Which drawing lies under a pixel: the check on the GPU's picking pass.

use glam::DVec2;

use super::{Square, centers_near};
use crate::data::Row;
use crate::scene::index::SpatialIndex;
use crate::scene::layout::Layout;
use crate::scene::view::ScatterView;

/// What lies at or near the asked pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PickAnswer {
    /// The top-most drawing.
    pub row: Row,
    /// From the asked pixel's centre to the nearest pixel centre that the drawing covers; 0 where it covers the asked one.
    pub distance_px: f64,
    /// How many squares cover the asked pixel's centre.
    pub under: u32,
}

/// The drawing on top of pixel `(⌊x⌋, ⌊y⌋)`, else the one with the nearest covered pixel of the viewport within `radius_px`
/// (both between pixel centres); the highest row wins. None where nothing is near or the pixel lies outside the viewport.
pub fn pick(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    at_px: DVec2,
    radius_px: f64,
) -> Option<PickAnswer> {
    pick_among(view, layout, index, &|_| true, at_px, radius_px)
}

/// [`pick`] among some rows: those that have arrived, and that their look lets the pointer find.
pub fn pick_among(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    is_found: &dyn Fn(u32) -> bool,
    at_px: DVec2,
    radius_px: f64,
) -> Option<PickAnswer> {
    let pixel = asked_pixel(view, at_px)?;
    let center_px = DVec2::new(pixel[0] as f64 + 0.5, pixel[1] as f64 + 0.5);
    let radius = DVec2::splat(radius_px.max(0.0));
    let near = centers_near(view, center_px - radius, center_px + radius);
    best(view, layout, index.candidates(&near).filter(|&row| is_found(row)), pixel, radius_px)
}

/// [`pick`] over all rows, without the index.
pub fn pick_brute(view: &ScatterView, layout: &Layout, at_px: DVec2, radius_px: f64) -> Option<PickAnswer> {
    best(view, layout, 0..layout.rows(), asked_pixel(view, at_px)?, radius_px)
}

fn asked_pixel(view: &ScatterView, at_px: DVec2) -> Option<[i64; 2]> {
    let inside = |v: f64, size: u32| v >= 0.0 && v < f64::from(size);
    (inside(at_px.x, view.size_px[0]) && inside(at_px.y, view.size_px[1])).then_some([at_px.x as i64, at_px.y as i64])
}

fn best(
    view: &ScatterView,
    layout: &Layout,
    rows: impl Iterator<Item = u32>,
    pixel: [i64; 2],
    radius_px: f64,
) -> Option<PickAnswer> {
    let mut best: Option<(i64, u32)> = None;
    let mut under = 0;
    for row in rows {
        let Some(center) = layout.center(row) else {
            continue;
        };
        let Some(covered) = Square::of(view, center).covered_pixels(view) else {
            continue;
        };
        let distance2 = (0..2).map(|axis| gap(pixel[axis], covered[axis]).pow(2)).sum::<i64>();
        under += u32::from(distance2 == 0);
        let near = distance2 == 0 || (distance2 as f64).sqrt() <= radius_px;
        if near && best.is_none_or(|(d2, r)| distance2 < d2 || (distance2 == d2 && row > r)) {
            best = Some((distance2, row));
        }
    }
    best.map(|(d2, row)| PickAnswer { row: Row(row), distance_px: (d2 as f64).sqrt(), under })
}

/// Pixels from `at` to the nearest of `first..=last`.
fn gap(at: i64, [first, last]: [i64; 2]) -> i64 {
    (first - at).max(at - last).max(0)
}
