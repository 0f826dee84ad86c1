//! The minimap: all of the layout in a small viewport of its own, and which part of it is looked at.

use super::Scene;
use crate::scene::camera::{Camera, Viewport};
use crate::scene::overlay::Overlay;
use crate::scene::picture::ScatterPicture;
use crate::scene::view::ScatterView;
use glam::DVec2;

/// Longest and shortest side of the minimap, logical pixels.
const LONGEST_PX: f64 = 180.0;
const SHORTEST_PX: f64 = 48.0;
/// Least side of a drawing in it, logical pixels, where drawings overlap: points of the usual size would fill it.
const POINT_PX: f64 = 1.0;

impl Scene {
    /// Its width and height in pixels, by the shape of the layout.
    pub fn minimap_px(&self) -> [u32; 2] {
        let bounds = self.placed.layout.bounds.size().max(DVec2::splat(f64::MIN_POSITIVE));
        let sides = (bounds / bounds.max_element() * LONGEST_PX).max(DVec2::splat(SHORTEST_PX));
        (sides * self.viewport.scale).round().as_uvec2().to_array()
    }

    fn minimap_view(&self) -> ScatterView {
        let [width, height] = self.minimap_px();
        let viewport = Viewport::new(width, height, self.viewport.scale);
        let layout = &self.placed.layout;
        let fit = (viewport.size_px() / layout.bounds.size()).min_element();
        let point_px = if layout.overlaps { POINT_PX } else { 0.0 };
        self.view_with_points(layout, layout.bounds.middle(), fit, &viewport, point_px)
    }

    /// Its picture, and the box of what is looked at; `None` while rows are on the way to the layout.
    pub fn minimap(&self) -> Option<(ScatterPicture, Overlay)> {
        if self.transition.is_some() {
            return None;
        }
        let (view, seen) = (self.minimap_view(), self.view());
        let corner = |px: DVec2| view.px_from_world(seen.world_from_px(px)).as_vec2().to_array();
        let box_px = [corner(DVec2::ZERO), corner(self.viewport.size_px())];
        // Where all is looked at a box says nothing.
        let [width, height] = view.size_px.map(|side| side as f32);
        let is_all = box_px[0].iter().all(|edge| *edge <= 0.0) && box_px[1][0] >= width && box_px[1][1] >= height;
        let box_px = (!is_all).then_some(box_px);
        let picture = ScatterPicture { view, on_the_way: None, ..self.picture() };
        Some((picture, Overlay { box_px, is_framed: true, ..Overlay::default() }))
    }

    /// The camera with what one of its pixels shows in the middle, as near as now.
    pub fn camera_from_minimap(&self, px: DVec2) -> Camera {
        let center = self.minimap_view().world_from_px(px);
        Camera { center, ..self.camera }.clamped(&self.placed.layout.bounds, &self.viewport)
    }
}
