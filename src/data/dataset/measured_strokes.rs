//! `--stroke-columns`: columns of what the strokes of records say.

mod kept;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rayon::prelude::*;

use super::Dataset;
use super::error::OpenError;
use super::part::Part;
use crate::data::columns::{Batch, BatchBuilder, Value, time};
use crate::data::ndjson::{DrawingReader, LineSpan, RecordFile};
use crate::data::source::OwnRecords;
use crate::data::strokes::Measures;
use crate::kept::Folder;
use kept::{Entry, Keeping, Kept, Numbers};

/// The hour of the day in which a drawing was made, UTC.
const HOUR: &str = "drawing.hour_utc";
/// The column of its time, where there are several of times.
const TIMESTAMP: &str = "timestamp";
const HOUR_US: i64 = 3_600_000_000;
/// Records that one thread reads in one go.
const AT_ONCE: usize = 64;

/// Measures the strokes of the records of a file, batch by batch, or takes what was kept of them.
#[derive(Debug)]
pub(super) struct Measuring<'a> {
    records: &'a RecordFile,
    kept: Option<Kept>,
    keeping: Option<Keeping>,
    /// The column of times that hours are of, once there was one.
    timed_by: Option<String>,
}

impl<'a> Measuring<'a> {
    /// Of these lines, of which `are_all` says whether they are all that there are. What is measured is kept in `folder`.
    pub(super) fn of(records: &'a RecordFile, lines: &Range<u32>, are_all: bool, folder: Option<&Folder>) -> Self {
        let entry = folder.and_then(|folder| Entry::of(folder, records.plain()));
        let kept = entry.as_ref().and_then(Entry::open);
        let keeping = entry.filter(|_| are_all && kept.is_none());
        let keeping = keeping.and_then(|entry| Keeping::begin(entry, lines.end));
        Self { records, kept, keeping, timed_by: None }
    }

    /// The columns of the next batch of records. A record without strokes, or with broken ones, has no values.
    pub(super) fn columns(&mut self, first_line: u32, spans: &[LineSpan], batch: &Batch) -> Result<Batch, OpenError> {
        let kept = self.kept.as_mut().and_then(|kept| kept.rows(first_line, spans.len()));
        let numbers = if let Some(kept) = kept {
            kept
        } else {
            // It holds fewer rows, or is damaged.
            self.kept = None;
            self.measured(spans)?
        };
        self.keeping = self.keeping.take().and_then(|keeping| keeping.put(&numbers));
        if self.timed_by.is_none() {
            self.timed_by = timed_by(batch);
        }
        Ok(columns_of(&numbers, self.timed_by.as_deref(), batch))
    }

    /// Keeps what was measured: all lines were read.
    pub(super) fn end(self) {
        if let Some(keeping) = self.keeping {
            keeping.end();
        }
    }

    /// The numbers of records whose lines are read once more.
    fn measured(&self, spans: &[LineSpan]) -> Result<Vec<Numbers>, OpenError> {
        measured(spans.len(), |row| match spans.get(row) {
            Some(span) if span.len > 0 => Ok(self.records.line_bytes(*span)?),
            _ => Ok(Vec::new()),
        })
    }
}

/// The columns of records that drawings bring along.
pub(super) fn of_own(records: &dyn OwnRecords, rows: Range<u32>, batch: &Batch) -> Result<Batch, OpenError> {
    let line = |row: usize| Ok(records.line(rows.start.saturating_add(row as u32))?.into_bytes());
    Ok(columns_of(&measured(rows.len(), line)?, timed_by(batch).as_deref(), batch))
}

/// Measures records by their lines.
fn measured(rows: usize, line: impl Fn(usize) -> Result<Vec<u8>, OpenError> + Sync) -> Result<Vec<Numbers>, OpenError> {
    let measure = |reader: &mut DrawingReader, row: usize| {
        // What is wrong with a line is said where it is read as a record, or rendered.
        let measures = reader.read(&line(row)?).ok().flatten().map(Measures::of);
        let values = measures.map(|measures| measures.values()).unwrap_or_default();
        Ok(values.map(|value| value.unwrap_or(f64::NAN)))
    };
    (0..rows).into_par_iter().with_min_len(AT_ONCE).map_init(DrawingReader::default, measure).collect()
}

/// The columns of the records of a batch, of which the column `timed_by` says when they were made.
fn columns_of(numbers: &[Numbers], timed_by: Option<&str>, batch: &Batch) -> Batch {
    let times = timed_by.and_then(|name| batch.texts(name));
    let mut builder = BatchBuilder::new();
    for (row, numbers) in numbers.iter().enumerate() {
        builder.push_row();
        // A column of which no record has a value, as of times in simplified strokes, is none.
        for (name, number) in Measures::NAMES.iter().zip(numbers).filter(|(_, number)| !number.is_nan()) {
            builder.set(name, Value::Number(*number));
        }
        let text = times.as_ref().and_then(|times| times.get(row)?.as_deref());
        if let Some(us) = text.and_then(time::parse) {
            builder.set(HOUR, Value::Number(us.div_euclid(HOUR_US).rem_euclid(24) as f64));
        }
    }
    builder.finish()
}

/// The column of times that hours are of: `timestamp`, or the only one.
fn timed_by(batch: &Batch) -> Option<String> {
    let mut timed = batch.timed();
    let first = timed.next()?;
    let is_only = timed.next().is_none();
    let chosen = if is_only { Some(first) } else { batch.timed().find(|name| *name == TIMESTAMP) };
    chosen.map(str::to_owned)
}

impl Dataset {
    /// Whether drawings bring strokes along of which no columns are made.
    pub fn brings_unmeasured_strokes(&self) -> bool {
        !self.stroke_columns && self.parts.iter().filter_map(Part::own_records).any(OwnRecords::hold_strokes)
    }
}
