//! The values of one column, in the narrowest form that fits all of them, widening as values arrive.
//!
//! Rows beyond the end are missing: a column that ends early costs nothing.

use super::dictionary::Dictionary;
use super::kinds::{EXACT, Scalar};
use super::packed::{Digits, TOO_LONG, Times, Words, digit_string};
use super::texts::Texts;
use super::time;

/// A flag that is missing.
pub(super) const NO_FLAG: u8 = 2;
/// An id that is missing; ids have at most 19 digits.
pub(super) const NO_ID: u64 = u64::MAX;
/// A time that is missing.
pub(super) const NO_TIME: i64 = i64::MIN;
/// A category that is missing.
pub(super) const NO_CODE: u32 = u32::MAX;
/// A category that is missing in a settled column: one more than the last of 65,535 codes.
pub(super) const NO_CODE_16: u16 = u16::MAX;

/// The values of one column, row by row.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// So many rows, all missing.
    Empty(usize),
    /// 0, 1 or `NO_FLAG`.
    Flags(Vec<u8>),
    /// Whole numbers of up to 19 digits, written as numbers or as strings.
    Digits(Digits),
    /// NaN is missing.
    Numbers(Vec<f64>),
    Times(Times),
    Words(Words),
    Texts(Texts),
    /// Codes of a settled column, `NO_CODE_16` where missing.
    Settled(Vec<u16>, Dictionary),
}

impl Store {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Empty(rows) => *rows,
            Self::Flags(values) => values.len(),
            Self::Digits(digits) => digits.values.len(),
            Self::Numbers(values) => values.len(),
            Self::Times(times) => times.values.len(),
            Self::Words(words) => words.codes.len(),
            Self::Texts(texts) => texts.len(),
            Self::Settled(codes, _) => codes.len(),
        }
    }

    /// About how many bytes it holds.
    pub(super) fn bytes(&self) -> u64 {
        let (row, more) = match self {
            Self::Empty(_) => (0, 0),
            Self::Flags(_) => (1, 0),
            Self::Digits(_) | Self::Numbers(_) => (8, 0),
            Self::Times(_) => (9, 0),
            Self::Words(words) => (4, words.dictionary.bytes()),
            Self::Texts(texts) => (8, texts.bytes()),
            Self::Settled(_, dictionary) => (2, dictionary.bytes()),
        };
        self.len() as u64 * row + more
    }

    /// Adds missing rows up to `rows`.
    pub(super) fn pad(&mut self, rows: usize) {
        if rows <= self.len() {
            return;
        }
        match self {
            Self::Empty(count) => *count = rows,
            Self::Flags(values) => values.resize(rows, NO_FLAG),
            Self::Digits(digits) => digits.values.resize(rows, NO_ID),
            Self::Numbers(values) => values.resize(rows, f64::NAN),
            Self::Times(times) => times.pad(rows),
            Self::Words(words) => words.codes.resize(rows, NO_CODE),
            Self::Texts(texts) => (texts.len()..rows).for_each(|_| texts.push(None)),
            Self::Settled(codes, _) => codes.resize(rows, NO_CODE_16),
        }
    }

    /// Adds one value, widening the store where it does not fit.
    pub(super) fn push(&mut self, value: &Scalar<'_>) {
        if matches!(value, Scalar::Null | Scalar::Nested | Scalar::Spread)
            || matches!(value, Scalar::Float(f) if !f.is_finite())
        {
            self.pad(self.len() + 1);
            return;
        }
        if let Scalar::Rounded(number) = value {
            return self.push(&Scalar::Float(*number));
        }
        while !self.fits(value) {
            self.widen(value);
        }
    }

    /// Adds a value that needs no widening; false (and nothing done) when it does.
    fn fits(&mut self, value: &Scalar<'_>) -> bool {
        match (self, value) {
            (Self::Flags(values), Scalar::Flag(flag)) => values.push(u8::from(*flag)),
            (Self::Digits(digits), _) => return digits.push(value),
            (Self::Numbers(values), Scalar::Float(number)) => values.push(*number),
            (Self::Numbers(values), Scalar::Unsigned(number)) if *number <= EXACT => {
                values.push(*number as f64);
            }
            (Self::Numbers(values), Scalar::Signed(number)) if number.unsigned_abs() <= EXACT => {
                values.push(*number as f64);
            }
            (Self::Times(times), _) => return times.push(value),
            (Self::Words(words), _) => match words.dictionary.code(&value.text()) {
                Some(code) => words.codes.push(code),
                None => return false,
            },
            (Self::Texts(texts), _) => texts.push(Some(&value.text())),
            _ => return false,
        }
        true
    }

    /// Takes the next wider form that may hold `value`.
    fn widen(&mut self, value: &Scalar<'_>) {
        let rows = self.len();
        let wider = match (&*self, value) {
            (Self::Empty(_), Scalar::Flag(_)) => Self::Flags(Vec::new()),
            (Self::Empty(_), Scalar::Unsigned(number) | Scalar::Id(number)) if *number < TOO_LONG => {
                Self::Digits(Digits::default())
            }
            (Self::Empty(_), Scalar::Signed(number)) if number.unsigned_abs() <= EXACT => Self::Numbers(Vec::new()),
            (Self::Empty(_), Scalar::Float(_)) => Self::Numbers(Vec::new()),
            (Self::Empty(_), Scalar::Time(_)) => Self::Times(Times::default()),
            (Self::Empty(_), Scalar::Text(text)) if digit_string(text).is_some() => Self::Digits(Digits::default()),
            (Self::Empty(_), Scalar::Text(text)) if time::parse(text).is_some() => Self::Times(Times::default()),
            (Self::Digits(digits), Scalar::Signed(_) | Scalar::Float(_)) if digits.exact_numbers() => {
                Self::Numbers(digits.values.iter().map(|&v| if v == NO_ID { f64::NAN } else { v as f64 }).collect())
            }
            (Self::Words(_) | Self::Settled(..), _) => self.as_texts(),
            _ => self.as_words(),
        };
        *self = wider;
        self.pad(rows);
    }

    /// The same values as categories, or as texts where they are too many.
    pub(super) fn as_words(&self) -> Self {
        let mut words = Words::default();
        for row in 0..self.len() {
            let value = self.scalar(row);
            let code = match value {
                Scalar::Null => Some(NO_CODE),
                _ => words.dictionary.code(&value.text()),
            };
            match code {
                Some(code) => words.codes.push(code),
                None => return self.as_texts(),
            }
        }
        Self::Words(words)
    }

    /// The same values as texts.
    fn as_texts(&self) -> Self {
        let mut texts = Texts::default();
        for row in 0..self.len() {
            match self.scalar(row) {
                Scalar::Null => texts.push(None),
                value => texts.push(Some(&value.text())),
            }
        }
        Self::Texts(texts)
    }

    /// The value of a row as it was written; null beyond the end.
    pub(super) fn scalar(&self, row: usize) -> Scalar<'_> {
        match self {
            Self::Empty(_) => Scalar::Null,
            Self::Flags(values) => match values.get(row) {
                Some(&flag) if flag != NO_FLAG => Scalar::Flag(flag != 0),
                _ => Scalar::Null,
            },
            Self::Digits(digits) => match digits.values.get(row) {
                Some(&number) if number != NO_ID && digits.strings => Scalar::Id(number),
                Some(&number) if number != NO_ID => Scalar::Unsigned(number),
                _ => Scalar::Null,
            },
            Self::Numbers(values) => match values.get(row) {
                Some(&number) if !number.is_nan() => Scalar::Float(number),
                _ => Scalar::Null,
            },
            Self::Times(times) => times.spelling(row).map_or(Scalar::Null, |text| Scalar::Text(text.into())),
            Self::Words(words) => words
                .codes
                .get(row)
                .and_then(|&code| words.dictionary.get(code))
                .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
            Self::Texts(texts) => texts.get(row).map_or(Scalar::Null, |text| Scalar::Text(text.into())),
            Self::Settled(codes, dictionary) => codes
                .get(row)
                .and_then(|&code| dictionary.get(code.into()))
                .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
        }
    }

    /// Adds all values of another store, which begin right after this one's.
    pub(super) fn extend(&mut self, other: &Self) {
        if !self.extend_alike(other) {
            (0..other.len()).for_each(|row| self.push(&other.scalar(row)));
        }
    }

    /// Adds a store of the same form at once; false (and nothing done) where the forms differ.
    fn extend_alike(&mut self, other: &Self) -> bool {
        match (&mut *self, other) {
            (_, Self::Empty(rows)) => self.pad(self.len() + rows),
            (Self::Empty(0), _) => *self = other.clone(),
            (Self::Flags(mine), Self::Flags(more)) => mine.extend_from_slice(more),
            (Self::Numbers(mine), Self::Numbers(more)) => mine.extend_from_slice(more),
            (Self::Digits(mine), Self::Digits(more)) => mine.extend(more),
            (Self::Times(mine), Self::Times(more)) => return mine.extend(more),
            (Self::Words(mine), Self::Words(more)) => return mine.extend(more),
            _ => return false,
        }
        true
    }
}
