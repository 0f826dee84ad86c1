//! Unit tests of measuring: how little is counted, and what a wrong guess leads to.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::data::dataset::OpenOptions;
use crate::data::file::FileFault;
use crate::data::source::{ImageFault, MemoryImages};

/// Drawings of 28 × 28.
const DRAWING: usize = 784;

/// A set whose row r holds `row(r)`.
fn set(rows: usize, row: impl Fn(usize) -> [u8; DRAWING]) -> Dataset {
    let values: Vec<u8> = (0..rows).flat_map(row).collect();
    assert!(values.len() > SAMPLE_BYTES);
    let source = MemoryImages::new(28, 28, values).unwrap();
    Dataset::of_source("set", Box::new(source), &OpenOptions::default()).unwrap()
}

/// One pass in pieces of `rows`: whether another is needed, the bytes that were counted, and the sum of all ink.
fn pass(measure: &mut Measure<'_>, rows: u32) -> (bool, u64, u64) {
    let (mut counted, mut sum) = (0, 0);
    let all = measure.dataset.rows();
    let table = measure.map().table();
    for first in (0..all).step_by(rows as usize) {
        let mut ink = vec![0; rows.min(all - first) as usize * DRAWING];
        measure.dataset.read_rows(first, &mut ink).unwrap();
        let counts = measure.count(first, &ink);
        table.apply(&mut ink);
        counted += counts.iter().map(|(_, tally)| tally.total()).sum::<u64>();
        sum += ink.iter().map(|&ink| u64::from(ink)).sum::<u64>();
        if measure.add(first, counts) {
            return (true, counted, sum);
        }
    }
    (measure.end(), counted, sum)
}

/// All values, evenly.
fn ordinary(row: usize) -> [u8; DRAWING] {
    std::array::from_fn(|i| (i * 7 + row) as u8)
}

#[test]
fn little_is_counted_of_ordinary_drawings_and_nothing_the_second_time() {
    let dataset = set(4000, ordinary);
    let mut measure = Measure::start(&dataset, &|_| true).unwrap();
    let (again, counted, _) = pass(&mut measure, 100);
    // Each value is one in 256: 0.01 % of all are reached after 2.6 % of them: within two pieces.
    assert!(!again && counted <= dataset.bytes() / 16, "{counted} of {}", dataset.bytes());
    assert_eq!(dataset.measured().unwrap().map, ValueMap::default());
    let mut measure = Measure::start(&dataset, &|_| true).unwrap();
    assert_eq!(pass(&mut measure, 100).1, 0, "what is known is not measured again");
}

#[test]
fn a_wrong_guess_is_put_right_by_a_second_pass() {
    // Rows between those that the sample sees hold what decides.
    let unseen = |row: usize| row % 128 > 95 && row % 128 < 115;
    let mask = |row: usize, other: u8| -> [u8; DRAWING] {
        std::array::from_fn(|i| if unseen(row) { other } else { u8::from(i % 3 == 0) })
    };
    for (other, right) in [(3, 3.0), (200, 255.0)] {
        let dataset = set(2000, |row| mask(row, other));
        let mut measure = Measure::start(&dataset, &|_| true).unwrap();
        assert_eq!(measure.map().range.high, 1.0, "the guess");
        let (again, first, _) = pass(&mut measure, 100);
        assert!(again && measure.map().range.high == right);
        let (again, second, sum) = pass(&mut measure, 100);
        assert!(!again && first + second <= dataset.bytes(), "nothing is counted twice");
        let map = dataset.measured().unwrap().map;
        assert_eq!((map.range.low, map.range.high), (0.0, right));
        let mut ink = vec![0; dataset.bytes() as usize];
        dataset.read_ink(0, &mut ink, &map.table()).unwrap();
        assert_eq!(sum, ink.iter().map(|&ink| u64::from(ink)).sum::<u64>());
    }
}

#[test]
fn counting_everything_says_the_same_as_loading() {
    let dataset = set(2000, |row| std::array::from_fn(|i| ((i * row) % 5) as u8));
    let mut heard = 0;
    let (tally, measured) = dataset.count_values(&mut |rows| heard = rows).unwrap();
    assert_eq!((heard, tally.unwrap().total()), (2000, dataset.bytes()));
    assert!(dataset.measured().is_none());
    pass(&mut Measure::start(&dataset, &|_| true).unwrap(), 77);
    assert_eq!(dataset.measured(), Some(&measured));
    assert_eq!(measured.map.range, ValueRange { low: 0.0, high: 4.0 });
}

#[test]
fn looking_at_all_values_says_how_far_it_is_and_can_be_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("floats.npy");
    // Two values beyond 0 to 255, so that all are looked at twice.
    let floats =
        ndarray::Array3::from_shape_fn((2000, 28, 28), |(row, y, x)| ((row + 31 * y + x) % 999) as f32 - 300.0);
    ndarray_npy::write_npy(&path, &floats).unwrap();
    let dataset = Dataset::open(&[path], &OpenOptions::default()).unwrap();
    assert_eq!(dataset.looked_at(), None);
    let heard = std::sync::Mutex::new(Vec::new());
    let given_up = Measure::start(&dataset, &|part| {
        heard.lock().unwrap().push((part, dataset.looked_at()));
        part < 0.6
    });
    let Err(OpenError::Images(error)) = given_up else { unreachable!("{given_up:?}") };
    assert!(matches!(error.fault, ImageFault::File(FileFault::Cancelled)), "{error:?}");
    let heard = heard.into_inner().unwrap();
    assert!(heard.len() > 10 && heard.iter().all(|(part, looked)| (0.0..1.0).contains(part) && looked.is_some()));
    assert!(heard.iter().any(|(part, _)| *part < 0.1) && heard.iter().any(|(part, _)| *part >= 0.6));
    assert_eq!(dataset.looked_at(), None);
    // Whoever asks again finds it out.
    let map = Measure::start(&dataset, &|_| true).unwrap().map();
    assert!(map.in_reading && map.range.low < -290.0 && map.range.high > 690.0, "{map:?}");
    assert!(Measure::start(&dataset, &|_| false).is_ok(), "nothing is looked at twice");
}
