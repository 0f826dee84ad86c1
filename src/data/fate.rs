//! What becomes of a file while it is open: changed, replaced by another of its name, deleted; in words for the user.

use std::fs::{self, File, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// That an open file is not as it was; lengths in bytes.
pub(super) fn changed(had: u64, has: u64) -> String {
    let how = if had == has {
        format!("its time stamp changed, its length of {had} bytes did not")
    } else {
        format!("it had {had} bytes, now it has {has}")
    };
    format!("the file was changed while it was open ({how}): open it again")
}

/// What became of a file that was opened by `path` and had this length and time stamp; `None` while nothing did.
///
/// A file whose name is gone or belongs to another one can still be read as it was: that is no error.
pub(super) fn of(path: &Path, file: &File, had: u64, modified: Option<SystemTime>) -> Option<String> {
    let Ok(own) = file.metadata() else { return None };
    if own.len() != had || own.modified().ok() != modified {
        return Some(changed(had, own.len()));
    }
    match fs::metadata(path) {
        Err(_) => Some("the file was deleted or moved while it was open; what is shown is as it was".to_owned()),
        Ok(named) if !same(&own, &named) => Some(
            "the file was replaced by another while it was open; what is shown is the former: open it again".to_owned(),
        ),
        Ok(_) => None,
    }
}

#[cfg(unix)]
fn same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Where files have no number that can be asked for, length and time stamp must do.
#[cfg(not(unix))]
fn same(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len() && a.modified().ok() == b.modified().ok()
}
