//! How to read records, and what a reader sends.

use super::file::LineSpan;
use crate::data::columns::Batch;

/// How to read records.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Longest line that is read; a longer one counts as bad and is skipped without being held. Default 16 MiB.
    pub max_line_bytes: usize,
    /// Whether the first odd line (bad, blank, cut, too many keys) is an error.
    pub strict: bool,
    /// Whether lines after the wanted ones are counted, too (not parsed); default true.
    pub count_rest: bool,
    /// Bytes of a block, which one thread reads and parses at a time, at least 1; default 1 MiB.
    pub block_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_line_bytes: 16 << 20, strict: false, count_rest: true, block_bytes: 1 << 20 }
    }
}

/// What a reader sends while it reads.
#[derive(Debug)]
pub enum RecordsEvent {
    /// The next rows, in the file's order and without gaps.
    Batch {
        /// The file's line (from 0) that is the batch's first row.
        first_line: u32,
        /// The columns of these rows.
        batch: Batch,
        /// The place of each row's line in the file.
        spans: Vec<LineSpan>,
        /// Bytes of the file read so far.
        bytes_done: u64,
    },
}
