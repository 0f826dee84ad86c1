//! Values that `MongoDB`'s tools wrap into objects of one key (Extended JSON): read as what they wrap.

use super::number;
use super::value::{Cursor, Tolerated};
use crate::data::columns::Scalar;

/// What a key says of the value that it wraps.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A text, which stays as it is.
    Text,
    /// A time in RFC 3339, or milliseconds since 1970.
    Time,
    /// The digits of a number.
    Number,
}

/// The keys as they stand in JSON.
const KEYS: [(&[u8], Kind); 8] = [
    (b"\"$oid\"", Kind::Text),
    (b"\"$uuid\"", Kind::Text),
    (b"\"$symbol\"", Kind::Text),
    (b"\"$date\"", Kind::Time),
    (b"\"$numberLong\"", Kind::Number),
    (b"\"$numberInt\"", Kind::Number),
    (b"\"$numberDouble\"", Kind::Number),
    (b"\"$numberDecimal\"", Kind::Number),
];

/// What has no digits, and is a missing value.
const NO_DIGITS: [&str; 4] = ["NaN", "Infinity", "-Infinity", "-NaN"];

/// Milliseconds of the years 0 to 9999.
const YEARS_MS: std::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;

impl<'b> Cursor<'b> {
    /// Passes an object that wraps one value; that value. Of any other object nothing is passed.
    pub(super) fn wrapped(&mut self, tolerated: &mut Tolerated) -> Option<Scalar<'b>> {
        let (mut inside, mut told) = (self.clone(), Tolerated::default());
        let (kind, value) = match inside.unwrapped(&mut told)? {
            // Canonical dates hold their milliseconds in a wrapper of its own.
            (Kind::Time, None) => match inside.unwrapped(&mut told)? {
                (Kind::Number, Some(value)) => {
                    inside.close()?;
                    (Kind::Time, digits(value)?)
                }
                _ => return None,
            },
            (kind, value) => (kind, value?),
        };
        inside.close()?;
        let start = self.at() + 1;
        let value = meant(kind, value)?;
        *self = inside;
        tolerated.join(&told);
        if matches!(value, Scalar::Float(number) if number.is_nan()) {
            tolerated.not_a_number.get_or_insert(start);
            return Some(Scalar::Null);
        }
        Some(value)
    }

    /// Passes a wrapper's key and its value, unless that is an object.
    fn unwrapped(&mut self, tolerated: &mut Tolerated) -> Option<(Kind, Option<Scalar<'b>>)> {
        self.pass(b'{').then_some(())?;
        self.pass_blanks();
        let (key, kind) = KEYS.into_iter().find(|(key, _)| self.rest().starts_with(key))?;
        self.at += key.len();
        self.pass_colon().ok()?;
        match self.pass_blanks()? {
            b'{' => Some((kind, None)),
            b'[' => None,
            _ => Some((kind, Some(self.value(tolerated).ok()?))),
        }
    }

    fn close(&mut self) -> Option<()> {
        self.pass_blanks();
        self.pass(b'}').then_some(())
    }
}

/// The value of a wrapper; `None` where it holds something else than its key says.
fn meant(kind: Kind, value: Scalar<'_>) -> Option<Scalar<'_>> {
    match (kind, &value) {
        (Kind::Text | Kind::Time, Scalar::Text(_)) => Some(value),
        (Kind::Time, Scalar::Unsigned(_) | Scalar::Signed(_)) => {
            let ms = match value {
                Scalar::Unsigned(ms) => i64::try_from(ms).ok()?,
                Scalar::Signed(ms) => ms,
                _ => return None,
            };
            YEARS_MS.contains(&ms).then(|| Scalar::Time(ms * 1000))
        }
        (Kind::Number, _) => digits(value),
        _ => None,
    }
}

/// The number that a text's digits are; a number as it is.
fn digits(value: Scalar<'_>) -> Option<Scalar<'_>> {
    match value {
        // A number has no escapes.
        Scalar::Text(std::borrow::Cow::Borrowed(text)) => {
            if NO_DIGITS.contains(&text) {
                return Some(Scalar::Float(f64::NAN));
            }
            let token = number::token(text.as_bytes()).ok()?;
            (token.len() == text.len()).then(|| number::scalar(token))
        }
        Scalar::Text(_) | Scalar::Flag(_) | Scalar::Null | Scalar::Nested | Scalar::Spread => None,
        number => Some(number),
    }
}
