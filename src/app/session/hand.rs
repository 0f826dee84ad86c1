//! The strokes of the drawing in the inspector, or of several, read from their records when somebody looks at them.

use super::Session;
use crate::data::Row;
use crate::data::dataset::Dataset;
use crate::data::ndjson::{DrawingReader, LineSpan};
use crate::data::strokes::{Drawing, Written};
use crate::scene::palette::Theme;
use crate::share::drawing_rgba;
use egui::ColorImage;
use std::sync::Arc;

/// What is known of how one row was drawn: the last that was asked for.
#[derive(Debug)]
pub struct HandOf {
    row: Row,
    /// Its record has come; else it is asked once more.
    is_known: bool,
    /// Its strokes, or why there are none.
    pub strokes: Result<Arc<Written>, String>,
    /// Its bitmap as it is seen, and by which looks of the rows and theme.
    pixels: Option<((u64, Theme), Arc<ColorImage>)>,
}

impl HandOf {
    /// How long it plays, ms.
    pub fn length_ms(&self) -> Option<f64> {
        self.strokes.as_ref().ok().map(|written| written.timeline.length_ms())
    }

    /// Its bitmap as it is seen, where that was asked for.
    pub fn pixels(&self) -> Option<&Arc<ColorImage>> {
        self.pixels.as_ref().map(|(_, pixels)| pixels)
    }
}

impl Session {
    /// What is known of how a row was drawn, if that was looked for.
    pub fn hand(&self, row: Row) -> Option<&HandOf> {
        self.hand.as_ref().filter(|hand| hand.row == row)
    }

    /// Reads how a row was drawn, and its bitmap where it is wanted.
    pub fn follow_hand(&mut self, row: Row, wants_pixels: bool) -> Option<&HandOf> {
        if self.hand.as_ref().is_none_or(|hand| hand.row != row || !hand.is_known) {
            let is_known = self.record_arrived(row);
            self.hand = Some(HandOf { row, is_known, strokes: self.strokes_of(row), pixels: None });
        }
        let looks = (self.scene.picture().rows_revision, self.scene.theme());
        let has_pixels = self.hand.as_ref().and_then(|hand| hand.pixels.as_ref()).is_some_and(|(by, _)| *by == looks);
        if wants_pixels && !has_pixels {
            let pixels = self.drawing_image(row).map(|image| (looks, Arc::new(image)));
            self.hand.iter_mut().for_each(|hand| hand.pixels.clone_from(&pixels));
        }
        self.hand.as_ref()
    }

    fn strokes_of(&mut self, row: Row) -> Result<Arc<Written>, String> {
        self.note_fates(self.dataset.fates_of(row));
        self.stroke_reader().read(row).map(Arc::new)
    }

    /// What reads strokes from records, as far as these have come.
    pub fn stroke_reader(&self) -> StrokeReader {
        let (dataset, spans) = (Arc::clone(&self.dataset), Arc::clone(&self.spans));
        StrokeReader { dataset, spans, reader: DrawingReader::default() }
    }

    fn drawing_image(&self, row: Row) -> Option<ColorImage> {
        let mut values = vec![0; self.dataset.drawing_bytes()];
        self.dataset.read_scattered(&[row.0], &mut values).ok()?;
        let rgba = drawing_rgba(&self.scene, &self.dataset, &self.values.table(), row.0, &values, 1);
        let size = [self.dataset.width(), self.dataset.height()].map(|side| side as usize);
        Some(ColorImage::from_rgba_unmultiplied(size, &rgba))
    }
}

/// Reads strokes of rows, one after the other.
#[derive(Debug)]
pub struct StrokeReader {
    dataset: Arc<Dataset>,
    spans: Arc<Vec<LineSpan>>,
    reader: DrawingReader,
}

impl StrokeReader {
    /// Another one of the same records, for another thread.
    pub fn another(&self) -> Self {
        let (dataset, spans) = (Arc::clone(&self.dataset), Arc::clone(&self.spans));
        Self { dataset, spans, reader: DrawingReader::default() }
    }

    /// The strokes of a row as they are shown, or why there are none.
    pub fn read(&mut self, row: Row) -> Result<Written, String> {
        self.drawing(row).map(Written::curved)
    }

    /// The strokes of a row, or why there are none.
    pub fn drawing(&mut self, Row(row): Row) -> Result<&Drawing, String> {
        let found = self.dataset.strokes(Row(row), self.spans.get(row as usize).copied(), &mut self.reader);
        found.map_err(|error| error.to_string()).flatten()
    }
}
