//! What is read of drawings in sight while somebody looks at them: pictures that are seen larger than their cells, in their own size,
//! and strokes.

mod strokes;

use super::Session;
use crate::data::Row;
use crate::data::dataset::OpenError;
use crate::jobs::{Job, JobError, JobNews};
use crate::viewer::near::{self, Decoded};
use crate::viewer::strokes::Read;
use std::sync::Arc;

/// What is being read of the drawings in sight.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    pictures: InSight<Decoded>,
    strokes: InSight<Read>,
}

impl Nearby {
    /// Whether more will come.
    pub(super) fn is_busy(&self) -> bool {
        self.pictures.job.is_some() || self.strokes.job.is_some()
    }
}

/// A job that reads something of some rows in sight.
#[derive(Debug)]
struct InSight<T> {
    job: Option<Job<T, OpenError>>,
    /// Which.
    rows: Vec<Row>,
}

impl<T> Default for InSight<T> {
    fn default() -> Self {
        Self { job: None, rows: Vec::new() }
    }
}

/// What comes of such a job.
enum Came<T> {
    One(T),
    /// Nothing can be read: of none of the rows that it was asked for.
    Failed(OpenError, Vec<Row>),
    Ended,
}

impl<T> InSight<T> {
    /// Whether what is being read is still wanted. Else it is given up, and the next may begin.
    fn goes_on(&mut self, is_wanted: impl Fn(&Row) -> bool) -> bool {
        let goes_on = self.job.is_some() && self.rows.iter().any(is_wanted);
        if !goes_on {
            *self = Self::default();
        }
        goes_on
    }

    /// What came last, one by one; `None` once there is no more for now.
    fn take(&mut self) -> Option<Came<T>> {
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

impl Session {
    /// Begins to decode the pictures in sight that are seen larger than their cells, some at a time; those that are no longer in
    /// sight are given up.
    pub fn follow_nearby(&mut self) {
        if self.scene.near_from_px.is_none() {
            return;
        }
        let mut some = near::wanted(&self.scene, &mut self.renderer);
        if self.nearby.pictures.goes_on(|row| some.iter().any(|(wanted, _)| wanted == row)) || some.is_empty() {
            return;
        }
        some.truncate(near::AT_ONCE);
        let rows = some.iter().map(|(row, _)| *row).collect();
        let (dataset, canvas) = (Arc::clone(&self.dataset), self.renderer.plan().canvas);
        let job = self.jobs.start("near", move |context| {
            near::decode(&dataset, canvas, &some, |decoded| {
                context.check()?;
                Ok(context.publish(decoded.map_err(JobError::Failed)?)?)
            })
        });
        self.nearby.pictures = InSight { job: Some(job), rows };
    }

    /// Takes in pictures that were decoded; answers whether there are any.
    pub fn take_nearby(&mut self) -> bool {
        let mut is_new = false;
        while let Some(came) = self.nearby.pictures.take() {
            is_new = true;
            match came {
                Came::One(decoded) => near::show(&mut self.renderer, &decoded),
                Came::Failed(error, rows) => {
                    self.untold.push(format!("pictures in sight cannot be read in their own size: {error}"));
                    // Not tried again with each frame.
                    for row in rows {
                        self.renderer.near().set_none(row);
                    }
                }
                Came::Ended => {}
            }
        }
        is_new
    }
}
