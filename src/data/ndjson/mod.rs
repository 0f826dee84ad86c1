//! Records, one JSON object a line: read in blocks with bounded memory, turned into batches of columns.
//!
//! Line i (from 0) is row i, always: a bad or blank line occupies its row with everything missing. A byte order mark,
//! CRLF line ends and a missing final newline are accepted. Strokes and other nested values are skipped; a
//! [`LineSpan`] is enough to read them when somebody looks.
//!
//! A file is cut at line ends into blocks (`segment`). Each core reads and parses every n-th block (`work`) with
//! [`parse_block`], a pure function of a block's bytes; only the number of its first line passes from block to block
//! (`tally`). The caller gets the batches in the file's order. Of a line, `plain` looks at what it knows, `line` at
//! everything else with `serde_json`; strokes pass through an automaton.

mod automaton;
mod block;
mod error;
mod file;
mod line;
mod lines;
mod options;
mod plain;
mod read;
mod segment;
mod sniff;
mod summary;
mod tally;
mod work;

#[cfg(test)]
mod tests;

pub use block::{BlockResult, parse_block};
pub use error::RecordError;
pub use file::{LineSpan, RecordFile, may_be};
pub use options::{ReadOptions, RecordsEvent};
pub use summary::{Oddity, RecordsSummary};
