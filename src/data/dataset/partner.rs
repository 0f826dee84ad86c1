//! Whether other files than those that were opened together belong to each other: asked where records speak of something else than the
//! name of their bitmaps.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Dataset;
use super::around::Around;
use super::inputs::canonical;
use super::names::{Name, category_of, meanings, stem_of};
use super::part::Part;
use super::spelling::loose;
use crate::data::array::Counted;
use crate::data::file::{PlainFile, is_stream};
use crate::data::file_names::{file_name, shown};
use crate::data::formats;
use crate::data::ndjson::RecordFile;

/// Bytes by which two files are compared.
const COMPARED: usize = 64 << 10;

/// What was looked up so far: each folder is listed once for all parts, and its files are found by the words that they are called.
#[derive(Debug, Default)]
pub(super) struct Partners {
    around: Around,
    /// Numbers of the parts; `None` until somebody asks.
    parts: Option<ByWord<usize>>,
    folders: HashMap<PathBuf, ByWord<PathBuf>>,
}

/// By words, spelled loosely: what means them by its name.
type ByWord<T> = HashMap<String, Vec<T>>;

fn by_word<T: Clone>(named: impl Iterator<Item = (String, T)>) -> ByWord<T> {
    let mut all: ByWord<T> = HashMap::new();
    for (category, one) in named {
        meanings(&category).for_each(|word| all.entry(word).or_default().push(one.clone()));
    }
    all
}

fn called<'a, T>(all: &'a ByWord<T>, word: &str) -> &'a [T] {
    all.get(word).map_or(&[], Vec::as_slice)
}

impl Partners {
    /// What speaks for another pair, as a clause; `lines` are the records, `word` is what all of them say.
    ///
    /// That is bitmaps which are called after the word and are as many as the records, among those opened or beside the two files; or
    /// records beside the bitmaps that bear their name, where those that were opened do not.
    pub(super) fn of(
        &mut self,
        dataset: &Dataset,
        part: &Part,
        records: &RecordFile,
        lines: u32,
        word: &str,
    ) -> Option<String> {
        let bitmaps = part.path()?;
        let word = loose(word);
        let parts = self.parts.get_or_insert_with(|| {
            by_word(dataset.parts.iter().enumerate().map(|(number, part)| (part.category().to_owned(), number)))
        });
        let mut others = called(parts, &word).iter().filter_map(|number| dataset.parts.get(*number));
        if let Some(other) =
            others.find(|other| other.path().is_some_and(|other| other != bitmaps) && other.rows() == lines)
        {
            return Some(of_bitmaps(&other.named()));
        }
        let records = records.path();
        // Where a pipe comes from nobody knows.
        let named = Some(records).filter(|records| !is_stream(records));
        for folder in [Some(bitmaps), named].into_iter().flatten().filter_map(Path::parent) {
            let mut others = called(self.folder(folder), &word).iter();
            if let Some(other) = others.find(|other| holds(other, lines) && !is_same(other, bitmaps)) {
                return Some(of_bitmaps(other));
            }
        }
        let named = named.filter(|records| Name::of(bitmaps).fit(&Name::of(records)).is_none())?;
        let beside = self.around.near(bitmaps, &Name::of(bitmaps), true).ok()?;
        let other = beside.iter().find(|candidate| candidate.owner.is_none() && candidate.path != named)?;
        Some(format!("{} bears the name of the bitmaps", file_name(&other.path)))
    }

    /// The bitmaps of a folder.
    fn folder(&mut self, folder: &Path) -> &ByWord<PathBuf> {
        let around = &mut self.around;
        self.folders.entry(folder.to_path_buf()).or_insert_with(|| {
            let shelf = around.shelf(folder).ok().flatten();
            let bitmaps = shelf.iter().flat_map(|shelf| &shelf.listing.bitmaps);
            by_word(bitmaps.map(|path| (category_of(&shown(&stem_of(path))).to_owned(), path.clone())))
        })
    }
}

fn of_bitmaps(other: &Path) -> String {
    format!("{} bears the name that the records say, and has as many drawings", file_name(other))
}

/// Whether there are as many drawings; nothing is unpacked to know it.
fn holds(bitmaps: &Path, drawings: u32) -> bool {
    let counted = Some(Counted { records: drawings, and_more: false });
    let opened = || formats::open_unless_packed(bitmaps).ok()?.decide(counted).ok();
    opened().is_some_and(|(source, _)| source.rows() == drawings)
}

/// Whether two names lead to one file, or to a copy of it as far as its beginning shows.
fn is_same(one: &Path, other: &Path) -> bool {
    let beginning = |path: &Path| {
        let file = PlainFile::open_packed(path).ok()?;
        let mut bytes = vec![0; COMPARED];
        let read = file.read_up_to_at(&mut bytes, 0).ok()?;
        bytes.truncate(read);
        Some((file.len(), bytes))
    };
    canonical(one) == canonical(other) || beginning(one).is_some_and(|bytes| Some(bytes) == beginning(other))
}
