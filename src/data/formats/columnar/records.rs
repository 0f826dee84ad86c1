//! The other columns of a file as the records of its drawings: read when somebody asks, batch by batch.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{Array, RecordBatch};

use super::container::{Batches, Columnar};
use super::{cells, labels};
use crate::data::columns::{Batch, MAX_TEXT_BYTES};
use crate::data::ndjson::parse_block;
use crate::data::source::{ImageError, OwnRecords};

/// What a value counts in the progress.
const VALUE_BYTES: u64 = 16;
/// The longest record that is read.
const MOST_LINE_BYTES: usize = 16 << 20;

/// Columns of a file.
#[derive(Debug)]
pub(in crate::data) struct Records {
    columnar: Arc<Columnar>,
    /// By their numbers, ascending.
    columns: Vec<usize>,
    /// In this order: names as JSON texts, and the names of labels where a column holds some.
    keys: Vec<(String, Option<Vec<String>>)>,
    /// Where reading row by row has come to.
    cursor: Mutex<Option<Cursor>>,
}

/// What comes next, when rows are read in their order.
#[derive(Debug)]
struct Cursor {
    batches: Batches,
    /// Rows of a batch that have been read and not been asked for.
    rest: Option<RecordBatch>,
    /// The first of these.
    next: u64,
}

impl Records {
    /// Those of a file; `None` where there is no other column.
    pub(super) fn new(columnar: &Arc<Columnar>, columns: Vec<usize>) -> Option<Self> {
        let mut names: HashMap<String, Vec<String>> = labels::of(columnar.schema.metadata());
        let fields = columnar.schema.fields();
        let keys = columns.iter().filter_map(|column| fields.get(*column)).map(|field| {
            let mut key = String::new();
            cells::push_text(&mut key, field.name());
            (key, names.remove(field.name()))
        });
        let keys = keys.collect();
        let columnar = Arc::clone(columnar);
        (!columns.is_empty()).then(|| Self { columnar, columns, keys, cursor: Mutex::default() })
    }

    /// Hands on the fields of some rows, each as the inside of a JSON object; of several rows texts are cut as columns cut them.
    pub(in crate::data) fn fields(&self, rows: Range<u64>, on: &mut dyn FnMut(&str)) -> Result<(), ImageError> {
        // One look at a row leaves the reading of all where it is.
        let is_one = rows.end.saturating_sub(rows.start) <= 1;
        if is_one {
            let batches = self.columnar.read(&self.columns, rows.clone())?;
            return self.go_on(&mut Cursor { batches, rest: None, next: rows.start }, rows.end, usize::MAX, on);
        }
        let mut kept = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        let mut cursor = if let Some(cursor) = kept.take().filter(|cursor| cursor.next == rows.start) {
            cursor
        } else {
            let batches = self.columnar.read(&self.columns, rows.start..self.columnar.rows)?;
            Cursor { batches, rest: None, next: rows.start }
        };
        self.go_on(&mut cursor, rows.end, MAX_TEXT_BYTES, on)?;
        *kept = Some(cursor).filter(|cursor| cursor.next < self.columnar.rows);
        Ok(())
    }

    /// Hands on the rows before `end`, texts cut to so many bytes.
    fn go_on(&self, cursor: &mut Cursor, end: u64, most: usize, on: &mut dyn FnMut(&str)) -> Result<(), ImageError> {
        let mut text = String::new();
        while cursor.next < end {
            let batch = match cursor.rest.take() {
                Some(batch) => batch,
                None => cursor.batches.next()?.ok_or_else(|| self.columnar.fault("it is damaged: rows are missing"))?,
            };
            let taken = (end - cursor.next).min(batch.num_rows() as u64) as usize;
            for row in 0..taken {
                text.clear();
                self.push(&mut text, &batch, row, most);
                on(&text);
            }
            cursor.next += taken as u64;
            let left = batch.num_rows() - taken;
            cursor.rest = (left > 0).then(|| batch.slice(taken, left));
        }
        Ok(())
    }

    /// Appends the fields of a row; what is missing is left out.
    fn push(&self, text: &mut String, batch: &RecordBatch, row: usize, most: usize) {
        for ((key, names), values) in self.keys.iter().zip(batch.columns()) {
            if !cells::is_there(values, row) {
                continue;
            }
            let label = names.as_ref().map(|names| (names, cells::key(values, row)));
            // A label below 0 is none.
            if matches!(label, Some((_, None))) && values.data_type().is_signed_integer() {
                continue;
            }
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(key);
            text.push(':');
            match label.and_then(|(names, key)| names.get(key?)) {
                Some(name) => cells::push_text(text, name),
                None => match cells::text(values, row).filter(|text| text.len() > most) {
                    Some(long) => {
                        let cut = long.get(..long.floor_char_boundary(most)).unwrap_or_default();
                        cells::push_text(text, cut);
                    }
                    None => cells::push(text, values, row),
                },
            }
        }
    }
}

impl OwnRecords for Records {
    fn bytes(&self) -> u64 {
        self.columnar.rows.saturating_mul(self.columns.len() as u64 * VALUE_BYTES)
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        let mut lines = Vec::new();
        self.fields(rows.start.into()..rows.end.into(), &mut |fields| {
            lines.push(b'{');
            lines.extend_from_slice(fields.as_bytes());
            lines.extend_from_slice(b"}\n");
        })?;
        Ok(parse_block(&lines, 0, 0, MOST_LINE_BYTES).batch)
    }

    fn left_out(&self) -> Vec<&str> {
        let fields = self.columnar.schema.fields();
        self.columns.iter().filter_map(|column| Some(fields.get(*column)?.name().as_str())).collect()
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        let mut line = String::new();
        self.fields(row.into()..u64::from(row) + 1, &mut |fields| line = format!("{{{fields}}}"))?;
        Ok(line)
    }
}
