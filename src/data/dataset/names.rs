//! What file names say: which records belong to which bitmaps, what the category is.

use std::borrow::Cow;
use std::path::Path;

/// How the published bitmap files are named when they are downloaded by hand.
const PUBLISHED_BITMAPS: &str = "full_numpy_bitmap_";

/// What a file's extension says that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `.npy`, `.npy.gz`
    Bitmaps,
    /// `.ndjson`, `.jsonl`, both with `.gz`, too
    Records,
    /// Anything else.
    Other,
}

/// The path without the `.gz` of a compressed file: what it is named when it is unpacked.
pub(super) fn without_gz(path: &Path) -> Cow<'_, Path> {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("gz") => Cow::Owned(path.with_extension("")),
        _ => Cow::Borrowed(path),
    }
}

/// The kind of file by its extension, in any case.
pub(super) fn kind_of(path: &Path) -> Kind {
    let path = without_gz(path);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is = |name: &str| extension.eq_ignore_ascii_case(name);
    if is("npy") {
        Kind::Bitmaps
    } else if is("ndjson") || is("jsonl") {
        Kind::Records
    } else {
        Kind::Other
    }
}

/// The name without its last extension: `octopus.raw` of `octopus.raw.ndjson` and `octopus.raw.ndjson.gz`.
pub(super) fn stem_of(path: &Path) -> String {
    without_gz(path).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// The stems of records that belong to bitmaps of this stem, the preferred first: the same stem, then raw, then simplified.
pub(super) fn record_stems(bitmaps: &str) -> Vec<String> {
    let mut stems = vec![bitmaps.to_owned()];
    if let Some(category) = bitmaps.strip_prefix(PUBLISHED_BITMAPS) {
        stems.push(format!("full_raw_{category}"));
        stems.push(format!("full_simplified_{category}"));
    }
    stems.push(format!("{bitmaps}.raw"));
    stems.push(format!("{bitmaps}.simplified"));
    stems
}

/// How well a record file fits bitmaps by name, 0 best; `None` where it does not.
pub(super) fn fit(bitmaps: &str, records: &Path) -> Option<usize> {
    let stem = stem_of(records);
    record_stems(bitmaps).iter().position(|fitting| *fitting == stem)
}

/// Which of the two published forms a stem names.
pub(super) fn source_of(stem: &str) -> Option<&'static str> {
    let (_, form) = stem.rsplit_once('.')?;
    ["raw", "simplified"].into_iter().find(|known| *known == form)
}

/// The category that a stem names: without the published prefix and without `.raw` or `.simplified`.
pub(super) fn category_of(stem: &str) -> &str {
    let stem = stem.strip_prefix(PUBLISHED_BITMAPS).unwrap_or(stem);
    stem.strip_suffix(".raw").or_else(|| stem.strip_suffix(".simplified")).unwrap_or(stem)
}

/// Whether a category from a file name means the word, give or take `_2000` and the spelling of spaces.
pub(super) fn means(category: &str, word: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let numberless = category.rsplit_once('_').filter(|(_, tail)| tail.bytes().all(|byte| byte.is_ascii_digit()));
    plain(category) == plain(word) || numberless.is_some_and(|(name, _)| plain(name) == plain(word))
}
