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
        let wanted = Wanted::new(text.trim());
        if wanted.text.is_empty() {
            return Vec::new();
        }
        let mut columns: Vec<Haystack<'_>> = self.iter().filter_map(|column| Haystack::of(column, &wanted)).collect();
        // What takes longest comes last: rows that are found by then are not looked at again.
        columns.sort_by_key(Haystack::effort);
        let mut hits = vec![false; self.rows_loaded() as usize];
        hits.par_chunks_mut(BLOCK_ROWS).enumerate().for_each(|(block, hits)| {
            for column in &columns {
                column.mark(block * BLOCK_ROWS, &wanted, hits);
            }
        });
        (0..).zip(hits).filter_map(|(row, is_hit): (u32, bool)| is_hit.then_some(row)).collect()
    }
}

/// What is looked for.
struct Wanted {
    text: String,
    /// Whether a number may hold it at all; one that is written without an exponent; one that is whole.
    in_numbers: bool,
    in_plain_numbers: bool,
    in_whole_numbers: bool,
}

impl Wanted {
    fn new(text: &str) -> Self {
        let text = folded(text);
        Self {
            in_numbers: text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte)),
            in_plain_numbers: !text.contains('e'),
            in_whole_numbers: !text.contains(['e', '.']),
            text,
        }
    }

    /// Whether a number may hold it, going by how it is written.
    fn may_be_in(&self, number: f64) -> bool {
        let size = number.abs();
        let is_plain = (1e-4..1e15).contains(&size) || number == 0.0;
        !number.is_nan() && (!is_plain || self.in_whole_numbers || (self.in_plain_numbers && number.fract() != 0.0))
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
    fn of(column: &'a Column, wanted: &Wanted) -> Option<Self> {
        let holds = |text: &str| folded(text).contains(&wanted.text);
        match &column.store {
            Store::Words(words) => Some(Self::Codes(&words.codes, words.dictionary.iter().map(&holds).collect())),
            Store::Settled(codes, dictionary) => Some(Self::ShortCodes(codes, dictionary.iter().map(holds).collect())),
            Store::Texts(texts) => Some(Self::Texts(texts)),
            Store::Digits(digits) => wanted.in_numbers.then_some(Self::Digits(&digits.values)),
            Store::Numbers(values) => wanted.in_numbers.then_some(Self::Numbers(values)),
            Store::Empty(_) | Store::Flags(_) | Store::Times(_) => None,
        }
    }

    /// How long a row takes, in no unit.
    fn effort(&self) -> u8 {
        match self {
            Self::Codes(..) | Self::ShortCodes(..) => 0,
            Self::Digits(_) => 1,
            Self::Texts(_) => 2,
            Self::Numbers(_) => 3,
        }
    }

    /// Marks the rows from `first` on that hold it.
    fn mark(&self, first: usize, wanted: &Wanted, hits: &mut [bool]) {
        let finder = Finder::new(&wanted.text);
        match self {
            Self::Codes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(code as usize).copied() == Some(true));
            }
            Self::ShortCodes(codes, holds) => {
                mark(codes, first, hits, |&code| holds.get(usize::from(code)).copied() == Some(true));
            }
            Self::Texts(texts) => mark_texts(texts, first, &finder, hits),
            Self::Digits(values) => {
                mark(values, first, hits, |&id| {
                    let mut room = [0; DIGITS];
                    id != NO_ID && finder.find(digits(id, &mut room)).is_some()
                });
            }
            Self::Numbers(values) => {
                // Numbers are written in one piece of memory: to ask for it each time took most of the time.
                let mut written = String::new();
                mark(values, first, hits, |&number| {
                    written.clear();
                    wanted.may_be_in(number)
                        && write_number(&mut written, number).is_ok()
                        && finder.find(written.as_bytes()).is_some()
                });
            }
        }
    }
}

/// Bytes of text that are looked through at once: they stay in the processor's cache.
const RUN_BYTES: usize = 1 << 15;

/// Marks the rows from `first` on whose text holds what `finder` finds, whatever the case: many rows' texts at once, as they lie
/// after one another.
fn mark_texts(texts: &Texts, first: usize, finder: &Finder<'_>, hits: &mut [bool]) {
    let (mut run, end) = (first, first + hits.len());
    let mut lower = String::new();
    while run < end {
        let (text, after) = texts.run(run, end, RUN_BYTES);
        if after <= run {
            break;
        }
        if text.is_ascii() {
            lower.clear();
            lower.push_str(text);
            lower.make_ascii_lowercase();
            let base = texts.end(after - 1) - lower.len();
            let (mut row, mut from) = (run, 0);
            while let Some(at) = lower.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
                let at = from + at;
                while row + 1 < after && texts.end(row) - base <= at {
                    row += 1;
                }
                let row_end = texts.end(row) - base;
                // What begins in one text and ends in the next one is in neither.
                let is_within = at + finder.needle().len() <= row_end;
                if let Some(hit) = hits.get_mut(row - first).filter(|_| is_within) {
                    *hit = true;
                }
                from = if is_within { row_end } else { at + 1 };
            }
        } else {
            for row in run..after {
                let Some((text, hit)) = texts.get(row).zip(hits.get_mut(row - first)) else { continue };
                lower.clear();
                if text.is_ascii() {
                    lower.push_str(text);
                    lower.make_ascii_lowercase();
                } else {
                    lower.push_str(&folded(text));
                }
                *hit = *hit || finder.find(lower.as_bytes()).is_some();
            }
        }
        run = after;
    }
}

/// Digits of the largest id.
const DIGITS: usize = 20;

/// An id in decimal, at the end of `room`: eight digits at a time, which divide as 32 bits, and these in pairs.
fn digits(id: u64, room: &mut [u8; DIGITS]) -> &[u8] {
    const EIGHT: u64 = 100_000_000;
    let mut left = id;
    for eight in room.rchunks_mut(8) {
        let mut low = (left % EIGHT) as u32;
        left /= EIGHT;
        for pair in eight.rchunks_exact_mut(2) {
            let two = (low % 100) as u8;
            low /= 100;
            pair.copy_from_slice(&[b'0' + two / 10, b'0' + two % 10]);
        }
        if left == 0 {
            break;
        }
    }
    room.get(DIGITS - id.checked_ilog10().map_or(1, |digits| digits as usize + 1)..).unwrap_or_default()
}

fn mark<T>(values: &[T], first: usize, hits: &mut [bool], mut holds: impl FnMut(&T) -> bool) {
    for (hit, value) in hits.iter_mut().zip(values.get(first..).unwrap_or_default()) {
        *hit = *hit || holds(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Few letters, so that what is looked for often begins in one text and ends in the next; many rows, so that runs end
        /// between them.
        #[test]
        fn texts_that_follow_one_another_are_looked_through_one_by_one(
            rows in prop::collection::vec(prop::option::of("[abAB]{0,5}|[abé]{0,3}"), 0..60),
            repeats in 1..400_usize,
            wanted in "[ab]{1,3}|[aé]{1,2}",
            first in 0..50_usize,
        ) {
            let mut texts = Texts::default();
            let rows: Vec<Option<&str>> = rows.iter().cycle().take(rows.len() * repeats).map(Option::as_deref).collect();
            for &text in &rows {
                texts.push(text);
            }
            let rows = rows.get(first..).unwrap_or_default();
            let expected: Vec<bool> = rows.iter().map(|text| text.is_some_and(|text| text.to_lowercase().contains(&wanted))).collect();
            let mut hits = vec![false; rows.len()];
            mark_texts(&texts, first, &Finder::new(&wanted), &mut hits);
            prop_assert_eq!(hits, expected);
        }

        #[test]
        fn an_id_is_written_in_decimal(id in prop_oneof![any::<u64>(), 0..1_000_u64, any::<u64>().prop_map(|id| id >> 32)]) {
            let (mut room, text) = ([0; DIGITS], id.to_string());
            prop_assert_eq!(digits(id, &mut room), text.as_bytes());
        }

        #[test]
        fn a_number_that_is_left_out_does_not_hold_the_text(
            number in prop_oneof![any::<f64>(), -1e6..1e6_f64, (-1e9..1e9_f64).prop_map(f64::round), 1e-6..1e-3_f64, 1e14..1e17_f64],
            wanted in "[0-9.e-]{1,2}",
        ) {
            let mut written = String::new();
            prop_assert!(write_number(&mut written, number).is_ok());
            prop_assert!(number.is_nan() || Wanted::new(&wanted).may_be_in(number) || !written.contains(&wanted), "{}", written);
        }
    }
}
