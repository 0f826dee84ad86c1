//! What some programs write beside a record in its line: taken away, and told.

use super::form::Form;
use super::lines::is_blank;

/// Kinds of what was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside(u8);

const MARK: u8 = 1;
const SEPARATOR: u8 = 2;
const NUL: u8 = 4;
const COMMA: u8 = 8;
const BRACKET: u8 = 16;

const NAMES: [(u8, &str); 5] = [
    (MARK, "byte order marks"),
    (SEPARATOR, "record separators (RS)"),
    (NUL, "NUL bytes"),
    (COMMA, "commas"),
    (BRACKET, "brackets of an array"),
];

impl Beside {
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// "commas and NUL bytes".
    pub fn in_words(self) -> String {
        let names = NAMES.into_iter().filter(|(kind, _)| self.0 & kind != 0).map(|(_, name)| name);
        names.collect::<Vec<_>>().join(" and ")
    }
}

/// A line without what stands beside its record: blanks of JSON, byte order marks, record separators, NUL bytes, a comma,
/// brackets of an array that has a record a line; how many bytes were taken in front, and what is to be told.
pub(super) fn trim(line: &[u8], first: bool, form: Form) -> (&[u8], usize, Beside) {
    // As lines nearly always are.
    if let [b'{', .., b'}'] = line {
        return (line, 0, Beside::default());
    }
    let (mut start, mut end, mut beside) = (0, line.len(), 0);
    while let Some(front @ [byte, rest @ ..]) = line.get(start..end) {
        let (bytes, kind) = match byte {
            byte if is_blank(*byte) => (1, 0),
            // A file may begin with one.
            0xef if front.starts_with(b"\xef\xbb\xbf") => (3, if first && start == 0 { 0 } else { MARK }),
            0x1e => (1, SEPARATOR),
            0 => (1, NUL),
            b',' if opens(rest) => (1, COMMA),
            b'[' if form.array && first && opens(rest) => (1, BRACKET),
            _ => break,
        };
        start += bytes;
        beside |= kind;
    }
    while let Some([rest @ .., byte]) = line.get(start..end) {
        beside |= match byte {
            byte if is_blank(*byte) => 0,
            0xbf if rest.ends_with(b"\xef\xbb") => {
                end -= 2;
                MARK
            }
            0x1e => SEPARATOR,
            0 => NUL,
            b',' if closes(rest) => COMMA,
            b']' if form.array && (rest.is_empty() || closes(rest)) => BRACKET,
            _ => break,
        };
        end -= 1;
    }
    (line.get(start..end).unwrap_or_default(), start, Beside(beside))
}

/// Whether a record begins here.
fn opens(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !is_blank(**byte)) == Some(&b'{')
}

/// Whether a record ends here.
fn closes(bytes: &[u8]) -> bool {
    bytes.iter().rfind(|byte| !is_blank(**byte)) == Some(&b'}')
}
