//! Texts of many rows in one piece of memory.

/// Set in an end offset where the row has no text.
const MISSING: u64 = 1 << 63;

/// One text per row: all bytes after one another, and where each ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    /// End of each row's text in `bytes`, with the `MISSING` bit where there is none.
    ends: Vec<u64>,
}

impl Texts {
    pub(super) fn push(&mut self, text: Option<&str>) {
        self.bytes.push_str(text.unwrap_or_default());
        let missing = if text.is_none() { MISSING } else { 0 };
        self.ends.push(self.bytes.len() as u64 | missing);
    }

    pub(super) fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)?;
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end & !MISSING);
        if end & MISSING != 0 { None } else { self.bytes.get(start as usize..end as usize) }
    }

    /// The texts of rows from `first` on that follow one another in memory, `most` bytes of them, but at least one row's and at most
    /// those before `end`; and the row after the last.
    pub(super) fn run(&self, first: usize, end: usize, most: usize) -> (&str, usize) {
        let start = first.checked_sub(1).map_or(0, |before| self.end(before));
        let within = self.ends.get(first..end.min(self.ends.len())).unwrap_or_default();
        let rows = within.partition_point(|end| ((end & !MISSING) as usize).saturating_sub(start) <= most).max(1);
        let next = (first + rows).min(first + within.len());
        let text = next
            .checked_sub(1)
            .filter(|_| next > first)
            .map_or("", |last| self.bytes.get(start..self.end(last)).unwrap_or_default());
        (text, next)
    }

    /// Where the text of a row ends, from the first byte of all; that of a missing one, too.
    pub(super) fn end(&self, row: usize) -> usize {
        self.ends.get(row).map_or(self.bytes.len(), |end| (end & !MISSING) as usize)
    }

    /// All texts, row by row.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.ends.len()).map(|row| self.get(row))
    }

    /// Bytes of all texts.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
