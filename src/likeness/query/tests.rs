//! The nearest rows against all of them compared one by one.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;

/// Codes that look random, with rows that are equal, rows that are nearly so and blank ones.
pub(crate) fn some_codes(rows: usize, width: usize) -> Codes {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut values: Vec<i8> = (0..rows * width).map(|_| (random() % 255) as u8 as i8).map(|v| v.max(-127)).collect();
    for _ in 0..rows / 3 {
        let (from, to) = (random() % rows, random() % rows);
        values.copy_within(from * width..(from + 1) * width, to * width);
        values[to * width] = (random() % 3) as i8;
    }
    for _ in 0..rows / 10 {
        let row = random() % rows;
        values[row * width..(row + 1) * width].fill(0);
    }
    Codes::new(width, values).unwrap()
}

/// What [`nearest`] promises, word by word.
pub(crate) fn naive(codes: &Codes, code: &[i8], own: Option<u32>, k: usize) -> Vec<Neighbour> {
    let similarity = |row| {
        let products = codes.row(row).unwrap().iter().zip(code).map(|(&a, &b)| i32::from(a) * i32::from(b));
        products.sum()
    };
    let others = (0..codes.rows()).filter(|&row| own != Some(row) && codes.row(row).unwrap().iter().any(|&v| v != 0));
    let mut all: Vec<_> = others.map(|row| Neighbour { row, similarity: similarity(row) }).collect();
    all.sort_by_key(|neighbour| (Reverse(neighbour.similarity), neighbour.row));
    all.truncate(if code.iter().any(|&v| v != 0) { k } else { 0 });
    all
}

#[test]
fn the_nearest_are_those_of_all_rows_compared() {
    for (rows, width) in [(1, 64), (2, 64), (63, 1), (300, 7), (3_000, 64), (9_000, 64), (500, 130)] {
        let codes = some_codes(rows, width);
        for row in (0..rows as u32).step_by(rows.div_ceil(15)) {
            for k in [0, 1, 15, 90, rows + 3] {
                let expected = naive(&codes, codes.row(row).unwrap(), Some(row), k);
                assert_eq!(nearest(&codes, Of::Row(row), k), expected, "{k} of row {row} of {rows}, {width} wide");
            }
        }
        let other: Vec<i8> = (0..width).map(|i| (i * 37 % 255) as u8 as i8).map(|v| v.max(1)).collect();
        assert_eq!(nearest(&codes, Of::Code(&other), 20), naive(&codes, &other, None, 20));
    }
}

#[test]
fn rows_that_are_all_equal_come_in_their_order() {
    let codes = Codes::new(64, vec![3; 64 * 40_000]).unwrap();
    let found = nearest(&codes, Of::Row(2), 5);
    assert!(found.iter().map(|neighbour| neighbour.row).eq([0, 1, 3, 4, 5]));
    assert!(found.iter().all(|neighbour| neighbour.similarity == 9 * 64));
}

#[test]
fn what_cannot_be_compared_has_no_neighbours() {
    let mut values = vec![1; 64 * 3];
    values[64..128].fill(0);
    let codes = Codes::new(64, values).unwrap();
    assert!(nearest(&codes, Of::Row(1), 5).is_empty(), "blank");
    assert!(nearest(&codes, Of::Row(3), 5).is_empty() && nearest(&codes, Of::Row(u32::MAX), 5).is_empty());
    assert!(nearest(&codes, Of::Code(&[1; 63]), 5).is_empty() && nearest(&codes, Of::Code(&[0; 64]), 5).is_empty());
    assert_eq!(nearest(&codes, Of::Row(0), 5), [Neighbour { row: 2, similarity: 64 }]);
    let none = Codes::new(64, Vec::new()).unwrap();
    assert!(nearest(&none, Of::Code(&[1; 64]), 5).is_empty());
}

#[test]
fn keys_stand_for_similarity_then_row() {
    for (similarity, row) in [(0, 0), (-1, u32::MAX - 1), (i32::MAX, 7), (i32::MIN + 1, 3)] {
        assert_eq!(of_key(key(similarity, row)), Neighbour { row, similarity });
        assert!(key(similarity, row) > key(similarity, row + 1) && key(similarity, row) > key(similarity - 1, 0));
    }
}

#[test]
fn no_number_of_threads_changes_them() {
    let codes = some_codes(30_000, 64);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (0..20).map(|row| nearest(&codes, Of::Row(row * 700), 33)).collect::<Vec<_>>())
    };
    assert_eq!(with(1), with(4));
}
