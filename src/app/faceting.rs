//! What is chosen in the panel of facets, and the layout of what is left.

use super::history::Deed;
use super::state::App;
use crate::data::columns::query::Choice;

impl App {
    /// Keeps the rows whose value of a column is so, besides all else that is asked. `goes_on` where it belongs to the last choice: a
    /// brush that is dragged.
    pub(super) fn choose_in_facet(&mut self, column: &str, choice: &Choice, goes_on: bool) {
        let Some(session) = &mut self.session else { return };
        session.chosen_in_facets();
        let Some(known) = session.columns.get(column) else { return };
        let text = session.facets().chosen.with(known, choice);
        self.filter_as(&text, goes_on);
    }

    /// Lays out only what the filter keeps, or all again.
    pub(super) fn rearrange(&mut self) {
        let Some(session) = &self.session else { return };
        let filter = session.scene.settings.appearance.filter.as_ref();
        let only = if session.only().is_some() { None } else { filter.map(ToString::to_string) };
        self.lay_out(only);
    }

    /// Where only what a filter keeps is laid out, the layout follows it.
    pub(super) fn follow_filter(&mut self) {
        let Some(session) = &self.session else { return };
        let filter = session.scene.settings.appearance.filter.as_ref().map(ToString::to_string);
        let follows = session.only().is_some() && session.only() != filter.as_deref();
        // Of nothing there is no layout: the last one stays.
        if follows && session.matching() != Some(0) {
            self.lay_out(filter);
        }
    }

    fn lay_out(&mut self, only: Option<String>) {
        self.glide = None;
        let (held, glides) = (self.is_held(), self.glides());
        let Some(session) = &mut self.session else { return };
        self.jobs.set_paused(held);
        let arrived = session.lay_out(only, glides);
        self.on_arrived(arrived);
    }

    /// Something is chosen: one step for undo, or more of the last one.
    pub(super) fn begin_choice(&mut self, goes_on: bool) {
        if !goes_on {
            self.begin(Deed::Single);
        }
    }
}
