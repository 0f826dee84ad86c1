//! What occurs in a column and how often.

use super::column::Column;
use super::kinds::{ColumnType, flag_text, number_text};
use super::settle;
use super::store::{NO_FLAG, NO_ID, NO_TIME, Store};
use crate::progress::{BLOCK, Cancelled, Progress, sorted_by};

/// Distinct values and present ones.
pub(super) fn count(column: &Column) -> (usize, u32) {
    if let Store::Texts(texts) = &column.store {
        return (settle::distinct(texts), texts.iter().flatten().count() as u32);
    }
    let counts = tally(&column.store);
    (counts.iter().filter(|(_, count)| *count > 0).count(), counts.iter().map(|(_, count)| count).sum())
}

/// How many rows hold an empty text.
pub(super) fn count_empty(store: &Store) -> u32 {
    match store {
        Store::Texts(texts) => texts.iter().flatten().filter(|text| text.is_empty()).count() as u32,
        Store::Words(_) | Store::Settled(..) => {
            let empty = |&(key, _): &(u64, u32)| label(store, key).is_empty();
            tally(store).iter().find(|counted| empty(counted)).map_or(0, |(_, count)| *count)
        }
        _ => 0,
    }
}

/// The distinct values of a store in their own order, and how often each occurs: a key that [`label`] turns into text.
pub(super) fn tally(store: &Store) -> Vec<(u64, u32)> {
    // Nobody gives it up.
    tally_within(store, Progress::NONE).unwrap_or_default()
}

/// The same; fails where it is given up.
pub(super) fn tally_within(store: &Store, progress: Progress<'_>) -> Result<Vec<(u64, u32)>, Cancelled> {
    match store {
        Store::Empty(_) | Store::Texts(_) => Ok(Vec::new()),
        Store::Flags(values) => {
            per_code(2, values, |&flag| if flag == NO_FLAG { usize::MAX } else { flag.into() }, progress)
        }
        Store::Words(words) => per_code(words.dictionary.len(), &words.codes, |&code| code as usize, progress),
        Store::Settled(codes, dictionary) => per_code(dictionary.len(), codes, |&code| code.into(), progress),
        Store::Digits(digits) => runs(&digits.values, |&value| (value != NO_ID).then_some(value), progress),
        Store::Numbers(values) => runs(values, |&v| (!v.is_nan()).then(|| key_of_number(v)), progress),
        Store::Times(times) => runs(&times.values, |&time| (time != NO_TIME).then(|| key_of_time(time)), progress),
    }
}

fn per_code<T>(
    codes: usize,
    rows: &[T],
    code: impl Fn(&T) -> usize,
    progress: Progress<'_>,
) -> Result<Vec<(u64, u32)>, Cancelled> {
    let mut counts = vec![0_u32; codes];
    for (block, number) in rows.chunks(BLOCK as usize).zip(0_u32..) {
        progress.reach(f64::from(number) * f64::from(BLOCK) / rows.len() as f64)?;
        for row in block {
            if let Some(count) = counts.get_mut(code(row)) {
                *count += 1;
            }
        }
    }
    Ok((0..).zip(counts).collect())
}

fn runs<T>(rows: &[T], key: impl Fn(&T) -> Option<u64>, progress: Progress<'_>) -> Result<Vec<(u64, u32)>, Cancelled> {
    let mut keys = Vec::with_capacity(rows.len());
    for block in rows.chunks(BLOCK as usize) {
        progress.reach(0.0)?;
        keys.extend(block.iter().filter_map(&key));
    }
    let keys = sorted_by(keys, Ord::cmp, progress)?;
    Ok(keys.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len() as u32))).collect())
}

/// Numbers as integers in the same order: negative ones with all bits turned, the others above them.
pub(super) fn key_of_number(number: f64) -> u64 {
    // Adding zero makes −0 and 0 one value.
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn number_of_key(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

pub(super) fn key_of_time(time: i64) -> u64 {
    (time as u64) ^ 1 << 63
}

fn time_of_key(key: u64) -> i64 {
    (key ^ 1 << 63) as i64
}

/// The text of a key of [`tally`].
pub(super) fn label(store: &Store, key: u64) -> String {
    match store {
        Store::Flags(_) => flag_text(key != 0).to_owned(),
        Store::Numbers(_) => number_text(number_of_key(key)),
        Store::Times(times) => times.rfc3339(time_of_key(key)),
        Store::Words(words) => words.dictionary.get(key as u32).unwrap_or_default().to_owned(),
        Store::Settled(_, dictionary) => dictionary.get(key as u32).unwrap_or_default().to_owned(),
        Store::Digits(_) | Store::Empty(_) | Store::Texts(_) => key.to_string(),
    }
}

impl Column {
    /// The `n` most frequent values with their counts, by count and then by value; empty for ids and texts. Times are in RFC 3339.
    pub fn top(&self, n: usize) -> Vec<(String, u32)> {
        if matches!(self.kind(), ColumnType::Id | ColumnType::Text) {
            return Vec::new();
        }
        let mut counts = tally(&self.store);
        counts.retain(|(_, count)| *count > 0);
        if matches!(self.store, Store::Words(_) | Store::Settled(..)) {
            let mut named: Vec<_> = counts.into_iter().map(|(key, count)| (label(&self.store, key), count)).collect();
            named.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            named.truncate(n);
            return named;
        }
        let order = |&(key, count): &(u64, u32)| (std::cmp::Reverse(count), key);
        if n < counts.len() {
            // Nearly all of many times differ: only the first are put in order.
            counts.select_nth_unstable_by_key(n, order);
            counts.truncate(n);
        }
        counts.sort_unstable_by_key(order);
        counts.into_iter().map(|(key, count)| (label(&self.store, key), count)).collect()
    }
}
