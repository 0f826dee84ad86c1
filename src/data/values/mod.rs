//! Which values drawings hold, and which of them become paper and full ink. Pure: knows no files.
//!
//! Files hold unsigned bytes or bools. Ink is `(v − low) / (high − low)`, rounded to 0…255: one range for all that is open.
//! The range is found by [`ValueRange::of`] unless the user names one. Bytes are mapped when drawings are packed, before any
//! mean is taken: means of a mask of 0 and 1, as bytes, would be rounded away.
//!
//! Floats will come with ranges that are not whole; [`ValueRange`] holds them already.

mod choice;
mod map;
mod tally;
mod words;

pub use choice::{RangeChoice, RangeError, ValueOptions};
pub use map::{InkTable, ValueMap, ValueRange};
pub use tally::Tally;
pub use words::{in_words, shares};

#[cfg(test)]
mod tests;
