//! A folder of entries, found by content and name.

use super::content::Content;
use super::entry::{Kind, Label};
use super::error::KeptError;
use super::folder::{self, Entry};
use super::names::{PART, file_name};
use super::payload::{self, Payload};
use super::source::{Fault, Source};
use crate::likeness::code::{CodeMaker, Codes};
use crate::likeness::graph::Graph;
use crate::likeness::maps::{Begun, Place};
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder in which results of computations are kept, and how many bytes they may take there together.
///
/// Any number of threads and processes may use the same folder at once. Where several write at once, their entries together may
/// exceed the bound until something is kept next.
///
/// What is read is exactly what was kept, for the same drawings, under the same name, by the same version of the computation. It is
/// `None` where there is nothing, where the system does not give it, and where it is anything else: such a file is removed. Of an
/// entry that is read it is noted, as the time its file was modified, that it was used.
///
/// What is kept replaces what was kept under that name, whole or not at all. Before that, entries that were used longest ago are
/// removed until all fit the bound; an entry larger than the bound is not kept, which is answered by `Ok(false)`. A name is 1 to
/// [`LONGEST_NAME`](super::LONGEST_NAME) of `a-z`, `0-9`, `.` and `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
    most_bytes: u64,
}

impl Store {
    /// A store in a folder, which is made when something is kept; nothing is read or written yet.
    pub fn new(folder: PathBuf, most_bytes: u64) -> Self {
        Self { folder, most_bytes }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Bytes that all entries may take together.
    pub fn most_bytes(&self) -> u64 {
        self.most_bytes
    }

    /// The codes of so many rows, with a maker whose codes can be compared with them.
    pub fn codes(&self, content: Content, name: &str, rows: u32) -> Option<(Codes, CodeMaker)> {
        self.get(&Label { content, name, kind: Kind::Codes }, |from| payload::codes(from, rows))
    }

    /// Keeps codes, and what makes more of them.
    pub fn put_codes(&self, content: Content, name: &str, codes: &Codes, maker: &CodeMaker) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Codes(codes, maker))
    }

    /// The nearest rows of each of so many rows.
    pub fn graph(&self, content: Content, name: &str, rows: u32) -> Option<Graph> {
        self.get(&Label { content, name, kind: Kind::Graph }, |from| payload::graph(from, rows))
    }

    /// Keeps the nearest rows of each row.
    pub fn put_graph(&self, content: Content, name: &str, graph: &Graph) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Graph(graph))
    }

    /// The places of so many rows on a map, all finite.
    pub fn places(&self, content: Content, name: &str, rows: u32) -> Option<Vec<Place>> {
        self.get(&Label { content, name, kind: Kind::Places }, |from| payload::places(from, rows))
    }

    /// Keeps the places of a map, one a row.
    pub fn put_places(&self, content: Content, name: &str, places: &[Place]) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Places(places))
    }

    /// The cells of so many rows in a sorted grid: one a row, no two the same, all below `cells`.
    pub fn cells(&self, content: Content, name: &str, rows: u32, cells: u32) -> Option<Vec<u32>> {
        self.get(&Label { content, name, kind: Kind::Cells }, |from| payload::cells(from, rows, cells))
    }

    /// Keeps the cells of a sorted grid, one a row.
    pub fn put_cells(&self, content: Content, name: &str, cells: &[u32]) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Cells(cells))
    }

    /// How far a map of so many rows has come.
    pub fn begun(&self, content: Content, name: &str, rows: u32) -> Option<Begun> {
        self.get(&Label { content, name, kind: Kind::Begun }, |from| payload::begun(from, rows))
    }

    /// Keeps how far a map has come.
    pub fn put_begun(&self, content: Content, name: &str, begun: &Begun) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Begun(begun))
    }

    /// Removes what is kept under a name, if anything is.
    pub fn remove(&self, content: Content, name: &str) -> Result<(), KeptError> {
        folder::remove(&self.folder.join(file_name(content, name)?))
    }

    /// All that is kept, of whatever drawings, the entry used longest ago first.
    pub fn entries(&self) -> Result<Vec<Entry>, KeptError> {
        Ok(folder::look(&self.folder)?.entries.into_iter().map(|(entry, _)| entry).collect())
    }

    /// Removes all that is kept, and nothing else that lies in the folder; the entries that were removed. Where one cannot be, the
    /// others are all the same.
    pub fn clear(&self) -> Result<Vec<Entry>, KeptError> {
        folder::clear(&self.folder)
    }

    fn get<T>(&self, label: &Label<'_>, payload: impl FnOnce(&mut Source<'_>) -> Result<T, Fault>) -> Option<T> {
        let path = self.folder.join(file_name(label.content, label.name).ok()?);
        // Opening a pipe would wait for whoever writes to it.
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let file = open(&path).ok()?;
        let meta = file.metadata().ok().filter(fs::Metadata::is_file)?;
        // None of ours, or from when more was allowed: it goes when room is made.
        if meta.len() > self.most_bytes {
            return None;
        }
        match label.read(meta.len(), &mut BufReader::new(&file), payload) {
            Ok(found) => {
                // Where it cannot be noted that it was used, it may go sooner than others.
                let _ = file.set_modified(SystemTime::now());
                Some(found)
            }
            Err(Fault::Wrong) => {
                drop(file);
                folder::remove_wrong(&path, &meta);
                None
            }
            Err(Fault::Refused) => None,
        }
    }

    fn put(&self, content: Content, name: &str, payload: &Payload<'_>) -> Result<bool, KeptError> {
        let path = self.folder.join(file_name(content, name)?);
        let label = Label { content, name, kind: payload.kind() };
        let bytes = label.length(payload.length().map_err(KeptError::write(&path))?);
        if bytes > self.most_bytes {
            return Ok(false);
        }
        make_folder(&self.folder).map_err(KeptError::folder(&self.folder))?;
        folder::make_room(&self.folder, self.most_bytes, &path, bytes)?;
        let (start, letters, end) = PART;
        let part = tempfile::Builder::new().prefix(start).rand_bytes(letters).suffix(end).tempfile_in(&self.folder);
        let part = part.map_err(KeptError::write(&path))?;
        let mut out = BufWriter::new(part.as_file());
        label.write(payload, &mut out).and_then(|()| out.flush()).map_err(KeptError::write(&path))?;
        drop(out);
        // Without waiting for the disk: where the power fails meanwhile, the sum does not match, and it is computed anew.
        part.persist(&path).map_err(|failed| KeptError::write(&path)(failed.error))?;
        Ok(true)
    }
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
