//! Goes to rows: by what was typed, one after the other.

use super::dialog::Dialog;
use super::goto::Goto;
use super::history::Deed;
use super::state::App;
use crate::data::Row;
use crate::scene::Action;
use crate::words::shown_text;

impl App {
    /// Flies to a row and pins it.
    pub(super) fn go_to(&mut self, row: Row) {
        self.begin(Deed::Single);
        self.apply(Action::Pin(Some(row)));
        let Some(session) = &self.session else { return };
        let to = session.scene.camera_on(row);
        let left_out = session.scene.row_table().style(row.0).in_words();
        self.glide_to(to);
        if let Some(how) = left_out {
            self.tell(format!("row {} is {how}", crate::words::thousands(row.0.into())));
        }
    }

    pub(super) fn submit_goto(&mut self, text: &str) {
        let Some(session) = &self.session else { return };
        if let Dialog::Goto(goto) = &self.dialog
            && goto.asked == text
            && goto.has_more()
        {
            self.with_goto(Goto::next);
            return;
        }
        let reading = session.is_reading_records();
        let (goto, row) = Goto::ask(text, session.scene.rows(), &session.columns, reading);
        self.dialog = Dialog::Goto(goto);
        if row.is_some() && reading {
            let known = crate::words::thousands(session.columns.rows_loaded().into());
            self.tell(format!(
                "records are read up to row {known} so far: “{}” may be an id further on",
                shown_text(text, 40)
            ));
        }
        self.with_goto(|_| row);
    }

    /// Flies to the row that the card answers with, and closes the card unless it has more to show.
    pub(super) fn with_goto(&mut self, answer: impl FnOnce(&mut Goto) -> Option<u32>) {
        let Dialog::Goto(goto) = &mut self.dialog else { return };
        let rows = self.session.as_ref().map_or(0, |session| session.scene.rows());
        // The rows may be those of a set that was open before.
        let Some(row) = answer(goto).filter(|&row| row < rows) else { return };
        if !goto.has_more() {
            self.dialog = Dialog::None;
        }
        self.go_to(Row(row));
    }
}
