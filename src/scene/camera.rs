//! The camera over the world: fitting, panning, zooming, and the limits that keep the drawings in sight.

use glam::DVec2;

/// What stays free between the fitted bounds and the viewport's edge, logical pixels.
pub const MARGIN_LOGICAL_PX: f64 = 12.0;
/// The farthest zoom.
pub const MIN_ZOOM: f64 = 0.5;

/// A rectangle of the world, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Left and lower edge, world units.
    pub min: DVec2,
    /// Right and upper edge, world units.
    pub max: DVec2,
}

impl Bounds {
    /// The rectangle between two corners.
    pub fn new(min: DVec2, max: DVec2) -> Self {
        Self { min, max }
    }

    /// The smallest rectangle around both.
    pub fn union(&self, other: &Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Width and height, world units.
    pub fn size(&self) -> DVec2 {
        self.max - self.min
    }

    /// The point in the middle.
    pub fn middle(&self) -> DVec2 {
        (self.min + self.max) / 2.0
    }

    /// Whether a point lies inside or on an edge.
    pub fn contains(&self, p: DVec2) -> bool {
        p.cmpge(self.min).all() && p.cmple(self.max).all()
    }
}

/// The rectangle of the window (or picture) that shows the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width, physical pixels.
    pub width_px: u32,
    /// Height, physical pixels.
    pub height_px: u32,
    /// Physical pixels per logical pixel.
    pub scale: f64,
}

impl Viewport {
    /// A viewport with a usable scale: 0.25 to 16, and 1 where it is no number.
    pub fn new(width_px: u32, height_px: u32, scale: f64) -> Self {
        Self { width_px, height_px, scale: sane_scale(scale) }
    }

    /// The viewport that just fits bounds whose unit is `px` wide; if one of its sides were longer than `most_px`, as many whole
    /// pixels a unit as fit, or that part of one.
    pub fn around(bounds: &Bounds, px: f64, scale: f64, most_px: u32) -> Self {
        let margins = 2.0 * MARGIN_LOGICAL_PX * sane_scale(scale);
        let (extent, free) = (bounds.size().max(DVec2::ONE), (f64::from(most_px) - margins).max(1.0));
        let most = free / extent.max_element();
        let px_per_unit = if most >= px { px } else { most.floor().max(most.min(1.0)) };
        let [width, height] = (extent * px_per_unit + margins).to_array().map(|side| (side.ceil() as u32).min(most_px));
        Self::new(width, height, scale)
    }

    /// Width and height in pixels, at least 1 × 1.
    pub fn size_px(&self) -> DVec2 {
        DVec2::new(f64::from(self.width_px.max(1)), f64::from(self.height_px.max(1)))
    }

    /// Width and height in pixels without the margins; of viewports narrower than their margins an eighth of the side.
    pub fn free_px(&self) -> DVec2 {
        let size_px = self.size_px();
        (size_px - 2.0 * MARGIN_LOGICAL_PX * sane_scale(self.scale)).max(size_px / 8.0)
    }

    /// Pixels per world unit at zoom 1: the bounds fit with their margin. Finite and positive for any input.
    pub fn fit_px_per_unit(&self, bounds: &Bounds) -> f64 {
        let free_px = self.free_px();
        let extent = bounds.size();
        let usable = |v: f64| if v.is_finite() { v.max(1e-6) } else { 1.0 };
        (free_px.x / usable(extent.x)).min(free_px.y / usable(extent.y))
    }
}

fn sane_scale(scale: f64) -> f64 {
    if scale.is_nan() { 1.0 } else { scale.clamp(0.25, 16.0) }
}

/// Where one looks and how closely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// World position in the middle of the viewport.
    pub center: DVec2,
    /// 1 fits the layout's bounds with a margin of [`MARGIN_LOGICAL_PX`].
    pub zoom: f64,
}

impl Camera {
    /// The camera that shows everything.
    pub fn fit(bounds: &Bounds) -> Self {
        Self { center: bounds.middle(), zoom: 1.0 }
    }

    /// Physical pixels per world unit.
    pub fn px_per_unit(&self, bounds: &Bounds, viewport: &Viewport) -> f64 {
        self.zoom * viewport.fit_px_per_unit(bounds)
    }

    /// The closest zoom: one drawing (side 1) fills the viewport's shorter side; never less than 1.
    pub fn max_zoom(bounds: &Bounds, viewport: &Viewport) -> f64 {
        (viewport.size_px().min_element() / viewport.fit_px_per_unit(bounds)).max(1.0)
    }

    /// The nearest permitted camera: zoom within its limits, centre within the bounds, numbers finite.
    pub fn clamped(self, bounds: &Bounds, viewport: &Viewport) -> Self {
        let zoom = if self.zoom.is_nan() { 1.0 } else { self.zoom };
        let axis = |v: f64, lo: f64, hi: f64| {
            let middle = f64::midpoint(lo, hi);
            if v.is_nan() || lo > hi || !middle.is_finite() {
                if middle.is_finite() { middle } else { 0.0 }
            } else {
                v.max(lo).min(hi)
            }
        };
        Self {
            center: DVec2::new(
                axis(self.center.x, bounds.min.x, bounds.max.x),
                axis(self.center.y, bounds.min.y, bounds.max.y),
            ),
            zoom: zoom.clamp(MIN_ZOOM, Self::max_zoom(bounds, viewport)),
        }
    }

    /// The camera after the picture was dragged by `delta_px` (y down).
    pub fn panned_px(self, delta_px: DVec2, bounds: &Bounds, viewport: &Viewport) -> Self {
        let s = self.px_per_unit(bounds, viewport);
        let center = self.center - flip(delta_px) / s;
        Self { center, ..self }.clamped(bounds, viewport)
    }

    /// The camera after zooming by `factor` with the world point under pixel position `px` held there.
    pub fn zoomed_about(self, px: DVec2, factor: f64, bounds: &Bounds, viewport: &Viewport) -> Self {
        let held = self.clamped(bounds, viewport);
        if !(px.is_finite() && factor > 0.0) {
            return held;
        }
        let from_middle = flip(px - viewport.size_px() / 2.0);
        let anchor = held.center + from_middle / held.px_per_unit(bounds, viewport);
        let mut next = Self { zoom: held.zoom * factor, ..held }.clamped(bounds, viewport);
        next.center = anchor - from_middle / next.px_per_unit(bounds, viewport);
        next.clamped(bounds, viewport)
    }

    /// The camera that shows the box between two pixel positions as large as it fits.
    pub fn zoomed_to_box(self, a_px: DVec2, b_px: DVec2, bounds: &Bounds, viewport: &Viewport) -> Self {
        let held = self.clamped(bounds, viewport);
        let size_px = viewport.size_px();
        let from_middle = flip((a_px + b_px) / 2.0 - size_px / 2.0);
        let extent_px = (a_px - b_px).abs().max(DVec2::ONE);
        if !(from_middle.is_finite() && extent_px.is_finite()) {
            return held;
        }
        let center = held.center + from_middle / held.px_per_unit(bounds, viewport);
        let zoom = held.zoom * (size_px / extent_px).min_element();
        Self { center, zoom }.clamped(bounds, viewport)
    }

    /// The camera over a world position with drawings `side_px` pixels wide (as far as the limits permit).
    pub fn showing(center: DVec2, side_px: f64, bounds: &Bounds, viewport: &Viewport) -> Self {
        Self { center, zoom: side_px / viewport.fit_px_per_unit(bounds) }.clamped(bounds, viewport)
    }

    /// The camera at `t` (0…1) of the way from `a` to `b`: zoom runs geometrically, the centre linearly in 1/zoom,
    /// so that a point that both cameras show at one pixel rests there all the way.
    pub fn lerp(a: Self, b: Self, t: f64) -> Self {
        let t = if t.is_nan() { 1.0 } else { t.clamp(0.0, 1.0) };
        if t == 1.0 {
            return b;
        }
        let ln_ratio = (b.zoom / a.zoom).ln();
        let weight = if ln_ratio.abs() < 1e-9 { t } else { (-t * ln_ratio).exp_m1() / (-ln_ratio).exp_m1() };
        Self { center: a.center + (b.center - a.center) * weight, zoom: a.zoom * (t * ln_ratio).exp() }
    }
}

/// Pixel offsets have y down, world offsets y up.
fn flip(v: DVec2) -> DVec2 {
    DVec2::new(v.x, -v.y)
}
