//! Packed values that keep how they were written: whole numbers, times and strings as codes.

use super::dictionary::Dictionary;
use super::kinds::{EXACT, Scalar};
use super::store::{NO_CODE, NO_TIME};
use super::take::values_of;
use super::time::{self, Moment, TimeForm};

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
    /// The largest of them.
    pub(super) largest: u64,
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
        self.largest = self.largest.max(number);
        true
    }

    /// Adds all of `more`.
    pub(super) fn extend(&mut self, more: &Self) {
        self.values.extend_from_slice(&more.values);
        self.strings |= more.strings;
        self.numbers |= more.numbers;
        self.largest = self.largest.max(more.largest);
    }

    /// Whether all of them are numbers that are exact as f64.
    pub(super) fn exact_numbers(&self) -> bool {
        !self.strings && self.largest <= EXACT
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
    /// Microseconds since 1970 UTC; nanoseconds as soon as some time has such.
    pub(super) values: Vec<i64>,
    nanos: bool,
    /// Each row's place in `forms`; empty in a settled column where all have the first.
    spelled: Vec<u8>,
    forms: Vec<TimeForm>,
}

impl Times {
    pub(super) fn push(&mut self, value: &Scalar<'_>) -> bool {
        let read = match value {
            Scalar::Time(us) => {
                Some((Moment { us: *us, nanos: 0 }, TimeForm::utc(if us % 1_000_000 == 0 { 0 } else { 6 })))
            }
            Scalar::Text(text) => time::parse_form(text),
            _ => None,
        };
        let Some((moment, form)) = read else { return false };
        if moment.nanos > 0 && !self.count_nanos() {
            return false;
        }
        let Some(value) = self.value_of(moment) else { return false };
        let Some(place) = self.place(form) else {
            return false;
        };
        self.values.push(value);
        self.spelled.push(place);
        true
    }

    /// Adds missing rows up to `rows`.
    pub(super) fn pad(&mut self, rows: usize) {
        self.values.resize(rows, NO_TIME);
        self.spelled.resize(rows, 0);
    }

    /// Goes over to nanoseconds; false (and nothing done) where some time lies outside of the years 1678 to 2261.
    fn count_nanos(&mut self) -> bool {
        if !self.nanos {
            let Some(values) = self.values.iter().map(|&us| in_nanos(us)).collect() else { return false };
            self.values = values;
            self.nanos = true;
        }
        true
    }

    fn value_of(&self, moment: Moment) -> Option<i64> {
        if self.nanos { in_nanos(moment.us)?.checked_add(i64::from(moment.nanos)) } else { Some(moment.us) }
    }

    fn moment_of(&self, value: i64) -> Moment {
        if self.nanos {
            Moment { us: value.div_euclid(1000), nanos: value.rem_euclid(1000) as u16 }
        } else {
            Moment { us: value, nanos: 0 }
        }
    }

    /// Nanoseconds in one of `values`.
    pub(super) fn unit_ns(&self) -> i64 {
        if self.nanos { 1 } else { 1000 }
    }

    /// A row's time in microseconds.
    pub(super) fn us(&self, row: usize) -> Option<i64> {
        self.values.get(row).filter(|&&value| value != NO_TIME).map(|&value| self.moment_of(value).us)
    }

    /// One of `values` as RFC 3339 in UTC.
    pub(super) fn rfc3339(&self, value: i64) -> String {
        time::rfc3339_of(self.moment_of(value))
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

    /// Adds all of `more`; false (and no time added) when they cannot be held together.
    pub(super) fn extend(&mut self, more: &Self) -> bool {
        if more.nanos && !self.count_nanos() {
            return false;
        }
        let values: Option<Vec<i64>> = if more.nanos == self.nanos {
            None
        } else {
            let Some(values) = more.values.iter().map(|&us| in_nanos(us)).collect() else { return false };
            Some(values)
        };
        let places: Option<Vec<u8>> = more.forms.iter().map(|&form| self.place(form)).collect();
        let Some(places) = places else { return false };
        let place = |theirs: &u8| places.get(usize::from(*theirs)).copied().unwrap_or_default();
        self.values.extend_from_slice(values.as_deref().unwrap_or(&more.values));
        self.spelled.extend(more.spelled.iter().map(place));
        true
    }

    /// The text that a row's time was read from.
    pub(super) fn spelling(&self, row: usize) -> Option<String> {
        let moment = self.values.get(row).filter(|&&value| value != NO_TIME).map(|&value| self.moment_of(value))?;
        let form = self.forms.get(usize::from(self.spelled.get(row).copied().unwrap_or_default()));
        Some(form.map_or_else(|| time::rfc3339_of(moment), |&form| time::spell(moment, form)))
    }

    /// The times of some rows.
    pub(super) fn taken(&self, rows: &[u32]) -> Self {
        let values = values_of(&self.values, rows, NO_TIME);
        let spelled = if self.spelled.is_empty() { Vec::new() } else { values_of(&self.spelled, rows, 0) };
        Self { values, nanos: self.nanos, spelled, forms: self.forms.clone() }
    }

    /// Lets go of the places where all times are spelled alike.
    pub(super) fn settle(&mut self) {
        if self.forms.len() <= 1 {
            self.spelled = Vec::new();
        }
        self.spelled.shrink_to_fit();
        self.values.shrink_to_fit();
    }
}

/// Microseconds as nanoseconds; a missing time stays missing.
fn in_nanos(us: i64) -> Option<i64> {
    if us == NO_TIME { Some(us) } else { us.checked_mul(1000) }
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
