//! Sets in which there is little to compare: each command that goes by likeness answers in words, and the same again.

use super::{answer, complaint, documents, inkfield};
use ndarray::Array3;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A drawing of one stroke, upright or level.
fn stroke(drawings: &mut Array3<u8>, row: usize, is_level: bool) {
    let side = drawings.dim().1;
    for at in side / 8..side - side / 8 {
        for wide in 0..side / 14 {
            let [y, x] = if is_level { [side / 2 + wide, at] } else { [at, side / 2 + wide] };
            drawings[[row, y, x]] = 255;
        }
    }
}

/// A set of so many drawings, each upright (`false`), level or blank, with a record each.
fn write_set(folder: &TempDir, name: &str, side: usize, rows: &[Option<bool>]) -> PathBuf {
    let mut drawings = Array3::zeros((rows.len(), side, side));
    for (row, is_level) in rows.iter().enumerate().filter_map(|(row, is_level)| Some((row, (*is_level)?))) {
        stroke(&mut drawings, row, is_level);
    }
    let path = folder.path().join(name);
    ndarray_npy::write_npy(&path, &drawings).unwrap();
    let lines = ["{\"word\":\"a\"}\n", "{\"word\":\"b\"}\n"].into_iter().cycle().take(rows.len());
    std::fs::write(path.with_extension("ndjson"), lines.collect::<String>()).unwrap();
    path
}

fn told(path: &Path, args: &[&str]) -> Value {
    let ask = || documents(inkfield().args(args).arg("--json").arg(path)).remove(0);
    let told = ask();
    assert_eq!(ask(), told, "{args:?} says something else the second time");
    told
}

/// Each of the rows has a place, on a grid a cell of its own.
fn assert_arranged(path: &Path, rows: usize) {
    for layout in [&["sorted"][..], &["sorted", "--sorted-from", "map"], &["pca"], &["map"], &["umap"]] {
        let args = [&["arrange", "--layout"], layout].concat();
        let places = told(path, &args);
        if let Some(cells) = places["cells"].as_array() {
            let there: HashSet<u64> = cells.iter().filter_map(Value::as_u64).collect();
            assert_eq!(there, (0..rows as u64).collect(), "{layout:?}");
            continue;
        }
        for axis in ["x", "y"] {
            let axis = places[axis].as_array().unwrap();
            assert_eq!(axis.len(), rows, "{layout:?}");
            assert!(axis.iter().all(|at| at.as_f64().is_some_and(f64::is_finite)), "{layout:?}: {axis:?}");
        }
    }
}

fn similar(path: &Path, row: &str) -> Vec<(u64, f64)> {
    let found = told(path, &["similar", "--row", row]);
    let one = |found: &Value| (found["row"].as_u64().unwrap(), found["distance"].as_f64().unwrap());
    found["neighbours"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn drawings_that_are_all_equal_are_one_cluster_and_one_group() {
    let folder = TempDir::new().unwrap();
    let path = write_set(&folder, "equal.npy", 28, &[Some(false); 40]);
    let twelve: Vec<(u64, f64)> = (0..13).filter(|&row| row != 5).map(|row| (row, 0.0)).collect();
    assert_eq!(similar(&path, "5"), twelve);
    assert_eq!(told(&path, &["clusters"])["cluster_of"], json!(vec![1; 40]));
    let audit = told(&path, &["audit", "--between", "word"]);
    assert_eq!(audit["duplicates"], json!([(0..40).collect::<Vec<_>>()]));
    assert_eq!((&audit["blank"], &audit["leakage"]["duplicates"]), (&json!([]), &audit["duplicates"]));
    for group in told(&path, &["differ", "--by", "word"])["groups"].as_array().unwrap() {
        assert!(group["p_corrected"].as_f64().unwrap() > 0.5, "{group}");
    }
    assert_arranged(&path, 40);
}

#[test]
fn one_drawing_and_two_and_none_with_a_line_are_answered_in_words() {
    let folder = TempDir::new().unwrap();
    let said = |path: &Path, args: &[&str]| answer(inkfield().args(args).arg(path));
    let one = write_set(&folder, "one.npy", 28, &[Some(false)]);
    assert_eq!(similar(&one, "0"), []);
    assert!(said(&one, &["similar", "--row", "0"]).contains("or no other drawing"));
    assert_eq!(told(&one, &["clusters"])["cluster_of"], json!([1]));
    assert!(said(&one, &["differ", "--by", "word"]).contains("no group is large enough"));
    assert!(said(&one, &["audit"]).starts_with("1 drawing\n"));
    assert_arranged(&one, 1);
    // Upright and level are as different as can be.
    let two = write_set(&folder, "two.npy", 28, &[Some(false), Some(true)]);
    let found = similar(&two, "0");
    assert!(matches!(found[..], [(1, distance)] if distance > 1.0), "{found:?}");
    assert_eq!(told(&two, &["audit"])["duplicates"], json!([]));
    assert_arranged(&two, 2);
    let blank = write_set(&folder, "blank.npy", 28, &[None; 30]);
    assert!(said(&blank, &["similar", "--row", "0"]).contains("there is no line in it to compare"));
    assert_eq!(told(&blank, &["clusters"])["cluster_of"], json!(vec![Value::Null; 30]));
    assert_eq!(told(&blank, &["audit"])["blank"], json!((0..30).collect::<Vec<_>>()));
    assert_arranged(&blank, 30);
    let missing = complaint(inkfield().args(["differ", "--by", "nope"]).arg(&blank), 2);
    assert!(missing.contains("nope"), "{missing}");
}

#[test]
fn drawings_of_4096_pixels_a_side_are_compared_as_small_ones_are() {
    let folder = TempDir::new().unwrap();
    let [upright, level] = [Some(false), Some(true)];
    let path = write_set(&folder, "large.npy", 4096, &[upright, level, upright]);
    let found = similar(&path, "0");
    assert!(matches!(found[..], [(2, 0.0), (1, distance)] if distance > 1.0), "{found:?}");
    assert_eq!(told(&path, &["audit"])["duplicates"], json!([[0, 2]]));
    let clusters = told(&path, &["clusters"]);
    let of = |row: usize| &clusters["cluster_of"][row];
    assert!(of(0) == of(2) && of(0) != of(1), "{clusters}");
    let sorted = told(&path, &["arrange", "--layout", "sorted"]);
    assert_eq!(sorted["cells"].as_array().unwrap().iter().filter_map(Value::as_u64).sum::<u64>(), 3);
}

#[test]
fn rows_of_a_model_that_hold_no_numbers_lie_beside_the_others_and_are_like_nothing() {
    let folder = TempDir::new().unwrap();
    let path = write_set(&folder, "equal.npy", 28, &[Some(false); 40]);
    let model = folder.path().join("model.npy");
    let number = |row: usize, column: usize| match (row, column) {
        (3, _) => f32::NAN,
        (5, 2) => f32::INFINITY,
        _ => ((row * 31 + column * 17) % 23) as f32 - 11.0,
    };
    ndarray_npy::write_npy(&model, &ndarray::Array2::from_shape_fn((40, 4), |(row, column)| number(row, column)))
        .unwrap();
    let more = ["--embedding", model.to_str().unwrap()];
    let asked = |args: &[&str]| told(&path, &[args, &more].concat());
    for (row, expected) in [("3", 0), ("5", 0), ("0", 12)] {
        let found = asked(&["similar", "--row", row]);
        let neighbours = found["neighbours"].as_array().unwrap();
        assert_eq!(neighbours.len(), expected, "row {row}");
        assert!(neighbours.iter().all(|other| other["row"] != 3 && other["row"] != 5), "{neighbours:?}");
        assert!(neighbours.iter().all(|other| other["distance"].as_f64().unwrap().is_sign_positive()));
    }
    let said = answer(inkfield().args(["similar", "--row", "3"]).args(more).arg(&path));
    assert!(said.contains("nothing looks like row 3: its numbers are missing, or 0"), "{said}");
    let clusters = asked(&["clusters"]);
    let without: Vec<usize> = (0..40).filter(|&row| clusters["cluster_of"][row].is_null()).collect();
    assert_eq!(without, [3, 5]);
    for layout in ["sorted", "map", "pca", "umap"] {
        let places = asked(&["arrange", "--layout", layout]);
        let of = |key: &str| places[key].as_array().map(|all| all.iter().filter(|at| at.is_number()).count());
        assert_eq!(of("cells").or(of("x")), Some(40), "{layout}");
    }
}
