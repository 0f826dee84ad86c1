//! Content that is unpacked where it is read, each time: what can be unpacked from anywhere needs no temporary file, and no waiting.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::PlainFile;
use super::error::FileError;
use super::spool::name_hash;

/// Content of a known length that can be unpacked from anywhere.
pub(in crate::data) trait OnDemand: fmt::Debug + Send + Sync {
    /// Bytes.
    fn len(&self) -> u64;

    /// The file that it is unpacked from.
    fn file(&self) -> &PlainFile;

    /// Fills `out` with what begins at `offset`, all of which is within.
    fn read(&self, out: &mut [u8], offset: u64) -> Result<(), FileError>;
}

/// Such content, or a part of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    content: Arc<dyn OnDemand>,
    range: Range<u64>,
    /// What of its file it is, where that is the same whenever it is opened.
    pub(super) made: Option<u128>,
}

impl Part {
    pub(super) fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    pub(super) fn file(&self) -> &PlainFile {
        self.content.file()
    }

    /// `len` bytes of it from `start` on, all of which are within.
    pub(super) fn part(&self, start: u64, len: u64) -> Self {
        let start = self.range.start + start;
        Self { content: Arc::clone(&self.content), range: start..start + len, made: None }
    }

    /// See [`PlainFile::read_up_to_at`].
    pub(super) fn read_up_to_at(&self, out: &mut [u8], offset: u64) -> Result<usize, FileError> {
        let left = usize::try_from(self.len().saturating_sub(offset)).unwrap_or(usize::MAX);
        let most = out.len().min(left);
        if most > 0 {
            self.content.read(out.get_mut(..most).unwrap_or_default(), self.range.start + offset)?;
        }
        Ok(most)
    }
}

impl PlainFile {
    /// A file of this content, of the same path and fate as the one that it is unpacked from; `what` it is, as in "its column pixels".
    pub(in crate::data) fn on_demand(content: Arc<dyn OnDemand>, what: &str) -> Self {
        let path = content.file().path.clone();
        // A part of a file, and what is made of such, may be another one next time.
        let made = content.file().known_by().map(|_| name_hash(what));
        let held = Part { range: 0..content.len(), content, made };
        Self { path, content: super::Held::OnDemand(held), note: None }
    }
}
