//! A job that reads something of rows in sight, which is given up when they are out of sight.

use crate::data::Row;
use crate::jobs::{Job, JobError, JobNews};

/// What is being read of some rows in sight.
#[derive(Debug)]
pub struct InSight<T, E> {
    job: Option<Job<T, E>>,
    /// Which.
    rows: Vec<Row>,
}

impl<T, E> Default for InSight<T, E> {
    fn default() -> Self {
        Self { job: None, rows: Vec::new() }
    }
}

/// What comes of such a job.
#[derive(Debug)]
pub enum Came<T, E> {
    /// Of one row.
    One(T),
    /// Nothing can be read: of none of the rows that it was asked for.
    Failed(E, Vec<Row>),
    /// No more will come.
    Ended,
}

impl<T, E> InSight<T, E> {
    /// A job that was started for some rows.
    pub fn of(job: Job<T, E>, rows: Vec<Row>) -> Self {
        Self { job: Some(job), rows }
    }

    /// Whether more will come.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Whether what is being read is still wanted. Else it is given up, and the next may begin.
    pub fn goes_on(&mut self, is_wanted: impl Fn(&Row) -> bool) -> bool {
        let goes_on = self.job.is_some() && self.rows.iter().any(is_wanted);
        if !goes_on {
            *self = Self::default();
        }
        goes_on
    }

    /// What came last, one by one; `None` once there is no more for now.
    pub fn take(&mut self) -> Option<Came<T, E>> {
        Some(match self.job.as_ref()?.poll()? {
            JobNews::Published(one) => Came::One(one),
            JobNews::Ended(ended) => {
                let Self { rows, .. } = std::mem::take(self);
                match ended {
                    Err(JobError::Failed(error)) => Came::Failed(error, rows),
                    _ => Came::Ended,
                }
            }
        })
    }
}
