//! What a file is that bears the name of a bitmap file and is none, and what to do about it.

use super::error::NpyFault;

/// First bytes of every `.npy` file.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// How many bytes at the start are looked at.
const LOOKED_AT: usize = 512;

/// A kind of file known by its first bytes: those bytes, its name, what to do.
type Signature = (&'static [u8], &'static str, &'static str);

const SIGNATURES: &[Signature] = &[
    (b"PK\x03\x04", "a zip or .npz archive", "unpack it and open the .npy file inside"),
    (b"PK\x05\x06", "an empty zip or .npz archive", "there is nothing in it to open"),
    (b"\x1f\x8b", "gzip data in gzip data", "unpack it with `gunzip` first"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "unpack it with `zstd -d` first"),
    (b"BZh", "bzip2 data", "unpack it with `bunzip2` first"),
    (b"\xfd7zXZ\x00", "xz data", "unpack it with `unxz` first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "put the drawings into a uint8 .npy array of shape (N, h, w)"),
    (b"\xff\xd8\xff", "a JPEG picture", "put the drawings into a uint8 .npy array of shape (N, h, w)"),
    (b"GIF8", "a GIF picture", "put the drawings into a uint8 .npy array of shape (N, h, w)"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", "save its array with numpy.save as .npy"),
    (b"PAR1", "a Parquet file", "save its drawings with numpy.save as .npy"),
    (b"version https://git-lfs", "a git-LFS pointer, not the data", "run `git lfs pull` in its repository"),
    (b"\x00\x00\x08\x03", "an IDX file", "save it with numpy.save as .npy of shape (N, h, w)"),
    (b"%PDF", "a PDF document", "open a .npy file"),
    (b"\x00\x05\x16\x07", "macOS' companion of a file (AppleDouble)", "open the file of the same name without `._`"),
    (b"\x00\x00\x00\x01Bud1", "how macOS shows a folder (.DS_Store), not data", "open a .npy file or a folder"),
];

/// Why a file that begins with `start` (its first 512 bytes, or all of it) is no `.npy` file; `None` when it is one.
pub(super) fn fault_of(start: &[u8]) -> Option<NpyFault> {
    let start = start.get(..LOOKED_AT).unwrap_or(start);
    if start.starts_with(MAGIC) {
        return None;
    }
    if start.is_empty() {
        return Some(foreign("an empty file (0 bytes)", "it was never written or downloaded; get it again"));
    }
    if let Some((_, what, advice)) = SIGNATURES.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Some(foreign(what, advice));
    }
    // Pickle protocols 2 to 5 begin with 0x80 and their number.
    if let [0x80, 2..=5, ..] = start {
        return Some(foreign("a Python pickle", "load it in Python and save the array with numpy.save as .npy"));
    }
    Some(fault_of_text(start).unwrap_or_else(|| {
        foreign("no .npy file (it does not begin with \\x93NUMPY)", "save the drawings with numpy.save")
    }))
}

/// The same for files of text, whose first bytes may be blank or a byte order mark.
fn fault_of_text(start: &[u8]) -> Option<NpyFault> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if [&b"<!doctype html"[..], b"<html", b"<head", b"<!--"].into_iter().any(begins) {
        return Some(foreign(
            "a web page, not the data",
            "the download got a login or error page; fetch the file again",
        ));
    }
    if begins(b"<?xml") {
        return Some(foreign("an XML answer, not the data", "the download was refused; fetch the file again"));
    }
    match text.first() {
        Some(b'{') => Some(foreign("JSON text", "records open under other names, such as those that end in .ndjson")),
        Some(b'[') => Some(foreign("a JSON array", "write one record per line into a .ndjson file")),
        _ => None,
    }
}

fn foreign(what: &'static str, advice: &'static str) -> NpyFault {
    NpyFault::Foreign { what, advice }
}
