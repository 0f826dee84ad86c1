//! What file names say: which kind of file it is, which records belong to which bitmaps, what the category is.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;

use super::spelling::{decoded, loose, without_marks};
use crate::data::file_names::text_of;
use crate::data::formats;
use crate::words::nfc;

/// How the published files are named when they are downloaded by hand, and what is in them. A `/` of an address may be encoded.
const PUBLISHED: [(&str, Option<Form>); 6] = [
    (PUBLISHED_BITMAPS, None),
    ("full_raw_", Some(Form::Raw)),
    ("full_simplified_", Some(Form::Simplified)),
    ("full%2Fnumpy_bitmap%2F", None),
    ("full%2Fraw%2F", Some(Form::Raw)),
    ("full%2Fsimplified%2F", Some(Form::Simplified)),
];

const PUBLISHED_BITMAPS: &str = "full_numpy_bitmap_";

/// Endings of record files, the preferred first. Of those from [`FIRST_UNSURE`] on the content has to be looked at.
const RECORD_ENDINGS: [&str; 8] = ["ndjson", "jsonl", "jl", "ldjson", "geojsonl", "json", "geojson", "txt"];
const FIRST_UNSURE: usize = 5;

/// What a file's ending says that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A format that is opened, such as `.npy`; also with `.gz`.
    Bitmaps,
    /// `.ndjson`, `.jsonl`, `.jl`, `.ldjson`, `.geojsonl`, all with `.gz`, too
    Records,
    /// `.json`, `.geojson`, `.txt`: records where the content is one JSON object a line.
    MaybeRecords,
    /// Anything else.
    Other,
}

/// What is drawn in a file of sketch-rnn's that is called so: `cat` in `sketchrnn_cat.full`.
pub(super) fn of_sketches(stem: &str) -> &str {
    let name = stem.strip_prefix("sketchrnn_").unwrap_or(stem);
    name.strip_suffix(".full").filter(|name| !name.is_empty()).unwrap_or(name)
}

/// The path without the `.gz` of a compressed file: what it is named when it is unpacked.
pub(super) fn without_gz(path: &Path) -> Cow<'_, Path> {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("gz") => Cow::Owned(path.with_extension("")),
        _ => Cow::Borrowed(path),
    }
}

/// The kind of file by its last ending, in any case.
pub(super) fn kind_of(path: &Path) -> Kind {
    if formats::is_named_like_one(&without_gz(path)) {
        return Kind::Bitmaps;
    }
    match ending_rank(path) {
        Some(rank) if rank < FIRST_UNSURE => Kind::Records,
        Some(_) => Kind::MaybeRecords,
        None => Kind::Other,
    }
}

/// Whether a file's name, less `.gz`, ends in this ending, in any case.
pub(super) fn has_ending(path: &Path, ending: &str) -> bool {
    without_gz(path).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// How much an ending of record files is preferred, 0 most.
pub(super) fn ending_rank(path: &Path) -> Option<usize> {
    RECORD_ENDINGS.iter().position(|ending| has_ending(path, ending))
}

/// The name without its endings: `octopus.raw` of `octopus.raw.ndjson`, of `octopus.raw.ndjson.txt` and of `octopus.raw.npy.1`.
pub(super) fn stem_of(path: &Path) -> OsString {
    let unpacked = without_gz(path);
    let mut stem = unpacked.file_stem().map_or(Path::new(""), Path::new);
    while kind_of(stem) != Kind::Other {
        match stem.file_stem() {
            Some(shorter) if shorter != stem.as_os_str() => stem = Path::new(shorter),
            // What is named after its format without a full stop has no ending to lose.
            _ => break,
        }
    }
    stem.as_os_str().to_owned()
}

/// Which of the two published kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Raw,
    Simplified,
}

impl Form {
    /// As files and folders are called.
    fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Simplified => "simplified",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Raw, Self::Simplified].into_iter().find(|form| form.name() == name)
    }
}

/// How alike two names are, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// Letter for letter.
    Same,
    /// After Unicode normalisation.
    Normalised,
    /// But for case and the spelling of blanks.
    Loose,
    /// But for marks of a copy or of an address.
    Decorated,
}

/// How records fit bitmaps by name, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    pub(super) closeness: Closeness,
    /// How their prefixes and suffixes differ; 0 where they do not.
    pub(super) affix: u8,
}

/// How records fit bitmaps by name and place, the best first: of two files that fit alike the raw one is preferred, then the one
/// that need not be unpacked, then the one with the more telling ending; of bitmaps those that can have no columns of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) closeness: Closeness,
    pub(super) elsewhere: bool,
    affix: u8,
    /// Whether columns can lie beside the drawings in their file.
    roomy: bool,
    form: Option<Form>,
    packed: bool,
    ending: Option<usize>,
}

impl Rank {
    /// Of files with their names taken apart; `None` where the records do not fit.
    pub(super) fn of((bitmaps, name): (&Path, &Name), (records, other): (&Path, &Name)) -> Option<Self> {
        let Fit { closeness, affix } = name.fit(other)?;
        let elsewhere = bitmaps.parent() != records.parent();
        let packed = without_gz(records) != records;
        let roomy = !has_ending(bitmaps, "npy");
        Some(Self { closeness, elsewhere, affix, roomy, form: other.form, packed, ending: ending_rank(records) })
    }
}

/// A file's name taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    stem: OsString,
    /// Without prefix and form, decorations and all.
    core: String,
    loose: String,
    /// What all names that can fit have in common.
    pub(super) plain: String,
    /// What the name says, or the folder's name.
    pub(super) form: Option<Form>,
    /// The form is part of the stem.
    suffixed: bool,
    published: bool,
}

impl Name {
    /// The name of a file, with what its folder's name says.
    pub(super) fn of(path: &Path) -> Self {
        let stem = stem_of(path);
        // No name holds a NUL: what is no text is compared byte by byte.
        let mut name = Self { stem: stem.clone(), ..Self::of_stem(&text_of(&stem, "\0")) };
        let folder = path.parent().and_then(Path::file_name).and_then(|folder| folder.to_str());
        name.form = name.form.or_else(|| Form::named(folder?));
        name
    }

    /// A name without endings.
    pub(super) fn of_stem(stem: &str) -> Self {
        let unmarked = without_marks(stem);
        let published = PUBLISHED.iter().find_map(|(prefix, form)| Some((unmarked.strip_prefix(prefix)?, *form)));
        let (bare, mut form) = published.unwrap_or((unmarked, None));
        let mut body = bare;
        let mut suffixed = false;
        if form.is_none()
            && let Some((before, suffix)) = bare.rsplit_once('.')
            && let Some(named) = Form::named(suffix)
        {
            (body, form, suffixed) = (before, Some(named), true);
        }
        // The marks are what distinguishes two copies: they stay part of what is compared letter by letter.
        let core = stem.replacen(unmarked, body, 1);
        let (loose_core, plain) = (loose(&core), loose(without_marks(&decoded(body))));
        Self { stem: stem.into(), core, loose: loose_core, plain, form, suffixed, published: published.is_some() }
    }

    /// How well records of the name `records` fit bitmaps of this one; `None` where they do not.
    pub(super) fn fit(&self, records: &Self) -> Option<Fit> {
        if self.stem == records.stem {
            return Some(Fit { closeness: Closeness::Same, affix: 0 });
        }
        if self.plain != records.plain || self.plain.is_empty() || (self.suffixed && self.form != records.form) {
            return None;
        }
        let closeness = if self.core == records.core {
            Closeness::Same
        } else if nfc(&self.core) == nfc(&records.core) {
            Closeness::Normalised
        } else if self.loose == records.loose {
            Closeness::Loose
        } else {
            Closeness::Decorated
        };
        let affix = match (self.published == records.published, self.published, records.suffixed) {
            (true, false, false) => 0,
            (true, true, _) | (_, false, true) => 1,
            _ => 2,
        };
        Some(Fit { closeness, affix })
    }
}

/// Which of the two published forms a stem names.
pub(super) fn source_of(stem: &str) -> Option<&'static str> {
    let (_, form) = stem.rsplit_once('.')?;
    Form::named(form).map(Form::name)
}

/// The category that a stem names: without the published prefix and without `.raw` or `.simplified`.
pub(super) fn category_of(stem: &str) -> &str {
    let stem = stem.strip_prefix(PUBLISHED_BITMAPS).unwrap_or(stem);
    stem.strip_suffix(".raw").or_else(|| stem.strip_suffix(".simplified")).unwrap_or(stem)
}

/// Whether a category from a file name means the word: but for case, the spelling of blanks, decorations and a number behind.
pub(super) fn means(category: &str, word: &str) -> bool {
    let word = loose(word);
    meanings(category).any(|meaning| meaning == word)
}

/// The words that it means, spelled loosely.
pub(super) fn meanings(category: &str) -> impl Iterator<Item = String> {
    std::iter::successors(Some(Name::of_stem(category).plain), |plain| {
        let (before, number) = plain.rsplit_once(' ')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| before.to_owned())
    })
}
