//! What can go wrong with a record file as a whole.

use crate::data::file::{FileError, FileFault};
use std::borrow::Cow;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why records cannot be read. Single bad lines are no errors unless reading is strict: they are counted in
/// [`super::RecordsSummary`].
#[derive(Debug, Error)]
pub enum RecordError {
    /// The file as such cannot be read.
    #[error(transparent)]
    File(FileError),
    /// The system gave no thread to read with.
    #[error("cannot read the records: {source}: {}", path.display())]
    Io {
        /// The record file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The path names something else than a plain file.
    #[error("this is {what}, not a file of records: name an .ndjson file: {}", path.display())]
    NotAFile {
        /// What stands there.
        path: PathBuf,
        /// "a folder", "a named pipe" and so on.
        what: &'static str,
    },
    /// The file holds something else than one JSON object a line.
    #[error("this is {what}, not one JSON object a line; {advice}: {}", path.display())]
    NotRecords {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: &'static str,
        /// What to do about it.
        advice: Cow<'static, str>,
    },
    /// Reading is strict and a line is odd.
    #[error("line {line}: {what} (strict reading accepts no such line): {}", path.display())]
    Strict {
        /// The record file.
        path: PathBuf,
        /// The line's number, from 1.
        line: u64,
        /// What is odd about it.
        what: String,
    },
    /// More lines than rows can be numbered.
    #[error("the file has more than {} lines, the most that can be numbered: split it: {}", u32::MAX - 1, path.display())]
    TooManyLines {
        /// The record file.
        path: PathBuf,
    },
    /// The line that was asked for does not lie in the file.
    #[error("the line at byte {offset} {what}: {}", path.display())]
    BadLine {
        /// The record file.
        path: PathBuf,
        /// Where the line begins.
        offset: u64,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Somebody asked to stop.
    #[error("reading was stopped: {}", path.display())]
    Cancelled {
        /// The record file.
        path: PathBuf,
    },
}

impl RecordError {
    /// Whether the machine would not read the file, whatever it is.
    pub fn is_of_the_machine(&self) -> bool {
        match self {
            Self::File(error) => error.fault.is_of_the_machine(),
            Self::Io { .. } => true,
            _ => false,
        }
    }
}

impl From<FileError> for RecordError {
    fn from(error: FileError) -> Self {
        match error.fault {
            FileFault::NotAFile { kind } => Self::NotAFile { path: error.path, what: kind },
            FileFault::Cancelled => Self::Cancelled { path: error.path },
            _ => Self::File(error),
        }
    }
}
