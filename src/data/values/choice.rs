//! `--range` and `--invert`: what the user says of values.

use super::ValueRange;
use crate::words::shown_text;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What the user wants of values; the default leaves the range to the data.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ValueOptions {
    /// `--range`.
    pub range: Option<RangeChoice>,
    /// `--invert`: large values are paper.
    pub invert: bool,
}

impl ValueOptions {
    /// The range from one value to another that was asked for.
    pub fn between(&self) -> Option<ValueRange> {
        match self.range {
            Some(RangeChoice::Between(range)) => Some(range),
            Some(RangeChoice::Raw) | None => None,
        }
    }
}

/// A range that the user named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RangeChoice {
    /// As the values are: 0…255, and 0…1 of bools.
    Raw,
    /// This one.
    Between(ValueRange),
}

/// A text that is no range.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RangeError {
    /// It does not read as one.
    #[error("\"{0}\" is no range of values: write A:B, such as 0:1 (A is paper, B is full ink), or raw")]
    Syntax(String),
    /// The greater one comes first, or both are the same.
    #[error("\"{0}\" is no range of values: the first must be less than the second (--invert swaps paper and ink)")]
    Order(String),
}

impl FromStr for RangeChoice {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Self, RangeError> {
        if text.trim() == "raw" {
            return Ok(Self::Raw);
        }
        let told = || shown_text(text, 40);
        // Beyond this differences of bounds are no longer exact, and no data needs it.
        let bound = |side: &str| side.trim().parse().ok().filter(|value: &f64| value.abs() <= 1e15);
        let bounds = text.split_once(':').and_then(|(low, high)| Some((bound(low)?, bound(high)?)));
        let (low, high) = bounds.ok_or_else(|| RangeError::Syntax(told()))?;
        if low < high { Ok(Self::Between(ValueRange { low, high })) } else { Err(RangeError::Order(told())) }
    }
}

impl fmt::Display for RangeChoice {
    /// As it is typed: `raw`, `0:1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Raw => f.write_str("raw"),
            Self::Between(range) => write!(f, "{}:{}", range.low, range.high),
        }
    }
}
