//! Which values drawings hold, and which of them become paper and full ink. Pure: knows no files.
//!
//! Ink is `(v − low) / (high − low)`, rounded to 0…255: one range for all that is open, found from the values unless the user names one.
//! Bytes and bools are mapped by [`ValueMap`] when drawings are packed, before any mean is taken: means of a mask of 0 and 1, as bytes,
//! would be rounded away. Other types become bytes by a [`Scale`] while they are read, by a range that is found from all of them
//! ([`Spread`]): no byte could hold them meanwhile.

mod choice;
mod map;
mod number;
mod scale;
mod spread;
mod tally;
mod words;

pub use choice::{RangeChoice, RangeError, ValueOptions};
pub use map::{InkTable, ValueMap, ValueRange};
pub(in crate::data) use number::half;
pub use number::{Number, PixelValue};
pub use scale::Scale;
pub use spread::{Finer, Spread, Summary};
pub use tally::Tally;
pub use words::{in_words, not_finite, shares, summary_in_words};

#[cfg(test)]
mod tests;
