//! The join: bitmap files, record files and demos opened as one data set with rows numbered through.

mod accounts;
mod alone;
mod around;
mod below;
mod beside;
mod checked;
mod content;
mod decide;
mod error;
mod folder;
mod identity;
mod ink;
mod inputs;
mod labels;
mod measure;
mod measured_strokes;
mod named;
mod names;
mod near;
mod open;
mod options;
mod own;
mod pairing;
mod part;
mod partner;
mod passed_over;
mod pictures;
mod places;
mod ranged;
mod read;
mod records;
mod sizes;
mod slice;
mod spelling;
mod sprites;
mod told;
mod typed;
mod verdict;
mod written;

use std::ffi::OsStr;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::OnceLock;

pub use super::file_names::OWN_ENDING;
pub use alone::open_strokes;
pub use checked::Checked;
pub use error::OpenError;
pub use identity::{Identity, SetIdentity};
pub use ink::luma;
pub use measure::Measured;
pub(crate) use measure::{Counts, Measure};
pub use options::OpenOptions;
pub use part::Part;
pub use ranged::Ranged;
pub use records::RecordsProgress;
pub use slice::{RowSlice, RowSliceError};
pub use typed::{named_path, typed_path};

use crate::data::joined::Table;
use crate::data::report::LoadReport;
use crate::data::source::ImageSource;
use crate::data::values::{PixelValue, Tally, ValueOptions};
use crate::data::{Cancel, Row};

/// A data set of which only headers were read.
///
/// **Rows are numbered within what was opened**: with `--rows 100:130` there are rows 0 to 29, everywhere
/// ([`Self::read_rows`], [`RecordsProgress::first_row`], [`Self::record_line`]); [`Self::first_row`] is 100, the number in the
/// whole data set of the row that is 0 here. In the whole data set the parts' rows follow one another in the order of the
/// parts.
#[derive(Debug)]
pub struct Dataset {
    parts: Vec<Part>,
    total_rows: u32,
    /// What is open, in rows of the whole data set.
    rows: Range<u32>,
    height: u32,
    width: u32,
    /// Bytes of a pixel as it is read: 1 of ink, 4 of colour.
    channels: u32,
    title: String,
    report: LoadReport,
    strict: bool,
    values: ValueOptions,
    /// Tables that join the records, and the column by which they do where the user named it.
    tables: Vec<Table>,
    join: Option<String>,
    /// Whether what strokes say becomes columns of the records.
    stroke_columns: bool,
    /// Where what takes long is kept.
    kept: Option<crate::kept::Folder>,
    /// What its values are shown with, once that has been found: it stays, however often the drawings are loaded.
    measured: OnceLock<Measured>,
    /// How values become what is shown while they are read, where they do, once that has been found.
    ranged: OnceLock<Ranged>,
    looked: ranged::Looked,
}

impl Dataset {
    /// Opens files, folders and demos (`demo`, `demo:N`, `demo:N:SEED`) as one data set. Reads headers only, so it is quick whatever
    /// the files claim. What was left out, found beside or chosen is told in [`Self::report`].
    pub fn open<S: AsRef<OsStr>>(inputs: &[S], options: &OpenOptions) -> Result<Self, OpenError> {
        open::open(inputs, options)
    }

    /// Drawings of any source as a data set of one part, which is called `title`.
    pub fn of_source(title: &str, source: Box<dyn ImageSource>, options: &OpenOptions) -> Result<Self, OpenError> {
        open::of_source(title, source, options)
    }

    /// Drawings that are open (after `--rows`), at least 1.
    pub fn rows(&self) -> u32 {
        self.rows.end - self.rows.start
    }

    /// Drawings of all parts, opened or not.
    pub fn total_rows(&self) -> u32 {
        self.total_rows
    }

    /// The number in the whole data set of the row that is 0 here.
    pub fn first_row(&self) -> u32 {
        self.rows.start
    }

    /// Height of a drawing in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Width of a drawing in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Bytes of a pixel as it is read: 1, its ink, or 4, its red, green, blue and alpha as they are encoded (sRGB), not multiplied by
    /// alpha. One kind a set.
    pub fn channels(&self) -> u32 {
        self.channels
    }

    /// Pixels of a drawing.
    pub(in crate::data) fn pixels(&self) -> usize {
        self.height as usize * self.width as usize
    }

    /// Bytes of a drawing as it is read.
    pub fn drawing_bytes(&self) -> usize {
        self.pixels() * self.channels as usize
    }

    /// The type of the values, as numpy calls it: `uint8`, `float32` …; several where the parts differ, as in `bool and uint8`.
    /// [`Self::read_rows`] gives 0 to 255 for any.
    pub fn dtype(&self) -> String {
        self.distinct(Part::dtype).join(" and ")
    }

    /// What the axes of the arrays mean: `NHW`, `FN` …; several where the parts differ, as in `NF and HWN`.
    pub fn axes(&self) -> String {
        self.distinct(Part::axes).join(" and ")
    }

    /// Whether all parts count their drawings along the first axis.
    pub fn counts_first(&self) -> bool {
        self.parts.iter().all(Part::counts_first)
    }

    /// What kind of files the drawings come from, as [`crate::data::formats::FORMATS`] calls it: `npy`, `demo`, or both.
    pub fn form(&self) -> String {
        self.distinct(Part::form).join(" and ")
    }

    /// What the parts say, each once, in their order.
    fn distinct<T: PartialEq>(&self, of: impl Fn(&Part) -> T) -> Vec<T> {
        self.parts.iter().map(of).fold(Vec::new(), |mut known, one| {
            if !known.contains(&one) {
                known.push(one);
            }
            known
        })
    }

    /// Bytes of the open drawings as they are read.
    pub fn bytes(&self) -> u64 {
        // 2³² rows of 4096² pixels in colour are 2⁵⁸ bytes.
        u64::from(self.rows()) * self.drawing_bytes() as u64
    }

    /// What to call it: `octopus`, `quickdraw / 13 categories`, `octopus + 2 more`.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The files and demos, in row order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// All files that are read, those found beside others included.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.parts.iter().flat_map(|part| part.files().chain(part.records_path()))
    }

    /// What was odd or chosen while opening. [`Self::read_records`] has a report of its own.
    pub fn report(&self) -> &LoadReport {
        &self.report
    }

    /// Whether some part has records. [`Self::read_records`] gives a `category` column for several parts even without.
    pub fn has_records(&self) -> bool {
        !self.tables.is_empty() || self.parts.iter().any(|part| part.has_records)
    }

    /// Fills `out` with the values of the rows `first, first + 1, …`; its length is a multiple of
    /// [`Self::drawing_bytes`]. A drawing's pixels come row by row from the top, [`Self::channels`] bytes each; a bool comes as 0 or 255,
    /// values of wider types by the range of the whole set ([`Self::ranged`]). Crosses parts; may be called from many threads.
    pub fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), OpenError> {
        read::rows(self, first, out)
    }

    /// Fills `out` with the values of rows from anywhere, in the order in which they are named: as [`Self::read_rows`] would row by row,
    /// but by position, neighbours at once.
    pub fn read_scattered(&self, rows: &[u32], out: &mut [u8]) -> Result<(), OpenError> {
        read::scattered(self, rows, out)
    }

    /// One pixel of a drawing, by its place in it, as the file has it.
    pub fn pixel(&self, row: Row, at: usize) -> Result<Option<PixelValue>, OpenError> {
        read::pixel(self, row, at)
    }

    /// What the values are shown with; `None` until all drawings have been loaded, or counted, once.
    pub fn measured(&self) -> Option<&Measured> {
        self.measured.get()
    }

    /// Reads all drawings and counts their values, on all cores; `on` hears how many rows have been read. A large demo is not
    /// drawn for that: `None`.
    pub fn count_values(&self, on: &mut dyn FnMut(u32)) -> Result<(Option<Tally>, Measured), OpenError> {
        measure::count(self, on)
    }

    /// Whether the file that holds a row holds bools.
    pub fn is_bool(&self, row: Row) -> bool {
        let part = read::by_part(self, row.0, 1).next().and_then(|rows| self.parts.get(rows.part));
        part.is_some_and(Part::is_bool)
    }

    /// Reads the records of the open rows, part by part in row order, and hands them on in batches.
    ///
    /// With several parts there is a `category` column: the record's `word`, or where it has none the name of its file;
    /// and where file names tell raw from simplified, a `source` column. Stops when `on` breaks or `cancel` is set
    /// ([`OpenError::Cancelled`] then). The report tells of bad lines, of counts and words that disagree; under
    /// `--strict` its first warning is the error.
    pub fn read_records(
        &self,
        cancel: &Cancel,
        on: &mut dyn FnMut(RecordsProgress) -> ControlFlow<()>,
    ) -> Result<LoadReport, OpenError> {
        records::read(self, cancel, on)
    }

    /// What became of the files since they were opened (changed, replaced, deleted): warnings, most often none.
    pub fn fates(&self) -> LoadReport {
        let mut report = LoadReport::new();
        self.parts.iter().for_each(|part| part.report_fate(&mut report));
        report
    }

    /// The same of the files that hold one row.
    pub fn fates_of(&self, row: Row) -> LoadReport {
        let mut report = LoadReport::new();
        let row = self.rows.start.saturating_add(row.0);
        if let Some(part) = self.parts.iter().find(|part| row < part.end()) {
            part.report_fate(&mut report);
        }
        report
    }

    /// The error that `--strict` makes of a report with warnings; without `--strict` none.
    pub fn refuse_if_strict(&self, report: &LoadReport) -> Result<(), OpenError> {
        let mut warnings = report.warnings();
        match warnings.next() {
            Some(first) if self.strict => Err(OpenError::Strict { what: first.sentence(), more: warnings.count() }),
            _ => Ok(()),
        }
    }
}
