//! Unit tests: hostile strokes, the simplification and the bitmaps of other programs.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::data::ndjson::DrawingReader;
use ndarray::Array2;
use std::path::PathBuf;

fn read(drawing: &str) -> Result<Drawing, String> {
    let line = format!(r#"{{"word":"octopus","drawing":{drawing},"key_id":"5"}}"#);
    let mut reader = DrawingReader::default();
    reader.read(line.as_bytes()).map(|drawing| drawing.unwrap().clone())
}

fn rendered(drawing: &str, side: u32) -> Vec<u8> {
    let mut out = vec![7; (side * side) as usize];
    Rasterizer::new(side).render(&read(drawing).unwrap(), &mut out).unwrap();
    out
}

fn expected(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strokes/expected")).join(name)
}

#[test]
fn strokes_are_read_as_they_are_written_and_simplified_ones_known_by_what_they_hold() {
    let raw = read("[[[1.5,-2,30e-1],[4,5.25,0.125],[0,8,8]],[[7],[8],[20]]]").unwrap();
    assert_eq!(raw.points(), [[1.5, 4.0], [-2.0, 5.25], [3.0, 0.125], [7.0, 8.0]]);
    assert_eq!(raw.times(), [0.0, 8.0, 8.0, 20.0]);
    assert_eq!(raw.ranges().collect::<Vec<_>>(), [0..3, 3..4]);
    assert_eq!(raw.bounds(), ([-2.0, 0.125], [7.0, 8.0]));
    assert!(!raw.is_simplified());
    for (drawing, is_simplified) in [
        ("[[[0,255],[255,0]]]", true),
        ("[[[0,256],[255,0]]]", false),
        ("[[[-1,0],[255,0]]]", false),
        ("[[[0,1],[0,1],[0,1]]]", false),
    ] {
        assert_eq!(read(drawing).unwrap().is_simplified(), is_simplified, "{drawing}");
    }
    // Any spelling is the number that the standard library reads.
    for number in ["0.1", "123456789.123456", "0.30000000000000004", "-0.5", "1e-7", "12345678901234567e-9", "0", "-0"]
    {
        assert_eq!(
            read(&format!("[[[{number}],[2]]]")).unwrap().points(),
            [[number.parse().unwrap(), 2.0]],
            "{number}"
        );
    }
    let mut reader = DrawingReader::default();
    for none in [r#"{"word":"octopus"}"#, r#"{"drawing":null}"#] {
        assert_eq!(reader.read(none.as_bytes()), Ok(None), "{none}");
    }
    let twice = br#"{"drawing":[[[5],[6,7]]],"drawing":[[[1],[2]]]}"#;
    assert_eq!(reader.read(twice).unwrap().unwrap().points(), [[1.0, 2.0]], "the last value counts");
}

#[test]
fn hostile_strokes_are_errors_in_words() {
    let many = vec!["1"; MOST_POINTS + 1].join(",");
    for (drawing, what) in [
        ("[]", "byte 29: there are no strokes"),
        ("[[[],[]]]", "byte 30: a stroke has no points"),
        ("[[]]", "byte 30: a stroke needs two lists of numbers, x and y"),
        ("[[[1]]]", "a stroke needs two lists"),
        ("[[[1],[NaN]]]", "a list holds something else than numbers"),
        ("[[[1],[null]]]", "a list holds something else than numbers"),
        ("[[[01],[1]]]", "a digit is missing"),
        ("[[[1,2],[3]]]", "the lists of a stroke are not equally long"),
        ("[[[1,2],[3,4],[5]]]", "the lists of a stroke are not equally long"),
        ("[[[1,2],[3,4],[5,6],[7]]]", "byte 30: the lists of a stroke are not equally long"),
        ("[[[1,2],[3,4],[8,7]]]", "byte 30: a point is earlier than the one before it"),
        ("[[[1],[3],[8]],[[1],[3],[7]]]", "byte 44: a point is earlier than the one before it"),
        ("[[[1],[3],[8]],[[1],[3]]]", "some strokes have times and others have none"),
        ("[[[1],[3]],[[1],[3],[8]]]", "some strokes have times and others have none"),
        ("[[[1e10],[3]]]", "beyond 1,000,000,000"),
        ("[[[1e999],[3]]]", "beyond 1,000,000,000"),
        ("[[[1],[-1e10]]]", "beyond 1,000,000,000"),
        ("7", "the strokes are no array"),
        ("[[[1],[2]", "a comma or ] is missing"),
        (&format!("[[[{many}],[{many}]]]"), "there are more than 1,048,576 points"),
    ] {
        let said = read(drawing).unwrap_err();
        assert!(said.contains(what) || (what == "a digit is missing" && said.contains("begins with 0")), "{said}");
    }
    assert_eq!(Rasterizer::new(28).render(&Drawing::default(), &mut [0; 784]), Err(Fault::NoStrokes));
}

#[test]
fn a_million_points_are_rendered_or_refused_in_bounded_time() {
    let mut drawing = Drawing::default();
    let line: Vec<f64> = (0..1 << 20).map(|at| f64::from(at % 1021) / 4.0).collect();
    let other: Vec<f64> = (0..1 << 20).map(|at| f64::from(at / 4096)).collect();
    drawing.push(&line, &other, None).unwrap();
    let mut out = vec![0; 784];
    Rasterizer::new(28).render(&drawing, &mut out).unwrap();
    assert!(out[14 * 28 + 14] == 255, "all of the canvas is covered");
    // Raw, the same takes more steps of one unit than any drawing has.
    let back_and_forth: Vec<f64> = (0..1 << 20).map(|at| f64::from(at % 2) * 1e6).collect();
    drawing.clear();
    drawing.push(&back_and_forth, &other, None).unwrap();
    assert_eq!(Rasterizer::new(28).render(&drawing, &mut out), Err(Fault::Entangled));
}

/// By numpy: points at arc lengths 0, 1, 2 … and the end, Ramer–Douglas–Peucker over all of them, `numpy.rint`.
#[test]
fn raw_strokes_are_simplified_as_numpy_does() {
    let hundredths = |value: f64| (value * 100.0).round() / 100.0;
    let x: Vec<f64> = (0..60).map(|t| hundredths(100.0 + 60.0 * (f64::from(t) / 7.0).cos() + f64::from(t))).collect();
    let y: Vec<f64> = (0..60).map(|t| hundredths(300.0 + 80.0 * (f64::from(t) / 5.0).sin())).collect();
    let times: Vec<f64> = (0..60).map(|t| f64::from(t) * 10.0).collect();
    let mut raw = Drawing::default();
    raw.push(&x, &y, Some(&times)).unwrap();
    raw.push(&[130.5], &[260.25], Some(&[700.0])).unwrap();
    raw.push(&[90.0, 250.5, 90.0], &[400.0, 220.0, 220.0], Some(&[800.0, 900.0, 1000.0])).unwrap();
    let curve = [
        [
            133, 130, 120, 113, 97, 87, 76, 56, 37, 13, 0, 1, 6, 27, 96, 135, 157, 174, 181, 190, 193, 185, 172, 156,
            146, 126,
        ]
        .as_slice(),
        &[106, 87],
    ]
    .concat();
    let heights = [
        [
            108, 169, 198, 209, 216, 213, 206, 181, 144, 80, 14, 5, 0, 24, 141, 194, 213, 215, 209, 187, 152, 90, 49,
            19, 8, 0,
        ]
        .as_slice(),
        &[9, 33],
    ]
    .concat();
    let mut out = Drawing::default();
    simplify(&raw, &mut out).unwrap();
    let strokes: Vec<(Vec<i32>, Vec<i32>)> =
        out.strokes().map(|stroke| stroke.iter().map(|at| (at[0] as i32, at[1] as i32)).unzip()).collect();
    assert_eq!(strokes, [(curve, heights), (vec![93, 93], vec![54, 54]), (vec![38, 255, 38], vec![243, 0, 0]),]);
    assert!(out.times().is_empty() && out.is_simplified());
}

/// A drawing without extent is a dot in the middle, whatever its units.
#[test]
fn dots_and_lines_lie_in_the_middle_with_the_area_of_the_pen() {
    let unit = 28.0 / 304.0_f64;
    let pen = std::f64::consts::PI * 64.0;
    for (drawing, area) in [
        ("[[[0],[0]]]", pen),
        ("[[[0,0,0],[0,0,0]]]", pen),
        ("[[[-7e5],[4e8],[3]]]", pen),
        ("[[[0,255],[0,0]]]", 255.0 * 16.0 + pen),
        ("[[[0,255,0],[0,0,0]]]", 255.0 * 16.0 + pen),
        ("[[[-50,-50],[1000,9000],[0,4]]]", 255.0 * 16.0 + pen),
    ] {
        for side in [28, 64, 256] {
            let ink = rendered(drawing, side);
            let sum: f64 = ink.iter().map(|&ink| f64::from(ink) / 255.0).sum();
            let share = f64::from(side) / 28.0;
            let expected = area * unit * unit * share * share;
            // The pen is a polygon within its circle.
            assert!((0.94..1.01).contains(&(sum / expected)), "{drawing} at {side}: {sum} for {expected}");
            // In the middle: what lies on either side of it is alike.
            let back: Vec<u8> = ink.iter().rev().copied().collect();
            let apart = ink.iter().zip(&back).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
            assert!(apart <= 17, "{drawing} at {side}: {apart}");
        }
    }
}

#[test]
fn bitmaps_are_those_of_cairo() {
    let lines = std::fs::read_to_string(expected("drawn.ndjson")).unwrap();
    let drawings: Vec<&str> = lines.lines().collect();
    for (side, name) in [(28, "drawn-28.npy"), (64, "drawn-64.npy")] {
        let bitmaps: Array2<u8> = ndarray_npy::read_npy(expected(name)).unwrap();
        let mut rasterizer = Rasterizer::new(side);
        let mut out = vec![0; (side * side) as usize];
        let mut reader = DrawingReader::default();
        for (line, bitmap) in drawings.iter().rev().zip(bitmaps.rows().into_iter().rev()) {
            rasterizer.render(reader.read(line.as_bytes()).unwrap().unwrap(), &mut out).unwrap();
            let sum: u32 = out.iter().zip(bitmap).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
            let mean = f64::from(sum) / out.len() as f64;
            assert!(mean <= 0.3, "{side}: {mean} in {line}");
        }
    }
}

#[test]
fn a_line_that_is_not_looked_into_is_not_said_to_be_without_strokes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.ndjson");
    let held = |text: &str| {
        std::fs::write(&path, text).unwrap();
        hold_strokes(&crate::data::ndjson::RecordFile::open(&path).unwrap()).map_err(|error| error.to_string())
    };
    let long = format!("{{\"drawing\": [[[0, 1], [2, 3]]], \"pad\": \"{}\"}}\n", "x".repeat(17 << 20));
    let said = held(&format!("{{\"word\": \"cat\"}}\n{long}")).unwrap_err();
    assert!(
        said.starts_with("this is text with a line longer than 16 MiB, which is not looked into, and without"),
        "{said}"
    );
    assert_eq!(held(&format!("{long}{{\"drawing\": [[[0, 1], [2, 3]]]}}\n")), Ok(true));
    assert_eq!(held("{\"word\": \"cat\"}\n"), Ok(false));
}
