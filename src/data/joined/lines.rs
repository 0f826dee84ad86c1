//! Lines of a table on their way into columns: as JSON text, so that values get their types as those of records do.

use crate::data::columns::Columns;
use crate::data::ndjson::parse_block;
use crate::data::report::Severity;

/// Text that is parsed at once.
const BLOCK_BYTES: usize = 1 << 20;
/// The longest line.
pub(super) const MOST_LINE_BYTES: usize = 16 << 20;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) columns: Columns,
    /// What was odd, and what is worth knowing.
    pub(super) notes: Vec<(Severity, String)>,
    waiting: Vec<u8>,
    bad: u64,
    first_bad: Option<String>,
}

impl Lines {
    /// How many there are.
    pub(super) fn rows(&self) -> u32 {
        self.columns.rows_loaded()
    }

    /// Whether none was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.rows() == 0 && self.waiting.is_empty()
    }

    /// Adds an object as JSON; line ends within it lie between values.
    pub(super) fn push(&mut self, object: &[u8]) {
        self.waiting.extend(object.iter().map(|&byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte }));
        self.waiting.push(b'\n');
        if self.waiting.len() >= BLOCK_BYTES {
            self.parse();
        }
    }

    fn parse(&mut self) {
        let first = self.rows();
        let block = parse_block(&self.waiting, first, 0, MOST_LINE_BYTES);
        self.waiting.clear();
        self.bad += u64::from(block.bad);
        if let Some(odd) = block.oddities.first().filter(|_| block.bad > 0 && self.first_bad.is_none()) {
            self.first_bad = Some(format!("line {}: {}", odd.line, odd.what));
        }
        self.columns.append(first, block.batch);
    }

    /// All lines.
    pub(super) fn finish(mut self) -> Self {
        self.parse();
        if let Some(first) = self.first_bad.take() {
            let lines = crate::words::counted(self.bad, "line is", "lines are");
            let text = format!("{lines} no record, and left blank; the first: {first}");
            self.notes.push((Severity::Warning, text));
        }
        self
    }
}
