//! A frame as the state log tells it, with what a test works out from it.

use glam::DVec2;
use inkfield::app::state_log::FrameState;
use std::ops::Deref;

/// One line of the state log, with what a test works out from it.
#[derive(Clone, Debug)]
pub struct Shown(pub FrameState);

impl Deref for Shown {
    type Target = FrameState;

    fn deref(&self) -> &FrameState {
        &self.0
    }
}

impl Shown {
    /// The world position at a pixel of the viewport, where drawings are as wide as their cells (`grid`).
    pub fn world_at(&self, px: DVec2) -> DVec2 {
        let from_middle = (px - self.middle_px()) / self.side_px;
        DVec2::from(self.center) + DVec2::new(from_middle.x, -from_middle.y)
    }

    /// The pixel of the viewport that shows a world position, as [`Self::world_at`].
    pub fn px_of(&self, world: DVec2) -> DVec2 {
        let d = (world - DVec2::from(self.center)) * self.side_px;
        self.middle_px() + DVec2::new(d.x, -d.y)
    }

    /// The middle of the viewport, pixels.
    pub fn middle_px(&self) -> DVec2 {
        DVec2::new(self.size_px[0].into(), self.size_px[1].into()) / 2.0
    }

    /// Whether everything has been read.
    pub fn is_loaded(&self) -> bool {
        self.rows > 0 && self.rows_loaded == self.rows
    }
}
