//! Why a session cannot be read, shown or written.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a session cannot be read, shown or written.
#[derive(Debug, Error)]
pub enum StoredError {
    /// The system does not give it.
    #[error("cannot read the session: {source}: {}", path.display())]
    Read {
        /// What the system said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// It is something else, or was changed.
    #[error("this is no session, or it is damaged ({what}); name another file for --session: {}", path.display())]
    Broken {
        /// What is wrong with it.
        what: String,
        /// The file.
        path: PathBuf,
    },
    /// Another version of the program wrote it.
    #[error(
        "this session was written by another version of inkfield (form {version}, this one reads 1); open it with that one: {}",
        path.display()
    )]
    Version {
        /// The version of its form.
        version: u64,
        /// The file.
        path: PathBuf,
    },
    /// None of its drawings are open.
    #[error("this session is of other drawings ({of}); `inkfield --session FILE` alone opens them: {}", path.display())]
    Foreign {
        /// The name of the first file of its drawings.
        of: String,
        /// The file.
        path: PathBuf,
    },
    /// The system does not take it.
    #[error("cannot write the session: {source}: {}", path.display())]
    Write {
        /// What the system said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// What lies there is something else.
    #[error("this file is no session and is left alone; name another one for --session: {}", .0.display())]
    NotOne(PathBuf),
}

impl StoredError {
    /// Whether the disk or the system is at fault, and no argument.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::Read { source, .. } => source.kind() != io::ErrorKind::NotFound,
            Self::Write { .. } => true,
            _ => false,
        }
    }
}
