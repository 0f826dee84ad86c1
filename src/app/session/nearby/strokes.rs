//! Drawings in sight that are shown by their strokes: read from their records while somebody looks at them.

use crate::app::session::Session;
use crate::data::Row;
use crate::data::ndjson::LineSpan;
use crate::jobs::JobError;
use crate::viewer::in_sight::{Came, InSight};
use crate::viewer::strokes;
use std::sync::Arc;

impl Session {
    /// Begins to read the strokes of drawings in sight that are shown by these, some at a time; those that are no longer in sight are
    /// given up.
    pub fn follow_ink(&mut self) {
        if !self.scene.settings.strokes {
            self.nearby.strokes = InSight::default();
            return;
        }
        let wanted = strokes::wanted(&self.scene, &mut self.renderer);
        if self.nearby.strokes.goes_on(|row| wanted.contains(row)) {
            return;
        }
        // What has not come yet is read once it has.
        let span = |row: Row| self.spans.get(row.0 as usize).copied().unwrap_or_default();
        let known = wanted.into_iter().filter(|row| self.record_arrived(*row));
        let some: Vec<(Row, LineSpan)> = known.take(strokes::AT_ONCE).map(|row| (row, span(row))).collect();
        if some.is_empty() {
            return;
        }
        let rows = some.iter().map(|(row, _)| *row).collect();
        let (dataset, canvas) = (Arc::clone(&self.dataset), self.renderer.plan().canvas);
        let job = self.jobs.start("strokes", move |context| {
            strokes::read(&dataset, canvas, &some, |read| {
                context.check()?;
                Ok(context.publish(read.map_err(JobError::Failed)?)?)
            })
        });
        self.nearby.strokes = InSight::of(job, rows);
    }

    /// Takes in strokes that were read; answers whether there are any.
    pub fn take_ink(&mut self) -> bool {
        let mut is_new = false;
        while let Some(came) = self.nearby.strokes.take() {
            is_new = true;
            match came {
                Came::One((row, strokes)) => self.renderer.strokes().set(row, strokes),
                Came::Failed(error, rows) => {
                    self.untold.push(format!("strokes of drawings in sight cannot be read: {error}"));
                    for row in rows {
                        self.renderer.strokes().set(row, None);
                    }
                }
                Came::Ended => {
                    let shown = self.renderer.shown_in_strokes(&self.scene.in_strokes());
                    if shown == 0 && strokes::wanted(&self.scene, &mut self.renderer).is_empty() {
                        self.untold.push(strokes::NONE.to_owned());
                    }
                }
            }
        }
        is_new
    }
}
