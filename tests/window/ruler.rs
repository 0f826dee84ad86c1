//! The ruler of sizes in the real window.

use super::driver::Driver;
use super::idle::wait_for_rest;
use super::xvfb::keysym::CONTROL;
use glam::DVec2;

#[test]
pub fn dragging_the_ruler_zooms_and_leaves_the_pinned_drawing_where_it_is() {
    let Some(mut driver) = Driver::open_whole(&["demo:3000:1", "--size", "800x600"]) else { return };
    // While something is read, a button takes the ruler's place.
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    wait_for_rest(&mut driver, "all is read");
    driver.move_to([300, 250]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.click(1);
    let pinned = driver.wait("a pin", |frame| frame.pin_row.is_some() && frame.ruler.is_some());
    let row = pinned.pin_row.unwrap();
    let columns = (1.3 * 3000_f64).sqrt().round() as u32;
    let center = DVec2::new(f64::from(row % columns) + 0.5, -f64::from(row / columns) - 0.5);
    let [left, top, width, height] = pinned.ruler.unwrap();
    let px = |part: f64| [left + part * width, top + height / 2.0].map(|at| at.round() as i32);
    driver.screen.point(px(0.5));
    driver.wait("the pointer over the ruler", |frame| frame.pointer.is_none());
    driver.screen.button(1, true);
    driver.screen.point(px(0.6));
    driver.screen.point(px(0.7));
    let near = driver.wait("nearer", |frame| frame.zoom > 2.0 * pinned.zoom);
    driver.screen.button(1, false);
    let moved = (near.px_of(center) - pinned.px_of(center)).length();
    assert!(moved < 1.0, "the pinned drawing moved by {moved} px");
    assert!((near.side_px / pinned.side_px - near.zoom / pinned.zoom).abs() < 1e-6);
    // One undo takes all of the drag back, once its last step has been drawn.
    wait_for_rest(&mut driver, "the ruler is let go");
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("as far as before", |frame| (frame.zoom - pinned.zoom).abs() < 1e-9);
}
