//! Reading the records of all parts as one stream of batches.

use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use super::error::OpenError;
use super::measured_strokes::{self, Measuring};
use super::part::Part;
use super::partner::Partners;
use super::{Dataset, checked, verdict};
use crate::data::Cancel;
use crate::data::columns::Batch;
use crate::data::formats::{columnar, splits};
use crate::data::joined::{Join, JoinError};
use crate::data::ndjson::{LineSpan, ReadOptions, RecordError, RecordFile, RecordsEvent};
use crate::data::report::{LoadReport, Offer};
use crate::data::source::OwnRecords;

/// Rows of a batch that is made here.
const BATCH_ROWS: u32 = 16_384;
/// Rows, spread evenly, whose strokes are held against their bitmaps.
const SAMPLED: usize = 512;

/// The key of strokes in a record.
const STROKES: &str = "drawing";

/// The next records of a data set.
#[derive(Debug)]
pub struct RecordsProgress {
    /// The batch's first row, counted from 0 in what was opened. Batches come in ascending order; rows left out between
    /// two of them have no record.
    pub first_row: u32,
    /// The columns of these rows, with `category` and `source` where they apply.
    pub batch: Batch,
    /// Where each row's line lies in its file, for [`Dataset::record_line`]; empty where there is no file.
    pub spans: Vec<LineSpan>,
    /// Bytes read so far, over all parts.
    pub bytes_done: u64,
    /// Bytes of all parts' records; a demo's are estimated.
    pub bytes_total: u64,
}

/// See [`Dataset::read_records`].
pub(super) fn read(
    dataset: &Dataset,
    cancel: &Cancel,
    on: &mut dyn FnMut(RecordsProgress) -> ControlFlow<()>,
) -> Result<LoadReport, OpenError> {
    let splits = splits_of(dataset);
    let mut reading = Reading {
        dataset,
        cancel,
        on,
        // Names that say a split say no category.
        with_category: dataset.parts.len() > 1 && splits.is_none(),
        with_source: dataset
            .parts
            .iter()
            .any(|part| part.source_form() != dataset.parts.first().and_then(Part::source_form)),
        split: None,
        bytes_before: 0,
        bytes_total: dataset.parts.iter().filter(|part| !open_rows(dataset, part).is_empty()).map(bytes_of).sum(),
        partners: Partners::default(),
        join: Join::new(&dataset.tables, dataset.join.as_deref(), dataset.total_rows, dataset.rows.clone()),
        failed: None,
        report: LoadReport::new(),
    };
    let mut is_whole = true;
    for (number, part) in dataset.parts.iter().enumerate() {
        let lines = open_rows(dataset, part);
        reading.split = splits.as_ref().and_then(|splits| splits.get(number).cloned());
        if !lines.is_empty() && reading.part(part, lines)?.is_break() {
            is_whole = false;
            break;
        }
    }
    if let Some(error) = reading.failed {
        return Err(error.into());
    }
    let mut report = reading.report;
    if is_whole {
        reading.join.say(&mut report)?;
    }
    report.extend(dataset.fates());
    dataset.refuse_if_strict(&report)?;
    Ok(report)
}

/// Which split each part is, where all are files of columns that say so by their names, and in no column.
fn splits_of(dataset: &Dataset) -> Option<Vec<Arc<str>>> {
    let says = |part: &Part| {
        let line = part.own_records().and_then(|records| records.line(0).ok());
        let fields = line.and_then(|line| serde_json::from_str::<serde_json::Map<_, _>>(&line).ok());
        fields.is_some_and(|fields| fields.contains_key(splits::COLUMN))
    };
    let are_columns = dataset.parts.iter().all(|part| columnar::is_form(part.form()));
    let paths: Option<Vec<&Path>> = dataset.parts.iter().map(Part::path).collect();
    let splits = splits::of_files(paths.filter(|_| are_columns)?)?;
    (!dataset.parts.iter().any(says)).then_some(splits)
}

/// The rows of a part that are open, counted in the part.
fn open_rows(dataset: &Dataset, part: &Part) -> Range<u32> {
    let start = dataset.rows.start.clamp(part.first, part.end()) - part.first;
    let end = dataset.rows.end.clamp(part.first, part.end()) - part.first;
    start..end
}

fn bytes_of(part: &Part) -> u64 {
    let of_file = || part.records.as_ref().map_or(0, RecordFile::bytes);
    part.own_records().map_or_else(of_file, OwnRecords::bytes)
}

/// Reading the records of all parts, one after the other.
struct Reading<'a> {
    dataset: &'a Dataset,
    cancel: &'a Cancel,
    on: &'a mut dyn FnMut(RecordsProgress) -> ControlFlow<()>,
    with_category: bool,
    with_source: bool,
    /// Which split the present part is, where names say so.
    split: Option<Arc<str>>,
    bytes_before: u64,
    bytes_total: u64,
    partners: Partners,
    join: Join<'a>,
    /// Why a table could not be joined.
    failed: Option<JoinError>,
    report: LoadReport,
}

impl Reading<'_> {
    fn part(&mut self, part: &Part, lines: Range<u32>) -> Result<ControlFlow<()>, OpenError> {
        let flow = match (part.own_records(), &part.records) {
            (Some(records), _) => {
                let is_measured = self.dataset.stroke_columns && records.hold_strokes();
                self.in_batches(part, lines, |rows| {
                    let mut batch = records.batch(rows.clone())?;
                    if is_measured {
                        batch.beside(measured_strokes::of_own(records, rows, &batch)?);
                    }
                    Ok(batch)
                })?
            }
            (_, Some(records)) => self.file(part, records, lines)?,
            _ => self.gap(part, lines)?,
        };
        self.bytes_before += bytes_of(part);
        Ok(flow)
    }

    fn file(&mut self, part: &Part, records: &RecordFile, lines: Range<u32>) -> Result<ControlFlow<()>, OpenError> {
        // Lines behind a slice are not worth the reading; behind a whole part they tell that the files do not belong together.
        let options =
            ReadOptions { strict: self.dataset.strict, count_rest: lines.end == part.rows(), ..ReadOptions::default() };
        let cancel = self.cancel;
        let mut next = lines.start;
        let pair = checked::Pair::of(part);
        let step = lines.len().div_ceil(SAMPLED).max(1);
        let (mut sampled, mut unread) = (Vec::new(), None);
        let measures = self.dataset.stroke_columns.then(|| {
            let are_all = lines == (0..part.rows());
            Measuring::of(records, &lines, are_all, self.dataset.kept.as_ref())
        });
        let (mut measuring, mut has_strokes) = (measures, false);
        let summary = records.read(lines.clone(), &options, cancel, &mut |event| {
            let RecordsEvent::Batch { first_line, mut batch, spans, bytes_done } = event;
            next = first_line.saturating_add(batch.rows());
            let all = (first_line..).zip(&spans).filter(|(row, span)| row % step as u32 == 0 && span.len > 0);
            sampled.extend(all.map(|(row, span)| (row, *span)));
            has_strokes |= batch.has_nested(STROKES);
            match measuring.as_mut().map(|measuring| measuring.columns(first_line, &spans, &batch)) {
                Some(Ok(more)) => batch.beside(more),
                Some(Err(error)) => {
                    unread = Some(error);
                    return ControlFlow::Break(());
                }
                None => {}
            }
            self.send(part, first_line, batch, spans, bytes_done)
        });
        let summary = summary.map_err(|error| match error {
            RecordError::Cancelled { .. } => OpenError::Cancelled,
            error => error.into(),
        })?;
        if let Some(error) = unread {
            return Err(error);
        }
        if !summary.complete {
            return Ok(ControlFlow::Break(()));
        }
        match measuring {
            Some(measuring) => measuring.end(),
            None if has_strokes => self.report.offer(Offer::StrokeColumns),
            None => {}
        }
        if self.report.is_empty() {
            self.report.info("records joined to drawings by position: record i belongs to row i", None);
        }
        if let Some(pair) = pair {
            pair.say(records, &sampled, &mut self.report);
        }
        let agree = verdict::on_counts(part.rows(), &lines, &summary, records.path(), &mut self.report);
        verdict::on_lines(&summary, records.path(), &mut self.report);
        // Of records behind a slice nobody knows how many there are.
        let is_all = lines.end == part.rows() || summary.lines < lines.end;
        let counted = || if is_all { Some(summary.lines) } else { records.count(cancel).ok() };
        let mut partner = |word: &str| self.partners.of(self.dataset, part, records, counted()?, word);
        verdict::on_words(part.category(), &summary, agree, &mut partner, records.path(), &mut self.report);
        self.gap(part, next.max(lines.start)..lines.end)
    }

    /// Rows without a record: nothing is known of them but what the file's name says.
    fn gap(&mut self, part: &Part, lines: Range<u32>) -> Result<ControlFlow<()>, OpenError> {
        if !self.with_category && !self.with_source && self.split.is_none() && self.join.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.in_batches(part, lines, |rows| Ok(Batch::missing(rows.end - rows.start)))
    }

    fn in_batches(
        &mut self,
        part: &Part,
        lines: Range<u32>,
        make: impl Fn(Range<u32>) -> Result<Batch, OpenError>,
    ) -> Result<ControlFlow<()>, OpenError> {
        let mut start = lines.start;
        while start < lines.end {
            if self.cancel.is_cancelled() {
                return Err(OpenError::Cancelled);
            }
            let end = lines.end.min(start.saturating_add(BATCH_ROWS));
            let done = bytes_of(part) * u64::from(end) / u64::from(part.rows());
            if self.send(part, start, make(start..end)?, Vec::new(), done).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            start = end;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Adds what the part's file name says and passes the batch on; `first_line` and `bytes_done` are the part's own.
    fn send(
        &mut self,
        part: &Part,
        first_line: u32,
        mut batch: Batch,
        spans: Vec<LineSpan>,
        bytes_done: u64,
    ) -> ControlFlow<()> {
        if self.with_category {
            batch.add_fallback("category", Some("word"), part.category());
        }
        if let Some(source) = part.source_form().filter(|_| self.with_source) {
            batch.add_constant("source", source);
        }
        if let Some(split) = &self.split {
            batch.add_constant(splits::COLUMN, split);
        }
        let row = part.first.saturating_add(first_line);
        if let Err(error) = self.join.add(row, &mut batch) {
            self.failed = Some(error);
            return ControlFlow::Break(());
        }
        (self.on)(RecordsProgress {
            first_row: row.saturating_sub(self.dataset.rows.start),
            batch,
            spans,
            bytes_done: self.bytes_before + bytes_done.min(bytes_of(part)),
            bytes_total: self.bytes_total,
        })
    }
}

#[cfg(test)]
impl Dataset {
    /// All records as columns, with what is to be said of them.
    pub(crate) fn columns(&self) -> Result<(crate::data::columns::Columns, LoadReport), OpenError> {
        let mut columns = crate::data::columns::Columns::new();
        let report = self.read_records(&Cancel::new(), &mut |progress| {
            columns.append(progress.first_row, progress.batch);
            ControlFlow::Continue(())
        })?;
        columns.finish(self.rows());
        Ok((columns, report))
    }
}
