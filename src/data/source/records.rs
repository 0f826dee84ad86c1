//! Records that come with the drawings, and not in a file of their own.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use super::error::ImageError;
use crate::data::columns::Batch;

/// Records that a source of drawings brings along, one for each.
pub trait OwnRecords: fmt::Debug + Send + Sync {
    /// About how many bytes all of them take, for the progress.
    fn bytes(&self) -> u64;

    /// The columns of some rows.
    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError>;

    /// The record of one row as text.
    fn line(&self, row: u32) -> Result<String, ImageError>;

    /// Whether they hold strokes.
    fn hold_strokes(&self) -> bool {
        false
    }

    /// The columns that were found beside the drawings, for the load report; none where records are a matter of course.
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The columns that are missed where other records are read instead.
    fn left_out(&self) -> Vec<&str> {
        self.names()
    }

    /// The file of their own that they lie in; `None` where that is the drawings' one, or none.
    fn path(&self) -> Option<&Path> {
        None
    }
}
