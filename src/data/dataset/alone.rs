//! Strokes without bitmaps: records where no bitmaps were named and none lie near, and sketch-rnn's archives. The drawings are rendered.

use std::path::Path;

use super::OpenOptions;
use super::accounts::without_bitmaps;
use super::around::Around;
use super::error::OpenError;
use super::inputs::{Found, Inputs, RecordInput};
use super::names;
use super::part::Part;
use crate::data::array::{ArrayHeader, ArrayProbe, ShapeOptions};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::formats::{self, Drawings, Opened};
use crate::data::ndjson::{self, RecordError, RecordFile};
use crate::data::report::LoadReport;
use crate::data::source::{Element, Stored};
use crate::data::strokes::{hold_strokes, render_records};

/// What the form of drawings is that were rendered from strokes.
pub(super) const FORM: &str = "strokes";
/// The side of the published bitmaps, in pixels.
const PUBLISHED_SIDE: u32 = 28;

impl Inputs {
    /// Makes parts of the records that were named where nothing else was: those that lie near bitmaps, unless a side is asked for, wait for
    /// what is said of these.
    pub(super) fn render_alone(&mut self, options: &OpenOptions, report: &mut LoadReport) -> Result<(), OpenError> {
        if !options.records {
            self.parts.iter_mut().for_each(|found| found.part.leave_records_out());
        }
        if !self.parts.is_empty() || !self.folders.is_empty() {
            return Ok(());
        }
        let mut around = Around::default();
        for RecordInput { path, key, folder } in std::mem::take(&mut self.records) {
            if options.cell.is_none() && around.bitmaps(&path)?.is_some() {
                self.records.push(RecordInput { path, key, folder });
                continue;
            }
            let records = self.open_records(&path)?;
            if !hold_strokes(&records)? {
                return Err(without_bitmaps(&path)?);
            }
            let mut part = self.part_of_strokes(records, report)?;
            if !options.records {
                part.leave_records_out();
            }
            self.parts.push(Found { part, folder: None });
        }
        Ok(())
    }

    /// Opens what a file holds: drawings, or strokes, which are rendered.
    pub(super) fn open_part(&self, file: PlainFile, report: &mut LoadReport) -> Result<Part, OpenError> {
        let Some(records) = formats::sketches(&file, &self.spool)? else {
            return Ok(Part::new(formats::open(file, &self.open_as())?));
        };
        let mut part = self.part_of_strokes(RecordFile::of(records)?, report)?;
        part.stem = names::of_sketches(&part.stem).to_owned();
        Ok(part)
    }

    /// Opens a record file, or takes the one that is open.
    pub(super) fn open_records(&mut self, path: &Path) -> Result<RecordFile, RecordError> {
        match self.opened.remove(path) {
            Some(file) => RecordFile::of(file),
            None => RecordFile::of(PlainFile::open(path, &self.spool, &ndjson::may_be)?),
        }
    }

    fn part_of_strokes(&self, records: RecordFile, report: &mut LoadReport) -> Result<Part, OpenError> {
        let mut part = Part::new(self.rendered(&records, report)?);
        part.has_records = true;
        part.records = Some(records);
        Ok(part)
    }

    /// Renders them into the spool.
    fn rendered(&self, records: &RecordFile, report: &mut LoadReport) -> Result<Opened, OpenError> {
        let side = self.of_pictures.cell.unwrap_or(PUBLISHED_SIDE);
        let path = records.path();
        let mut making = Making::begin(records.plain(), &self.spool)?;
        let rendered = render_records::<OpenError>(records, side, &self.of_pictures.cancel, &mut |bitmaps, _| {
            Ok(making.write(bitmaps)?)
        });
        let rendered = rendered.map_err(|error| match error {
            OpenError::Record(RecordError::Cancelled { .. }) => OpenError::Cancelled,
            error => error,
        })?;
        let values = making.finish(&format!("no bitmaps: rendered from the strokes, {side} x {side} pixels"))?;
        say_blank(rendered.notes(), path, report);
        let shape = vec![rendered.rows as usize, side as usize, side as usize];
        let header = ArrayHeader {
            stored: Stored { element: Element::U8, big_endian: false },
            shape,
            fortran_order: false,
            data_offset: 0,
        };
        let nhw = ShapeOptions { size: None, axes: "NHW".parse().ok() };
        let (array, _) = ArrayProbe::of(values, header, &nhw)?.decide(None)?;
        Ok(Opened::new(FORM, Drawings::Source(Box::new(array))))
    }
}

/// Opens the strokes of a file: one of records, or sketch-rnn's archive, of which each drawing becomes a record.
pub fn open_strokes(path: &Path) -> Result<RecordFile, OpenError> {
    let spool = Spool::default();
    let file = PlainFile::open(path, &spool, &|head| formats::may_be(head) || ndjson::may_be(head))?;
    let sketches = formats::sketches(&file, &spool)?;
    Ok(RecordFile::of(sketches.unwrap_or(file))?)
}

fn say_blank(notes: impl Iterator<Item = String>, path: &Path, report: &mut LoadReport) {
    for note in notes {
        report.warn(note, Some(path));
    }
}
