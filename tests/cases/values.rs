//! Values that use a small part of 0 to 255 (paip2020#9, ilastik#250), and others that would be blank without a word.

use super::folder::Folder;
use super::outside::{answer, complaint, gpu, inkfield};
use super::real_data::field_cases;
use super::told::Told;
use inkfield::data::dataset::{Dataset, OpenOptions};
use ndarray::Array2;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What numpy says: made by `expected/values.py`.
const EXPECTED: &str = include_str!("expected/values.json");
const ROWS: usize = 40;

fn expected(name: &str) -> Value {
    serde_json::from_str::<Value>(EXPECTED).unwrap()[name].clone()
}

/// The numbers of the script.
pub fn noise(i: usize) -> u64 {
    ((i as u64 * 2_654_435_761) % (1 << 32)) >> 16
}

/// The sets of the script.
pub fn made(name: &str, i: usize) -> u8 {
    let n = noise(i);
    let value = match name {
        "mask" => u64::from(n.is_multiple_of(5)),
        "classes" => n % 3,
        "from_one" => 1 + n % 2,
        "void" if n % 10 < 2 => 255,
        "dim" => n % 100,
        "bright" => 200 + n % 56,
        "just_bright" => 191 + n % 64,
        "not_bright" => 190 + n % 65,
        "white" => 255 - if n.is_multiple_of(7) { n % 256 } else { 0 },
        "few_stray" if i.is_multiple_of(20_000) => 230,
        "not_stray" if i % 9_000 == 7 => 230,
        "void" | "few_stray" | "not_stray" => n % 4,
        "two_level" => u64::from(n.is_multiple_of(5)) * 255,
        "zeros" => 0,
        "sevens" => 7,
        "gray" => 200,
        "full" => 255,
        other => panic!("no set {other}"),
    };
    u8::try_from(value).unwrap()
}

const MADE: &str = "mask classes from_one void dim bright just_bright not_bright white few_stray not_stray two_level zeros \
                    sevens gray full";

pub fn write(folder: &Folder, name: &str) -> PathBuf {
    let path = folder.path(&format!("{name}.npy"));
    if name == "bools" {
        let values = Array2::from_shape_fn((ROWS, 784), |(row, at)| noise(row * 784 + at).is_multiple_of(4));
        ndarray_npy::write_npy(&path, &values).unwrap();
    } else {
        let values = Array2::from_shape_fn((ROWS, 784), |(row, at)| made(name, row * 784 + at));
        ndarray_npy::write_npy(&path, &values).unwrap();
    }
    path
}

fn info(path: &Path, more: &[&str]) -> Value {
    serde_json::from_str(&answer(inkfield().args(["info", "--json"]).arg(path).args(more))).unwrap()
}

/// What the report says of values, without a warning.
fn notes(info: &Value) -> Vec<String> {
    assert_eq!(info["report"]["warnings"], 0, "{info}");
    let all = info["report"]["notes"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap().to_owned());
    all.filter(|text| text.contains("value")).collect()
}

/// Holds what `info` says, and the ink of the first two and the last drawing, against numpy.
fn assert_as_numpy(name: &str, path: &Path) {
    let (info, expected) = (info(path, &[]), expected(name));
    for end in ["min", "max"] {
        assert_eq!(info["values"][end], expected[end], "{name}: {end}");
    }
    assert_eq!(info["range"], expected["range"], "{name}");
    let counts: Vec<u64> = serde_json::from_value(info["values"]["histogram"].clone()).unwrap();
    assert_eq!(counts.len(), 256);
    let held: Vec<(usize, u64)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    assert_eq!(held.len(), expected["distinct"], "{name}");
    if let Some(few) = expected["counts"].as_object() {
        assert!(held.iter().all(|(value, count)| few[&value.to_string()] == *count), "{name}: {held:?}");
    } else {
        let sum = |of: fn(u64, u64) -> u64| held.iter().map(|&(value, count)| of(value as u64, count)).sum::<u64>();
        let sums = [sum(|v, c| c * v), sum(|v, c| c * v * v), sum(|v, c| c * c * (v + 1))];
        assert_eq!(json!(sums), expected["sums"], "{name}");
    }
    let dataset = Dataset::open(&[path], &OpenOptions::default()).unwrap();
    let table = dataset.count_values(&mut |_| ()).unwrap().1.map.table();
    let ink = |row: u32| {
        let mut ink = [0; 784];
        dataset.read_ink(row, &mut ink, &table).unwrap();
        ink.iter().map(|&ink| u64::from(ink)).sum::<u64>()
    };
    assert_eq!(json!([ink(0), ink(1), ink(dataset.rows() - 1)]), expected["ink"], "{name}");
}

/// Bytes beside floats of 0 to 1 have one range, in which the floats are blank paper: the file is named, and so is the range that suits it.
#[test]
fn floats_that_are_blank_beside_bytes_are_named() {
    let folder = super::folder::Folder::new();
    let (bytes, floats) = (folder.path("bytes.npy"), folder.path("floats.npy"));
    let values = ndarray::Array3::from_shape_fn((20, 16, 16), |(row, y, x)| ((row * 5 + y * 16 + x) % 256) as u8);
    ndarray_npy::write_npy(&bytes, &values).unwrap();
    ndarray_npy::write_npy(&floats, &values.mapv(|value| f32::from(value) / 255.0)).unwrap();
    let warned = |inputs: &[std::path::PathBuf]| {
        let dataset = inkfield::data::dataset::Dataset::open(inputs, &OpenOptions::default()).unwrap();
        let (_, measured) = dataset.count_values(&mut |_| {}).unwrap();
        measured.report.warnings().map(|note| (note.path.clone(), note.text.clone())).collect::<Vec<_>>()
    };
    let [(path, text)] = &warned(&[bytes.clone(), floats.clone()])[..] else { panic!("one warning") };
    assert_eq!(path.as_ref(), Some(&floats));
    assert!(text.contains("0 … 1") && text.contains("0 … 255") && text.contains("--range 0:1"), "{text}");
    assert!(warned(&[floats]).is_empty() && warned(&[bytes]).is_empty());
}

#[test]
fn case_c03_values_range_and_ink_are_those_of_numpy() {
    let folder = Folder::new();
    for name in MADE.split_whitespace().chain(["bools"]) {
        assert_as_numpy(name, &write(&folder, name));
    }
    let Some(cases) = field_cases() else { return };
    for name in ["mask01", "classes012"] {
        assert_as_numpy(name, &cases.join("c03").join(format!("{name}.npy")));
    }
}

#[test]
fn case_c03_what_is_stretched_is_said_and_no_warning() {
    let (told, folder) = (Told::case("c03"), Folder::new());
    for (name, low, high, above) in [
        ("mask", "0", "1", ""),
        ("classes", "0", "2", ""),
        ("bright", "200", "255", ""),
        ("void", "0", "3", " and above are"),
    ] {
        let path = write(&folder, name);
        // Strict: a choice that was made for the user is no fault.
        let info = info(&path, &["--strict"]);
        let [note] = &notes(&info)[..] else { panic!("{info}") };
        let is = if above.is_empty() { " is" } else { above };
        assert_eq!(told.values(note), [format!("{low} … {high}"), format!("{low} is paper, {high}{is} ink")]);
        let text = answer(inkfield().arg("info").arg(&path));
        let line =
            format!(" distinct), shown stretched: {low} is paper, {high}{is} ink; --range raw shows them as they are");
        assert!(text.contains(&line), "{text}");
    }
    let text = answer(inkfield().arg("info").arg(folder.path("mask.npy")));
    let counts = expected("mask")["counts"].clone();
    let percent = |value: &str| counts[value].as_f64().unwrap() * 100.0 / (ROWS * 784) as f64;
    assert!(text.contains(&format!("\n  0 {:.1} %, 1 {:.1} %\n", percent("0"), percent("1"))), "{text}");
    // What is shown as it is needs no note.
    for name in ["not_bright", "two_level", "not_stray", "white", "bools"] {
        assert_eq!(info(&write(&folder, name), &["--strict"])["report"]["notes"], json!([]), "{name}");
    }
}

#[test]
fn case_c03_a_range_can_be_named_and_turned_round() {
    let folder = Folder::new();
    let path = write(&folder, "classes");
    for (arguments, range, inverted) in [
        (&["--range", "raw"][..], json!([0, 255]), false),
        (&["--range", "0:4", "--invert"], json!([0, 4]), true),
        (&["--range=-1:2.5"], json!([-1, 2.5]), false),
        (&["--invert"], json!([0, 2]), true),
    ] {
        let info = info(&path, arguments);
        assert_eq!((&info["range"], &info["inverted"]), (&range, &json!(inverted)), "{arguments:?}");
    }
    let text = answer(inkfield().args(["info", "--range", "1:2", "--invert"]).arg(&path));
    assert!(text.contains("shown with --range 1:2: 2 is paper, 1 and below are ink\n"), "{text}");
    // A demo is of all values, and a large one is not drawn to be counted.
    let few: Value = serde_json::from_str(&answer(inkfield().args(["info", "demo:50", "--json"]))).unwrap();
    let sum: u64 = serde_json::from_value::<Vec<u64>>(few["values"]["histogram"].clone()).unwrap().iter().sum();
    assert_eq!((sum, &few["range"]), (50 * 784, &json!([0, 255])));
    let many: Value = serde_json::from_str(&answer(inkfield().args(["info", "demo", "--json"]))).unwrap();
    assert_eq!((&many["values"], &many["range"]), (&Value::Null, &json!([0, 255])));
    for (range, what) in [("2:1", "less than the second"), ("a:b", "write A:B"), ("7", "write A:B")] {
        let text = complaint(inkfield().args(["info", "--range", range]).arg(&path), 2);
        assert!(text.contains(what), "{text}");
    }
}

#[test]
fn case_c03_blank_paper_is_never_without_a_word() {
    let (told, folder) = (Told::case("c03"), Folder::new());
    for (name, arguments, value, seen) in [
        ("zeros", &[][..], "0", "the paper is blank"),
        ("full", &[], "255", "the paper is covered with ink"),
        ("full", &["--invert"], "255", "the paper is blank"),
        ("gray", &[], "200", "the paper has one even shade"),
        ("sevens", &[], "7", "the paper is covered with ink"),
    ] {
        let path = write(&folder, name);
        let notes = notes(&info(&path, &[arguments, &["--strict"]].concat()));
        let warning = notes.last().unwrap();
        assert_eq!(told.values(warning), [value, seen]);
        if gpu() {
            let mut render = inkfield();
            render
                .args(["render", "--size", "64x64", "--out"])
                .arg(folder.path("blank.png"))
                .args(arguments)
                .arg(&path);
            let output = render.output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), said), (Some(0), format!("warning: {warning}\n")));
        }
    }
    let info = info(&write(&folder, "dim"), &["--range", "100:200"]);
    let [warning] = &notes(&info)[..] else { panic!("{info}") };
    assert_eq!(told.values(warning), ["0 … 99", "100:200", "the paper is blank"]);
}

#[test]
fn case_c03_a_file_that_the_range_of_the_set_does_not_suit_is_named() {
    let (told, folder) = (Told::case("c03"), Folder::new());
    // Ordinary drawings, and a mask that would hardly be seen among them.
    let ordinary = Array2::from_shape_fn((ROWS, 784), |(row, at)| (noise(row * 784 + at) % 256) as u8);
    ndarray_npy::write_npy(folder.path("a.npy"), &ordinary).unwrap();
    for name in ["mask", "zeros"] {
        write(&folder, name);
    }
    let mixed = info(folder.0.path(), &[]);
    assert_eq!(mixed["range"], json!([0, 255]));
    let warnings = notes(&mixed);
    assert_eq!(warnings.len(), 2, "{warnings:#?}");
    assert_eq!(told.values(&warnings[0]), ["0 … 1", "0 … 255", "0:1"]);
    assert_eq!(told.values(&warnings[1]), ["0"]);
    let noted = mixed["report"]["notes"].as_array().unwrap().iter();
    let named: Vec<&str> = noted.filter_map(|note| note["path"].as_str()?.rsplit('/').next()).collect();
    assert_eq!(named, ["mask.npy", "zeros.npy"]);

    // Masks, and a few photographs among them: each of their values is rarer than 0.01 %.
    let folder = Folder::new();
    ndarray_npy::write_npy(folder.path("photo.npy"), &ordinary.select(ndarray::Axis(0), &[0])).unwrap();
    for i in 0..3 {
        std::fs::copy(write(&folder, "mask"), folder.path(&format!("mask{i}.npy"))).unwrap();
    }
    let mixed = info(folder.0.path(), &[]);
    assert_eq!(mixed["range"], json!([0, 1]));
    let [stretched, cut_off] = &notes(&mixed)[..] else { panic!("{mixed}") };
    assert_eq!(told.values(stretched), ["0 … 1", "0 is paper, 1 and above are ink"]);
    assert_eq!(told.values(cut_off), ["0 … 1", "raw"]);
}
