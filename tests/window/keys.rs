//! What the keys do.

use super::driver::{Driver, Shown};
use super::xvfb::Xvfb;
use super::xvfb::keysym::{CONTROL, DOWN, END, ENTER, ESCAPE, HOME, LEFT, RIGHT, SHIFT, UP};
use glam::DVec2;
use std::process::Command;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

/// Waits for a camera, which may glide there.
fn wait_for_camera(driver: &mut Driver, what: &str, center: [f64; 2], zoom: f64) -> Shown {
    let is_there =
        |frame: &Shown| near(frame.zoom, zoom) && near(frame.center[0], center[0]) && near(frame.center[1], center[1]);
    driver.wait(what, is_there)
}

fn tap(driver: &mut Driver, key: char, what: &str, is_so: impl Fn(&Shown) -> bool) -> Shown {
    driver.tap(key.into(), what, is_so)
}

#[test]
pub fn keys_move_the_camera_and_switch_what_is_shown() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    let fit = driver.now().clone();
    assert_eq!((fit.zoom, fit.layout.as_str(), fit.theme.as_str()), (1.0, "grid", "paper"));

    // Plus, also while the last one still glides, and minus.
    driver.screen.write("+=");
    wait_for_camera(&mut driver, "twice as near twice", fit.center, 4.0);
    tap(&mut driver, '-', "half", |frame| near(frame.zoom, 2.0));

    // Arrows: 80 logical px each.
    let from = DVec2::from(driver.now().center);
    let step = 80.0 * fit.scale / driver.now().side_px;
    let moves =
        [(LEFT, -1.0, 0.0), (UP, 0.0, 1.0), (RIGHT, 1.0, 0.0), (RIGHT, 1.0, 0.0), (DOWN, 0.0, -1.0), (DOWN, 0.0, -1.0)];
    let mut to = from;
    for (key, x, y) in moves {
        to += DVec2::new(x, y) * step;
        driver.screen.tap(key);
        wait_for_camera(&mut driver, "an arrow's step", to.to_array(), 2.0);
    }
    driver.screen.write("0");
    wait_for_camera(&mut driver, "everything", fit.center, 1.0);

    // Layouts.
    for (key, name) in [('2', "index"), ('3', "groups"), ('1', "grid")] {
        tap(&mut driver, key, name, |frame| frame.layout == name && frame.zoom == 1.0);
    }

    // The inspector makes room and takes it again; theme; help.
    let wide = tap(&mut driver, 'i', "no inspector", |frame| !frame.inspector && frame.size_px[0] > 700);
    assert_eq!(wide.size_px, [700 + (372.0 * fit.scale) as u32, 500]);
    tap(&mut driver, 'i', "the inspector", |frame| frame.size_px == [700, 500]);
    tap(&mut driver, 't', "night", |frame| frame.theme == "night");
    tap(&mut driver, 't', "paper", |frame| frame.theme == "paper");
    let help = tap(&mut driver, '?', "help", |frame| frame.dialog.as_deref() == Some("help"));
    // Keys belong to the dialog while it is open.
    driver.screen.write("2");
    driver.tap(ESCAPE, "no help", |frame| frame.dialog.is_none());
    assert_eq!(driver.now().layout, help.layout);
}

#[test]
pub fn rows_are_gone_to_and_stepped_through() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    let columns = (1.3 * 20_000_f64).sqrt().round() as u32;
    let center_of = move |row: u32| DVec2::new(f64::from(row % columns) + 0.5, -f64::from(row / columns) - 0.5);
    // A drawing in the middle, large enough to be seen.
    let scale = driver.now().scale;
    let side_px = 96.0 * scale;
    let arrived = move |frame: &Shown, row: u32| {
        let off = (frame.px_of(center_of(row)) - frame.middle_px()).length();
        frame.pin_row == Some(row) && near(frame.side_px, side_px) && off < 0.5
    };

    tap(&mut driver, 'g', "the card", |frame| frame.dialog.as_deref() == Some("goto"));
    driver.screen.write("7077");
    driver.tap(ENTER, "row 7,077", |frame| arrived(frame, 7077));
    assert_eq!(driver.now().dialog, None);

    // While pinned the arrows step, with Shift they pan.
    driver.tap(RIGHT, "the next row", |frame| frame.pin_row == Some(7078));
    driver.tap(LEFT, "the row before", |frame| frame.pin_row == Some(7077));
    let before = driver.now().center;
    driver.screen.tap_with(SHIFT, RIGHT);
    let panned = driver.wait("a pan", |frame| near(frame.center[0], before[0] + 80.0 * scale / side_px));
    assert_eq!(panned.pin_row, Some(7077));

    // Stepping out of the picture takes the picture along.
    for _ in 0..6 {
        driver.screen.tap(RIGHT);
    }
    let stepped = driver.wait("six rows on", |frame| {
        let px = frame.px_of(center_of(7083));
        frame.pin_row == Some(7083)
            && px.cmpge(DVec2::splat(side_px / 2.0)).all()
            && px.x + side_px / 2.0 <= 700.0
            && px.y + side_px / 2.0 <= 500.0
    });
    assert!(near(stepped.side_px, side_px));

    // The camera stays within the bounds: the first and last row come as near to the middle as it may.
    driver.tap(HOME, "the first row", |frame| arrived(frame, 0));
    driver.tap(END, "the last row", |frame| arrived(frame, 19_999));
    driver.tap(ESCAPE, "nothing pinned", |frame| frame.pin_row.is_none());

    // From the end; a wrong number says so and stays.
    tap(&mut driver, 'g', "the card", |frame| frame.dialog.as_deref() == Some("goto"));
    driver.screen.write("snow");
    driver.screen.tap(ENTER);
    driver.screen.tap(ESCAPE);
    driver.wait("the card closed", |frame| frame.dialog.is_none());
    assert_eq!(driver.now().pin_row, None);
    tap(&mut driver, 'g', "the card", |frame| frame.dialog.as_deref() == Some("goto"));
    driver.screen.write("-2");
    driver.tap(ENTER, "the last row but one", |frame| arrived(frame, 19_998));
}

#[test]
pub fn what_was_done_is_taken_back_and_up_again() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    let start = driver.now().clone();
    let is = |layout: &'static str, pin: Option<u32>, zoom: f64| {
        move |frame: &Shown| frame.layout == layout && frame.pin_row == pin && near(frame.zoom, zoom)
    };
    driver.move_to([350, 250]);
    let hovered = driver.wait("a hover", |frame| frame.hover_row.is_some()).hover_row;
    driver.screen.click(1);
    driver.wait("a pin", is("grid", hovered, 1.0));
    tap(&mut driver, '2', "index", is("index", hovered, 1.0));
    tap(&mut driver, '+', "nearer", is("index", hovered, 2.0));
    tap(&mut driver, '0', "all of it", is("index", hovered, 1.0));
    let undo = |driver: &mut Driver| driver.screen.tap_with(CONTROL, 'z'.into());
    undo(&mut driver);
    driver.wait("nearer again", is("index", hovered, 2.0));
    undo(&mut driver);
    driver.wait("index, not zoomed", is("index", hovered, 1.0));
    undo(&mut driver);
    driver.wait("the grid again", is("grid", hovered, 1.0));
    undo(&mut driver);
    let back = driver.wait("nothing pinned", is("grid", None, 1.0));
    assert_eq!(back.center, start.center);
    for (what, layout, zoom) in [("pinned", "grid", 1.0), ("index", "index", 1.0), ("nearer", "index", 2.0)] {
        driver.screen.tap_with(CONTROL, 'y'.into());
        driver.wait(what, is(layout, hovered, zoom));
    }
}

/// Types while the program stands still, so that all of it comes between two frames.
pub fn at_once(driver: &Driver, typed: impl FnOnce(&Xvfb)) {
    let send = |signal: &str| {
        let sent = Command::new("kill").args([signal, &driver.process().to_string()]).status().unwrap();
        assert!(sent.success(), "kill {signal}");
    };
    send("-STOP");
    typed(&driver.screen);
    send("-CONT");
}

#[test]
pub fn keys_typed_ahead_of_a_dialog_belong_to_it() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    // A page that is opened, closed, and a key for the window.
    at_once(&driver, |screen| {
        screen.write("?");
        screen.tap(ESCAPE);
        screen.write("i");
    });
    let frame = driver.wait("no inspector", |frame| !frame.inspector && frame.size_px[0] > 700);
    assert_eq!(frame.dialog, None);
    // A row, of which no digit is a layout.
    at_once(&driver, |screen| {
        screen.write("g7012");
        screen.tap(ENTER);
        screen.write("t");
    });
    let frame = driver.wait("the row", |frame| frame.pin_row == Some(7012) && frame.theme == "night");
    assert_eq!((frame.dialog.as_deref(), frame.layout.as_str()), (None, "grid"));
}
