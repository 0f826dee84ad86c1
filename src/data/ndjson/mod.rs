//! Records, one JSON object a line: read in blocks with bounded memory, turned into batches of columns.
//!
//! Line i (from 0) is row i, always: a bad or blank line occupies its row with everything missing. A byte order mark,
//! CRLF or CR line ends (`form`) and a missing final newline are accepted, and what programs write beside records is left
//! out (`beside`): separators, commas, the brackets of an array with a record a line. Strokes and other nested values are
//! skipped; a [`LineSpan`] is enough to read them when somebody looks.
//!
//! A file is cut at line ends into blocks (`segment`). Each core reads and parses every n-th block (`work`) with
//! [`parse_block`], a pure function of a block's bytes; only the number of its first line passes from block to block
//! (`tally`). The caller gets the batches in the file's order. Of a line, `plain` looks at what it knows, `line` and
//! `value` at everything else; strokes pass through an automaton.

mod automaton;
mod beside;
mod block;
mod document;
mod drawing;
mod error;
mod file;
mod flaw;
mod form;
mod inner;
mod lead;
mod line;
mod lines;
mod list;
mod number;
mod options;
mod plain;
mod read;
mod segment;
mod sniff;
mod strokes;
mod summary;
mod tally;
mod text;
mod value;
mod walk;
mod work;
mod wrapped;

#[cfg(test)]
mod tests;

pub use beside::Beside;
pub use block::{BlockResult, parse_block};
pub use drawing::DrawingReader;
pub use error::RecordError;
pub use file::{LineSpan, RecordFile, may_be};
pub use line::count_items;
pub use options::{ReadOptions, RecordsEvent};
pub use strokes::Strokes;
pub use summary::{Oddity, RecordsSummary, Taken};
pub(in crate::data) use walk::Walked;
