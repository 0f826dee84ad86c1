//! The values of some rows of a column, told apart exactly: nothing is put into bins, and texts and ids count as any other value.

use super::column::Column;
use super::counts::{key_of_number, key_of_time, label};
use super::grouping::Codes;
use super::store::{NO_CODE, NO_CODE_16, NO_FLAG, NO_ID, NO_TIME, Store};
use crate::progress::{BLOCK, Cancelled, Progress, sorted_by};
use std::borrow::Cow;

/// How much of the work it is to look up the values.
const LOOKED_UP: f64 = 0.3;

impl Column {
    /// A code for each of these rows by its value: two have the same one where their values are equal. Of all other rows, and of those
    /// without a value, it is [`Codes::MISSING`]. The labels are those of the values that occur in these rows: categories in order of
    /// first appearance in the column, everything else ascending.
    ///
    /// Takes 4 bytes a row of the column, and some 48 for each of these while they are sorted. Fails where it is given up.
    pub fn codes_among(&self, rows: &[u32], progress: Progress<'_>) -> Result<Codes<'static>, Cancelled> {
        if let Store::Texts(texts) = &self.store {
            let text = |row: u32| texts.get(row as usize);
            return self.numbered(rows, text, |text| (*text).to_owned(), progress);
        }
        self.numbered(rows, |row| self.key(row as usize), |&key| label(&self.store, key), progress)
    }

    fn numbered<K: Ord + Copy>(
        &self,
        rows: &[u32],
        key: impl Fn(u32) -> Option<K>,
        label: impl Fn(&K) -> String,
        progress: Progress<'_>,
    ) -> Result<Codes<'static>, Cancelled> {
        let looking = progress.part(0.0, LOOKED_UP);
        let mut keyed = Vec::new();
        for (block, number) in rows.chunks(BLOCK as usize).zip(0_u32..) {
            looking.reach(f64::from(number) * f64::from(BLOCK) / rows.len() as f64)?;
            keyed.extend(block.iter().filter_map(|&row| Some((key(row)?, row))));
        }
        let keyed = sorted_by(keyed, Ord::cmp, progress.part(LOOKED_UP, 1.0))?;
        let (mut codes, mut labels) = (vec![Codes::MISSING; self.rows as usize], Vec::new());
        for run in keyed.chunk_by(|a, b| a.0 == b.0) {
            for &(_, row) in run {
                if let Some(code) = codes.get_mut(row as usize) {
                    *code = labels.len() as u32;
                }
            }
            labels.extend(run.first().map(|(key, _)| label(key)));
        }
        Ok(Codes { codes: Cow::Owned(codes), labels, bins: None })
    }

    /// The value of a row that is no text, as [`label`] reads it.
    fn key(&self, row: usize) -> Option<u64> {
        match &self.store {
            Store::Empty(_) | Store::Texts(_) => None,
            Store::Flags(values) => values.get(row).filter(|&&flag| flag != NO_FLAG).map(|&flag| flag.into()),
            Store::Words(words) => words.codes.get(row).filter(|&&code| code != NO_CODE).map(|&code| code.into()),
            Store::Settled(codes, _) => codes.get(row).filter(|&&code| code != NO_CODE_16).map(|&code| code.into()),
            Store::Digits(digits) => digits.values.get(row).copied().filter(|&value| value != NO_ID),
            Store::Numbers(values) => {
                values.get(row).filter(|value| !value.is_nan()).map(|&value| key_of_number(value))
            }
            Store::Times(times) => {
                times.values.get(row).filter(|&&time| time != NO_TIME).map(|&time| key_of_time(time))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use crate::data::columns::{Codes, Columns};
    use crate::data::ndjson::parse_block;
    use crate::progress::Progress;

    /// Codes and labels of some rows of the column `v` of records with these values, as JSON.
    fn among(values: &[&str], rows: &[u32]) -> (Vec<u32>, Vec<String>) {
        let lines: Vec<String> = values.iter().map(|value| format!("{{\"v\":{value},\"row\":1}}")).collect();
        let block = parse_block(lines.join("\n").as_bytes(), 0, 0, 1 << 20);
        let mut columns = Columns::new();
        columns.append(0, block.batch);
        columns.finish(values.len() as u32);
        let codes = columns.get("v").unwrap().codes_among(rows, Progress::NONE).unwrap();
        (codes.codes.into_owned(), codes.labels)
    }

    #[test]
    fn equal_values_have_one_code_whatever_they_are_and_others_another() {
        const NONE: u32 = Codes::MISSING;
        let labels = |labels: &[&str]| labels.iter().map(|&label| label.to_owned()).collect::<Vec<_>>();
        let all = [0, 1, 2, 3, 4];
        for (values, codes, names) in [
            (["\"b\"", "\"a\"", "\"b\"", "null", "\"\""], [0, 1, 0, NONE, 2], &["b", "a", ""][..]),
            (["true", "false", "true", "null", "true"], [1, 0, 1, NONE, 1], &["false", "true"]),
            (["0.5", "-2", "0.5", "null", "0.25"], [2, 0, 2, NONE, 1], &["-2", "0.25", "0.5"]),
            (
                ["\"5419213730611200\"", "\"5419213730611201\"", "\"5419213730611200\"", "null", "\"7\""],
                [0, 1, 0, NONE, 2],
                &["5419213730611200", "5419213730611201", "7"],
            ),
            (["12", "5", "12", "null", "7"], [2, 0, 2, NONE, 1], &["5", "7", "12"]),
            (
                [
                    "\"2017-03-08 21:12:07.5 UTC\"",
                    "\"2017-03-08 21:12:07.25 UTC\"",
                    "\"2017-03-08T21:12:07.500Z\"",
                    "null",
                    "\"2017-03-09 21:12:07 UTC\"",
                ],
                [1, 0, 1, NONE, 2],
                &["2017-03-08T21:12:07.250000Z", "2017-03-08T21:12:07.500000Z", "2017-03-09T21:12:07Z"],
            ),
            (["null"; 5], [NONE; 5], &[]),
        ] {
            assert_eq!(among(&values, &all), (codes.to_vec(), labels(names)), "{values:?}");
        }
        // Only the rows that are asked for have a code, and only their values a label.
        let (codes, names) = among(&["\"b\"", "\"a\"", "\"b\"", "\"c\""], &[1, 3]);
        assert_eq!((codes, names), (vec![NONE, 0, NONE, 1], labels(&["a", "c"])));
    }

    #[test]
    fn numbers_are_not_put_into_bins_and_texts_are_as_many_as_they_are() {
        let numbers: Vec<String> = (0..1000).map(|row| format!("{}.5", row / 2)).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let rows: Vec<u32> = (0..1000).collect();
        assert_eq!(among(&numbers, &rows).0, (0..1000).map(|row| row / 2).collect::<Vec<u32>>());
        // More different ones than a category holds.
        let texts: Vec<String> = (0..70_000).map(|row| format!("\"name {:05}\"", row % 69_000)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (codes, labels) = among(&texts, &[0, 5, 69_000, 69_005, 68_999]);
        assert_eq!([0, 5, 69_000, 69_005, 68_999, 1].map(|row: usize| codes[row]), [0, 1, 0, 1, 2, Codes::MISSING]);
        assert_eq!(labels, ["name 00000", "name 00005", "name 68999"]);
    }
}
