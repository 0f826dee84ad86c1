//! Whether other files than those that were opened together belong to each other: asked where records speak of something else than the
//! name of their bitmaps.

use std::path::Path;

use super::Dataset;
use super::around::Around;
use super::folder::file_name;
use super::inputs::canonical;
use super::names::{Name, category_of, means, shown, stem_of, without_gz};
use super::part::Part;
use crate::data::file::{PlainFile, is_stream};
use crate::data::ndjson::RecordFile;
use crate::data::npy::{Counted, NpyProbe, ShapeOptions};

/// Bytes by which two files are compared.
const COMPARED: usize = 64 << 10;

/// What speaks for another pair, as a clause; `lines` are the records, `word` is what all of them say.
///
/// That is bitmaps which are called after the word and are as many as the records, among those opened or beside the two files; or
/// records beside the bitmaps that bear their name, where those that were opened do not.
pub(super) fn of(dataset: &Dataset, part: &Part, records: &RecordFile, lines: u32, word: &str) -> Option<String> {
    let bitmaps = part.path()?;
    if let Some(other) = dataset.parts.iter().find(|other| {
        other.path().is_some_and(|other| other != bitmaps) && other.rows() == lines && means(other.category(), word)
    }) {
        return Some(of_bitmaps(&other.named()));
    }
    let mut around = Around::default();
    let records = records.path();
    // Where a pipe comes from nobody knows.
    let named = Some(records).filter(|records| !is_stream(records));
    for folder in [Some(bitmaps), named].into_iter().flatten().filter_map(Path::parent) {
        let Ok(Some(shelf)) = around.shelf(folder) else { continue };
        let mut others = shelf.listing.bitmaps.iter().filter(|other| is_called(other, word));
        if let Some(other) = others.find(|other| holds(other, lines) && !is_same(other, bitmaps)) {
            return Some(of_bitmaps(other));
        }
    }
    let named = named.filter(|records| Name::of(bitmaps).fit(&Name::of(records)).is_none())?;
    let beside = around.near(bitmaps, &Name::of(bitmaps), true).ok()?;
    let other = beside.iter().find(|candidate| candidate.owner.is_none() && candidate.path != named)?;
    Some(format!("{} bears the name of the bitmaps", file_name(&other.path)))
}

fn of_bitmaps(other: &Path) -> String {
    format!("{} bears the name that the records say, and has as many drawings", file_name(other))
}

fn is_called(bitmaps: &Path, word: &str) -> bool {
    means(category_of(&shown(&stem_of(bitmaps))), word)
}

/// Whether there are as many drawings; nothing is unpacked to know it.
fn holds(bitmaps: &Path, drawings: u32) -> bool {
    let counted = Some(Counted { records: drawings, and_more: false });
    let opened = || NpyProbe::open(bitmaps, &ShapeOptions::default()).ok()?.decide(counted).ok();
    without_gz(bitmaps) == bitmaps && opened().is_some_and(|(file, _)| file.rows() == drawings)
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
