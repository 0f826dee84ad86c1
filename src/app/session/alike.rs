//! What looks like the drawing in the inspector: all drawings are compared once, by a job; then another one finds the nearest.

mod codes;

use super::Session;
use crate::app::ui::AlikeModel;
use crate::data::Row;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::jobs::{Job, JobError, JobNews};
use crate::likeness::LikenessError;
use crate::likeness::query::{Of, nearest};
use crate::progress::{Cancelled, Watcher};
pub(super) use codes::Likeness;
use std::sync::Arc;

/// How many are shown.
const SHOWN: usize = 12;

/// What looks like a drawing, as far as that is known.
#[derive(Debug)]
pub struct Alike {
    pub(super) likeness: Arc<Likeness>,
    /// The job that compares all drawings, and the percents that it has come to.
    comparing: Option<(Job<(), LikenessError>, u32)>,
    /// Why they cannot be compared, and how values had become ink.
    failed: Option<(ValueMap, String)>,
    /// The row whose nearest are known or looked for, and how values became ink.
    of: Option<(Row, ValueMap)>,
    finding: Option<Job<Vec<u32>, LikenessError>>,
    rows: Option<Vec<u32>>,
}

impl Alike {
    pub(super) fn new(dataset: &Arc<Dataset>) -> Self {
        let likeness = Arc::new(Likeness::new(dataset));
        Self { likeness, comparing: None, failed: None, of: None, finding: None, rows: None }
    }
}

impl Session {
    /// What looks like the drawing that was asked for last.
    pub fn alike(&self) -> AlikeModel<'_> {
        let Alike { comparing, failed, rows, .. } = &self.alike;
        match (failed, rows, comparing) {
            (Some((_, why)), ..) => AlikeModel::Failed(why),
            (None, Some(rows), _) => AlikeModel::Rows(rows),
            (None, None, Some((job, _))) => AlikeModel::Comparing(job.progress().unwrap_or(0.0)),
            (None, None, None) => AlikeModel::Unknown,
        }
    }

    /// Begins to find out what looks like a drawing, unless that is known or under way.
    pub fn follow_alike(&mut self, row: Row) {
        let (values, alike) = (self.values, &mut self.alike);
        if !self.drawings_ended || self.drawings_failed {
            return;
        }
        alike.failed.take_if(|(known, _)| *known != values);
        let Some(codes) = alike.likeness.known(values) else {
            (alike.of, alike.rows, alike.finding) = (None, None, None);
            if alike.comparing.is_none() && alike.failed.is_none() {
                let likeness = Arc::clone(&alike.likeness);
                let job = self.jobs.start("comparing", move |context| {
                    let (is_wanted, tell) = (|| context.check().is_ok(), |part: f64| context.set_progress(part as f32));
                    let made = likeness.codes(values, Watcher::new(&is_wanted, &tell).progress());
                    made.map(drop).map_err(|error| match error {
                        LikenessError::Cancelled(Cancelled) => JobError::Cancelled,
                        error => JobError::Failed(error),
                    })
                });
                alike.comparing = Some((job, 0));
            }
            return;
        };
        if alike.of == Some((row, values)) {
            return;
        }
        alike.of = Some((row, values));
        // Until the new ones are there the former are better than a gap: they come within a frame or two.
        alike.finding = Some(self.jobs.start("look-alikes", move |context| {
            let found = nearest(&codes.codes, Of::Row(row.0), SHOWN);
            Ok(context.publish(found.into_iter().map(|found| found.row).collect())?)
        }));
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_alike(&mut self) -> bool {
        let (values, alike) = (self.values, &mut self.alike);
        let mut is_new = false;
        if let Some((job, told)) = &mut alike.comparing {
            let percent = (job.progress().unwrap_or(0.0) * 100.0) as u32;
            is_new |= std::mem::replace(told, percent) != percent;
            if let Some(JobNews::Ended(ended)) = job.poll() {
                if let Err(error) = ended {
                    alike.failed = Some((values, error.to_string()));
                }
                alike.comparing = None;
                is_new = true;
            }
        }
        while let Some(news) = alike.finding.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(rows) => alike.rows = Some(rows),
                JobNews::Ended(_) => alike.finding = None,
            }
            is_new = true;
        }
        is_new
    }
}
