//! Drawings that are equal byte for byte, and those that are blank.

use super::Drawings;
use crate::progress::{Cancelled, Progress, sorted_by};
use rayon::prelude::*;
use serde::Serialize;
use std::hash::{BuildHasher, RandomState};

/// How much of the work it is to read all drawings, and to sort what is known of them.
const READ: f64 = 0.7;
const SORTED: f64 = 0.8;

/// Equal drawings and blank ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exact {
    /// Rows whose drawings are equal, two at least in a group: ascending in each, and the groups by their first row.
    pub groups: Vec<Vec<u32>>,
    /// Rows all of whose pixels have one value, ascending; they are in no group.
    pub blank: Vec<u32>,
}

impl Exact {
    /// What [`group_of`](Self::group_of) says of a row that is in no group.
    pub const NONE: u32 = u32::MAX;

    /// The group of each of so many rows.
    pub fn group_of(&self, rows: u32) -> Vec<u32> {
        let mut group_of = vec![Self::NONE; rows as usize];
        for (number, group) in (0..).zip(&self.groups) {
            for &row in group {
                if let Some(of) = group_of.get_mut(row as usize) {
                    *of = number;
                }
            }
        }
        group_of
    }
}

/// Finds drawings that are equal, and those that are blank.
///
/// A line of a drawing is `width` bytes here, of which `pixel_bytes` are a pixel: 1 of ink, 4 of colour.
///
/// It reads all of them in blocks of 4 MiB, and those whose hashes are equal once more, to compare the bytes: the hash decides
/// nothing. It is keyed anew each time, so that nobody can make a file whose drawings all have the same one. Takes 16 bytes a row,
/// 32 while it sorts.
///
/// Fails where drawings cannot be read, or where it is given up.
pub fn exact<E: From<Cancelled>>(
    drawings: &Drawings<'_, E>,
    pixel_bytes: u32,
    progress: Progress<'_>,
) -> Result<Exact, E> {
    let keyed = RandomState::new();
    equal_by(drawings, pixel_bytes, |drawing| keyed.hash_one(drawing), progress)
}

/// [`exact`] by any hash.
fn equal_by<E: From<Cancelled>>(
    drawings: &Drawings<'_, E>,
    pixel_bytes: u32,
    hash: impl Fn(&[u8]) -> u64 + Sync,
    progress: Progress<'_>,
) -> Result<Exact, E> {
    let pixels = drawings.pixels().max(1);
    let mut blank = Vec::new();
    let mut hashed: Vec<(u64, u32)> = Vec::new();
    let mut ink = Vec::new();
    let all: Vec<u32> = (0..drawings.rows).collect();
    for (at, rows) in all.chunks(drawings.at_once()).enumerate() {
        progress.part(0.0, READ).reach((at * drawings.at_once()) as f64 / all.len() as f64)?;
        drawings.read_into(rows, &mut ink)?;
        let hashes: Vec<Option<u64>> =
            ink.par_chunks(pixels).map(|drawing| (!is_even(drawing, pixel_bytes)).then(|| hash(drawing))).collect();
        for (&row, hash) in rows.iter().zip(hashes) {
            match hash {
                Some(hash) => hashed.push((hash, row)),
                None => blank.push(row),
            }
        }
    }
    drop(all);
    let hashed = sorted_by(hashed, Ord::cmp, progress.part(READ, SORTED))?;
    let same: Vec<&[(u64, u32)]> = hashed.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1).collect();
    let groups = verified(drawings, &same, progress.part(SORTED, 1.0))?;
    progress.reach(1.0)?;
    Ok(Exact { groups, blank })
}

/// The groups of rows whose bytes are equal, out of runs whose hashes are.
fn verified<E: From<Cancelled>>(
    drawings: &Drawings<'_, E>,
    same: &[&[(u64, u32)]],
    progress: Progress<'_>,
) -> Result<Vec<Vec<u32>>, E> {
    let pixels = drawings.pixels().max(1);
    let (mut groups, mut ink, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (at, run) in same.iter().enumerate() {
        // The first drawing of each kind: one, unless hashes are equal by chance.
        let mut kinds: Vec<(Vec<u8>, Vec<u32>)> = Vec::new();
        for some in run.chunks(drawings.at_once()) {
            progress.reach(at as f64 / same.len() as f64)?;
            rows.clear();
            rows.extend(some.iter().map(|&(_, row)| row));
            drawings.read_into(&rows, &mut ink)?;
            for (&row, drawing) in rows.iter().zip(ink.chunks(pixels)) {
                match kinds.iter_mut().find(|(first, _)| first == drawing) {
                    Some((_, group)) => group.push(row),
                    None => kinds.push((drawing.to_vec(), vec![row])),
                }
            }
        }
        groups.extend(kinds.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1));
    }
    groups.sort_unstable_by_key(|group| group.first().copied());
    Ok(groups)
}

/// Whether all pixels have one value.
fn is_even(drawing: &[u8], pixel_bytes: u32) -> bool {
    // Each is the one before it.
    let pixel = pixel_bytes as usize;
    drawing.get(pixel..).is_none_or(|rest| drawing.get(..rest.len()) == Some(rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::drawings::tests::{Failed, with};
    use crate::likeness::sorted::random::Random;

    /// Drawings of 2 × 3 pixels of few values, so that many are equal and some blank.
    fn few(rows: usize, seed: u64) -> Vec<u8> {
        let mut random = Random::new(seed, 0);
        (0..rows * 6).map(|_| if random.below(3) == 0 { 9 } else { 0 }).collect()
    }

    /// Every drawing compared with every other.
    fn plainly(values: &[u8]) -> Exact {
        let drawings: Vec<&[u8]> = values.chunks(6).collect();
        let mut found = Exact::default();
        for (row, drawing) in (0_u32..).zip(&drawings) {
            if drawing.iter().all(|value| value == &drawing[0]) {
                found.blank.push(row);
            } else if drawings.iter().position(|other| other == drawing) == Some(row as usize) {
                let equal = (0_u32..).zip(&drawings).filter(|(_, other)| *other == drawing);
                found.groups.push(equal.map(|(row, _)| row).collect());
            }
        }
        found.groups.retain(|group| group.len() > 1);
        found
    }

    #[test]
    fn groups_and_blanks_are_those_of_a_plain_comparison_whatever_the_hash() {
        for (rows, seed) in [(0, 1), (1, 2), (2, 3), (90, 4), (400, 5)] {
            let values = few(rows, seed);
            let expected = plainly(&values);
            assert_eq!(rows < 3, expected.groups.is_empty(), "the set has something to find");
            with(&values, (2, 3), |drawings| {
                assert_eq!(exact(drawings, 1, Progress::NONE).unwrap(), expected);
                let hashes: [fn(&[u8]) -> u64; 2] = [|_| 7, |drawing| u64::from(drawing[0])];
                for hash in hashes {
                    assert_eq!(
                        equal_by(drawings, 1, hash, Progress::NONE).unwrap(),
                        expected,
                        "what collides is told apart"
                    );
                }
            });
        }
    }

    #[test]
    fn pictures_of_one_colour_are_blank_and_those_of_one_value_need_not_be() {
        let pictures: [[u8; 16]; 4] = [
            [1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 255],
            [1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 254],
            [1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 255, 1, 2, 3, 254],
            [7; 16],
        ];
        with(&pictures.concat(), (8, 2), |drawings| {
            let expected = Exact { groups: vec![vec![1, 2]], blank: vec![0, 3] };
            assert_eq!(exact(drawings, 4, Progress::NONE).unwrap(), expected);
        });
        assert!(is_even(&[], 4) && is_even(&[1, 2, 3, 4], 4));
    }

    #[test]
    fn each_row_knows_its_group() {
        let found = Exact { groups: vec![vec![1, 4], vec![2, 3]], blank: vec![0] };
        assert_eq!(found.group_of(6), [Exact::NONE, 0, 1, 1, 0, Exact::NONE]);
        assert_eq!(found.group_of(2), [Exact::NONE, 0], "rows that do not exist are left out");
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let read = |_: &[u32], _: &mut [u8]| Err(Failed::Read);
        let drawings = Drawings { rows: 3, width: 2, height: 2, read: &read };
        assert_eq!(exact(&drawings, 1, Progress::NONE), Err(Failed::Read));
    }
}
