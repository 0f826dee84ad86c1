//! A GPU that is lost or has no memory left, lived through in the real window (rows 19 and 21 of `docs/reliability.md`).

use super::driver::{Driver, Shown};
use super::idle::assert_idle;
use super::loading::{open_path, write_drawings};
use super::picture::{assert_seen, rendered};
use super::told::Told;
use super::xvfb::keysym::{ENTER, ESCAPE};

/// What is said when a device is lost.
const REBUILT: &str = "the GPU device was lost; everything on it is built anew";
/// Two pixels of the viewport that lie over the middle of the grid.
const OVER: [[i32; 2]; 2] = [[251, 198], [262, 207]];

/// What a loss must leave as it was.
fn kept(frame: &Shown) -> impl PartialEq + std::fmt::Debug + use<> {
    let view = (frame.center, frame.zoom, frame.side_px, frame.size_px, frame.layout.clone());
    (
        view,
        frame.pin_row,
        frame.hover_row,
        frame.inspector_row,
        frame.pointer,
        frame.records_loaded,
        frame.theme.clone(),
    )
}

#[test]
pub fn faults_21_a_lost_device_leaves_camera_pin_hover_and_picture_as_they_were_and_then_the_window_rests() {
    // Late enough for everything to be set up before.
    const LOST_AT: u64 = 400;
    for layout in ["grid", "groups"] {
        let fault = format!("device-lost@{LOST_AT}");
        let args = ["demo:20000:1", "--size", "500x400", "--layout", layout, "--inject-fault", &fault];
        let Some(mut driver) = Driver::open_whole(&args) else { return };
        driver.wait("all records", |frame| frame.records_loaded == 20_000 && frame.layout == layout);
        driver.tap('g'.into(), "the card", |frame| frame.dialog.as_deref() == Some("goto"));
        driver.screen.write("7077");
        driver.tap(ENTER, "row 7,077", |frame| frame.pin_row == Some(7077) && frame.dialog.is_none());
        driver.wait("the end of the glide", |frame| (frame.side_px - 96.0 * frame.scale).abs() < 1e-6);
        driver.tap('-'.into(), "half as near", |frame| (frame.side_px - 48.0 * frame.scale).abs() < 1e-6);
        driver.move_to(OVER[0]);
        let before = driver.wait("a hover", |frame| frame.hover_row.is_some());
        assert_idle(&mut driver, "before the loss");
        let picture = driver.screen.screenshot(driver.window(), before.origin_px, before.size_px);
        assert!(before.serial < LOST_AT - 10, "{} frames were drawn before the loss", before.serial);

        driver.stir(OVER, "the frames before the loss", |frame| frame.serial >= LOST_AT);
        driver.move_to(OVER[0]);
        let is_whole = |frame: &Shown| frame.is_loaded() && frame.hover_row.is_some();
        let after = driver.wait("everything as it was", is_whole);
        assert_eq!(kept(&after), kept(&before), "{layout}");
        let first = driver.frames.iter().find(|frame| frame.serial == LOST_AT).unwrap();
        assert!(first.rows_loaded < 20_000, "the drawings were read again: {first:?}");
        assert_eq!(driver.stderr().matches(REBUILT).count(), 1, "{}", driver.stderr());
        assert_seen(&driver, &after, &picture, layout);
        assert!(after.notices.is_empty(), "{:?}", after.notices);

        let frames = driver.frames.len();
        assert_idle(&mut driver, "after the loss");
        // A slow machine makes the picture exact in many frames; others are few.
        let others = driver.frames[frames..].iter().filter(|frame| !frame.redrawn && !frame.refining).count();
        assert!(others < 10, "{others} frames until the window came to rest");
        if driver.weston.is_none() {
            assert_eq!(driver.close(), 0);
        }
    }
}

#[test]
pub fn faults_21_a_device_that_is_lost_at_once_again_ends_the_program_with_a_message() {
    let faults = ["--inject-fault", "device-lost@2,device-lost@3"];
    let Some(mut driver) = Driver::open(&["demo:20000:1", "--size", "500x400", faults[0], faults[1]]) else { return };
    assert_eq!(driver.wait_for_end(), 1);
    driver.read();
    let said = driver.stderr();
    let last = said.lines().find(|line| line.starts_with("error: ")).unwrap_or(&said);
    assert!(Told::row(21).error(last)[0].contains("inkfield doctor"), "{said}");
    assert!(!said.contains("panicked") && said.matches(REBUILT).count() == 1, "{said}");
    assert!(driver.frames.len() <= 3, "{} frames: no storm", driver.frames.len());
}

#[test]
pub fn faults_21_a_loss_while_reading_and_on_the_welcome_page_are_survived() {
    let args = ["demo:150152:1", "--size", "500x400", "--inject-fault", "device-lost@3"];
    let Some(mut driver) = Driver::open(&args) else { return };
    let whole = driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == frame.rows);
    assert!(driver.stderr().contains(REBUILT), "{}", driver.stderr());
    driver.point_away();
    let expected = rendered(&driver, "demo:150152:1", &whole, "whole.png");
    assert_seen(&driver, &whole, &expected, "read after the loss");

    let Some(mut driver) = Driver::open(&["--inject-fault", "device-lost@5"]) else { return };
    driver.stir([[300, 300], [320, 300]], "frames", |frame| frame.serial >= 5);
    write_drawings(&driver.path("stripes.npy"), 321);
    open_path(&mut driver, "stripes.npy");
    driver.wait("drawings on the new device", |frame| frame.is_loaded() && frame.rows == 321);
    assert!(driver.stderr().contains(REBUILT), "{}", driver.stderr());
    assert_idle(&mut driver, "after the loss");
}

#[test]
pub fn faults_19_a_picture_without_memory_is_told_of_once_and_drawn_when_there_is_some() {
    let input = "demo:5000:1";
    let Some(mut driver) = Driver::open_whole(&[input, "--size", "500x400", "--inject-fault", "oom@120"]) else {
        return;
    };
    driver.move_to(OVER[0]);
    let told = driver.stir(OVER, "the notice", |frame| !frame.notices.is_empty());
    assert_eq!(told.notices.len(), 1);
    let notice = &told.notices[0];
    assert!(notice.starts_with("the GPU has no memory left: ") && notice.contains("MiB more"), "{notice}");
    assert_eq!(driver.stderr().matches("no memory left").count(), 1, "{}", driver.stderr());
    driver.point_away();
    let frame = driver.wait("no hover", |frame| frame.pointer.is_none() && frame.hover_row.is_none());
    let expected = rendered(&driver, input, &frame, "whole.png");
    assert_seen(&driver, &frame, &expected, "after memory ran out");
    assert_idle(&mut driver, "after memory ran out");
    if driver.weston.is_none() {
        assert_eq!(driver.close(), 0);
    }
}

#[test]
fn faults_19_a_set_that_memory_does_not_hold_leaves_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("stripes.npy"), 321);
    // Nothing is open yet: the first frame makes the panels' texture, and the next one that is asked for is the set's.
    let Some(mut driver) = Driver::open_in(folder, &["--inject-fault", "oom@2"]) else { return };
    open_path(&mut driver, "stripes.npy");
    let told = driver.wait("why not", |frame| frame.dialog_says.is_some());
    let says = told.dialog_says.clone().unwrap_or_default();
    assert!(says.starts_with("the GPU has no memory left: drawings would have taken"), "{says}");
    assert_eq!((told.rows, told.title.as_str()), (0, ""), "the welcome page stays");
    driver.tap(ESCAPE, "no path field", |frame| frame.dialog.is_none());
    open_path(&mut driver, "stripes.npy");
    driver.wait("the drawings", |frame| frame.is_loaded() && frame.rows == 321);
    assert_eq!(driver.close(), 0);
}
