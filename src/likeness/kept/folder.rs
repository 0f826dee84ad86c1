//! The files of a store: which there are, and which go so that others have room.
//!
//! Other processes may write to and remove from the same folder at any time: whatever is gone already is as good as removed.

use super::content::Content;
use super::error::KeptError;
use super::names::{entry_of, is_part};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long ago a file must have been written to last that is not complete, to be taken for one that a process left when it was
/// ended. Writing takes seconds.
const ABANDONED: Duration = Duration::from_hours(1);

/// What is kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is, such as `graph-direction-15`.
    pub name: String,
    /// Of which drawings; displayed as 32 hexadecimal digits.
    pub content: Content,
    /// Length of its file.
    pub bytes: u64,
    /// When it was last read or written.
    pub last_used: SystemTime,
}

/// What lies in a folder, those used longest ago first.
pub(super) struct Found {
    /// Entries, and their files.
    pub(super) entries: Vec<(Entry, PathBuf)>,
    /// Files that will never be completed.
    abandoned: Vec<PathBuf>,
}

/// Looks through a folder; there is nothing in one that does not exist. Files that are none of ours are passed over, as is all that
/// is no plain file.
pub(super) fn look(folder: &Path) -> Result<Found, KeptError> {
    let mut found = Found { entries: Vec::new(), abandoned: Vec::new() };
    let files = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        files => files.map_err(KeptError::list(folder))?,
    };
    for file in files {
        let file = file.map_err(KeptError::list(folder))?;
        let name = file.file_name();
        let (entry, is_part) = (entry_of(&name), is_part(&name));
        if entry.is_none() && !is_part {
            continue;
        }
        // Links are not followed. What has gone by now is not there.
        let Some(meta) = file.metadata().ok().filter(Metadata::is_file) else { continue };
        let last_used = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if let Some((content, name)) = entry {
            let entry = Entry { name: name.to_owned(), content, bytes: meta.len(), last_used };
            found.entries.push((entry, file.path()));
        } else if last_used.elapsed().is_ok_and(|age| age > ABANDONED) {
            found.abandoned.push(file.path());
        }
    }
    found.entries.sort_by(|(a, a_path), (b, b_path)| (a.last_used, a_path).cmp(&(b.last_used, b_path)));
    Ok(found)
}

/// Removes entries, those used longest ago first, until all that are left and one of `bytes` at `path` take `most_bytes` at most.
pub(super) fn make_room(folder: &Path, most_bytes: u64, path: &Path, bytes: u64) -> Result<(), KeptError> {
    let found = look(folder)?;
    remove_abandoned(&found);
    // The file at this path gives its room to the new one. Sums of lengths that a file system merely claims may be long.
    let others = || found.entries.iter().filter(|(_, other)| other != path);
    let mut sum = u128::from(bytes) + others().map(|(entry, _)| u128::from(entry.bytes)).sum::<u128>();
    let mut failed = None;
    for (entry, path) in others() {
        if sum <= u128::from(most_bytes) {
            break;
        }
        match remove(path) {
            Ok(()) => sum -= u128::from(entry.bytes),
            // Perhaps the next ones are enough.
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) if sum > u128::from(most_bytes) => Err(error),
        _ => Ok(()),
    }
}

/// Removes all entries; those that were removed. Where one stays, the others go all the same, and the first error is told.
pub(super) fn clear(folder: &Path) -> Result<Vec<Entry>, KeptError> {
    let found = look(folder)?;
    remove_abandoned(&found);
    let results: Vec<_> = found.entries.into_iter().map(|(entry, path)| remove(&path).map(|()| entry)).collect();
    results.into_iter().collect()
}

/// Removes a file that turned out to be no entry, unless another one has taken its place since it was opened.
pub(super) fn remove_wrong(path: &Path, opened: &Metadata) {
    let is_same = fs::symlink_metadata(path).is_ok_and(|meta| {
        meta.is_file() && meta.len() == opened.len() && meta.modified().ok() == opened.modified().ok()
    });
    if is_same {
        // Whether it goes or stays, it is not read; what is kept next under its name takes its place.
        let _ = remove(path);
    }
}

fn remove_abandoned(found: &Found) {
    for path in &found.abandoned {
        // It counts for nothing, and is tried again next time.
        let _ = remove(path);
    }
}

/// Removes a file, unless it is gone already.
pub(super) fn remove(path: &Path) -> Result<(), KeptError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(KeptError::remove(path)(error)),
        _ => Ok(()),
    }
}
