//! What can go wrong with a demo data set.

use std::io;
use std::path::{Path, PathBuf};

/// Errors of naming and of writing a demo data set.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The name is not `demo`, `demo:N` or `demo:N:SEED`.
    #[error("{what}; write demo:N or demo:N:SEED, for example demo:150152:1: {spec}")]
    Spec {
        /// What is wrong with it.
        what: String,
        /// The name as given.
        spec: String,
    },
    /// The folder to write to is something else.
    #[error("this is a file, not a folder; name a folder, or one that does not exist yet: {}", .0.display())]
    NotAFolder(PathBuf),
    /// A file of the same name would be replaced.
    #[error("a file of this name is there already and is left alone; move it away or name another folder: {}", .0.display())]
    AlreadyThere(PathBuf),
    /// The system refused.
    #[error("cannot {action}: {source}{}: {}", advice(source), path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The system's reason.
        source: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("stopped after {rows} drawings; nothing was left behind")]
    Cancelled {
        /// Drawings finished until then.
        rows: u32,
    },
}

impl DemoError {
    /// Binds an action and a path to the system's errors.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, source, path: path.to_owned() }
    }
}

/// What to do about an error of the system.
fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; a drawing takes about 5 kB with its record: make room, ask for fewer drawings or name another folder"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "; name a folder that you may write to",
        _ => "",
    }
}
