//! The directory of a zip archive: what lies in it, and where. Nothing is allocated for what it claims.

use std::ops::Range;

use crate::data::file::PlainFile;

/// How a member is packed.
pub(super) const STORED: u64 = 0;
pub(super) const DEFLATED: u64 = 8;

/// First bytes of an archive that is not empty, and of each member in it.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";

/// Bytes of a member's own header before its name.
const OWN_HEADER: u64 = 30;

/// A zip's last record and the longest comment behind it.
const TAIL: u64 = 22 + 65_535;

/// What stands in place of a number that needs more than 32 bits.
const LARGE: u64 = 0xffff_ffff;

/// A file in the archive, as the directory says.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// How it is packed.
    pub(super) method: u64,
    /// CRC-32 of its content.
    pub(super) sum: u32,
    /// Bytes in the archive.
    pub(super) packed: u64,
    /// Bytes of its content.
    pub(super) len: u64,
    /// Where its own header lies.
    offset: u64,
    pub(super) encrypted: bool,
    /// It holds the path of another file.
    pub(super) is_link: bool,
}

/// What lies in an archive.
#[derive(Debug)]
pub(in crate::data) struct Directory {
    /// Its files, folders and what macOS adds to each file left out.
    pub(super) members: Vec<Member>,
    /// All of it was read.
    pub(super) is_whole: bool,
}

impl Member {
    /// Where its content lies; `None` where its own header is not there, or not all of it.
    pub(super) fn content(&self, file: &PlainFile) -> Option<Range<u64>> {
        let own = read(file, self.offset, OWN_HEADER)?;
        (own.starts_with(MAGIC) && !self.encrypted).then_some(())?;
        let start = self.offset.checked_add(OWN_HEADER + number(&own, 26, 2)? + number(&own, 28, 2)?)?;
        let end = start.checked_add(self.packed).filter(|end| *end <= file.len())?;
        Some(start..end)
    }
}

/// The directory of an archive, of which so many bytes are read at most; `None` where there is none.
pub(super) fn directory(file: &PlainFile, most_bytes: u64) -> Option<Directory> {
    let tail_offset = file.len().saturating_sub(TAIL);
    let tail = read(file, tail_offset, TAIL)?;
    let is_end = |at: &usize| tail.get(*at..at + 4) == Some(b"PK\x05\x06");
    // Behind it stands a comment of a length that it says, in which anything may stand, and rarely something else.
    let is_last = |at: &usize| number(&tail, at + 20, 2) == Some((tail.len() - at).saturating_sub(22) as u64);
    let ends = || (0..tail.len()).rev().filter(is_end);
    let end = ends().find(is_last).or_else(|| ends().next())?;
    let (directory, bytes) = match (number(&tail, end + 16, 4)?, number(&tail, end + 12, 4)?) {
        (LARGE, _) | (_, LARGE) => large_directory(file, &tail, end)?,
        found => found,
    };
    let directory = read(file, directory, bytes.min(most_bytes))?;
    let mut members = Vec::new();
    let mut rest = directory.as_slice();
    while let Some((member, after)) = member(rest) {
        rest = after;
        if !member.name.ends_with('/') && !member.name.starts_with("__MACOSX/") {
            members.push(member);
        }
    }
    Some(Directory { members, is_whole: rest.is_empty() && directory.len() as u64 == bytes })
}

/// The first entry of a directory, and what comes behind it.
fn member(directory: &[u8]) -> Option<(Member, &[u8])> {
    directory.starts_with(b"PK\x01\x02").then_some(())?;
    let field = |at, len| number(directory, at, len);
    let name_end = 46 + field(28, 2)? as usize;
    let extra_end = name_end + field(30, 2)? as usize;
    let name = text(directory.get(46..name_end)?);
    let (len, packed, offset) =
        large(directory.get(name_end..extra_end)?, [field(24, 4)?, field(20, 4)?, field(42, 4)?])?;
    let encrypted = field(8, 2)? & 1 == 1;
    // Written on Unix, a symbolic link.
    let is_link = field(5, 1)? == 3 && field(40, 2)? & 0o170_000 == 0o120_000;
    let (method, sum) = (field(10, 2)?, field(16, 4)? as u32);
    let member = Member { name, method, sum, packed, len, offset, encrypted, is_link };
    Some((member, directory.get(extra_end + field(32, 2)? as usize..)?))
}

/// A name: UTF-8, or else of code page 437, as the first programs wrote it.
fn text(bytes: &[u8]) -> String {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    let Ok(name) = std::str::from_utf8(bytes) else {
        let sign = |byte: &u8| UPPER.chars().nth(usize::from(byte.wrapping_sub(128))).unwrap_or(char::from(*byte));
        return bytes.iter().map(sign).collect();
    };
    name.to_owned()
}

/// Length, packed length and offset; those beyond 4 GiB stand in an extra field, in this order.
fn large(extra: &[u8], numbers: [u64; 3]) -> Option<(u64, u64, u64)> {
    let mut large = &[][..];
    let mut rest = extra;
    while let (Some(kind), Some(len)) = (number(rest, 0, 2), number(rest, 2, 2)) {
        // Some programs leave something behind the last one.
        let Some((field, after)) = rest.get(4..)?.split_at_checked(len as usize) else { break };
        if kind == 1 {
            large = field;
        }
        rest = after;
    }
    let mut at = 0;
    let mut next = |own: u64| {
        if own != LARGE {
            return Some(own);
        }
        at += 8;
        number(large, at - 8, 8)
    };
    let [len, packed, offset] = numbers;
    Some((next(len)?, next(packed)?, next(offset)?))
}

/// Where the directory of an archive beyond 4 GiB lies, and its length.
fn large_directory(file: &PlainFile, tail: &[u8], end: usize) -> Option<(u64, u64)> {
    let locator = end.checked_sub(20).filter(|&at| tail.get(at..at + 4) == Some(b"PK\x06\x07"))?;
    let record = read(file, number(tail, locator + 8, 8)?, 56)?;
    (record.get(..4) == Some(b"PK\x06\x06")).then_some(())?;
    Some((number(&record, 48, 8)?, number(&record, 40, 8)?))
}

/// At most `most` bytes from `offset`; `None` behind the end.
pub(super) fn read(file: &PlainFile, offset: u64, most: u64) -> Option<Vec<u8>> {
    let len = file.len().checked_sub(offset)?.min(most);
    let mut bytes = vec![0; len as usize];
    file.read_exact_at(&mut bytes, offset).ok()?;
    Some(bytes)
}

/// A little-endian number of `len` bytes.
pub(super) fn number(bytes: &[u8], at: usize, len: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(len)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
}
