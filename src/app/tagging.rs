//! Tags by Shift and a letter: given to the pinned drawing, or to all that are selected.

use super::history::Deed;
use super::keyboard::KeyPress;
use super::opening::OpenedSet;
use super::state::App;
use super::tag_store::TagStore;
use crate::data::Row;
use crate::data::tags::Tag;
use crate::scene::Action;
use crate::scene::selection::Selection;
use crate::words::{counted, thousands};
use std::time::Instant;
use winit::event::KeyEvent;
use winit::platform::modifier_supplement::KeyEventExtModifierSupplement;

impl App {
    /// The tag that a key press means.
    pub(super) fn tag_of(&self, event: &KeyEvent) -> Option<Tag> {
        let modifiers = self.modifiers;
        let other = modifiers.control_key() || modifiers.alt_key() || modifiers.super_key();
        if self.session.is_none() || self.keyboard_taken || !modifiers.shift_key() || other {
            return None;
        }
        let bare = event.key_without_modifiers();
        let press = KeyPress { logical: &event.logical_key, bare: &bare, place: event.physical_key, modifiers };
        press.character(|c| c.is_ascii_alphabetic()).and_then(Tag::of)
    }

    /// Gives the pinned drawing a tag and pins the next one of the list; where none is pinned, gives it to all that are selected. The
    /// same tag once more takes it away, and stays there.
    pub(super) fn tag(&mut self, tag: Tag) {
        let Some(session) = &self.session else { return };
        let (pin, selection, rows) = (session.scene.pin(), session.scene.selection().clone(), session.scene.rows());
        let meant = match pin {
            Some(row) => Selection::of_rows(rows, [row.0]),
            None => selection.clone(),
        };
        if meant.is_empty() {
            self.tell(format!("pin a drawing or select some first: Shift+{tag} gives them the tag {tag}"));
            return;
        }
        self.begin(Deed::Single);
        let Some(session) = &mut self.session else { return };
        let which = match pin {
            Some(row) => format!("row {}", thousands(row.0.into())),
            None => counted(meant.count().into(), "drawing", "drawings"),
        };
        match session.tag(&meant, tag) {
            Ok(Some(tag)) => {
                if let Some(row) = pin {
                    self.pin_next(row, &selection);
                }
                self.tell(format!("{which}: tag {tag}"));
            }
            Ok(None) => self.tell(format!("{which}: no tag")),
            Err(why) => self.complain(&why),
        }
        self.redraw();
    }

    /// Pins the next of the list: of the findings that are walked where the row is one, else of what is selected where it is, else of
    /// all, as far as no filter leaves it out.
    fn pin_next(&mut self, row: Row, selection: &Selection) {
        if self.leave_suspect(row) {
            return;
        }
        let Some(session) = &self.session else { return };
        let next = if selection.contains(row.0) {
            selection.rows().find(|&next| next > row.0 && session.scene.is_found(next)).map(Row)
        } else {
            None
        };
        match next {
            Some(next) => self.apply(Action::Pin(Some(next))),
            None if selection.contains(row.0) => {}
            None => self.apply(Action::StepPin(1)),
        }
        self.show_pinned();
    }

    /// Begins to write tags where that is due; when to come again.
    pub(super) fn keep_tags(&mut self) -> Option<Instant> {
        let wake = self.waker();
        self.session.as_mut().and_then(|session| session.keep_tags(wake))
    }

    /// Takes in what a write of tags has brought.
    pub(super) fn on_tagged(&mut self) {
        let said = self.session.as_mut().map(super::session::Session::take_tags).unwrap_or_default();
        self.say_of_tags(said);
        self.redraw();
    }

    /// A set that was opened. What this window has tagged since its file was looked into is written first, and that is read again.
    pub(super) fn with_latest_tags(&mut self, opened: OpenedSet) -> OpenedSet {
        if !self.session.as_ref().is_some_and(|session| session.tag_file.has_changed()) {
            return opened;
        }
        self.finish_tags();
        OpenedSet { tags: TagStore::find(&opened.dataset), ..opened }
    }

    /// Before the set goes: what was tagged is in its file.
    pub(super) fn finish_tags(&mut self) {
        let said = self.session.as_mut().map(super::session::Session::finish_tags).unwrap_or_default();
        self.say_of_tags(said);
    }

    pub(super) fn say_of_tags(&mut self, said: Vec<(String, bool)>) {
        for (what, is_error) in said {
            if is_error {
                self.complain(&what);
            } else {
                tracing::warn!("{what}");
                self.tell(what);
            }
        }
    }
}
