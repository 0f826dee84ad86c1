//! What a file holds, whatever its name ends in: bitmaps, one JSON object a line, or another form of JSON and what to do about it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

/// The longest first line that is looked for: no longer one is read as a record.
const LONGEST_LINE: u64 = 16 << 20;
/// Bytes that are read at a time.
const BLOCK: usize = 64 << 10;

/// A file, unpacked where it is gzip data.
type Reader = Box<dyn BufRead>;

/// What the beginning of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A `NumPy` array.
    Bitmaps,
    /// JSON objects, the first of them on a line of its own.
    Lines,
    /// One JSON object and nothing else: a record for one drawing, else none.
    OneObject,
    /// A JSON object that goes on after its first line.
    Spread,
    /// A JSON array.
    Array,
    /// Nothing of these, or it cannot be read.
    Other,
}

impl Content {
    /// Looks at a plain file; anything else, which may be slow or endless, is [`Self::Other`]. Reads the first line and what comes
    /// right behind it.
    pub(super) fn of(path: &Path) -> Self {
        Self::look(path).unwrap_or(Self::Other)
    }

    fn look(path: &Path) -> Option<Self> {
        if !std::fs::metadata(path).ok()?.is_file() {
            return None;
        }
        let mut reader: Reader = Box::new(BufReader::with_capacity(BLOCK, File::open(path).ok()?));
        if reader.fill_buf().ok()?.starts_with(b"\x1f\x8b") {
            reader = Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(reader)));
        }
        if reader.fill_buf().ok()?.starts_with(b"\x93NUMPY") {
            return Some(Self::Bitmaps);
        }
        if reader.fill_buf().ok()?.starts_with(BYTE_ORDER_MARK) {
            reader.consume(BYTE_ORDER_MARK.len());
        }
        match next_sign(&mut reader)? {
            b'[' => return Some(Self::Array),
            b'{' => {}
            _ => return Some(Self::Other),
        }
        let line = first_line(&mut reader);
        Some(match (line, next_sign(&mut reader)) {
            (FirstLine { last: b'}', cut: true }, _) | (FirstLine { last: b'}', .. }, Some(b'{')) => Self::Lines,
            (FirstLine { last: b'}', .. }, None) => Self::OneObject,
            (FirstLine { last: b'}', .. }, Some(_)) => Self::Other,
            _ => Self::Spread,
        })
    }

    /// What it is instead of one JSON object a line, and what to do about it.
    pub(super) fn instead_of_lines(self) -> (&'static str, &'static str) {
        match self {
            Self::Array => ("one JSON array", "write each record on a line of its own: jq -c '.[]' FILE > FILE.ndjson"),
            Self::OneObject => (
                "one JSON object",
                "write each record on a line of its own, in pandas by to_json(FILE, orient=\"records\", lines=True)",
            ),
            Self::Spread => {
                ("JSON spread over several lines", "write each record on one line: jq -c . FILE > FILE.ndjson")
            }
            Self::Bitmaps => ("a NumPy array (.npy)", "let its name end in .npy"),
            Self::Lines | Self::Other => ("text of another kind", "a record is one JSON object on a line"),
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The next byte that is no blank, line end, comma or record separator; it is left where it is. `None` at the end.
fn next_sign(reader: &mut Reader) -> Option<u8> {
    loop {
        let buffer = reader.fill_buf().ok()?;
        let at = buffer.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1e));
        if let Some(at) = at {
            let sign = buffer.get(at).copied();
            reader.consume(at);
            return sign;
        }
        let read = buffer.len();
        if read == 0 {
            return None;
        }
        reader.consume(read);
    }
}

/// A line as far as its form is of interest.
struct FirstLine {
    /// The last byte that is no blank or comma; 0 where there is none.
    last: u8,
    /// Carriage returns alone cut it into several.
    cut: bool,
}

/// Reads to the end of the line, or as much of it as could be a record.
fn first_line(reader: &mut Reader) -> FirstLine {
    let mut line = FirstLine { last: 0, cut: false };
    let mut left = LONGEST_LINE;
    while left > 0 {
        let mut piece = Vec::new();
        let read = reader.take(left.min(BLOCK as u64)).read_until(b'\n', &mut piece).unwrap_or_default();
        line.cut |= piece.windows(2).any(|pair| pair == b"\r{");
        let last = piece.iter().rev().copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','));
        line.last = last.unwrap_or(line.last);
        if read == 0 || piece.ends_with(b"\n") {
            return line;
        }
        left = left.saturating_sub(read as u64);
    }
    FirstLine { last: 0, cut: false }
}
