//! The nearest rows of numbers against all of them compared in f64.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;

/// Numbers that look random, −1 to 1.
fn random(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1 << 30) - 1.0
    })
}

/// All rows compared, and sorted.
fn naive(metric: Metric, width: usize, values: &[f64], of: &[f64], own: Option<u32>, k: usize) -> Vec<Near> {
    let length = |row: &[f64]| sum(row, row, |a, b| a * b).sqrt();
    let is_fine = |row: &[f64]| length(row) <= 1e100 && (metric == Metric::Euclid || length(row) >= 1e-100);
    if !is_fine(of) {
        return Vec::new();
    }
    let others = (0..).zip(values.chunks_exact(width)).filter(|&(row, other)| own != Some(row) && is_fine(other));
    let mut all: Vec<Near> = others
        .map(|(row, other)| Near { row, nearness: nearness(metric, of, other, (length(of), length(other))) })
        .collect();
    all.sort_by(|a, b| b.nearness.total_cmp(&a.nearness).then(a.row.cmp(&b.row)));
    all.truncate(k);
    all
}

#[test]
fn the_nearest_are_those_of_all_rows_compared_in_f64() {
    for (width, rows) in [(1, 300), (3, 500), (24, 2_000), (300, 400)] {
        let mut values: Vec<f64> = random(width as u64).take(width * rows).collect();
        // Rows that are alike, and rows a hair apart: bounds cannot tell them.
        for i in 0..rows / 4 {
            let (from, to) = (i * width, (rows / 2 + i) * width);
            values.copy_within(from..from + width, to);
            values[to] += if i % 3 == 0 { 0.0 } else { 1e-13 * i as f64 };
        }
        for (row, bad) in [(7, f64::NAN), (8, f64::INFINITY), (9, -1e300)] {
            values[row * width + width / 2] = bad;
        }
        values[10 * width..12 * width].fill(0.0);
        values[12 * width..13 * width].fill(1e-120);
        for metric in [Metric::Cosine, Metric::Euclid] {
            let set = Embedding::new(metric, width, Values::F64(values.clone()), Progress::NONE).unwrap();
            assert_eq!(set.missing(), if metric == Metric::Cosine { 6 } else { 3 });
            for row in (0..rows as u32).step_by(37).chain(7..13) {
                let own = &values[row as usize * width..][..width];
                for k in [1, 5, rows] {
                    let expected = naive(metric, width, &values, own, Some(row), k);
                    assert_eq!(set.nearest(OfValues::Row(row), k), expected, "{metric:?}, {width} wide, row {row}");
                }
            }
            let other: Vec<f64> = random(99).take(width).collect();
            assert_eq!(
                set.nearest(OfValues::Values(&other), 9),
                naive(metric, width, &values, &other, None, 9),
                "{metric:?}"
            );
        }
    }
}

#[test]
fn the_same_numbers_of_32_and_64_bits_are_equally_near() {
    let short: Vec<f32> = random(5).take(16 * 200).map(|value| value as f32).collect();
    let long = short.iter().map(|&value| f64::from(value)).collect();
    let short = Embedding::new(Metric::Cosine, 16, Values::F32(short), Progress::NONE).unwrap();
    let long = Embedding::new(Metric::Cosine, 16, Values::F64(long), Progress::NONE).unwrap();
    for row in 0..200 {
        assert_eq!(short.nearest(OfValues::Row(row), 5), long.nearest(OfValues::Row(row), 5));
    }
}

#[test]
fn what_is_no_set_of_rows_is_refused_and_what_is_no_row_has_no_neighbours() {
    let make = |width, count| {
        Embedding::new(Metric::Euclid, width, Values::F32(vec![1.0; count]), Progress::NONE).map(|set| set.rows())
    };
    assert_eq!(make(0, 0), Err(EmbeddingError::Width(0)));
    assert_eq!(make(1 << 20, 0), Err(EmbeddingError::Width(1 << 20)));
    assert_eq!(make(3, 10), Err(EmbeddingError::Length { values: 10, width: 3 }));
    assert_eq!(make(3, 0), Ok(0));
    let set = Embedding::new(Metric::Euclid, 2, Values::F32(vec![1.0; 4]), Progress::NONE).unwrap();
    assert!(set.nearest(OfValues::Row(2), 1).is_empty() && set.is_missing(2));
    assert!(set.nearest(OfValues::Values(&[1.0]), 1).is_empty());
    assert!(set.nearest(OfValues::Values(&[1.0, f64::NAN]), 1).is_empty());
    assert!(set.nearest(OfValues::Row(0), 0).is_empty());
    assert_eq!(set.nearest(OfValues::Row(0), 9), [Near { row: 1, nearness: 0.0 }]);
}

#[test]
fn codes_keep_who_is_nearest_and_leave_out_what_is_missing() {
    for width in [8, 700] {
        // 40 middles, and rows about them.
        let middles: Vec<f64> = random(3).take(40 * width).collect();
        let mut values: Vec<f32> = (0..400)
            .flat_map(|row| middles[row % 40 * width..][..width].to_vec())
            .zip(random(4))
            .map(|(value, off)| (value + 0.05 * off) as f32)
            .collect();
        values[3 * width] = f32::NAN;
        let set = Embedding::new(Metric::Cosine, width, Values::F32(values), Progress::NONE).unwrap();
        let codes = set.codes(Progress::NONE).unwrap();
        assert!(codes.rows() == 400 && codes.is_blank(3) && !codes.is_blank(4));
        let found = crate::likeness::query::nearest(&codes, crate::likeness::query::Of::Row(44), 9);
        assert!(found.iter().all(|neighbour| neighbour.row % 40 == 4), "{width} wide: {found:?}");
    }
}
