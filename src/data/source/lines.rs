//! Records that were made while drawings were read from front to back, kept as lines of JSON.

use std::ops::Range;
use std::path::Path;

use super::error::ImageError;
use super::records::OwnRecords;
use crate::data::columns::Batch;
use crate::data::file::{FileError, Making, PlainFile, Spool};
use crate::data::ndjson::parse_block;

/// The longest line that is read.
const MOST_LINE_BYTES: usize = 16 << 20;

/// Records of drawings, a line of JSON for each.
#[derive(Debug)]
pub(in crate::data) struct RecordLines {
    file: PlainFile,
    /// One past the last byte of each line, its end included.
    ends: Vec<u64>,
}

impl RecordLines {
    /// How many there are.
    pub(in crate::data) fn rows(&self) -> u64 {
        self.ends.len() as u64
    }

    /// The text of some lines.
    fn text(&self, rows: Range<u32>) -> Result<Vec<u8>, ImageError> {
        let end_of = |row: u32| row.checked_sub(1).and_then(|row| self.ends.get(row as usize)).copied().unwrap_or(0);
        let (start, end) = (end_of(rows.start), end_of(rows.end.min(self.ends.len() as u32)));
        let mut text = vec![0; end.saturating_sub(start) as usize];
        self.file.read_exact_at(&mut text, start)?;
        Ok(text)
    }
}

impl OwnRecords for RecordLines {
    fn bytes(&self) -> u64 {
        self.file.len()
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        Ok(parse_block(&self.text(rows)?, 0, 0, MOST_LINE_BYTES).batch)
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        let text = self.text(row..row.saturating_add(1))?;
        Ok(String::from_utf8_lossy(&text).trim_end().to_owned())
    }

    fn path(&self) -> Option<&Path> {
        None
    }
}

/// Records on their way into a temporary file.
pub(in crate::data) struct LinesMaking<'a> {
    making: Making<'a>,
    ends: Vec<u64>,
}

impl<'a> LinesMaking<'a> {
    /// Begins; what else is to be kept in `spool` waits until this is finished.
    pub(in crate::data) fn begin(file: &'a PlainFile, spool: &'a Spool) -> Result<Self, FileError> {
        Ok(Self { making: Making::begin(file, spool)?, ends: Vec::new() })
    }

    /// Adds the record of the next drawing: a JSON object without line ends in its texts; those between its values become blanks.
    pub(in crate::data) fn push(&mut self, object: &str) -> Result<(), FileError> {
        let line = object.replace(['\n', '\r'], " ") + "\n";
        self.making.write(line.as_bytes())?;
        self.ends.push(self.making.written());
        Ok(())
    }

    /// The records.
    pub(in crate::data) fn finish(self) -> Result<RecordLines, FileError> {
        Ok(RecordLines { file: self.making.finish("its records")?, ends: self.ends })
    }
}
