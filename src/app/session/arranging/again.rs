//! Layouts that are made again, because what they go by is something else now.

use super::{Arranging, Purpose};
use crate::app::session::Session;

impl Session {
    /// A column holds something else now: where the layout on screen goes by it, it is made again, in the same place of the history.
    pub(in crate::app::session) fn follow_column(&mut self, name: &str) {
        let kind = self.scene.placed().layout.kind;
        let mut params = kind.own_params(&self.scene.settings.layout_params, true, self.finished_columns());
        if self.arranging.is_none() && params.goes_by(name) {
            // Its blocks are others: nothing stays where it was.
            (params.kept, self.scene.settings.layout_params.kept) = Default::default();
            let request = self.request(kind, &params, true);
            self.start_arranging(request, Purpose::Better, false);
        }
    }

    /// Drawings lie in chunks of another size perhaps: what is being made is begun again.
    pub(in crate::app::session) fn arrange_again(&mut self) {
        if let Some(Arranging { request, purpose, glides, is_shown, .. }) = self.arranging.take() {
            // Where something of it was shown, what comes is a better one: camera and history stay.
            let purpose = if is_shown { Purpose::Better } else { purpose };
            self.start_arranging(self.scene.request_again(request), purpose, glides);
        }
    }
}
