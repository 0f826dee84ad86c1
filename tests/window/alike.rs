//! What looks alike, in the real window: shown beneath a drawing, and as an order of all.

use super::driver::{BINARY, Driver, Shown};
use super::xvfb::keysym::{CONTROL, ENTER};
use std::process::Command;

const INPUT: &str = "demo:3000:2";

/// The twelve that the command line names.
fn similar(row: u32) -> Vec<u32> {
    similar_by(row, &[])
}

fn similar_by(row: u32, more: &[&str]) -> Vec<u32> {
    let args = ["similar", INPUT, "--json", "--row", &row.to_string()];
    let told = Command::new(BINARY).args(args).args(more).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    told["neighbours"].as_array().unwrap().iter().map(|found| found["row"].as_u64().unwrap() as u32).collect()
}

/// A window with a pinned drawing, whose row it gives, and how many thumbnails are in sight without look-alikes.
fn pinned() -> Option<(Driver, u32, usize)> {
    let mut driver = Driver::open_whole(&[INPUT, "--size", "700x900", "--motion", "reduced"])?;
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    driver.move_to([350, 400]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.click(1);
    let pinned = driver.wait("a pin", |frame| frame.pin_row.is_some());
    Some((driver, pinned.pin_row.unwrap(), pinned.thumbnails.len()))
}

#[test]
fn look_alikes_are_shown_followed_and_gone_to() {
    let Some((mut driver, row, before)) = pinned() else { return };
    let rows = |frame: &Shown| -> Vec<u32> { frame.thumbnails.iter().skip(before).map(|place| place.row).collect() };
    let expected = similar(row);
    driver.screen.write("a");
    let shown = driver.wait("its look-alikes", |frame| rows(frame) == expected);
    // The third of them.
    let place = shown.thumbnails[before + 2];
    driver.screen.point(place.middle_px.map(|px| px.round() as i32));
    driver.screen.click(1);
    driver.wait("the third pinned", |frame| frame.pin_row == Some(expected[2]));
    let expected = similar(expected[2]);
    driver.wait("those of the third", |frame| rows(frame) == expected);
    driver.tap('a'.into(), "none", |frame| rows(frame).is_empty());
}

#[test]
fn a_sorted_grid_comes_better_and_better_and_is_that_of_render() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500", "--motion", "reduced"]) else { return };
    driver.wait("all drawings", |frame| frame.rows_loaded == 3000);
    driver.screen.write("9");
    driver.wait("the last one", |frame| frame.layout == "sorted" && frame.arranging.is_none());
    driver.move_to([350, 250]);
    let row = driver.wait("what is there", |frame| frame.hover_row.is_some()).hover_row.unwrap();
    let args = ["pick", INPUT, "--layout", "sorted", "--size", "700x500", "--at", "350,250", "--json"];
    let told = Command::new(BINARY).args(args).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told["row"].as_u64(), Some(row.into()));
    // Undo goes back to where it came from.
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("the grid", |frame| frame.layout == "grid");
}

#[test]
fn drawings_glide_to_a_better_grid_as_they_did_to_the_first() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500", "--motion", "full"]) else { return };
    driver.wait("all drawings", |frame| frame.rows_loaded == 3000);
    let first = driver.frames.len();
    driver.screen.write("9");
    driver.wait("the last one", |frame| frame.layout == "sorted" && frame.arranging.is_none() && !frame.gliding);
    let gliding: Vec<f64> = driver.frames[first..].iter().filter(|frame| frame.gliding).map(|frame| frame.ms).collect();
    // 600 ms to the first one, 200 to each that is better.
    let length = gliding.last().unwrap() - gliding[0];
    assert!(length > 700.0, "{length} ms of gliding");
}

#[test]
fn drawings_can_be_compared_by_something_else_and_by_what_they_were_again() {
    let Some((mut driver, row, before)) = pinned() else { return };
    let rows = |frame: &Shown| -> Vec<u32> { frame.thumbnails.iter().skip(before).map(|place| place.row).collect() };
    let [by_direction, by_ink] = ["direction", "ink"].map(|by| similar_by(row, &["--measure", by]));
    assert_ne!(by_direction, by_ink);
    driver.screen.write("a");
    driver.wait("its look-alikes", |frame| rows(frame) == by_direction && frame.compared_by == "direction");
    driver.screen.tap_with(CONTROL, 'k'.into());
    driver.wait("the palette", |frame| frame.dialog.as_deref() == Some("palette"));
    driver.screen.write("where ink lies");
    driver.screen.tap(ENTER);
    driver.wait("those by ink", |frame| rows(frame) == by_ink && frame.compared_by == "ink");
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("those of before", |frame| rows(frame) == by_direction && frame.compared_by == "direction");
}
