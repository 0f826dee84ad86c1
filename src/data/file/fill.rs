//! What a format makes of a file from front to back, kept in the spool: values that lie in no order that can be read at positions.

use std::path::Path;
use std::time::Instant;

use super::error::FileError;
use super::fate::Stamp;
use super::spool::{Spool, SpoolWriter};
use super::unpack::{FIRST_WORD, NEXT_WORD};
use super::{FileFault, Held, PlainFile};
use crate::words::{shown_text, size};

/// Bytes that are written at a time: between two of them it is asked whether anybody still wants the rest.
const BLOCK_BYTES: usize = 1 << 20;

/// What is being kept of a file.
pub(in crate::data) struct Filling<'a> {
    writer: SpoolWriter<'a>,
    spool: &'a Spool,
    path: &'a Path,
    /// What is not written yet: small pieces are written together.
    block: Vec<u8>,
    /// When something is to be said of it next.
    said: Instant,
}

impl PlainFile {
    /// What `fill` writes, as a file of the same path and fate; `what` it is, for the load report, as in "its column pixels".
    ///
    /// Fails where `fill` does, where there is no room on the disk, where it is cancelled, and where the file was changed meanwhile.
    pub(in crate::data) fn filled<E: From<FileError>>(
        &self,
        spool: &Spool,
        what: &str,
        fill: impl FnOnce(&mut Filling<'_>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let writer = spool.begin().map_err(|fault| fault.at(&self.path))?;
        let said = Instant::now() + FIRST_WORD;
        let mut filling = Filling { writer, spool, path: &self.path, block: Vec::new(), said };
        fill(&mut filling)?;
        filling.flush()?;
        let region = filling.writer.finish();
        self.check_unchanged()?;
        let of = self.content.stamp();
        let note = format!("{what}, unpacked to {} of temporary disk space", size(region.len));
        Ok(Self { path: self.path.clone(), content: Held::Copied { region, of }, note: Some(note) })
    }
}

impl Held {
    /// What the file was when it was read; `None` of a pipe.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        match self {
            Self::Named { stamp, .. } => Some(*stamp),
            Self::Copied { of, .. } => *of,
        }
    }
}

impl Filling<'_> {
    /// Writes on.
    pub(in crate::data) fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if self.block.len() + bytes.len() < BLOCK_BYTES {
            self.block.extend_from_slice(bytes);
            return Ok(());
        }
        self.flush()?;
        bytes.chunks(BLOCK_BYTES).try_for_each(|block| self.write_now(block))
    }

    /// Bytes so far.
    pub(in crate::data) fn written(&self) -> u64 {
        self.writer.written() + self.block.len() as u64
    }

    fn flush(&mut self) -> Result<(), FileError> {
        let block = std::mem::take(&mut self.block);
        let done = self.write_now(&block);
        self.block = block;
        self.block.clear();
        done
    }

    fn write_now(&mut self, block: &[u8]) -> Result<(), FileError> {
        if self.spool.cancel.is_cancelled() {
            return Err(FileFault::Cancelled.at(self.path));
        }
        self.writer.write(block).map_err(|fault| fault.at(self.path))?;
        if Instant::now() >= self.said {
            self.said = Instant::now() + NEXT_WORD;
            let so_far = size(self.writer.written());
            let path = shown_text(&self.path.to_string_lossy(), usize::MAX);
            tracing::info!(target: "inkfield::waits", "reading on, {so_far} of temporary disk space so far: {path}");
        }
        Ok(())
    }
}
