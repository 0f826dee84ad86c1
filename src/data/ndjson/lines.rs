//! Counts lines without parsing them.

use memchr::memchr_iter;

/// How many lines a piece of text begins with.
pub(super) struct Lines {
    /// Lines, at most as many as asked for.
    pub(super) count: u32,
    /// Their bytes, line ends included.
    pub(super) bytes: usize,
    /// Lines up to the last that is not blank.
    pub(super) filled: u32,
}

impl Lines {
    /// Counts at most `most` lines of `bytes`; the last need not have a line end.
    pub(super) fn first(bytes: &[u8], most: u32) -> Self {
        let mut lines = Self { count: 0, bytes: 0, filled: 0 };
        let ends = memchr_iter(b'\n', bytes).map(|end| end + 1);
        let unended = bytes.last().is_some_and(|&last| last != b'\n').then_some(bytes.len());
        for end in ends.chain(unended).take(most as usize) {
            lines.count += 1;
            if !bytes.get(lines.bytes..end).unwrap_or_default().trim_ascii().is_empty() {
                lines.filled = lines.count;
            }
            lines.bytes = end;
        }
        lines
    }
}
