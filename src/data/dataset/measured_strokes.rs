//! `--stroke-columns`: columns of what the strokes of records say.

use super::error::OpenError;
use crate::data::columns::{Batch, BatchBuilder, Value, time};
use crate::data::ndjson::{DrawingReader, LineSpan, RecordFile};
use crate::data::strokes::Measures;
use rayon::prelude::*;

/// The hour of the day in which a drawing was made, UTC, by the record's `timestamp`.
const HOUR: &str = "drawing.hour_utc";
const TIMESTAMP: &str = "timestamp";
const HOUR_US: i64 = 3_600_000_000;
/// Records that one thread reads in one go.
const AT_ONCE: usize = 64;

/// The columns of a batch of records, whose lines are read once more. A record without strokes, or with broken ones, has no values.
pub(super) fn columns(records: &RecordFile, spans: &[LineSpan], batch: &Batch) -> Result<Batch, OpenError> {
    let measure = |reader: &mut DrawingReader, span: &LineSpan| {
        if span.len == 0 {
            return Ok(None);
        }
        let line = records.line_bytes(*span)?;
        // What is wrong with a line is said where it is read as a record, or rendered.
        Ok(reader.read(&line).ok().flatten().map(Measures::of))
    };
    let spans = spans.par_iter().with_min_len(AT_ONCE);
    let measured: Vec<Option<Measures>> =
        spans.map_init(DrawingReader::default, measure).collect::<Result<_, OpenError>>()?;
    let times = batch.texts(TIMESTAMP);
    let mut builder = BatchBuilder::new();
    for (row, measures) in measured.iter().enumerate() {
        builder.push_row();
        for (name, value) in Measures::NAMES.iter().zip(measures.map(|measures| measures.values()).unwrap_or_default())
        {
            builder.set(name, value.map_or(Value::Missing, Value::Number));
        }
        let text = times.as_ref().and_then(|times| times.get(row)?.as_deref());
        if let Some(us) = text.and_then(time::parse) {
            builder.set(HOUR, Value::Number(us.div_euclid(HOUR_US).rem_euclid(24) as f64));
        }
    }
    Ok(builder.finish())
}
