//! The suspects of a session's drawings: duplicates, blank ones, odd ones. Sought by a job once somebody wants to see them.

use super::Session;
use crate::headless::likeness::{Basis, Compared, Suspects};
use crate::jobs::{Job, JobError, JobNews};
use crate::likeness::LikenessError;
use crate::likeness::duplicates::NearSearch;
use crate::progress::{Cancelled, Watcher};
use std::sync::Arc;

/// How many drawings that are like nothing else are listed.
const ODD: usize = 500;
/// How much of the work it is to compare the drawings with each other.
const COMPARED: f64 = 0.7;

/// What is known of suspects.
#[derive(Debug, Default)]
pub struct Suspected {
    /// With what decided them.
    found: Option<(Basis, Arc<Suspects>)>,
    job: Option<Seeking>,
    /// Why there are none, and in which way that was tried.
    failed: Option<(Basis, String)>,
}

#[derive(Debug)]
struct Seeking {
    job: Job<Suspects, LikenessError>,
    basis: Basis,
    /// What was said last.
    percent: u32,
}

impl Suspected {
    /// Those that were found.
    pub fn found(&self) -> Option<&Arc<Suspects>> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// How far they are on their way, 0 to 1.
    pub fn progress(&self) -> Option<f32> {
        self.job.as_ref().map(|seeking| seeking.job.progress().unwrap_or(0.0))
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
        let (likeness, of) = (Arc::clone(&self.alike.likeness), basis.clone());
        let job = self.jobs.start_long("suspects", move |context| {
            let (is_wanted, tell) = (|| context.check().is_ok(), |part: f64| context.set_progress(part as f32));
            let watcher = Watcher::new(&is_wanted, &tell);
            let progress = watcher.progress();
            let found = Compared::of(&likeness, &of, progress.part(0.0, COMPARED)).and_then(|compared| {
                compared.suspects(NearSearch::default().most_distance, ODD, progress.part(COMPARED, 1.0))
            });
            match found {
                Ok(found) => Ok(context.publish(found)?),
                Err(LikenessError::Cancelled(Cancelled)) => Err(JobError::Cancelled),
                Err(error) => Err(JobError::Failed(error)),
            }
        });
        suspected.job = Some(Seeking { job, basis, percent: 0 });
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub fn take_suspects(&mut self) -> bool {
        let (suspected, mut is_new) = (&mut self.suspected, false);
        while let Some(seeking) = &mut suspected.job {
            let now = (seeking.job.progress().unwrap_or(0.0) * 100.0) as u32;
            is_new |= std::mem::replace(&mut seeking.percent, now) != now;
            let Some(news) = seeking.job.poll() else { break };
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
