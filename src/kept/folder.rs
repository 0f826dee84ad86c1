//! The files of a folder: which there are, and which go so that others have room.
//!
//! Other processes may write to and remove from the same folder at any time: whatever is gone already is as good as removed.

use super::content::Content;
use super::error::KeptError;
use super::names::{PART, entry_of, file_name, is_part};
use crate::room;
use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

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

/// A folder of entries, and how many bytes they may take together.
///
/// Any number of threads and processes may use the same folder at once. Where several write at once, their entries together may
/// exceed the bound until something is kept next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    most_bytes: u64,
}

/// An entry that is being written: kept as a whole or not at all.
#[derive(Debug)]
pub(crate) struct Part {
    file: NamedTempFile,
    path: PathBuf,
}

impl Folder {
    /// A folder, which is made when something is kept; nothing is read or written yet.
    pub fn new(path: PathBuf, most_bytes: u64) -> Self {
        Self { path, most_bytes }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes that all entries may take together.
    pub fn most_bytes(&self) -> u64 {
        self.most_bytes
    }

    /// All that is kept, the entry used longest ago first.
    pub fn entries(&self) -> Result<Vec<Entry>, KeptError> {
        Ok(look(&self.path)?.entries.into_iter().map(|(entry, _)| entry).collect())
    }

    /// Removes all that is kept, and nothing else that lies in the folder; the entries that were removed. Where one cannot be, the
    /// others are all the same.
    pub fn clear(&self) -> Result<Vec<Entry>, KeptError> {
        clear(&self.path)
    }

    /// The file of an entry, whether there is one or not.
    pub(crate) fn file(&self, content: Content, name: &str) -> Result<PathBuf, KeptError> {
        Ok(self.path.join(file_name(content, name)?))
    }

    /// The file of an entry, open, with what the system says of it; `None` where there is none, and of one that is larger than
    /// the bound: it is none of ours, or from when more was allowed, and goes when room is made.
    pub(crate) fn open(&self, content: Content, name: &str) -> Option<(File, Metadata)> {
        let path = self.file(content, name).ok()?;
        // Opening a pipe would wait for whoever writes to it.
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let file = open(&path).ok()?;
        let meta = file.metadata().ok().filter(Metadata::is_file)?;
        (meta.len() <= self.most_bytes).then_some((file, meta))
    }

    /// Whether an entry of so many bytes finds room: within the bound, and in half of what is left on the disk. `true` where the
    /// system does not say what is left.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        let disk = self.path.ancestors().find_map(|folder| File::open(folder).ok());
        let left = disk.and_then(|folder| room::on_disk(&folder)).map_or(u64::MAX, |(left, _)| left / 2);
        bytes <= self.most_bytes.min(left)
    }

    /// Begins an entry of so many bytes, for which others make room; `None` where it is larger than the bound.
    pub(crate) fn begin(&self, content: Content, name: &str, bytes: u64) -> Result<Option<Part>, KeptError> {
        let path = self.file(content, name)?;
        if bytes > self.most_bytes {
            return Ok(None);
        }
        make_folder(&self.path).map_err(KeptError::folder(&self.path))?;
        make_room(&self.path, self.most_bytes, &path, bytes)?;
        let (start, letters, end) = PART;
        let part = tempfile::Builder::new().prefix(start).rand_bytes(letters).suffix(end).tempfile_in(&self.path);
        Ok(Some(Part { file: part.map_err(KeptError::write(&path))?, path }))
    }
}

impl Part {
    /// What is written.
    pub(crate) fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Binds the entry to what the system says about writing it.
    pub(crate) fn failed(&self, source: io::Error) -> KeptError {
        KeptError::write(&self.path)(source)
    }

    /// Gives the entry its name, in place of what was kept under it.
    ///
    /// Without waiting for the disk: where the power fails meanwhile, sums do not match, and it is made again.
    pub(crate) fn keep(self) -> Result<(), KeptError> {
        let Self { file, path } = self;
        file.persist(&path).map_err(|failed| KeptError::write(&path)(failed.error))?;
        Ok(())
    }
}

/// Notes that an entry was used. Where that fails, it may go sooner than others.
pub(crate) fn note_use(file: &File) {
    let _ = file.set_modified(SystemTime::now());
}

/// Opens an entry for reading. Windows lets only those who may write say when it was used.
fn open(path: &Path) -> io::Result<File> {
    File::options().read(true).write(cfg!(windows)).open(path).or_else(|_| File::open(path))
}

/// Makes a folder that nobody else can look into, unless there is one.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// What lies in a folder, those used longest ago first.
struct Found {
    /// Entries, and their files.
    entries: Vec<(Entry, PathBuf)>,
    /// Files that will never be completed.
    abandoned: Vec<PathBuf>,
}

/// Looks through a folder; there is nothing in one that does not exist. Files that are none of ours are passed over, as is all that
/// is no plain file.
fn look(folder: &Path) -> Result<Found, KeptError> {
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
fn make_room(folder: &Path, most_bytes: u64, path: &Path, bytes: u64) -> Result<(), KeptError> {
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

/// Removes all entries; those that were removed. Where one stays, the others go all the same, and the first error is reported.
fn clear(folder: &Path) -> Result<Vec<Entry>, KeptError> {
    let found = look(folder)?;
    remove_abandoned(&found);
    let results: Vec<_> = found.entries.into_iter().map(|(entry, path)| remove(&path).map(|()| entry)).collect();
    results.into_iter().collect()
}

/// Removes a file that turned out to be no entry, unless another one has taken its place since it was opened.
pub(crate) fn remove_wrong(path: &Path, opened: &Metadata) {
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
pub(crate) fn remove(path: &Path) -> Result<(), KeptError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(KeptError::remove(path)(error)),
        _ => Ok(()),
    }
}
