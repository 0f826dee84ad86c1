//! What can be wrong with a file as such, whatever it holds, and whose fault that is.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::spool::MOST_BYTES;
use super::{fate, limit};
use crate::words::size;

/// A fault and the file that has it; the message ends with the path.
#[derive(Debug, Error)]
#[error("{fault}: {}", path.display())]
pub struct FileError {
    /// What is wrong.
    pub fault: FileFault,
    /// The file.
    pub path: PathBuf,
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub enum FileFault {
    /// Nothing lies at this path.
    #[error("there is no such file")]
    NotFound,
    /// A link that leads nowhere.
    #[error("this is {0}")]
    Link(String),
    /// The system refused.
    #[error("cannot {doing}: {}", SystemSays(error))]
    Io {
        /// What was tried, such as "open".
        doing: &'static str,
        /// What the system said; part of the message, hence no `source`.
        error: io::Error,
    },
    /// A folder, a pipe, a device: reading it could wait for ever.
    #[error("this is {kind}, not a file")]
    NotAFile {
        /// With its article: "a folder", "a named pipe".
        kind: &'static str,
    },
    /// Standard input was named, and nobody pipes anything into it.
    #[error(
        "standard input is a terminal: give it something to read, as in `zcat FILE.ndjson.gz | inkfield FILE.npy -`"
    )]
    Terminal,
    /// Length or time stamp are not those at opening.
    #[error("{}", fate::changed(*had, *has))]
    Changed {
        /// Length at opening, bytes.
        had: u64,
        /// Length now, bytes.
        has: u64,
    },
    /// Its handle was given back, and it is not there any more.
    #[error("{}", fate::GONE)]
    Gone,
    /// Its handle was given back, and another file has its name.
    #[error("{}", fate::REPLACED_AND_GONE)]
    Replaced,
    /// The file ended early.
    #[error("only {got} of {wanted} bytes could be read at offset {offset}")]
    ShortRead {
        /// Bytes asked for.
        wanted: u64,
        /// Bytes that came.
        got: u64,
        /// Where the reading began.
        offset: u64,
    },
    /// Compressed data that cannot be unpacked.
    #[error("the {of} data {what}")]
    Packed {
        /// How it is compressed: "gzip".
        of: &'static str,
        /// Continues "the gzip data …".
        what: String,
    },
    /// What is unpacked where it is read, and turns out not to be what the file says of it.
    #[error("{0}")]
    Content(String),
    /// More than is kept of a compressed file or a pipe.
    #[error(
        "it holds more than {}, the most that is unpacked or taken from a pipe: make a plain file of it first",
        size(MOST_BYTES)
    )]
    TooLarge,
    /// Temporary files cannot be made where they should lie.
    #[error("cannot make a temporary file in {}: {error}: set TMPDIR to a folder that you may write to", folder.display())]
    NoFolder {
        /// What the system said; part of the message, hence no `source`.
        error: io::Error,
        /// Where temporary files should lie.
        folder: PathBuf,
    },
    /// The disk for temporary files is full.
    #[error(
        "there is no room for it on the disk for temporary files: {} are written, {} are left in {}: make room, or set TMPDIR to another folder",
        size(*written),
        size(*left),
        folder.display()
    )]
    NoRoom {
        /// Bytes of this file that were written.
        written: u64,
        /// Bytes that are left, some of which are left to other programs.
        left: u64,
        /// Where temporary files lie.
        folder: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("reading was stopped")]
    Cancelled,
}

impl FileFault {
    /// Names the file that has this fault.
    pub fn at(self, path: &Path) -> FileError {
        FileError { fault: self, path: path.to_path_buf() }
    }

    /// Whether the machine would not read it, whatever the file is: to go on without it would show a part as the whole.
    pub fn is_of_the_machine(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::NoFolder { .. } | Self::NoRoom { .. } | Self::Cancelled)
    }

    /// Whether another program or person could make it work with the same file: no handles, no disk, a disk that fails; not
    /// so where permission is missing.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::Io { error, .. } => is_environment(error),
            Self::NoFolder { .. } | Self::NoRoom { .. } => true,
            _ => false,
        }
    }

    /// What opening or looking at a path failed with.
    pub(super) fn of_opening(error: io::Error) -> Self {
        if is_absent(&error) { Self::NotFound } else { Self::Io { doing: "open", error } }
    }
}

/// Whether the path leads nowhere: it names nothing, a link in a circle, or something below a plain file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) || limit::is_circle(error)
}

/// Whether the system's state is to blame, not what was named.
pub fn is_environment(error: &io::Error) -> bool {
    !is_absent(error) && error.kind() != io::ErrorKind::PermissionDenied
}

/// What the system said, and what to do where its words do not say it.
#[derive(Clone, Copy, Debug)]
pub struct SystemSays<'a>(pub &'a io::Error);

impl fmt::Display for SystemSays<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        if limit::is_out_of_handles(self.0) {
            write!(f, "; {}", limit::advice(self.0))?;
        }
        Ok(())
    }
}
