//! One part of a data set: drawings with their records.

use std::path::{Path, PathBuf};

use super::names;
use crate::data::array::Axes;
use crate::data::file_names::shown;
use crate::data::formats::Opened;
use crate::data::ndjson::RecordFile;
use crate::data::report::LoadReport;
use crate::data::source::{Element, ImageSource, OwnRecords, Reread};

/// Drawings with their records.
#[derive(Debug)]
pub struct Part {
    pub(super) drawings: Opened,
    /// Where it is set, what the drawings bring along is left out.
    pub(super) records: Option<RecordFile>,
    /// Whether the part's records are read: its file, or those that its drawings bring along.
    pub(super) has_records: bool,
    /// Name without extension, as it is shown.
    pub(super) stem: String,
    /// The part's first row in the whole data set.
    pub(super) first: u32,
}

impl Part {
    pub(super) fn new(drawings: Opened) -> Self {
        let stem = drawings.path().map_or_else(|| drawings.form.to_owned(), |path| shown(&names::stem_of(path)));
        Self { drawings, records: None, has_records: false, stem, first: 0 }
    }

    /// Has its records left out.
    pub(super) fn leave_records_out(&mut self) {
        (self.records, self.has_records) = (None, false);
    }

    /// The drawings; `None` while it is not decided what they are, which is so in no open data set.
    pub(super) fn source(&self) -> Option<&dyn ImageSource> {
        self.drawings.source()
    }

    /// The file's name without its extension, or `demo`.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// What is drawn, as the drawings or the file's name say: rows whose records have no word get this category.
    pub fn category(&self) -> &str {
        self.source().and_then(ImageSource::category).unwrap_or_else(|| names::category_of(&self.stem))
    }

    /// `"raw"` or `"simplified"` where the file name says so.
    pub fn source_form(&self) -> Option<&'static str> {
        names::source_of(&self.stem)
    }

    /// Drawings, all of them, whatever slice is open.
    pub fn rows(&self) -> u32 {
        self.source().map_or(0, ImageSource::rows)
    }

    /// Whether it may be a single drawing, as far as that is known yet.
    pub(super) fn may_be_one(&self) -> bool {
        self.drawings.may_be_one()
    }

    /// Height and width in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.source().map_or((0, 0), |source| (source.height(), source.width()))
    }

    /// Bytes that a pixel is read as: 1 of ink, 4 of colour.
    pub fn channels(&self) -> u32 {
        self.source().map_or(1, ImageSource::channels)
    }

    /// All files that its drawings are read from.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.source().into_iter().flat_map(ImageSource::files)
    }

    /// The name that numpy has for the type of its values: `"uint8"`, `"float32"` …
    pub fn dtype(&self) -> &'static str {
        self.element().name()
    }

    /// What each axis of the array means: `NHW`, `FN` …
    pub fn axes(&self) -> String {
        self.source().map_or_else(Axes::plain, ImageSource::axes).to_string()
    }

    /// Whether the drawings are counted along the first axis.
    pub fn counts_first(&self) -> bool {
        self.source().is_none_or(|source| source.axes().is_plain())
    }

    /// What kind of file the drawings come from, or `demo`.
    pub fn form(&self) -> &'static str {
        self.drawings.form
    }

    pub(super) fn element(&self) -> Element {
        self.source().map_or(Element::U8, ImageSource::element)
    }

    /// Whether values are bools.
    pub(super) fn is_bool(&self) -> bool {
        self.element() == Element::Bool
    }

    /// Whether a range decides which bytes its values are read as.
    pub(super) fn needs_range(&self) -> bool {
        self.element().needs_range()
    }

    /// Whether values may have fractions.
    pub(super) fn is_float(&self) -> bool {
        self.element().is_float()
    }

    /// Whether it is an array whose fourth channel is taken as alpha: nothing in it says what that is.
    pub(super) fn takes_fourth_as_alpha(&self) -> bool {
        let is_array =
            |source: &&dyn ImageSource| source.path().is_some() && source.names().is_none() && self.form() != "sprite";
        self.source().filter(is_array).is_some_and(|source| source.file_channels() == 4)
    }

    /// Whether its drawings are made when they are read: each look costs as much as the first.
    pub(super) fn is_computed(&self) -> bool {
        self.source().is_some_and(|source| source.reread() == Reread::Computed)
    }

    /// Whether its drawings bring records along.
    pub(super) fn brings_records(&self) -> bool {
        self.source().is_some_and(|source| source.own_records().is_some())
    }

    /// The records that its drawings bring along, where they are read.
    pub(super) fn own_records(&self) -> Option<&dyn OwnRecords> {
        let own = self.source().and_then(ImageSource::own_records);
        own.filter(|_| self.has_records && self.records.is_none())
    }

    /// The bitmap file; `None` where there is none.
    pub fn path(&self) -> Option<&Path> {
        self.drawings.path()
    }

    /// The record file, where one was opened.
    pub fn records_path(&self) -> Option<&Path> {
        self.records.as_ref().map(RecordFile::path).or_else(|| self.own_records()?.path())
    }

    /// Reports what reading the part's files costs besides the reading.
    pub(super) fn report_notes(&self, report: &mut LoadReport) {
        if let Some(note) = self.source().and_then(ImageSource::note) {
            report.info(note, self.path());
        }
        if let Some(records) = &self.records
            && let Some(note) = records.note()
        {
            report.info(note, Some(records.path()));
        }
    }

    /// Reports what became of the part's files since they were opened.
    pub(super) fn report_fate(&self, report: &mut LoadReport) {
        if let Some(what) = self.source().and_then(ImageSource::fate) {
            report.warn(what, self.path());
        }
        if let Some(records) = &self.records
            && let Some(what) = records.fate()
        {
            report.warn(what, Some(records.path()));
        }
    }

    /// What to call the part in a message.
    pub(super) fn named(&self) -> PathBuf {
        self.path().map_or_else(|| PathBuf::from(&self.stem), Path::to_path_buf)
    }

    /// One past the part's last row in the whole data set.
    pub(super) fn end(&self) -> u32 {
        self.first.saturating_add(self.rows())
    }
}
