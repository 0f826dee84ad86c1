//! Whether drawings that are alike have the same strokes, or only the same pixels.

use crate::data::ndjson::Strokes;
use crate::progress::{Cancelled, Progress, sorted_by};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// Bytes of records that are read at once, unless one record is more.
const AT_ONCE: u64 = 4 << 20;
/// How much of the work it is to read all of them, and to sort what is known of them.
const READ: f64 = 0.6;
const SORTED: f64 = 0.65;

/// What the strokes of some drawings have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StrokesAre {
    /// All have the same.
    Same,
    /// Some have the same as another, not all.
    SameInSome,
    /// No two have the same: where the drawings are equal, only their pixels are.
    Different,
    /// Of one at least they are not known.
    Unknown,
}

impl fmt::Display for StrokesAre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "same",
            Self::SameInSome => "same-in-some",
            Self::Different => "different",
            Self::Unknown => "unknown",
        })
    }
}

impl StrokesAre {
    /// In words, of drawings whose pixels are equal or only nearly so.
    pub fn in_words(self, are_equal: bool) -> &'static str {
        match self {
            Self::Same => "same strokes",
            Self::SameInSome => "same strokes in some",
            Self::Different if are_equal => "same pixels only",
            Self::Different => "different strokes",
            Self::Unknown => "strokes not known",
        }
    }
}

/// Why the strokes of a drawing are not known: a clause behind "row 7".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// There is no record, or its line was not read.
    #[error("has no record that was read")]
    Record,
    /// The record holds none.
    #[error("has a record without strokes")]
    Strokes,
    /// The record is none, or its strokes are.
    #[error("has a record that {0}")]
    Broken(String),
}

/// The records of some drawings, read line by line.
pub struct Lines<'a, E> {
    /// The rows, ascending, none twice.
    pub rows: &'a [u32],
    /// About how many bytes the record of each takes.
    pub bytes: &'a (dyn Fn(u32) -> u64 + Sync),
    /// Reads one; `None` where there is none.
    pub read: &'a (dyn Fn(u32) -> Result<Option<Vec<u8>>, E> + Sync),
}

/// Which of some drawings have the same strokes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrokeKinds {
    /// Ascending.
    rows: Vec<u32>,
    /// For each the lowest row that has the same strokes; itself where they are not known.
    kinds: Vec<u32>,
    lacking: BTreeMap<u32, Lack>,
}

impl StrokeKinds {
    /// Reads all of them, and those whose hashes are equal once more, to compare all their numbers: the hash decides nothing. Takes
    /// 24 bytes a row, 40 while it sorts, and some 16 MiB for the records that are looked at, or four times the longest one.
    ///
    /// Fails where records cannot be read, or where it is given up. A line that is there and holds no strokes is no failure.
    pub fn of<E: From<Cancelled> + Send>(lines: &Lines<'_, E>, progress: Progress<'_>) -> Result<Self, E> {
        let keyed = RandomState::new();
        Self::by(lines, |strokes| keyed.hash_one(strokes), progress)
    }

    fn by<E: From<Cancelled> + Send>(
        lines: &Lines<'_, E>,
        hash: impl Fn(&Strokes) -> u64 + Sync,
        progress: Progress<'_>,
    ) -> Result<Self, E> {
        let mut found = Self { rows: lines.rows.to_vec(), kinds: lines.rows.to_vec(), lacking: BTreeMap::new() };
        let mut hashed: Vec<(u64, u32)> = Vec::new();
        for (done, some) in blocks(lines.rows, lines.bytes) {
            progress.part(0.0, READ).reach(done as f64 / lines.rows.len() as f64)?;
            let read = |&row: &u32| Ok((row, strokes(lines, row)?.map(|strokes| hash(&strokes))));
            for (row, hash) in some.par_iter().map(read).collect::<Result<Vec<_>, E>>()? {
                match hash {
                    Ok(hash) => hashed.push((hash, row)),
                    Err(lack) => _ = found.lacking.insert(row, lack),
                }
            }
        }
        let hashed = sorted_by(hashed, Ord::cmp, progress.part(READ, SORTED))?;
        let checking = progress.part(SORTED, 1.0);
        let mut seen = 0;
        for run in hashed.chunk_by(|a, b| a.0 == b.0) {
            checking.reach(f64::from(seen) / hashed.len() as f64)?;
            seen += run.len() as u32;
            if run.len() > 1 {
                let rows: Vec<u32> = run.iter().map(|&(_, row)| row).collect();
                found.check(lines, &rows, checking)?;
            }
        }
        progress.reach(1.0)?;
        Ok(found)
    }

    /// Compares the strokes of rows whose hashes are equal.
    fn check<E: From<Cancelled> + Send>(
        &mut self,
        lines: &Lines<'_, E>,
        rows: &[u32],
        progress: Progress<'_>,
    ) -> Result<(), E> {
        // The first of each kind: one, unless hashes are equal by chance.
        let mut kinds: Vec<(Strokes, u32)> = Vec::new();
        for (_, some) in blocks(rows, lines.bytes) {
            progress.reach(0.0)?;
            let read = |&row: &u32| Ok((row, strokes(lines, row)?));
            for (row, strokes) in some.par_iter().map(read).collect::<Result<Vec<_>, E>>()? {
                let strokes = match strokes {
                    Ok(strokes) => strokes,
                    Err(lack) => {
                        self.lacking.insert(row, lack);
                        continue;
                    }
                };
                match kinds.iter().find(|(first, _)| *first == strokes) {
                    Some(&(_, first)) => {
                        if let Some(kind) = self.place(row).and_then(|at| self.kinds.get_mut(at)) {
                            *kind = first;
                        }
                    }
                    None => kinds.push((strokes, row)),
                }
            }
        }
        Ok(())
    }

    fn place(&self, row: u32) -> Option<usize> {
        self.rows.binary_search(&row).ok()
    }

    /// What the strokes of these drawings have to do with each other; `None` where one of them was not looked at.
    pub fn of_group(&self, group: &[u32]) -> Option<StrokesAre> {
        let kinds = group.iter().map(|&row| self.kinds.get(self.place(row)?).copied());
        let mut kinds = kinds.collect::<Option<Vec<u32>>>()?;
        if self.lack_in(group).is_some() {
            return Some(StrokesAre::Unknown);
        }
        kinds.sort_unstable();
        kinds.dedup();
        Some(match kinds.len() {
            0 | 1 => StrokesAre::Same,
            different if different < group.len() => StrokesAre::SameInSome,
            _ => StrokesAre::Different,
        })
    }

    /// The first of these drawings whose strokes are not known, and why.
    pub fn lack_in(&self, group: &[u32]) -> Option<(u32, &Lack)> {
        group.iter().find_map(|row| Some((*row, self.lacking.get(row)?)))
    }

    /// All drawings whose strokes are not known, and why.
    pub fn lacking(&self) -> &BTreeMap<u32, Lack> {
        &self.lacking
    }

    /// Whether there are no strokes to compare: no record of these drawings holds any, and none is broken.
    pub fn are_none(&self) -> bool {
        self.lacking.len() == self.rows.len() && !self.lacking.values().any(|lack| matches!(lack, Lack::Broken(_)))
    }

    /// Whether it was asked about these rows, ascending, and perhaps about others.
    pub fn covers(&self, rows: &[u32]) -> bool {
        rows.iter().all(|&row| self.place(row).is_some())
    }
}

/// The strokes of a row.
fn strokes<E>(lines: &Lines<'_, E>, row: u32) -> Result<Result<Strokes, Lack>, E> {
    let Some(line) = (lines.read)(row)?.filter(|line| !line.is_empty()) else { return Ok(Err(Lack::Record)) };
    Ok(Strokes::of_line(&line).map_err(Lack::Broken).and_then(|strokes| strokes.ok_or(Lack::Strokes)))
}

/// Rows whose records are read at once, and how many there were before.
fn blocks<'a>(rows: &'a [u32], bytes: &dyn Fn(u32) -> u64) -> impl Iterator<Item = (usize, &'a [u32])> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let rest = rows.get(done..).filter(|rest| !rest.is_empty())?;
        let mut sum = 0_u64;
        let fitting = rest.iter().take_while(|&&row| {
            sum = sum.saturating_add(bytes(row).max(1));
            sum <= AT_ONCE
        });
        let some = rest.get(..fitting.count().max(1))?;
        done += some.len();
        Some((done - some.len(), some))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    const SETS: [&str; 9] = [
        r#"{"drawing":[[[1,2],[3,4]]]}"#,
        r#"{"key_id":"7","drawing":[ [[1.0, 2], [3, 40e-1]] ]}"#,
        r#"{"drawing":[[[1,2],[3,5]]]}"#,
        r#"{"drawing":[[[1,2],[3,4]]]}"#,
        r#"{"word":"octopus"}"#,
        "",
        r#"{"drawing":[[[1,2],[3,4]"#,
        r#"{"drawing":[[[1,2],[3,5]]]}"#,
        r#"{"drawing":[[[1,2],[3,6]]]}"#,
    ];

    fn found(rows: &[u32], hash: impl Fn(&Strokes) -> u64 + Sync) -> StrokeKinds {
        let read =
            |row: u32| -> Result<_, Cancelled> { Ok(SETS.get(row as usize).map(|line| line.as_bytes().to_vec())) };
        // As long as lines can be: each is read by itself.
        let lines = Lines { rows, bytes: &|row| if row == 3 { AT_ONCE * 2 } else { 40 }, read: &read };
        StrokeKinds::by(&lines, hash, Progress::NONE).unwrap()
    }

    #[test]
    fn groups_are_what_comparing_every_number_says_whatever_the_hash() {
        use StrokesAre::{Different, Same, SameInSome, Unknown};
        let rows: Vec<u32> = (0..10).collect();
        let keyed = RandomState::new();
        for found in [found(&rows, |strokes| keyed.hash_one(strokes)), found(&rows, |_| 7)] {
            for (group, expected) in [
                (&[0, 1, 3][..], Same),
                (&[0, 3], Same),
                (&[2, 7], Same),
                (&[0, 2], Different),
                (&[1, 2, 8], Different),
                (&[0, 1, 2], SameInSome),
                (&[0, 2, 7], SameInSome),
                (&[0, 3, 4], Unknown),
                (&[0, 5], Unknown),
                (&[6, 8], Unknown),
                (&[0, 9], Unknown),
            ] {
                assert_eq!(found.of_group(group), Some(expected), "{group:?}");
            }
            assert_eq!(found.of_group(&[0, 10]), None, "nobody asked about it");
            assert_eq!(found.lack_in(&[0, 3, 4]), Some((4, &Lack::Strokes)));
            assert_eq!((found.lacking().get(&5), found.lacking().get(&9)), (Some(&Lack::Record), Some(&Lack::Record)));
            assert!(found.lacking().get(&6).unwrap().to_string().starts_with("has a record that ends inside"));
            assert!(found.covers(&[0, 9]) && !found.covers(&[9, 10]));
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let read = |_: u32| Err(Cancelled);
        let lines = Lines { rows: &[0, 1], bytes: &|_| 1, read: &read };
        assert_eq!(StrokeKinds::of(&lines, Progress::NONE), Err(Cancelled));
    }

    #[test]
    fn blocks_hold_all_rows_and_no_more_bytes_than_are_read_at_once() {
        let rows = [3, 4, 5, 9, 11];
        let bytes = |row: u32| if row == 5 { AT_ONCE + 1 } else { AT_ONCE / 2 };
        let cut: Vec<(usize, Vec<u32>)> = blocks(&rows, &bytes).map(|(done, some)| (done, some.to_vec())).collect();
        assert_eq!(cut, [(0, vec![3, 4]), (2, vec![5]), (3, vec![9, 11])]);
    }
}
