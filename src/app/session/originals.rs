//! The picture that a row was made of, decoded in its own size while somebody looks at the row.

use super::Session;
use crate::app::original::{Mark, Original};
use crate::data::Row;
use crate::data::columns::Value;
use crate::data::dataset::OpenError;
use crate::data::source::ReducedFrom;
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

/// What tables mark in the picture of a row, once that is known.
#[derive(Debug, Default)]
pub(super) struct Marks {
    of: Option<Row>,
    marks: Vec<Mark>,
}

impl Session {
    /// The picture that a row was made of, once it has been decoded.
    pub fn original(&self, row: Row) -> Option<&Arc<Original>> {
        self.originals.shown.as_ref().filter(|(shown, _)| *shown == row).map(|(_, original)| original)
    }

    /// What is marked in the picture of the row that was followed last.
    pub fn marks(&self) -> &[Mark] {
        &self.marks.marks
    }

    /// Finds what tables mark in the picture of a row, once its record has been read.
    pub fn follow_marks(&mut self, row: Option<Row>) {
        if self.marks.of == row || !self.dataset.has_boxes() {
            return;
        }
        self.marks = Marks::default();
        let Some(row) = row else { return };
        let Some(name) = self.columns.get("file_name").map(|names| names.text(row)).filter(|name| !name.is_empty())
        else {
            return;
        };
        // Where the picture lies in its drawing: in the middle.
        let drawing = [self.dataset.width(), self.dataset.height()];
        let shown = match self.dataset.reduced_from(row) {
            Some(ReducedFrom { shown: (height, width), .. }) => [width, height],
            None => self.size_of(row).unwrap_or(drawing),
        };
        let marks = self.dataset.boxes(row, &name).into_iter().map(|marked| Mark::of(marked, shown, drawing)).collect();
        self.marks = Marks { of: Some(row), marks };
    }

    /// Width and height of the picture of a row by its record.
    fn size_of(&self, row: Row) -> Option<[u32; 2]> {
        let side = |name: &str| match self.columns.get(name)?.value(row) {
            Value::Number(pixels) => Some(pixels as u32),
            _ => None,
        };
        Some([side("width_px")?, side("height_px")?])
    }

    /// Begins to decode the picture that a row was made of, where it has another size than its drawing, or other values, and there is
    /// memory for it.
    pub fn follow_original(&mut self, row: Option<Row>) {
        if self.originals.asked == row {
            return;
        }
        // What another row asked for is given up.
        self.originals = Originals { asked: row, ..Originals::default() };
        let Some((row, size)) = row.and_then(|row| Some((row, self.dataset.own_size(row)?))) else { return };
        // Decoded it is there once more for a moment, and so are its own values, which may be wider.
        if room::short_of(4 * Original::bytes(size)).is_some() {
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
