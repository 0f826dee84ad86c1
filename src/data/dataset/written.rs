//! The strokes of single rows, read again from their records.

use super::Dataset;
use crate::data::Row;
use crate::data::ndjson::{DrawingReader, LineSpan};
use crate::data::strokes::Written;

impl Dataset {
    /// The strokes of a row, whose record lies at `span` (of length 0 where there is none); else a clause that says why there are none.
    pub fn written(&self, row: Row, span: Option<LineSpan>, reader: &mut DrawingReader) -> Result<Written, String> {
        let span = span.filter(|span| span.len > 0);
        let line = self.record_bytes(row, span).map_err(|error| error.to_string())?;
        let line = line.ok_or("there is no record of it")?;
        let drawing = reader.read(&line)?.ok_or("its record holds no strokes")?;
        Ok(Written::of(drawing))
    }
}
