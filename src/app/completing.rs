//! What fits in a condition while it is typed, found by a job; and where a refused one is wrong.

use super::dialog::Dialog;
use super::state::App;
use super::ui::{self, Completed, UiModel};
use crate::data::columns::query::{ConditionError, complete};
use crate::jobs::{Job, JobNews};
use crate::scene::rows::filter::Filter;
use std::convert::Infallible;
use std::sync::Arc;

/// Columns, and values, that are offered at most.
const MOST: usize = 50;

/// What is known of a condition that is being typed.
#[derive(Debug, Default)]
pub(super) struct Completer {
    known: Completed,
    job: Option<Job<Completed, Infallible>>,
    /// The bytes that are wrong in the one that was refused last.
    wrong: Option<[usize; 2]>,
}

impl App {
    /// Begins to find out what fits at a byte of a condition.
    pub(super) fn complete(&mut self, text: String, cursor: usize) {
        let Some(session) = &self.session else { return };
        // Columns that are still read must not be held.
        let columns = if session.columns.is_finished() { Arc::clone(&session.columns) } else { Arc::default() };
        self.completer.job = Some(self.jobs.start("completion", move |context| {
            let mut fits = complete(&text, cursor, &columns, MOST);
            let typed = text.get(fits.replaces.clone()).unwrap_or_default();
            fits.candidates.retain(|candidate| candidate.text != typed);
            Ok(context.publish(Completed { text, cursor, fits })?)
        }));
    }

    /// Takes in what fits; answers whether there is anything new.
    pub(super) fn take_completion(&mut self) -> bool {
        let completer = &mut self.completer;
        let mut is_new = false;
        while let Some(news) = completer.job.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(known) => (completer.known, is_new) = (known, true),
                // Without a list one types on.
                JobNews::Ended(_) => completer.job = None,
            }
        }
        is_new
    }

    /// Finds where a condition is wrong that was refused.
    pub(super) fn find_wrong(&mut self, condition: &str) {
        let error = match condition.parse::<Filter>() {
            Err(error) => Some(error),
            // What columns there are is asked before any row.
            Ok(filter) => {
                let session = self.session.as_ref().filter(|session| session.columns.is_finished());
                session.and_then(|session| filter.kept(Some(&session.columns), 0).err())
            }
        };
        let spot = error.as_ref().and_then(ConditionError::spot);
        self.completer.wrong = spot.map(|spot| [spot.bytes.start, spot.bytes.end]);
    }

    /// Puts what is known into the model of the card.
    pub(super) fn add_completion<'a>(&'a self, model: &mut UiModel<'a>) {
        if let ui::Dialog::Filter(filter) = &mut model.dialog {
            filter.completed = Some(&self.completer.known);
            filter.refused_at = self.completer.wrong;
        }
    }

    /// What is offered, for the state log.
    pub(super) fn offered(&self) -> Vec<String> {
        let is_open = matches!(self.dialog, Dialog::Filter(_));
        let candidates = self.completer.known.fits.candidates.iter().filter(|_| is_open);
        candidates.map(|candidate| candidate.text.clone()).collect()
    }
}
