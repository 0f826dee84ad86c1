//! Tests of a column's values, over many rows at once.

use super::eval::{FALSE, Fill, TRUE, UNKNOWN, truth};
use super::ranges::Ranges;
use crate::data::columns::kinds::Scalar;
use crate::data::columns::store::{NO_CODE, NO_CODE_16, NO_FLAG, NO_ID, NO_TIME, Store};
use crate::words::nfc;
use std::fmt::Write as _;

/// What a text is asked.
pub(super) type TextTest<'a> = Box<dyn Fn(&str) -> bool + Send + Sync + 'a>;

/// The rows of a column from `first` on.
fn from<T>(values: &[T], first: usize) -> &[T] {
    values.get(first..).unwrap_or_default()
}

/// Codes by what is true of each; of a code that the table lacks nothing is.
pub(super) fn coded<C: Copy + Into<u32> + Send + Sync>(codes: &[C], table: Vec<u8>) -> Fill<'_> {
    Box::new(move |first, truths, _| {
        for (of_row, &code) in truths.iter_mut().zip(from(codes, first)) {
            let code: u32 = code.into();
            *of_row = table.get(code as usize).copied().unwrap_or(UNKNOWN);
        }
    })
}

/// Numbers that lie in ranges. `is_missing` tells those that are none.
pub(super) fn ranged<'a, T>(
    values: &'a [T],
    is_missing: impl Fn(T) -> bool + Send + Sync + 'a,
    ranges: Ranges<T>,
) -> Fill<'a>
where
    T: Copy + PartialOrd + Send + Sync,
{
    Box::new(move |first, truths, _| {
        let rows = truths.iter_mut().zip(from(values, first));
        if let Some((low, high)) = ranges.only() {
            // Without branches, so that many are compared in one instruction.
            for (of_row, &value) in rows {
                let holds = u8::from(low <= value) & u8::from(value <= high);
                *of_row = u8::from(!is_missing(value)) * (FALSE - holds);
            }
        } else {
            for (of_row, &value) in rows {
                *of_row = if is_missing(value) { UNKNOWN } else { truth(ranges.hold(value)) };
            }
        }
    })
}

/// Row numbers that lie in ranges.
pub(super) fn rows<'a>(ranges: Ranges<u32>) -> Fill<'a> {
    Box::new(move |first, truths, _| {
        for (row, of_row) in (first as u32..).zip(truths) {
            *of_row = truth(ranges.hold(row));
        }
    })
}

/// A test of each row by itself, made where it is wanted; `None` where a value is missing.
pub(super) fn rowwise<'a>(test: impl Fn(usize) -> Option<bool> + Send + Sync + 'a) -> Fill<'a> {
    Box::new(move |first, truths, wanted| {
        for ((row, of_row), wanted) in (first..).zip(truths).zip(wanted) {
            if *wanted != 0 {
                *of_row = test(row).map_or(UNKNOWN, truth);
            }
        }
    })
}

/// What is the same of all rows that have a value, of which there are none.
pub(super) fn nothing<'a>() -> Fill<'a> {
    Box::new(|_, _, _| ())
}

/// What texts are asked, of any column's: those of other types as they are written. The test meets them in composed form.
pub(super) fn text<'a>(store: &'a Store, test: TextTest<'a>) -> (u32, Fill<'a>) {
    match store {
        Store::Empty(_) => (0, nothing()),
        Store::Words(words) => (1, coded(&words.codes, table(words.dictionary.iter(), &test))),
        Store::Settled(codes, dictionary) => (1, coded(codes, table(dictionary.iter(), &test))),
        Store::Texts(texts) => (100, rowwise(move |row| texts.get(row).map(|text| test(&nfc(text))))),
        Store::Digits(digits) => (60, of_digits(&digits.values, test)),
        Store::Flags(_) | Store::Numbers(_) | Store::Times(_) => {
            let test = move |row| match store.scalar(row) {
                Scalar::Null => None,
                value => Some(test(&value.text())),
            };
            (200, rowwise(test))
        }
    }
}

/// What is true of each distinct text.
fn table<'t>(texts: impl Iterator<Item = &'t str>, test: &TextTest<'_>) -> Vec<u8> {
    texts.map(|text| truth(test(&nfc(text)))).collect()
}

fn of_digits<'a>(values: &'a [u64], test: TextTest<'a>) -> Fill<'a> {
    Box::new(move |first, truths, wanted| {
        let mut digits = String::new();
        for ((of_row, &value), wanted) in truths.iter_mut().zip(from(values, first)).zip(wanted) {
            if *wanted != 0 && value != NO_ID {
                digits.clear();
                // Writing to a String cannot fail.
                _ = write!(digits, "{value}");
                *of_row = truth(test(&digits));
            }
        }
    })
}

/// Whether values are missing, which is always known.
pub(super) fn missing(store: &Store) -> Fill<'_> {
    fn of<'a, T: Copy + Send + Sync>(values: &'a [T], is_missing: impl Fn(T) -> bool + Send + Sync + 'a) -> Fill<'a> {
        Box::new(move |first, truths, _| {
            // Behind the last value all are missing.
            truths.fill(TRUE);
            for (of_row, &value) in truths.iter_mut().zip(from(values, first)) {
                *of_row = truth(is_missing(value));
            }
        })
    }
    match store {
        Store::Empty(_) => Box::new(|_, truths, _| truths.fill(TRUE)),
        Store::Flags(values) => of(values, |flag| flag == NO_FLAG),
        Store::Digits(digits) => of(&digits.values, |id| id == NO_ID),
        Store::Numbers(values) => of(values, f64::is_nan),
        Store::Times(times) => of(&times.values, |time| time == NO_TIME),
        Store::Words(words) => of(&words.codes, |code| code == NO_CODE),
        Store::Settled(codes, _) => of(codes, |code| code == NO_CODE_16),
        Store::Texts(texts) => rowwise(move |row| Some(texts.get(row).is_none())),
    }
}
