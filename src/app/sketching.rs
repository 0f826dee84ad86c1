//! Drawing in the window, to look for what is like it.

use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::{SketchModel, SketchWish};

impl App {
    /// Does what the pad asks for.
    pub(super) fn on_sketch(&mut self, wish: SketchWish) {
        match wish {
            SketchWish::Begin(at) => self.sketch.begin(at),
            SketchWish::Go(at) => self.sketch.go(at),
            SketchWish::TakeBack => self.sketch.take_back(),
            SketchWish::Clear => self.sketch.clear(),
        }
        self.redraw();
    }

    /// Whether the pad is open.
    pub(super) fn sketches(&self) -> bool {
        self.left == Some(LeftPanel::Sketch)
    }

    /// What the pad shows, where it is open.
    pub(super) fn sketch(&self) -> Option<SketchModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.sketches())?;
        Some(SketchModel { sketch: &self.sketch, alike: session.sketched() })
    }
}
