//! What lies in a zip archive: the arrays of an `.npz`, named with their shapes, of which only directory and headers are read.

use std::io::Read;
use std::path::Path;

use super::dtype::Element;
use super::error::NpyFault;
use super::header;
use super::shape::shown;
use crate::data::fetch;
use crate::data::file::PlainFile;
use crate::words::shown_text;

/// First bytes of an archive that is not empty.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";

/// A zip's last record and the longest comment behind it.
const TAIL: u64 = 22 + 65_535;

/// The most bytes of the directory, of a member, and of its unpacked beginning that are looked at.
const DIRECTORY: u64 = 64 << 10;
const MEMBER: u64 = 4 << 10;

/// Members that are looked at, and that are named.
const MOST: usize = 64;
const NAMED: usize = 6;

/// A file in the archive.
struct Member {
    /// As it is shown: for an array without its ending.
    name: String,
    array: Option<MemberArray>,
}

/// An array in the archive.
struct MemberArray {
    shape: Vec<usize>,
    /// In words.
    values: String,
    is_drawn: bool,
}

/// Why an archive is no bitmap file, and what to do with what it holds; `None` where its directory cannot be read.
pub(super) fn fault_of(file: &PlainFile) -> Option<NpyFault> {
    let members = members(file)?;
    let is_npz = !members.is_empty() && members.iter().all(|member| member.array.is_some());
    if is_npz && is_sketch_rnn(&members) {
        return Some(sketch_rnn(file.path()));
    }
    let told: Vec<String> = members.iter().take(NAMED).map(Member::told).collect();
    let more = if members.len() > NAMED { " and more" } else { "" };
    let told = told.join(", ");
    if !is_npz {
        let what = format!("a zip archive of {told}{more}");
        return Some(NpyFault::Archive { what, advice: "unpack it with `unzip` and open what was in it".to_owned() });
    }
    let drawn = members.iter().find(|member| member.array.as_ref().is_some_and(|array| array.is_drawn));
    let advice = match drawn {
        Some(member) => format!("take an array out with {}, then open that file", python(&member.name, file.path())),
        None => "none of its arrays holds uint8 or bool values of drawings".to_owned(),
    };
    Some(NpyFault::Archive { what: format!("an .npz archive of {told}{more}"), advice })
}

impl Member {
    fn told(&self) -> String {
        match &self.array {
            Some(array) => format!("{} {} {}", self.name, shown(&array.shape), array.values),
            None => self.name.clone(),
        }
    }
}

/// A line for a shell that writes one array as `.npy`.
fn python(name: &str, archive: &Path) -> String {
    // What a shell or Python would read otherwise is left for the reader to fill in.
    let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " _-.,/()+".contains(c));
    let archive = archive.to_str().filter(|text| is_plain(text)).unwrap_or("FILE.npz");
    let name = if is_plain(name) { name } else { "NAME" };
    let target = name.rsplit('/').next().unwrap_or(name);
    format!("python3 -c 'import numpy; numpy.save(\"{target}.npy\", numpy.load(\"{archive}\")[\"{name}\"])'")
}

/// The published form of sketch-rnn: three arrays of Python objects, each the pen movements of a drawing.
fn is_sketch_rnn(members: &[Member]) -> bool {
    let holds = |name: &str| members.iter().any(|member| member.name == name && !member.is_drawn());
    ["train", "valid", "test"].into_iter().all(holds)
}

impl Member {
    fn is_drawn(&self) -> bool {
        self.array.as_ref().is_some_and(|array| array.is_drawn)
    }
}

fn sketch_rnn(path: &Path) -> NpyFault {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = stem.strip_prefix("sketchrnn_").unwrap_or(&stem);
    let name = name.strip_suffix(".full").unwrap_or(name);
    let advice = match fetch::find(name) {
        Some(category) if category.contains(' ') => format!("`inkfield fetch \"{category}\"`"),
        Some(category) => format!("`inkfield fetch {category}`"),
        None => "`inkfield fetch CATEGORY` (`inkfield fetch --list` names them)".to_owned(),
    };
    NpyFault::Archive {
        what: "a sketch-rnn archive (train, valid, test), which holds the strokes of drawings and no bitmaps"
            .to_owned(),
        advice: format!("strokes alone are not drawn yet; bitmaps of the same drawings come with {advice}"),
    }
}

/// The files in the archive by its directory, directories left out.
fn members(file: &PlainFile) -> Option<Vec<Member>> {
    let tail_offset = file.len().saturating_sub(TAIL);
    let tail = read(file, tail_offset, TAIL)?;
    let end = tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06")?;
    let (directory, bytes) = match (number(&tail, end + 16, 4)?, number(&tail, end + 12, 4)?) {
        (0xffff_ffff, _) | (_, 0xffff_ffff) => large_directory(file, &tail, end)?,
        found => found,
    };
    let directory = read(file, directory, bytes.min(DIRECTORY))?;
    let mut members = Vec::new();
    let mut at = 0;
    while directory.get(at..at + 4) == Some(b"PK\x01\x02") && members.len() < MOST {
        let (name, extra, comment) =
            (number(&directory, at + 28, 2)?, number(&directory, at + 30, 2)?, number(&directory, at + 32, 2)?);
        let name_at = at + 46;
        let extra_at = name_at + name as usize;
        let name = String::from_utf8_lossy(directory.get(name_at..extra_at)?).into_owned();
        let next = extra_at + extra as usize;
        if !name.ends_with('/') {
            let offset = offset_of(&directory, at, directory.get(extra_at..next)?)?;
            let bare = name.strip_suffix(".npy");
            let array = array(file, offset, number(&directory, at + 10, 2)?).filter(|_| bare.is_some());
            let shown_name = bare.filter(|_| array.is_some()).unwrap_or(&name);
            members.push(Member { name: shown_text(shown_name, 60), array });
        }
        at = next + comment as usize;
    }
    (!members.is_empty()).then_some(members)
}

/// Where the directory of an archive beyond 4 GiB lies, and its length.
fn large_directory(file: &PlainFile, tail: &[u8], end: usize) -> Option<(u64, u64)> {
    let locator = end.checked_sub(20).filter(|&at| tail.get(at..at + 4) == Some(b"PK\x06\x07"))?;
    let record = read(file, number(tail, locator + 8, 8)?, 56)?;
    (record.get(..4) == Some(b"PK\x06\x06")).then_some(())?;
    Some((number(&record, 48, 8)?, number(&record, 40, 8)?))
}

/// Where a member lies; beyond 4 GiB an extra field says it, behind the lengths that are as large.
fn offset_of(directory: &[u8], at: usize, extra: &[u8]) -> Option<u64> {
    const LARGE: u64 = 0xffff_ffff;
    let offset = number(directory, at + 42, 4)?;
    if offset != LARGE {
        return Some(offset);
    }
    let before = [20, 24].into_iter().filter(|field| number(directory, at + field, 4) == Some(LARGE)).count();
    let mut rest = extra;
    while let (Some(kind), Some(len)) = (number(rest, 0, 2), number(rest, 2, 2)) {
        let (field, after) = rest.get(4..)?.split_at_checked(len as usize)?;
        if kind == 1 {
            return number(field, before * 8, 8);
        }
        rest = after;
    }
    None
}

/// The array that begins at a member's own header; `None` where it is none.
fn array(file: &PlainFile, offset: u64, method: u64) -> Option<MemberArray> {
    let local = read(file, offset, 30)?;
    (local.get(..4) == Some(MAGIC)).then_some(())?;
    let data = offset.checked_add(30 + number(&local, 26, 2)? + number(&local, 28, 2)?)?;
    let packed = read(file, data, MEMBER)?;
    let start = match method {
        0 => packed,
        8 => {
            let mut start = Vec::new();
            let unpacked = flate2::bufread::DeflateDecoder::new(packed.as_slice()).take(MEMBER).read_to_end(&mut start);
            // The rest of the member was not given to it: the beginning will do.
            drop(unpacked);
            start
        }
        _ => return None,
    };
    let header = header::parse(&start).ok()?;
    let (values, is_drawn) = match Element::of(&header.descr) {
        Ok(element) => (element.name().to_owned(), header.shape.len() > 1),
        Err(NpyFault::Dtype { meaning, .. }) => (meaning.to_owned(), false),
        Err(_) => return None,
    };
    Some(MemberArray { shape: header.shape, values, is_drawn })
}

/// At most `most` bytes from `offset`; `None` behind the end.
fn read(file: &PlainFile, offset: u64, most: u64) -> Option<Vec<u8>> {
    let len = file.len().checked_sub(offset)?.min(most);
    let mut bytes = vec![0; len as usize];
    file.read_exact_at(&mut bytes, offset).ok()?;
    Some(bytes)
}

/// A little-endian number of `len` bytes.
fn number(bytes: &[u8], at: usize, len: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(len)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
}
