//! The drawings of a record file as bitmaps, rendered from their strokes.

use super::error::{Failure, ShareError, whole};
use super::npy;
use crate::data::Cancel;
use crate::data::ndjson::{RecordError, RecordFile};
use crate::data::strokes::{Rendered, render_records};
use std::ops::ControlFlow;
use std::path::Path;

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        Self::Content(ShareError::Open(error.into()))
    }
}

/// Writes the drawings of all records as an array of (N, side²) bytes, row i from line i, whole or not at all. `on` hears how many bytes
/// of the records have been read; a break gives the work up.
pub fn rasterize(
    records: &RecordFile,
    side: u32,
    out: &Path,
    on: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Rendered, ShareError> {
    // The header says how many there are; whether the file has changed since is looked at when it is read again.
    let rows = records.count(&Cancel::new()).map_err(|error| ShareError::Open(error.into()))?;
    let mut rendered = Rendered::default();
    whole("bitmaps", out, |file| {
        let shape = npy::shape_of(rows as usize, side, side, 1);
        file.write_all(&npy::header("|u1", &shape))?;
        rendered = render_records::<Failure>(records, side, &Cancel::new(), &mut |bitmaps, done| {
            file.write_all(bitmaps)?;
            if on(done).is_break() { Err(ShareError::Cancelled.into()) } else { Ok(()) }
        })?;
        if rendered.rows == rows { Ok(()) } else { Err(Failure::Content(ShareError::Open(records.changed().into()))) }
    })?;
    Ok(rendered)
}
