//! Why nothing was taken away.

use crate::data::dataset::OpenError;
use crate::data::table::TableError;
use crate::export::write_whole;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why something was not written.
#[derive(Debug, Error)]
pub enum ShareError {
    /// The data cannot be read on.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file system refused.
    #[error("cannot write the {what}: {source}: {}", path.display())]
    Write {
        /// `bitmaps`, `records`, `table`, `contact sheet`, `page`
        what: &'static str,
        /// What the system said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The table has no such column.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The system gives no threads.
    #[error("cannot start a thread to read with: {0}")]
    Threads(io::Error),
    /// A picture beyond what programs open.
    #[error(
        "a contact sheet of {} × {} pixels is too large (65,535 a side at most): take fewer drawings, more --columns, or a smaller --enlarge",
        crate::words::thousands(*width),
        crate::words::thousands(*height)
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
    },
    /// An animation beyond what is held in memory.
    #[error(
        "a replay of {} × {} pixels is too large (4,096 a side at most): take fewer drawings (--rows, --where), or a smaller --enlarge",
        crate::words::thousands(*width),
        crate::words::thousands(*height)
    )]
    ReplayTooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
    },
    /// There is nothing to play again.
    #[error("none of these drawings has a record with strokes that can be read: there is nothing to replay")]
    NoStrokes,
    /// Nobody wants it any more.
    #[error("the export was given up")]
    Cancelled,
}

impl ShareError {
    /// Whether the machine is at fault, not what was asked for.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::Open(error) => error.is_of_the_environment(),
            Self::Write { .. } | Self::Threads(_) | Self::Cancelled => true,
            Self::Table(_) | Self::TooLarge { .. } | Self::ReplayTooLarge { .. } | Self::NoStrokes => false,
        }
    }
}

/// What ends the writing of a file: the file itself, or what was to be written into it.
#[derive(Debug)]
pub(super) enum Failure {
    File(io::Error),
    Content(ShareError),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl From<ShareError> for Failure {
    fn from(error: ShareError) -> Self {
        Self::Content(error)
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::Content(error.into())
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Write(error) => Self::File(error),
            error @ TableError::UnknownColumn { .. } => Self::Content(error.into()),
        }
    }
}

impl From<png::EncodingError> for Failure {
    fn from(error: png::EncodingError) -> Self {
        Self::File(crate::export::system_error(error))
    }
}

/// Writes a file whole or not at all, see [`write_whole`].
pub(super) fn whole(
    what: &'static str,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), ShareError> {
    let mut content = None;
    let written = write_whole(path, |out| {
        fill(out).map_err(|failure| match failure {
            Failure::File(error) => error,
            Failure::Content(error) => {
                content = Some(error);
                io::Error::other("there is nothing to write")
            }
        })
    });
    match (content, written) {
        (Some(error), _) => Err(error),
        (None, Err(source)) => Err(ShareError::Write { what, source, path: path.to_owned() }),
        (None, Ok(())) => Ok(()),
    }
}
