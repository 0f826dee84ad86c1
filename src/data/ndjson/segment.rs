//! Cuts a file into blocks of whole lines, each read on its own.
//!
//! A block has the lines that begin behind a line end within its bytes; the first block has the file's first line, too.
//! So a block can be read without another one, and reads on beyond its bytes until its last line ends.

use super::error::RecordError;
use super::file::RecordFile;
use super::lines::Lines;
use memchr::{memchr, memchr_iter};

/// Bytes first read beyond a block: a few records; doubled until the line ends.
const BEYOND_BYTES: usize = 16 << 10;

/// A block as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    /// Where its text begins in the file.
    pub(super) offset: u64,
    /// Its lines. Of a last line that is far too long only the beginning.
    pub(super) lines: Lines<'a>,
}

/// Reads blocks into one buffer.
#[derive(Debug)]
pub(super) struct SegmentReader<'a> {
    file: &'a RecordFile,
    block_bytes: usize,
    /// Beyond this length the end of a line is not looked for.
    far_too_long: usize,
    buffer: Vec<u8>,
    /// Where the lines end in the buffer.
    ends: Vec<usize>,
}

impl<'a> SegmentReader<'a> {
    /// Reads blocks of `block_bytes` (at least 1); a line that exceeds `max_line_bytes` by a block and more is not held.
    pub(super) fn new(file: &'a RecordFile, block_bytes: usize, max_line_bytes: usize) -> Self {
        Self {
            file,
            block_bytes,
            far_too_long: max_line_bytes.saturating_add(block_bytes),
            buffer: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The lines of a block.
    pub(super) fn read(&mut self, block: u64) -> Result<Segment<'_>, RecordError> {
        let start = self.file.form.start + block * self.block_bytes as u64;
        let filled = self.read_more(start, 0, self.block_bytes)?;
        let own = self.buffer.get(..filled).unwrap_or_default();
        let mut line_ends = memchr_iter(self.file.form.line_end, own);
        let first = if block == 0 { Some(0) } else { line_ends.next().map(|end| end + 1) };
        self.ends.clear();
        self.ends.extend(line_ends);
        if let Some(first) = first {
            let last = self.ends.last().map_or(first, |end| end + 1);
            // Nothing begins behind the file's last line end.
            if start + (last as u64) < self.file.bytes() {
                let end = self.end_of_line(start, last, filled)?;
                self.ends.push(end);
            }
        }
        Ok(Segment { offset: start, lines: Lines::new(&self.buffer, first.unwrap_or(0), &self.ends) })
    }

    /// Reads on behind the first `filled` bytes of the buffer, which begins at `start`, until the line from `last` on
    /// ends; where that is.
    fn end_of_line(&mut self, start: u64, last: usize, mut filled: usize) -> Result<usize, RecordError> {
        let mut bytes = BEYOND_BYTES;
        loop {
            let more = self.read_more(start, filled, bytes)?;
            let fresh = self.buffer.get(filled..filled + more).unwrap_or_default();
            if let Some(end) = memchr(self.file.form.line_end, fresh) {
                return Ok(filled + end);
            }
            filled += more;
            if more == 0 || filled - last > self.far_too_long {
                return Ok(filled);
            }
            bytes = (bytes * 2).min(self.block_bytes.max(BEYOND_BYTES));
        }
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
