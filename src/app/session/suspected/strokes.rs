//! Whether a session's duplicates have the same strokes: their records are read again by a job, once the findings are looked at.

use super::super::Session;
use super::super::seeking::Seeking;
use super::super::sought::{Same, Sought};
use crate::headless::likeness::SuspectStrokes;
use std::sync::Arc;

impl Session {
    /// What is known of the strokes of the duplicates that were found.
    pub fn strokes_of_suspects(&self) -> Option<&SuspectStrokes> {
        self.suspected.strokes.found().map(|strokes| &**strokes)
    }

    /// Why nothing is known of them.
    pub fn why_no_strokes(&self) -> Option<&str> {
        self.suspected.strokes.why_not()
    }

    /// Begins to compare the strokes of duplicates, near ones at most so far apart, unless they are known or under way; those of another
    /// distance stay until then. They are compared once all records have been read, where there are any.
    pub fn follow_strokes(&mut self, distance: f64) {
        let basis = self.basis();
        let strokes = &mut self.suspected.strokes;
        let Some(suspects) = self.suspected.all.found().map(Arc::clone) else {
            *strokes = Sought::default();
            return;
        };
        let question = (Same::of(&suspects), distance);
        let is_open = strokes.is_open_beside(&question, |(of, _)| *of == question.0);
        if !is_open || !self.dataset.has_records() || !self.columns.is_finished() {
            return;
        }
        let known = strokes.found().map(Arc::clone);
        let (dataset, spans) = (Arc::clone(&self.dataset), Arc::clone(&self.spans));
        let seeking = Seeking::start(&self.jobs, "strokes of duplicates", basis, move |_, progress| {
            SuspectStrokes::of(&dataset, &spans, &suspects, distance, known.as_deref(), progress)
        });
        self.suspected.strokes.begin(question, seeking);
    }
}
