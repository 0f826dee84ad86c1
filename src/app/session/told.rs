//! What the window says of an opened set: rows that match, values, strokes, pixels.

use super::Session;
use crate::data::Row;
use crate::data::ndjson::count_items;
use crate::data::report::{LoadReport, Offer};
use crate::data::source::PixelValue;

impl Session {
    /// The lines of the load report, and whether each is a warning; what is offered comes first.
    pub fn report_lines(&self) -> Vec<(String, bool)> {
        let offers = self.report.offers.iter().map(|offer| (offer.in_words(), false));
        let notes = self.report.bundled();
        offers.chain(notes.iter().map(|note| (note.sentence(), note.is_warning()))).collect()
    }

    /// Whether columns could be made of the strokes of its records.
    pub fn offers_stroke_columns(&self) -> bool {
        self.report.offers.contains(&Offer::StrokeColumns) || self.dataset.brings_unmeasured_strokes()
    }

    /// Whether the picture on screen is not the one that will be seen in the end: of low resolution, or on the way.
    pub fn is_refining(&self) -> bool {
        self.driver.is_refining() || self.scene.transition().is_some()
    }

    /// How many strokes the record of a row holds, read from its line when looked at; the last one is remembered.
    pub fn stroke_count(&mut self, row: Row) -> Option<usize> {
        if let Some((known, count)) = self.strokes
            && known == row
        {
            return count;
        }
        self.note_fates(self.dataset.fates_of(row));
        let span = self.spans.get(row.0 as usize).copied().filter(|span| span.len > 0);
        let line = self.dataset.record_line(row, span).ok().flatten();
        let count = line.and_then(|line| count_items(line.as_bytes(), "drawing"));
        if self.record_arrived(row) {
            self.strokes = Some((row, count));
        }
        count
    }

    /// Whether the record of a row that was looked at holds strokes.
    pub fn holds_strokes(&self, row: Row) -> bool {
        matches!(self.strokes, Some((known, Some(_))) if known == row)
    }

    /// How many rows a filter keeps, for the status line.
    pub fn matching_in_words(&self) -> Option<String> {
        let others = if self.scene.settings.appearance.fades { "others faded" } else { "others hidden" };
        let thousands = |rows: u32| crate::words::thousands(rows.into());
        self.matching.map(|rows| format!("{} of {} match, {others}", thousands(rows), thousands(self.scene.rows())))
    }

    /// How values became ink, for the status line; `None` where it is as usual.
    pub fn values_in_words(&self) -> Option<String> {
        let flat = self.dataset.measured().and_then(|measured| measured.flat.clone());
        flat.or_else(|| self.values.in_short())
    }

    /// One pixel of a drawing, by its place in it: the file's own value, and its ink where that is all it has.
    pub fn pixel(&self, row: Row, at: usize) -> Option<(PixelValue, Option<u8>)> {
        let own = self.dataset.pixel(row, at).ok().flatten()?;
        let ink = if let [number] = own.numbers() { Some(self.values.ink_of(*number)) } else { None };
        Some((own, ink))
    }

    /// Whether records lie in a file of their own, line i being row i's.
    pub fn is_joined_by_position(&self) -> bool {
        !self.dataset.has_tables() && self.dataset.parts().iter().any(|part| part.records_path().is_some())
    }

    /// Has something said with the next frame.
    pub fn say(&mut self, what: Vec<String>) {
        self.untold.extend(what);
    }

    /// What became of files while they were open, as far as nobody was told yet.
    pub fn take_untold(&mut self) -> Vec<String> {
        std::mem::take(&mut self.untold)
    }

    /// Puts what became of files into the report, and keeps what is new there for [`Self::take_untold`].
    pub(super) fn note_fates(&mut self, fates: LoadReport) {
        for note in fates.notes {
            // A file that grows all the time is told of once.
            if !self.fated.contains(&note.path) {
                self.untold.push(note.sentence());
                self.fated.push(note.path.clone());
                self.report.notes.push(note);
            }
        }
    }
}
