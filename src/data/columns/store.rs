//! The values of one column, in the narrowest form that fits all of them, widening as values arrive.
//!
//! Rows beyond the end are missing: a column that ends early costs nothing.

use super::dictionary::Dictionary;
use super::kinds::{EXACT, Scalar};
use super::texts::Texts;
use super::time::{self, TimeForm};

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
/// The first whole number with 20 digits.
const TOO_LONG: u64 = 10_000_000_000_000_000_000;

/// The values of one column, row by row.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// So many rows, all missing.
    Empty(usize),
    /// 0, 1 or `NO_FLAG`.
    Flags(Vec<u8>),
    /// Whole numbers of up to 19 digits.
    Digits(Digits),
    /// NaN is missing.
    Numbers(Vec<f64>),
    Times(Times),
    Words(Words),
    Texts(Texts),
    /// Codes of a settled column, `NO_CODE_16` where missing.
    Settled(Vec<u16>, Dictionary),
}

/// Whole numbers, and how they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    pub(super) values: Vec<u64>,
    /// Some were strings.
    pub(super) strings: bool,
    /// Some were numbers.
    pub(super) numbers: bool,
}

/// Times, and how each was spelled.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    pub(super) values: Vec<i64>,
    /// Each row's place in `forms`; empty once the column is settled.
    spelled: Vec<u8>,
    forms: Vec<TimeForm>,
}

/// Strings as codes.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) codes: Vec<u32>,
    pub(super) dictionary: Dictionary,
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
            Self::Times(times) => {
                times.values.resize(rows, NO_TIME);
                times.spelled.resize(rows, 0);
            }
            Self::Words(words) => words.codes.resize(rows, NO_CODE),
            Self::Texts(texts) => (texts.len()..rows).for_each(|_| texts.push(None)),
            Self::Settled(codes, _) => codes.resize(rows, NO_CODE_16),
        }
    }

    /// Adds one value, widening the store where it does not fit.
    pub(super) fn push(&mut self, value: &Scalar<'_>) {
        if matches!(value, Scalar::Null | Scalar::Nested)
            || matches!(value, Scalar::Float(f) if !f.is_finite())
        {
            self.pad(self.len() + 1);
            return;
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
                values.push(*number as f64)
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
            (Self::Empty(_), Scalar::Unsigned(number) | Scalar::Id(number))
                if *number < TOO_LONG =>
            {
                Self::Digits(Digits::default())
            }
            (Self::Empty(_), Scalar::Signed(number)) if number.unsigned_abs() <= EXACT => {
                Self::Numbers(Vec::new())
            }
            (Self::Empty(_), Scalar::Float(_)) => Self::Numbers(Vec::new()),
            (Self::Empty(_), Scalar::Time(_)) => Self::Times(Times::default()),
            (Self::Empty(_), Scalar::Text(text)) if digit_string(text).is_some() => {
                Self::Digits(Digits::default())
            }
            (Self::Empty(_), Scalar::Text(text)) if time::parse(text).is_some() => {
                Self::Times(Times::default())
            }
            (Self::Digits(digits), Scalar::Signed(_) | Scalar::Float(_))
                if digits.exact_numbers() =>
            {
                Self::Numbers(
                    digits
                        .values
                        .iter()
                        .map(|&v| if v == NO_ID { f64::NAN } else { v as f64 })
                        .collect(),
                )
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
            Self::Times(times) => times
                .spelling(row)
                .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
            Self::Words(words) => words
                .codes
                .get(row)
                .and_then(|&code| words.dictionary.get(code))
                .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
            Self::Texts(texts) => texts
                .get(row)
                .map_or(Scalar::Null, |text| Scalar::Text(text.into())),
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
            (Self::Digits(mine), Self::Digits(more)) => {
                mine.values.extend_from_slice(&more.values);
                mine.strings |= more.strings;
                mine.numbers |= more.numbers;
            }
            (Self::Times(mine), Self::Times(more)) => return mine.extend(more),
            (Self::Words(mine), Self::Words(more)) => return mine.extend(more),
            _ => return false,
        }
        true
    }
}

impl Words {
    /// Adds all of `more`; false (and nothing done) when the dictionary cannot hold them.
    fn extend(&mut self, more: &Self) -> bool {
        let codes: Option<Vec<u32>> = more
            .dictionary
            .iter()
            .map(|text| self.dictionary.code(text))
            .collect();
        let Some(codes) = codes else { return false };
        let code = |theirs: &u32| codes.get(*theirs as usize).copied().unwrap_or(NO_CODE);
        self.codes.extend(more.codes.iter().map(code));
        true
    }
}

impl Digits {
    fn push(&mut self, value: &Scalar<'_>) -> bool {
        let (number, string) = match value {
            Scalar::Unsigned(number) => (Some(*number), false),
            Scalar::Id(number) => (Some(*number), true),
            Scalar::Text(text) => (digit_string(text), true),
            _ => (None, false),
        };
        let Some(number) = number.filter(|&number| number < TOO_LONG) else {
            return false;
        };
        self.values.push(number);
        self.strings |= string;
        self.numbers |= !string;
        true
    }

    /// Whether all of them are numbers that are exact as f64.
    pub(super) fn exact_numbers(&self) -> bool {
        !self.strings
            && self
                .values
                .iter()
                .all(|&number| number == NO_ID || number <= EXACT)
    }
}

impl Times {
    fn push(&mut self, value: &Scalar<'_>) -> bool {
        let read = match value {
            Scalar::Time(us) => Some((*us, TimeForm::utc(if us % 1_000_000 == 0 { 0 } else { 6 }))),
            Scalar::Text(text) => time::parse_form(text),
            _ => None,
        };
        let Some((us, form)) = read else { return false };
        let Some(place) = self.place(form) else {
            return false;
        };
        self.values.push(us);
        self.spelled.push(place);
        true
    }

    /// The place of a spelling, added where new; `None` when there are 256 others.
    fn place(&mut self, form: TimeForm) -> Option<u8> {
        if let Some(place) = self.forms.iter().position(|&known| known == form) {
            return u8::try_from(place).ok();
        }
        let place = u8::try_from(self.forms.len()).ok()?;
        self.forms.push(form);
        Some(place)
    }

    /// Adds all of `more`; false (and nothing done) when there are too many spellings.
    fn extend(&mut self, more: &Self) -> bool {
        let places: Option<Vec<u8>> = more.forms.iter().map(|&form| self.place(form)).collect();
        let Some(places) = places else { return false };
        let place = |theirs: &u8| {
            places
                .get(usize::from(*theirs))
                .copied()
                .unwrap_or_default()
        };
        self.values.extend_from_slice(&more.values);
        self.spelled.extend(more.spelled.iter().map(place));
        true
    }

    /// The text that a row's time was read from.
    fn spelling(&self, row: usize) -> Option<String> {
        let us = *self.values.get(row).filter(|&&us| us != NO_TIME)?;
        let form = self
            .spelled
            .get(row)
            .and_then(|&place| self.forms.get(usize::from(place)));
        Some(form.map_or_else(|| time::rfc3339(us), |&form| time::spell(us, form)))
    }

    /// Lets go of the spellings.
    pub(super) fn settle(&mut self) {
        self.spelled = Vec::new();
        self.values.shrink_to_fit();
    }
}

/// The number that a string of 1 to 19 digits without leading zeros is.
fn digit_string(text: &str) -> Option<u64> {
    let plain = text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.starts_with('0') && text.len() > 1) {
        return None;
    }
    text.parse().ok()
}
