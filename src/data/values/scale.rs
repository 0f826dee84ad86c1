//! From values of any type to bytes, by one range for a whole set.

use super::{Summary, ValueRange};

/// How values become the bytes that drawings are read as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// What becomes 0 and what becomes 255.
    pub range: ValueRange,
    /// The other way round; alpha stays as it is.
    pub inverted: bool,
    /// The alpha that is opaque: 1 or 255.
    pub opaque: f64,
}

impl Scale {
    /// With this range of colours; `floats` is whether values may have fractions. Alpha is 0…1 where that is the range, or where alphas
    /// with fractions all lie there, else 0…255: it is never stretched.
    pub fn new(range: ValueRange, inverted: bool, floats: bool, summary: Summary) -> Self {
        let is_one = range == ValueRange::BOOLS || (floats && summary.most_alpha <= 1.0);
        Self { range, inverted, opaque: if is_one { 1.0 } else { 255.0 } }
    }

    /// The byte of a value; what is no number is paper, and infinite values are the ends.
    pub fn byte(&self, value: f64) -> u8 {
        if value.is_nan() {
            return 0;
        }
        let byte = self.range.ink_of(value);
        if self.inverted { 255 - byte } else { byte }
    }

    /// The byte of an alpha; what is no number is clear.
    pub fn alpha(&self, value: f64) -> u8 {
        ((value / self.opaque).clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    }
}
