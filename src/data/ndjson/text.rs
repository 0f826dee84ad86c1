//! Texts of JSON: escapes, and what is none or no UTF-8, which costs one character and not the record.

use super::flaw::Flaw;
use super::value::{Cursor, Tolerated};
use crate::data::columns::MAX_TEXT_BYTES;
use memchr::memchr2;
use std::borrow::Cow;

impl<'b> Cursor<'b> {
    /// A text whose opening quote was passed.
    pub(super) fn text(&mut self, tolerated: &mut Tolerated) -> Result<Cow<'b, str>, Flaw> {
        let rest = self.rest();
        let stop = memchr2(b'"', b'\\', rest).ok_or(Flaw::Cut)?;
        let (plain, behind) = rest.split_at(stop);
        if behind.first() == Some(&b'"')
            && plain.iter().all(|&byte| byte >= b' ')
            && let Ok(text) = str::from_utf8(plain)
        {
            self.at += stop + 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let stop = memchr2(b'"', b'\\', rest).ok_or(Flaw::Cut)?;
            let (plain, behind) = rest.split_at(stop);
            self.keep(plain, &mut text, tolerated);
            self.at += stop + 1;
            if behind.first() == Some(&b'"') {
                return Ok(Cow::Owned(text));
            }
            self.escape(&mut text, tolerated);
        }
    }

    /// Adds the bytes of a text that come next and hold no escape.
    fn keep(&self, plain: &[u8], text: &mut String, tolerated: &mut Tolerated) {
        if let Some(control) = plain.iter().position(|&byte| byte < b' ') {
            tolerated.control.get_or_insert(self.at + control + 1);
        }
        let mut place = self.at;
        for chunk in plain.utf8_chunks() {
            text.push_str(chunk.valid());
            place += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                tolerated.replaced.get_or_insert((place + 1, "is not UTF-8"));
                place += chunk.invalid().len();
            }
        }
    }

    /// Adds what an escape means whose backslash was passed. Of one that means nothing only the backslash is lost.
    fn escape(&mut self, text: &mut String, tolerated: &mut Tolerated) {
        let plain = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') if self.unit(1).is_some() => {
                let at = self.at;
                let meant = self.unicode();
                if meant.is_none() {
                    tolerated.replaced.get_or_insert((at, "half of a surrogate pair"));
                }
                return text.push(meant.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => {
                tolerated.replaced.get_or_insert((self.at, "a backslash that begins no escape"));
                return text.push(char::REPLACEMENT_CHARACTER);
            }
        };
        self.at += 1;
        text.push(plain);
    }

    /// The character of `u` and four hexadecimal digits, and of the second half of a pair; `None` for a half alone.
    fn unicode(&mut self) -> Option<char> {
        let first = self.unit(1)?;
        self.at += 5;
        if let 0xd800..0xdc00 = first
            && self.rest().starts_with(b"\\u")
            && let Some(second @ 0xdc00..0xe000) = self.unit(2)
        {
            self.at += 6;
            return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
        char::from_u32(first)
    }

    /// Four hexadecimal digits some bytes on.
    fn unit(&self, on: usize) -> Option<u32> {
        let digits = self.rest().get(on..on + 4)?;
        digits.iter().try_fold(0, |sum, &byte| Some(sum * 16 + char::from(byte).to_digit(16)?))
    }
}

/// At most the longest text that is kept, with a mark where it was cut.
pub(super) fn clip<'b>(text: Cow<'b, str>, tolerated: &mut Tolerated) -> Cow<'b, str> {
    if text.len() <= MAX_TEXT_BYTES {
        return text;
    }
    tolerated.clipped += 1;
    // Room for the three bytes of the mark.
    let end = text.floor_char_boundary(MAX_TEXT_BYTES - 3);
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}
