//! Means by stroke and the median drawing, held against cairo and numpy (`by_stroke.py`).

use inkfield::data::ndjson::DrawingReader;
use inkfield::likeness::apart::{APART, Packer, StrokesApart};
use inkfield::likeness::ink_counts::InkCounts;

const RECORDS: &str = include_str!("expected/drawn.ndjson");
const BITMAPS: &[u8] = include_bytes!("expected/drawn-28.npy");
/// Seven pictures of 16 bits: sums of the first six strokes, twice the median.
const EXPECTED: &[u8] = include_bytes!("expected/by_stroke.npy");
const PIXELS: usize = 28 * 28;

fn expected() -> Vec<Vec<u16>> {
    let values = &EXPECTED[EXPECTED.len() - 7 * PIXELS * 2..];
    let values: Vec<u16> = values.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    values.chunks_exact(PIXELS).map(<[u16]>::to_vec).collect()
}

#[test]
fn sums_of_strokes_are_those_of_cairo() {
    let (mut packer, mut reader, mut apart) = (Packer::new(28), DrawingReader::default(), StrokesApart::new(28));
    for line in RECORDS.lines() {
        assert!(apart.push(&packer.pack(reader.read(line.as_bytes()).unwrap().unwrap())));
    }
    let (sums, without) = apart.sums(&(0..10).collect::<Vec<_>>());
    assert_eq!(without, 0);
    // As they can be counted in the file: 3, 5, 1, 6, 3, 3, 1, 5, 6, 3 strokes.
    assert_eq!(sums.iter().map(|part| part.rows).collect::<Vec<_>>(), [10, 8, 8, 4, 4, 2, 0]);
    for (number, (part, expected)) in sums.iter().zip(&expected()[..APART]).enumerate() {
        let apart: u64 = part.sums.iter().zip(expected).map(|(sum, &expected)| sum.abs_diff(expected.into())).sum();
        // As close as whole drawings come to the published ones: 0.3 of 255 a pixel and drawing.
        let mean = apart as f64 / (PIXELS as f64 * f64::from(part.rows));
        assert!(mean <= 0.3, "stroke {}: {mean}", number + 1);
        assert!(part.sums.iter().any(|&sum| sum > 0));
    }
}

#[test]
fn the_median_is_that_of_numpy() {
    let mut counts = InkCounts::new(28, 28).unwrap();
    BITMAPS[BITMAPS.len() - 10 * PIXELS..].chunks_exact(PIXELS).for_each(|bitmap| counts.add(bitmap));
    assert_eq!(counts.median_doubled(), expected()[6]);
    assert!(expected()[6].iter().any(|&ink| ink > 0), "nothing is drawn");
}
