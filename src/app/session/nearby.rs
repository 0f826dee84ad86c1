//! Pictures in sight that are seen larger than their cells: decoded in their own size while somebody looks at them. Strokes of drawings
//! there.

mod strokes;

use super::Session;
use crate::data::Row;
use crate::data::dataset::OpenError;
use crate::jobs::{Job, JobError, JobNews};
use crate::viewer::near::{self, Decoded};
use std::sync::Arc;
use strokes::StrokesInSight;

/// What is being read of the drawings in sight.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    pictures: PicturesInSight,
    strokes: StrokesInSight,
}

impl Nearby {
    /// Whether more will come.
    pub(super) fn is_busy(&self) -> bool {
        self.pictures.job.is_some() || self.strokes.is_busy()
    }
}

/// The pictures that are being decoded.
#[derive(Debug, Default)]
struct PicturesInSight {
    job: Option<Job<Decoded, OpenError>>,
    /// Which.
    rows: Vec<u32>,
}

impl Session {
    /// Begins to decode the pictures in sight that are seen larger than their cells, some at a time; those that are no longer in
    /// sight are given up.
    pub fn follow_nearby(&mut self) {
        if self.scene.near_from_px.is_none() {
            return;
        }
        let wanted = near::wanted(&self.scene, &mut self.renderer);
        let is_wanted = |row: &u32| wanted.iter().any(|(wanted, _)| wanted.0 == *row);
        if self.nearby.pictures.job.is_some() && self.nearby.pictures.rows.iter().any(is_wanted) {
            return;
        }
        let some = wanted.get(..near::AT_ONCE.min(wanted.len())).unwrap_or_default().to_vec();
        self.nearby.pictures = PicturesInSight { job: None, rows: some.iter().map(|(row, _)| row.0).collect() };
        if some.is_empty() {
            return;
        }
        let (dataset, canvas) = (Arc::clone(&self.dataset), self.renderer.plan().canvas);
        self.nearby.pictures.job = Some(self.jobs.start("near", move |context| {
            near::decode(&dataset, canvas, &some, |decoded| {
                context.check()?;
                Ok(context.publish(decoded.map_err(JobError::Failed)?)?)
            })
        }));
    }

    /// Takes in pictures that were decoded; answers whether there are any.
    pub fn take_nearby(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.nearby.pictures.job.as_ref().and_then(Job::poll) {
            is_new = true;
            match news {
                JobNews::Published(decoded) => near::show(&mut self.renderer, &decoded),
                JobNews::Ended(ended) => {
                    if let Err(JobError::Failed(error)) = ended {
                        self.untold.push(format!("pictures in sight cannot be read in their own size: {error}"));
                        // Not tried again with each frame.
                        let rows = std::mem::take(&mut self.nearby.pictures.rows);
                        for row in rows {
                            self.renderer.near().set_none(Row(row));
                        }
                    }
                    self.nearby.pictures = PicturesInSight::default();
                }
            }
        }
        is_new
    }
}
