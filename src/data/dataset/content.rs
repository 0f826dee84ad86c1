//! What a file holds, whatever its name ends in: bitmaps, one JSON object a line, or another form of JSON and what to do about it.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::data::file::{FileError, PlainFile};
use crate::data::formats;

/// The longest first line that is looked for: no longer one is read as a record.
const LONGEST_LINE: u64 = 16 << 20;
/// Bytes that are read at a time.
const BLOCK: usize = 64 << 10;

/// A file, unpacked where it is gzip data.
type Reader<'a> = Box<dyn BufRead + 'a>;

/// What the beginning of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Drawings of a format that is opened: what it is, and how names of such files end.
    Bitmaps(&'static str, &'static str),
    /// JSON objects, the first of them on a line of its own.
    Lines,
    /// One JSON object and nothing else: a record for one drawing, else none.
    OneObject,
    /// A JSON object that goes on after its first line.
    Spread,
    /// A JSON array.
    Array,
    /// Nothing of these.
    Other,
}

impl Content {
    /// Looks at a plain file; anything else, which may be slow or endless, and what is damaged is [`Self::Other`]. Reads the first
    /// line and what comes right behind it. That the machine would not read the file is an error.
    pub(super) fn of(path: &Path) -> Result<Self, FileError> {
        let looked = PlainFile::open_packed(path).map(|file| Self::look(file.reader(0..u64::MAX)));
        let fault = match looked {
            Ok(Ok(content)) => return Ok(content),
            Ok(Err(error)) => error.downcast::<FileError>().ok(),
            Err(error) => Some(error),
        };
        fault.filter(|error| error.fault.is_of_the_machine()).map_or(Ok(Self::Other), Err)
    }

    fn look(file: impl Read) -> io::Result<Self> {
        let mut reader: Reader<'_> = Box::new(BufReader::with_capacity(BLOCK, file));
        if reader.fill_buf()?.starts_with(b"\x1f\x8b") {
            reader = Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(reader)));
        }
        if let Some(format) = formats::opened_of(reader.fill_buf()?) {
            let (what, ending) = format.called();
            return Ok(Self::Bitmaps(what, ending));
        }
        if reader.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
            reader.consume(BYTE_ORDER_MARK.len());
        }
        match next_sign(&mut reader)? {
            Some(b'[') => return Ok(Self::Array),
            Some(b'{') => {}
            _ => return Ok(Self::Other),
        }
        let line = first_line(&mut reader)?;
        Ok(match (line, next_sign(&mut reader)?) {
            (FirstLine { last: b'}', cut: true }, _) | (FirstLine { last: b'}', .. }, Some(b'{')) => Self::Lines,
            (FirstLine { last: b'}', .. }, None) => Self::OneObject,
            (FirstLine { last: b'}', .. }, Some(_)) => Self::Other,
            _ => Self::Spread,
        })
    }

    /// What it is instead of one JSON object a line, and what to do about it.
    pub(super) fn instead_of_lines(self) -> (&'static str, Cow<'static, str>) {
        let (what, advice) = match self {
            Self::Bitmaps(what, ending) => return (what, format!("let its name end in {ending}").into()),
            Self::Array => (
                "one JSON array",
                "join it by --table, or write each record on a line of its own: jq -c '.[]' FILE > FILE.ndjson",
            ),
            Self::OneObject => (
                "one JSON object",
                "join it by --table, or write each record on a line of its own, in pandas by to_json(FILE, orient=\"records\", \
                 lines=True)",
            ),
            Self::Spread => {
                ("JSON spread over several lines", "write each record on one line: jq -c . FILE > FILE.ndjson")
            }
            Self::Lines | Self::Other => ("text of another kind", "a record is one JSON object on a line"),
        };
        (what, advice.into())
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The next byte that is no blank, line end, comma or record separator; it is left where it is. `None` at the end.
fn next_sign(reader: &mut Reader<'_>) -> io::Result<Option<u8>> {
    loop {
        let buffer = reader.fill_buf()?;
        let at = buffer.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1e));
        if let Some(at) = at {
            let sign = buffer.get(at).copied();
            reader.consume(at);
            return Ok(sign);
        }
        let read = buffer.len();
        if read == 0 {
            return Ok(None);
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
fn first_line(reader: &mut Reader<'_>) -> io::Result<FirstLine> {
    let mut line = FirstLine { last: 0, cut: false };
    let mut left = LONGEST_LINE;
    while left > 0 {
        let mut piece = Vec::new();
        let read = reader.take(left.min(BLOCK as u64)).read_until(b'\n', &mut piece)?;
        line.cut |= piece.windows(2).any(|pair| pair == b"\r{");
        let last = piece.iter().rev().copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','));
        line.last = last.unwrap_or(line.last);
        if read == 0 || piece.ends_with(b"\n") {
            return Ok(line);
        }
        left = left.saturating_sub(read as u64);
    }
    Ok(FirstLine { last: 0, cut: false })
}
