//! Drawing in the window, to look for what is like it.

use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::{SketchModel, SketchWish};
use crate::scene::Action;

impl App {
    /// Does what the pad asks for.
    pub(super) fn on_sketch(&mut self, wish: SketchWish) {
        match wish {
            SketchWish::Begin(at) => self.sketch.begin(at),
            SketchWish::Go(at) => self.sketch.go(at),
        }
        self.redraw();
    }

    /// Takes the last stroke on the pad back, or all of them.
    pub(super) fn take_strokes_back(&mut self, all: bool) {
        if all {
            self.sketch.clear();
        } else {
            self.sketch.take_back();
        }
    }

    /// What Esc does: gives up a drag, ends comparing, unpins or, where nothing is pinned, closes the pad. What was drawn stays.
    pub(super) fn let_go(&mut self) {
        if self.press.take().is_some() || self.comparing.end() {
            return;
        }
        if self.session.as_ref().is_some_and(|session| session.scene.pin().is_some()) {
            self.apply(Action::Pin(None));
        } else {
            self.left.take_if(|panel| *panel == LeftPanel::Sketch);
        }
    }

    /// Whether the pad is open.
    pub(super) fn sketches(&self) -> bool {
        self.left == Some(LeftPanel::Sketch)
    }

    /// What the pad shows, where it is open.
    pub(super) fn sketch(&self) -> Option<SketchModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.sketches())?;
        let comparison = &session.scene.settings.layout_params.comparison;
        Some(SketchModel {
            sketch: &self.sketch,
            alike: session.sketched(),
            compared_by: comparison.by,
            has_embedding: comparison.embedding.is_some(),
        })
    }
}
