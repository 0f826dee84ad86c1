//! The kept rows as a pair of files that opens again, and as a table.

use super::error::{Failure, ShareError, whole};
use super::{Drawings, OnRows, Replayed, npy};
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::ndjson::LineSpan;
use crate::data::table::{TableFormat, write_table};
use crate::data::{Cancel, Row};
use crate::words::counted;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// Rows at a time: records of 5 kB each make 5 MB.
const BLOCK_ROWS: usize = 1024;

/// A bitmap file and a file of records, or one of both.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// Where the drawings go: `.npy`, bytes or bools.
    pub bitmaps: Option<&'a Path>,
    /// Where their records go, a line each.
    pub records: Option<&'a Path>,
    /// What stands in a line that has no record of its own.
    pub columns: &'a Columns,
    /// Records get what is known besides them: the columns of tables, which of several files a drawing is from.
    pub complete: bool,
}

/// What is to be said of records and a replay that were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Rows without a record of their own, for which a line was made of what is known.
    pub made_up: u32,
    /// Rows whose record lacks what tables say of them.
    pub without_table: u32,
    /// Rows whose record does not say which file they are from, where several files were opened.
    pub without_origin: u32,
    /// What became of a replay, where one was asked for.
    pub replayed: Option<Replayed>,
}

impl Told {
    /// What was made up, in words.
    pub fn made_up(&self) -> Option<String> {
        let lines = counted(self.made_up.into(), "row has no record", "rows have no record");
        (self.made_up > 0).then(|| format!("{lines}: a line was made of what is known"))
    }

    /// That records lack what tables say, in words.
    pub fn without_table(&self) -> Option<String> {
        let records = counted(self.without_table.into(), "record stays as it is", "records stay as they are");
        (self.without_table > 0).then(|| format!("{records}, without the columns of tables"))
    }

    /// What records lack, in words.
    pub fn without_origin(&self) -> Option<String> {
        let records = counted(self.without_origin.into(), "record does", "records do");
        let says = || format!("{records} not say which of the files a drawing is from, and stay as they are");
        (self.without_origin > 0).then(says)
    }
}

/// Columns that say which of several files a drawing is from.
const ORIGINS: [&str; 2] = ["category", "source"];

impl Pair<'_> {
    /// Writes both; a name is given to neither before all of both is written.
    pub fn write(&self, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Told, ShareError> {
        let spans = if self.records.is_some() { spans(drawings.dataset, on)? } else { Vec::new() };
        let mut told = Told::default();
        let mut fill = |out: &mut dyn Write, on: OnRows<'_>| self.fill_records(out, drawings, &spans, &mut told, on);
        match (self.bitmaps, self.records) {
            (Some(bitmaps), None) => whole("bitmaps", bitmaps, |out| fill_bitmaps(out, drawings, on))?,
            (None, Some(records)) => whole("records", records, |out| fill(out, on))?,
            (Some(bitmaps), Some(records)) => whole("bitmaps", bitmaps, |out| {
                fill_bitmaps(out, drawings, on)?;
                // Whatever a full disk has to say, it says before the records get their name.
                out.flush()?;
                whole("records", records, |out| fill(out, on)).map_err(Failure::Content)
            })?,
            (None, None) => {}
        }
        Ok(told)
    }

    fn fill_records(
        &self,
        out: &mut dyn Write,
        drawings: Drawings<'_>,
        spans: &[LineSpan],
        told: &mut Told,
        on: OnRows<'_>,
    ) -> Result<(), Failure> {
        let is_several = drawings.dataset.parts().len() > 1;
        let origins = ORIGINS.iter().filter(|name| is_several && self.columns.get(name).is_some());
        let origins: Vec<String> = origins.map(|name| format!("\"{name}\"")).collect();
        let mut done = 0;
        for rows in drawings.rows.chunks(BLOCK_ROWS) {
            for &row in rows {
                let span = spans.get(row as usize).copied().filter(|span| span.len > 0);
                let line = drawings.dataset.record_bytes(Row(row), span)?.filter(|line| !line.is_empty());
                told.made_up += u32::from(line.is_none());
                let line = if self.complete { line.map(|line| self.completed(line, Row(row))) } else { line };
                told.without_table += u32::from(line.is_some() && !self.complete && drawings.dataset.has_tables());
                let lacks =
                    |line: &Vec<u8>| origins.iter().any(|key| memchr::memmem::find(line, key.as_bytes()).is_none());
                told.without_origin += u32::from(line.as_ref().is_some_and(lacks));
                let mut line = line.unwrap_or_else(|| self.line_of(Row(row)));
                // Between values a line end is a blank; within a text it cannot stand.
                for byte in line.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')) {
                    *byte = b' ';
                }
                line.push(b'\n');
                out.write_all(&line)?;
            }
            done += rows.len() as u32;
            if on(done).is_break() {
                return Err(ShareError::Cancelled.into());
            }
        }
        Ok(())
    }

    /// A record with what else is known of its row behind its own fields; as it is where it is no object.
    fn completed(&self, line: Vec<u8>, row: Row) -> Vec<u8> {
        let Ok(own) = serde_json::from_slice::<BTreeMap<&str, &RawValue>>(&line) else { return line };
        let is_more = |name: &str, value: &Value| !value.is_null() && !own.contains_key(name) && !is_within(&own, name);
        let more: Map<String, Value> =
            self.columns.record_json(row).into_iter().filter(|(name, value)| is_more(name, value)).collect();
        let end = line.iter().rposition(|byte| *byte == b'}').filter(|_| !more.is_empty());
        let Some(record) = end.and_then(|end| line.get(..end)) else { return line };
        let more = Value::Object(more).to_string();
        let between = if own.is_empty() { "" } else { "," };
        [record, between.as_bytes(), more.get(1..).unwrap_or_default().as_bytes()].concat()
    }

    /// What is known of a row without a record, such as the category that its file's name says.
    fn line_of(&self, row: Row) -> Vec<u8> {
        let known: Map<String, Value> =
            self.columns.record_json(row).into_iter().filter(|(_, value)| !value.is_null()).collect();
        Value::Object(known).to_string().into_bytes()
    }
}

/// Whether a column is of a field within an object of the record, such as `place.x`.
fn is_within(own: &BTreeMap<&str, &RawValue>, name: &str) -> bool {
    name.match_indices('.').any(|(at, _)| name.get(..at).is_some_and(|outer| own.contains_key(outer)))
}

/// Where each row's record lies; of length 0 where there is none.
pub(super) fn spans(dataset: &Dataset, on: OnRows<'_>) -> Result<Vec<LineSpan>, ShareError> {
    let mut spans = vec![LineSpan::default(); dataset.rows() as usize];
    let mut is_wanted = ControlFlow::Continue(());
    dataset.read_records(&Cancel::new(), &mut |progress| {
        let here = spans.iter_mut().skip(progress.first_row as usize);
        here.zip(progress.spans).for_each(|(to, span)| *to = span);
        is_wanted = on(0);
        is_wanted
    })?;
    if is_wanted.is_break() { Err(ShareError::Cancelled) } else { Ok(spans) }
}

pub(super) fn fill_bitmaps(out: &mut dyn Write, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<(), Failure> {
    let Drawings { dataset, rows } = drawings;
    let (element, channels) = dataset.own_form();
    let shape = npy::shape_of(rows.len(), dataset.height(), dataset.width(), channels);
    out.write_all(&npy::header(npy::descr_of(element), &shape))?;
    let own = |rows: &[u32]| {
        let mut values = dataset.read_own(rows)?;
        dataset.clear_broken(rows.iter().copied(), &mut values);
        Ok(values)
    };
    drawings.blocks_of(BLOCK_ROWS, own, |values: Vec<u8>| Ok(out.write_all(&values)?), on)
}

/// Writes columns of the rows as CSV, as `table` does.
pub fn write_table_of(
    path: &Path,
    columns: &Columns,
    names: &[String],
    rows: &[u32],
    on: OnRows<'_>,
) -> Result<(), ShareError> {
    // The rows come by a shared reference: whoever gives up ends them early, and the file is not kept.
    let (heard, is_wanted) = (RefCell::new(on), Cell::new(true));
    let is_taken = |at: usize| {
        if at.is_multiple_of(BLOCK_ROWS) && (*heard.borrow_mut())(at as u32).is_break() {
            is_wanted.set(false);
        }
        is_wanted.get()
    };
    let taken = rows.iter().enumerate().take_while(|(at, _)| is_taken(*at)).map(|(_, &row)| row);
    whole("table", path, |out| {
        write_table(out, columns, names, taken, TableFormat::Csv)?;
        if is_wanted.get() { Ok(()) } else { Err(ShareError::Cancelled.into()) }
    })
}
