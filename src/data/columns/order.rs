//! Rows in the order of a column's values.

use super::column::Column;
use super::counts::{key_of_number, key_of_time};
use super::dictionary::Dictionary;
use super::kinds::ColumnType;
use super::store::{NO_FLAG, NO_ID, NO_TIME, Store};
use crate::progress::{Cancelled, Progress, sorted_by};

/// All rows of a column in the order of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedRows {
    /// Those that have a value, then the others; rows ascend where values are equal, and among the others.
    pub rows: Vec<u32>,
    /// How many have none.
    pub missing: u32,
}

/// What texts are sorted by: whole numbers that names are made of by their size, others by their code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum TextKey<'a> {
    Whole(i128),
    /// Its length where it is a whole number, too; else 0.
    Text(usize, &'a str),
}

impl Column {
    /// All rows by their values, those without one last: flags `false` first, numbers and ids by size, times by instant, texts by code
    /// points. Descending turns round the values alone. Fails where it is given up.
    pub fn sorted_rows(&self, descending: bool, progress: Progress<'_>) -> Result<SortedRows, Cancelled> {
        let by = |key: &dyn Fn(usize) -> Option<u64>| sorted(self.rows, key, descending, progress);
        match &self.store {
            Store::Empty(_) => by(&|_| None),
            Store::Flags(flags) => by(&|row| flags.get(row).filter(|&&flag| flag != NO_FLAG).map(|&flag| flag.into())),
            Store::Digits(digits) => by(&|row| digits.values.get(row).copied().filter(|&value| value != NO_ID)),
            Store::Numbers(numbers) => {
                by(&|row| numbers.get(row).filter(|number| !number.is_nan()).map(|&number| key_of_number(number)))
            }
            Store::Times(times) => {
                by(&|row| times.values.get(row).filter(|&&time| time != NO_TIME).map(|&time| key_of_time(time)))
            }
            Store::Words(words) => {
                let ranks = self.ranks(&words.dictionary);
                by(&|row| ranks.get(*words.codes.get(row)? as usize).copied())
            }
            Store::Settled(codes, dictionary) => {
                let ranks = self.ranks(dictionary);
                by(&|row| ranks.get(usize::from(*codes.get(row)?)).copied())
            }
            Store::Texts(texts) => {
                sorted(self.rows, |row| texts.get(row).map(|text| self.text_key(text)), descending, progress)
            }
        }
    }

    fn text_key<'a>(&self, text: &'a str) -> TextKey<'a> {
        if self.kind() != ColumnType::Id {
            return TextKey::Text(0, text);
        }
        let digits = text.trim_start_matches('0');
        text.parse().map_or(TextKey::Text(digits.len(), digits), TextKey::Whole)
    }

    /// For each code of a dictionary the place of its string among all; equal ones share theirs.
    fn ranks(&self, dictionary: &Dictionary) -> Vec<u64> {
        let keys: Vec<_> = dictionary.iter().map(|text| self.text_key(text)).collect();
        let mut codes: Vec<usize> = (0..keys.len()).collect();
        codes.sort_unstable_by_key(|&code| keys[code]);
        let mut ranks = vec![0; keys.len()];
        for pair in codes.windows(2) {
            ranks[pair[1]] = ranks[pair[0]] + u64::from(keys[pair[0]] < keys[pair[1]]);
        }
        ranks
    }
}

fn sorted<K: Ord + Copy>(
    rows: u32,
    key: impl Fn(usize) -> Option<K>,
    descending: bool,
    progress: Progress<'_>,
) -> Result<SortedRows, Cancelled> {
    let (mut keyed, mut missing) = (Vec::with_capacity(rows as usize), Vec::new());
    for block in progress.part(0.0, 0.2).blocks(rows) {
        for row in block? {
            match key(row as usize) {
                Some(key) => keyed.push((key, row)),
                None => missing.push(row),
            }
        }
    }
    let compare = |a: &(K, u32), b: &(K, u32)| if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
    let keyed = sorted_by(keyed, compare, progress.part(0.2, 0.9))?;
    let mut sorted = progress.part(0.9, 1.0).collect(keyed.iter().map(|&(_, row)| row))?;
    let without = missing.len() as u32;
    sorted.append(&mut missing);
    Ok(SortedRows { rows: sorted, missing: without })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::super::{BatchBuilder, ColumnType, Columns, Scalar};
    use crate::progress::Progress;

    /// The rows of a column by its values, ascending and descending.
    fn sorted(values: &[Scalar<'_>], kind: ColumnType) -> [Vec<u32>; 2] {
        let mut builder = BatchBuilder::new();
        for value in values {
            builder.push_row();
            let slot = builder.slot("x").unwrap();
            builder.set_slot(slot, value);
        }
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(values.len() as u32 + 1);
        let column = columns.get("x").unwrap();
        assert_eq!(column.kind(), kind);
        [false, true].map(|descending| column.sorted_rows(descending, Progress::NONE).unwrap().rows)
    }

    fn texts<'a>(texts: &[&'a str]) -> Vec<Scalar<'a>> {
        texts.iter().map(|&text| Scalar::Text(text.into())).collect()
    }

    #[test]
    fn missing_values_are_last_either_way_and_equal_ones_keep_the_order_of_their_rows() {
        let numbers = [Scalar::Float(2.5), Scalar::Null, Scalar::Float(-1.0), Scalar::Float(2.5), Scalar::Float(-0.0)];
        // The record of the last row is missing altogether.
        assert_eq!(sorted(&numbers, ColumnType::Number), [vec![2, 4, 0, 3, 1, 5], vec![0, 3, 4, 2, 1, 5]]);
        let flags = [Scalar::Flag(true), Scalar::Flag(false), Scalar::Null, Scalar::Flag(false)];
        assert_eq!(sorted(&flags, ColumnType::Flag), [vec![1, 3, 0, 2, 4], vec![0, 1, 3, 2, 4]]);
        let times =
            texts(&["2017-03-08T21:12:07.000000002Z", "2017-03-08T21:12:07.000000001Z", "1969-12-31T23:59:59Z"]);
        assert_eq!(sorted(&times, ColumnType::Time), [vec![2, 1, 0, 3], vec![0, 1, 2, 3]]);
        assert_eq!(sorted(&texts(&["b", "", "B", "ä", "b"]), ColumnType::Category)[0], [1, 2, 0, 4, 3, 5]);
    }

    #[test]
    fn ids_of_any_length_are_sorted_as_numbers() {
        let short = texts(&["30", "4", "100", "4627526388940800"]);
        assert_eq!(sorted(&short, ColumnType::Id)[0], [1, 0, 2, 3, 4]);
        let long = "9".repeat(45);
        let mixed = texts(&[&long, "00030", "-4", "12345678901234567890123", "4"]);
        assert_eq!(sorted(&mixed, ColumnType::Id)[0], [2, 4, 1, 3, 0, 5]);
    }
}
