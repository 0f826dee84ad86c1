//! Tar archives, read in place: a header of 512 bytes before each file, names that do not fit in it in a file of their own before.

use std::collections::HashMap;
use std::ops::Range;

use crate::data::file::{FileError, PlainFile};

/// Everything in an archive is a multiple of it.
const BLOCK: u64 = 512;
/// The most bytes of a name, or of a list of further fields, that are read.
const MOST_NAME_BYTES: u64 = 1 << 20;
/// Headers that may stand before one file, to say more of it.
const MOST_BEFORE: u32 = 16;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path.
    pub(super) name: String,
    /// Where its bytes lie.
    pub(super) range: Range<u64>,
}

/// The files of an archive, and where and how it ends before its end.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) files: Vec<Member>,
    /// What is wrong with it, as a clause: what follows is not read.
    pub(super) broken: Option<String>,
    /// Files of which parts are left out (sparse ones), which are not read.
    pub(super) sparse: u64,
    /// Links that are not followed: those to what is not before them in the archive.
    pub(super) links: u64,
    /// The number of the last file of each name, once a link asks for one.
    by_name: Option<HashMap<String, usize>>,
}

/// A header, as far as it is of use.
struct Header {
    name: String,
    /// What a link leads to.
    link: String,
    bytes: u64,
    kind: u8,
}

/// Whether a file begins with the header of a file in an archive: its sum is the one that it holds.
pub(in crate::data::formats) fn is_tar(head: &[u8]) -> bool {
    head.get(..BLOCK as usize).is_some_and(|block| block.first() != Some(&0) && Header::of(block).is_ok())
}

impl Header {
    fn of(block: &[u8]) -> Result<Self, String> {
        let field = |range: Range<usize>| block.get(range).unwrap_or_default();
        let sum = number(field(148..156)).ok_or("its sum is no number")?;
        // The sum is that of all bytes, its own counted as blanks; some programs add them as signed ones.
        let bytes = || block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { b' ' } else { *byte });
        let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
        if bytes().map(u64::from).sum::<u64>() != sum && u64::try_from(signed) != Ok(sum) {
            return Err("its sum is another one".to_owned());
        }
        let mut name = text(field(0..100));
        if field(257..263) == b"ustar\0" {
            let before = text(field(345..500));
            if !before.is_empty() {
                name = format!("{before}/{name}");
            }
        }
        let bytes = number(field(124..136)).ok_or("its length is no number")?;
        Ok(Self { name, link: text(field(157..257)), bytes, kind: block.get(156).copied().unwrap_or_default() })
    }
}

/// What stands before the first zero.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

/// A number in octal digits, or, behind a first bit, in binary; `None` where it is none, or below 0.
fn number(field: &[u8]) -> Option<u64> {
    if let Some((first @ 0x80.., rest)) = field.split_first() {
        let binary = rest
            .iter()
            .try_fold(u128::from(first & 0x7f), |sum, byte| sum.checked_mul(256).map(|sum| sum | u128::from(*byte)))?;
        return u64::try_from(binary).ok();
    }
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    let digits = field.get(..end)?.trim_ascii();
    if digits.is_empty() {
        return Some(0);
    }
    digits.iter().try_fold(0_u64, |sum, digit| {
        matches!(digit, b'0'..=b'7').then(|| sum.checked_mul(8)?.checked_add(u64::from(digit - b'0'))).flatten()
    })
}

/// The files of an archive, in their order; `most` at most. Reads no more than headers and names.
pub(super) fn members(file: &PlainFile, most: usize, is_cancelled: &dyn Fn() -> bool) -> Result<Members, FileError> {
    let mut members = Members::default();
    let (mut at, mut next, mut before) = (0, Next::default(), 0);
    while at + BLOCK <= file.len() && members.files.len() < most && !is_cancelled() {
        let mut block = [0; BLOCK as usize];
        file.read_exact_at(&mut block, at)?;
        if block.iter().all(|byte| *byte == 0) {
            return Ok(members);
        }
        let header = match Header::of(&block) {
            Ok(header) => header,
            Err(what) => return Ok(members.broken_at(at, &format!("a header is damaged there ({what})"))),
        };
        // The length that was said before goes before the header's own.
        let of_more = matches!(header.kind, b'L' | b'K' | b'x' | b'g');
        let bytes = next.bytes.filter(|_| !of_more).unwrap_or(header.bytes);
        let start = at + BLOCK;
        let Some(end) = start.checked_add(bytes).filter(|end| *end <= file.len()) else {
            return Ok(members.broken_at(at, "it is cut short there, or a length is wrong"));
        };
        if of_more {
            before += 1;
            if bytes > MOST_NAME_BYTES || before > MOST_BEFORE {
                return Ok(members.broken_at(at, "what it says of the next file is too long"));
            }
            let mut more = vec![0; bytes as usize];
            file.read_exact_at(&mut more, start)?;
            match header.kind {
                b'L' => next.name = Some(text(&more)),
                b'K' => next.link = Some(text(&more)),
                b'x' => next.take(&more),
                _ => {}
            }
        } else {
            let next = std::mem::take(&mut next);
            before = 0;
            let is_sparse = next.sparse || header.kind == b'S';
            members.sparse += u64::from(is_sparse);
            let name = next.name.unwrap_or(header.name);
            match header.kind {
                0 | b'0' | b'7' if !is_sparse => members.add(name, start..end),
                // The same file once more, packed when it came first.
                b'1' => match members.range_of(&next.link.unwrap_or(header.link)) {
                    Some(range) => members.add(name, range),
                    None => members.links += 1,
                },
                b'2' => members.links += 1,
                _ => {}
            }
        }
        at = end.next_multiple_of(BLOCK);
    }
    // Its end is two blocks of zeros.
    if at > file.len() || members.files.len() < most {
        return Ok(members.broken_at(at.min(file.len()), "it ends early: it was cut short"));
    }
    Ok(members)
}

impl Members {
    fn add(&mut self, name: String, range: Range<u64>) {
        if let Some(by_name) = &mut self.by_name {
            by_name.insert(name.clone(), self.files.len());
        }
        self.files.push(Member { name, range });
    }

    /// Where the file of a name lies, the last one of several.
    fn range_of(&mut self, name: &str) -> Option<Range<u64>> {
        let files = &self.files;
        let numbered = || files.iter().zip(0..).map(|(file, number)| (file.name.clone(), number)).collect();
        let number = *self.by_name.get_or_insert_with(numbered).get(name)?;
        Some(self.files.get(number)?.range.clone())
    }

    fn broken_at(self, at: u64, what: &str) -> Self {
        Self { broken: Some(format!("at byte {at} {what}")), ..self }
    }
}

/// What is said of the next file before its header.
#[derive(Debug, Default)]
struct Next {
    name: Option<String>,
    link: Option<String>,
    bytes: Option<u64>,
    sparse: bool,
}

impl Next {
    /// Takes a list of fields, each `LENGTH KEY=VALUE` and a line end, the length being that of all of it.
    fn take(&mut self, mut list: &[u8]) {
        while let Some(blank) = list.iter().position(|byte| *byte == b' ') {
            let length = std::str::from_utf8(list.get(..blank).unwrap_or_default()).ok();
            let length = length.and_then(|digits| digits.parse::<usize>().ok());
            let Some(field) =
                length.filter(|length| *length > blank + 1).and_then(|length| list.get(blank + 1..length))
            else {
                return;
            };
            list = list.get(blank + 1 + field.len()..).unwrap_or_default();
            let field = String::from_utf8_lossy(field);
            match field.trim_end_matches('\n').split_once('=') {
                Some(("path", name)) => self.name = Some(name.to_owned()),
                Some(("linkpath", name)) => self.link = Some(name.to_owned()),
                Some(("size", bytes)) => self.bytes = bytes.parse().ok(),
                Some((key, _)) if key.starts_with("GNU.sparse.") => self.sparse = true,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_octal_or_binary_and_never_below_zero() {
        assert_eq!(number(b"00000001750\0"), Some(1000));
        assert_eq!(number(b"   17 \0junk"), Some(15));
        assert_eq!(number(b"\0\0\0"), Some(0));
        assert_eq!(number(b"12a"), None);
        assert_eq!(number(b"777777777777777777777777"), None);
        assert_eq!(number(&[0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5]), Some((1 << 32) + 5));
        // Below zero in two's complement.
        assert_eq!(number(&[0xff; 12]), None);
    }
}
