//! The demo as a source of drawings and records: nothing is kept, everything is made when it is read.

use std::ops::Range;

use super::Demo;
use super::raster::SIDE;
use crate::data::columns::{Batch, BatchBuilder, Value};
use crate::data::source::{Element, ImageError, ImageSource, OwnRecords, Reread, refuse_unless_within};

/// What a record counts in the progress, near a published record's size.
const RECORD_BYTES: u64 = 4_900;

impl ImageSource for Demo {
    fn rows(&self) -> u32 {
        self.rows
    }

    fn height(&self) -> u32 {
        SIDE as u32
    }

    fn width(&self) -> u32 {
        SIDE as u32
    }

    fn element(&self) -> Element {
        Element::U8
    }

    fn reread(&self) -> Reread {
        Reread::Computed
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        refuse_unless_within(self, first, out.len())?;
        self.draw_rows(first, out);
        Ok(())
    }

    fn category(&self) -> Option<&str> {
        Some("octopus")
    }

    fn own_records(&self) -> Option<&dyn OwnRecords> {
        Some(self)
    }
}

impl OwnRecords for Demo {
    fn bytes(&self) -> u64 {
        u64::from(self.rows) * RECORD_BYTES
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        let mut builder = BatchBuilder::new();
        for row in rows {
            let meta = self.meta(row);
            builder.push_row();
            builder.set("word", Value::Text(meta.word));
            builder.set("countrycode", Value::Text(meta.countrycode));
            builder.set("timestamp", Value::Time(meta.timestamp_us));
            builder.set("recognized", Value::Flag(meta.recognized));
            builder.set("key_id", Value::Id(meta.key_id));
        }
        Ok(builder.finish())
    }

    fn hold_strokes(&self) -> bool {
        true
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        Ok(self.record_line(row))
    }
}
