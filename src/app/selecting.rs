//! Selecting by a condition that is typed.

use super::dialog::{Dialog, Refused};
use super::history::Deed;
use super::state::App;
use super::ui::InspectorPage;
use crate::scene::rows::filter::Filter;

impl App {
    /// Selects the drawings that a condition is true of, as far as no filter leaves them out; all of these where nothing is typed.
    pub(super) fn select_where(&mut self, text: &str) {
        let text = text.trim();
        self.begin(Deed::Single);
        if text.is_empty() {
            self.select_all();
            return;
        }
        match self.selected_by(text) {
            Ok(notes) => {
                for note in &notes {
                    self.complain(note);
                }
                self.page = InspectorPage::Selection;
                if let Dialog::Filter(refused) = &mut self.dialog {
                    *refused = None;
                }
            }
            Err(why) => {
                self.find_wrong(text);
                if let Dialog::Filter(refused) = &mut self.dialog {
                    *refused = Some(Refused { text: text.to_owned(), why });
                }
            }
        }
    }

    fn selected_by(&mut self, text: &str) -> Result<Vec<String>, String> {
        let condition = text.parse::<Filter>().map_err(|error| error.to_string())?;
        let Some(session) = &mut self.session else { return Ok(Vec::new()) };
        if let Some(reason) = session.why_no_columns().filter(|_| session.records.is_some()) {
            return Err(reason);
        }
        session.scene.select_where(&condition, Some(&session.columns)).map_err(|error| error.to_string())
    }
}
