//! Sessions in the real window: the picture as a command, saved and restored bit for bit, and the last one of a set.

use super::asking::find;
use super::driver::{BINARY, Driver, Shown, read_png};
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, HOME, SHIFT};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

const INPUT: &str = "demo:3000:1";

fn filter(driver: &mut Driver, condition: &str) {
    driver.screen.key(CONTROL, true);
    driver.screen.tap_with(SHIFT, 'f'.into());
    driver.screen.key(CONTROL, false);
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("filter"));
    driver.screen.write(condition);
    driver.tap(ENTER, "the condition", |frame| frame.matching.is_some());
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
}

/// Saves the picture; its file.
fn saved(driver: &mut Driver) -> PathBuf {
    driver.point_away();
    driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.hover_row.is_none() && !frame.refining);
    let frame = driver.tap('s'.into(), "the picture", |frame| frame.notices.iter().any(|what| what.contains(".png")));
    frame.notices.iter().find_map(|what| what.strip_prefix("saved ")).unwrap().into()
}

fn run(driver: &Driver, script: &str) {
    let script = format!("inkfield() {{ \"$0\" \"$@\"; }}\n{script}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, BINARY]).current_dir(driver.path("")).env("XDG_RUNTIME_DIR", driver.path("system"));
    let output = command.env("XDG_DATA_HOME", driver.path("system")).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
}

fn assert_same(driver: &Driver, picture: &Path, drawn: &str, what: &str) {
    let ([size, other], [a, b]) = {
        let (a, b) = (read_png(picture), read_png(&driver.path(drawn)));
        ([a.0, b.0], [a.1, b.1])
    };
    assert_eq!(size, other, "{what}");
    let different = a.chunks(3).zip(b.chunks(3)).filter(|(a, b)| a != b).count();
    assert_eq!(different, 0, "{what}: pixels drawn otherwise");
    assert!(a.chunks(3).any(|pixel| pixel != &a[..3]), "{what}: nothing is drawn");
}

#[test]
fn the_copied_command_says_by_what_clusters_are_found_in_any_layout() {
    let args = [INPUT, "--size", "640x420", "--measure", "ink", "--clusters", "--color-by", "cluster"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    driver.wait("clusters as colours", |frame| !frame.legend.is_empty() && frame.compared_by == "ink");
    find(&mut driver, "copy as command");
    driver.wait("the notice", |frame| frame.notices.iter().any(|what| what.starts_with("copied the command")));
    let line = driver.screen.clipboard();
    assert!(line.contains(" --measure ink ") && line.contains(" --clusters=1"), "{line}");
}

#[test]
fn the_copied_command_draws_the_picture_of_the_window() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x420"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    let copied = |driver: &mut Driver| {
        find(driver, "copy as command");
        driver.wait("the notice", |frame| frame.notices.iter().any(|what| what.starts_with("copied the command")));
        driver.screen.clipboard()
    };
    // Untouched.
    let picture = saved(&mut driver);
    let line = copied(&mut driver);
    assert_eq!(line, format!("inkfield render {INPUT} --size 640x420{} --out picture.png", scale(&driver)));
    run(&driver, &line);
    assert_same(&driver, &picture, "picture.png", "untouched");
    // Arranged, coloured, filtered, nearer, by night.
    find(&mut driver, "group by country");
    driver.wait("groups", |frame| frame.layout == "groups" && frame.arranging.is_none() && !frame.gliding);
    find(&mut driver, "colour by recog");
    driver.wait("colours", |frame| frame.color_by.as_deref() == Some("recognized"));
    filter(&mut driver, "countrycode != 'DE' and row > 17");
    driver.tap('t'.into(), "night", |frame| frame.theme == "night");
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("the selection", |frame| frame.selected > 0 && Some(frame.selected) == frame.matching);
    driver.move_to([211, 173]);
    (0..5).for_each(|_| driver.screen.wheel(true));
    driver.wait("the notches", |frame| (frame.zoom - 1.25_f64.powi(5)).abs() < 1e-9);
    let picture = saved(&mut driver);
    let line = copied(&mut driver);
    for part in ["--layout groups --by countrycode", "--color-by recognized", "--theme night", "--zoom"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    run(&driver, &line);
    assert_same(&driver, &picture, "picture.png", &line);
    assert_eq!(driver.close(), 0);
}

/// The scale as a command says it where it is not 1.
fn scale(driver: &Driver) -> String {
    let scale = driver.now().scale;
    if scale == 1.0 { String::new() } else { format!(" --scale {scale}") }
}

/// What is looked at, as far as the state log says it.
fn state(frame: &Shown) -> impl PartialEq + std::fmt::Debug + use<> {
    let looks = (frame.color_by.clone(), frame.filter.clone(), frame.fades, frame.matching, frame.theme.clone());
    let (layout, by) = (frame.layout.clone(), frame.by.clone());
    (layout, by, frame.center, frame.zoom, frame.selected, frame.pin_row, looks)
}

#[test]
fn a_saved_session_is_the_same_picture_bit_for_bit_after_a_restart() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x420", "--session", "looked.json"]) else {
        return;
    };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    find(&mut driver, "arrange: index");
    driver.wait("index", |frame| frame.layout == "index" && !frame.gliding);
    filter(&mut driver, "recognized");
    find(&mut driver, "colour by country");
    driver.wait("colours", |frame| frame.color_by.as_deref() == Some("countrycode"));
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("the selection", |frame| frame.selected > 0 && Some(frame.selected) == frame.matching);
    driver.tap(HOME, "row 0", |frame| frame.pin_row.is_some() && (frame.side_px - 96.0 * frame.scale).abs() < 1e-6);
    driver.tap('t'.into(), "night", |frame| frame.theme == "night");
    let picture = saved(&mut driver);
    driver.screen.tap_with(CONTROL, 's'.into());
    let before = driver.wait("the notice", |frame| frame.notices.iter().any(|what| what.ends_with("looked.json")));
    assert_eq!(driver.close(), 0);
    let session = driver.path("looked.json");

    // Without a window.
    run(&driver, "inkfield render --session looked.json --out drawn.png");
    assert_same(&driver, &picture, "drawn.png", "render");
    // In another window, which opens the drawings by itself.
    let args = [OsStr::new("--session"), session.as_os_str(), OsStr::new("--theme"), OsStr::new("system")];
    let Some(mut again) = Driver::open_whole(&args) else { return };
    let restored = again.wait("all of it", |frame| frame.records_loaded == 3000 && frame.matching.is_some());
    assert_eq!(state(&restored), state(&before));
    assert_eq!((restored.size_px, restored.notices.len()), (before.size_px, 0), "{:?}", restored.notices);
    let second = saved(&mut again);
    assert_eq!(std::fs::read(second).unwrap(), std::fs::read(&picture).unwrap(), "not bit for bit");
    assert_eq!(again.close(), 0);
}

#[test]
fn the_last_session_of_a_set_is_restored_for_whoever_asks() {
    let home = tempfile::tempdir().unwrap();
    let environment = [("XDG_STATE_HOME", home.path().as_os_str())];
    let open = || Driver::open_with(tempfile::tempdir().unwrap(), &[INPUT, "--size", "600x400"], &environment);
    let Some(mut driver) = open() else { return };
    let all = |frame: &Shown| frame.is_loaded() && frame.records_loaded == 3000;
    driver.wait("all records", all);
    find(&mut driver, "group by recog");
    driver.wait("groups", |frame| frame.layout == "groups" && !frame.gliding);
    driver.screen.write("+");
    let before = driver.wait("nearer", |frame| (frame.zoom - 2.0).abs() < 1e-9);
    assert_eq!(driver.close(), 0);

    let Some(mut again) = open() else { return };
    let plain = again.wait("all records", all);
    assert_eq!((plain.layout.as_str(), plain.zoom), ("grid", 1.0), "nobody has asked");
    find(&mut again, "restore the last");
    let is_back = |frame: &Shown| frame.layout == "groups" && (frame.zoom - before.zoom).abs() < 1e-9 && !frame.gliding;
    let back = again.wait("groups again", is_back);
    assert_eq!((back.by.clone(), back.center), (before.by.clone(), before.center));
    again.screen.tap_with(CONTROL, 'z'.into());
    again.wait("the grid", |frame| frame.layout == "grid" && frame.zoom == 1.0);
    // Another set has none.
    let Some(mut other) = Driver::open_with(tempfile::tempdir().unwrap(), &["demo:200:9"], &environment) else {
        return;
    };
    other.wait("all records", |frame| frame.is_loaded() && frame.records_loaded == 200);
    find(&mut other, "restore the last");
    other.wait("that", |frame| frame.notices.iter().any(|what| what.contains("no session of these drawings")));
}

#[test]
fn a_session_of_other_drawings_is_told_and_the_window_stays() {
    let folder = tempfile::tempdir().unwrap();
    super::loading::write_drawings(&folder.path().join("set.npy"), 30);
    let Some(mut driver) = Driver::open_in(folder, &["set.npy", "--size", "500x400"]) else { return };
    driver.wait("all drawings", Shown::is_loaded);
    driver.screen.tap_with(CONTROL, 's'.into());
    driver.wait("beside the drawings", |frame| {
        frame.notices.iter().any(|what| what.starts_with("saved ") && what.ends_with("set.session.inkfield.json"))
    });
    let session = driver.path("set.session.inkfield.json");
    let args = [OsStr::new(INPUT), OsStr::new("--session"), session.as_os_str()];
    let Some(mut other) = Driver::open_whole(&args) else { return };
    let told = other.wait("why not", |frame| !frame.notices.is_empty());
    assert!(told.notices[0].contains("other drawings (set.npy)"), "{:?}", told.notices);
    assert_eq!(other.close(), 2);
    // Opened as a file, a session opens its own drawings.
    let Some(mut third) = Driver::open_whole(&[session.as_os_str()]) else { return };
    third.wait("the drawings of the session", |frame| frame.rows == 30 && frame.title == "set");
    assert_eq!(third.close(), 0);
}
