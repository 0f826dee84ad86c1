//! Duplicates and odd drawings in the real window: listed, walked along by a key, what is to spare selected.

use super::asking::find;
use super::driver::{BINARY, Driver};
use super::xvfb::keysym::CONTROL;
use inkfield::data::dataset::{Dataset, OpenOptions};
use serde_json::Value;
use std::process::Command;

const FIRST: u32 = 400;

/// The demo, then rows 7, 30 and 7 again, and a blank one.
fn write_set(path: &std::path::Path) {
    let dataset = Dataset::open(&[format!("demo:{FIRST}:5")], &OpenOptions::default()).unwrap();
    let mut values = vec![0; FIRST as usize * 784];
    dataset.read_rows(0, &mut values).unwrap();
    for row in [7, 30, 7] {
        values.extend_from_within(row * 784..(row + 1) * 784);
    }
    values.resize(values.len() + 784, 0);
    let drawings = ndarray::Array3::from_shape_vec((FIRST as usize + 4, 28, 28), values).unwrap();
    ndarray_npy::write_npy(path, &drawings).unwrap();
}

#[test]
fn findings_are_walked_along_and_what_is_to_spare_can_be_selected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    write_set(&path);
    // Of 7, 400 and 402 all strokes are the same; those of 401 are not those of 30.
    let x = |row: u32| if row == 400 || row == 402 { 7 } else { row };
    let line = |row: u32| format!("{{\"drawing\":[[[{0},{0}.0],[1,2]]]}}\n", x(row));
    std::fs::write(path.with_extension("ndjson"), (0..FIRST + 4).map(line).collect::<String>()).unwrap();
    let told = Command::new(BINARY).args(["audit", "--json"]).arg(&path).output().unwrap();
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let equal: Vec<Vec<u32>> = serde_json::from_value(told["duplicates"].clone()).unwrap();
    assert_eq!(equal, [vec![7, 400, 402], vec![30, 401]]);
    let args = [path.to_str().unwrap(), "--size", "900x700", "--motion", "reduced"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("all drawings", |frame| frame.rows_loaded == FIRST + 4);
    driver.screen.write("d");
    let shown = driver.wait("the equal ones", |frame| frame.findings == Some((None, 2)));
    let listed: Vec<u32> = shown.thumbnails.iter().map(|place| place.row).collect();
    assert_eq!(listed.get(..5), Some(&[7, 400, 402, 30, 401][..]), "{listed:?}");
    driver.tap('n'.into(), "the first", |frame| frame.pin_row == Some(7) && frame.findings == Some((Some(0), 2)));
    driver.wait("their strokes", |frame| frame.finding_strokes.as_deref() == Some("same strokes"));
    driver.tap('n'.into(), "the second", |frame| frame.pin_row == Some(30) && frame.findings == Some((Some(1), 2)));
    driver.wait("theirs", |frame| frame.finding_strokes.as_deref() == Some("same pixels only"));
    driver.tap('n'.into(), "the first again", |frame| frame.pin_row == Some(7));
    driver.tap('p'.into(), "the last", |frame| frame.pin_row == Some(30));
    // Each step is one to go back from.
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("the step before", |frame| frame.pin_row == Some(7));
    find(&mut driver, "select duplicates to spare");
    driver.wait("all but the first of each", |frame| frame.selected == 3);
    driver.tap('d'.into(), "the panel closed", |frame| frame.findings.is_none());
}
