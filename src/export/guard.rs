//! Nothing is written over a file that is being read, whatever name it goes by.

use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What was to be written would have gone over an opened file.
#[derive(Debug, Error)]
pub enum IsRead {
    /// By its name, another name of the same file, or a link.
    #[error("this is a file that is being read; name another one for the {what}: {}", path.display())]
    Named {
        /// `picture`, `plot`, `state log`
        what: &'static str,
        /// As it was named for writing.
        path: PathBuf,
    },
    /// The shell has led standard output into it.
    #[error("standard output goes into a file that is being read; name another one after > or >>: {}", .0.display())]
    Output(PathBuf),
}

/// Refuses to write `what` to `out` where that is one of `inputs`: the same path, a symbolic or a hard link, or the same file
/// under another mount.
pub fn refuse_inputs<'a>(
    what: &'static str,
    out: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), IsRead> {
    let Ok(found) = out.metadata() else { return Ok(()) };
    // Where files have numbers, those say it: of many thousands of inputs it takes long to follow each name.
    let path = if cfg!(unix) && found.is_file() { None } else { out.canonicalize().ok() };
    let is_same = |input: &Path| is_file(&found, input) || (path.is_some() && path == input.canonicalize().ok());
    if inputs.into_iter().any(is_same) {
        return Err(IsRead::Named { what, path: out.to_owned() });
    }
    Ok(())
}

/// Refuses to answer into one of `inputs`, which `>>` would append to (what `>` has done is done before the program starts).
pub fn refuse_output<'a>(inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), IsRead> {
    let Some(found) = standard_output().and_then(|out| out.metadata().ok()) else { return Ok(()) };
    match inputs.into_iter().find(|input| is_file(&found, input)) {
        Some(input) => Err(IsRead::Output(input.to_owned())),
        None => Ok(()),
    }
}

/// Whether a path leads to the very file that `found` was read of. Pipes and devices are never taken for files.
#[cfg(unix)]
fn is_file(found: &Metadata, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |other: Metadata| (other.dev(), other.ino()) == (found.dev(), found.ino());
    found.is_file() && path.metadata().is_ok_and(same)
}

/// Elsewhere paths alone are compared.
#[cfg(not(unix))]
fn is_file(_: &Metadata, _: &Path) -> bool {
    false
}

#[cfg(unix)]
fn standard_output() -> Option<File> {
    use std::os::fd::AsFd as _;
    std::io::stdout().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(unix))]
fn standard_output() -> Option<File> {
    None
}
