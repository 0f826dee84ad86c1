//! One part of a data set: a bitmap file with its records, or a demo.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::names;
use crate::data::demo::Demo;
use crate::data::file_names::shown;
use crate::data::ndjson::RecordFile;
use crate::data::npy::{NpyFile, NpyProbe};
use crate::data::report::LoadReport;

/// Where drawings come from.
#[derive(Debug)]
pub(super) enum Bitmaps {
    /// A file.
    File(Box<NpyFile>),
    /// A file of which it is not decided yet what its axes mean; none is left in an open data set.
    Undecided(Box<NpyProbe>),
    /// Made up when read.
    Demo(Demo),
}

/// A bitmap file with its records, or a demo.
#[derive(Debug)]
pub struct Part {
    pub(super) bitmaps: Bitmaps,
    /// Never set for a demo, which makes its own.
    pub(super) records: Option<RecordFile>,
    /// Whether the part's records are read: its file, or those that a demo makes.
    pub(super) has_records: bool,
    /// Name without extension, as it is shown.
    pub(super) stem: String,
    /// The part's first row in the whole data set.
    pub(super) first: u32,
}

impl Part {
    pub(super) fn new(bitmaps: Bitmaps) -> Self {
        let stem = match &bitmaps {
            Bitmaps::File(file) => shown(&names::stem_of(file.path())),
            Bitmaps::Undecided(probe) => shown(&names::stem_of(probe.path())),
            Bitmaps::Demo(_) => "demo".to_owned(),
        };
        Self { bitmaps, records: None, has_records: false, stem, first: 0 }
    }

    /// The file's name without its extension, or `demo`.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// What the file name says that is drawn: rows whose records have no word get this category.
    pub fn category(&self) -> &str {
        match &self.bitmaps {
            Bitmaps::File(_) | Bitmaps::Undecided(_) => names::category_of(&self.stem),
            Bitmaps::Demo(_) => DEMO_CATEGORY,
        }
    }

    /// `"raw"` or `"simplified"` where the file name says so.
    pub fn source(&self) -> Option<&'static str> {
        names::source_of(&self.stem)
    }

    /// Drawings, all of them, whatever slice is open.
    pub fn rows(&self) -> u32 {
        match &self.bitmaps {
            Bitmaps::File(file) => file.rows(),
            Bitmaps::Undecided(_) => 0,
            Bitmaps::Demo(demo) => demo.rows(),
        }
    }

    /// Whether it may be a single drawing, as far as that is known yet.
    pub(super) fn may_be_one(&self) -> bool {
        match &self.bitmaps {
            Bitmaps::Undecided(probe) => probe.may_be_one(),
            Bitmaps::File(_) | Bitmaps::Demo(_) => self.rows() == 1,
        }
    }

    /// Height and width in pixels.
    pub fn size(&self) -> (u32, u32) {
        match &self.bitmaps {
            Bitmaps::File(file) => (file.height(), file.width()),
            Bitmaps::Undecided(_) => (0, 0),
            Bitmaps::Demo(_) => (28, 28),
        }
    }

    /// `"uint8"` or `"bool"`.
    pub fn dtype(&self) -> &'static str {
        match &self.bitmaps {
            Bitmaps::File(file) => file.dtype(),
            Bitmaps::Undecided(_) | Bitmaps::Demo(_) => "uint8",
        }
    }

    /// What each axis of the array means: `NHW`, `FN` …
    pub fn axes(&self) -> String {
        match &self.bitmaps {
            Bitmaps::File(file) => file.axes().to_string(),
            Bitmaps::Undecided(_) | Bitmaps::Demo(_) => "NHW".to_owned(),
        }
    }

    /// Whether the drawings are counted along the first axis.
    pub fn counts_first(&self) -> bool {
        match &self.bitmaps {
            Bitmaps::File(file) => file.axes().is_plain(),
            Bitmaps::Undecided(_) | Bitmaps::Demo(_) => true,
        }
    }

    /// What kind of file the drawings come from.
    pub fn form(&self) -> &'static str {
        match &self.bitmaps {
            Bitmaps::File(_) | Bitmaps::Undecided(_) => "npy",
            Bitmaps::Demo(_) => "demo",
        }
    }

    /// Whether values are bools.
    pub(super) fn is_bool(&self) -> bool {
        self.dtype() == "bool"
    }

    /// Whether it is made up when read.
    pub(super) fn is_demo(&self) -> bool {
        matches!(self.bitmaps, Bitmaps::Demo(_))
    }

    /// The bitmap file; `None` for a demo.
    pub fn path(&self) -> Option<&Path> {
        match &self.bitmaps {
            Bitmaps::File(file) => Some(file.path()),
            Bitmaps::Undecided(probe) => Some(probe.path()),
            Bitmaps::Demo(_) => None,
        }
    }

    /// The record file, where one was opened.
    pub fn records_path(&self) -> Option<&Path> {
        self.records.as_ref().map(RecordFile::path)
    }

    /// Reports what reading the part's files costs besides the reading.
    pub(super) fn report_notes(&self, report: &mut LoadReport) {
        if let Bitmaps::File(file) = &self.bitmaps
            && let Some(note) = file.note()
        {
            report.info(note, Some(file.path()));
        }
        if let Some(records) = &self.records
            && let Some(note) = records.note()
        {
            report.info(note, Some(records.path()));
        }
    }

    /// Reports what became of the part's files since they were opened.
    pub(super) fn report_fate(&self, report: &mut LoadReport) {
        if let Bitmaps::File(file) = &self.bitmaps
            && let Some(what) = file.fate()
        {
            report.warn(what, Some(file.path()));
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

    /// Fills `out` with the part's own rows `first…`.
    pub(super) fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), OpenError> {
        match &self.bitmaps {
            Bitmaps::File(file) => file.read_rows(first, out)?,
            Bitmaps::Undecided(_) => {}
            Bitmaps::Demo(demo) => demo.read_rows(first, out),
        }
        Ok(())
    }
}

/// What the demo draws.
const DEMO_CATEGORY: &str = "octopus";
