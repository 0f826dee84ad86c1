//! Drawings in sight that are shown by their strokes: read from their records while somebody looks at them.

use crate::app::session::Session;
use crate::data::Row;
use crate::data::ndjson::LineSpan;
use crate::jobs::{Job, JobNews};
use crate::viewer::strokes::{self, Read};
use std::convert::Infallible;
use std::sync::Arc;

/// The strokes that are being read.
#[derive(Debug, Default)]
pub(super) struct StrokesInSight {
    job: Option<Job<Read, Infallible>>,
    /// Whose.
    rows: Vec<Row>,
}

impl StrokesInSight {
    /// Whether more will come.
    pub(super) fn is_busy(&self) -> bool {
        self.job.is_some()
    }
}

impl Session {
    /// Begins to read the strokes of drawings in sight that are shown by these, some at a time; those that are no longer in sight are
    /// given up.
    pub fn follow_ink(&mut self) {
        if !self.scene.settings.strokes {
            self.nearby.strokes = StrokesInSight::default();
            return;
        }
        let wanted = strokes::wanted(&self.scene, &mut self.renderer);
        if self.nearby.strokes.job.is_some() && self.nearby.strokes.rows.iter().any(|row| wanted.contains(row)) {
            return;
        }
        // What has not come yet is read once it has.
        let span = |row: Row| self.spans.get(row.0 as usize).copied().unwrap_or_default();
        let known = wanted.into_iter().filter(|row| self.record_arrived(*row));
        let some: Vec<(Row, LineSpan)> = known.take(strokes::AT_ONCE).map(|row| (row, span(row))).collect();
        self.nearby.strokes = StrokesInSight { job: None, rows: some.iter().map(|(row, _)| *row).collect() };
        if some.is_empty() {
            return;
        }
        let (dataset, canvas) = (Arc::clone(&self.dataset), self.renderer.plan().canvas);
        self.nearby.strokes.job = Some(self.jobs.start("strokes", move |context| {
            strokes::read(&dataset, canvas, &some, |read| {
                context.check()?;
                Ok(context.publish(read)?)
            })
        }));
    }

    /// Takes in strokes that were read; answers whether there are any.
    pub fn take_ink(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.nearby.strokes.job.as_ref().and_then(Job::poll) {
            is_new = true;
            match news {
                JobNews::Published((row, strokes)) => self.renderer.strokes().set(row, strokes),
                JobNews::Ended(_) => self.nearby.strokes = StrokesInSight::default(),
            }
        }
        is_new
    }
}
