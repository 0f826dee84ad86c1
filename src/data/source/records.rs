//! Records that come with the drawings, and not in a file of their own.

use std::ops::Range;

use super::error::ImageError;
use crate::data::columns::Batch;

/// Records that a source of drawings brings along, one for each.
pub trait OwnRecords {
    /// About how many bytes all of them take, for the progress.
    fn bytes(&self) -> u64;

    /// The columns of some rows.
    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError>;

    /// The record of one row as text.
    fn line(&self, row: u32) -> Result<String, ImageError>;
}
