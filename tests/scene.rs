//! The scene's mathematics against docs/contract.md: camera, layouts, spatial index, colours, and the oracles themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "scene/appearance.rs"]
mod appearance;
#[path = "scene/camera.rs"]
mod camera;
#[path = "scene/finding.rs"]
mod finding;
#[path = "scene/groups.rs"]
mod groups;
#[path = "scene/index.rs"]
mod index;
#[path = "scene/layout.rs"]
mod layout;
#[path = "scene/legend.rs"]
mod legend;
#[path = "scene/maps.rs"]
mod maps;
#[path = "common/npy.rs"]
mod npy;
#[path = "scene/ordered.rs"]
mod ordered;
#[path = "scene/overlay.rs"]
mod overlay;
#[path = "scene/palette.rs"]
mod palette;
#[path = "scene/pick.rs"]
mod pick;
#[path = "scene/picture.rs"]
mod picture;
#[path = "scene/places.rs"]
mod places;
#[path = "scene/positions.rs"]
mod positions;
#[path = "scene/progress.rs"]
mod progress;
#[path = "scene/rearranged.rs"]
mod rearranged;
#[path = "scene/scales.rs"]
mod scales;
#[path = "scene/selecting.rs"]
mod selecting;
#[path = "scene/sorted.rs"]
mod sorted;
#[path = "scene/switching.rs"]
mod switching;
#[path = "scene/vision.rs"]
mod vision;

use glam::DVec2;
use inkfield::scene::view::{ScatterView, Stretch};

/// Edges of squares lie on a lattice of 1/1024 px.
fn on_lattice(px: f64) -> f64 {
    (px * 1024.0 + 0.5).floor() / 1024.0
}

/// A view of drawings that do not overlap.
fn plain_view(size_px: [u32; 2], center: DVec2, px_per_unit: f64) -> ScatterView {
    ScatterView {
        size_px,
        center,
        px_per_unit,
        side_px: px_per_unit,
        overlaps: false,
        opacity: 1.0,
        shape_mix: 1.0,
        far_mix: 0.0,
        stretch: Stretch::linear(0.0, 1.0),
    }
}

/// A view of dots of a side that lie on one another.
fn scatter_view(size_px: [u32; 2], center: DVec2, px_per_unit: f64, side_px: f64) -> ScatterView {
    ScatterView { side_px, overlaps: true, opacity: 0.5, shape_mix: 0.0, ..plain_view(size_px, center, px_per_unit) }
}

/// Reproducible noise: a linear congruential generator (constants by Knuth), its upper bits.
struct Noise(u64);

impl Noise {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    /// A number in [0, 1).
    fn unit(&mut self) -> f64 {
        f64::from(u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])) / 4_294_967_296.0
    }
}
