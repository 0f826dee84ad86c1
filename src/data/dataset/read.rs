//! Reading drawings across parts, and single record lines.

use super::Dataset;
use super::error::OpenError;
use super::part::Bitmaps;
use crate::data::Row;
use crate::data::ndjson::LineSpan;

/// See [`Dataset::read_rows`].
pub(super) fn rows(dataset: &Dataset, first: u32, out: &mut [u8]) -> Result<(), OpenError> {
    let drawing = dataset.height as usize * dataset.width as usize;
    let count = out.len().div_ceil(drawing) as u64;
    let end = u64::from(first) + count;
    if end > u64::from(dataset.rows()) {
        let rows = dataset.rows();
        return Err(OpenError::OutOfRange { first: u64::from(first), end, rows });
    }
    let start = dataset.rows.start + first;
    let mut row = start;
    let mut rest = out;
    for part in dataset.parts.iter().skip_while(|part| part.end() <= start) {
        if rest.is_empty() {
            break;
        }
        let here = (part.end() - row) as usize * drawing;
        let (some, after) = rest.split_at_mut(here.min(rest.len()));
        part.read_rows(row - part.first, some)?;
        row = part.end();
        rest = after;
    }
    Ok(())
}

/// See [`Dataset::record_line`].
pub(super) fn line(dataset: &Dataset, row: Row, span: Option<LineSpan>) -> Result<Option<String>, OpenError> {
    if row.0 >= dataset.rows() {
        let (first, end) = (u64::from(row.0), u64::from(row.0) + 1);
        return Err(OpenError::OutOfRange { first, end, rows: dataset.rows() });
    }
    let row = dataset.rows.start + row.0;
    let Some(part) = dataset.parts.iter().find(|part| row < part.end()) else {
        return Ok(None);
    };
    match (&part.bitmaps, &part.records, span) {
        (Bitmaps::Demo(demo), ..) if part.has_records => Ok(Some(demo.record_line(row - part.first))),
        (_, Some(records), Some(span)) => Ok(Some(records.line(span)?)),
        _ => Ok(None),
    }
}
