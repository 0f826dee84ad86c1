//! Zip archives of pictures, read in place: what lies in one, and where.

use std::path::Path;
use std::sync::Arc;

use super::archive::{Contents, Member};
use super::kinds;
use super::place::Place;
use crate::data::file::{Deflated, PlainFile};
use crate::data::formats;
use crate::data::formats::zip_directory::{self, DEFLATED, STORED};

/// The most bytes of a directory: some two million pictures.
const DIRECTORY: u64 = 256 << 20;
/// Deflated data become at most so many times as long (<https://zlib.net/zlib_tech.html>), but for a few bytes.
const MOST_TIMES: u64 = 1032;

/// Whether a file begins as an archive that may hold pictures: one of arrays, of `PyTorch` or of an office begins otherwise.
pub(super) fn may_be(head: &[u8]) -> bool {
    formats::of(head).is_some_and(|format| format.name == "zip")
}

/// Whether a file that begins so holds a picture by the name of one.
pub(super) fn holds_pictures(file: &PlainFile, head: &[u8]) -> bool {
    let directory = || zip_directory::directory(file, DIRECTORY);
    let is_picture = |member: &zip_directory::Member| kinds::is_named_like_one(Path::new(&member.name));
    may_be(head) && directory().is_some_and(|directory| directory.members.iter().any(is_picture))
}

/// What lies in an archive, in the order of its directory.
pub(super) fn contents(file: &Arc<PlainFile>) -> Contents {
    let Some(directory) = zip_directory::directory(file, DIRECTORY) else {
        let broken = Some("its directory, which stands at its end, is not there".to_owned());
        return Contents { broken, ..Contents::of("zip") };
    };
    let broken = (!directory.is_whole).then(|| "its directory ends early".to_owned());
    let files = directory.members.into_iter().map(|member| {
        let place = place_of(file, &member);
        // Some programs on Windows write its own separators.
        let name = if member.name.contains('/') { member.name } else { member.name.replace('\\', "/") };
        Member { name, place }
    });
    Contents { files: files.collect(), broken, ..Contents::of("zip") }
}

/// Where the bytes of a file lie; else what is wrong, as a clause.
fn place_of(file: &Arc<PlainFile>, member: &zip_directory::Member) -> Result<Place, String> {
    if member.encrypted {
        return Err("it is encrypted: unpack the archive by its password".to_owned());
    }
    let Some(range) = member.content(file) else {
        return Err("its bytes are not where the archive's directory says".to_owned());
    };
    let (packed, len) = (range.end - range.start, member.len);
    let is_so = match member.method {
        STORED => packed == len,
        DEFLATED => len <= packed.saturating_mul(MOST_TIMES).saturating_add(1 << 10),
        other => return Err(format!("it is packed {}: pack it with deflate, or not at all", way(other))),
    };
    match is_so {
        true if member.method == STORED => Ok(Place::summed(file, range, member.sum)),
        true => Ok(Place::deflated(file, range, Deflated { len, sum: member.sum })),
        false => Err("it cannot be as long as the archive's directory says".to_owned()),
    }
}

/// How a file is packed, by the numbers of PKWARE's APPNOTE.
fn way(method: u64) -> String {
    let name = match method {
        9 => "as deflate64",
        12 => "by bzip2",
        14 => "by LZMA",
        93 => "by zstd",
        95 => "by xz",
        99 => "as encrypted data of AES",
        _ => return format!("in a way that is not known (number {method})"),
    };
    name.to_owned()
}
