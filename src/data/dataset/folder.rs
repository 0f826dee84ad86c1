//! What lies in a folder: not recursive, in name order.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::names::{Kind, kind_of, without_gz};
use crate::data::npy::{NpyError, NpyFault};
use crate::data::report::LoadReport;

/// Other files that are named one by one in the report.
const NAMED_ONE_BY_ONE: usize = 10;

/// The entries of a folder by kind, each in name order.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) bitmaps: Vec<PathBuf>,
    pub(super) records: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    others: Vec<PathBuf>,
    /// Compressed files beside which the same lies unpacked.
    packed: Vec<PathBuf>,
}

/// Whether a file is compressed and lies beside itself unpacked.
fn is_second_of(path: &Path) -> bool {
    let unpacked = without_gz(path);
    unpacked != path && unpacked.is_file()
}

/// Lists a folder.
pub(super) fn list(folder: &Path) -> Result<Listing, OpenError> {
    let io_error = |error| OpenError::Io { doing: "list this folder", error, path: folder.to_path_buf() };
    let entries = std::fs::read_dir(folder).map_err(io_error)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>().map_err(io_error)?;
    paths.sort();
    let mut listing = Listing::default();
    for path in paths {
        if path.is_dir() {
            listing.folders.push(path);
            continue;
        }
        match kind_of(&path) {
            // Packed and unpacked side by side are one set: the unpacked file costs nothing to read.
            Kind::Bitmaps if is_second_of(&path) => listing.packed.push(path),
            Kind::Bitmaps => listing.bitmaps.push(path),
            Kind::Records => listing.records.push(path),
            Kind::Other => listing.others.push(path),
        }
    }
    Ok(listing)
}

impl Listing {
    /// Names what was not opened since its name says that it holds no drawings.
    pub(super) fn report_others(&self, report: &mut LoadReport) {
        let others = self.folders.iter().map(|path| ("a folder in the folder, not opened", path));
        let others =
            others.chain(self.packed.iter().map(|path| ("not opened, its unpacked form beside it is used", path)));
        let others = others.chain(self.others.iter().map(|path| ("no bitmap file by its name, skipped", path)));
        for (text, path) in others.clone().take(NAMED_ONE_BY_ONE) {
            report.info(text, Some(path));
        }
        let more = others.count().saturating_sub(NAMED_ONE_BY_ONE);
        if more > 0 {
            report.info(format!("{more} more entries of the folder are no bitmap files, skipped"), None);
        }
    }

    /// What the folder holds instead of bitmaps; `skipped` are the files that turned out to be none.
    pub(super) fn instead(&self, skipped: &LoadReport) -> String {
        if let Some(note) = skipped.notes.first() {
            return told_of(skipped.notes.len(), &note.text);
        }
        if !self.records.is_empty() {
            return format!("only {} without bitmaps", count(self.records.len(), "record file"));
        }
        match (self.folders.len(), self.others.len()) {
            (0, 0) => "it is empty".to_owned(),
            (0, others) => format!("{} of other kinds", count(others, "file")),
            (folders, _) => format!("{}, not searched", count(folders, "folder")),
        }
    }
}

/// A folder of arrays of which none holds drawings, by the first of them.
pub(super) fn all_skipped(number: usize, first: &NpyError) -> String {
    told_of(number, &skipped_text(first))
}

fn told_of(number: usize, first: &str) -> String {
    format!("{} {first}", count(number, "array file"))
}

fn skipped_text(error: &NpyError) -> String {
    format!("skipped: {}", error.fault)
}

/// A file of the folder that is no set of drawings is left out and named. One that is damaged is worth a warning;
/// other arrays (positions, labels) are no surprise.
pub(super) fn report_skipped(error: &NpyError, report: &mut LoadReport) {
    let text = skipped_text(error);
    match error.fault {
        NpyFault::Dtype { .. } | NpyFault::Shape { .. } => report.info(text, Some(&error.path)),
        _ => report.warn(text, Some(&error.path)),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
