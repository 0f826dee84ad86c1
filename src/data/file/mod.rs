//! Files as such: opened, read at positions, kept open or opened again, unpacked; and what becomes of them meanwhile.
//!
//! A plain file is read where it lies. What can be read only from front to back (gzip data, a pipe) is copied into a
//! temporary file first and read there at positions, too. What is packed in pages is unpacked where it is read.

mod error;
mod fate;
mod handles;
mod known;
mod limit;
mod made;
mod on_demand;
mod opening;
mod read;
mod spool;
mod stream;
mod unpack;

pub use error::{FileError, FileFault, SystemSays, is_environment};
pub use limit::{HandlesError, raise as raise_handle_limit, refuse_unless_left as refuse_unless_handles_left};
pub(in crate::data) use made::{Making, Place};
pub(in crate::data) use on_demand::OnDemand;
pub(in crate::data) use read::write_all_at;
pub use spool::{MOST_BYTES, Spool};
pub use stream::{STDIN, is_stream};
pub(in crate::data) use unpack::Deflated;

use std::fs::{File, ReadDir};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::words::size;
use fate::{Content, Stamp};
use handles::{Handle, with_room};
use opening::{looking, open_again, open_plain, reading};
use spool::Region;
use unpack::GZIP;

/// An opened file with the length and time stamp that it had. Reading takes `&self` and is safe from several threads.
#[derive(Debug)]
pub struct PlainFile {
    path: PathBuf,
    content: Held,
    /// Why there is a copy, in words for the load report.
    note: Option<String>,
}

/// What holds a file's content.
#[derive(Clone, Debug)]
enum Held {
    /// The file itself, or a part of it.
    Named { handle: Arc<Handle>, stamp: Stamp, part: Option<Range<u64>> },
    /// A copy; of a compressed file with what the file was when it was unpacked.
    Copied { region: Region, of: Option<Stamp> },
    /// What is unpacked where it is read, or a part of it.
    OnDemand(on_demand::Part),
}

impl PlainFile {
    /// Opens `path` after checking that it is a plain file: opening a named pipe would wait for a writer. Gzip data is
    /// unpacked into `spool`, to its end where `wanted` says of its first 16 KiB that this is what is looked for.
    pub fn open(path: &Path, spool: &Spool, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Self, FileError> {
        Self::try_open(path, spool, wanted).map_err(|fault| fault.at(path))
    }

    /// Opens `path` as it lies there, gzip data packed.
    pub fn open_packed(path: &Path) -> Result<Self, FileError> {
        let (file, stamp) = open_plain(path).map_err(|fault| fault.at(path))?;
        Ok(Self::whole(path, file, stamp))
    }

    fn whole(path: &Path, file: File, stamp: Stamp) -> Self {
        let content = Held::Named { handle: Arc::new(Handle::new(file)), stamp, part: None };
        Self { path: path.to_path_buf(), content, note: None }
    }

    fn try_open(path: &Path, spool: &Spool, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Self, FileFault> {
        let (file, stamp) = open_plain(path)?;
        let mut head = [0; GZIP.len()];
        let got = read::read_up_to_at(&file, &mut head, 0).map_err(reading)?;
        if got < head.len() || head != GZIP {
            return Ok(Self::whole(path, file, stamp));
        }
        let copied = unpack::copy(&file, path, wanted, spool)?;
        let now = Stamp::of(&file.metadata().map_err(looking)?);
        if now != stamp {
            return Err(FileFault::Changed { had: stamp.len, has: now.len });
        }
        Ok(Self::unpacked(path, copied.region.made_as("gzip"), Some(stamp)))
    }

    fn unpacked(path: &Path, region: Region, of: Option<Stamp>) -> Self {
        let note = format!("unpacked to {} of temporary disk space", size(region.len));
        Self { path: path.to_path_buf(), content: Held::Copied { region, of }, note: Some(note) }
    }

    /// The same content once more, by the same handle.
    pub(in crate::data) fn again(&self) -> Self {
        Self { path: self.path.clone(), content: self.content.clone(), note: None }
    }

    /// The part of it that lies in `range`, as a file; what lies beyond its end is left out.
    pub(in crate::data) fn part(mut self, range: Range<u64>) -> Self {
        let end = range.end.min(self.len());
        let (start, len) = (range.start.min(end), end.saturating_sub(range.start));
        match &mut self.content {
            Held::Named { part, .. } => {
                let start = part.as_ref().map_or(0, |part| part.start) + start;
                *part = Some(start..start + len);
            }
            Held::Copied { region, .. } => *region = region.part(start, len),
            Held::OnDemand(held) => *held = held.part(start, len),
        }
        self
    }

    /// The deflated part of it that lies in `range`, unpacked into `spool`; `wanted` as in [`Self::open`].
    pub(in crate::data) fn inflated(
        &self,
        range: Range<u64>,
        deflated: Deflated,
        spool: &Spool,
        wanted: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Self, FileError> {
        let region = unpack::inflate(self.reader(range), deflated, &self.path, wanted, spool);
        let region = region.map_err(|fault| fault.at(&self.path))?;
        self.check_unchanged()?;
        Ok(Self::unpacked(&self.path, region, self.content.stamp()))
    }

    /// What lies in `range`, from front to back. What is wrong with the file is within the error.
    pub(in crate::data) fn reader(&self, range: Range<u64>) -> impl io::Read {
        read::Reader { file: self, at: range.start, end: range.end }
    }

    /// Reads a pipe, or standard input where `path` is `-`, to its end into `spool`; see [`Self::open`].
    pub fn keep_stream(path: &Path, spool: &Spool, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Self, FileError> {
        let copied = stream::open(path, spool).and_then(|source| unpack::copy(source, path, wanted, spool));
        let unpack::Copied { region, packed } = copied.map_err(|fault| fault.at(path))?;
        let unpacked = if packed { " and unpacked" } else { "" };
        let note = format!(
            "a pipe can be read once: read to its end{unpacked}, kept in {} of temporary disk space",
            size(region.len)
        );
        let content = Held::Copied { region, of: None };
        Ok(Self { path: path.to_path_buf(), content, note: Some(note) })
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Length in bytes when it was opened, unpacked.
    pub fn len(&self) -> u64 {
        match &self.content {
            Held::Named { part: Some(part), .. } => part.end - part.start,
            Held::Named { stamp, .. } => stamp.len,
            Held::Copied { region, .. } => region.len,
            Held::OnDemand(held) => held.len(),
        }
    }

    /// Whether it is read from a copy, in a temporary file.
    pub fn is_copy(&self) -> bool {
        matches!(self.content, Held::Copied { .. })
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What was done to read it, where that costs something: for the load report.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Fails when length or time stamp are not those at opening. A copy does not change.
    pub fn check_unchanged(&self) -> Result<(), FileError> {
        let stamp = match &self.content {
            Held::Named { stamp, .. } => stamp,
            Held::Copied { .. } => return Ok(()),
            Held::OnDemand(held) => return held.file().check_unchanged(),
        };
        let file = self.handle()?;
        let meta = file.metadata().map_err(|error| looking(error).at(&self.path))?;
        let now = Stamp::of(&meta);
        if now == *stamp { Ok(()) } else { Err(self.changed(now.len)) }
    }

    /// That the file is not as it was at opening; its length now as far as it can be seen.
    pub fn has_changed(&self) -> FileError {
        let now = self.handle().ok().and_then(|file| file.metadata().ok());
        self.changed(now.map_or(0, |meta| meta.len()))
    }

    fn changed(&self, has: u64) -> FileError {
        let had = if let Held::Named { stamp, .. } = &self.content { stamp.len } else { self.len() };
        FileFault::Changed { had, has }.at(&self.path)
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    pub fn fate(&self) -> Option<String> {
        match &self.content {
            Held::Named { handle, stamp, .. } => {
                let held = handle.held();
                let content = held.as_deref().map_or(Content::Named, Content::Held);
                fate::of(&self.path, stamp, content)
            }
            Held::Copied { of, .. } => fate::of(&self.path, of.as_ref()?, Content::Copied),
            Held::OnDemand(held) => held.file().fate(),
        }
    }

    /// Fills `out` from `offset`; fewer bytes are an error with both counts.
    pub fn read_exact_at(&self, out: &mut [u8], offset: u64) -> Result<(), FileError> {
        let (wanted, got) = (out.len() as u64, self.read_up_to_at(out, offset)? as u64);
        if got < wanted { Err(FileFault::ShortRead { wanted, got, offset }.at(&self.path)) } else { Ok(()) }
    }

    /// Reads until `out` is full or the file ends, and says how many bytes came.
    pub fn read_up_to_at(&self, out: &mut [u8], offset: u64) -> Result<usize, FileError> {
        let (start, left) = match &self.content {
            Held::Named { part: None, .. } => (0, u64::MAX),
            // Behind its end lies another part, or another file's copy.
            Held::Named { part: Some(part), .. } => (part.start, self.len().saturating_sub(offset)),
            Held::Copied { region, .. } => (region.offset, region.len.saturating_sub(offset)),
            Held::OnDemand(held) => return held.read_up_to_at(out, offset),
        };
        let most = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let out = out.get_mut(..most).unwrap_or_default();
        let read = read::read_up_to_at(&*self.handle()?, out, start.saturating_add(offset));
        read.map_err(|error| reading(error).at(&self.path))
    }

    /// The handle that reads it.
    fn handle(&self) -> Result<Arc<File>, FileError> {
        match &self.content {
            Held::Named { handle, stamp, .. } => {
                handle.get(|| open_again(&self.path, stamp)).map_err(|fault| fault.at(&self.path))
            }
            Held::Copied { region, .. } => Ok(Arc::clone(&region.file)),
            Held::OnDemand(held) => held.file().handle(),
        }
    }
}

/// Lists a folder; while the system has no handle for that, files that can be opened again give theirs back.
pub fn read_folder(folder: &Path) -> std::io::Result<ReadDir> {
    with_room(|| std::fs::read_dir(folder))
}
