//! Duplicates whose rows have different values of a column: drawings that are in the training set and in the test set.

use super::{Exact, NearPair};
use crate::progress::{Cancelled, Progress};
use serde::Serialize;
use std::collections::BTreeMap;

/// Most pairs of values that are counted: all pairs of 256 values. Of a column that says of each row something else, one pair of
/// values is like the next.
pub const MOST_PAIRS: usize = 256 * 255 / 2;

/// What stands between two values of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Between {
    /// The values, the lower one first.
    pub values: [u32; 2],
    /// Groups of equal drawings that have rows of both.
    pub equal_groups: u64,
    /// Rows of each of them that are in such groups.
    pub equal_rows: [u64; 2],
    /// Pairs of near duplicates with a row of each.
    pub near_pairs: u64,
}

/// All duplicates that stand between values.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Leakage {
    /// Pairs of values that share some, by value; `None` where more than [`MOST_PAIRS`] do.
    pub between: Option<Vec<Between>>,
    /// How many rows of duplicates have no value, and so are on no side.
    pub missing: u32,
    /// The groups of equal drawings that have rows of several values, as [`Exact`] has them: rows without a value as well.
    pub equal: Vec<Vec<u32>>,
    /// The pairs of near duplicates that have two values, in the order that they came in.
    pub near: Vec<NearPair>,
}

/// What a row without a value has in a column.
const MISSING: u32 = u32::MAX;

/// Finds duplicates whose rows have different values. `column` has a number for each row, `u32::MAX` where it has no value; such
/// rows, and those beyond its end, are on no side.
///
/// Give it the near pairs [`within`](super::within) the distance that counts. Fails where it is given up.
pub fn leakage(column: &[u32], exact: &Exact, near: &[NearPair], progress: Progress<'_>) -> Result<Leakage, Cancelled> {
    let value = |row: u32| column.get(row as usize).copied().filter(|&value| value != MISSING);
    let mut found = Leakage::default();
    let mut counts = Counts::default();
    let mut missing: Vec<u32> = Vec::new();
    for (number, group) in exact.groups.iter().enumerate() {
        progress.part(0.0, 0.5).reach(number as f64 / exact.groups.len() as f64)?;
        let mut rows_of: BTreeMap<u32, u64> = BTreeMap::new();
        for &row in group {
            match value(row) {
                Some(value) => *rows_of.entry(value).or_default() += 1,
                None => missing.push(row),
            }
        }
        counts.add_group(&rows_of);
        if rows_of.len() > 1 {
            found.equal.push(group.clone());
        }
    }
    for block in progress.part(0.5, 1.0).blocks(near.len() as u32) {
        let block = block?;
        for pair in near.get(block.start as usize..block.end as usize).unwrap_or_default() {
            missing.extend([pair.row, pair.other].into_iter().filter(|&row| value(row).is_none()));
            if let (Some(a), Some(b)) = (value(pair.row), value(pair.other))
                && a != b
            {
                counts.add([a.min(b), a.max(b)], |between| between.near_pairs += 1);
                found.near.push(*pair);
            }
        }
    }
    missing.sort_unstable();
    missing.dedup();
    found.missing = missing.len() as u32;
    found.between = (!counts.are_too_many).then(|| counts.between.into_values().collect());
    progress.reach(1.0)?;
    Ok(found)
}

/// What stands between values, as long as these are not too many.
#[derive(Default)]
struct Counts {
    between: BTreeMap<[u32; 2], Between>,
    are_too_many: bool,
}

impl Counts {
    fn add(&mut self, values: [u32; 2], count: impl Fn(&mut Between)) {
        if self.are_too_many {
            return;
        }
        count(self.between.entry(values).or_insert(Between { values, ..Between::default() }));
        self.are_too_many = self.between.len() > MOST_PAIRS;
    }

    /// Adds a group of equal drawings with so many rows of each value.
    fn add_group(&mut self, rows_of: &BTreeMap<u32, u64>) {
        for (&lower, &rows) in rows_of {
            for (&higher, &others) in rows_of.range(lower + 1..) {
                if self.are_too_many {
                    return;
                }
                self.add([lower, higher], |between| {
                    between.equal_groups += 1;
                    between.equal_rows[0] += rows;
                    between.equal_rows[1] += others;
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn duplicates_on_both_sides_are_counted_and_listed_and_others_are_not() {
        const TRAIN: u32 = 3;
        const TEST: u32 = 1;
        const CHECK: u32 = 8;
        let column = [TRAIN, TEST, TRAIN, MISSING, TEST, TRAIN, CHECK, TRAIN];
        let groups = vec![vec![0, 1, 2, 3], vec![5, 7], vec![4, 6, 9]];
        let exact = Exact { groups: groups.clone(), blank: Vec::new() };
        let pair = |row, other| NearPair { row, other, distance: 0.1 };
        let near = [pair(0, 4), pair(0, 5), pair(1, 7), pair(3, 4), pair(6, 9)];
        let found = leakage(&column, &exact, &near, Progress::NONE).unwrap();
        assert_eq!(found.equal, [groups[0].clone(), groups[2].clone()]);
        assert_eq!(found.near, [near[0], near[2]]);
        let split = Between { values: [TEST, TRAIN], equal_groups: 1, equal_rows: [1, 2], near_pairs: 2 };
        let check = Between { values: [TEST, CHECK], equal_groups: 1, equal_rows: [1, 1], near_pairs: 0 };
        assert_eq!(found.between, Some(vec![split, check]));
        // Row 3 has none, and 9 lies beyond the column's end; 8 is in no duplicate.
        assert_eq!(found.missing, 2);
        let none = Leakage { between: Some(Vec::new()), missing: 9, ..Leakage::default() };
        assert_eq!(leakage(&[], &exact, &near, Progress::NONE).unwrap(), none);
    }

    #[test]
    fn pairs_of_values_are_counted_while_they_are_few_and_what_leaks_is_listed_all_the_same() {
        // One group of 256 rows of as many values, and a pair of two more.
        let exact = Exact { groups: vec![(0..256).collect(), vec![256, 257]], blank: Vec::new() };
        let column: Vec<u32> = (0..258).collect();
        let found = leakage(&column[..256], &exact, &[], Progress::NONE).unwrap();
        assert_eq!((found.between.unwrap().len(), found.equal.len(), found.missing), (MOST_PAIRS, 1, 2));
        let found = leakage(&column, &exact, &[], Progress::NONE).unwrap();
        assert_eq!((found.between, found.equal, found.missing), (None, exact.groups.clone(), 0));
    }
}
