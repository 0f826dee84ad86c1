//! Duplicates and odd drawings in the real window: listed, walked along by a key, what is to spare selected.

use super::asking::find;
use super::driver::{BINARY, Driver, Shown};
use super::idle::wait_for_rest;
use super::xvfb::keysym::{CONTROL, SHIFT};
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
    // A tag goes on along the findings, drawing by drawing, and stays at the last.
    driver.tap('n'.into(), "the first", |frame| frame.pin_row == Some(7) && frame.findings == Some((Some(0), 2)));
    for (tagged, (next, at)) in (1..).zip([(400, 0), (402, 0), (30, 1), (401, 1), (401, 1)]) {
        driver.screen.tap_with(SHIFT, 'a'.into());
        let is_there = |frame: &Shown| frame.pin_row == Some(next) && frame.findings == Some((Some(at), 2));
        driver.wait("the next drawing", |frame| frame.tagged == tagged && is_there(frame));
    }
    driver.tap('d'.into(), "the panel closed", |frame| frame.findings.is_none());
}

#[test]
fn the_slider_stays_where_no_near_duplicates_are_left() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = Dataset::open(&[format!("demo:{FIRST}:5")], &OpenOptions::default()).unwrap();
    let mut values = vec![0; FIRST as usize * 784];
    dataset.read_rows(0, &mut values).unwrap();
    // Row 7 again, with a short line more: near, and not equal.
    values.extend_from_within(7 * 784..8 * 784);
    let line = values.len() - 784;
    values[line + 3 * 28 + 2..line + 3 * 28 + 6].fill(255);
    let drawings = ndarray::Array3::from_shape_vec((FIRST as usize + 1, 28, 28), values).unwrap();
    let path = folder.path().join("set.npy");
    ndarray_npy::write_npy(&path, &drawings).unwrap();
    let near = |distance: &str| {
        let told = Command::new(BINARY).args(["audit", "--json", "--near", distance]).arg(&path).output().unwrap();
        let told: Value = serde_json::from_slice(&told.stdout).unwrap();
        told["near"].as_array().unwrap().len()
    };
    let (none, usual) = (near("0"), near("0.1"));
    assert!(none == 0 && usual > 0, "{none}, {usual}");
    let args = [path.to_str().unwrap(), "--size", "900x700", "--motion", "reduced"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("all drawings", |frame| frame.rows_loaded == FIRST + 1);
    driver.screen.write("d");
    let shown = driver.wait("near ones", |frame| frame.findings == Some((None, usual)) && frame.left_slider.is_some());
    let [left, top, width, height] = shown.left_slider.unwrap();
    let point = |driver: &mut Driver, part: f64| {
        driver.screen.point([left + part * width, top + height / 2.0].map(|at| at.round() as i32));
    };
    point(&mut driver, 0.02);
    wait_for_rest(&mut driver, "the pointer over the slider");
    driver.screen.button(1, true);
    driver.wait("none", |frame| frame.findings == Some((None, 0)) && frame.left_slider.is_some());
    point(&mut driver, 0.5);
    driver.wait("some again", |frame| frame.findings.is_some_and(|(_, count)| count > 0));
    driver.screen.button(1, false);
}

#[test]
fn what_stands_on_both_sides_of_a_column_follows_the_column_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    write_set(&path);
    // 7, 400 and 402 are equal, and so are 30 and 401: by split one of these groups has two sides, by name both.
    let split = |row: u32| if row == 402 { "test" } else { "train" };
    let line = |row: u32| format!("{{\"split\":\"{}\",\"name\":\"drawing {row}.png\"}}\n", split(row));
    std::fs::write(path.with_extension("ndjson"), (0..FIRST + 4).map(line).collect::<String>()).unwrap();
    let told = |column: &str| {
        let args = ["audit", "--json", "--near", "0", "--between", column];
        let told = Command::new(BINARY).args(args).arg(&path).output().unwrap();
        let told: Value = serde_json::from_slice(&told.stdout).unwrap();
        told["leakage"]["duplicates"].as_array().unwrap().len()
    };
    assert_eq!(["split", "name"].map(told), [1, 2]);
    let args = [path.to_str().unwrap(), "--size", "900x700", "--motion", "reduced", "--color-by", "split"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("all records", |frame| frame.records_loaded == FIRST + 4 && frame.rows_loaded == FIRST + 4);
    driver.screen.write("d");
    let shown = driver.wait("the equal ones", |frame| frame.findings == Some((None, 2)) && frame.across[0].is_some());
    let middle = |[left, top, width, height]: [f64; 4]| [left + width / 2.0, top + height / 2.0];
    click(&mut driver, middle(shown.across[0].unwrap()));
    let listed = |driver: &mut Driver, what: &str, count: usize| {
        driver.wait(what, |frame| frame.findings == Some((None, count)) && frame.across[1].is_some())
    };
    let [left, top, width, height] = listed(&mut driver, "by the colours", 1).across[1].unwrap();
    click(&mut driver, [left + width / 2.0, top + height / 2.0]);
    // Below the button: what gives the colours, "split", "name", 24 points each.
    click(&mut driver, [left + width / 2.0, top + height + 10.0 + 2.5 * 24.0]);
    let shown = listed(&mut driver, "by the other column", 2);
    assert_eq!(shown.color_by.as_deref(), Some("split"), "the colours stay");
    driver.screen.tap_with(CONTROL, 's'.into());
    driver.wait("a session", |frame| frame.notices.iter().any(|said| said.ends_with("set.session.inkfield.json")));
    click(&mut driver, [left + width / 2.0, top + height / 2.0]);
    click(&mut driver, [left + width / 2.0, top + height + 10.0 + 0.5 * 24.0]);
    listed(&mut driver, "by the colours again", 1);
    // The session goes by the column that was chosen when it was saved.
    let session = driver.path("set.session.inkfield.json");
    let Some(mut again) = Driver::open_whole(&[session.as_os_str()]) else { return };
    again.wait("all records", |frame| frame.records_loaded == FIRST + 4 && frame.rows_loaded == FIRST + 4);
    again.screen.write("d");
    let shown = again.wait("the equal ones", |frame| frame.findings == Some((None, 2)) && frame.across[0].is_some());
    click(&mut again, middle(shown.across[0].unwrap()));
    let shown = listed(&mut again, "by the column of the session", 2);
    assert_eq!(shown.color_by.as_deref(), Some("split"));
}

/// A click in the window once the pointer has been seen there.
fn click(driver: &mut Driver, px: [f64; 2]) {
    let before = driver.now().serial;
    driver.screen.point(px.map(|at| at.round() as i32));
    driver.wait("the pointer there", |frame| frame.serial > before && frame.pointer.is_none());
    wait_for_rest(driver, "what the pointer is over");
    let before = driver.now().serial;
    driver.screen.click(1);
    driver.wait("an answer to the click", |frame| frame.serial > before);
    wait_for_rest(driver, "what was clicked");
}
