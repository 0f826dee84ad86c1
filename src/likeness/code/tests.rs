//! Codes as a whole: what is like what, whatever the order, the size and the number of threads.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::query::{Of, nearest};

/// A line through the drawing's middle at an angle (in 64ths of a turn), and how far it is moved, pixels.
fn line(angle: u32, off: f64, side: u32) -> Vec<u8> {
    let (sin, cos) = (f64::from(angle) / 64.0 * std::f64::consts::TAU).sin_cos();
    let middle = f64::from(side) / 2.0;
    let pixel = |i: u32| {
        let (x, y) = (f64::from(i % side) + 0.5 - middle, f64::from(i / side) + 0.5 - middle);
        let apart = ((x * sin - y * cos) * 28.0 / f64::from(side) - off).abs();
        ((2.0 - apart).clamp(0.0, 1.0) * 255.0) as u8
    };
    (0..side * side).map(pixel).collect()
}

/// Lines of 32 angles and 9 places each.
fn lines(side: u32) -> Vec<u8> {
    (0..32 * 9).flat_map(|i| line(i / 9, f64::from(i % 9) - 4.0, side)).collect()
}

fn codes_of(measure: Measure, drawings: &[u8], side: u32) -> (CodeMaker, Codes) {
    let maker = CodeMaker::fit(measure, (side, side), drawings, Progress::NONE).unwrap();
    let mut codes = vec![1; drawings.len() / (side * side) as usize * WIDTH];
    maker.encode(drawings, &mut codes).unwrap();
    (maker, Codes::new(WIDTH, codes).unwrap())
}

#[test]
fn a_drawing_by_itself_of_any_size_has_the_code_it_has_among_others() {
    for measure in [Measure::Direction, Measure::Ink] {
        let (maker, codes) = codes_of(measure, &lines(28), 28);
        assert_eq!(maker.measure(), measure);
        for row in [0, 17, 287] {
            let drawing = &lines(28)[row * 784..][..784];
            assert_eq!(maker.encode_one(drawing, 28, 28).unwrap()[..], *codes.row(row as u32).unwrap());
            let twice: Vec<u8> = (0..56 * 56).map(|i| drawing[i / 56 / 2 * 28 + i % 56 / 2]).collect();
            assert_eq!(maker.encode_one(&twice, 56, 56).unwrap()[..], *codes.row(row as u32).unwrap());
        }
        let found = nearest(&codes, Of::Code(&maker.encode_one(&line(20, 0.4, 112), 112, 112).unwrap()), 1);
        assert_eq!(found[0].row, 20 * 9 + 4, "{measure:?}: the same angle, and the nearest place");
        assert!(Codes::cosine(found[0].similarity) > 0.9 && Codes::cosine(found[0].similarity) < 1.05);
    }
}

#[test]
fn neither_the_number_of_threads_nor_the_blocks_change_a_code() {
    for measure in [Measure::Direction, Measure::Ink] {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| codes_of(measure, &lines(28), 28))
        };
        let (maker, codes) = with(1);
        assert_eq!(codes, with(3).1);
        let mut own = vec![0; codes.values().len()];
        for (drawings, codes) in lines(28).chunks(784 * 7).zip(own.chunks_mut(WIDTH * 7)) {
            maker.encode(drawings, codes).unwrap();
        }
        assert_eq!(own, codes.values());
    }
}

#[test]
fn a_drawing_is_coded_by_its_pixels_alone_wherever_it_stands() {
    let (maker, codes) = codes_of(Measure::Direction, &lines(28), 28);
    let turned: Vec<u8> = lines(28).chunks(784).rev().flatten().copied().collect();
    let mut own = vec![0; codes.values().len()];
    maker.encode(&turned, &mut own).unwrap();
    assert!(own.chunks(WIDTH).rev().flatten().eq(codes.values()));
}

#[test]
fn no_processor_changes_a_value() {
    for measure in [Measure::Direction, Measure::Ink] {
        let drawings = lines(28);
        // Called from here, the same lines of code are compiled for the oldest processor.
        let resampler = Resampler::new(28, 28).unwrap();
        let mut own = vec![0.0; measure.values()];
        let mut all = Sample::new(measure, 28, 28).unwrap();
        all.add(&drawings).unwrap();
        for (drawing, row) in drawings.as_chunks::<PIXELS>().0.iter().zip(all.values().chunks(measure.values())) {
            assert!(measure.of(&resampler, drawing, &mut own) && own == row);
        }
        let pca = Pca::fit(&all.values, measure.values(), true, Progress::NONE).unwrap();
        let (mut here, mut there) = ([0; AT_ONCE * WIDTH], [0; AT_ONCE * WIDTH]);
        for rows in all.values().chunks_exact(AT_ONCE * measure.values()) {
            encode_rows(&pca, rows, [true; AT_ONCE], &mut here);
            wide(|| encode_rows(&pca, rows, [true; AT_ONCE], &mut there));
            assert_eq!(here, there);
        }
    }
}

/// Lines in two colours of one luma.
const RED: [u8; 4] = [117, 0, 0, 255];
const GREEN: [u8; 4] = [0, 60, 0, 255];

#[test]
fn of_one_shape_those_of_one_colour_are_nearer() {
    let lines = lines(28);
    let in_color = |line: &[u8], color: [u8; 4]| -> Vec<u8> {
        line.iter().flat_map(|&ink| if ink > 127 { color } else { [0, 0, 0, 255] }).collect()
    };
    // Each once in either colour and once more in the first one.
    let colors = |line| [RED, GREEN, RED].map(|color| in_color(line, color)).concat();
    let pictures: Vec<u8> = lines.chunks(784).flat_map(colors).collect();
    let inks: Vec<u8> = pictures.as_chunks().0.iter().map(|&pixel| crate::data::dataset::luma(pixel)).collect();
    let (_, by_luma) = codes_of(Measure::Direction, &inks, 28);
    let maker = CodeMaker::fit(Measure::Colored, (28, 28), &pictures, Progress::NONE).unwrap();
    let mut codes = vec![0; pictures.len() / (4 * 784) * WIDTH];
    maker.encode(&pictures, &mut codes).unwrap();
    let codes = Codes::new(WIDTH, codes).unwrap();
    for line in (0..codes.rows() / 3).map(|line| 3 * line) {
        // By luma all three are the same, and the lower row comes first.
        assert_eq!(nearest(&by_luma, Of::Row(line), 1)[0].row, line + 1, "{line}");
        let found = nearest(&codes, Of::Row(line), 1)[0];
        assert_eq!((found.row, codes.row(line + 2)), (line + 2, codes.row(line)), "{line}");
        assert_ne!(codes.row(line + 1), codes.row(line), "{line}");
    }
    // One of another size, by its colours and, as grey, by its ink.
    let one = line(9, 0.0, 56);
    let like = nearest(&codes, Of::Code(&maker.encode_one(&in_color(&one, GREEN), 56, 56).unwrap()), 1)[0];
    assert_eq!(like.row, 3 * (9 * 9 + 4) + 1);
    let ink: Vec<u8> =
        in_color(&one, RED).as_chunks().0.iter().map(|&pixel| crate::data::dataset::luma(pixel)).collect();
    let gray: Vec<u8> = ink.iter().flat_map(|&ink| [ink, ink, ink, 255]).collect();
    assert_eq!(maker.encode_one(&ink, 56, 56), maker.encode_one(&gray, 56, 56));
    assert_eq!(maker.encode_one(&[0; 5], 2, 2).unwrap_err(), CodeError::Length { found: 5, expected: 0 });
}

#[test]
fn blank_drawings_have_no_code_and_nothing_else_has_none() {
    for measure in [Measure::Direction, Measure::Ink] {
        let mut drawings = lines(28);
        drawings[784 * 5..784 * 6].fill(0);
        // A single faint pixel, in a corner and inside.
        drawings[784 * 6..784 * 8].fill(0);
        (drawings[784 * 6], drawings[784 * 7 + 300]) = (1, 1);
        let (_, codes) = codes_of(measure, &drawings, 28);
        assert!((0..codes.rows()).all(|row| codes.is_blank(row) == (row == 5)), "{measure:?}");
        assert!(codes.is_blank(codes.rows()), "what is not there is like nothing");
        assert!(nearest(&codes, Of::Row(4), 300).iter().all(|neighbour| neighbour.row != 5));
    }
}

#[test]
fn hostile_sets_have_codes() {
    for measure in [Measure::Direction, Measure::Ink] {
        // None, one, two, and many times the same.
        assert_eq!(codes_of(measure, &[], 28).1.rows(), 0);
        let blank = codes_of(measure, &[0; 784 * 9], 28).1;
        assert!((0..9).all(|row| blank.is_blank(row)));
        for count in [1, 2, 500] {
            let (_, codes) = codes_of(measure, &line(9, 0.0, 28).repeat(count), 28);
            let found = nearest(&codes, Of::Row(0), 3);
            assert_eq!(found.len(), 3.min(count - 1), "{measure:?}");
            assert!(found.iter().all(|neighbour| Codes::cosine(neighbour.similarity) > 0.9));
        }
        let two = [line(9, 0.0, 28), line(30, 2.0, 28)].concat();
        let (_, codes) = codes_of(measure, &two, 28);
        assert_eq!(nearest(&codes, Of::Row(0), 3).len(), 1);
    }
}

#[test]
fn what_is_no_drawing_is_refused() {
    let (maker, _) = codes_of(Measure::Ink, &lines(28), 28);
    let mut codes = [0; WIDTH];
    assert_eq!(maker.encode(&[0; 783], &mut codes), Err(CodeError::Length { found: 783, expected: 0 }));
    assert_eq!(maker.encode(&[0; 1_568], &mut codes), Err(CodeError::Length { found: 64, expected: 128 }));
    assert_eq!(maker.encode_one(&[0; 5], 2, 2).unwrap_err(), CodeError::Length { found: 5, expected: 4 });
    assert!(matches!(maker.encode_one(&[], 2, 0), Err(CodeError::Size { width: 2, height: 0 })));
    assert!(maker.encode_one(&[], 28, 28).is_err(), "one drawing it must be");
    assert!(Codes::new(0, Vec::new()).is_err() && Codes::new(3, vec![0; 4]).is_err());
}

#[test]
fn a_sample_is_spread_evenly_and_ascends() {
    for rows in [0, 1, SAMPLE, SAMPLE + 1, 150_152, u32::MAX] {
        let some: Vec<u32> = Sample::rows_of(rows).collect();
        assert_eq!(some.len() as u32, rows.min(SAMPLE));
        assert!(some.windows(2).all(|pair| pair[0] < pair[1]) && some.last().is_none_or(|&last| last < rows));
    }
}
