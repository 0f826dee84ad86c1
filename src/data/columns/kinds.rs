//! The types that a column can have, and its values.

use std::borrow::Cow;
use std::fmt;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Booleans.
    Flag,
    /// Whole numbers or strings of digits, of any length and nearly all different: shown as written.
    Id,
    /// Points in time, to the nanosecond.
    Time,
    /// 64-bit floating point numbers.
    Number,
    /// Strings with at most 65,535 distinct values.
    Category,
    /// Strings with more distinct values than that.
    Text,
}

impl ColumnType {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Flag, Self::Id, Self::Time, Self::Number, Self::Category, Self::Text];

    /// The type's name in JSON and in tables: `flag`, `id`, `time`, `number`, `category` or `text`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Id => "id",
            Self::Time => "time",
            Self::Number => "number",
            Self::Category => "category",
            Self::Text => "text",
        }
    }
}

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One value of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// The record lacks it, or it is null, or the record itself could not be read.
    Missing,
    /// A boolean.
    Flag(bool),
    /// An identifier of up to 19 digits; longer ones, and those with zeros in front, are texts.
    Id(u64),
    /// Microseconds since 1970-01-01 00:00 UTC; digits beyond are in [`super::Column::written`].
    Time(i64),
    /// A number.
    Number(f64),
    /// A category's value or a text.
    Text(&'a str),
}

/// One value as a record holds it, before its column has a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// null, or nothing.
    Null,
    /// An array or an object: its content is not kept.
    Nested,
    /// An object whose values are in columns of their own, or an array without items.
    Spread,
    /// A boolean.
    Flag(bool),
    /// A whole number from 0.
    Unsigned(u64),
    /// A whole number below 0.
    Signed(i64),
    /// Any other number; a value that is not finite counts as missing.
    Float(f64),
    /// The float nearest to a number that has more digits than a float holds.
    Rounded(f64),
    /// A number that no 64-bit type holds, with the digits of the record.
    Written(Cow<'a, str>),
    /// An identifier that was written as a string of digits.
    Id(u64),
    /// Microseconds since 1970 UTC, where the source holds no spelling of it.
    Time(i64),
    /// A string.
    Text(Cow<'a, str>),
}

impl<'a> From<Value<'a>> for Scalar<'a> {
    fn from(value: Value<'a>) -> Self {
        match value {
            Value::Missing => Self::Null,
            Value::Flag(flag) => Self::Flag(flag),
            Value::Id(id) => Self::Id(id),
            Value::Time(us) => Self::Time(us),
            Value::Number(number) => Self::Float(number),
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
        }
    }
}

impl Scalar<'_> {
    /// The value as text: what a column of categories or texts keeps of it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null | Self::Nested | Self::Spread => Cow::Borrowed(""),
            Self::Flag(flag) => Cow::Borrowed(flag_text(*flag)),
            Self::Unsigned(number) | Self::Id(number) => Cow::Owned(number.to_string()),
            Self::Signed(number) => Cow::Owned(number.to_string()),
            Self::Float(number) | Self::Rounded(number) => Cow::Owned(number_text(*number)),
            Self::Time(us) => Cow::Owned(super::time::rfc3339(*us)),
            Self::Text(text) | Self::Written(text) => Cow::Borrowed(text),
        }
    }
}

/// `true` or `false`.
pub(super) fn flag_text(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

/// Whole numbers up to this size are exact as f64: 2^53.
pub(super) const EXACT: u64 = 1 << 53;

/// The number that is written so, not a product that comes near it.
pub(super) fn decimal(digits: i128, power: i32) -> f64 {
    format!("{digits}e{power}").parse().unwrap_or(f64::NAN)
}

/// The shortest text that reads back as the same number; whole numbers carry no point.
pub(super) fn number_text(number: f64) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _: std::fmt::Result = write_number(&mut text, number);
    text
}

/// Writes that text.
pub(super) fn write_number(to: &mut impl std::fmt::Write, number: f64) -> std::fmt::Result {
    let size = number.abs();
    if number == 0.0 && number.is_sign_negative() {
        to.write_str("-0")
    } else if number.fract() == 0.0 && size <= EXACT as f64 {
        write!(to, "{}", number as i64)
    } else if number.fract() != 0.0 && (1e-5..1e16).contains(&size) {
        to.write_str(zmij::Buffer::new().format_finite(number))
    } else if (1e-5..1e16).contains(&size) {
        write!(to, "{number}")
    } else {
        write!(to, "{number:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn numbers_are_written_as_shortly_as_can_be_and_read_back(
            number in prop_oneof![
                any::<f64>(),
                -1e-4..1e-4_f64,
                -1e3..1e3_f64,
                -2e16..2e16_f64,
                (-1_000_000..1_000_000_i32).prop_map(|cents| f64::from(cents) / 100.0),
            ],
        ) {
            let (size, text) = (number.abs(), number_text(number));
            let usual = if (1e-5..1e16).contains(&size) || number == 0.0 {
                format!("{number}")
            } else {
                format!("{number:e}")
            };
            // Of two texts that are equally near, the standard library takes the upper one, Python and this one the even one.
            prop_assert_eq!(text.len(), usual.len(), "{} for {}", text, usual);
            prop_assert!(text.parse() == Ok(number) || number.is_nan(), "{} for {}", text, usual);
        }
    }
}
