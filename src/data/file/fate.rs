//! What becomes of a file while it is open: changed, replaced by another of its name, deleted; in words for the user.

use std::fs::{self, File, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// Said where what was opened can still be read.
const DELETED: &str = "the file was deleted or moved while it was open; what is shown is as it was";
const REPLACED: &str = "the file was replaced by another while it was open; what is shown is the former: open it again";
/// Said where it cannot: its handle was given back to leave some for others.
pub(super) const GONE: &str = "the file was deleted or moved while it was open; more of it cannot be read";
pub(super) const REPLACED_AND_GONE: &str =
    "the file was replaced by another while it was open; more of the former cannot be read: open it again";

/// What tells whether a file is the one that was opened, and as it was then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Bytes.
    pub(super) len: u64,
    pub(super) modified: Option<SystemTime>,
    /// Device and number, where files have them.
    identity: Option<(u64, u64)>,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            Some((meta.dev(), meta.ino()))
        };
        #[cfg(not(unix))]
        let identity = None;
        Self { len: meta.len(), modified: meta.modified().ok(), identity }
    }

    /// Whether both are of one file; where files have no numbers, length and time stamp must do.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        match (self.identity, other.identity) {
            (Some(own), Some(other)) => own == other,
            _ => self == other,
        }
    }
}

/// That an open file is not as it was; lengths in bytes.
pub(super) fn changed(had: u64, has: u64) -> String {
    let how = if had == has {
        format!("its time stamp changed, its length of {had} bytes did not")
    } else {
        format!("it had {had} bytes, now it has {has}")
    };
    format!("the file was changed while it was open ({how}): open it again")
}

/// What holds the content of a file that was opened.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'a> {
    /// Its open handle.
    Held(&'a File),
    /// Nothing but its name: the handle was given back.
    Named,
    /// A copy.
    Copied,
}

/// What became of a file that was opened by `path` with this stamp; `None` while nothing did.
///
/// A file whose name is gone or belongs to another one can still be read as it was where there is a handle or a copy.
pub(super) fn of(path: &Path, was: &Stamp, content: Content<'_>) -> Option<String> {
    if let Content::Held(file) = content {
        let own = Stamp::of(&file.metadata().ok()?);
        if own != *was {
            return Some(changed(was.len, own.len));
        }
    }
    let lost = matches!(content, Content::Named);
    match fs::metadata(path).map(|meta| Stamp::of(&meta)) {
        Err(_) => Some(if lost { GONE } else { DELETED }.to_owned()),
        Ok(now) if !now.is_same_file(was) => Some(if lost { REPLACED_AND_GONE } else { REPLACED }.to_owned()),
        Ok(now) if now != *was => Some(changed(was.len, now.len)),
        Ok(_) => None,
    }
}
