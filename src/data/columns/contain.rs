//! Rows that hold a text somewhere: what is found as somebody types.

use super::column::Column;
use super::kinds::number_text;
use super::set::Columns;
use super::store::{NO_ID, Store};
use super::texts::Texts;
use crate::words::nfc;
use rayon::prelude::*;

/// Rows that a thread looks through at once.
const BLOCK_ROWS: usize = 1 << 14;

impl Columns {
    /// The rows that hold `text` somewhere in a text, a category, an id or a number, in any case and Unicode form; ascending. Nothing
    /// holds an empty text.
    pub fn containing(&self, text: &str) -> Vec<u32> {
        let wanted = folded(text.trim());
        if wanted.is_empty() {
            return Vec::new();
        }
        let columns: Vec<Haystack<'_>> = self.iter().filter_map(|column| Haystack::of(column, &wanted)).collect();
        let mut hits = vec![false; self.rows_loaded() as usize];
        hits.par_chunks_mut(BLOCK_ROWS).enumerate().for_each(|(block, hits)| {
            for column in &columns {
                column.mark(block * BLOCK_ROWS, &wanted, hits);
            }
        });
        (0..).zip(hits).filter_map(|(row, is_hit): (u32, bool)| is_hit.then_some(row)).collect()
    }
}

/// As texts are compared: in one form and in lower case.
fn folded(text: &str) -> String {
    nfc(text).to_lowercase()
}

/// A column that may hold the text: of a dictionary, which entries do.
enum Haystack<'a> {
    Codes(&'a [u32], Vec<bool>),
    ShortCodes(&'a [u16], Vec<bool>),
    Texts(&'a Texts),
    Digits(&'a [u64]),
    Numbers(&'a [f64]),
}

impl<'a> Haystack<'a> {
    fn of(column: &'a Column, wanted: &str) -> Option<Self> {
        let could_be_number = wanted.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte));
        match &column.store {
            Store::Words(words) => Some(Self::Codes(
                &words.codes,
                words.dictionary.iter().map(|text| folded(text).contains(wanted)).collect(),
            )),
            Store::Settled(codes, dictionary) => {
                Some(Self::ShortCodes(codes, dictionary.iter().map(|text| folded(text).contains(wanted)).collect()))
            }
            Store::Texts(texts) => Some(Self::Texts(texts)),
            Store::Digits(digits) => could_be_number.then_some(Self::Digits(&digits.values)),
            Store::Numbers(values) => could_be_number.then_some(Self::Numbers(values)),
            Store::Empty(_) | Store::Flags(_) | Store::Times(_) => None,
        }
    }

    /// Marks the rows from `first` on that hold it.
    fn mark(&self, first: usize, wanted: &str, hits: &mut [bool]) {
        match self {
            Self::Codes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(code as usize).copied() == Some(true));
            }
            Self::ShortCodes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(usize::from(code)).copied() == Some(true));
            }
            Self::Texts(texts) => {
                for (row, hit) in (first..).zip(hits) {
                    *hit |= texts.get(row).is_some_and(|text| folded(text).contains(wanted));
                }
            }
            Self::Digits(values) => mark(values, first, hits, |&id| id != NO_ID && id.to_string().contains(wanted)),
            Self::Numbers(values) => {
                mark(values, first, hits, |&number| !number.is_nan() && number_text(number).contains(wanted));
            }
        }
    }
}

fn mark<T>(values: &[T], first: usize, hits: &mut [bool], holds: impl Fn(&T) -> bool) {
    for (hit, value) in hits.iter_mut().zip(values.get(first..).unwrap_or_default()) {
        *hit |= holds(value);
    }
}
