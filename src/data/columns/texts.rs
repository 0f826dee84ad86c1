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
