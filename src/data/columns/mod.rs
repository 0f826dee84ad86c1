//! Columns: all records of a data set, field by field, typed and compact.
//!
//! A reader turns a block of records into a [`Batch`] (typed on its own, on any thread); [`Columns::append`] joins
//! batches in row order, and [`Columns::finish`] settles the types. Values that were appended can be read at once.
//!
//! Types follow from the values: a column starts with the narrowest type that its first value fits and widens when a
//! later value does not fit, at last to text; the text of every value survives each widening.

mod added;
mod among;
mod batch;
mod bins;
mod builder;
mod calendar;
mod column;
mod contain;
mod counts;
mod dictionary;
mod facets;
mod find;
mod grouping;
mod kinds;
mod names;
mod order;
mod packed;
pub mod query;
mod scale;
mod seen;
mod set;
mod settle;
mod store;
mod take;
mod texts;
pub mod time;
mod timeline;

#[cfg(test)]
mod tests;

pub use added::Added;
pub use batch::Batch;
pub use builder::BatchBuilder;
pub use column::Column;
pub use facets::{ColumnCounts, Counted, FacetBins, FacetCounts, Facets, ValueCount};
pub use find::{Hits, Likeness};
pub use grouping::{Codes, GroupError};
pub use kinds::{ColumnType, Scalar, Value};
pub use names::{label, listed_names, parse_names, quoted, quoted_names};
pub use order::SortedRows;
pub use scale::{log_ticks, number_ticks};
pub use set::Columns;
pub(in crate::data) use set::ROW;
pub use time::short_time;
pub use timeline::TimeBins;

/// Most columns that one data set keeps of the records' own keys; keys beyond are left out and reported.
pub const MAX_COLUMNS: usize = 256;
/// Most columns besides of keys of objects in the records.
pub const MAX_INNER_COLUMNS: usize = 128;
/// Longest column name kept, in bytes; longer keys are left out and reported.
pub const MAX_NAME_BYTES: usize = 256;
/// Longest text kept of one value, in bytes of UTF-8; the rest is cut and reported (the file's line has it whole).
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// Most distinct values of a category; a column with more is text.
pub const MAX_CATEGORIES: usize = 65_535;
