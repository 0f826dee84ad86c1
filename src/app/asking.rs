//! What is asked of columns in the window: they arrange drawings, colour them, decide which are kept.

use super::dialog::{Dialog, Refused};
use super::history::Deed;
use super::state::App;
use crate::data::columns::listed_names;
use crate::scene::layout::LayoutKind;
use crate::scene::rows::appearance::Appearance;
use crate::scene::rows::filter::Filter;

impl App {
    /// Shows a layout by these columns.
    pub(super) fn arrange_by(&mut self, kind: LayoutKind, by: &[String]) {
        self.begin(Deed::Single);
        let by = match by {
            // One is meant as it is, whatever it holds.
            [column] => column.clone(),
            columns => listed_names(columns.iter().map(String::as_str)),
        };
        self.set_layout(kind, Some(by), self.glides());
    }

    /// Colours drawings by a column, or by none.
    pub(super) fn color_by(&mut self, column: Option<String>) {
        if let Err(why) = self.change_looks(|appearance| appearance.color_by = column) {
            self.complain(&why);
        }
    }

    /// Keeps the drawings that a condition is true of; all where it is empty.
    pub(super) fn filter_by(&mut self, text: &str) {
        self.filter_as(text, false);
    }

    /// The same; `goes_on` where it belongs to the last step.
    pub(super) fn filter_as(&mut self, text: &str, goes_on: bool) {
        self.begin_choice(goes_on);
        let text = text.trim();
        let filter = if text.is_empty() { Ok(None) } else { text.parse::<Filter>().map(Some) };
        let changed = filter
            .map_err(|error| error.to_string())
            .and_then(|filter| self.give_looks(|appearance| appearance.filter = filter));
        if changed.is_ok() {
            self.follow_filter();
        }
        match (changed, &mut self.dialog) {
            (changed, Dialog::Filter(refused)) => {
                *refused = changed.err().map(|why| Refused { text: text.to_owned(), why });
            }
            (Err(why), _) => self.complain(&why),
            (Ok(()), _) => {}
        }
    }

    /// Fades the drawings that a condition is not true of, or hides them.
    pub(super) fn fade_others(&mut self, fades: bool) {
        if let Err(why) = self.change_looks(|appearance| appearance.fades = fades) {
            self.complain(&why);
        }
    }

    /// Gives rows other looks, which undo takes back; where that cannot be they keep theirs, and why is answered.
    fn change_looks(&mut self, change: impl FnOnce(&mut Appearance)) -> Result<(), String> {
        self.begin(Deed::Single);
        self.give_looks(change)
    }

    fn give_looks(&mut self, change: impl FnOnce(&mut Appearance)) -> Result<(), String> {
        let Some(session) = &mut self.session else { return Ok(()) };
        let mut appearance = session.scene.settings.appearance.clone();
        change(&mut appearance);
        // Where no records will come it is known already what can be.
        let awaits = session.records.is_some() && !appearance.is_plain();
        if let Some(reason) = session.why_no_columns().filter(|_| awaits) {
            return Err(reason);
        }
        session.set_appearance(appearance).map_err(|error| error.to_string())
    }
}
