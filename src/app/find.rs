//! Finding as one types: which drawings hold the text, walked one by one.

use super::dialog::Dialog;
use super::state::App;
use super::ui::InspectorPage;
use crate::data::Row;
use crate::scene::selection::Selection;
use std::sync::Arc;

/// What the card for finding holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// The text that the rest answers.
    pub asked: String,
    /// The rows that hold it and that no filter leaves out, ascending.
    pub rows: Arc<[u32]>,
    /// The place among them of the one that was flown to.
    pub at: Option<usize>,
}

impl Find {
    /// Goes to the next row, or back to the one before, round and round; the row.
    fn step(&mut self, back: bool) -> Option<u32> {
        let count = self.rows.len();
        let next = match (self.at, back) {
            (None, false) => 0,
            (None | Some(0), true) => count.checked_sub(1)?,
            (Some(at), false) => (at + 1) % count.max(1),
            (Some(at), true) => at - 1,
        };
        let row = self.rows.get(next).copied()?;
        self.at = Some(next);
        Some(row)
    }
}

impl App {
    /// Finds what holds a text: in the records, or as the row's number.
    pub(super) fn find(&mut self, text: &str) {
        let Some(session) = &self.session else { return };
        let scene = &session.scene;
        let mut rows = session.columns.containing(text);
        if let Some(row) = text.trim().parse::<u32>().ok().filter(|&row| row < scene.rows())
            && let Err(place) = rows.binary_search(&row)
        {
            rows.insert(place, row);
        }
        rows.retain(|&row| scene.is_found(row));
        self.dialog = Dialog::Find(Find { asked: text.to_owned(), rows: rows.into(), at: None });
    }

    /// Flies to the next row that was found, or back, and pins it.
    pub(super) fn find_step(&mut self, back: bool) {
        let Dialog::Find(find) = &mut self.dialog else { return };
        if let Some(row) = find.step(back) {
            self.page = InspectorPage::Drawing;
            self.go_to(Row(row));
        }
    }

    /// Selects all that was found.
    pub(super) fn select_found(&mut self) {
        let (Dialog::Find(find), Some(session)) = (&self.dialog, &mut self.session) else { return };
        let selection = Selection::of_rows(session.scene.rows(), find.rows.iter().copied());
        session.scene.select(selection);
        self.page = InspectorPage::Selection;
    }

    /// The rows that are marked in the picture.
    pub(super) fn found(&self) -> &[u32] {
        if let Dialog::Find(find) = &self.dialog { &find.rows } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_round_in_either_direction() {
        let mut find = Find { rows: Arc::from([3, 8, 9]), ..Find::default() };
        assert_eq!([false, false, false, false].map(|back| find.step(back)), [3, 8, 9, 3].map(Some));
        assert_eq!([true, true].map(|back| find.step(back)), [9, 8].map(Some));
        assert_eq!(Find { at: None, ..find }.step(true), Some(9));
        assert_eq!([false, true].map(|back| Find::default().step(back)), [None, None]);
    }
}
