//! Strokes in the inspector of the real window: shown, over pixels, played again.

use super::asking::find;
use super::driver::{Driver, Shown};
use super::idle::assert_idle;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, HOME, RIGHT, SPACE};
use inkfield::app::hand::{HandLine, TogetherLine};
use ndarray::Array3;
use std::fs;

/// A square in 600 ms, a rest of 5 s of which half a second is waited for, a line in 400 ms; the second drawing has no strokes; the
/// times of the third fall.
const RECORDS: &str = r#"{"word":"square","drawing":[[[0,90,90,0,0],[0,0,90,90,0],[0,150,300,450,600]],[[10,80],[10,80],[5600,6000]]]}
{"word":"nothing"}
{"word":"odd","drawing":[[[0,90],[0,90],[600,0]]]}
"#;

/// A window with the set, all of it read.
fn opened() -> Option<Driver> {
    let folder = tempfile::tempdir().unwrap();
    let drawings = Array3::from_shape_fn((3, 28, 28), |(row, y, x)| ((row * 784 + y * 28 + x) % 251) as u8);
    let input = folder.path().join("drawn.npy");
    ndarray_npy::write_npy(&input, &drawings).unwrap();
    fs::write(input.with_extension("ndjson"), RECORDS).unwrap();
    let mut driver = Driver::open_in(folder, &[input.to_str().unwrap(), "--size", "900x800"])?;
    driver.wait("all records", are_read);
    Some(driver)
}

fn are_read(frame: &Shown) -> bool {
    frame.is_loaded() && frame.records_loaded == 3
}

fn hand(frame: &Shown) -> Option<&HandLine> {
    frame.hand.as_ref()
}

#[test]
fn a_drawing_is_shown_as_it_was_made_and_played_in_its_time() {
    let Some(mut driver) = opened() else { return };
    let is = |frame: &Shown, shown: &str| hand(frame).is_some_and(|hand| hand.shown == shown);
    driver.tap(HOME, "its pixels", |frame| frame.pin_row == Some(0) && is(frame, "Pixels"));
    driver.tap('h'.into(), "its strokes", |frame| is(frame, "Strokes") && hand(frame).unwrap().strokes == Some(2));
    driver.tap('h'.into(), "both", |frame| is(frame, "Both"));
    driver.tap('h'.into(), "its pixels again", |frame| is(frame, "Pixels"));
    // Played again it begins with nothing, shows its strokes, and ends whole: a second and a half.
    let begun = driver.tap(SPACE, "that it is played", |frame| hand(frame).is_some_and(|hand| hand.plays));
    assert!(is(&begun, "Strokes"));
    let ended = driver.wait("its end", |frame| hand(frame).is_some_and(|hand| !hand.plays));
    assert_eq!(hand(&ended).unwrap().played_ms, Some(1_500.0));
    assert!(ended.ms - begun.ms >= 1_500.0 - hand(&begun).unwrap().played_ms.unwrap() - 50.0, "in its time");
    // It stops where it is, and nothing is drawn any more.
    driver.tap(SPACE, "that it is played", |frame| hand(frame).is_some_and(|hand| hand.plays));
    let stopped = driver.tap(SPACE, "that it stops", |frame| hand(frame).is_some_and(|hand| !hand.plays));
    let at = hand(&stopped).unwrap().played_ms.unwrap();
    assert!(at < 1_500.0);
    // From near the picture shows strokes, too; the second drawing has none, the third none that can be read.
    driver.tap('v'.into(), "strokes in the picture", |frame| frame.side_px >= 120.0 && frame.in_strokes == 1);
    driver.tap('v'.into(), "pixels again", |frame| frame.in_strokes == 0);
    // A record without strokes has nothing to show; odd ones say so.
    driver.tap(RIGHT, "no strokes", |frame| frame.pin_row == Some(1) && hand(frame).is_none());
    driver.tap(RIGHT, "none that can be read", |frame| {
        frame.pin_row == Some(2) && hand(frame).is_some_and(|hand| hand.strokes.is_none() && hand.played_ms.is_none())
    });
    assert_eq!(driver.close(), 0);
}

#[test]
fn strokes_in_the_picture_say_what_is_to_be_done_and_where_there_are_none() {
    let says = |frame: &Shown, what: &str| frame.notices.iter().any(|notice| notice.contains(what));
    let nearer = "come nearer";
    let Some(mut driver) = Driver::open(&["demo:600:1", "--size", "900x800"]) else { return };
    driver.wait("all of them", Shown::is_loaded);
    driver.tap('v'.into(), "what to do", |frame| says(frame, nearer) && frame.in_strokes == 0);
    driver.screen.write("++++++++++");
    driver.wait("strokes, and nothing to do", |frame| frame.in_strokes > 0 && !says(frame, nearer));
    assert_eq!(driver.close(), 0);
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("plain.npy");
    ndarray_npy::write_npy(&input, &Array3::<u8>::from_elem((4, 28, 28), 9)).unwrap();
    fs::write(input.with_extension("ndjson"), "{\"word\":\"a\"}\n".repeat(4)).unwrap();
    let Some(mut driver) = Driver::open_in(folder, &[input.to_str().unwrap(), "--size", "900x800"]) else { return };
    driver.wait("all records", |frame| frame.is_loaded() && frame.records_loaded == 4);
    driver.tap('v'.into(), "that there are none", |frame| says(frame, "no record of a drawing in sight holds strokes"));
    assert_eq!(driver.close(), 0);
}

#[test]
fn columns_from_strokes_are_added_by_a_command_which_is_gone_when_they_are_there() {
    let Some(mut driver) = opened() else { return };
    driver.tap(HOME, "a drawing", |frame| frame.pin_row == Some(0));
    find(&mut driver, "columns from strokes");
    // The set is opened again, and has more to colour by.
    driver.wait("all records again", |frame| are_read(frame) && frame.pin_row.is_none());
    find(&mut driver, "colour drawing.points");
    driver.wait("colours", |frame| frame.color_by.as_deref() == Some("drawing.points"));
    assert_eq!(driver.close(), 0);
}

#[test]
fn a_sketch_rnn_archive_is_shown_by_its_strokes_and_played_at_an_even_pace() {
    let sketches = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strokes/expected/sketches.npz");
    let Some(mut driver) = Driver::open(&[sketches, "--size", "900x800"]) else { return };
    driver.wait("all records", |frame| frame.is_loaded() && frame.records_loaded == 15);
    driver.tap(HOME, "its pixels", |frame| frame.pin_row == Some(0) && hand(frame).is_some());
    driver.tap('h'.into(), "its strokes", |frame| hand(frame).is_some_and(|hand| hand.strokes == Some(3)));
    driver.tap(SPACE, "that it is played", |frame| hand(frame).is_some_and(|hand| hand.plays));
    assert_eq!(driver.close(), 0);
}

fn together(frame: &Shown) -> Option<&TogetherLine> {
    frame.together.as_ref()
}

#[test]
fn the_selection_is_drawn_at_once_in_its_time() {
    let Some(mut driver) = opened() else { return };
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("all of them", |frame| frame.selected == 3);
    find(&mut driver, "replay the sel");
    // They are read, and begin by themselves; those without strokes are counted.
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("together"));
    let begun = driver.wait("that they are played", |frame| together(frame).is_some_and(|all| all.plays));
    let all = together(&begun).unwrap();
    assert_eq!((all.counts, all.is_read, all.played_ms[1]), ([3, 3, 2], true, 1_500.0));
    let ended = driver.wait("their end", |frame| together(frame).is_some_and(|all| !all.plays));
    let whole = together(&ended).unwrap().clone();
    assert_eq!(whole.played_ms, [1_500.0; 2]);
    assert!(whole.inked > 0);
    assert!(ended.ms - begun.ms >= 1_500.0 - all.played_ms[0] - 50.0, "in its time");
    assert_idle(&mut driver, "drawings that have been played");
    // Space plays them once more and stops: less of them is there then, and nothing is drawn any more.
    driver.tap(SPACE, "that they are played", |frame| together(frame).is_some_and(|all| all.plays));
    let stopped = driver.tap(SPACE, "that they stop", |frame| together(frame).is_some_and(|all| !all.plays));
    let part = together(&stopped).unwrap();
    assert!(part.played_ms[0] < 1_500.0 && part.inked < whole.inked, "{part:?}");
    assert_idle(&mut driver, "drawings that were stopped");
    driver.tap(ESCAPE, "that they are gone", |frame| together(frame).is_none() && frame.dialog.is_none());
    assert_eq!(driver.now().selected, 3);
    assert_eq!(driver.close(), 0);
}

#[test]
fn the_median_and_means_by_stroke_follow_selection_and_filter() {
    let Some(mut driver) = opened() else { return };
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("all of them", |frame| frame.selected == 3);
    assert!(driver.now().by_stroke.is_none(), "nobody has asked");
    find(&mut driver, "median");
    let is_made = |frame: &Shown| frame.by_stroke.as_ref().is_some_and(|made| !made.parts.is_empty());
    let made = driver.wait("the means", is_made).by_stroke.clone().unwrap();
    // One record has two strokes, the others none that can be read.
    assert_eq!((made.rows, &made.parts[..]), (3, &[1, 1, 0, 0, 0, 0, 0][..]));
    let values = |row: usize| (0..784).map(move |at| ((row * 784 + at) % 251) as f64 / 255.0);
    let (mut mean, mut median) = (0.0, 0.0);
    for ((a, b), c) in values(0).zip(values(1)).zip(values(2)) {
        mean += (a + b + c) / 3.0;
        median += a.max(b).min(a.min(b).max(c));
    }
    assert!((made.inks[0] - mean).abs() < 1e-3 && (made.inks[1] - median).abs() < 1e-3, "{made:?}: {mean} {median}");
    assert_idle(&mut driver, "means that have been made");
    // Of these the filter keeps the first.
    find(&mut driver, "filter");
    driver.wait("the filter", |frame| frame.dialog.as_deref() == Some("filter"));
    driver.screen.write("word = square");
    driver.screen.tap(ENTER);
    let one = driver
        .wait("one", |frame| frame.by_stroke.as_ref().is_some_and(|made| made.rows == 1))
        .by_stroke
        .clone()
        .unwrap();
    let own: f64 = values(0).sum();
    assert!(one.inks.iter().all(|ink| (ink - own).abs() < 1e-3), "{one:?}: {own}");
    assert_eq!(driver.close(), 0);
}
