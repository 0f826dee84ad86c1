//! The fast way through lines as they nearly always are: no blanks, no escapes, whole numbers, strokes of numbers.
//!
//! It accepts a subset of JSON and leaves every other line to the full parser, so it decides nothing about what is
//! valid; a test holds the two against each other.

use super::line::Record;
use super::numbers;
use crate::data::columns::{BatchBuilder, MAX_TEXT_BYTES, Scalar};
use std::borrow::Cow;

/// Reads one line into `record`; `None` where the full parser must look at it (what was set so far is then void).
pub(super) fn parse<'b>(text: &'b str, builder: &mut BatchBuilder, record: &mut Record<'b>) -> Option<()> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.expect(b'{')?;
    loop {
        cursor.expect(b'"')?;
        let name = cursor.string()?;
        cursor.expect(b':')?;
        let value = cursor.value()?;
        if let Some(slot) = builder.slot(name) {
            record.set(slot, value);
        }
        match cursor.next()? {
            b',' => {}
            b'}' => return (cursor.at == text.len()).then_some(()),
            _ => return None,
        }
    }
}

struct Cursor<'b> {
    text: &'b str,
    at: usize,
}

impl<'b> Cursor<'b> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// The rest of a string up to its closing quote, which is passed.
    fn string(&mut self) -> Option<&'b str> {
        let start = self.at;
        loop {
            match self.next()? {
                b'"' => return self.text.get(start..self.at - 1),
                b'\\' | 0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn value(&mut self) -> Option<Scalar<'b>> {
        match self.next()? {
            b'"' => {
                let text = self.string().filter(|text| text.len() <= MAX_TEXT_BYTES)?;
                Some(Scalar::Text(Cow::Borrowed(text)))
            }
            b'[' => self.skip_numbers().map(|()| Scalar::Nested),
            b't' => self.word("rue", Scalar::Flag(true)),
            b'f' => self.word("alse", Scalar::Flag(false)),
            b'n' => self.word("ull", Scalar::Null),
            b'0'..=b'9' => self.whole_number().map(Scalar::Unsigned),
            _ => None,
        }
    }

    fn word(&mut self, rest: &str, value: Scalar<'b>) -> Option<Scalar<'b>> {
        let found = self.text.get(self.at..)?.starts_with(rest);
        self.at += rest.len();
        found.then_some(value)
    }

    /// A number whose first digit was passed, of at most 19 digits; what follows it must end it.
    fn whole_number(&mut self) -> Option<u64> {
        let start = self.at - 1;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        let digits = self.text.get(start..self.at)?;
        let plain = digits.len() <= 19 && (digits.len() == 1 || !digits.starts_with('0'));
        (plain && matches!(self.peek()?, b',' | b'}')).then(|| digits.parse().ok())?
    }

    /// Passes an array, whose bracket was passed, of arrays and numbers.
    fn skip_numbers(&mut self) -> Option<()> {
        self.at += numbers::array_length(self.text.as_bytes().get(self.at..)?)?;
        Some(())
    }
}
