//! Why a table cannot be joined.

use crate::data::file::FileError;
use crate::data::source::{ImageError, ImageFault};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a table cannot be joined.
#[derive(Debug, Error)]
pub enum JoinError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is no table, or not one of these drawings.
    #[error("this table cannot be joined: {what}: {}", path.display())]
    Content {
        /// What is wrong, and what to do.
        what: String,
        /// The file.
        path: PathBuf,
    },
}

impl From<ImageError> for JoinError {
    fn from(ImageError { fault, path }: ImageError) -> Self {
        match fault {
            ImageFault::File(fault) => Self::File(FileError { fault, path }),
            fault => Self::no_table(&path, &fault.to_string()),
        }
    }
}

impl JoinError {
    pub(super) fn no_table(path: &Path, what: &str) -> Self {
        Self::Content { what: what.to_owned(), path: path.to_path_buf() }
    }

    /// Whether the machine is at fault, not what was asked for.
    pub fn is_of_the_environment(&self) -> bool {
        matches!(self, Self::File(error) if error.fault.is_of_the_environment())
    }
}
