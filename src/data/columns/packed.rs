//! Packed values that keep how they were written: whole numbers, times and strings as codes.

use super::dictionary::Dictionary;
use super::kinds::{EXACT, Scalar};
use super::store::{NO_CODE, NO_ID, NO_TIME};
use super::time::{self, TimeForm};

/// The first whole number with 20 digits.
pub(super) const TOO_LONG: u64 = 10_000_000_000_000_000_000;

/// Whole numbers, and how they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    pub(super) values: Vec<u64>,
    /// Some were strings.
    pub(super) strings: bool,
    /// Some were numbers.
    pub(super) numbers: bool,
}

impl Digits {
    pub(super) fn push(&mut self, value: &Scalar<'_>) -> bool {
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
        !self.strings && self.values.iter().all(|&number| number == NO_ID || number <= EXACT)
    }
}

/// The number that a string of 1 to 19 digits without leading zeros is.
pub(super) fn digit_string(text: &str) -> Option<u64> {
    let plain = text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.starts_with('0') && text.len() > 1) {
        return None;
    }
    text.parse().ok()
}

/// Times, and how each was spelled.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    pub(super) values: Vec<i64>,
    /// Each row's place in `forms`; empty once the column is settled.
    pub(super) spelled: Vec<u8>,
    forms: Vec<TimeForm>,
}

impl Times {
    pub(super) fn push(&mut self, value: &Scalar<'_>) -> bool {
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
    pub(super) fn extend(&mut self, more: &Self) -> bool {
        let places: Option<Vec<u8>> = more.forms.iter().map(|&form| self.place(form)).collect();
        let Some(places) = places else { return false };
        let place = |theirs: &u8| places.get(usize::from(*theirs)).copied().unwrap_or_default();
        self.values.extend_from_slice(&more.values);
        self.spelled.extend(more.spelled.iter().map(place));
        true
    }

    /// The text that a row's time was read from.
    pub(super) fn spelling(&self, row: usize) -> Option<String> {
        let us = *self.values.get(row).filter(|&&us| us != NO_TIME)?;
        let form = self.spelled.get(row).and_then(|&place| self.forms.get(usize::from(place)));
        Some(form.map_or_else(|| time::rfc3339(us), |&form| time::spell(us, form)))
    }

    /// Lets go of the spellings.
    pub(super) fn settle(&mut self) {
        self.spelled = Vec::new();
        self.values.shrink_to_fit();
    }
}

/// Strings as codes.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) codes: Vec<u32>,
    pub(super) dictionary: Dictionary,
}

impl Words {
    /// Adds all of `more`; false (and nothing done) when the dictionary cannot hold them.
    pub(super) fn extend(&mut self, more: &Self) -> bool {
        let codes: Option<Vec<u32>> = more.dictionary.iter().map(|text| self.dictionary.code(text)).collect();
        let Some(codes) = codes else { return false };
        let code = |theirs: &u32| codes.get(*theirs as usize).copied().unwrap_or(NO_CODE);
        self.codes.extend(more.codes.iter().map(code));
        true
    }
    /// Whether each of `rows` rows has a string.
    pub(super) fn all_present(&self, rows: usize) -> bool {
        self.codes.len() == rows && !self.codes.contains(&NO_CODE)
    }

    /// The distinct strings with how often each occurs, in order of first appearance.
    pub(super) fn counts(&self) -> Vec<(String, u32)> {
        let mut counts: Vec<(String, u32)> = self.dictionary.iter().map(|text| (text.to_owned(), 0)).collect();
        for &code in &self.codes {
            if let Some((_, count)) = counts.get_mut(code as usize) {
                *count += 1;
            }
        }
        counts
    }
}
