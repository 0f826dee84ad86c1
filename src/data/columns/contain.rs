//! Rows that hold a text somewhere: what is found as somebody types.

use super::column::Column;
use super::kinds::write_number;
use super::set::Columns;
use super::store::{NO_ID, Store};
use super::texts::Texts;
use crate::words::nfc;
use memchr::memmem::Finder;
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

    /// Marks the rows from `first` on that hold it; those that are marked already are not looked at again.
    fn mark(&self, first: usize, wanted: &str, hits: &mut [bool]) {
        // Texts are folded, and numbers written, in one piece of memory: to ask for it each time took most of the time.
        let (finder, mut written) = (Finder::new(wanted), String::new());
        match self {
            Self::Codes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(code as usize).copied() == Some(true));
            }
            Self::ShortCodes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(usize::from(code)).copied() == Some(true));
            }
            Self::Texts(texts) => {
                for (row, hit) in (first..).zip(hits).filter(|(_, hit)| !**hit) {
                    *hit = texts.get(row).is_some_and(|text| {
                        if !text.is_ascii() {
                            return folded(text).contains(wanted);
                        }
                        written.clear();
                        written.push_str(text);
                        written.make_ascii_lowercase();
                        finder.find(written.as_bytes()).is_some()
                    });
                }
            }
            Self::Digits(values) => {
                mark(values, first, hits, |&id| {
                    let mut room = [0; DIGITS];
                    id != NO_ID && finder.find(digits(id, &mut room)).is_some()
                });
            }
            Self::Numbers(values) => {
                mark(values, first, hits, |&number| {
                    written.clear();
                    !number.is_nan()
                        && write_number(&mut written, number).is_ok()
                        && finder.find(written.as_bytes()).is_some()
                });
            }
        }
    }
}

/// Digits of the largest id.
const DIGITS: usize = 20;

/// An id in decimal, at the end of `room`.
fn digits(id: u64, room: &mut [u8; DIGITS]) -> &[u8] {
    let (mut left, mut first) = (id, DIGITS);
    for (at, digit) in room.iter_mut().enumerate().rev() {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
        first = at;
        if left == 0 {
            break;
        }
    }
    room.get(first..).unwrap_or_default()
}

fn mark<T>(values: &[T], first: usize, hits: &mut [bool], mut holds: impl FnMut(&T) -> bool) {
    for (hit, value) in hits.iter_mut().zip(values.get(first..).unwrap_or_default()) {
        *hit = *hit || holds(value);
    }
}
