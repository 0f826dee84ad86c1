//! Two groups that differ at known pixels, and two that do not.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::drawings::tests::{Failed, with};
use crate::likeness::sorted::random::Random;
use crate::progress::Watcher;

impl From<SideError> for Failed {
    fn from(error: SideError) -> Self {
        match error {
            SideError::Cancelled(_) => Self::Cancelled,
            error => Self::Side(error),
        }
    }
}

const PIXELS: usize = 30;
/// Where every fourth row has more ink, and where nobody has any.
const MORE: usize = 7;
const NONE: usize = 11;

fn noise(rows: usize, more: u64) -> Vec<u8> {
    let mut random = Random::new(2, 2);
    let value = |at: usize, random: &mut Random| match at % PIXELS {
        NONE => 0,
        MORE if (at / PIXELS).is_multiple_of(4) => 200 + random.below(56) as u64 * more / 55,
        _ => random.below(256) as u64,
    };
    (0..rows * PIXELS).map(|at| value(at, &mut random) as u8).collect()
}

fn fourths(rows: u32) -> [Vec<u32>; 2] {
    // In no order: it counts for nothing.
    (0..rows).rev().filter(|row| row % 3 != 1).partition::<Vec<u32>, _>(|row| row % 4 == 0).into()
}

fn compared(values: &[u8], groups: [&[u32]; 2], test: &Test) -> Result<SideBySide, Failed> {
    let codes: Vec<i8> =
        values.chunks(PIXELS).flat_map(|drawing| [(drawing[0] / 2) as i8, (drawing[1] / 2) as i8]).collect();
    let codes = Codes::new(2, codes).unwrap();
    with(values, (6, 5), |drawings| side_by_side(drawings, &codes, groups, test, Progress::NONE))
}

#[test]
fn sums_are_exact_and_only_pixels_that_differ_survive() {
    let rows = 1_500;
    let values = noise(rows as usize, 55);
    let [first, second] = fourths(rows);
    let found = compared(&values, [&first, &second], &Test::default()).unwrap();
    for (side, rows) in found.sides.iter().zip([&first, &second]) {
        for at in 0..PIXELS {
            let sum: u64 = rows.iter().map(|&row| u64::from(values[row as usize * PIXELS + at])).sum();
            assert_eq!(side.ink[at], sum);
            assert_eq!(side.mean().nth(at), Some(sum as f64 / rows.len() as f64));
        }
        assert_eq!(side.rows as usize, rows.len());
        assert!(side.medoid.is_some_and(|row| rows.contains(&row)));
    }
    for (at, &p) in found.p.iter().enumerate() {
        assert_eq!(p <= 0.05, at == MORE, "pixel {at}: {p}");
    }
    assert_eq!((found.p[MORE], found.p[NONE]), (1.0 / 501.0, 1.0));
}

#[test]
fn of_many_pairs_of_groups_that_do_not_differ_few_have_a_pixel_that_survives() {
    let values = noise(120, 55);
    let mut found = 0;
    for seed in 0..200 {
        // Groups that have nothing to do with who has more ink.
        let mut rows: Vec<u32> = (0..120).collect();
        Random::new(seed, 77).shuffle(&mut rows);
        let (first, second) = rows.split_at(30);
        let test = Test { permutations: 99, seed };
        found += u32::from(compared(&values, [first, second], &test).unwrap().p.iter().any(|&p| p <= 0.05));
    }
    // 10 are expected: 20 or more come once in 400 times, none once in 20,000 times.
    assert!((1..20).contains(&found), "{found}");
}

#[test]
fn p_is_that_of_all_ways_to_deal_out_few_rows() {
    // Six rows: 20 ways, which 20,000 permutations meet about 1,000 times each.
    let mut values = noise(6, 55);
    for row in 0..6 {
        values[row * PIXELS + 3] = row as u8 + if row < 3 { 240 } else { 0 };
    }
    let column = |at: usize| -> Vec<f64> { (0..6).map(|row| f64::from(values[row * PIXELS + at])).collect() };
    let t = |set: u32, at: usize| -> f64 {
        let column = column(at);
        let mean = column.iter().sum::<f64>() / 6.0;
        let deviation = column.iter().map(|value| (value - mean).powi(2)).sum::<f64>().sqrt();
        let of = (0..6).filter(|row| set >> row & 1 == 1).map(|row| column[row] - mean).sum::<f64>();
        if deviation > 0.0 { of.abs() / deviation } else { 0.0 }
    };
    let most: Vec<f64> = (0_u32..64)
        .filter(|set| set.count_ones() == 3)
        .map(|set| (0..PIXELS).map(|at| t(set, at)).fold(0.0, f64::max))
        .collect();
    let found = compared(&values, [&[0, 1, 2], &[3, 4, 5]], &Test { permutations: 20_000, seed: 3 }).unwrap();
    for (at, p) in found.p.iter().enumerate() {
        let expected = most.iter().filter(|&&most| most >= t(0b111, at) - 1e-9).count() as f64 / 20.0;
        assert!((p - expected).abs() < 0.015, "pixel {at}: {p} {expected}");
    }
}

#[test]
fn threads_change_nothing_and_bad_groups_are_errors() {
    let values = noise(700, 55);
    let [first, second] = fourths(700);
    let test = Test { permutations: 40, seed: 8 };
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| compared(&values, [&first, &second], &test).unwrap())
    };
    assert_eq!(of(1), of(3));
    let failed = |groups: [&[u32]; 2]| compared(&values, groups, &test);
    assert_eq!(failed([&[], &[1]]), Err(Failed::Side(SideError::Empty)));
    assert_eq!(failed([&[3, 4], &[5, 4]]), Err(Failed::Side(SideError::Row(4))));
    assert_eq!(failed([&[3, 3], &[5]]), Err(Failed::Side(SideError::Row(3))));
    assert_eq!(failed([&[3], &[700]]), Err(Failed::Side(SideError::Row(700))));
    let codes = Codes::new(1, vec![1; 700]).unwrap();
    with(&values, (6, 5), |drawings| {
        let watcher = Watcher::new(&|| false, &|_| ());
        let given_up = side_by_side(drawings, &codes, [&first, &second], &test, watcher.progress());
        assert_eq!(given_up, Err(Failed::Cancelled));
    });
    let read = |_: &[u32], _: &mut [u8]| Err(Failed::Read);
    let large = |width| Drawings { rows: 700, width, height: 64, read: &read };
    let of = |width| side_by_side(&large(width), &codes, [&first, &second], &test, Progress::NONE);
    assert_eq!(of(65), Err(Failed::Side(SideError::Pixels(65 * 64))));
    assert_eq!(of(64), Err(Failed::Read));
}
