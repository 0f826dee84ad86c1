//! From values to ink: the range, how it is found, and the table that is applied to bytes.

use super::{Number, Tally};
use serde_json::{Value, json};
use std::fmt;

/// Values below this one are few enough to be stretched when none at or above it is used.
const HALF: u8 = 128;
/// Values that span less than this are stretched where 0 is none of them.
const NARROW: u8 = 64;

/// The values that become paper and full ink; `low < high`, both finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueRange {
    /// Paper, as is what lies below.
    pub low: f64,
    /// Full ink, as is what lies above.
    pub high: f64,
}

impl ValueRange {
    /// Bytes as they are.
    pub const BYTES: Self = Self { low: 0.0, high: 255.0 };
    /// Bools as they are.
    pub const BOOLS: Self = Self { low: 0.0, high: 1.0 };

    /// The range that bytes are shown with. With m, the largest value below 255 that at least 0.01 % of the values are:
    /// `0…m` where 0 < m < 128 (255 is full ink then, too: the void of class maps); else minimum to maximum where the minimum
    /// is above 0 and they span less than 64; else `0…255`. What holds one single value of 128 or more is shown as it is.
    pub fn of(tally: &Tally) -> Self {
        let whole = |value: u8| f64::from(value);
        match (tally.used(tally.total()).rfind(|&value| value < 255), tally.ends()) {
            (Some(most @ 1..HALF), _) => Self { low: 0.0, high: whole(most) },
            (_, Some((min, max))) if min > 0 && max > min && max - min < NARROW => {
                Self { low: whole(min), high: whole(max) }
            }
            _ => Self::BYTES,
        }
    }

    /// The same of values from `min` to `max` within 0…255 that are not whole: `0…max` where that is below 128; else from `min` to
    /// `max` where `min` is above 0 and they span less than 64; else `0…255`.
    pub fn of_fractions(min: f64, max: f64) -> Self {
        if max < f64::from(HALF) {
            Self { low: 0.0, high: max }
        } else if min > 0.0 && max > min && max - min < f64::from(NARROW) {
            Self { low: min, high: max }
        } else {
            Self::BYTES
        }
    }

    /// Whether [`Self::of`] is [`Self::BYTES`] for all `total` values, whatever those are that have not been counted.
    pub fn is_settled(tally: &Tally, total: u64) -> bool {
        let wide = tally.ends().is_some_and(|(min, max)| min == 0 || max - min >= NARROW);
        wide && tally.used(total).any(|value| (HALF..255).contains(&value))
    }

    /// Ink of a value, 0…255, to the nearest.
    pub fn ink(self, value: u8) -> u8 {
        let part = (f64::from(value) - self.low) / (self.high - self.low);
        (part.clamp(0.0, 1.0) * 255.0 + 0.5).floor() as u8
    }

    /// The same of a value of any type; what is no number becomes 0.
    pub fn ink_of(self, value: f64) -> u8 {
        // Halves, since the ends of 64-bit floats are further apart than any of them is large.
        let part = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    }

    /// `[0, 2]`.
    pub fn to_json(self) -> Value {
        let number = |value: f64| {
            let whole = (value.fract() == 0.0 && value.abs() < 9e15).then(|| serde_json::Number::from(value as i64));
            whole.or_else(|| serde_json::Number::from_f64(value)).map_or(Value::Null, Value::Number)
        };
        json!([number(self.low), number(self.high)])
    }
}

impl fmt::Display for ValueRange {
    /// `0 … 2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} … {}", shown(self.low), shown(self.high))
    }
}

/// How values become ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueMap {
    /// What is paper and what is ink.
    pub range: ValueRange,
    /// The user named the range.
    pub chosen: bool,
    /// The other way round: `high` is paper.
    pub inverted: bool,
    /// All files hold bools: values are 0 and 1, and are read as 0 and 255.
    pub bools: bool,
    /// The range was applied when the drawings were read: bytes as read are what is shown. So it is of types other than uint8 and bool,
    /// and of colour that is not shown as it is.
    pub in_reading: bool,
}

impl Default for ValueMap {
    /// Bytes as they are.
    fn default() -> Self {
        Self { range: ValueRange::BYTES, chosen: false, inverted: false, bools: false, in_reading: false }
    }
}

impl ValueMap {
    /// Ink of a value of the file.
    pub fn ink(&self, value: u8) -> u8 {
        let ink = self.range.ink(value);
        if self.inverted { 255 - ink } else { ink }
    }

    /// The same of a file's own number; a bool beside others is paper or full ink.
    pub fn ink_of(&self, number: Number) -> u8 {
        let value = match number {
            Number::Flag(flag) if self.in_reading => return if flag == self.inverted { 0 } else { 255 },
            Number::Flag(flag) if !self.bools => {
                if flag {
                    255.0
                } else {
                    0.0
                }
            }
            number => number.value(),
        };
        let ink = self.range.ink_of(value);
        if self.inverted && !value.is_nan() { 255 - ink } else { ink }
    }

    /// What the values would be shown with if nothing were chosen or stretched.
    pub fn plain(&self) -> ValueRange {
        match (self.in_reading, self.bools, self.range == ValueRange::BOOLS) {
            (true, _, true) | (false, true, _) => ValueRange::BOOLS,
            _ => ValueRange::BYTES,
        }
    }

    /// Whether a value's ink is the value itself, and a bool's paper or ink.
    pub fn is_plain(&self) -> bool {
        self.range == self.plain() && !self.inverted && !self.in_reading
    }

    /// The same for bytes as [`crate::data::dataset::Dataset::read_rows`] gives them.
    pub fn table(&self) -> InkTable {
        if self.in_reading {
            return Self::default().table();
        }
        let own = |read: u8| if self.bools { read.min(1) } else { read };
        let mut inks = [0; 256];
        (0..=u8::MAX).zip(&mut inks).for_each(|(read, ink)| *ink = self.ink(own(read)));
        InkTable { inks, changes: !self.is_plain() }
    }
}

/// A value in words: whole ones as they are, others to six digits.
pub(super) fn shown(value: f64) -> String {
    let size = value.abs();
    if value.fract() == 0.0 && size < 1e16 || !value.is_finite() {
        return value.to_string();
    }
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    if (1e-5..1e16).contains(&size) { rounded.to_string() } else { format!("{rounded:e}") }
}

/// Ink for each byte that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InkTable {
    inks: [u8; 256],
    changes: bool,
}

impl InkTable {
    /// Turns bytes as read into ink.
    pub fn apply(&self, bytes: &mut [u8]) {
        if self.changes {
            for byte in bytes {
                *byte = self.ink(*byte);
            }
        }
    }

    /// Ink of one byte.
    pub fn ink(&self, read: u8) -> u8 {
        self.inks[usize::from(read)]
    }
}
