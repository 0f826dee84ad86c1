//! Comparing two drawings in the real window.

use super::driver::{Driver, Shown};
use super::xvfb::keysym::ESCAPE;

#[test]
pub fn the_pinned_drawing_is_compared_with_the_hovered_one_until_escape() {
    let Some(mut driver) = Driver::open_whole(&["demo:300:1", "--size", "800x600"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 300);
    driver.move_to([200, 200]);
    let first = driver.wait("a hover", |frame| frame.hover_row.is_some()).hover_row.unwrap();
    driver.screen.click(1);
    driver.wait("a pin", |frame| frame.pin_row == Some(first));
    driver.tap('c'.into(), "nothing to compare with yet", |frame| frame.compared == Some((first, None)));
    // What is hovered is compared, drawing after drawing; both pictures are in the inspector.
    let shows = |frame: &Shown, second: u32| {
        let rows: Vec<u32> = frame.thumbnails.iter().map(|place| place.row).collect();
        frame.compared == Some((first, Some(second))) && rows == [first, second]
    };
    for at in [[400, 300], [500, 400]] {
        driver.move_to(at);
        driver.wait("a pair", |frame| frame.hover_row.is_some_and(|row| row != first && shows(frame, row)));
    }
    let frame = driver.now().clone();
    assert_eq!(frame.thumbnails[0].size_px, frame.thumbnails[1].size_px);
    // A click pins the second: the pair stays while the pointer goes on.
    let second = frame.hover_row.unwrap();
    driver.screen.click(1);
    driver.wait("two pins", |frame| frame.pin_row == Some(second) && shows(frame, second));
    driver.move_to([300, 100]);
    driver.wait("the same pair", |frame| frame.hover_row.is_some_and(|row| row != second) && shows(frame, second));
    driver.tap(ESCAPE, "no comparison", |frame| frame.compared.is_none() && frame.pin_row == Some(second));
    driver.tap('c'.into(), "from the pinned one", |frame| frame.compared.is_some_and(|(row, _)| row == second));
    let ended = driver.tap('c'.into(), "no comparison", |frame| frame.compared.is_none());
    assert_eq!(ended.gpu_errors, 0);
}
