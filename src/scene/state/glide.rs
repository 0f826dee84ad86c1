//! What becomes of camera and rows when another placement is shown.

use super::{Placed, Scene};
use crate::data::Row;
use crate::scene::camera::Camera;
use crate::scene::layout::Layout;
use crate::scene::transition::{Departure, Transition};
use glam::DVec2;
use std::sync::Arc;

/// Rows by which it is judged how far drawings move, and how far the eye follows in a third of a second, pixels.
const ASKED: u32 = 1 << 12;
const FAR_PX: f64 = 8.0;

impl Scene {
    /// Shows a placement at once. At the start the camera stands as the settings say; later it fits the placement, or keeps a pinned
    /// drawing where it is and as large as it is.
    pub fn show(&mut self, placed: Placed, starting: bool) {
        let kept = self
            .pin
            .filter(|row| !self.is_fitted() && placed.layout.is_placed(row.0))
            .and_then(|row| self.camera_that_keeps(row, &placed));
        self.transition = None;
        self.placed = placed;
        if starting {
            self.start_camera();
        } else {
            self.camera = kept.unwrap_or_else(|| Camera::fit(&self.placed.layout.bounds));
        }
    }

    /// Shows a better placement of the layout in force; the camera stays where it is.
    pub fn show_better(&mut self, placed: Placed) {
        self.transition = None;
        self.placed = placed;
        self.camera = self.camera.clamped(&self.placed.layout.bounds, &self.viewport);
    }

    /// Whether drawings would jump to a better placement: on screen they move farther, in the mean, than the eye follows.
    pub fn is_far(&self, better: &Placed) -> bool {
        let (from, to) = (&self.placed.layout, &better.layout);
        let px = |layout: &Layout, row| {
            let px_per_unit = self.viewport.fit_px_per_unit(&layout.bounds) * self.camera.zoom;
            Some((layout.center(row).filter(|_| layout.is_placed(row))? - layout.bounds.min) * px_per_unit)
        };
        let step = self.rows.div_ceil(ASKED).max(1);
        let moved = (0..self.rows).step_by(step as usize).filter_map(|row| Some(px(from, row)?.distance(px(to, row)?)));
        let (count, all) = moved.fold((0_u32, 0.0), |(count, all), moved| (count + 1, all + moved));
        all > f64::from(count) * FAR_PX
    }

    /// The camera over another placement that shows a row at the pixel where it is seen now; `None` where it is not in sight.
    fn camera_that_keeps(&self, row: Row, placed: &Placed) -> Option<Camera> {
        let (view, layout) = (self.view(), &placed.layout);
        let at_px = view.px_from_world(self.center_of(row)?);
        let size_px = self.viewport.size_px();
        if at_px.cmplt(DVec2::ZERO).any() || at_px.cmpge(size_px).any() {
            return None;
        }
        let from_middle = (at_px - size_px / 2.0) / view.px_per_unit * DVec2::new(1.0, -1.0);
        let center = layout.center(row.0)? - from_middle;
        let zoom = view.px_per_unit / self.viewport.fit_px_per_unit(&layout.bounds);
        Some(Camera { center, zoom }.clamped(&layout.bounds, &self.viewport))
    }

    /// Where rows and camera are now: what a transition to a placement that is shown next begins with.
    pub fn departure(&self) -> Departure {
        let view = self.view();
        let layout = match &self.transition {
            Some(transition) => Arc::new(transition.arrested()),
            None => Arc::clone(&self.placed.layout),
        };
        Departure { layout, center: view.center, px_per_unit: view.px_per_unit }
    }

    /// Sets rows on their way from where they were to the placement in force, unless they are there.
    pub fn glide_from(&mut self, from: Departure) {
        if !Arc::ptr_eq(&from.layout, &self.placed.layout) {
            self.transitions += 1;
            self.transition = Some(Transition::new(from, Arc::clone(&self.placed.layout), self.transitions));
        }
    }

    /// How much of the way rows have come; at 1 they have arrived.
    pub fn set_glide_part(&mut self, part: f64) {
        match &mut self.transition {
            Some(transition) if part < 1.0 => transition.set_part(part),
            _ => self.transition = None,
        }
    }

    /// The transition to the placement in force, while rows are on the way.
    pub fn transition(&self) -> Option<&Transition> {
        self.transition.as_ref()
    }

    /// The middle of a row's drawing as it is seen now.
    pub fn center_of(&self, row: Row) -> Option<DVec2> {
        match &self.transition {
            Some(transition) => transition.center(row),
            None => self.placed.layout.center(row.0),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::scene::camera::Viewport;
    use crate::scene::layout::LayoutKind;
    use crate::scene::{Action, Settings};

    #[test]
    fn drawings_that_move_by_many_pixels_would_jump() {
        let viewport = Viewport::new(1000, 800, 1.0);
        let mut scene = Scene::new(10_000, 10_000, Settings::default(), viewport, None).unwrap();
        let placed = scene.placed().clone();
        assert!(!scene.is_far(&placed), "nothing moves");
        // Half of the drawings go aside by some cells of about eight pixels: the mean is half of that.
        let px = scene.view().px_per_unit;
        let aside = |cells: f64| {
            let unit = f64::from(1_u32 << placed.layout.frac_bits());
            let by = |row: usize| if row.is_multiple_of(2) { (cells * unit) as i32 } else { 0 };
            let fixed = placed.layout.fixed().iter().enumerate().map(|(row, &[x, y])| [x + by(row), y]).collect();
            let layout = placed.layout.moved(fixed, placed.layout.frac_bits(), placed.layout.bounds);
            Placed { layout: Arc::new(layout), ..placed.clone() }
        };
        let [near, far] = [7.0, 9.0].map(|mean| aside(2.0 * mean / px));
        assert_eq!([scene.is_far(&near), scene.is_far(&far)], [false, true], "at {px} px a cell");
        // Near enough the same moves are longer, far away shorter.
        scene.apply(Action::SetCamera(Camera { zoom: 4.0, ..scene.camera() }));
        assert!(scene.is_far(&near));
        // Another placement altogether.
        scene.apply(Action::SetCamera(Camera { zoom: 1.0, ..scene.camera() }));
        scene.set_layout(LayoutKind::RANDOM, None, false).unwrap();
        assert!(scene.is_far(&placed));
    }
}
