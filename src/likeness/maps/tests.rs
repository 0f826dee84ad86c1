//! Sets for tests of maps, and the map that costs nothing.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::sorted::random::Random;

/// Heaps that there are.
const HEAPS: usize = 12;

/// Codes around a few centres.
pub(super) fn heaps(rows: usize, width: usize) -> Codes {
    let mut random = Random::new(1, 7);
    let centres: Vec<i8> = (0..HEAPS * width).map(|_| random.below(160) as i32 - 80).map(|at| at as i8).collect();
    let near = |row: usize, random: &mut Random| -> Vec<i8> {
        let centre = &centres[row % HEAPS * width..][..width];
        centre.iter().map(|&at| (i32::from(at) + random.below(50) as i32 - 25) as i8).map(|at| at.max(-127)).collect()
    };
    Codes::new(width, (0..rows).flat_map(|row| near(row, &mut random)).collect()).unwrap()
}

/// The heaps of these rows.
pub(super) fn labels(rows: u32) -> Vec<u32> {
    (0..rows).map(|row| row % HEAPS as u32).collect()
}

#[test]
fn the_plain_map_is_the_first_two_columns_with_blank_rows_beside_it() {
    let map = pca(&Codes::new(3, vec![1, 2, 3, 0, 0, 0, -4, 5, 0]).unwrap());
    assert_eq!([map[0], map[2]], [[1.0, 2.0], [-4.0, 5.0]]);
    assert!(map[1][0] > 1.0);
    assert_eq!(pca(&Codes::new(1, vec![7]).unwrap()), [[7.0, 0.0]]);
    assert!(pca(&Codes::new(2, Vec::new()).unwrap()).is_empty());
}
