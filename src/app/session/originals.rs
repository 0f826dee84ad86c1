//! The picture that a row was made of, decoded in its own size while somebody looks at the row.

use super::Session;
use crate::app::original::Original;
use crate::data::Row;
use crate::data::dataset::OpenError;
use crate::jobs::{Job, JobError, JobNews};
use crate::room;
use std::sync::Arc;

/// The picture of one row: the last that was asked for.
#[derive(Debug, Default)]
pub(super) struct Originals {
    shown: Option<(Row, Arc<Original>)>,
    /// The row that it is sought for, or was without coming to anything.
    asked: Option<Row>,
    job: Option<Job<Original, OpenError>>,
}

impl Session {
    /// The picture that a row was made of, once it has been decoded.
    pub fn original(&self, row: Row) -> Option<&Arc<Original>> {
        self.originals.shown.as_ref().filter(|(shown, _)| *shown == row).map(|(_, original)| original)
    }

    /// Begins to decode the picture that a row was made of, where it was a larger one and there is memory for it.
    pub fn follow_original(&mut self, row: Option<Row>) {
        if self.originals.asked == row {
            return;
        }
        // What another row asked for is given up.
        self.originals = Originals { asked: row, ..Originals::default() };
        let Some((row, from)) = row.and_then(|row| Some((row, self.dataset.reduced_from(row)?))) else { return };
        // Decoded it is there once more for a moment.
        if room::short_of(2 * Original::bytes(from.original)).is_some() {
            self.untold
                .push("the picture is too large for the memory that is left: it is shown as small as it is".to_owned());
            return;
        }
        let dataset = Arc::clone(&self.dataset);
        self.originals.job = Some(self.jobs.start("original", move |context| {
            context.check()?;
            if let Some(picture) = dataset.original(row).map_err(JobError::Failed)? {
                context.check()?;
                context.publish(Original::new(picture))?;
            }
            Ok(())
        }));
    }

    /// Takes in a picture that was decoded; answers whether one was.
    pub fn take_original(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.originals.job.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(original) => {
                    self.originals.shown = self.originals.asked.map(|row| (row, Arc::new(original)));
                    is_new = true;
                }
                JobNews::Ended(ended) => {
                    if let Err(JobError::Failed(error)) = ended {
                        self.untold.push(format!("the picture cannot be read in its own size: {error}"));
                        is_new = true;
                    }
                    self.originals.job = None;
                }
            }
        }
        is_new
    }
}
