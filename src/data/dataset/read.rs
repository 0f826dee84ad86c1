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
    let mut rest = out;
    for PartRows { part, first, rows } in by_part(dataset, first, count as u32) {
        let (some, after) = rest.split_at_mut((rows as usize * drawing).min(rest.len()));
        if let Some(part) = dataset.parts.get(part) {
            part.read_rows(first, some)?;
        }
        rest = after;
    }
    Ok(())
}

/// Rows of one part that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartRows {
    /// Which part.
    pub(super) part: usize,
    /// The first one, counted within the part.
    pub(super) first: u32,
    /// How many.
    pub(super) rows: u32,
}

/// The parts that the open rows `first, first + 1, …` lie in; what lies beyond the last part is left out.
pub(super) fn by_part(dataset: &Dataset, first: u32, rows: u32) -> impl Iterator<Item = PartRows> + '_ {
    let start = dataset.rows.start.saturating_add(first);
    let end = start.saturating_add(rows);
    let parts = dataset.parts.iter().enumerate().skip_while(move |(_, part)| part.end() <= start);
    parts.take_while(move |(_, part)| part.first < end).map(move |(i, part)| {
        let from = part.first.max(start);
        PartRows { part: i, first: from - part.first, rows: part.end().min(end) - from }
    })
}

/// See [`Dataset::record_line`].
pub(super) fn line(dataset: &Dataset, row: Row, span: Option<LineSpan>) -> Result<Option<String>, OpenError> {
    let text =
        |bytes| String::from_utf8(bytes).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned());
    Ok(line_bytes(dataset, row, span)?.map(text))
}

/// See [`Dataset::record_bytes`].
pub(super) fn line_bytes(dataset: &Dataset, row: Row, span: Option<LineSpan>) -> Result<Option<Vec<u8>>, OpenError> {
    if row.0 >= dataset.rows() {
        let (first, end) = (u64::from(row.0), u64::from(row.0) + 1);
        return Err(OpenError::OutOfRange { first, end, rows: dataset.rows() });
    }
    let row = dataset.rows.start + row.0;
    let Some(part) = dataset.parts.iter().find(|part| row < part.end()) else {
        return Ok(None);
    };
    match (&part.bitmaps, &part.records, span) {
        (Bitmaps::Demo(demo), ..) if part.has_records => Ok(Some(demo.record_line(row - part.first).into_bytes())),
        (_, Some(records), Some(span)) => Ok(Some(records.line_bytes(span)?)),
        _ => Ok(None),
    }
}
