//! What is so now, as far as it decides which commands are available.

use super::commands::When;
use super::state::App;

impl App {
    /// What is so now, as far as it decides which commands are available.
    pub(super) fn situation(&self) -> Vec<When> {
        let Some(session) = &self.session else { return Vec::new() };
        let now = self.now();
        let is_held = self.press.is_some() || session.scene.pin().is_some() || self.comparing.is_on();
        let has_pad = self.sketches();
        let facts = [
            (When::Open, true),
            (When::Drawn, session.scene.rows_ready() > 0),
            (When::Reading, session.is_loading()),
            (When::Undoable, session.is_choosing() || now.as_ref().is_some_and(|now| session.history.can_undo(now))),
            (When::Redoable, now.as_ref().is_some_and(|now| session.history.can_redo(now))),
            (When::Inspected, self.inspected().is_some()),
            (When::Stroked, self.inspected().is_some_and(|row| session.holds_strokes(row))),
            (When::Measurable, session.offers_stroke_columns()),
            (When::Filtered, session.scene.settings.appearance.filter.is_some()),
            (When::Held, is_held || has_pad),
            (When::Sketched, has_pad && !self.sketch.is_empty()),
            (When::Selected, !session.scene.selection().is_empty()),
            (When::Averaged, !session.scene.selection().is_empty() || session.matching().is_some()),
            (When::SelectedStroked, session.can_replay_selection()),
            (When::SortedByMap, session.is_sorted_by_map()),
            (When::Keepable, session.can_keep()),
            (When::Exporting, self.exporting.is_some()),
            (When::Embedded, session.scene.settings.layout_params.comparison.embedding.is_some()),
        ];
        facts.into_iter().filter_map(|(when, is_so)| is_so.then_some(when)).collect()
    }
}
