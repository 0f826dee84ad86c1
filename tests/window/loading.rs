//! Files, good and bad: while they load, when they cannot be opened, and when there are none.

use super::driver::{Driver, Shown};
use super::real_data::real_data;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE};
use ndarray::Array2;
use std::collections::BTreeSet;
use std::path::Path;

const LOGIN_PAGE: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>";

pub fn write_drawings(path: &Path, rows: usize) {
    let ink = Array2::from_shape_fn((rows, 784), |(row, at)| if (row + at) % 5 == 0 { 255_u8 } else { 0 });
    ndarray_npy::write_npy(path, &ink).unwrap();
}

fn has_notice(frame: &Shown) -> bool {
    !frame.notices.is_empty()
}

#[test]
pub fn drawings_and_records_appear_while_they_are_read() {
    let Some(mut driver) = Driver::open(&["demo:150152:1", "--size", "500x400"]) else { return };
    let last = driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == frame.rows);
    assert_eq!((last.rows, last.rows_loaded), (150_152, 150_152));
    let steps = |of: fn(&Shown) -> u32| {
        let values: Vec<u32> = driver.frames.iter().map(of).collect();
        assert!(values.is_sorted(), "what was read stays: {values:?}");
        values.into_iter().collect::<BTreeSet<u32>>().len()
    };
    let (rows, records) = (steps(|frame| frame.rows_loaded), steps(|frame| frame.records_loaded));
    // A quick machine reads it all within a few frames.
    assert!(rows > 2, "drawings appear as they are read: {rows} steps");
    assert!(records > 1, "records appear as they are read: {records} steps");
    assert!(driver.now().notices.is_empty(), "{:?}", driver.now().notices);
}

#[test]
pub fn a_hover_does_not_flicker_while_more_is_read() {
    let Some(mut driver) = Driver::open(&["demo:150152:1", "--size", "500x400"]) else { return };
    // In the upper lines of the grid, which come first: what lies there is read before anybody points at it.
    driver.wait("the first lines", |frame| frame.rows_loaded > 10_000);
    driver.move_to([61, 23]);
    let hovered = driver.wait("a hover", |frame| frame.hover_row.is_some());
    if hovered.is_loaded() {
        eprintln!("NOT RUN: everything was read before anything could be pointed at");
        return;
    }
    let before = driver.frames.len();
    driver.wait("everything", Shown::is_loaded);
    let since = &driver.frames[before..];
    assert!(!since.is_empty(), "the last drawings brought no frame");
    let other = since.iter().find(|frame| frame.hover_row != hovered.hover_row);
    assert!(other.is_none(), "row {:?} was hovered, then {other:?}", hovered.hover_row);
}

#[test]
fn progress_alone_brings_few_frames() {
    // Records arrive in blocks of a MiB: sixty of them, while a frame of so few drawings takes no time.
    const BLOCKS: usize = 60;
    const AT_ONCE: usize = 12;
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("stripes.npy"), 1000);
    let strokes = "[[1,2,3,4],[5,6,7,8]],".repeat(BLOCKS * (1 << 20) / 1000 / 22);
    let record = format!("{{\"word\":\"stripes\",\"drawing\":[{strokes}[[0],[0]]]}}\n");
    std::fs::write(folder.path().join("stripes.ndjson"), record.repeat(1000)).unwrap();
    let Some(mut driver) = Driver::open_in(folder, &["stripes.npy", "--size", "300x200"]) else { return };
    driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == frame.rows);
    // Nobody moves the pointer. The first drawings, both ends, a notice that comes and goes, and egui's second look at each of
    // these come when they come, a dozen frames at most; on a slow machine a picture of low resolution is followed by what makes it
    // exact. All other frames keep their distance: one for each block would be sixty.
    let (first, last) = (driver.frames[0].ms, driver.now().ms);
    let most = (last - first) / 150.0 + AT_ONCE as f64;
    let refined = driver.frames.iter().filter(|frame| frame.refining).count();
    let own = driver.frames.len() - refined;
    assert!((own as f64) < most, "{own} frames in {} ms", last - first);
    let hurried = |pair: &&[Shown]| !pair[0].refining && pair[1].ms - pair[0].ms < 149.9;
    let hurried = driver.frames.windows(2).filter(hurried).count();
    assert!(hurried <= AT_ONCE, "{hurried} of {} frames came sooner after another than 150 ms", driver.frames.len());
}

#[test]
pub fn a_bad_file_is_told_in_the_window_and_on_standard_error_and_the_window_stays() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().join("octopus.npy");
    std::fs::write(&temporary, LOGIN_PAGE).unwrap();
    let real = real_data().map(|data| data.join("bad/octopus_is_html_login_page.npy")).filter(|path| path.exists());
    for path in [Some(temporary), real].into_iter().flatten() {
        let Some(mut driver) = Driver::open(&[&path]) else { return };
        let told = driver.wait("a notice", has_notice);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(told.notices[0].contains(name), "{:?} names {name}", told.notices);
        assert!(driver.stderr().contains(&told.notices[0]), "standard error says it, too: {}", driver.stderr());
        assert_eq!((told.rows, told.title.as_str()), (0, ""));
        // It is still there and answers.
        driver.tap('?'.into(), "help", |frame| frame.dialog.as_deref() == Some("help"));
    }
}

/// Types a path into the card that Ctrl+O opens where no portal answers.
pub fn open_path(driver: &mut Driver, path: &str) {
    driver.screen.tap_with(CONTROL, 'o'.into());
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("open"));
    driver.screen.write(path);
    driver.screen.tap(ENTER);
}

#[test]
pub fn the_welcome_page_waits_and_paths_are_opened_by_typing_them() {
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open(&none) else { return };
    let welcome = driver.now().clone();
    assert_eq!((welcome.rows, welcome.title.as_str(), welcome.rows_loaded), (0, "", 0));
    assert!(welcome.notices.is_empty());
    write_drawings(&driver.path("stripes.npy"), 321);
    write_drawings(&driver.path("more.npy"), 77);
    std::fs::write(driver.path("login.npy"), LOGIN_PAGE).unwrap();

    open_path(&mut driver, "stripes.npy");
    let opened = driver.wait("the drawings", |frame| frame.is_loaded() && frame.rows == 321);
    assert_eq!((opened.title.as_str(), opened.dialog.as_deref()), ("stripes", None));
    assert_eq!(driver.screen.title(driver.window()), "stripes – inkfield");

    // What cannot be opened leaves what is open.
    for wrong in ["nothing.npy", "login.npy"] {
        open_path(&mut driver, wrong);
        let told = driver.wait("why not", |frame| frame.dialog_says.as_ref().is_some_and(|says| says.contains(wrong)));
        assert!(driver.stderr().contains(told.dialog_says.as_deref().unwrap()), "{}", driver.stderr());
        assert_eq!((told.rows, told.title.as_str()), (321, "stripes"));
        driver.tap(ESCAPE, "the card closed", |frame| frame.dialog.is_none());
    }

    open_path(&mut driver, "more.npy");
    driver.wait("other drawings", |frame| frame.is_loaded() && frame.rows == 77 && frame.title == "more");
}
