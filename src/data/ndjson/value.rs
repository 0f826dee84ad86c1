//! Values of JSON, read from bytes as they stand in files.
//!
//! Beyond JSON's own grammar it takes what costs no more than it is: an escape that means nothing and bytes that are no
//! UTF-8 become U+FFFD, raw control characters in texts stay, NaN and infinity are missing values. Each of these is kept in
//! [`Tolerated`] and told. Nesting takes a byte of memory a level, no stack.

use super::flaw::Flaw;
use super::number;
use super::text::clip;
use crate::data::columns::Scalar;
use memchr::memchr2;

/// What was taken though it is no JSON: the byte, from 1, where it first occurred.
#[derive(Debug, Default)]
pub(super) struct Tolerated {
    /// Something shown as U+FFFD, and what it was.
    pub(super) replaced: Option<(usize, &'static str)>,
    /// A raw control character in a text.
    pub(super) control: Option<usize>,
    /// NaN or infinity.
    pub(super) not_a_number: Option<usize>,
    /// A key that was there already: the column.
    pub(super) repeated: Option<usize>,
    /// Values cut to the longest text kept.
    pub(super) clipped: u32,
}

impl Tolerated {
    /// Adds what was taken in a value of the same line further on.
    pub(super) fn join(&mut self, more: &Self) {
        self.replaced = self.replaced.or(more.replaced);
        self.control = self.control.or(more.control);
        self.not_a_number = self.not_a_number.or(more.not_a_number);
        self.repeated = self.repeated.or(more.repeated);
        self.clipped += more.clipped;
    }
}

/// What is no number though some programs write it for one.
const NOT_NUMBERS: [&[u8]; 6] = [b"NaN", b"nan", b"Infinity", b"infinity", b"Inf", b"inf"];

/// A place in a line.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'b> {
    line: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Cursor<'b> {
    pub(super) fn new(line: &'b [u8], at: usize) -> Self {
        Self { line, at }
    }

    /// Bytes before it.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'b [u8] {
        self.line.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    /// Passes blanks; the byte behind them.
    pub(super) fn pass_blanks(&mut self) -> Option<u8> {
        let blanks = self.rest().iter().take_while(|byte| super::lines::is_blank(**byte)).count();
        self.at += blanks;
        self.peek()
    }

    /// Passes this byte if it comes next.
    pub(super) fn pass(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    /// What is wrong here; at the line's end, that it ends.
    fn wrong(&self, what: &'static str) -> Flaw {
        if self.at < self.line.len() { Flaw::at(self.at, what) } else { Flaw::Cut }
    }

    /// Passes a key's opening quote.
    pub(super) fn open_key(&mut self) -> Result<(), Flaw> {
        match self.pass_blanks() {
            Some(b'"') => {
                self.at += 1;
                Ok(())
            }
            Some(b'\'') => Err(self.wrong(SINGLE)),
            Some(b'}') => Err(self.wrong("nothing follows the comma")),
            Some(byte) if byte.is_ascii_alphabetic() => Err(self.wrong("a key stands without double quotes")),
            _ => Err(self.wrong("a key in double quotes is missing")),
        }
    }

    pub(super) fn pass_colon(&mut self) -> Result<(), Flaw> {
        self.pass_blanks();
        if self.pass(b':') { Ok(()) } else { Err(self.wrong("a colon is missing")) }
    }

    /// After a member or an item: whether another follows its comma, or `close` ends them.
    pub(super) fn more(&mut self, close: u8) -> Result<bool, Flaw> {
        self.pass_blanks();
        if self.pass(b',') {
            return Ok(true);
        }
        if self.pass(close) {
            return Ok(false);
        }
        Err(self.wrong(if close == b'}' { "a comma or } is missing" } else { "a comma or ] is missing" }))
    }

    /// A value; of arrays of other things than texts, and of objects that wrap no value, only that they are there.
    pub(super) fn value(&mut self, tolerated: &mut Tolerated) -> Result<Scalar<'b>, Flaw> {
        match self.pass_blanks() {
            Some(b'"') => {
                self.at += 1;
                let text = self.text(tolerated)?;
                Ok(Scalar::Text(clip(text, tolerated)))
            }
            Some(bracket @ (b'[' | b'{')) => {
                let list = |cursor: &mut Self, tolerated: &mut Tolerated| {
                    if cursor.empty_list() { Some(Scalar::Spread) } else { cursor.list(tolerated) }
                };
                let value = if bracket == b'{' { self.wrapped(tolerated) } else { list(self, tolerated) };
                if let Some(value) = value {
                    return Ok(value);
                }
                self.pass_value()?;
                Ok(Scalar::Nested)
            }
            _ => {
                let start = self.at;
                let value = self.word()?;
                if matches!(value, Scalar::Float(number) if number.is_nan()) {
                    tolerated.not_a_number.get_or_insert(start + 1);
                    return Ok(Scalar::Null);
                }
                Ok(match value {
                    Scalar::Written(digits) => Scalar::Written(clip(digits, tolerated)),
                    value => value,
                })
            }
        }
    }

    /// true, false, null or a number, or what stands for one: that is NaN.
    fn word(&mut self) -> Result<Scalar<'b>, Flaw> {
        let rest = self.rest();
        let known = [(&b"true"[..], Scalar::Flag(true)), (b"false", Scalar::Flag(false)), (b"null", Scalar::Null)];
        if let Some((word, value)) = known.into_iter().find(|(word, _)| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(value);
        }
        let unsigned = rest.strip_prefix(b"-").unwrap_or(rest);
        let letters = unsigned.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if let Some(word) = unsigned.get(..letters).filter(|word| NOT_NUMBERS.contains(word)) {
            self.at += rest.len() - unsigned.len() + word.len();
            return Ok(Scalar::Float(f64::NAN));
        }
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => {
                let token =
                    number::token(rest).map_err(|(on, what)| Cursor::new(self.line, self.at + on).wrong(what))?;
                self.at += token.len();
                Ok(number::scalar(token))
            }
            Some(b'\'') => Err(self.wrong(SINGLE)),
            Some(b'T' | b'F' | b'N') => {
                Err(self.wrong("True, False and None are Python's words; json.dumps writes JSON's"))
            }
            Some(byte) if byte.is_ascii_alphabetic() => Err(self.wrong("a text stands without double quotes")),
            _ => Err(self.wrong("a value is missing")),
        }
    }

    /// Passes a value of any depth.
    pub(super) fn pass_value(&mut self) -> Result<(), Flaw> {
        let mut open = Vec::new();
        loop {
            match self.pass_blanks() {
                Some(b'"') => self.pass_text()?,
                Some(bracket @ (b'[' | b'{')) => {
                    self.at += 1;
                    // In ASCII a closing bracket comes two after the opening one.
                    let close = bracket + 2;
                    self.pass_blanks();
                    if !self.pass(close) {
                        open.push(close);
                        self.pass_key(close)?;
                        continue;
                    }
                }
                _ => drop(self.word()?),
            }
            loop {
                let Some(&close) = open.last() else { return Ok(()) };
                if self.more(close)? {
                    self.pass_key(close)?;
                    break;
                }
                open.pop();
            }
        }
    }

    /// Passes key and colon in an object.
    fn pass_key(&mut self, close: u8) -> Result<(), Flaw> {
        if close == b']' {
            return Ok(());
        }
        self.open_key()?;
        self.at -= 1;
        self.pass_text()?;
        self.pass_colon()
    }

    fn pass_text(&mut self) -> Result<(), Flaw> {
        self.at += 1;
        loop {
            let stop = memchr2(b'"', b'\\', self.rest()).ok_or(Flaw::Cut)?;
            self.at += stop;
            if self.pass(b'"') {
                return Ok(());
            }
            self.at += 2;
        }
    }
}

const SINGLE: &str = "single quotes are Python's or JavaScript's; JSON has double ones (json.dumps, JSON.stringify)";
