//! Cuts a file into blocks of whole lines, each read on its own.
//!
//! A block has the lines that begin behind a line end within its bytes; the first block has the file's first line, too.
//! So a block can be read without another one, and reads on beyond its bytes until its last line ends.

use super::error::RecordError;
use super::file::RecordFile;
use memchr::{memchr, memchr_iter, memrchr};

/// Bytes first read beyond a block: a few records; doubled until the line ends.
const BEYOND_BYTES: usize = 16 << 10;

/// Whole lines of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    /// Where they begin in the file.
    pub(super) offset: u64,
    /// Their bytes, line ends included. Of a last line that is far too long only the beginning.
    pub(super) bytes: &'a [u8],
    /// How many they are.
    pub(super) lines: u32,
}

/// Reads blocks into one buffer.
#[derive(Debug)]
pub(super) struct SegmentReader<'a> {
    file: &'a RecordFile,
    block_bytes: usize,
    /// Beyond this length the end of a line is not looked for.
    far_too_long: usize,
    buffer: Vec<u8>,
}

impl<'a> SegmentReader<'a> {
    /// Reads blocks of `block_bytes` (at least 1); a line that exceeds `max_line_bytes` by a block and more is not held.
    pub(super) fn new(file: &'a RecordFile, block_bytes: usize, max_line_bytes: usize) -> Self {
        Self { file, block_bytes, far_too_long: max_line_bytes.saturating_add(block_bytes), buffer: Vec::new() }
    }

    /// The lines of a block.
    pub(super) fn read(&mut self, block: u64) -> Result<Segment<'_>, RecordError> {
        let start = block * self.block_bytes as u64;
        let mut filled = self.read_more(start, 0, self.block_bytes)?;
        let own = self.buffer.get(..filled).unwrap_or_default();
        let first = if block == 0 { Some(0) } else { memchr(b'\n', own).map(|end| end + 1) };
        let Some(first) = first else {
            return Ok(Segment { offset: start, bytes: &[], lines: 0 });
        };
        let mut lines = memchr_iter(b'\n', own).count() + usize::from(block == 0);
        let mut end = memrchr(b'\n', own).map_or(first, |end| end + 1);
        if start + filled as u64 == self.file.bytes() {
            // Nothing begins behind the file's last line end.
            lines -= usize::from(end == filled);
            end = filled;
        } else {
            let last = end;
            let mut more_bytes = BEYOND_BYTES;
            end = loop {
                let more = self.read_more(start, filled, more_bytes)?;
                let fresh = self.buffer.get(filled..filled + more).unwrap_or_default();
                if let Some(end) = memchr(b'\n', fresh) {
                    break filled + end + 1;
                }
                filled += more;
                if more == 0 || filled - last > self.far_too_long {
                    break filled;
                }
                more_bytes = (more_bytes * 2).min(self.block_bytes.max(BEYOND_BYTES));
            };
        }
        let bytes = self.buffer.get(first..end).unwrap_or_default();
        Ok(Segment { offset: start + first as u64, bytes, lines: lines as u32 })
    }

    /// Reads at most `bytes` of the file to place `at` of the buffer, which begins at `start`; how many it has there.
    fn read_more(&mut self, start: u64, at: usize, bytes: usize) -> Result<usize, RecordError> {
        let offset = start + at as u64;
        let left = self.file.bytes().saturating_sub(offset);
        let wanted = usize::try_from(left).map_or(bytes, |left| left.min(bytes));
        if self.buffer.len() < at + wanted {
            self.buffer.resize(at + wanted, 0);
        }
        let out = self.buffer.get_mut(at..at + wanted).unwrap_or_default();
        if self.file.read_at(out, offset)? < wanted {
            return Err(self.file.changed());
        }
        Ok(wanted)
    }
}
