//! Record files around bitmaps that were named without them: beside them, in the folder above and in that folder's known ones.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::error::OpenError;
use super::folder::{Listing, list_if_permitted};
use super::inputs::canonical;
use super::names::{Closeness, Name, Rank};
use super::spelling::loose;
use crate::data::file_names::file_name;

/// Folders beside the bitmaps' one in which records lie, as published and as people call them.
const RECORD_FOLDERS: [&str; 6] = ["raw", "simplified", "records", "ndjson", "jsonl", "metadata"];

/// Folders beside the bitmaps' one that are looked at for bitmaps of the same name.
const MOST_FOLDERS: usize = 1000;

/// A file with its name taken apart.
pub(super) type Named = (PathBuf, Name);

/// A folder's files by what all names that can fit have in common.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) listing: Listing,
    bitmaps: HashMap<String, Vec<Named>>,
    records: HashMap<String, Vec<Named>>,
}

impl Shelf {
    fn of(listing: Listing) -> Self {
        let (bitmaps, records) = (by_name(listing.bitmaps.iter()), by_name(listing.all_records()));
        Self { listing, bitmaps, records }
    }

    fn records(&self, name: &Name) -> &[Named] {
        self.records.get(&name.plain).map_or(&[], Vec::as_slice)
    }

    pub(super) fn bitmaps(&self, name: &Name) -> &[Named] {
        self.bitmaps.get(&name.plain).map_or(&[], Vec::as_slice)
    }
}

fn by_name<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> HashMap<String, Vec<Named>> {
    let mut named: HashMap<String, Vec<Named>> = HashMap::new();
    for path in paths {
        let name = Name::of(path);
        named.entry(name.plain.clone()).or_default().push((path.clone(), name));
    }
    named
}

/// Folders that were looked into, each once.
#[derive(Debug, Default)]
pub(super) struct Around {
    shelves: HashMap<PathBuf, Option<Rc<Shelf>>>,
}

/// A record file that fits some bitmaps.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) rank: Rank,
    pub(super) path: PathBuf,
    /// Other bitmaps that it fits as well or better, and whether it is as well.
    pub(super) owner: Option<(PathBuf, bool)>,
    /// Whether it was found by what the bitmaps are a link to, or their folder is.
    pub(super) at_target: bool,
}

impl Around {
    /// A folder's files; `None` where it is not there or may not be listed, which is no matter in a folder that nobody named.
    pub(super) fn shelf(&mut self, folder: &Path) -> Result<Option<Rc<Shelf>>, OpenError> {
        if let Some(shelf) = self.shelves.get(folder) {
            return Ok(shelf.clone());
        }
        let shelf = list_if_permitted(folder)?.map(|listing| Rc::new(Shelf::of(listing)));
        self.shelves.insert(folder.to_path_buf(), shelf.clone());
        Ok(shelf)
    }

    /// Record files that fit bitmaps by name, the best first: those around the name that was opened, then, where that leads through
    /// a link, those around what it leads to. The folder of the bitmaps counts where `beside` is true.
    pub(super) fn near(&mut self, bitmaps: &Path, name: &Name, beside: bool) -> Result<Vec<Candidate>, OpenError> {
        let mut candidates = self.records(bitmaps, name, beside)?;
        if let Some(target) = target_of(bitmaps) {
            let is_other_folder = target.parent().map(Path::to_path_buf) != bitmaps.parent().and_then(real);
            let known: Vec<PathBuf> = candidates.iter().map(|known| canonical(&known.path)).collect();
            let by_target = self.records(&target, &Name::of(&target), beside || is_other_folder)?;
            let new = by_target.into_iter().filter(|candidate| !known.contains(&canonical(&candidate.path)));
            candidates.extend(new.map(|candidate| Candidate { at_target: true, ..candidate }));
        }
        Ok(candidates)
    }

    fn records(&mut self, bitmaps: &Path, name: &Name, beside: bool) -> Result<Vec<Candidate>, OpenError> {
        let mut shelves = Vec::new();
        let own = bitmaps.parent().map_or(Ok(None), |folder| self.shelf(folder))?;
        shelves.extend(own.clone().filter(|_| beside));
        shelves.extend(self.shelves_above(bitmaps)?);
        let mut candidates = Vec::new();
        for shelf in shelves {
            for records in shelf.records(name) {
                let Some(rank) = Rank::of((bitmaps, name), borrowed(records)) else { continue };
                // Far from the bitmaps a mark of a copy is no small matter.
                if rank.elsewhere && rank.closeness > Closeness::Loose {
                    continue;
                }
                let others = own.iter().chain([&shelf]).flat_map(|shelf| shelf.bitmaps(name));
                let others = others.filter(|(other, _)| {
                    other.file_name() != bitmaps.file_name() || other.parent() != bitmaps.parent()
                });
                let owner = others
                    .filter_map(|other| Some((Rank::of(borrowed(other), borrowed(records))?, &other.0)))
                    .filter(|(its, _)| *its <= rank)
                    .min()
                    .map(|(its, path)| (path.clone(), its == rank));
                candidates.push(Candidate { rank, path: records.0.clone(), owner, at_target: false });
            }
        }
        candidates.sort_by(|a, b| (a.rank, &a.path).cmp(&(b.rank, &b.path)));
        Ok(candidates)
    }

    /// The folder above that of the bitmaps, and those beside it in which records lie. None where another folder there holds bitmaps
    /// of the same file name, such as `train` and `test`: whose records they are cannot be said.
    fn shelves_above(&mut self, bitmaps: &Path) -> Result<Vec<Rc<Shelf>>, OpenError> {
        let Some((own, above)) = folder_and_above(bitmaps) else { return Ok(Vec::new()) };
        let Some(shelf) = self.shelf(&above)? else { return Ok(Vec::new()) };
        let name = bitmaps.file_name().unwrap_or_default();
        let others = || shelf.listing.folders.iter().filter(|folder| folder.file_name() != own.file_name());
        if others().take(MOST_FOLDERS).any(|folder| folder.join(name).exists()) {
            return Ok(Vec::new());
        }
        let known: Vec<PathBuf> = others().filter(|folder| is_called(folder, &RECORD_FOLDERS)).cloned().collect();
        let mut shelves = vec![shelf];
        for folder in known {
            shelves.extend(self.shelf(&folder)?);
        }
        Ok(shelves)
    }

    /// Bitmaps that records fit best, in their folder, the one above and those beside it.
    pub(super) fn bitmaps(&mut self, records: &Path) -> Result<Option<PathBuf>, OpenError> {
        let name = Name::of(records);
        let mut folders: Vec<PathBuf> = records.parent().map(Path::to_path_buf).into_iter().collect();
        if let Some((_, above)) = folder_and_above(records) {
            let beside = self.shelf(&above)?.map(|shelf| shelf.listing.folders.clone()).unwrap_or_default();
            folders.push(above);
            folders.extend(beside.into_iter().filter(|folder| is_called(folder, &BITMAP_FOLDERS)));
        }
        let shelves = folders.iter().map(|folder| self.shelf(folder)).collect::<Result<Vec<_>, _>>()?;
        let fits = shelves
            .iter()
            .flatten()
            .flat_map(|shelf| shelf.bitmaps(&name))
            .filter_map(|bitmaps| Some((Rank::of(borrowed(bitmaps), (records, &name))?, bitmaps.0.clone())));
        Ok(fits.min().map(|(_, path)| path))
    }
}

/// The folder that is published with bitmaps in it, spelled loosely.
pub(super) const PUBLISHED: &str = "numpy bitmap";
/// Folders that hold bitmaps, as published and as people call them.
pub(super) const BITMAP_FOLDERS: [&str; 5] = [PUBLISHED, "numpy bitmaps", "bitmap", "bitmaps", "npy"];

/// Whether a folder has one of these names, but for case and the spelling of blanks.
pub(super) fn is_called(folder: &Path, names: &[&str]) -> bool {
    let name = loose(&file_name(folder));
    names.contains(&name.as_str())
}

/// The folder of a file, by its real name, and the one above it.
fn folder_and_above(file: &Path) -> Option<(PathBuf, PathBuf)> {
    let folder = file.parent()?;
    let named = folder.file_name().is_some() && !folder.ends_with("..");
    let own = if named { folder.to_path_buf() } else { real(folder)? };
    let above = own.parent()?.to_path_buf();
    // A folder named in one word lies in the present one.
    Some((own, above))
}

/// Where a path leads whose file or folder is a link. What lies around is the same by any other name of a folder: through `..`, or
/// through a link further up.
fn target_of(path: &Path) -> Option<PathBuf> {
    let is_link = |path: &Path| path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    (is_link(path) || path.parent().is_some_and(is_link)).then(|| path.canonicalize().ok()).flatten()
}

fn real(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.canonicalize().ok()
}

pub(super) fn borrowed((path, name): &Named) -> (&Path, &Name) {
    (path, name)
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_path_has_a_target_where_its_file_or_folder_is_a_link() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir_all(path("full/bitmaps")).unwrap();
        fs::write(path("full/bitmaps/a.npy"), "").unwrap();
        symlink(path("full/bitmaps/a.npy"), path("full/link.npy")).unwrap();
        symlink(path("full/bitmaps"), path("folder")).unwrap();
        symlink(path("full"), path("above")).unwrap();
        let target = path("full/bitmaps/a.npy").canonicalize().unwrap();
        for linked in ["full/link.npy", "folder/a.npy", "full/../folder/a.npy"] {
            assert_eq!(target_of(&path(linked)), Some(target.clone()), "{linked}");
        }
        for own in
            ["full/bitmaps/a.npy", "full/bitmaps/../bitmaps/a.npy", "folder/../bitmaps/a.npy", "above/bitmaps/a.npy"]
        {
            assert!(path(own).is_file());
            assert_eq!(target_of(&path(own)), None, "{own}");
        }
    }
}
