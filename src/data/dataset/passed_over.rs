//! Folders of pictures with other files among them: what wins, and what is said of the rest.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::folder::{Listing, are_few};
use super::inputs::Inputs;
use super::names::{Kind, Name, kind_of};
use crate::data::formats::Opened;
use crate::data::formats::pictures::{is_not_decoded, of_not_decoded};
use crate::data::report::{LoadReport, Offer};

const NO_PICTURE: &str = "no picture by its name, passed over";
const NO_DRAWINGS: &str = "left out: beside pictures an array is opened only where its shape alone says that it holds drawings; name it to \
    open it, or compare by it with --embedding";

impl Inputs {
    /// Takes the pictures of a folder in place of its arrays, the parts from number `before` on, where none of these is surely drawings:
    /// embeddings, places, labels. `bitmaps` is how many files of it are open, those that were named before among them.
    pub(super) fn take_pictures_before(
        &mut self,
        path: &Path,
        listing: &Listing,
        (before, bitmaps): (usize, u32),
        report: &mut LoadReport,
    ) -> Result<bool, OpenError> {
        let found = || self.parts.iter().skip(before).map(|found| &found.part.drawings);
        let is_named = bitmaps as usize > found().count();
        // What has records of its name is a set.
        let names: Vec<Name> = listing.records.iter().map(|path| Name::of(path)).collect();
        let has_records = |path: &PathBuf| names.iter().any(|name| name.fit(&Name::of(path)).is_some());
        let is_pair = listing.bitmaps.iter().any(has_records);
        if listing.bitmaps.is_empty() || is_named || is_pair || found().any(Opened::is_sure) {
            return Ok(false);
        }
        let drawings = self.drawings_since(before);
        let taken = |pictures: usize| !are_few(pictures, drawings);
        if !self.take_folder_of_pictures(path, listing, &taken, report)? {
            return Ok(false);
        }
        self.parts.truncate(before);
        self.known.retain(|_, part| *part < before || *part == usize::MAX);
        Ok(true)
    }

    /// Drawings in the parts from number `before` on; those do not count that only records could say something of.
    pub(super) fn drawings_since(&self, before: usize) -> u64 {
        let rows = self.parts.iter().skip(before).map(|found| found.part.drawings.most_rows());
        rows.filter(|rows| *rows != u32::MAX).map(u64::from).sum()
    }

    /// Keeps what was passed over beside pictures until it is known what others find a use for; pictures that are not decoded are
    /// warned of.
    pub(super) fn pass_over(&mut self, others: Vec<PathBuf>, report: &mut LoadReport) {
        let (pictures, others): (Vec<PathBuf>, Vec<PathBuf>) =
            others.into_iter().partition(|path| is_not_decoded(path));
        let (arrays, others): (Vec<PathBuf>, Vec<PathBuf>) =
            others.into_iter().partition(|path| kind_of(path) == Kind::Bitmaps);
        if !pictures.is_empty() {
            let text = format!("left out: {}", of_not_decoded(pictures.len()));
            report.warn(text, pictures.first().map(PathBuf::as_path));
        }
        self.passed_over.extend([(NO_DRAWINGS, arrays), (NO_PICTURE, others)]);
    }

    /// Says what was passed over, but for what is offered or joined.
    pub(super) fn report_passed_over(&mut self, report: &mut LoadReport) {
        for (text, mut paths) in std::mem::take(&mut self.passed_over) {
            let is_offered = |path: &Path| {
                let is_it = |offer: &Offer| matches!(offer, Offer::Table(of) | Offer::Places(of) if of == path);
                report.offers.iter().any(is_it)
            };
            let is_joined = |path: &Path| self.tables.iter().any(|table| table.file_name() == path.file_name());
            paths.retain(|path| !is_offered(path) && !is_joined(path));
            report.info_each(text, &paths);
        }
    }
}
