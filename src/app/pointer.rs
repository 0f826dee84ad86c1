//! Gestures over the scatter: drag, box, click, double click, wheel, pinch, hover.

use super::history::Deed;
use super::hover;
use super::input::{CLICK_PX, KEY_ZOOM, pinch_factor, wheel_factor};
use super::press::{Drag, Press};
use super::state::App;
use super::ui::InspectorPage;
use crate::data::Row;
use crate::gpu::pick::PickQuestion;
use crate::scene::Action;
use crate::scene::frame::PxRect;
use glam::DVec2;
use std::time::{Duration, Instant};
use winit::event::MouseScrollDelta;

/// Longest time between the clicks of a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);
/// So long after a notch of the wheel the next one still belongs to the same turn.
pub(super) const NEXT_NOTCH: Duration = Duration::from_millis(150);
/// Below this side a drawing gets a loupe, logical pixels.
pub const LOUPE_BELOW_PX: f64 = 12.0;

impl App {
    pub(super) fn on_move(&mut self, to: DVec2) {
        let was_over_panel = self.over_panel;
        self.pointer = Some(to);
        self.over_panel = !self.is_free(to);
        let scale = self.scale();
        if let Some(press) = &mut self.press {
            press.dragged |= (to - press.start).length() >= CLICK_PX * scale;
            let (is_dragged, drag) = (press.dragged, press.drag);
            if is_dragged || drag != Drag::Pan {
                // The first step makes up for the pixels that told a drag from a click.
                let moved = to - press.last;
                press.last = to;
                match drag {
                    Drag::Pan => self.pan_by(moved),
                    Drag::Lasso => self.draw_on(to),
                    Drag::Minimap => self.look_from_minimap(to),
                    Drag::ZoomBox | Drag::SelectBox => {}
                }
            }
            self.redraw();
            return;
        }
        if self.over_panel || was_over_panel {
            self.redraw();
        }
        if !self.over_panel && self.held_pointer.is_none() {
            self.ask_or_redraw();
        }
    }

    /// Whether a position of the window belongs to the scatter (as the panels of the last frame left it).
    pub(super) fn is_free(&self, at: DVec2) -> bool {
        let inside = |rect: PxRect| {
            at.x >= rect.left.into()
                && at.y >= rect.top.into()
                && at.x < f64::from(rect.left + rect.width)
                && at.y < f64::from(rect.top + rect.height)
        };
        inside(self.scatter_rect)
            && self.dialog == super::dialog::Dialog::None
            && !self.covered.iter().any(|&rect| inside(rect))
    }

    fn pan_by(&mut self, delta_px: DVec2) {
        self.glide = None;
        if let Some(session) = &mut self.session {
            session.scene.apply(Action::Pan(delta_px));
        }
    }

    /// Asks what is under the pointer; the frame comes with the answer, so that nothing flickers on the way.
    fn ask_or_redraw(&mut self) {
        let (question, serial) = (self.question(), self.serial);
        let (Some(session), Some(question)) = (&mut self.session, question) else {
            self.redraw();
            return;
        };
        session.ask(question, serial);
        if session.hover.is_answered(&question) || session.hover.row_for(&question, &session.scene).is_some() {
            self.redraw();
        }
    }

    pub(super) fn on_leave(&mut self) {
        self.pointer = None;
        if self.press.is_none() {
            self.over_panel = false;
        }
        self.redraw();
    }

    pub(super) fn on_press(&mut self) {
        let Some(at) = self.pointer.filter(|_| self.session.is_some()) else { return };
        self.begin(Deed::Single);
        if self.press_minimap(at) {
            return;
        }
        let drag = if self.modifiers.shift_key() { Drag::ZoomBox } else { self.tool.drag() };
        self.lasso = vec![at];
        self.press = Some(Press { start: at, last: at, dragged: false, drag });
    }

    pub(super) fn on_release(&mut self) {
        let Some(press) = self.press.take() else { return };
        let corner = self.scatter_corner();
        match press.drag {
            Drag::Minimap => {}
            _ if !press.dragged => self.on_click(press.start, press.start - corner),
            Drag::Pan => {}
            Drag::ZoomBox => {
                if let Some(session) = &self.session {
                    let zoom = Action::ZoomToBox(press.start - corner, press.last - corner);
                    let to = session.scene.camera_after(session.scene.camera(), zoom);
                    self.glide_to(to);
                }
            }
            Drag::SelectBox | Drag::Lasso => self.select_enclosed(press),
        }
        self.redraw();
    }

    fn on_click(&mut self, at: DVec2, local: DVec2) {
        let now = Instant::now();
        if self.adds() {
            // Two of them select and unselect: they zoom nowhere.
            if let Some(row) = self.clicked() {
                self.toggle_selected(row);
            }
            return;
        }
        let near = CLICK_PX * self.scale();
        let double = self
            .last_click
            .take()
            .is_some_and(|(when, before)| now - when < DOUBLE_CLICK && (before - at).length() < near);
        if double {
            self.zoom_about(local, KEY_ZOOM);
            return;
        }
        self.last_click = Some((now, at));
        if self.session.as_ref().is_some_and(|session| session.scene.transition().is_some()) {
            // Nothing that flies past is picked, and what is pinned stays so.
            return;
        }
        // A click pins what is hovered, on empty paper it lets go.
        let clicked = self.clicked();
        if clicked.is_some() {
            self.page = InspectorPage::Drawing;
        }
        if let Some(session) = &mut self.session {
            session.scene.apply(Action::Pin(clicked));
        }
    }

    /// The row that a click means; one that is quicker than the answer counts as well.
    fn clicked(&self) -> Option<Row> {
        self.hovered().map(|(row, _)| row).or_else(|| self.clicked_unanswered()).map(Row)
    }

    /// The row under the pointer, where the GPU has not told yet.
    fn clicked_unanswered(&self) -> Option<u32> {
        let question = self.question()?;
        let session = self.session.as_ref().filter(|session| !session.hover.is_answered(&question))?;
        hover::row_by_index(&question, &session.scene)
    }

    /// The row that is shown as hovered, and the frame in which it was asked for.
    pub(super) fn hovered(&self) -> Option<(u32, u64)> {
        let question = self.question()?;
        let session = self.session.as_ref()?;
        session.hover.row_for(&question, &session.scene)
    }

    /// Whether an answer that has just arrived changes what is shown, or leaves something to be asked. One that only
    /// confirms what is shown is worth no frame, least of all while drawings arrive.
    pub(super) fn answer_is_news(&self) -> bool {
        let row = self.hovered().map(|(row, _)| row);
        let unasked =
            |question: PickQuestion| self.session.as_ref().is_some_and(|session| !session.hover.has_asked(&question));
        // A player waits for the frame that follows its answer.
        self.player.is_some() || row != self.shown_row || self.question().is_some_and(unasked)
    }

    fn zoom_about(&mut self, local: DVec2, factor: f64) {
        if let Some(session) = &self.session {
            let to = session.scene.camera_after(session.scene.camera(), Action::ZoomAbout { px: local, factor });
            self.glide_to(to);
        }
    }

    pub(super) fn on_wheel(&mut self, delta: MouseScrollDelta) {
        if matches!(delta, MouseScrollDelta::LineDelta(..)) && self.wheel_released {
            return;
        }
        let factor = wheel_factor(delta, self.scale());
        self.zoom_at_pointer(factor);
    }

    pub(super) fn on_pinch(&mut self, delta: f64) {
        self.zoom_at_pointer(pinch_factor(delta));
    }

    fn zoom_at_pointer(&mut self, factor: f64) {
        let Some(px) = self.scatter_pointer() else { return };
        self.begin(Deed::Zoom);
        self.zoomed_until = Some(Instant::now() + NEXT_NOTCH);
        self.glide = None;
        if let Some(session) = &mut self.session {
            session.scene.apply(Action::ZoomAbout { px, factor });
        }
        self.redraw();
    }

    /// Alt holds the loupe still, so that the pointer can reach a neighbour.
    pub(super) fn hold_loupe(&mut self) {
        let small =
            self.session.as_ref().is_some_and(|session| session.scene.view().side_px < LOUPE_BELOW_PX * self.scale());
        // With a tool that selects, Alt takes away.
        let hold = self.modifiers.alt_key() && small && self.press.is_none() && !self.tool.selects();
        let before = self.held_pointer;
        self.held_pointer = match (hold, before) {
            (true, Some(held)) => Some(held),
            (true, None) => self.hovered().and(self.pointer),
            (false, _) => None,
        };
        if self.held_pointer != before {
            self.redraw();
        }
    }
}
