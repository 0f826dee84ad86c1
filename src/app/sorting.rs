//! Sorting by likeness in the window: what is asked of the layout `sorted`.

use super::commands::Sorting;
use super::history::Deed;
use super::session::Session;
use super::state::App;
use crate::scene::layout::{Kept, LayoutKind, LayoutParams, SortedFrom};

impl App {
    /// Sorts drawings by likeness in a block for each value of a column, or all in one block.
    pub(super) fn sort_within(&mut self, column: Option<String>) {
        self.begin(Deed::Single);
        let why_not = self.session.as_ref().and_then(|session| session.why_no_columns().filter(|_| column.is_some()));
        if let Some(reason) = why_not {
            self.complain(&format!("drawings cannot be sorted within a column: {reason}"));
            return;
        }
        // Other blocks have other cells.
        self.sort_by_likeness(|params| (params.sorted_within, params.kept) = (column, Kept::default()));
    }

    /// Sorts drawings by likeness in another way.
    pub(super) fn sort_as(&mut self, sorting: Sorting) {
        match sorting {
            Sorting::ByMap => self.sort_by_likeness(|params| params.sorted_from = SortedFrom::Map),
            Sorting::WithoutMap => self.sort_by_likeness(|params| params.sorted_from = SortedFrom::Codes),
            Sorting::Keeping => match self.session.as_ref().map(Session::kept) {
                Some(Ok(kept)) => self.sort_by_likeness(|params| params.kept = kept),
                Some(Err(why)) => self.complain(&why),
                None => {}
            },
        }
    }

    fn sort_by_likeness(&mut self, change: impl FnOnce(&mut LayoutParams)) {
        self.glide = None;
        let (held, glides) = (self.is_held(), self.glides());
        let Some(session) = &mut self.session else { return };
        if let Some(reason) = session.why_unread(LayoutKind::SORTED) {
            self.complain(&format!("drawings cannot be sorted by likeness: {reason}"));
            return;
        }
        self.jobs.set_paused(held);
        let arrived = session.sort_by_likeness(change, glides);
        self.on_arrived(arrived);
    }
}
