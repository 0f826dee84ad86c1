//! `--rows A:B`: a slice of the rows as in Python.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use thiserror::Error;

/// A slice `A:B` as in Python: either side may be missing, negative numbers count from the end, and ends beyond the
/// data are clamped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowSlice {
    start: Option<i64>,
    end: Option<i64>,
}

/// A text that is no slice.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" is no slice of rows: write A:B, such as 0:30, :100 or -5:{}", if *step { " (steps are not supported)" } else { "" })]
pub struct RowSliceError {
    text: String,
    step: bool,
}

impl RowSlice {
    /// The rows that the slice takes of `rows`; empty where Python's would be.
    pub fn of(self, rows: u32) -> Range<u32> {
        let rows = i64::from(rows);
        let place = |bound: i64| {
            let from_start = if bound < 0 { bound.saturating_add(rows) } else { bound };
            from_start.clamp(0, rows) as u32
        };
        let start = self.start.map_or(0, place);
        let end = self.end.map_or(rows as u32, place);
        start..end.max(start)
    }
}

impl FromStr for RowSlice {
    type Err = RowSliceError;

    fn from_str(text: &str) -> Result<Self, RowSliceError> {
        let error = || RowSliceError { text: text.chars().take(40).collect(), step: text.matches(':').count() > 1 };
        let bound = |side: &str| match side.trim() {
            "" => Ok(None),
            number => number.parse().map(Some).map_err(|_| error()),
        };
        let (start, end) = text.split_once(':').ok_or_else(error)?;
        Ok(Self { start: bound(start)?, end: bound(end)? })
    }
}

impl fmt::Display for RowSlice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(start) = self.start {
            write!(f, "{start}")?;
        }
        f.write_str(":")?;
        self.end.map_or(Ok(()), |end| write!(f, "{end}"))
    }
}
