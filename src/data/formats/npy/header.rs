//! The header gate: bounds everything that an `.npy` header claims, then lets ndarray-npy parse it.
//!
//! ndarray-npy allocates what the length field says, its grammar recurses once per bracket, and some number
//! expressions panic in it. So at most [`HEADER_BYTES`] are read, and only the plain vocabulary of a header
//! passes on.

use ndarray_npy::npy::header::Header as NpyHeader;

use super::MAGIC;
use crate::data::source::ImageFault;
use crate::words::shown_text;

/// The most bytes that magic, version, length and dictionary may take: numpy's own limit of 10,000 with its prefix.
pub(in crate::data::formats) const HEADER_BYTES: usize = 10 + 10_000;

/// Brackets in brackets: `{[(…[(…(…` is a structured type in a structured type. The grammar tries each list and tuple twice,
/// so its work doubles per level.
const MAX_DEPTH: usize = 6;

/// Digits of the longest axis length, 2⁶⁴ − 1.
const MAX_DIGITS: usize = 20;

/// What a header says, unchecked against the file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::data::formats) struct Header {
    /// The element type: a plain spelling such as `|u1`, or the Python literal of a structured one.
    pub(in crate::data::formats) descr: Descr,
    /// First axis fastest.
    pub(in crate::data::formats) fortran_order: bool,
    /// Axis lengths.
    pub(in crate::data::formats) shape: Vec<usize>,
    /// Where the values begin, in bytes from the start of the file.
    pub(in crate::data::formats) data_offset: u64,
}

/// An element type as the header spells it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::data::formats) enum Descr {
    /// One string.
    Plain(String),
    /// Anything else: fields, sub-arrays.
    Structured(String),
}

/// Reads the header from `start`, the first [`HEADER_BYTES`] of the file or all of it.
pub(in crate::data::formats) fn parse(start: &[u8]) -> Result<Header, ImageFault> {
    let (text, data_offset) = dictionary(start)?;
    let plain = plain_literal(text)?;
    let mut bounded = Vec::with_capacity(plain.len() + 16);
    bounded.extend_from_slice(MAGIC);
    bounded.extend_from_slice(&[3, 0]);
    bounded.extend_from_slice(&(plain.len() as u32 + 1).to_le_bytes());
    bounded.extend_from_slice(plain.as_bytes());
    bounded.push(b'\n');
    let header = NpyHeader::from_reader(&mut bounded.as_slice())
        .map_err(|error| fault(format!("is not understood ({})", one_line(&error.to_string()))))?;
    let descr = match header.type_descriptor.as_string() {
        Some(plain) => Descr::Plain(plain.clone()),
        None => Descr::Structured(header.type_descriptor.to_string()),
    };
    Ok(Header { descr, fortran_order: header.layout.is_fortran(), shape: header.shape, data_offset })
}

/// The dictionary's text and where the data begin, by the version and the length field.
fn dictionary(start: &[u8]) -> Result<(&str, u64), ImageFault> {
    let cut = || fault("is cut short: the file ends inside it".to_owned());
    let version = start.get(MAGIC.len()..MAGIC.len() + 2).ok_or_else(cut)?;
    let rest = start.get(MAGIC.len() + 2..).ok_or_else(cut)?;
    let (text_len, prefix) = match (version, rest) {
        ([1, 0], [a, b, ..]) => (u64::from(u16::from_le_bytes([*a, *b])), 10),
        ([2 | 3, 0], [a, b, c, d, ..]) => (u64::from(u32::from_le_bytes([*a, *b, *c, *d])), 12),
        ([1..=3, 0], _) => return Err(cut()),
        ([major, minor], _) => {
            return Err(fault(format!("has version {major}.{minor}; known are 1.0, 2.0 and 3.0")));
        }
        _ => return Err(cut()),
    };
    let data_offset = prefix + text_len;
    if data_offset > HEADER_BYTES as u64 {
        return Err(fault(format!("claims to be {text_len} bytes long; no more than 10,000 are accepted")));
    }
    let text = start.get(prefix as usize..data_offset as usize).ok_or_else(cut)?;
    let text = std::str::from_utf8(text)
        .map_err(|error| fault(format!("is not text from byte {} on", prefix + error.valid_up_to() as u64)))?;
    Ok((text, data_offset))
}

/// The dictionary reduced to what numpy writes: quoted names, integers (Python 2's `2L` as `2`), `True`, `False`, `None`, brackets
/// to a bounded depth. Everything else is refused before the general parser sees it.
fn plain_literal(text: &str) -> Result<String, ImageFault> {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '\'' | '"' => {
                let inside = rest.get(1..).unwrap_or_default();
                let end = inside.find(c).ok_or_else(|| fault("has a quote that is never closed".to_owned()))?;
                if inside.get(..end).is_some_and(|name| name.contains(['\\', '\n', '\r'])) {
                    return Err(fault("has an escape in a name".to_owned()));
                }
                end + 2
            }
            '{' | '[' | '(' => {
                // The grammar tries braces four times per level, as a dictionary and as a set; numpy writes one pair.
                if c == '{' && !out.is_empty() {
                    return Err(fault("has braces within it".to_owned()));
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(fault(format!("nests more than {MAX_DEPTH} brackets")));
                }
                1
            }
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                1
            }
            ',' | ':' | ' ' | '\t' => 1,
            '0'..='9' => integer_len(rest)?,
            _ => ["True", "False", "None"]
                .into_iter()
                .find(|word| rest.starts_with(word))
                .map(str::len)
                .ok_or_else(|| fault(format!("has an unexpected {}", c.escape_debug())))?,
        };
        let (token, after) = rest.split_at(len);
        out.push_str(token);
        // A long integer of Python 2 ends in L.
        let is_integer = c.is_ascii_digit();
        rest = after.strip_prefix('L').filter(|_| is_integer).unwrap_or(after);
    }
    Ok(out)
}

fn integer_len(rest: &str) -> Result<usize, ImageFault> {
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    if len > MAX_DIGITS {
        return Err(fault(format!("has a number of {len} digits")));
    }
    Ok(len)
}

fn fault(what: String) -> ImageFault {
    ImageFault::Header { of: ".npy", what }
}

/// A parser's drawing of the error, as one line of at most 120 characters; it quotes the file, so what steers a terminal is
/// escaped.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shown_text(&words.join(" "), 120)
}
