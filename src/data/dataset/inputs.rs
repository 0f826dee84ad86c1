//! From what was named on the command line to bitmaps and record files: folders listed, demos made, files opened.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::folder;
use super::names::{self, Kind};
use super::near::near_name;
use super::part::{Bitmaps, Part};
use crate::data::demo::Demo;
use crate::data::link;
use crate::data::npy::{NpyProbe, ShapeOptions};
use crate::data::report::LoadReport;

/// Everything that was found, in the order in which it was named.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// Bitmap files and demos.
    pub(super) parts: Vec<Found>,
    /// Record files, not opened yet.
    pub(super) records: Vec<RecordInput>,
    /// Folders that were named.
    pub(super) folders: Vec<PathBuf>,
    /// Which part a file became, to open none twice.
    known: HashMap<PathBuf, usize>,
    /// The keys of `records`.
    known_records: HashSet<PathBuf>,
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
        shape: &ShapeOptions,
        report: &mut LoadReport,
    ) -> Result<Self, OpenError> {
        let mut found = Self::default();
        for input in inputs {
            let input = input.as_ref();
            let is_path = names_file(input, report);
            match input.to_str().filter(|_| !is_path).and_then(Demo::parse) {
                Some(demo) => {
                    let part = Part::new(Bitmaps::Demo(demo?));
                    found.parts.push(Found { part, folder: None });
                }
                None => found.take_path(Path::new(input), shape, report)?,
            }
        }
        Ok(found)
    }

    fn take_path(&mut self, path: &Path, shape: &ShapeOptions, report: &mut LoadReport) -> Result<(), OpenError> {
        let meta = std::fs::metadata(path).map_err(|error| {
            let path = path.to_path_buf();
            if let Some(what) = link::fault_of(&path) {
                OpenError::Link { what, path }
            } else if error.kind() == io::ErrorKind::NotFound {
                let near = near_name(&path);
                OpenError::NotFound { path, near }
            } else {
                OpenError::Io { doing: "open", error, path }
            }
        })?;
        if meta.is_dir() {
            return self.take_folder(path, shape, report);
        }
        if names::kind_of(path) == Kind::Records {
            self.take_records(path, None);
            return Ok(());
        }
        if self.is_new(path, None, report) {
            self.push_file(NpyProbe::open(path, shape)?, None);
        }
        Ok(())
    }

    fn take_folder(&mut self, path: &Path, shape: &ShapeOptions, report: &mut LoadReport) -> Result<(), OpenError> {
        let listing = folder::list(path)?;
        let number = self.folders.len();
        self.folders.push(path.to_path_buf());
        let mut bitmaps = 0_u32;
        let mut skipped = LoadReport::new();
        for file in &listing.bitmaps {
            if !self.is_new(file, Some(number), report) {
                bitmaps += 1;
                continue;
            }
            match NpyProbe::open(file, shape) {
                Ok(npy) => {
                    self.push_file(npy, Some(number));
                    bitmaps += 1;
                }
                Err(error) => folder::report_skipped(&error, &mut skipped),
            }
        }
        if bitmaps == 0 {
            let why = listing.instead(&skipped);
            return Err(OpenError::EmptyFolder { path: path.to_path_buf(), why });
        }
        report.extend(skipped);
        listing.report_others(report);
        for records in &listing.records {
            self.take_records(records, Some(number));
        }
        Ok(())
    }

    fn push_file(&mut self, file: NpyProbe, folder: Option<usize>) {
        self.known.insert(canonical(file.path()), self.parts.len());
        let part = Part::new(Bitmaps::Undecided(Box::new(file)));
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
    fn is_new(&mut self, path: &Path, folder: Option<usize>, report: &mut LoadReport) -> bool {
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

/// Whether `demo` names something that lies in the current folder, which then is what is meant; `demo:N` never does.
fn names_file(input: &OsStr, report: &mut LoadReport) -> bool {
    let path = Path::new(input);
    let is_there = input == "demo" && path.exists();
    if is_there {
        let kind = if path.is_dir() { "folder" } else { "file" };
        report.info(format!("the {kind} of this name was opened; the built-in set is {}", Demo::WHOLE), Some(path));
    }
    is_there
}

pub(super) fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
