//! What is found out by comparing drawings, as jobs that take long: how far they are, and by what they compare.

use crate::headless::likeness::Basis;
use crate::jobs::{Job, JobError, JobNews, Jobs};
use crate::likeness::LikenessError;
use crate::progress::{Cancelled, Progress, Watcher};

/// Something that is being found out.
#[derive(Debug)]
pub(super) struct Seeking<T> {
    job: Job<T, LikenessError>,
    pub basis: Basis,
    /// What was said last.
    percent: u32,
}

impl<T: Send + 'static> Seeking<T> {
    /// Begins.
    pub fn start(
        jobs: &Jobs,
        name: &'static str,
        basis: Basis,
        seek: impl FnOnce(&Basis, Progress<'_>) -> Result<T, LikenessError> + Send + 'static,
    ) -> Self {
        let by = basis.clone();
        let job = jobs.start_long(name, move |context| {
            let (is_wanted, tell) = (|| context.check().is_ok(), |part: f64| context.set_progress(part as f32));
            match seek(&by, Watcher::new(&is_wanted, &tell).progress()) {
                Ok(found) => Ok(context.publish(found)?),
                Err(LikenessError::Cancelled(Cancelled)) => Err(JobError::Cancelled),
                Err(error) => Err(JobError::Failed(error)),
            }
        });
        Self { job, basis, percent: 0 }
    }
}

impl<T> Seeking<T> {
    /// How far it is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.job.progress().unwrap_or(0.0)
    }

    /// Whether it has come to another percent since this was asked last.
    pub fn has_moved(&mut self) -> bool {
        let now = (self.progress() * 100.0) as u32;
        std::mem::replace(&mut self.percent, now) != now
    }

    /// What is new of it.
    pub fn poll(&self) -> Option<JobNews<T, LikenessError>> {
        self.job.poll()
    }
}
