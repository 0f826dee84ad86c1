//! Selecting by hand in the real window: clicks, boxes, lassos, keys, and undo of all of them.

use super::driver::{Driver, Shown};
use super::xvfb::keysym::{ALT, CONTROL, SHIFT};
use glam::DVec2;

/// Columns of the grid of 20,000.
fn columns() -> i64 {
    (1.3 * 20_000_f64).sqrt().round() as i64
}

/// How many cells of the grid have their centre between two pixels of the viewport.
fn centers_between(frame: &Shown, a: [i32; 2], b: [i32; 2]) -> u32 {
    let [a, b] = [a, b].map(|at| frame.world_at(DVec2::new(at[0].into(), at[1].into())));
    let within = |lo: f64, hi: f64, count: i64| {
        let first = (lo - 0.5).ceil().max(0.0) as i64;
        let last = ((hi - 0.5).floor() as i64).min(count - 1);
        (last - first + 1).max(0)
    };
    let lines = (20_000 + columns() - 1) / columns();
    (within(a.x, b.x, columns()) * within(-a.y, -b.y, lines)) as u32
}

fn drag(driver: &mut Driver, path: &[[i32; 2]]) {
    driver.move_to(path[0]);
    driver.screen.button(1, true);
    for &to in &path[1..] {
        driver.move_to(to);
    }
    driver.screen.button(1, false);
}

#[test]
pub fn drawings_are_selected_by_hand_and_every_step_is_taken_back() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "800x600"]) else { return };
    let selected = |count: u32| move |frame: &Shown| frame.selected == count;
    let start = driver.move_to([300, 200]);

    // A click with Ctrl selects, and pins nothing.
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.key(CONTROL, true);
    driver.screen.click(1);
    driver.wait("one", selected(1));
    driver.move_to([400, 300]);
    driver.screen.click(1);
    let two = driver.wait("two", selected(2));
    assert_eq!((two.pin_row, two.zoom), (None, start.zoom));
    driver.screen.click(1);
    driver.wait("one again, without a zoom", |frame| frame.selected == 1 && frame.zoom == start.zoom);
    driver.screen.key(CONTROL, false);

    // A box replaces it, with Ctrl adds, with Alt takes away.
    driver.screen.tap('b'.into());
    let boxed = centers_between(&start, [200, 150], [400, 350]);
    assert!(boxed > 1_000);
    drag(&mut driver, &[[200, 150], [300, 300], [400, 350]]);
    let frame = driver.wait("the box", selected(boxed));
    assert_eq!((frame.center, frame.zoom), (start.center, start.zoom), "the picture rests under the box");
    driver.screen.key(CONTROL, true);
    drag(&mut driver, &[[400, 150], [450, 300], [500, 350]]);
    driver.screen.key(CONTROL, false);
    let both = centers_between(&start, [200, 150], [500, 350]);
    driver.wait("both boxes", selected(both));
    driver.screen.key(ALT, true);
    drag(&mut driver, &[[200, 150], [300, 300], [400, 350]]);
    driver.screen.key(ALT, false);
    // The edge that they share goes with the first.
    let second = both - boxed;
    driver.wait("the second box", selected(second));

    // A lasso with four corners is a box; what it crosses twice is outside.
    driver.screen.tap('l'.into());
    drag(&mut driver, &[[200, 150], [398, 150], [398, 350], [200, 350]]);
    let lassoed = centers_between(&start, [200, 150], [398, 350]);
    driver.wait("the lasso", selected(lassoed));
    // Shift zooms with any tool.
    driver.screen.key(SHIFT, true);
    drag(&mut driver, &[[250, 200], [300, 220], [350, 260]]);
    driver.screen.key(SHIFT, false);
    driver.wait("nearer", |frame| frame.zoom > 2.0 * start.zoom && frame.selected == lassoed);

    let undo = |driver: &mut Driver| driver.screen.tap_with(CONTROL, 'z'.into());
    undo(&mut driver);
    driver.wait("as far as before", |frame| (frame.zoom / start.zoom - 1.0).abs() < 1e-9 && frame.selected == lassoed);
    undo(&mut driver);
    driver.wait("the second box again", selected(second));

    // All, the others, none.
    driver.screen.tap_with(CONTROL, 'i'.into());
    driver.wait("the others", selected(20_000 - second));
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("all", selected(20_000));
    driver.screen.key(SHIFT, true);
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.screen.key(SHIFT, false);
    driver.wait("none", selected(0));
    undo(&mut driver);
    driver.wait("all again", selected(20_000));
    driver.screen.tap_with(CONTROL, 'y'.into());
    let last = driver.wait("none again", selected(0));
    assert_eq!(last.gpu_errors, 0);
}
