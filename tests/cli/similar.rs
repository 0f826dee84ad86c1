//! `similar`: the nearest of all drawings, held against a plain comparison of every code with every other.

use super::{complaint, documents, inkfield, names};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::values::ValueMap;
use inkfield::likeness::SetCodes;
use inkfield::likeness::comparison::{ComparedBy, Comparison};
use inkfield::progress::Progress;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const INPUT: &str = "demo:700:3";

fn opened(input: &str) -> Dataset {
    Dataset::open(&[input], &OpenOptions::default()).unwrap()
}

/// Row and dot product of the nearest, found by sorting all of them.
fn by_sorting(set: &SetCodes, row: u32, k: usize) -> Vec<(u32, i64)> {
    let code = |row: u32| set.codes.row(row).unwrap();
    let dot = |other: u32| code(row).iter().zip(code(other)).map(|(&a, &b)| i64::from(a) * i64::from(b)).sum::<i64>();
    let mut all: Vec<_> =
        (0..set.codes.rows()).filter(|&other| other != row).map(|other| (other, dot(other))).collect();
    all.sort_by_key(|&(other, dot)| (-dot, other));
    all.truncate(k);
    all
}

fn found(answer: &Value) -> Vec<(u32, i64)> {
    let one = |found: &Value| (found["row"].as_u64().unwrap() as u32, found["dot"].as_i64().unwrap());
    answer["neighbours"].as_array().unwrap().iter().map(one).collect()
}

/// A drawing as a PNG of gray values, each pixel `scale` × `scale`; `dark` on light, or light on dark.
fn write_picture(path: &Path, ink: &[u8], scale: u32, dark: bool) {
    let side = 28 * scale;
    let at = |x: u32, y: u32| ink[(y / scale * 28 + x / scale) as usize];
    let gray = |value: u8| if dark { 255 - value } else { value };
    let pixels: Vec<u8> = (0..side * side).map(|i| gray(at(i % side, i / side))).collect();
    let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
}

#[test]
fn the_nearest_are_those_of_a_plain_comparison_with_every_drawing() {
    let dataset = opened(INPUT);
    for by in [ComparedBy::Direction, ComparedBy::Ink] {
        let set = SetCodes::of(&dataset, &ValueMap::default().table(), &Comparison::of(by), Progress::NONE).unwrap();
        let name = by.to_string();
        let rows = ["--row", "0", "--row", "-1", "--row", "333", "--k", "15"];
        let answers = documents(inkfield().args(["similar", INPUT, "--measure", &name, "--json"]).args(rows));
        assert_eq!(answers.len(), 3);
        for (answer, row) in answers.iter().zip([0, 699, 333]) {
            assert_eq!((&answer["row"], &answer["measure"]), (&row.into(), &name.as_str().into()));
            assert_eq!(found(answer), by_sorting(&set, row, 15), "{name}, row {row}");
            let first = &answer["neighbours"][0];
            let distance = 1.0 - first["dot"].as_f64().unwrap() / (127.0 * 127.0);
            assert!((first["distance"].as_f64().unwrap() - distance).abs() < 1e-4, "{first}");
            assert!(first["record"]["countrycode"].is_string(), "{first}");
        }
    }
}

#[test]
fn a_picture_of_a_drawing_finds_it_however_large_and_on_either_paper() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("sketch.png");
    let dataset = opened(INPUT);
    for (row, scale, dark) in [(5, 1, true), (5, 4, true), (123, 3, false)] {
        let mut ink = vec![0; 784];
        dataset.read_rows(row, &mut ink).unwrap();
        write_picture(&path, &ink, scale, dark);
        let answer =
            documents(inkfield().args(["similar", INPUT, "--k", "3", "--json", "--image"]).arg(&path)).remove(0);
        assert!(answer["row"].is_null());
        let (first, distance) = (found(&answer)[0].0, answer["neighbours"][0]["distance"].as_f64().unwrap());
        assert_eq!(first, row, "enlarged {scale} times, dark: {dark}");
        assert!(distance < 0.02, "{distance}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("text.png"), "not a picture").unwrap();
    for (name, what) in
        [("text.png", "it cannot be read as a PNG"), ("none.png", "No such file"), (".", "this is no file")]
    {
        let text = complaint(inkfield().args(["similar", INPUT, "--image"]).arg(path(name)), 2);
        assert!(text.starts_with("error: --image: ") && text.contains(what), "{text}");
    }
    let text = complaint(inkfield().args(["similar", INPUT]), 2);
    assert!(text.contains("--row <R>") && text.contains("--image <PNG>"), "{text}");
    complaint(inkfield().args(["similar", INPUT, "--row", "1", "--image", "x.png"]), 2);
    complaint(inkfield().args(["similar", INPUT, "--row", "1", "--k", "0"]), 2);
    let text = complaint(inkfield().args(["similar", INPUT, "--row", "1", "--measure", "size"]), 2);
    assert!(text.contains("`direction`, by `ink`, or by a `file`"), "{text}");
    let text = complaint(inkfield().args(["similar", INPUT, "--row", "700"]), 2);
    assert!(text.contains("there is no row 700"), "{text}");
    // Nothing looks like an empty drawing.
    let mut drawings = ndarray::Array3::<u8>::zeros((3, 28, 28));
    drawings[[1, 4, 4]] = 255;
    ndarray_npy::write_npy(path("three.npy"), &drawings).unwrap();
    let answers = documents(inkfield().args(["similar", "--json", "--row", "0", "--row", "1"]).arg(path("three.npy")));
    assert_eq!(answers.iter().map(found).collect::<Vec<_>>(), [vec![], vec![]]);
    assert_eq!(names(folder.path()), ["text.png", "three.npy"]);
}
