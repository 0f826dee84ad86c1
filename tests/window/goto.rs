//! Going to a drawing by its number, its id or its name.

use std::fs;

use super::driver::{Driver, Shown};
use super::xvfb::keysym::{DOWN, ENTER, ESCAPE};

/// A window with drawings of these records, a line each; the folder lives as long as the window.
fn open(records: &str) -> Option<Driver> {
    let folder = tempfile::tempdir().unwrap();
    let rows = records.lines().count();
    let ink = ndarray::Array3::from_shape_fn((rows, 28, 28), |(row, y, x)| (row * 40 + y + x) as u8);
    let path = folder.path().join("u.npy");
    ndarray_npy::write_npy(&path, &ink).unwrap();
    fs::write(folder.path().join("u.ndjson"), records).unwrap();
    let args = [path.as_os_str(), "--size".as_ref(), "700x500".as_ref()];
    let mut driver = Driver::open_in(folder, &args)?;
    driver.wait("all records", |frame| frame.is_loaded() && frame.records_loaded == rows as u32);
    Some(driver)
}

/// Opens the card and types.
fn type_into_card(driver: &mut Driver, text: &str) {
    driver.tap('g'.into(), "the card", |frame| frame.dialog.as_deref() == Some("goto"));
    driver.screen.write(text);
}

fn at(row: u32, dialog: Option<&str>) -> impl Fn(&Shown) -> bool {
    move |frame| frame.pin_row == Some(row) && frame.dialog.as_deref() == dialog
}

#[test]
fn case_c27_ids_and_file_names_are_gone_to_by_typing_them() {
    let ids = ["5f3a9c", "5f3a9d", "00042", "18446744073709551617", "7"];
    let record = |(row, id)| format!("{{\"key_id\": \"{id}\", \"file\": \"img_{row:04}.png\"}}\n");
    let Some(mut driver) = open(&ids.iter().enumerate().map(record).collect::<String>()) else { return };
    for (typed, row) in [("5f3a9d", 1), ("00042", 2), ("img_0003.png", 3), ("4", 4), ("7", 4), ("-5", 0)] {
        type_into_card(&mut driver, typed);
        driver.tap(ENTER, typed, at(row, None));
    }
    // The beginning of several names: one after the other, the first one behind the last.
    type_into_card(&mut driver, "img");
    for row in [0, 1, 2, 3, 4, 0] {
        driver.tap(ENTER, "the next one", at(row, Some("goto")));
    }
    driver.tap(ESCAPE, "no card", at(0, None));
    // What is nothing stays in the card.
    type_into_card(&mut driver, "snow");
    driver.screen.tap(ENTER);
    driver.tap(ESCAPE, "no card", at(0, None));
}

#[test]
fn case_c27_a_number_that_is_a_row_and_an_id_offers_both() {
    let ids = [3, 2, 1, 0, 1000];
    let Some(mut driver) = open(&ids.map(|id| format!("{{\"key_id\": {id}}}\n")).concat()) else { return };
    // The row is the first of the list, the id the second.
    type_into_card(&mut driver, "3");
    driver.screen.tap(ENTER);
    driver.tap(ENTER, "row 3", at(3, None));
    type_into_card(&mut driver, "3");
    driver.screen.tap(ENTER);
    driver.screen.tap(DOWN);
    driver.tap(ENTER, "the row of id 3", at(0, None));
    type_into_card(&mut driver, "1000");
    driver.tap(ENTER, "the row of id 1000", at(4, None));
}
