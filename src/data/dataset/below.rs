//! A named folder without bitmaps of its own: which of its folders may be meant.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::around::{BITMAP_FOLDERS, PUBLISHED, is_called};
use super::error::OpenError;
use super::folder::{Listing, count, list, list_if_permitted};
use super::names::Name;
use crate::data::file_names::file_name;

/// Folders in a folder that are looked into.
const MOST_FOLDERS: usize = 1000;
/// How deep bitmaps are looked for when a folder has none to open.
const DEEPEST: usize = 3;
/// Folders that are named in a message.
const NAMED: usize = 3;

/// What is opened in place of a folder.
#[derive(Debug)]
pub(super) struct Below {
    /// The folder with the bitmaps.
    pub(super) bitmaps: Listing,
    /// Record files of the folder itself and of all that lie beside the bitmaps' one.
    pub(super) records: Vec<PathBuf>,
    /// The folders that these come from, the bitmaps' first.
    pub(super) opened: Vec<PathBuf>,
}

impl Below {
    /// The folder with bitmaps that has the published name, or the only one with bitmaps at all where it is called after them or
    /// records of the same names lie beside or above it. Records beside other bitmaps belong to those.
    pub(super) fn of(listing: &Listing) -> Result<Option<Self>, OpenError> {
        let mut listed: Vec<(PathBuf, Listing)> = Vec::new();
        for folder in listing.folders.iter().take(MOST_FOLDERS) {
            listed.extend(list_if_permitted(folder)?.map(|listing| (folder.clone(), listing)));
        }
        let with_bitmaps = || listed.iter().enumerate().filter(|(_, (_, listing))| !listing.bitmaps.is_empty());
        let published = with_bitmaps().find(|(_, (folder, _))| is_called(folder, &[PUBLISHED]));
        let mut all = with_bitmaps();
        let ((Some((chosen, _)), ..) | (_, Some((chosen, _)), None)) = (published, all.next(), all.next()) else {
            return Ok(None);
        };
        let (folder, bitmaps) = listed.remove(chosen);
        let is_known = is_called(&folder, &BITMAP_FOLDERS);
        listed.retain(|(_, listing)| listing.bitmaps.is_empty());
        let mut opened = vec![folder];
        let mut records: Vec<PathBuf> = listing.all_records().chain(bitmaps.all_records()).cloned().collect();
        for (folder, listing) in &listed {
            if !listing.records.is_empty() || !listing.maybe_records.is_empty() {
                opened.push(folder.clone());
                records.extend(listing.all_records().cloned());
            }
        }
        let below = Self { bitmaps, records, opened };
        Ok((is_known || below.has_pairs()).then_some(below))
    }

    fn has_pairs(&self) -> bool {
        let names: HashSet<String> = self.bitmaps.bitmaps.iter().map(|path| Name::of(path).plain).collect();
        self.records.iter().any(|records| names.contains(&Name::of(records).plain))
    }

    /// What is said of it.
    pub(super) fn said(&self) -> String {
        let names: Vec<String> = self.opened.iter().map(|folder| format!("\"{}\"", file_name(folder))).collect();
        let (bitmaps, records) =
            names.split_first().map_or((String::new(), &[][..]), |(first, rest)| (first.clone(), rest));
        let with = if records.is_empty() {
            String::new()
        } else {
            format!("; records are looked for in {}", records.join(", "))
        };
        let files = count(self.bitmaps.bitmaps.len(), "bitmap file");
        format!("no bitmaps lie in this folder itself: its folder {bitmaps} is opened ({files}){with}")
    }
}

/// What describes the arrays of a Zarr store, in its folder.
const ZARR: [&str; 3] = ["zarr.json", ".zarray", ".zgroup"];

/// Where bitmaps lie that may be meant: below a folder, else beside it. A clause for a message, or nothing.
pub(super) fn instead_of(folder: &Path) -> String {
    if ZARR.iter().any(|name| folder.join(name).is_file()) {
        return "; this is a Zarr store: save its array in Python, numpy.save(\"set.npy\", zarr.open(FOLDER)[:])"
            .to_owned();
    }
    let mut found = Vec::new();
    let mut left = MOST_FOLDERS;
    if let Ok(listing) = list(folder) {
        listing.folders.iter().for_each(|below| collect(below, DEEPEST - 1, &mut left, &mut found));
    }
    if found.is_empty()
        && let Some(beside) = folder.canonicalize().ok().and_then(|folder| list(folder.parent()?).ok())
    {
        let known = beside.folders.into_iter().filter(|beside| is_called(beside, &BITMAP_FOLDERS));
        known.for_each(|beside| collect(&beside, 0, &mut left, &mut found));
    }
    let named: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|(folder, files)| format!("{} ({})", folder.display(), count(*files, "bitmap file")))
        .collect();
    match found.len() {
        0 => String::new(),
        1 => format!("; open {} instead", named.join("")),
        more if more <= NAMED => format!("; open one or more of these instead: {}", named.join(", ")),
        more => format!("; open one or more of these instead: {} or {} more", named.join(", "), more - NAMED),
    }
}

/// Adds a folder and those in it that hold bitmaps, as long as there are any `left` to look into.
fn collect(folder: &Path, deep: usize, left: &mut usize, found: &mut Vec<(PathBuf, usize)>) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    let Ok(listing) = list(folder) else { return };
    if !listing.bitmaps.is_empty() {
        found.push((folder.to_path_buf(), listing.bitmaps.len()));
    }
    if deep > 0 {
        listing.folders.iter().for_each(|folder| collect(folder, deep - 1, left, found));
    }
}
