//! The records of single rows, read again, and their strokes.

use super::{Dataset, OpenError, read};
use crate::data::Row;
use crate::data::ndjson::{DrawingReader, LineSpan};
use crate::data::strokes::Drawing;

impl Dataset {
    /// The original record of a row, read again from its file at `span` (as [`RecordsProgress::spans`](super::RecordsProgress::spans) gave it), or
    /// made again by the demo. `None` where the row has no record.
    pub fn record_line(&self, row: Row, span: Option<LineSpan>) -> Result<Option<String>, OpenError> {
        read::line(self, row, span)
    }

    /// The same byte for byte, UTF-8 or not.
    pub fn record_bytes(&self, row: Row, span: Option<LineSpan>) -> Result<Option<Vec<u8>>, OpenError> {
        read::line_bytes(self, row, span)
    }

    /// The strokes of a row, whose record lies at `span` (of length 0 where there is none), or a clause that says why there are none.
    ///
    /// Fails where the file cannot be read, or changed.
    pub fn strokes<'a>(
        &self,
        row: Row,
        span: Option<LineSpan>,
        reader: &'a mut DrawingReader,
    ) -> Result<Result<&'a Drawing, String>, OpenError> {
        let line = self.record_bytes(row, span.filter(|span| span.len > 0))?;
        Ok(match line.as_deref().map(|line| reader.read(line)) {
            None => Err("there is no record of it".to_owned()),
            Some(read) => read.and_then(|drawing| drawing.ok_or_else(|| "its record holds no strokes".to_owned())),
        })
    }
}
