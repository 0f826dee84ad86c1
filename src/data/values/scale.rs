//! From values of any type to bytes, by one range for a whole set.

use super::{Summary, ValueRange};

/// How values become the bytes that drawings are read as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// What becomes 0 and what becomes 255.
    pub range: ValueRange,
    /// The other way round; alpha stays as it is.
    pub inverted: bool,
    /// The alpha that is opaque: 1, 255, or the greatest number of so many bits.
    pub opaque: f64,
}

impl Scale {
    /// With this range of colours; `floats` is whether values may have fractions. Alpha has a range of its own: 0…1 where no alpha is
    /// above 1 and values may have fractions or colours have that range; else 0…255 where none is above that; else as many bits as the
    /// greatest one takes (0…1,023, 0…65,535). It is never stretched to what lies between.
    pub fn new(range: ValueRange, inverted: bool, floats: bool, summary: Summary) -> Self {
        let most = summary.most_alpha;
        let opaque = if most <= 1.0 && (floats || range == ValueRange::BOOLS) {
            1.0
        } else if most <= 255.0 {
            255.0
        } else {
            (most.floor() + 1.0).log2().ceil().exp2() - 1.0
        };
        Self { range, inverted, opaque }
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
