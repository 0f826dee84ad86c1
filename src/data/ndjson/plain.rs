//! The fast way through lines as they nearly always are: members without escapes in their keys, and no blanks but one
//! behind a comma or colon.
//!
//! It accepts a subset of JSON and leaves every other line to the full parser, so it decides nothing about what is
//! valid; values that are neither plain scalars nor arrays of numbers are the full parser's, too. Tests hold the two
//! against each other.

use super::automaton;
use super::inner;
use super::line::Record;
use super::value::Cursor as FullCursor;
use crate::data::columns::{BatchBuilder, MAX_TEXT_BYTES, Scalar};
use memchr::{memchr2, memrchr};
use std::borrow::Cow;
use std::str::from_utf8;

/// Reads one line into `record`; `None` where the full parser must look at it (what was set so far is then void).
pub(super) fn parse<'b>(line: &'b [u8], builder: &mut BatchBuilder, record: &mut Record<'b>) -> Option<()> {
    let mut cursor = Cursor { rest: line };
    cursor.expect(b'{')?;
    loop {
        cursor.expect(b'"')?;
        let slot = if let Some((slot, length)) = builder.next_slot(cursor.rest) {
            cursor.rest = cursor.rest.get(length..)?;
            Some(slot)
        } else {
            builder.slot(cursor.string()?)
        };
        cursor.expect(b':')?;
        cursor.pass_blank();
        if let Some((value, behind)) = cursor.clone().value() {
            cursor = behind;
            if let Some(slot) = slot {
                record.set(slot, value);
            }
        } else {
            cursor.other_value(line, slot, builder, record)?;
        }
        match cursor.next()? {
            b',' => cursor.pass_blank(),
            b'}' => return cursor.rest.is_empty().then_some(()),
            _ => return None,
        }
    }
}

#[derive(Clone)]
struct Cursor<'b> {
    rest: &'b [u8],
}

impl<'b> Cursor<'b> {
    fn next(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn pass_blank(&mut self) {
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
    }

    /// The rest of a string without escapes up to its closing quote, which is passed.
    fn string(&mut self) -> Option<&'b str> {
        let end = memchr2(b'"', b'\\', self.rest)?;
        let (text, rest) = self.rest.split_at_checked(end)?;
        let (&mark, rest) = rest.split_first()?;
        if mark != b'"' || text.iter().any(|&byte| byte < b' ') {
            return None;
        }
        self.rest = rest;
        from_utf8(text).ok()
    }

    /// A plain value, and where the line goes on.
    fn value(mut self) -> Option<(Scalar<'b>, Self)> {
        if self.rest.starts_with(b"[") {
            let value = self.pass_numbers()?;
            return Some((value, self));
        }
        let value = match self.next()? {
            b'"' => Scalar::Text(Cow::Borrowed(self.string().filter(|text| text.len() <= MAX_TEXT_BYTES)?)),
            b't' => self.word(b"rue", Scalar::Flag(true))?,
            b'f' => self.word(b"alse", Scalar::Flag(false))?,
            b'n' => self.word(b"ull", Scalar::Null)?,
            first @ b'0'..=b'9' => Scalar::Unsigned(self.whole_number(first)?),
            _ => return None,
        };
        Some((value, self))
    }

    fn word(&mut self, letters: &[u8], value: Scalar<'b>) -> Option<Scalar<'b>> {
        self.rest = self.rest.strip_prefix(letters)?;
        Some(value)
    }

    /// A number whose first digit was passed, of at most 19 digits; what follows it must end it.
    fn whole_number(&mut self, first: u8) -> Option<u64> {
        let more = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at_checked(more)?;
        let plain = more < 19 && (first != b'0' || more == 0) && matches!(rest, [b',' | b'}', ..]);
        self.rest = rest;
        let digit = |byte: u8| u64::from(byte - b'0');
        plain.then(|| digits.iter().fold(digit(first), |number, &byte| number * 10 + digit(byte)))
    }

    /// Passes an array of arrays and numbers. Its end is looked for where it most often is, before the record's brace;
    /// else before the next quote or brace, of which such an array has none.
    fn pass_numbers(&mut self) -> Option<Scalar<'b>> {
        if let Some((b'}', array)) = self.rest.split_last()
            && automaton::is_array(array)
        {
            self.rest = self.rest.get(array.len()..)?;
            return Some(nested(array));
        }
        let (before, _) = self.rest.split_at_checked(memchr2(b'"', b'}', self.rest)?)?;
        let length = memrchr(b']', before)? + 1;
        let (array, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        automaton::is_array(array).then(|| nested(array))
    }

    /// Any other value, by the full parser; `line` is the whole line.
    fn other_value(
        &mut self,
        line: &'b [u8],
        slot: Option<usize>,
        builder: &mut BatchBuilder,
        record: &mut Record<'b>,
    ) -> Option<()> {
        let mut full = FullCursor::new(line, line.len().checked_sub(self.rest.len())?);
        let passed = match slot {
            Some(slot) => inner::value(&mut full, slot, builder, record),
            None => full.pass_value(),
        };
        self.rest = full.rest();
        passed.ok()
    }
}

/// What an array of numbers is in its column; an empty one is no value.
fn nested(array: &[u8]) -> Scalar<'static> {
    if array == b"[]" { Scalar::Spread } else { Scalar::Nested }
}
