//! Ordering and hiding fields in the real window, and what the next window knows of it.

use super::driver::{Driver, Shown};
use super::idle::wait_for_rest;
use super::xvfb::keysym::{CONTROL, ENTER};
use std::ffi::OsStr;

/// The list is open: names in order, and which are shown.
fn names(frame: &Shown) -> Vec<(&str, bool)> {
    frame.fields.iter().map(|field| (field.name.as_str(), field.shown)).collect()
}

/// Opens a window whose state lies in a folder, pins the first drawing and opens the list.
fn listed(state: &OsStr, more: &[&str]) -> Option<Driver> {
    let arguments: Vec<&str> = ["demo:300:1", "--size", "700x600"].into_iter().chain(more.iter().copied()).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut driver = Driver::open_with(folder, &arguments, &[("XDG_STATE_HOME", state)])?;
    driver.wait("all records", |frame| frame.records_loaded == 300 && frame.is_loaded());
    driver.tap(super::xvfb::keysym::HOME, "a pin", |frame| frame.pin_row == Some(0));
    driver.screen.tap_with(CONTROL, 'k'.into());
    driver.wait("the palette", |frame| frame.dialog.as_deref() == Some("palette"));
    driver.screen.write("order and hide");
    driver.tap(ENTER, "the list", |frame| frame.dialog.is_none() && frame.fields.len() > 3);
    Some(driver)
}

#[test]
pub fn fields_are_dragged_and_hidden_and_the_next_window_remembers_it() {
    let state = tempfile::tempdir().unwrap();
    let Some(mut driver) = listed(state.path().as_os_str(), &[]) else { return };
    let before = driver.now().clone();
    let at = |px: [f64; 2]| px.map(|at| at.round() as i32);
    let (first, third) = (before.fields[0].clone(), before.fields[2].clone());
    // The third is dragged to the top.
    driver.screen.point(at(third.drag_px));
    driver.wait("the pointer over the list", |frame| frame.pointer.is_none());
    wait_for_rest(&mut driver, "over a field");
    let over = driver.now().serial;
    driver.screen.button(1, true);
    driver.wait("the field in the hand", |frame| frame.serial > over);
    wait_for_rest(&mut driver, "a field in the hand");
    driver.screen.point(at(first.drag_px));
    driver.wait("another order", |frame| {
        frame.fields.first().is_some_and(|field| field.name == third.name)
            && frame.fields.get(1).is_some_and(|field| field.name == first.name)
    });
    driver.screen.button(1, false);
    // The eye of the second hides it.
    let eye = driver.now().fields[1].eye_px;
    wait_for_rest(&mut driver, "let go");
    driver.screen.point(at(eye));
    driver.screen.click(1);
    let after = driver.wait("a hidden field", |frame| frame.fields.get(1).is_some_and(|field| !field.shown));
    assert_eq!(after.gpu_errors, 0);
    assert_eq!(driver.close(), 0);
    let Some(mut driver) = listed(state.path().as_os_str(), &[]) else { return };
    assert_eq!(names(driver.now()), names(&after));
    driver.close();
    // What the command line names goes before what is remembered, and leaves that as it is.
    let Some(driver) = listed(state.path().as_os_str(), &["--fields", "key_id,nope"]) else { return };
    let shown: Vec<&str> = names(driver.now()).into_iter().filter(|(_, shown)| *shown).map(|(name, _)| name).collect();
    assert_eq!(shown, ["key_id"]);
    let notices = &driver.now().notices;
    assert!(notices.iter().any(|notice| notice.contains("--fields: there is no column nope")), "{notices:?}");
}
