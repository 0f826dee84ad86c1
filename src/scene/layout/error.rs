//! Why there is no layout.

use super::LAYOUTS;
use super::registry::listed;
use crate::data::columns::GroupError;
use crate::progress::Cancelled;

/// Why a layout cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// There is nothing to lay out.
    #[error("no drawings to lay out")]
    NoRows,
    /// `--columns 0`.
    #[error("a grid needs at least 1 column, got 0; leave --columns out for the default")]
    NoColumns,
    /// The layout would be too wide or high for exact 32-bit positions.
    #[error("a layout of {width} x {height} drawings exceeds {limit} on a side; choose another number of columns")]
    TooLarge {
        /// Width, world units.
        width: u64,
        /// Height, world units.
        height: u64,
        /// The longest permitted side.
        limit: u64,
    },
    /// A row's code lies outside the dictionary.
    #[error("row {row} has the code {code}, but there are only {values} values")]
    Code {
        /// The row.
        row: u32,
        /// Its code.
        code: u32,
        /// Length of the dictionary.
        values: usize,
    },
    /// There is no column to group by, or it is unusable.
    #[error(transparent)]
    Group(#[from] GroupError),
    /// What a layout itself says of columns that it cannot go by.
    #[error("{0}")]
    Refused(String),
    /// Nobody wants it any more: it is never told.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// No layout of this name.
    #[error("unknown layout '{0}'; there are {known}", known = listed(LAYOUTS.iter().map(ToString::to_string).collect()))]
    Unknown(String),
}
