//! Codes of many rows.

use super::{CodeError, UNIT};

/// Codes of many rows, all of one width. Two rows are the more alike the greater the dot product of their codes is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    width: usize,
    values: Vec<i8>,
}

impl Codes {
    /// Widest code: dot products stay within an i32 by far.
    pub const WIDEST: usize = 1 << 16;

    /// Takes codes row by row, `width` values each, 1 to [`WIDEST`](Self::WIDEST).
    pub fn new(width: usize, values: Vec<i8>) -> Result<Self, CodeError> {
        let width_taken = width.clamp(1, Self::WIDEST);
        let rows = (values.len() / width_taken).min(u32::MAX as usize - 1);
        let expected = rows * width_taken;
        if width != width_taken {
            return Err(CodeError::Length { found: width, expected: width_taken });
        }
        if values.len() != expected {
            return Err(CodeError::Length { found: values.len(), expected });
        }
        Ok(Self { width, values })
    }

    /// Rows.
    pub fn rows(&self) -> u32 {
        (self.values.len() / self.width) as u32
    }

    /// Values of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All values, row by row.
    pub fn values(&self) -> &[i8] {
        &self.values
    }

    /// The code of a row; none beyond the last.
    pub fn row(&self, row: u32) -> Option<&[i8]> {
        let start = (row as usize).checked_mul(self.width)?;
        self.values.get(start..start.checked_add(self.width)?)
    }

    /// The codes of some rows, in the order in which they are named; those beyond the last are left out.
    pub fn taken(&self, rows: &[u32]) -> Self {
        Self { width: self.width, values: rows.iter().filter_map(|&row| self.row(row)).flatten().copied().collect() }
    }

    /// Whether there is nothing to compare a row by: it is no look-alike of anything, and has none.
    pub fn is_blank(&self, row: u32) -> bool {
        self.row(row).is_none_or(is_blank)
    }

    /// A dot product of codes that a [`CodeMaker`](super::CodeMaker) made as a cosine, about −1 to 1.
    pub fn cosine(similarity: i32) -> f64 {
        f64::from(similarity) / (f64::from(UNIT) * f64::from(UNIT))
    }
}

/// Whether a code is that of nothing.
pub(in crate::likeness) fn is_blank(code: &[i8]) -> bool {
    code.iter().all(|&value| value == 0)
}
