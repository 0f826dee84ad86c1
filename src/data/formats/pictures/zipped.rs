//! Zip archives of pictures, read in place: what lies in one, and where.

use std::path::Path;
use std::sync::Arc;

use super::archive::{Contents, Member};
use super::kinds;
use super::place::Place;
use crate::data::Cancel;
use crate::data::file::PlainFile;
use crate::data::formats;
use crate::data::formats::zip_directory::{self, DEFLATED, Directory, STORED};
use crate::data::source::MAX_ROWS;

/// The most bytes of a directory: some two million pictures.
const DIRECTORY: u64 = 256 << 20;
/// Deflated data become at most so many times as long (<https://zlib.net/zlib_tech.html>), but for a few bytes.
const MOST_TIMES: u64 = 1032;
/// What arrays in an archive are called.
const ARRAY: &str = ".npy";

/// Whether a file begins as an archive that may hold pictures: one of arrays, of `PyTorch` or of an office begins otherwise.
pub(super) fn may_be(head: &[u8]) -> bool {
    formats::of(head).is_some_and(|format| format.name == "zip")
}

/// The directory of a file that begins so, where it holds a picture by the name of one, and no arrays, which a picture beside them only
/// explains.
pub(super) fn of_pictures(file: &PlainFile, head: &[u8]) -> Option<Directory> {
    let directory = may_be(head).then(|| zip_directory::directory(file, DIRECTORY))??;
    let is_picture = |member: &zip_directory::Member| kinds::is_named_like_one(Path::new(&member.name));
    let holds_some = directory.members.iter().any(is_picture)
        && !directory.members.iter().any(|member| member.name.ends_with(ARRAY));
    holds_some.then_some(directory)
}

/// What lies in an archive, in the order of its directory.
pub(super) fn contents(file: &Arc<PlainFile>, directory: Directory, cancel: &Cancel) -> Contents {
    let mut contents = Contents::of("zip");
    contents.broken = (!directory.is_whole).then(|| "its directory ends early".to_owned());
    // Files that lie one in another would be unpacked many times for the bytes of one.
    let mut left = file.len();
    for member in directory.members.into_iter().take(MAX_ROWS as usize) {
        if cancel.is_cancelled() {
            break;
        }
        if member.is_link {
            contents.links += 1;
            continue;
        }
        let Some(after) = left.checked_sub(member.packed) else {
            contents.broken = Some("its files are longer than it is".to_owned());
            break;
        };
        left = after;
        let place = place_of(file, &member);
        // Some programs on Windows write its own separators.
        let name = if member.name.contains('/') { member.name } else { member.name.replace('\\', "/") };
        contents.files.push(Member { name, place });
    }
    contents
}

/// Where the bytes of a file lie; else what is wrong, as a clause.
fn place_of(file: &Arc<PlainFile>, member: &zip_directory::Member) -> Result<Place, String> {
    if member.encrypted {
        return Err("it is encrypted: unpack the archive by its password".to_owned());
    }
    let Some(range) = member.content(file) else {
        return Err("its bytes are not where the archive's directory says".to_owned());
    };
    let len = member.len;
    let place = match member.method {
        STORED => (member.packed == len).then(|| Place::summed(file, range, member.sum)),
        DEFLATED => (len <= member.packed.saturating_mul(MOST_TIMES).saturating_add(1 << 10))
            .then(|| Place::deflated(file, range, len, member.sum)),
        other => return Err(format!("it is packed {}: pack it with deflate, or not at all", way(other))),
    };
    place.ok_or_else(|| "it cannot be as long as the archive's directory says".to_owned())
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
