//! Whether a session's duplicates have the same strokes: their records are read again by a job, once the findings are looked at.

use super::super::Session;
use super::super::seeking::Seeking;
use crate::headless::likeness::{SuspectStrokes, Suspects};
use crate::jobs::JobNews;
use std::sync::Arc;

/// What is known of the strokes of duplicates.
#[derive(Debug, Default)]
pub struct Stroked {
    /// With the suspects that it is of.
    found: Option<(Arc<Suspects>, Arc<SuspectStrokes>)>,
    /// Likewise, with how far apart near ones are at most.
    job: Option<(Arc<Suspects>, f64, Seeking<SuspectStrokes>)>,
    /// Why they are not known, and how far apart near ones were at most.
    failed: Option<(f64, String)>,
}

impl Session {
    /// Nobody looks at them: what is under way is given up, and what went wrong is tried again next time.
    pub(super) fn leave_strokes(&mut self) {
        (self.suspected.strokes.job, self.suspected.strokes.failed) = (None, None);
    }

    /// What is known of the strokes of the duplicates that were found.
    pub fn strokes_of_suspects(&self) -> Option<&SuspectStrokes> {
        let (of, strokes) = self.suspected.strokes.found.as_ref()?;
        let is_theirs = self.suspected.found().is_some_and(|found| Arc::ptr_eq(found, of));
        Some(&**strokes).filter(|_| is_theirs)
    }

    /// Why nothing is known of them.
    pub fn why_no_strokes(&self) -> Option<&str> {
        self.suspected.strokes.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Begins to compare the strokes of duplicates, near ones at most so far apart, unless they are known or under way. They are
    /// compared once all records have been read, where there are any.
    pub fn follow_strokes(&mut self, distance: f64) {
        let Some(suspects) = self.suspected.found().map(Arc::clone) else { return };
        let is_known = self.strokes_of_suspects().is_some_and(|strokes| strokes.distance() == distance);
        let basis = self.basis();
        let strokes = &mut self.suspected.strokes;
        strokes.found.take_if(|(of, _)| !Arc::ptr_eq(of, &suspects));
        strokes.job.take_if(|(of, at_most, _)| *at_most != distance || !Arc::ptr_eq(of, &suspects));
        strokes.failed.take_if(|(of, _)| *of != distance);
        let is_settled = is_known || strokes.job.is_some() || strokes.failed.is_some();
        if is_settled || !self.dataset.has_records() || !self.columns.is_finished() {
            return;
        }
        let known = strokes.found.as_ref().map(|(_, strokes)| Arc::clone(strokes));
        let (dataset, spans, of) = (Arc::clone(&self.dataset), Arc::clone(&self.spans), Arc::clone(&suspects));
        let seeking = Seeking::start(&self.jobs, "strokes of duplicates", basis, move |_, progress| {
            SuspectStrokes::of(&dataset, &spans, &of, distance, known.as_deref(), progress)
        });
        strokes.job = Some((suspects, distance, seeking));
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub fn take_strokes(&mut self) -> bool {
        let (strokes, mut is_new) = (&mut self.suspected.strokes, false);
        while let Some((of, distance, seeking)) = &strokes.job {
            let Some(news) = seeking.poll() else { break };
            is_new = true;
            match news {
                JobNews::Published(found) => strokes.found = Some((Arc::clone(of), Arc::new(found))),
                JobNews::Ended(ended) => {
                    strokes.failed = ended.err().map(|error| (*distance, error.to_string()));
                    strokes.job = None;
                }
            }
        }
        is_new
    }
}
