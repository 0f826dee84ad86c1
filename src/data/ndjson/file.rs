//! An opened record file: what it is, whether it is still the same, and single lines of it.

use super::error::RecordError;
use super::form::Form;
use super::sniff;
use crate::data::file::{PlainFile, Spool};
use std::io;
use std::path::Path;

/// Where a record's line lies in its file, without line end; `len` 0 for blank lines and lines too long to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineSpan {
    /// Bytes before it.
    pub offset: u64,
    /// Its bytes.
    pub len: u32,
}

/// An opened file of records, one JSON object a line. Reading takes `&self` and is safe from several threads.
#[derive(Debug)]
pub struct RecordFile {
    pub(super) file: PlainFile,
    pub(super) form: Form,
}

impl RecordFile {
    /// Opens a file after making sure that it is a plain file which does not begin like something else (a bitmap
    /// file, a web page, a JSON array and so on). Reads at most 64 KiB, and gzip data to its end; never waits on a pipe or a
    /// device.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        Self::of(PlainFile::open(path, &Spool::default(), &may_be)?)
    }

    /// The same of a file that is open already.
    pub fn of(file: PlainFile) -> Result<Self, RecordError> {
        let mut head = vec![0; sniff::SNIFFED];
        let read = file.read_up_to_at(&mut head, 0)?;
        head.truncate(read);
        if let Some((what, advice)) = sniff::not_records(&head) {
            return Err(RecordError::NotRecords { path: file.path().to_owned(), what, advice });
        }
        Ok(Self { file, form: Form::of(&head) })
    }

    /// The path it was opened by.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file as such.
    pub(in crate::data) fn plain(&self) -> &PlainFile {
        &self.file
    }

    /// Its length in bytes when it was opened.
    pub fn bytes(&self) -> u64 {
        self.file.len()
    }

    /// The text of one line, read from the file after making sure that its length and time stamp are unchanged.
    /// `span` is what reading gave for the row: the record alone, byte for byte, but U+FFFD where it is not UTF-8. A blank
    /// line is an empty text.
    pub fn line(&self, span: LineSpan) -> Result<String, RecordError> {
        let line = self.line_bytes(span)?;
        Ok(String::from_utf8(line).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// The same as bytes, whatever they are.
    pub fn line_bytes(&self, span: LineSpan) -> Result<Vec<u8>, RecordError> {
        self.check_unchanged()?;
        let bad = |what| RecordError::BadLine { path: self.path().to_owned(), offset: span.offset, what };
        let inside = span.offset.checked_add(u64::from(span.len)).is_some_and(|end| end <= self.bytes());
        if !inside {
            return Err(bad("lies beyond the end of the file"));
        }
        let mut line = vec![0; span.len as usize];
        if self.read_at(&mut line, span.offset)? < line.len() {
            return Err(self.changed());
        }
        Ok(line)
    }

    /// Fails when the file's length or time stamp is not what it was.
    pub(super) fn check_unchanged(&self) -> Result<(), RecordError> {
        Ok(self.file.check_unchanged()?)
    }

    /// What was done to read it, where that costs something: for the load report.
    pub fn note(&self) -> Option<&str> {
        self.file.note()
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    pub fn fate(&self) -> Option<String> {
        self.file.fate()
    }

    /// The error of a file that is not what it was.
    pub fn changed(&self) -> RecordError {
        self.file.has_changed().into()
    }

    pub(super) fn io(&self, source: io::Error) -> RecordError {
        RecordError::Io { path: self.path().to_owned(), source }
    }

    /// Reads from `offset` until `out` is full or the file ends; the number of bytes read.
    pub(super) fn read_at(&self, out: &mut [u8], offset: u64) -> Result<usize, RecordError> {
        Ok(self.file.read_up_to_at(out, offset)?)
    }
}

/// Whether a file that begins with `head` may be opened: nothing large is unpacked only to be refused.
pub fn may_be(head: &[u8]) -> bool {
    sniff::not_records(head.get(..sniff::SNIFFED).unwrap_or(head)).is_none()
}
