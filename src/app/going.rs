//! Goes to a row.

use super::history::Deed;
use super::state::App;
use crate::data::Row;
use crate::scene::Action;

impl App {
    /// Flies to a row and pins it.
    pub(super) fn go_to(&mut self, row: Row) {
        self.begin(Deed::Single);
        self.apply(Action::Pin(Some(row)));
        let Some(session) = &self.session else { return };
        let to = session.scene.camera_on(row);
        let left_out = session.scene.lasting_style(row.0).in_words();
        self.glide_to(to);
        if let Some(how) = left_out {
            self.tell(format!("row {} is {how}", crate::words::thousands(row.0.into())));
        }
    }
}
