//! What lies in a folder: not recursive, in name order, without what systems put there for themselves.

use std::io;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::named;
use super::names::{Kind, Name, has_ending, kind_of, without_gz};
use crate::data::file::{PlainFile, is_environment, read_folder};
use crate::data::file_names::{file_name, is_systems_own};
use crate::data::formats::pictures::{is_not_decoded, of_not_decoded};
use crate::data::formats::{self, columnar, pictures};
use crate::data::report::{LoadReport, Offer};
use crate::data::source::{ImageError, ImageFault};

/// Endings of tables, of which the last three are not read.
const TABLES: [&str; 8] = ["csv", "tsv", "parquet", "feather", "arrow", "xlsx", "pkl", "pickle"];

/// Of these, what no table is read from.
const UNREAD_TABLES: [&str; 3] = ["xlsx", "pkl", "pickle"];

/// What tables are read, and what is said of one that was not.
const READ: &str = "CSV, TSV, JSON, Parquet or Arrow";
const A_TABLE: &str = "not opened: a table is joined by --table (CSV, TSV, JSON, Parquet or Arrow)";

/// What is said of pictures beside arrays.
const BESIDE_ARRAYS: &str = "left out: pictures are not opened beside arrays";
/// Pictures are few where there are at least so many drawings to each: then they only show something of these.
const FEW: u64 = 10;

/// Endings of downloads that are not complete.
const UNFINISHED: [&str; 5] = ["part", "crdownload", "download", "partial", "aria2"];

/// The entries of a folder by kind, each in name order.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) bitmaps: Vec<PathBuf>,
    /// Records by their ending.
    pub(super) records: Vec<PathBuf>,
    /// What may hold records.
    pub(super) maybe_records: Vec<PathBuf>,
    pub(super) folders: Vec<PathBuf>,
    pub(super) others: Vec<PathBuf>,
    /// Compressed files beside which the same lies unpacked.
    packed: Vec<PathBuf>,
}

/// Whether a file is compressed and lies beside itself unpacked.
fn is_second_of(path: &Path) -> bool {
    let unpacked = without_gz(path);
    unpacked != path && unpacked.is_file()
}

/// Lists a folder.
pub(super) fn list(folder: &Path) -> io::Result<Listing> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut paths = Vec::new();
    for entry in read_folder(here)? {
        let name = entry?.file_name();
        if !is_systems_own(&name) {
            paths.push(folder.join(name));
        }
    }
    paths.sort();
    let mut listing = Listing::default();
    for path in paths {
        let kind = kind_of(&path);
        match kind {
            _ if path.is_dir() => listing.folders.push(path),
            // Packed and unpacked side by side are one set: the unpacked file costs nothing to read.
            Kind::Bitmaps if is_second_of(&path) => listing.packed.push(path),
            Kind::Bitmaps => listing.bitmaps.push(path),
            Kind::Records => listing.records.push(path),
            Kind::MaybeRecords => listing.maybe_records.push(path),
            Kind::Other => listing.others.push(path),
        }
    }
    Ok(listing)
}

/// Lists a folder that nobody named: `None` where it is not there or may not be listed. That the system could not do it is an error.
pub(super) fn list_if_permitted(folder: &Path) -> Result<Option<Listing>, OpenError> {
    match list(folder) {
        Ok(listing) => Ok(Some(listing)),
        Err(error) if is_environment(&error) => {
            Err(OpenError::Io { doing: "list this folder", error, path: folder.to_path_buf() })
        }
        Err(_) => Ok(None),
    }
}

impl Listing {
    /// Takes for bitmaps what holds drawings, and is called as something that more often does not: where there is nothing else.
    pub(super) fn take_others_with_drawings(&mut self) {
        // CIFAR-100's batches for Python are called `train` and `test`.
        let may_hold_some =
            |path: &Path| path.extension().is_none() || formats::is_named_like_another(&without_gz(path));
        let holds_drawings = |path: &PathBuf| may_hold_some(path) && named::holds_drawings(path);
        (self.bitmaps, self.others) = std::mem::take(&mut self.others).into_iter().partition(holds_drawings);
    }

    /// Record files, those first whose ending says so.
    pub(super) fn all_records(&self) -> impl Iterator<Item = &PathBuf> {
        self.records.iter().chain(&self.maybe_records)
    }

    /// Names what was not opened since its name says that it holds no drawings; `opened` are folders that were, `drawings` how many
    /// were opened.
    pub(super) fn report_others(&self, opened: &[PathBuf], drawings: u64, report: &mut LoadReport) {
        let folders: Vec<&PathBuf> = self.folders.iter().filter(|folder| !opened.contains(folder)).collect();
        report.info_each("a folder in the folder, not opened", &folders);
        let packed: Vec<&PathBuf> = self.packed.iter().collect();
        report.info_each("not opened, its unpacked form beside it is used", &packed);
        let mut others: Vec<(&str, Vec<&PathBuf>)> = Vec::new();
        for path in &self.others {
            let why = why_skipped(path);
            match others.iter_mut().find(|(known, _)| *known == why) {
                Some((_, paths)) => paths.push(path),
                None => others.push((why, vec![path])),
            }
        }
        for (why, paths) in others {
            let is_picture = |path: &&PathBuf| {
                let file = PlainFile::open_packed(path).ok();
                file.and_then(|file| pictures::named(file).ok()).is_some_and(|named| named.is_ok())
            };
            if why == BESIDE_ARRAYS && !are_few(paths.len(), drawings) && paths.first().is_some_and(is_picture) {
                report.warn_each(why, &paths);
            } else {
                report.info_each(why, &paths);
            }
        }
    }

    /// What lies beside bitmaps of these names and paths, looks like data and is not read: of tables that are not joined those of the
    /// same names, and the rest in a sentence.
    pub(super) fn report_beside(
        &self,
        folder: &Path,
        (bitmaps, opened): (&[&Name], &[&Path]),
        joined: &[PathBuf],
        report: &mut LoadReport,
    ) -> Result<(), ImageError> {
        let fits = |path: &Path| bitmaps.iter().any(|name| name.fit(&Name::of(path)).is_some());
        let parts = self.folders.iter().filter(|path| kind_of(path) != Kind::Other && fits(path));
        report.info_each(
            "this folder lies beside the bitmaps and was not opened: if it holds the parts of one file of records, put \
             them together (cat FOLDER/part-* > FILE.ndjson)",
            &parts.collect::<Vec<_>>(),
        );
        let is_joined = |path: &Path| joined.iter().any(|table| table.file_name() == path.file_name());
        // Beside a set in a file of columns others are sets as well, as arrays beside arrays are.
        let is_of_columns = |path: &Path| columnar::is_named_like_one(&without_gz(path));
        let is_set = |path: &Path| is_of_columns(path) && opened.iter().any(|set| is_of_columns(set));
        let here = || opened.iter().filter(|set| set.parent() == Some(folder));
        let is_opened = |path: &Path| here().any(|set| set.file_name() == path.file_name());
        let is_unread = |path: &Path| is_table(path) && !is_joined(path) && !is_set(path) && !is_opened(path);
        let tables = self.others.iter().filter(|path| is_unread(path));
        let (same, rest): (Vec<&PathBuf>, Vec<&PathBuf>) = tables.partition(|path| fits(path));
        let alone = rest.iter().filter(|_| rest.len() == 1);
        let read = same.iter().chain(alone).filter(|path| is_read_table(path));
        report.offers.extend(read.map(|path| Offer::Table((*path).clone())));
        for places in super::places::beside(&self.bitmaps, opened)? {
            report.info(
                format!("holds places of the drawings: --positions {} shows them", file_name(&places)),
                Some(&places),
            );
            report.offers.push(Offer::Places(places));
        }
        let unread = format!("lies beside the bitmaps and was {A_TABLE}");
        report.info_each(&unread, &same);
        match rest.as_slice() {
            [] => {}
            [only] => report.info(unread, Some(only)),
            [first, ..] => {
                let text = format!(
                    "{} tables lie beside the bitmaps and were not opened: --table joins them ({READ}); the first is {}",
                    rest.len(),
                    file_name(first)
                );
                report.info(text, Some(folder).filter(|folder| !folder.as_os_str().is_empty()));
            }
        }
        Ok(())
    }

    /// What the folder holds instead of bitmaps; `skipped` are the files that turned out to be none.
    pub(super) fn instead(&self, skipped: &[ImageError]) -> String {
        if let Some(first) = skipped.first() {
            return all_skipped(skipped.len(), first);
        }
        let not_decoded = self.others.iter().filter(|path| is_not_decoded(path)).count();
        if not_decoded > 0 && self.records.is_empty() {
            return of_not_decoded(not_decoded);
        }
        let mut parts = Vec::new();
        for (number, noun) in [
            (self.records.len(), "record file"),
            (self.folders.len(), "folder"),
            (
                self.maybe_records.len() + self.others.len(),
                if self.records.is_empty() && self.folders.is_empty() { "file" } else { "other file" },
            ),
        ] {
            if number > 0 {
                parts.push(count(number, noun));
            }
        }
        match parts.as_slice() {
            [] => "it is empty".to_owned(),
            [only] if !self.records.is_empty() => format!("only {only} without bitmaps"),
            [only] if self.folders.is_empty() => format!("{only} of other kinds"),
            _ => parts.join(", "),
        }
    }
}

/// A folder of arrays of which none holds drawings, by the first of them.
pub(super) fn all_skipped(number: usize, first: &ImageError) -> String {
    format!("{} {}", count(number, "array file"), skipped_text(first))
}

fn skipped_text(error: &ImageError) -> String {
    format!("skipped: {}", error.fault)
}

/// A file of the folder that is no set of drawings is left out and named. One that is damaged is worth a warning;
/// other arrays (positions, labels) are no surprise.
pub(super) fn report_skipped(error: &ImageError, report: &mut LoadReport) {
    let text = skipped_text(error);
    match error.fault {
        ImageFault::Dtype { .. } | ImageFault::Shape { .. } | ImageFault::NoneDrawn { .. } => {
            report.info(text, Some(&error.path));
        }
        _ => report.warn(text, Some(&error.path)),
    }
}

fn why_skipped(path: &Path) -> &'static str {
    if pictures::is_named_like_one(path) {
        BESIDE_ARRAYS
    } else if pictures::is_named_like_archive(path) {
        "left out: archives are not opened beside arrays"
    } else if is_table(path) {
        A_TABLE
    } else if UNFINISHED.iter().any(|ending| has_ending(path, ending)) {
        "a download that is not complete, skipped"
    } else {
        "no bitmap file by its name, skipped"
    }
}

/// Whether pictures are too few to be what a folder with so many drawings is about.
pub(super) fn are_few(pictures: usize, drawings: u64) -> bool {
    (pictures as u64).saturating_mul(FEW) <= drawings
}

/// Whether a file's name ends as that of a table does.
pub(super) fn is_table(path: &Path) -> bool {
    TABLES.iter().any(|ending| has_ending(path, ending))
}

/// Whether it is one of a form that is read.
pub(super) fn is_read_table(path: &Path) -> bool {
    is_table(path) && UNREAD_TABLES.iter().all(|ending| !has_ending(path, ending))
}

/// `1 folder`, `3 folders`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
