//! Layouts that are being made while others are asked for. While something is dragged such work waits a quarter of a second, so that
//! there is time to ask.

use super::driver::Driver;
use super::keys::at_once;
use super::xvfb::keysym::CONTROL;
use std::time::{Duration, Instant};

/// A window with a drag under way.
fn dragging() -> Option<Driver> {
    let mut driver = Driver::open_whole(&["demo:20000:1", "--size", "700x500"])?;
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    driver.tap('+'.into(), "nearer", |frame| frame.zoom == 2.0);
    driver.move_to([350, 250]);
    driver.screen.button(1, true);
    driver.move_to([300, 210]);
    Some(driver)
}

#[test]
fn of_layouts_asked_for_one_after_the_other_only_the_last_is_shown() {
    let Some(mut driver) = dragging() else { return };
    let first = driver.frames.len();
    at_once(&driver, |screen| screen.write("32"));
    let waiting = driver.wait("the last one being made", |frame| frame.arranging.as_deref() == Some("index"));
    assert_eq!(waiting.layout, "grid", "the window goes on with what it shows");
    driver.wait("the last one, drag or not", |frame| frame.layout == "index" && frame.arranging.is_none());
    // So long it takes at least: before it is looked for, and before it is shown.
    let made: Vec<f64> =
        driver.frames[first..].iter().filter(|frame| frame.arranging.is_some()).map(|frame| frame.ms).collect();
    let told = made.last().unwrap() - made[0];
    assert!(told > 150.0, "after 200 ms a frame tells of it: {made:?}");
    driver.screen.button(1, false);
    let inspector = driver.tap('i'.into(), "something else", |frame| !frame.inspector);
    assert_eq!(inspector.layout, "index");
    assert!(driver.frames[first..].iter().all(|frame| frame.layout != "groups"));
}

#[test]
fn undo_gives_up_a_layout_that_has_not_come_and_takes_nothing_else_back() {
    let Some(mut driver) = dragging() else { return };
    let (first, panned) = (driver.frames.len(), driver.now().center);
    at_once(&driver, |screen| {
        screen.write("3");
        screen.tap_with(CONTROL, 'z'.into());
    });
    driver.screen.button(1, false);
    let after = driver.tap('i'.into(), "something else", |frame| !frame.inspector);
    assert_eq!((after.layout.as_str(), after.arranging.as_deref()), ("grid", None));
    assert!(driver.frames[first..].iter().all(|frame| frame.layout != "groups" && frame.center == panned));
    // Asked for again it comes.
    driver.tap('3'.into(), "groups", |frame| frame.layout == "groups");
}

#[test]
fn a_layout_waits_until_the_wheel_has_stopped_turning() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    driver.move_to([350, 250]);
    let mut sent = Instant::now();
    at_once(&driver, |screen| {
        screen.wheel(true);
        screen.write("2");
        sent = Instant::now();
    });
    driver.wait("the layout", |frame| frame.layout == "index" && frame.arranging.is_none());
    let waited = sent.elapsed();
    // The next notch is awaited for 150 ms; without that it is made in a few.
    assert!(waited >= Duration::from_millis(150), "{waited:?}");
}
