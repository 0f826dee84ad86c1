//! Row numbers and drawings that another program finds on the clipboard.

use super::asking::find;
use super::driver::{BINARY, Driver, read_png};
use super::xvfb::keysym::{CONTROL, ENTER};
use std::process::Command;

/// Finds a command by its name and does it.
pub fn run(driver: &mut Driver, typed: &str) {
    find(driver, typed);
    driver.wait("no palette", |frame| frame.dialog.as_deref() != Some("palette"));
}

#[test]
pub fn numbers_of_selected_rows_are_copied_one_a_line() {
    let Some(mut driver) = Driver::open_whole(&["demo:3000:1", "--size", "640x420"]) else { return };
    driver.move_to([333, 201]);
    let hovered = driver.wait("a hover", |frame| frame.hover_row.is_some()).hover_row.unwrap();
    driver.screen.key(CONTROL, true);
    driver.screen.click(1);
    driver.screen.key(CONTROL, false);
    driver.wait("one", |frame| frame.selected == 1);
    driver.screen.tap_with(CONTROL, 'i'.into());
    driver.wait("the others", |frame| frame.selected == 2999);
    run(&mut driver, "row numbers");
    driver.wait("the notice", |frame| frame.notices == ["copied 2,999 row numbers"]);
    let expected: Vec<String> = (0..3000).filter(|&row| row != hovered).map(|row: u32| row.to_string()).collect();
    assert_eq!(driver.screen.clipboard(), expected.join("\n"));
}

#[test]
pub fn a_copied_drawing_is_that_of_a_contact_sheet() {
    let input = "demo:3000:1";
    let Some(mut driver) = Driver::open_whole(&[input, "--size", "640x420", "--theme", "night"]) else { return };
    driver.tap('g'.into(), "the card", |frame| frame.dialog.as_deref() == Some("goto"));
    driver.screen.write("1207");
    driver.tap(ENTER, "the row", |frame| frame.pin_row == Some(1207));
    run(&mut driver, "copy the drawing");
    // 28 values, enlarged as often as 512 pixels hold.
    driver.wait("the notice", |frame| frame.notices == ["copied the drawing of row 1,207 as 504 × 504 pixels"]);
    let copied = driver.path("copied.png");
    std::fs::write(&copied, driver.screen.clipboard_as("image/png")).unwrap();
    let sheet = driver.path("sheet.png");
    let exported = Command::new(BINARY)
        .args(["export", input, "--rows", "1207:1208", "--enlarge", "18", "--theme", "night", "--png"])
        .arg(&sheet)
        .output()
        .unwrap();
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    assert!(read_png(&copied) == read_png(&sheet));
}
