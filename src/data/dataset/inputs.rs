//! From what was named on the command line to bitmaps and record files: folders listed, demos made, files opened.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::OpenOptions;
use super::below::{self, Below};
use super::error::OpenError;
use super::names::{self, Kind};
use super::near::same_name;
use super::part::Part;
use super::typed::{missing, named_path, names_file};
use super::{folder, labels::are_labels, named};
use crate::data::array::ShapeOptions;
use crate::data::file::{PlainFile, Spool, is_stream};
use crate::data::formats::pictures::{self, sprite::Sheet};
use crate::data::formats::{self, OpenAs};
use crate::data::link;
use crate::data::ndjson;
use crate::data::report::LoadReport;
use crate::data::source::ImageError;

/// Everything that was found, in the order in which it was named.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// Bitmap files and demos.
    pub(super) parts: Vec<Found>,
    /// Record files, not opened yet.
    pub(super) records: Vec<RecordInput>,
    /// Folders that were named.
    pub(super) folders: Vec<Folder>,
    /// Which part a file became, to open none twice.
    pub(super) known: HashMap<PathBuf, usize>,
    /// The keys of `records`.
    known_records: HashSet<PathBuf>,
    /// Records that came through a pipe or were recognised when they were unpacked: open already.
    pub(super) opened: HashMap<PathBuf, PlainFile>,
    /// Arrays of folders that are no drawings, of which something is to be said.
    pub(super) skipped: Vec<ImageError>,
    /// What was passed over beside pictures, and what is said of it where nobody finds a use for it.
    pub(super) passed_over: Vec<(&'static str, Vec<PathBuf>)>,
    /// Tables that are joined.
    pub(super) tables: Vec<PathBuf>,
    /// Pictures that were named or found in folders; all become one part.
    pub(super) pictures: Vec<pictures::Named>,
    pub(super) of_pictures: pictures::Options,
    /// Where what is unpacked is kept.
    pub(super) spool: Spool,
    /// How a picture is cut into drawings, where it is a sheet of such.
    pub(super) sheet: Option<Sheet>,
    shape: ShapeOptions,
    /// Whether pipes may be read.
    streams: bool,
}

/// A folder that was named.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// What it holds instead of bitmaps, where it has none: its records must belong to others then.
    pub(super) without_bitmaps: Option<String>,
}

impl Folder {
    /// The error of a folder whose records belong to no bitmaps either.
    pub(super) fn is_empty(&self) -> OpenError {
        OpenError::EmptyFolder { path: self.path.clone(), why: self.without_bitmaps.clone().unwrap_or_default() }
    }
}

/// A part and how it was named.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) part: Part,
    /// The number of the folder that it was found in; `None` where it was named itself.
    pub(super) folder: Option<usize>,
}

/// A record file and how it was named.
#[derive(Debug)]
pub(super) struct RecordInput {
    pub(super) path: PathBuf,
    /// The same file under any name has the same key.
    pub(super) key: PathBuf,
    /// As in [`Found`].
    pub(super) folder: Option<usize>,
}

impl Inputs {
    /// Takes one input after the other.
    pub(super) fn collect<S: AsRef<OsStr>>(
        inputs: &[S],
        options: &OpenOptions,
        report: &mut LoadReport,
    ) -> Result<Self, OpenError> {
        let spool = Spool::new(options.cancel.clone());
        let (cell, kept, cancel) = (options.cell, options.kept.clone(), options.cancel.clone());
        let (spool_of, strict, range) = (spool.clone(), options.strict, options.values.between());
        let of_pictures =
            pictures::Options { cell, kept, range, cancel, spool: spool_of, tables: options.records, strict };
        let (shape, streams) = (options.shape_options(), options.streams);
        let tables = options.tables.clone();
        let sheet = options.sprite.map(|size| Sheet { size, rows: options.sprite_rows });
        let mut found = Self { tables, of_pictures, spool, sheet, shape, streams, ..Self::default() };
        let mut of_drawings = Vec::new();
        for input in inputs {
            let input = input.as_ref();
            let is_path = names_file(input, report);
            match input.to_str().filter(|_| !is_path).and_then(formats::named) {
                Some(named) => found.parts.push(Found { part: Part::new(named?), folder: None }),
                None => match named_path(input) {
                    path if are_labels(&path, inputs.len()) => of_drawings.push(path),
                    path => found.take_path(&path, report)?,
                },
            }
        }
        of_drawings.iter().try_for_each(|path| found.take_labels(path, report))?;
        found.open_pictures()?;
        found.refuse_unless_cut()?;
        Ok(found)
    }

    pub(super) fn take_path(&mut self, path: &Path, report: &mut LoadReport) -> Result<(), OpenError> {
        if self.streams && is_stream(path) {
            if self.is_new(path, None, report) && !self.known_records.contains(&canonical(path)) {
                let file = PlainFile::keep_stream(path, &self.spool, &may_be_either)?;
                self.take_by_content(file, report)?;
            }
            return Ok(());
        }
        let meta = std::fs::metadata(path).map_err(|error| {
            let path = path.to_path_buf();
            if let Some(what) = link::fault_of(&path) {
                OpenError::Link { what, path }
            } else if error.kind() == io::ErrorKind::NotFound {
                missing(path)
            } else {
                OpenError::Io { doing: "open", error, path }
            }
        });
        if let (Err(OpenError::NotFound { .. }), Some(same)) = (&meta, same_name(path)) {
            return self.take_path(&same, report);
        }
        if let (Err(OpenError::NotFound { .. }), Some((file, array))) = (&meta, formats::array_within(path)) {
            if self.is_new(path, None, report) {
                self.take_within(&file, &array, path)?;
            }
            return Ok(());
        }
        let meta = meta?;
        if meta.is_dir() {
            return self.take_folder(path, report);
        }
        let is_packed = names::without_gz(path) != path;
        if !is_packed && self.take_pictures(path, report)? {
            return Ok(());
        }
        // What is compressed is looked at when it is unpacked.
        let is_records = if is_packed { names::kind_of(path) == Kind::Records } else { named::is_records(path)? };
        if is_records {
            self.take_records(path, None);
            return Ok(());
        }
        if self.is_new(path, None, report) {
            if !is_packed || names::kind_of(path) == Kind::Bitmaps {
                let part = self.open_part(self.open_file(path)?, report)?;
                self.push(part, path, None);
            } else {
                // Its name says no more than that it is compressed.
                self.take_by_content(PlainFile::open(path, &self.spool, &may_be_either)?, report)?;
            }
        }
        Ok(())
    }

    /// Takes a folder's bitmaps and records. A folder without bitmaps may have one that holds them, or hold records for bitmaps
    /// that were named otherwise: the pairing judges that.
    fn take_folder(&mut self, path: &Path, report: &mut LoadReport) -> Result<(), OpenError> {
        let io_error = |error| OpenError::Io { doing: "list this folder", error, path: path.to_path_buf() };
        let mut listing = folder::list(path).map_err(io_error)?;
        let below = if listing.bitmaps.is_empty() { Below::of(&listing)? } else { None };
        if listing.bitmaps.is_empty() && below.is_none() {
            if self.take_folder_of_pictures(path, &listing, &|_| true, report)? {
                return Ok(());
            }
            listing.take_others_with_drawings();
        }
        let number = self.folders.len();
        let files = below.as_ref().map_or(&listing, |below| &below.bitmaps);
        let before = self.parts.len();
        let (bitmaps, skipped) = self.take_bitmaps(&files.bitmaps, number, report)?;
        if self.take_pictures_before(path, &listing, (before, bitmaps), report)? {
            return Ok(());
        }
        let mut without_bitmaps = None;
        if bitmaps == 0 {
            let why = listing.instead(&skipped) + &below::instead_of(path);
            if !skipped.is_empty() || listing.all_records().next().is_none() {
                return Err(OpenError::EmptyFolder { path: path.to_path_buf(), why });
            }
            without_bitmaps = Some(why);
        }
        self.folders.push(Folder { path: path.to_path_buf(), without_bitmaps });
        self.skipped.extend(skipped);
        if let Some(below) = &below {
            report.info(below.said(), Some(path));
        }
        let opened = below.as_ref().map_or(&[][..], |below| &below.opened);
        let labels: Vec<&Path> = self.parts.iter().flat_map(|found| found.part.drawings.labels_paths()).collect();
        listing.others.retain(|other| !labels.contains(&other.as_path()));
        listing.report_others(opened, self.drawings_since(before), report);
        match &below {
            Some(below) => below.records.iter().for_each(|records| self.take_records(records, Some(number))),
            None => listing.all_records().for_each(|records| self.take_records(records, Some(number))),
        }
        Ok(())
    }

    /// Opens a file that should hold drawings; its errors are those of such.
    pub(super) fn open_file(&self, path: &Path) -> Result<PlainFile, ImageError> {
        Ok(PlainFile::open(path, &self.spool, &formats::may_be)?)
    }

    pub(super) fn open_as(&self) -> OpenAs<'_> {
        OpenAs { shape: &self.shape, array: None, spool: &self.spool }
    }

    /// Takes a file that is open for what it holds.
    fn take_by_content(&mut self, file: PlainFile, report: &mut LoadReport) -> Result<(), OpenError> {
        let path = file.path().to_path_buf();
        let file = match pictures::named(file)? {
            Ok(named) => {
                self.pictures.push(named);
                return Ok(());
            }
            Err(file) => file,
        };
        if formats::is_opened(&file)? {
            let part = self.open_part(file, report)?;
            self.push(part, &path, None);
            return Ok(());
        }
        self.take_records(&path, None);
        self.opened.insert(path, file);
        Ok(())
    }

    /// Adds drawings that were named as `named`.
    pub(super) fn push(&mut self, part: Part, named: &Path, folder: Option<usize>) {
        self.known.insert(canonical(named), self.parts.len());
        self.parts.push(Found { part, folder });
    }

    fn take_records(&mut self, path: &Path, folder: Option<usize>) {
        let key = canonical(path);
        if self.known_records.insert(key.clone()) {
            let path = path.to_path_buf();
            self.records.push(RecordInput { path, key, folder });
        }
    }

    /// Whether a bitmap file was not opened before; one that was also lies in a folder counts as found there.
    pub(super) fn is_new(&mut self, path: &Path, folder: Option<usize>, report: &mut LoadReport) -> bool {
        let Some(number) = self.known.get(&canonical(path)) else {
            return true;
        };
        report.info("named twice, opened once", Some(path));
        if let Some(found) = self.parts.get_mut(*number) {
            found.folder = found.folder.or(folder);
        }
        false
    }
}

/// Whether what begins so is worth unpacking, whichever of the two it is.
fn may_be_either(head: &[u8]) -> bool {
    formats::may_be(head) || pictures::may_be(head) || ndjson::may_be(head)
}

pub(super) fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
