//! Duplicates whose rows have different values of a column: drawings that are in the training set and in the test set.

use super::{Exact, NearPair};
use crate::progress::{Cancelled, Progress};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most values of a column: a set is split into few parts, and pairs of values grow with their square.
pub const MOST_VALUES: usize = 256;

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
    /// Pairs of values that share some, by value.
    pub between: Vec<Between>,
    /// The groups of equal drawings that have rows of several values, as [`Exact`] has them: rows without a value as well.
    pub equal: Vec<Vec<u32>>,
    /// The pairs of near duplicates that have two values, in the order that they came in.
    pub near: Vec<NearPair>,
}

/// Why it is not known what stands between the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeakageError {
    /// A column that says of each row something else splits nothing.
    #[error("the column has more than {MOST_VALUES} values: duplicates are counted between the parts of a split")]
    Values,
    /// Nobody wants to know any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What a row without a value has in a column.
const MISSING: u32 = u32::MAX;

/// Finds duplicates whose rows have different values. `column` has a number for each row, `u32::MAX` where it has no value; such
/// rows, and those beyond its end, are on no side.
///
/// Give it the near pairs [`within`](super::within) the distance that counts.
pub fn leakage(
    column: &[u32],
    exact: &Exact,
    near: &[NearPair],
    progress: Progress<'_>,
) -> Result<Leakage, LeakageError> {
    let mut values: BTreeSet<u32> = BTreeSet::new();
    for block in progress.part(0.0, 0.2).blocks(column.len() as u32) {
        let block = block?;
        values.extend(column.get(block.start as usize..block.end as usize).unwrap_or_default());
        values.remove(&MISSING);
        if values.len() > MOST_VALUES {
            return Err(LeakageError::Values);
        }
    }
    let value = |row: u32| column.get(row as usize).copied().filter(|&value| value != MISSING);
    let mut found = Leakage::default();
    let mut between: BTreeMap<[u32; 2], Between> = BTreeMap::new();
    let mut at = |values: [u32; 2], count: &dyn Fn(&mut Between)| {
        count(between.entry(values).or_insert(Between { values, ..Between::default() }));
    };
    for (number, group) in exact.groups.iter().enumerate() {
        progress.part(0.2, 0.6).reach(number as f64 / exact.groups.len() as f64)?;
        let mut rows_of: BTreeMap<u32, u64> = BTreeMap::new();
        for value in group.iter().filter_map(|&row| value(row)) {
            *rows_of.entry(value).or_default() += 1;
        }
        for (&lower, &rows) in &rows_of {
            for (&higher, &others) in rows_of.range(lower + 1..) {
                at([lower, higher], &|between| {
                    between.equal_groups += 1;
                    between.equal_rows[0] += rows;
                    between.equal_rows[1] += others;
                });
            }
        }
        if rows_of.len() > 1 {
            found.equal.push(group.clone());
        }
    }
    for block in progress.part(0.6, 1.0).blocks(near.len() as u32) {
        let block = block?;
        for pair in near.get(block.start as usize..block.end as usize).unwrap_or_default() {
            if let (Some(a), Some(b)) = (value(pair.row), value(pair.other))
                && a != b
            {
                at([a.min(b), a.max(b)], &|between| between.near_pairs += 1);
                found.near.push(*pair);
            }
        }
    }
    found.between = between.into_values().collect();
    progress.reach(1.0)?;
    Ok(found)
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
        assert_eq!(found.between, [split, check]);
        assert_eq!(leakage(&[], &exact, &near, Progress::NONE).unwrap(), Leakage::default());
    }

    #[test]
    fn a_column_that_splits_nothing_is_refused() {
        let column: Vec<u32> = (0..MOST_VALUES as u32).chain([MISSING, 5]).collect();
        assert!(leakage(&column, &Exact::default(), &[], Progress::NONE).is_ok());
        let column: Vec<u32> = (0..=MOST_VALUES as u32).collect();
        assert_eq!(leakage(&column, &Exact::default(), &[], Progress::NONE), Err(LeakageError::Values));
    }
}
