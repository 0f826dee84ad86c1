//! The suspects of a session's drawings: duplicates, blank ones, odd ones. Sought by a job once somebody wants to see them.

mod across;
mod strokes;

use super::Session;
use super::seeking::Seeking;
use crate::headless::likeness::{Basis, Compared, Suspects};
use crate::jobs::JobNews;
use crate::likeness::duplicates::NearSearch;
use across::Across;
use std::sync::Arc;
use strokes::Stroked;

/// How many drawings that are like nothing else are listed.
const ODD: usize = 500;
/// How much of the work it is to compare the drawings with each other.
const COMPARED: f64 = 0.7;

/// What is known of suspects.
#[derive(Debug, Default)]
pub struct Suspected {
    /// With what decided them.
    found: Option<(Basis, Arc<Suspects>)>,
    job: Option<Seeking<Suspects>>,
    /// Why there are none, and in which way that was tried.
    failed: Option<(Basis, String)>,
    /// Whether duplicates have the same strokes.
    strokes: Stroked,
    /// What stands on both sides of a column.
    across: Across,
}

impl Suspected {
    /// Those that were found.
    pub fn found(&self) -> Option<&Arc<Suspects>> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// How far they are on their way, 0 to 1.
    pub fn progress(&self) -> Option<f32> {
        self.job.as_ref().map(Seeking::progress)
    }

    /// Why there are none.
    pub fn why_not(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, why)| why.as_str())
    }
}

impl Session {
    /// What is known of suspects.
    pub fn suspected(&self) -> &Suspected {
        &self.suspected
    }

    /// Nobody looks at them: what is under way is given up, and what went wrong is tried again next time.
    pub fn leave_suspects(&mut self) {
        (self.suspected.job, self.suspected.failed) = (None, None);
        self.leave_strokes();
        self.leave_across();
    }

    /// Begins to seek them, unless they are known or under way.
    pub fn follow_suspects(&mut self) {
        let (basis, suspected) = (self.basis(), &mut self.suspected);
        suspected.found.take_if(|(of, _)| *of != basis);
        suspected.failed.take_if(|(of, _)| *of != basis);
        suspected.job.take_if(|seeking| seeking.basis != basis);
        let is_settled = suspected.found.is_some() || suspected.job.is_some() || suspected.failed.is_some();
        if is_settled || !self.drawings_ended || self.drawings_failed {
            return;
        }
        let likeness = Arc::clone(&self.alike.likeness);
        suspected.job = Some(Seeking::start(&self.jobs, "suspects", basis, move |by, progress| {
            let compared = Compared::of(&likeness, by, progress.part(0.0, COMPARED))?;
            compared.suspects(NearSearch::default().most_distance, ODD, progress.part(COMPARED, 1.0))
        }));
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub fn take_suspects(&mut self) -> bool {
        let (suspected, mut is_new) = (&mut self.suspected, false);
        while let Some(seeking) = &mut suspected.job {
            is_new |= seeking.has_moved();
            let Some(news) = seeking.poll() else { break };
            is_new = true;
            let basis = seeking.basis.clone();
            match news {
                JobNews::Published(found) => suspected.found = Some((basis, Arc::new(found))),
                JobNews::Ended(ended) => {
                    suspected.job = None;
                    suspected.failed = ended.err().map(|error| (basis, error.to_string()));
                }
            }
        }
        is_new
    }
}
