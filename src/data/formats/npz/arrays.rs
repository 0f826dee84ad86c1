//! The arrays of an archive: named with their shapes, and which of them looks most like drawings. Headers alone are read.

use std::cmp::Reverse;
use std::io::Read;
use std::path::Path;

use super::directory::{self, Member};
use super::{DEFLATED, MEMBER, STORED};
use crate::data::array::{ArrayHeader, ShapeOptions, drawings_of, shown};
use crate::data::fetch;
use crate::data::file::PlainFile;
use crate::data::file_names::file_name;
use crate::data::formats::{HEAD_BYTES, npy};
use crate::data::report::Severity;
use crate::data::source::ImageFault;
use crate::words::shown_text;

/// Members that are looked at, and that are named.
const MOST: usize = 64;
const NAMED: usize = 6;

/// Sides of drawings; smaller ones are as likely to be values.
const SMALLEST_SIDE: u32 = 8;

/// What lies in an archive.
pub(super) struct Arrays {
    arrays: Vec<MemberArray>,
    /// Names of what is no array.
    others: Vec<String>,
}

/// An array in the archive.
pub(super) struct MemberArray {
    /// Its number among the members.
    member: usize,
    /// As it is shown, without ending.
    name: String,
    shape: Vec<usize>,
    /// In words.
    values: String,
    /// Where its values are drawn.
    header: Option<ArrayHeader>,
    /// How many values it has where it may be a column.
    is_column: Option<usize>,
}

impl MemberArray {
    /// The name by which a member is asked for; `None` where it is no array by its ending.
    pub(super) fn name_of(member: &Member) -> Option<&str> {
        member.name.strip_suffix(".npy")
    }

    /// The array that begins at a member's own header; `None` where it is none.
    fn of(file: &PlainFile, number: usize, member: &Member) -> Option<Self> {
        let name = shown_text(Self::name_of(member)?, 60);
        let content = member.content(file)?;
        let packed = directory::read(file, content.start, MEMBER.min(content.end - content.start))?;
        let start = match member.method {
            STORED => packed,
            DEFLATED => inflated_start(&packed),
            _ => return None,
        };
        let (shape, values, header) = match npy::header_of(&start) {
            Ok(header) => (header.shape.clone(), header.stored.element.name().to_owned(), Some(header)),
            Err(ImageFault::Dtype { meaning, lengths, .. }) => (lengths, meaning.to_owned(), None),
            Err(_) => return None,
        };
        let is_column = npy::column_of(&start).and_then(|column| usize::try_from(column.rows).ok());
        Some(Self { member: number, name, shape, values, header, is_column })
    }

    fn told(&self) -> String {
        format!("{} {} {}", self.name, shown(&self.shape), self.values)
    }

    /// How much it looks like drawings; `None` where by itself it would be refused.
    fn rank(&self, options: &ShapeOptions) -> Option<(bool, bool, u32, bool)> {
        let header = self.header.as_ref()?;
        let (rows, height, width) = drawings_of(header, options)?;
        // Of as many rows, bytes are more likely drawings than what a model made of these.
        let is_bytes = !header.stored.element.needs_range();
        Some((height.min(width) > 1, height.min(width) >= SMALLEST_SIDE, rows, is_bytes))
    }

    /// Whether it may be drawings at all, if something more were known of it.
    fn may_be(&self) -> bool {
        self.header.is_some() && self.shape.len() > 1
    }
}

impl Arrays {
    pub(super) fn of(file: &PlainFile, members: &[Member]) -> Self {
        let mut found = Self { arrays: Vec::new(), others: Vec::new() };
        for (number, member) in members.iter().enumerate().take(MOST) {
            match MemberArray::of(file, number, member) {
                Some(array) => found.arrays.push(array),
                None => found.others.push(shown_text(&member.name, 60)),
            }
        }
        found
    }

    /// The number of a member.
    pub(super) fn member(&self, array: usize) -> Option<usize> {
        Some(self.arrays.get(array)?.member)
    }

    /// The array with most drawings, the first of those that have as many; else the largest that may be drawings.
    pub(super) fn best(&self, options: &ShapeOptions) -> Option<usize> {
        let ranked =
            (0..).zip(&self.arrays).filter_map(|(number, array)| Some((array.rank(options)?, Reverse(number))));
        let best = ranked.max().map(|(_, Reverse(number))| number);
        best.or_else(|| {
            let values =
                |array: &MemberArray| array.shape.iter().fold(1_u64, |all, &len| all.saturating_mul(len as u64));
            let may_be = (0..).zip(&self.arrays).filter(|(_, array)| array.may_be());
            may_be.map(|(number, array)| (values(array), Reverse(number))).max().map(|(_, Reverse(number))| number)
        })
    }

    /// What is said of the choice: a warning where others look like drawings as well.
    pub(super) fn told_of_choice(&self, chosen: usize, options: &ShapeOptions, path: &Path) -> Vec<(Severity, String)> {
        let Some(own) = self.arrays.get(chosen) else { return Vec::new() };
        let others = self.arrays.iter().filter(|array| array.member != own.member);
        let is_alike = |array: &&MemberArray| array.rank(options).is_some_and(|(is_large, ..)| is_large);
        let (alike, rest): (Vec<&MemberArray>, Vec<&MemberArray>) = others.partition(is_alike);
        // What has a value for each drawing becomes a column, and is told of as such.
        let rows = own.rank(options).map(|(_, _, rows, _)| rows as usize);
        let rest: Vec<&MemberArray> =
            rest.into_iter().filter(|array| array.is_column.is_none() || array.is_column != rows).collect();
        let mut told = Vec::new();
        if let Some(first) = alike.first() {
            let text = format!(
                "of its arrays {} is opened, which holds most drawings; left out: {}; {}:{} opens that one",
                own.told(),
                listed(alike.iter().map(|array| array.told())),
                file_name(path),
                first.name
            );
            told.push((Severity::Warning, text));
        }
        if !rest.is_empty() || !self.others.is_empty() {
            let rest = rest.iter().map(|array| array.told()).chain(self.others.iter().cloned());
            told.push((
                Severity::Info,
                format!("{} is opened; besides, the archive holds {}", own.told(), listed(rest)),
            ));
        }
        told
    }

    /// All of it in words.
    pub(super) fn told(&self) -> String {
        listed(self.arrays.iter().map(MemberArray::told).chain(self.others.iter().cloned()))
    }

    /// Why none of it is opened.
    pub(super) fn fault(&self, path: &Path) -> ImageFault {
        if self.is_sketch_rnn() {
            return sketch_rnn(path);
        }
        if !self.others.is_empty() {
            return other_zip(&self.told());
        }
        ImageFault::NoneDrawn {
            what: format!("an .npz archive of {}", self.told()),
            advice: "none of its arrays holds numbers or bools of drawings".to_owned(),
        }
    }

    /// The published form of sketch-rnn: three arrays of Python objects, each the pen movements of a drawing.
    fn is_sketch_rnn(&self) -> bool {
        let holds = |name: &str| self.arrays.iter().any(|array| array.name == name && array.header.is_none());
        self.others.is_empty() && ["train", "valid", "test"].into_iter().all(holds)
    }
}

/// As much of the beginning of deflated data as a header takes.
pub(super) fn inflated_start(packed: &[u8]) -> Vec<u8> {
    let mut start = Vec::new();
    let unpacked = flate2::bufread::DeflateDecoder::new(packed).take(HEAD_BYTES as u64).read_to_end(&mut start);
    // The rest of the member was not given to it: the beginning will do.
    drop(unpacked);
    start
}

/// Why an archive that does not begin with an array is not opened; `None` where its directory cannot be read.
pub(super) fn fault_of_zip(file: &PlainFile) -> Option<ImageFault> {
    Some(other_zip(&Arrays::of(file, &directory::members(file)?).told()))
}

fn other_zip(told: &str) -> ImageFault {
    ImageFault::Archive {
        what: format!("a zip archive of {told}"),
        advice: "unpack it with `unzip` and open what was in it".to_owned(),
    }
}

/// The first of some names, and whether there are more.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = if names.len() > NAMED { " and more" } else { "" };
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{}{more}", first.join(", "))
}

fn sketch_rnn(path: &Path) -> ImageFault {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = stem.strip_prefix("sketchrnn_").unwrap_or(&stem);
    let name = name.strip_suffix(".full").unwrap_or(name);
    let advice = match fetch::find(name) {
        Some(category) if category.contains(' ') => format!("`inkfield fetch \"{category}\"`"),
        Some(category) => format!("`inkfield fetch {category}`"),
        None => "`inkfield fetch CATEGORY` (`inkfield fetch --list` names them)".to_owned(),
    };
    ImageFault::NoneDrawn {
        what: "a sketch-rnn archive (train, valid, test), which holds the strokes of drawings and no bitmaps"
            .to_owned(),
        advice: format!("strokes alone are not drawn yet; bitmaps of the same drawings come with {advice}"),
    }
}
