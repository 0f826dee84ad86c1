//! The grid that is sorted by likeness, chosen in one of its ways.

use super::Arrived;
use crate::app::session::Session;
use crate::scene::layout::{LayoutKind, LayoutParams};

impl Session {
    /// Shows the sorted grid with other parameters than it had, gliding there or not.
    pub fn sort_by_likeness(&mut self, change: impl FnOnce(&mut LayoutParams), glides: bool) -> Arrived {
        let mut params = self.params_by(LayoutKind::SORTED, None);
        change(&mut params);
        self.choose(LayoutKind::SORTED, params, true, glides)
    }
}
