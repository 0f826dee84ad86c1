//! Content that a format makes of a file while it reads that from front to back, kept in the spool: values that lie in no order that
//! can be read at positions.

use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::error::{FileError, FileFault};
use super::fate::Stamp;
use super::read::write_all_at;
use super::spool::{Spool, SpoolWriter};
use super::unpack::{FIRST_WORD, NEXT_WORD};
use super::{Held, PlainFile};
use crate::words::{shown_text, size};

/// Bytes that are written at a time: between two of them it is asked whether anybody still wants the rest.
const BLOCK_BYTES: usize = 1 << 20;

/// What is being made of a file; given up unless it is finished.
pub(in crate::data) struct Making<'a> {
    file: &'a PlainFile,
    writer: SpoolWriter<'a>,
    spool: &'a Spool,
    /// What is not written yet: small pieces are written together.
    block: Vec<u8>,
    /// When something is to be said of it next.
    said: Instant,
}

impl<'a> Making<'a> {
    /// Begins; what else is to be kept in `spool` waits until this is finished or given up.
    pub(in crate::data) fn begin(file: &'a PlainFile, spool: &'a Spool) -> Result<Self, FileError> {
        let writer = spool.begin().map_err(|fault| fault.at(file.path()))?;
        Ok(Self { file, writer, spool, block: Vec::new(), said: Instant::now() + FIRST_WORD })
    }

    /// Writes on. Fails where there is no room on the disk, and where it is cancelled.
    pub(in crate::data) fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if self.block.len() + bytes.len() < BLOCK_BYTES {
            self.block.extend_from_slice(bytes);
            return Ok(());
        }
        self.flush()?;
        bytes.chunks(BLOCK_BYTES).try_for_each(|block| self.write_now(block))
    }

    /// Writes `len` bytes at once, in any order and from several threads: `fill` has a place for them, and says whether they are all there.
    /// Only before anything else is written; where they are not, nothing is. Fails where there is no room on the disk.
    pub(in crate::data) fn fill(&mut self, len: u64, fill: impl FnOnce(&Place<'_>) -> bool) -> Result<bool, FileError> {
        let (file, offset) = self.writer.reserve(len).map_err(|fault| fault.at(self.file.path()))?;
        let place = Place { file, offset, len, of: self.file, spool: self.spool, done: Mutex::new((0, self.said)) };
        let is_whole = fill(&place);
        if !is_whole {
            self.writer.give_up();
        }
        Ok(is_whole)
    }

    /// Bytes so far.
    pub(in crate::data) fn written(&self) -> u64 {
        self.writer.written() + self.block.len() as u64
    }

    /// What was made, as a file of the same path and fate; `what` it is, for the load report, as in "its column pixels". Fails where
    /// the file was changed meanwhile.
    pub(in crate::data) fn finish(mut self, what: &str) -> Result<PlainFile, FileError> {
        self.flush()?;
        let mut region = self.writer.finish();
        // A part of a file, and what is made of such, may be another one next time.
        if self.file.known_by().is_some() {
            region = region.made_as(what);
        }
        self.file.check_unchanged()?;
        let note = format!("{what}, unpacked to {} of temporary disk space", size(region.len));
        let content = Held::Copied { region, of: self.file.content.stamp() };
        Ok(PlainFile { path: self.file.path.clone(), content, note: Some(note) })
    }

    fn flush(&mut self) -> Result<(), FileError> {
        let block = std::mem::take(&mut self.block);
        let done = self.write_now(&block);
        self.block = block;
        self.block.clear();
        done
    }

    fn write_now(&mut self, block: &[u8]) -> Result<(), FileError> {
        let path = self.file.path();
        if self.spool.cancel.is_cancelled() {
            return Err(FileFault::Cancelled.at(path));
        }
        self.writer.write(block).map_err(|fault| fault.at(path))?;
        say(self.writer.written(), &mut self.said, path);
        Ok(())
    }
}

/// Where bytes of a known number are to be written.
pub(in crate::data) struct Place<'a> {
    file: Arc<File>,
    offset: u64,
    len: u64,
    of: &'a PlainFile,
    spool: &'a Spool,
    /// Bytes so far, and when something is to be said of them next.
    done: Mutex<(u64, Instant)>,
}

impl Place<'_> {
    /// Writes some of them; false where that is given up, fails, or is not within.
    pub(in crate::data) fn write(&self, bytes: &[u8], at: u64) -> bool {
        let is_within = at.checked_add(bytes.len() as u64).is_some_and(|end| end <= self.len);
        if !is_within || self.spool.cancel.is_cancelled() {
            return false;
        }
        let is_written = write_all_at(&self.file, bytes, self.offset + at).is_ok();
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0 += bytes.len() as u64;
        say(done.0, &mut done.1, self.of.path());
        is_written
    }
}

/// Says from time to time how far it is.
fn say(written: u64, next: &mut Instant, path: &Path) {
    if Instant::now() >= *next {
        *next = Instant::now() + NEXT_WORD;
        let (so_far, path) = (size(written), shown_text(&path.to_string_lossy(), usize::MAX));
        tracing::info!(target: "inkfield::waits", "reading on, {so_far} of temporary disk space so far: {path}");
    }
}

impl Held {
    /// What the file was when it was read; `None` of a pipe.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        match self {
            Self::Named { stamp, .. } => Some(*stamp),
            Self::Copied { of, .. } => *of,
            Self::OnDemand(held) => held.file().content.stamp(),
        }
    }
}

impl Spool {
    /// Another one, which stops when this one does: for what is made together with something else.
    pub(in crate::data) fn another(&self) -> Self {
        Self::new(self.cancel.clone())
    }
}

impl PlainFile {
    /// As [`Self::part`], of a file of which further parts are wanted.
    pub(in crate::data) fn part_of(&self, range: Range<u64>) -> Self {
        Self { note: self.note.clone(), ..self.again() }.part(range)
    }
}
