//! Why places cannot be taken from a file.

use crate::data::file::FileError;
use crate::data::ndjson::RecordError;
use crate::data::source::ImageError;
use crate::progress::Cancelled;
use crate::words::{counted, thousands};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why places cannot be taken from a file.
#[derive(Debug, Error)]
pub enum PositionsError {
    /// The file as such cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// An array that holds no places.
    #[error(transparent)]
    Array(#[from] ImageError),
    /// Records that cannot be read.
    #[error(transparent)]
    Records(#[from] RecordError),
    /// Another number of places than of drawings.
    #[error(
        "it has {}, and there are {}: one place a drawing is needed, or a column `row`: {}",
        counted(u64::from(*count), "place", "places"),
        counted(u64::from(*rows), "drawing", "drawings"),
        path.display()
    )]
    Count {
        /// Places in the file.
        count: u32,
        /// Drawings that are open.
        rows: u32,
        /// The file.
        path: PathBuf,
    },
    /// A line that cannot be read.
    #[error("line {}: {what}: {}", thousands(*line), path.display())]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
        /// The file.
        path: PathBuf,
    },
    /// Anything else.
    #[error("{what}: {}", path.display())]
    What {
        /// A clause about the file.
        what: String,
        /// The file.
        path: PathBuf,
    },
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl PositionsError {
    pub(super) fn what(path: &Path, what: impl Into<String>) -> Self {
        Self::What { what: what.into(), path: path.to_path_buf() }
    }
}
