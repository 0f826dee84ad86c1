//! Where tags lie on the disk: beside the first drawings, else in the program's data folder. Before each write the file is read again
//! under a lock, so that what another window wrote stays.

#[cfg(all(test, unix))]
mod tests;

use super::beside::{beside, kept};
use crate::data::dataset::{Dataset, OpenError, SetIdentity};
use crate::data::tags::{Sidecar, SidecarError, Tags};
use crate::export::write_whole;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use thiserror::Error;

/// How long another program may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it is asked for meanwhile.
const AGAIN: Duration = Duration::from_millis(5);

/// Why tags cannot be read or written.
#[derive(Debug, Error)]
pub enum TagError {
    /// The drawings cannot be known again.
    #[error("tags are not kept: {0}")]
    Unknown(#[from] OpenError),
    /// There is nowhere to put them.
    #[error("tags are not kept: there is neither a folder of these drawings nor a data folder for programs")]
    Nowhere,
    /// Somebody else has it.
    #[error("another program has held the tags for 5 s; close it: {}", .0.display())]
    Locked(PathBuf),
    /// It is not what it should be.
    #[error("the tags in this file are not shown, and it is left alone: {what}: {}", path.display())]
    Broken {
        /// Why.
        what: SidecarError,
        /// The file.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("cannot keep tags in this file: {source}: {}", path.display())]
    Io {
        /// What it said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
}

/// Where the tags of a set are kept.
#[derive(Debug)]
pub struct TagStore {
    set: SetIdentity,
    /// The files to write to, the first choice first; what could not be written to is no longer among them.
    places: Vec<PathBuf>,
    /// They go where nobody would look for them, which is said once.
    is_told: bool,
}

/// What was found, or written.
#[derive(Debug, Default)]
pub struct Kept {
    /// All tags, those of other windows among them.
    pub tags: Tags,
    /// What is to be said, a sentence each.
    pub notes: Vec<String>,
}

impl TagStore {
    /// Finds the tags of a set: those beside its drawings, and those in the data folder.
    pub fn find(dataset: &Dataset) -> Result<(Self, Kept), TagError> {
        let set = dataset.identity()?;
        let (beside, kept) = (beside(dataset, ""), kept(dataset, &set, ""));
        // Who finds them beside the drawings need not be told.
        let is_told = beside.is_some();
        let mut store = Self { set, places: beside.into_iter().chain(kept).collect(), is_told };
        let mut found = Kept::default();
        for path in store.places.clone() {
            match read(&path) {
                Ok(None) => {}
                Ok(Some(sidecar)) => {
                    let (tags, notes) = sidecar.tags_of(&store.set);
                    found.tags = found.tags.merged(&tags);
                    found.notes.extend(notes);
                }
                Err(error) => {
                    // Nothing is written over what cannot be read.
                    store.is_told &= store.places.first() != Some(&path);
                    store.places.retain(|place| *place != path);
                    found.notes.push(error.to_string());
                }
            }
        }
        Ok((store, found))
    }

    /// Writes tags, joined row by row with those that are in the file by now.
    pub fn write(&mut self, tags: &Tags) -> Result<Kept, TagError> {
        let mut why = None;
        while let Some(path) = self.places.first().cloned() {
            match write_to(&path, &self.set, tags) {
                Ok(tags) => {
                    let is_told = std::mem::replace(&mut self.is_told, true) && why.is_none();
                    let why = why.map_or_else(String::new, |why: TagError| format!("{why}; "));
                    let note = (!is_told).then(|| format!("{why}tags are kept in {}", path.display()));
                    return Ok(Kept { tags, notes: note.into_iter().collect() });
                }
                // The last place is tried again next time.
                Err(error) if self.places.len() == 1 => return Err(error),
                Err(error) => {
                    self.places.remove(0);
                    why = Some(error);
                }
            }
        }
        Err(TagError::Nowhere)
    }
}

/// A file of tags; `None` where there is none.
fn read(path: &Path) -> Result<Option<Sidecar>, TagError> {
    let json = match std::fs::read(path) {
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(TagError::Io { source, path: path.to_owned() }),
    };
    let sidecar = Sidecar::parse(&json).map_err(|what| TagError::Broken { what, path: path.to_owned() })?;
    Ok(Some(sidecar))
}

/// Joins tags with those of a file; all that are in it then.
fn write_to(path: &Path, set: &SetIdentity, tags: &Tags) -> Result<Tags, TagError> {
    let failed = |source| TagError::Io { source, path: path.to_owned() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let _lock = lock(path)?;
    let mut sidecar = read(path)?.unwrap_or_default();
    sidecar.put(set, tags);
    write_whole(path, |out| out.write_all(sidecar.to_json().as_bytes())).map_err(failed)?;
    Ok(sidecar.tags_of(set).0)
}

/// Holds a file of tags until it is dropped: by a lock on a file beside it, for the file itself is replaced.
fn lock(path: &Path) -> Result<File, TagError> {
    let failed = |source| TagError::Io { source, path: path.to_owned() };
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    let file =
        File::options().write(true).create(true).truncate(false).open(path.with_file_name(name)).map_err(failed)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // Some file systems know no locks: whole files are written there all the same.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                return Err(TagError::Locked(path.to_owned()));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(AGAIN),
        }
    }
}
