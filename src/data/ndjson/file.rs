//! An opened record file: what it is, whether it is still the same, and single lines of it.

use super::error::RecordError;
use super::sniff;
use crate::data::fate;
use std::fs::{self, File, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

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
    pub(super) path: PathBuf,
    file: File,
    bytes: u64,
    modified: Option<SystemTime>,
}

impl RecordFile {
    /// Opens a file after making sure that it is a plain file which does not begin like something else (a bitmap
    /// file, a web page, a JSON array and so on). Reads at most 4 KiB; never waits on a pipe or a device.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        let io = |source| RecordError::Io { path: path.to_owned(), source };
        let check = |metadata: &Metadata| match not_a_file(metadata.file_type()) {
            Some(what) => Err(RecordError::NotAFile { path: path.to_owned(), what }),
            None => Ok(()),
        };
        check(&fs::metadata(path).map_err(io)?)?;
        let file = File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        check(&metadata)?;
        let records = Self { path: path.to_owned(), file, bytes: metadata.len(), modified: metadata.modified().ok() };
        let mut head = vec![0; sniff::SNIFFED];
        let read = records.read_at(&mut head, 0)?;
        head.truncate(read);
        match sniff::not_records(&head) {
            Some((what, advice)) => Err(RecordError::NotRecords { path: path.to_owned(), what, advice }),
            None => Ok(records),
        }
    }

    /// The path it was opened by.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its length in bytes when it was opened.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The text of one line, read from the file after making sure that its length and time stamp are unchanged.
    /// `span` is what reading gave for the row; a blank line is an empty text.
    pub fn line(&self, span: LineSpan) -> Result<String, RecordError> {
        self.check_unchanged()?;
        let bad = |what| RecordError::BadLine { path: self.path.clone(), offset: span.offset, what };
        let inside = span.offset.checked_add(u64::from(span.len)).is_some_and(|end| end <= self.bytes);
        if !inside {
            return Err(bad("lies beyond the end of the file"));
        }
        let mut line = vec![0; span.len as usize];
        if self.read_at(&mut line, span.offset)? < line.len() {
            return Err(self.changed());
        }
        String::from_utf8(line).map_err(|_| bad("is not UTF-8"))
    }

    /// Fails when the file's length or time stamp is not what it was.
    pub(super) fn check_unchanged(&self) -> Result<(), RecordError> {
        let metadata = self.file.metadata().map_err(|source| self.io(source))?;
        if metadata.len() == self.bytes && metadata.modified().ok() == self.modified {
            return Ok(());
        }
        Err(self.changed())
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    pub fn fate(&self) -> Option<String> {
        fate::of(&self.path, &self.file, self.bytes, self.modified)
    }

    pub(super) fn changed(&self) -> RecordError {
        let now = self.file.metadata().map_or(0, |metadata| metadata.len());
        RecordError::Changed { path: self.path.clone(), was: self.bytes, now }
    }

    pub(super) fn io(&self, source: io::Error) -> RecordError {
        RecordError::Io { path: self.path.clone(), source }
    }

    /// Reads from `offset` until `out` is full or the file ends; the number of bytes read.
    pub(super) fn read_at(&self, out: &mut [u8], offset: u64) -> Result<usize, RecordError> {
        let mut done = 0;
        while let Some(rest) = out.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match read_some_at(&self.file, rest, offset + done as u64) {
                Ok(0) => break,
                Ok(read) => done += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.io(error)),
            }
        }
        Ok(done)
    }
}

#[cfg(unix)]
fn read_some_at(file: &File, out: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, out, offset)
}

#[cfg(windows)]
fn read_some_at(file: &File, out: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, out, offset)
}

/// What a path names when it is no plain file.
fn not_a_file(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    Some(if kind.is_dir() { "a folder" } else { "no plain file" })
}
