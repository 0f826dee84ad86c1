//! Why something was not kept.

use super::names::LONGEST_NAME;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why something was not kept, listed or removed. It is computed anew when it is next needed: no work of the user's is lost.
#[derive(Debug, Error)]
pub enum KeptError {
    /// A name that no entry can have.
    #[error("{0:?} names nothing that can be kept: 1 to {LONGEST_NAME} of a-z, 0-9, `.` and `-` do")]
    Name(String),
    /// There is no folder, and none can be made.
    #[error("cannot make the folder for computed results: {source}: {}", path.display())]
    Folder {
        /// What the system said.
        source: io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// The folder does not say what is in it.
    #[error("cannot list computed results: {source}: {}", path.display())]
    List {
        /// What the system said.
        source: io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// An entry stays where it should go.
    #[error("cannot remove a computed result: {source}: {}", path.display())]
    Remove {
        /// What the system said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The entry cannot be written, or not be given its name.
    #[error("cannot keep a computed result: {source}: {}", path.display())]
    Write {
        /// What the system said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
}

impl KeptError {
    /// Binds a path to what the system says about making a folder.
    pub(crate) fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Folder { source, path: path.to_owned() }
    }

    /// Binds a path to what the system says about listing a folder.
    pub(crate) fn list(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::List { source, path: path.to_owned() }
    }

    /// Binds a path to what the system says about removing a file.
    pub(crate) fn remove(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Remove { source, path: path.to_owned() }
    }

    /// Binds a path to what the system says about writing a file.
    pub(crate) fn write(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Write { source, path: path.to_owned() }
    }
}
