//! Strokes of duplicates in `audit`: a made pair of files with a group of each kind, held against what was put into it.

use super::{answer, complaint, documents, inkfield, write_npy};
use inkfield::data::dataset::{Dataset, OpenOptions};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FIRST: usize = 300;

/// Rows behind the demo's, each a copy of one of these, with its record. `None`: the file of records ends before.
const COPIES: [(usize, Option<&str>); 10] = [
    // The same numbers, spelled in another way.
    (5, Some(r#"{ "key_id": "x", "drawing": [ [ [5.0, 6e0], [0, 0.0] ] ] }"#)),
    (6, Some(r#"{"drawing":[[[6,7],[0,1]]]}"#)),
    // One of three has the same as the first.
    (7, Some(r#"{"drawing":[[[7,8],[0,0]]]}"#)),
    (7, Some(r#"{"drawing":[[[7,8,9],[0,0,0]]]}"#)),
    (8, Some(r#"{"word":"octopus"}"#)),
    (12, Some(r#"{"drawing":[[[12,13],[0,0]]"#)),
    (13, Some(r#"{"drawing":[[13,14],[0,0]]}"#)),
    // Moved by a pixel: nearly equal.
    (9, Some(r#"{"drawing":[[[9,10],[0,0]]]}"#)),
    (11, Some(r#"{"drawing":[[[9,10],[0,0]]]}"#)),
    (14, None),
];
const MOVED: [usize; 2] = [9, 11];

fn made(folder: &TempDir) -> PathBuf {
    let dataset = Dataset::open(&[format!("demo:{FIRST}:4")], &OpenOptions::default()).unwrap();
    let mut values = vec![0; FIRST * 784];
    dataset.read_rows(0, &mut values).unwrap();
    let mut lines: Vec<String> =
        (0..FIRST).map(|row| format!(r#"{{"drawing":[[[{row},{}],[0,0]]]}}"#, row + 1)).collect();
    for (of, record) in COPIES {
        let drawing = values[of * 784..][..784].to_vec();
        let mut copy = drawing.clone();
        if MOVED.contains(&of) {
            copy = vec![0; 784];
            (0..28 * 27).filter(|at| at % 28 < 27).for_each(|at| copy[at + 29] = drawing[at]);
        }
        values.extend(copy);
        lines.extend(record.map(str::to_owned));
    }
    let path = folder.path().join("copied.npy");
    write_npy(&path, &format!("({}, 784)", FIRST + COPIES.len()), &values);
    fs::write(path.with_extension("ndjson"), lines.join("\n") + "\n").unwrap();
    path
}

fn audit(path: &Path, more: &[&str]) -> assert_cmd::Command {
    let mut command = inkfield();
    command.arg("audit").arg(path).args(more);
    command
}

#[test]
fn equal_drawings_have_the_same_strokes_or_only_the_same_pixels() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder);
    let told = documents(&mut audit(&path, &["--json"])).remove(0);
    let groups = json!([[5, 300], [6, 301], [7, 302, 303], [8, 304], [12, 305], [13, 306], [14, 309]]);
    assert_eq!(told["duplicates"], groups);
    let strokes = &told["strokes"];
    let expected = ["same", "different", "same-in-some", "unknown", "unknown", "unknown", "unknown"];
    assert_eq!(strokes["duplicates"], json!(expected));
    // Each of the moved ones is near its own.
    let pairs = told["near_pairs"].as_array().unwrap();
    let of_pair = |row: u64, other: u64| {
        let at = pairs.iter().position(|pair| pair["row"] == row && pair["other"] == other).unwrap();
        strokes["near_pairs"][at].as_str().unwrap().to_owned()
    };
    assert_eq!((of_pair(9, 307).as_str(), of_pair(11, 308).as_str()), ("same", "different"));
    for (group, said) in told["near"].as_array().unwrap().iter().zip(strokes["near"].as_array().unwrap()) {
        // By what was written: the number of a row below 300 is in its strokes.
        let of = |row: u64| match row {
            0..300 => Some(row.to_string()),
            300 => Some("5".to_owned()),
            302 => Some("7".to_owned()),
            307 | 308 => Some("9".to_owned()),
            301 | 303 => Some(format!("only {row}")),
            _ => None,
        };
        let rows: Vec<Option<String>> = group.as_array().unwrap().iter().map(|row| of(row.as_u64().unwrap())).collect();
        let mut kinds = rows.clone();
        kinds.sort();
        kinds.dedup();
        let expected = match kinds.len() {
            _ if rows.contains(&None) => "unknown",
            1 => "same",
            different if different < rows.len() => "same-in-some",
            _ => "different",
        };
        assert_eq!(said, expected, "{group}");
    }
    let unknown: Vec<(u64, &str)> = strokes["unknown"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["row"].as_u64().unwrap(), one["why"].as_str().unwrap()))
        .collect();
    assert_eq!(unknown.iter().map(|one| one.0).collect::<Vec<_>>(), [304, 305, 306, 309]);
    for (at, why) in
        ["without strokes", "was cut off", "byte 14: a stroke holds something else", "no record"].iter().enumerate()
    {
        assert!(unknown[at].1.contains(why), "{unknown:?}");
    }
    // The same line by line, and in words.
    let csv = answer(&mut audit(&path, &["--csv"]));
    for line in [
        "duplicate,0,300,,,same",
        "duplicate,1,6,,,different",
        "duplicate,2,303,,,same-in-some",
        "duplicate,6,14,,,unknown",
    ] {
        assert!(csv.lines().any(|found| found == line), "{line}: {csv}");
    }
    assert!(csv.lines().any(|line| line.contains(",9,307,") && line.ends_with(",same")), "{csv}");
    let words = answer(&mut audit(&path, &[]));
    for line in [
        "  same strokes in 1 group, same strokes in some in 1 group, same pixels only in 1 group, strokes not known in 4 groups",
        "  rows 5, 300: same strokes",
        "  rows 6, 301: same pixels only",
        "  rows 8, 304: strokes not known",
        "  row 309 has no record that was read",
    ] {
        assert!(words.lines().any(|found| found == line), "{line}: {words}");
    }
}

#[test]
fn without_records_or_strokes_nothing_is_said_of_them() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder);
    let records = path.with_extension("ndjson");
    let lines = (0..310).map(|row| json!({"split": row % 2}).to_string() + "\n").collect::<String>();
    fs::write(&records, lines).unwrap();
    let words = answer(&mut audit(&path, &[]));
    assert!(words.contains("strokes: the records of these drawings hold none\n"), "{words}");
    assert!(!words.contains("not known"), "{words}");
    fs::remove_file(&records).unwrap();
    let told: Value = documents(&mut audit(&path, &["--json"])).remove(0);
    assert_eq!(told.get("strokes"), None);
    let words = answer(&mut audit(&path, &[]));
    assert!(!words.contains("strokes"), "{words}");
}

#[test]
fn a_drawing_of_the_demo_is_equal_to_itself_by_its_strokes() {
    let folder = TempDir::new().unwrap();
    // Its records come without a file; those of the copy lie in one.
    let copy = folder.path().join("copy");
    answer(inkfield().args(["demo", "--count", "40", "--seed", "3", "--out"]).arg(&copy));
    let told = documents(inkfield().args(["audit", "demo:40:3"]).arg(&copy).arg("--json"));
    let pairs: Vec<[u32; 2]> = (0..40).map(|row| [row, row + 40]).collect();
    assert_eq!(told[0]["duplicates"], json!(pairs));
    assert_eq!(told[0]["strokes"]["duplicates"], json!(vec!["same"; 40]));
    let strict = complaint(audit(&made(&folder), &["--strict"]).arg("--json"), 2);
    assert!(strict.contains("line"), "{strict}");
}
