//! What the pointer does: drags, boxes, the wheel, double clicks, pins.

use super::driver::{Driver, Shown};
use super::hover::Noise;
use super::keys::at_once;
use super::xvfb::keysym::{ESCAPE, SHIFT};
use glam::DVec2;

/// How far what lies under the pointer may drift, pixels.
const DRIFT_PX: f64 = 0.5;

fn near(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < 1e-9
}

/// Turns the wheel some times; each notch is a quarter nearer, or back.
fn turn(driver: &mut Driver, forth: bool, notches: i32) {
    let from = driver.now().zoom;
    for _ in 0..notches {
        driver.screen.wheel(forth);
    }
    let to = from * 1.25_f64.powi(if forth { notches } else { -notches });
    driver.wait("the notches", |frame| near(frame.zoom, to));
}

/// Fails when a world position has left a pixel in any of the frames.
fn assert_held(frames: &[Shown], world: DVec2, px: impl Fn(&Shown) -> DVec2) {
    for frame in frames {
        let drift = (frame.px_of(world) - px(frame)).length();
        assert!(drift < DRIFT_PX, "drifted {drift} px in frame {}: {frame:?}", frame.serial);
    }
}

#[test]
pub fn the_pointer_keeps_what_it_holds() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "800x600"]) else { return };

    // The wheel: a hundred notches up and down about one pixel.
    let at = [437, 261];
    let start = driver.move_to(at);
    let px = DVec2::new(437.0, 261.0);
    let world = start.world_at(px);
    let (mut noise, mut level, mut turned) = (Noise(3), 0, 0);
    let first = driver.frames.len();
    while turned < 100 {
        let notches = 1 + noise.below(8) as i32;
        let forth = level < 4 || (level + notches <= 16 && noise.below(2) == 0);
        let notches = if forth { notches } else { notches.min(level) };
        turn(&mut driver, forth, notches);
        level += if forth { notches } else { -notches };
        turned += notches;
    }
    assert_held(&driver.frames[first..], world, |_| px);

    // A drag in steps of a pixel and of many: the first ones, which a click could have made, count as well.
    if level < 10 {
        turn(&mut driver, true, 10 - level);
    }
    let held = driver.now().world_at(px);
    let first = driver.frames.len();
    driver.screen.button(1, true);
    let mut to = at;
    for turn in 0..40 {
        to = [to[0] + if turn < 12 { 1 } else { 6 }, to[1] - turn % 3];
        driver.move_to(to);
    }
    // Until it has moved 4 logical px it may still become a click: then the picture rests.
    let dragged = |frame: &&Shown| frame.pointer.is_some_and(|[x, _]| x >= px.x + 4.0 * frame.scale);
    let frames: Vec<Shown> = driver.frames[first..].iter().filter(dragged).cloned().collect();
    assert!(frames.len() >= 30, "{} frames of a drag", frames.len());
    assert_held(&frames, held, |frame| frame.pointer.unwrap().into());
    driver.screen.button(1, false);

    // A double click: twice as near, about the pointer.
    let at = [351, 318];
    let px = DVec2::new(351.0, 318.0);
    let before = driver.move_to(at);
    // However long a frame between them would take.
    at_once(&driver, |screen| {
        screen.click(1);
        screen.click(1);
    });
    let after = driver.wait("the double click", |frame| near(frame.zoom, 2.0 * before.zoom));
    assert_held(&[after], before.world_at(px), |_| px);
    driver.tap(ESCAPE, "nothing pinned", |frame| frame.pin_row.is_none());
}

#[test]
pub fn a_box_is_shown_as_large_as_it_fits_and_a_click_pins() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "800x600"]) else { return };

    // Shift and drag, from the lower right to the upper left: 200 × 60 px, so that the width decides.
    let before = driver.move_to([500, 400]);
    let middle = before.world_at(DVec2::new(400.0, 370.0));
    driver.screen.key(SHIFT, true);
    driver.screen.button(1, true);
    for to in [[480, 390], [400, 350], [300, 340]] {
        let frame = driver.move_to(to);
        assert_eq!((frame.center, frame.zoom), (before.center, before.zoom), "the picture rests under the box");
    }
    driver.screen.button(1, false);
    driver.screen.key(SHIFT, false);
    let boxed = driver.wait("the box", |frame| near(frame.zoom, before.zoom * 800.0 / 200.0));
    assert!((DVec2::from(boxed.center) - middle).length() * boxed.side_px < DRIFT_PX);

    // A click that trembles by 2 px pins what is hovered; Escape lets it go.
    driver.move_to([321, 222]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.button(1, true);
    let trembled = driver.move_to([322, 223]);
    driver.screen.button(1, false);
    let pinned = driver.wait("the pin", |frame| frame.pin_row.is_some());
    // What is picked lies under the pixel's middle.
    let cell = trembled.world_at(DVec2::new(322.5, 223.5));
    let columns = (1.3 * 20_000_f64).sqrt().round();
    assert_eq!(pinned.pin_row, Some(((-cell.y).floor() * columns + cell.x.floor()) as u32));
    assert_eq!((pinned.center, pinned.zoom), (trembled.center, trembled.zoom), "a click moves no camera");
    driver.tap(ESCAPE, "the pin let go", |frame| frame.pin_row.is_none());

    // A drag pins nothing.
    driver.screen.button(1, true);
    driver.move_to([300, 210]);
    driver.screen.button(1, false);
    let after = driver.move_to([301, 211]);
    assert_eq!(after.pin_row, None);
}

#[test]
pub fn a_click_that_comes_before_any_answer_pins_what_lies_there() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "800x600"]) else { return };
    let columns = (1.3 * 20_000_f64).sqrt().round();
    for px in [[311, 222], [402, 350], [480, 301]] {
        // A hover elsewhere, so that no answer that has come already tells it.
        driver.move_to([350, 300]);
        driver.wait("a hover", |frame| frame.hover_row.is_some());
        at_once(&driver, |_| {
            driver.point_at(px);
            driver.screen.click(1);
        });
        let cell = driver.now().world_at(DVec2::new(f64::from(px[0]) + 0.5, f64::from(px[1]) + 0.5));
        let row = ((-cell.y).floor() * columns + cell.x.floor()) as u32;
        driver.wait("the pin", |frame| frame.pin_row == Some(row));
    }
}
