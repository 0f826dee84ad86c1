//! The grid that is sorted by likeness, chosen in one of its ways.

use super::Arrived;
use crate::app::session::Session;
use crate::scene::layout::{LayoutKind, LayoutParams, SortedFrom};

impl Session {
    /// Shows the sorted grid with other parameters than it had, gliding there or not.
    pub fn sort_by_likeness(&mut self, change: impl FnOnce(&mut LayoutParams), glides: bool) -> Arrived {
        let mut params = self.params_by(LayoutKind::SORTED, None);
        change(&mut params);
        self.choose(LayoutKind::SORTED, params, true, glides)
    }

    /// Whether the grid on screen is sorted by the map, or will be.
    pub fn is_sorted_by_map(&self) -> bool {
        self.scene.placed().layout.kind == LayoutKind::SORTED
            && self.scene.settings.layout_params.sorted_from == SortedFrom::Map
    }
}
