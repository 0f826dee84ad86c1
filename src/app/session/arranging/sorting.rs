//! The grid that is sorted by likeness, chosen in one of its ways.

use super::Arrived;
use crate::app::session::Session;
use crate::data::Row;
use crate::scene::layout::{Kept, LayoutKind, LayoutParams, SortedFrom};

impl Session {
    /// Shows the sorted grid with other parameters than it had, gliding there or not.
    pub fn sort_by_likeness(&mut self, change: impl FnOnce(&mut LayoutParams), glides: bool) -> Arrived {
        let mut params = self.params_by(LayoutKind::SORTED, None);
        change(&mut params);
        self.choose(LayoutKind::SORTED, params, true, glides)
    }

    /// Whether there are drawings that could stay in their cells.
    pub fn can_keep(&self) -> bool {
        let is_any = !self.scene.selection().is_empty() || self.scene.pin().is_some();
        is_any && self.scene.placed().layout.kind == LayoutKind::SORTED
    }

    /// The selected drawings in their cells, or the pinned one where none is selected.
    pub fn kept(&self) -> Result<Kept, String> {
        let (selection, pin) = (self.scene.selection(), self.scene.pin());
        let is_kept = |row: u32| if selection.is_empty() { pin == Some(Row(row)) } else { selection.contains(row) };
        match &self.scene.placed().layout.lattice {
            Some(lattice) => Kept::of(lattice, is_kept),
            None => Ok(Kept::default()),
        }
    }

    /// Whether the grid on screen is sorted by the map, or will be.
    pub fn is_sorted_by_map(&self) -> bool {
        self.scene.placed().layout.kind == LayoutKind::SORTED
            && self.scene.settings.layout_params.sorted_from == SortedFrom::Map
    }
}
