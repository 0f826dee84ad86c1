//! Content that is made of a file while it is read from front to back, such as numbers of text, kept in a [`Spool`].

use std::ops::Range;

use super::PlainFile;
use super::error::{FileError, FileFault};
use super::spool::{Spool, SpoolWriter};

/// What is being made; given up unless it is finished.
pub(in crate::data) struct Making<'a> {
    writer: SpoolWriter<'a>,
    spool: &'a Spool,
}

impl<'a> Making<'a> {
    /// Begins; what else is to be kept in `spool` waits until this is finished or given up.
    pub(in crate::data) fn begin(spool: &'a Spool) -> Result<Self, FileFault> {
        Ok(Self { writer: spool.begin()?, spool })
    }

    /// Writes on, unless it is to stop.
    pub(in crate::data) fn write(&mut self, bytes: &[u8]) -> Result<(), FileFault> {
        if self.spool.cancel.is_cancelled() {
            return Err(FileFault::Cancelled);
        }
        self.writer.write(bytes)
    }

    /// Bytes written so far.
    pub(in crate::data) fn written(&self) -> u64 {
        self.writer.written()
    }

    /// What was made of `file`, which must still be as it was.
    pub(in crate::data) fn finish(self, file: &PlainFile) -> Result<PlainFile, FileError> {
        file.check_unchanged()?;
        Ok(PlainFile::unpacked(&file.path, self.writer.finish(), file.content.stamp()))
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
