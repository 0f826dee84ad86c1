//! The ruler of sizes: how large drawings are shown, and what is in the middle while that changes.

use super::history::Deed;
use super::state::App;
use super::ui::RulerModel;
use crate::scene::camera::{Camera, MIN_ZOOM};
use crate::scene::{Action, Scene};
use glam::DVec2;

/// What the ruler shows of a scene.
pub(super) fn ruler(scene: &Scene) -> RulerModel {
    let (bounds, viewport) = (scene.placed().layout.bounds, scene.viewport());
    let fit = viewport.fit_px_per_unit(&bounds);
    let sides = [MIN_ZOOM, Camera::max_zoom(&bounds, &viewport)].map(|zoom| (zoom * fit) as f32);
    RulerModel { side: scene.camera().px_per_unit(&bounds, &viewport) as f32, sides }
}

impl App {
    /// Shows drawings in cells of so many pixels: the pinned one stays where it is while it is in sight, else the middle. A drag that
    /// `goes_on` is one step of undo.
    pub(super) fn set_size(&mut self, side: f32, goes_on: bool) {
        if !goes_on {
            self.begin(Deed::Zoom);
        }
        let Some(session) = &self.session else { return };
        let scene = &session.scene;
        let size = scene.viewport().size_px();
        let pinned = scene.pin().and_then(|row| scene.square_px(row));
        let pinned = pinned.map(|[left, top, side]| DVec2::new(left, top) + side / 2.0);
        let is_seen = |at: &DVec2| at.cmpge(DVec2::ZERO).all() && at.cmplt(size).all();
        let px = pinned.filter(is_seen).unwrap_or(size / 2.0);
        let factor = f64::from(side) / scene.camera().px_per_unit(&scene.placed().layout.bounds, &scene.viewport());
        self.apply(Action::ZoomAbout { px, factor });
        self.redraw();
    }
}
