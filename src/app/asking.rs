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
        // Ends belong to the column whose values they are.
        self.look(|appearance| (appearance.color_by, appearance.range) = (column, None));
    }

    /// Shows the grid sorted by a column, or in the order of the file.
    pub(super) fn sort_by(&mut self, by: Option<&str>, descends: bool) {
        self.begin(Deed::Single);
        self.glide = None;
        let (held, glides) = (self.is_held(), self.glides());
        let Some(session) = &mut self.session else { return };
        if let Some(reason) = session.why_no_columns().filter(|_| by.is_some()) {
            self.complain(&format!("the grid cannot be sorted: {reason}"));
            return;
        }
        self.jobs.set_paused(held);
        let sort = by.map(|name| if descends { format!("{name}:desc") } else { name.to_owned() });
        let arrived = session.sort(sort, glides);
        self.on_arrived(arrived);
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
        let changed = filter.map_err(|error| error.to_string()).and_then(|filter| self.keep_by(filter));
        if changed.is_err() {
            self.find_wrong(text);
        }
        match (changed, &mut self.dialog) {
            (changed, Dialog::Filter(refused)) => {
                *refused = changed.err().map(|why| Refused { text: text.to_owned(), why });
            }
            (Err(why), _) => self.complain(&why),
            (Ok(()), _) => {}
        }
    }

    /// Another filter, as a part of a step that has begun; a layout of what the last one left follows.
    pub(super) fn keep_by(&mut self, filter: Option<Filter>) -> Result<(), String> {
        self.change_looks_on(|appearance| appearance.filter = filter)?;
        self.follow_filter();
        Ok(())
    }

    /// Fades the drawings that a condition is not true of, or hides them.
    pub(super) fn fade_others(&mut self, fades: bool) {
        self.look(|appearance| appearance.fades = fades);
    }

    /// Gives rows other looks, which undo takes back; where that cannot be they keep theirs, and why is answered.
    pub(super) fn change_looks(&mut self, change: impl FnOnce(&mut Appearance)) -> Result<(), String> {
        self.begin(Deed::Single);
        self.change_looks_on(change)
    }

    /// The same as a part of a step that has begun.
    pub(super) fn change_looks_on(&mut self, change: impl FnOnce(&mut Appearance)) -> Result<(), String> {
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
