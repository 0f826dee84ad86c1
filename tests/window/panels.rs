//! Panels are kept as a picture of which only changes are painted: it must look as if painted anew.

use super::driver::{Driver, Shown};
use super::picture::{assert_seen, rendered};
use super::xvfb::keysym::ESCAPE;

const INPUT: &str = "demo:5000:1";

/// The inspector on the screen, below the bar and above the status line; the frame with nothing hovered must be there.
fn inspector(driver: &mut Driver, frame: &Shown, name: &str) -> Vec<u8> {
    let expected = rendered(driver, INPUT, frame, name);
    // Viewport and panels come to the screen together.
    assert_seen(driver, frame, &expected, name);
    let [left, top] = [frame.origin_px[0] + frame.size_px[0], frame.origin_px[1]];
    let width = driver.screen.size(driver.window())[0] - left;
    driver.screen.screenshot(driver.window(), [left, top], [width, frame.size_px[1]])
}

#[test]
pub fn kept_panels_look_as_if_painted_anew() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x560"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 5000);
    let away = |driver: &mut Driver| {
        driver.point_away();
        driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.hover_row.is_none())
    };
    let first = away(&mut driver);
    let before = inspector(&mut driver, &first, "before.png");
    // Other drawings, texts of other lengths, a pinned one, and the page of keys over all of it.
    for at in [[201, 178], [422, 390], [350, 250], [222, 190], [300, 301]] {
        driver.move_to(at);
        driver.wait("a hover", |frame| frame.hover_row.is_some());
    }
    driver.screen.click(1);
    driver.wait("a pin", |frame| frame.pin_row.is_some());
    driver.tap('?'.into(), "help", |frame| frame.dialog.is_some());
    driver.tap('?'.into(), "no help", |frame| frame.dialog.is_none());
    driver.move_to([401, 178]);
    driver.screen.click(1);
    driver.wait("another pin", |frame| frame.hover_row.is_some() && frame.pin_row == frame.hover_row);
    driver.screen.tap(ESCAPE);
    driver.wait("no pin", |frame| frame.pin_row.is_none());
    let frame = away(&mut driver);
    let kept = inspector(&mut driver, &frame, "kept.png");
    assert!(kept != before, "the inspector shows what was hovered");
    // A window of another size gets a picture of its panels of its own, and so does this size when it comes back.
    let [width, height] = driver.screen.size(driver.window());
    driver.screen.resize(driver.window(), [width + 40, height]);
    driver.wait("the size", |now| now.size_px[0] == frame.size_px[0] + 40);
    driver.screen.resize(driver.window(), [width, height]);
    let again = driver.wait("the size before", |now| now.size_px == frame.size_px);
    let anew = inspector(&mut driver, &again, "anew.png");
    let different = kept.chunks(3).zip(anew.chunks(3)).filter(|(a, b)| a != b).count();
    assert_eq!((kept.len(), different), (anew.len(), 0), "bytes, and pixels that differ");
}
