//! Where the encoded bytes of a picture lie: in a file of its own, or in an archive.

use std::ops::Range;
use std::sync::Arc;

use crate::data::file::{FileError, PlainFile};
use crate::data::values::ValueRange;
use crate::words::size;
use twox_hash::XxHash3_128;

/// The most bytes of an encoded picture.
const MOST_BYTES: u64 = 1 << 30;

/// Where the bytes of a picture, or what is known of it, lie.
#[derive(Clone, Debug)]
pub(super) struct Place {
    file: Arc<PlainFile>,
    range: Range<u64>,
}

/// Why a picture cannot be drawn.
#[derive(Debug)]
pub(super) enum Fault {
    /// The machine would not read it, whatever it is.
    Machine(FileError),
    /// The picture's own: a clause for people, such as "an empty file (0 bytes)".
    Own(String),
}

impl From<FileError> for Fault {
    fn from(error: FileError) -> Self {
        if error.fault.is_of_the_machine() { Self::Machine(error) } else { Self::Own(error.fault.to_string()) }
    }
}

impl Place {
    /// All of a file.
    pub(super) fn whole(file: Arc<PlainFile>) -> Self {
        let range = 0..file.len();
        Self { file, range }
    }

    /// A part of a file; what lies beyond its end is left out.
    pub(super) fn within(file: &Arc<PlainFile>, range: Range<u64>) -> Self {
        let end = range.end.min(file.len());
        Self { file: Arc::clone(file), range: range.start.min(end)..end }
    }

    /// The file.
    pub(super) fn file(&self) -> &PlainFile {
        &self.file
    }

    /// By what it is known again where this range decides what it looks like, if any does; `None` where that cannot be.
    pub(super) fn known_by(&self, range: Option<ValueRange>) -> Option<u128> {
        let mut all = self.file.known_by()?.to_le_bytes().to_vec();
        all.extend((u128::from(self.range.start) << 64 | u128::from(self.range.end)).to_le_bytes());
        all.extend(range.into_iter().flat_map(|range| [range.low, range.high]).flat_map(f64::to_le_bytes));
        Some(XxHash3_128::oneshot(&all))
    }

    /// Bytes.
    pub(super) fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// The bytes of a part of it, counted from its beginning; fewer where it ends before.
    pub(super) fn read(&self, part: Range<u64>) -> Result<Vec<u8>, Fault> {
        let len = self.len();
        let (start, end) = (part.start.min(len), part.end.min(len));
        let bytes = end.saturating_sub(start);
        if bytes > MOST_BYTES {
            return Err(Fault::Own(format!("it takes {}; at most {} are read", size(bytes), size(MOST_BYTES))));
        }
        let mut out = Vec::new();
        // As many bytes are in the file: that was seen when it was opened.
        if out.try_reserve_exact(bytes as usize).is_err() {
            return Err(Fault::Own(format!("there is no memory for its {}", size(bytes))));
        }
        out.resize(bytes as usize, 0);
        self.file.read_exact_at(&mut out, self.range.start + start)?;
        Ok(out)
    }

    /// All of it, as it was when it was opened.
    pub(super) fn all(&self) -> Result<Vec<u8>, Fault> {
        let bytes = self.read(0..self.len())?;
        self.file.check_unchanged()?;
        Ok(bytes)
    }
}
