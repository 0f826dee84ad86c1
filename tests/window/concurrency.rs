//! What happens at the same time: a load that is given up for another or stopped, files that change under an open window.

use super::driver::{Driver, Shown};
use super::idle::assert_idle;
use super::loading::{open_path, write_drawings};
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Drawings that take a while to make.
const MANY: &str = "demo:400000:1";
const ROWS: u32 = 5000;

/// How many threads a process has.
fn threads(process: u32) -> usize {
    std::fs::read_dir(format!("/proc/{process}/task")).unwrap().count()
}

#[test]
fn another_set_that_is_opened_while_one_is_read_takes_its_place_whole() {
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("stripes.npy"), 321);
    let Some(mut driver) = Driver::open_in(folder, &["stripes.npy", "--size", "500x400"]) else { return };
    let mut counts = Vec::new();
    for _ in 0..3 {
        open_path(&mut driver, MANY);
        driver.wait("the first drawings of many", |frame| frame.rows == 400_000 && frame.rows_loaded > 0);
        if driver.now().is_loaded() {
            eprintln!("NOT RUN: everything was read before another set could be opened");
            return;
        }
        open_path(&mut driver, "stripes.npy");
        let last = driver.wait("the other set", |frame| frame.rows == 321 && frame.is_loaded());
        assert_eq!((last.title.as_str(), last.zoom, last.hover_row), ("stripes", 1.0, None));
        assert_idle(&mut driver, "after the change");
        counts.push(threads(driver.process()));
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "threads read for sets that are closed: {counts:?}");
    let is_torn = |frame: &&Shown| {
        let many = frame.title == "demo" && frame.rows == 400_000;
        let few = frame.title == "stripes" && frame.rows == 321 && frame.records_loaded == 0;
        !(many || few) || frame.rows_loaded > frame.rows
    };
    assert_eq!(driver.frames.iter().find(is_torn).map(|frame| frame.serial), None, "a frame of both sets");
    assert!(!driver.frames.iter().any(|frame| frame.rows == 400_000 && frame.is_loaded()), "all of many was read");
    assert_eq!(driver.close(), 0);
}

#[test]
fn a_load_that_is_stopped_keeps_what_has_been_read() {
    let Some(mut driver) = Driver::open(&[MANY, "--size", "500x400"]) else { return };
    driver.wait("the first drawings", |frame| frame.rows_loaded > 0);
    // "Cancel" stands at the right end of the status line.
    let [width, height] = driver.screen.size(driver.window()).map(|side| side as i32);
    driver.screen.point([width - 32, height - 13]);
    driver.screen.click(1);
    assert_idle(&mut driver, "stopped");
    let stopped = driver.now().clone();
    if stopped.is_loaded() {
        eprintln!("NOT RUN: everything was read before it could be stopped");
        return;
    }
    assert!(stopped.rows_loaded > 0 && stopped.notices.is_empty(), "{stopped:?}");
    // What is there can be looked at, what is not cannot be found.
    let found = driver.stir([[60, 18], [70, 19]], "a hover in the first line", |frame| frame.hover_row.is_some());
    assert!(found.hover_row < Some(stopped.rows_loaded));
    let [width, height] = found.size_px.map(|side| side as i32);
    driver.move_to([width / 2, height - 30]);
    assert_idle(&mut driver, "over what was not read");
    assert_eq!((driver.now().hover_row, driver.now().rows_loaded), (None, stopped.rows_loaded));
    assert_eq!(driver.close(), 0);
}

/// Opens drawings with records, changes their files, and has the device lost, so that all drawings are read again.
fn changed_while_open(change: impl Fn(&Path)) -> Option<Driver> {
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("stripes.npy"), ROWS as usize);
    let records = (0..ROWS).map(|row| format!("{{\"word\":\"stripes\",\"n\":{row},\"drawing\":[[[1],[2]]]}}\n"));
    std::fs::write(folder.path().join("stripes.ndjson"), records.collect::<String>()).unwrap();
    let args = ["stripes.npy", "--size", "500x400", "--inject-fault", "device-lost@150"];
    let mut driver = Driver::open_in(folder, &args)?;
    driver.wait("all of it", |frame| frame.is_loaded() && frame.records_loaded == ROWS);
    let over = [[201, 178], [222, 190]];
    driver.move_to(over[0]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    assert!(driver.now().serial < 150, "{} frames before the loss", driver.now().serial);
    change(&driver.path(""));
    // Records of drawings are looked at meanwhile, at places that may be gone.
    driver.stir(over, "the loss", |frame| frame.serial >= 150);
    Some(driver)
}

/// Waits until the window has told that the drawings changed, and is well.
fn assert_told(driver: &mut Driver, parts: &[&str]) {
    let of_reading = |notice: &&String| notice.starts_with("the drawings could not be read to their end: ");
    let told = driver.wait("the notice", |frame| frame.notices.iter().any(|notice| of_reading(&notice)));
    let notice = told.notices.iter().find(of_reading).unwrap();
    assert!(parts.iter().all(|part| notice.contains(part)), "{:?}", told.notices);
    assert!(driver.stderr().contains(notice), "{}", driver.stderr());
    assert_eq!((told.rows, told.title.as_str()), (ROWS, "stripes"));
    assert_idle(driver, "after the change");
    driver.tap('t'.into(), "night", |frame| frame.theme == "night");
    // It could not be read to its end: the exit code says so, and that no argument was wrong.
    assert_eq!(driver.close(), 1);
}

#[test]
fn faults_14_a_file_that_is_cut_while_open_is_told_of() {
    let Some(mut driver) = changed_while_open(|folder| {
        OpenOptions::new().write(true).open(folder.join("stripes.npy")).unwrap().set_len(100_000).unwrap();
        OpenOptions::new().write(true).open(folder.join("stripes.ndjson")).unwrap().set_len(0).unwrap();
    }) else {
        return;
    };
    assert_told(&mut driver, &["stripes.npy"]);
}

#[test]
fn faults_14_a_file_that_is_written_anew_while_open_is_told_of() {
    let Some(mut driver) = changed_while_open(|folder| {
        let mut file = OpenOptions::new().write(true).open(folder.join("stripes.npy")).unwrap();
        // The same length, other bytes, a later time.
        file.seek(SeekFrom::Start(100_000)).unwrap();
        file.write_all(&vec![7; 50_000]).unwrap();
        let later = std::time::SystemTime::now() + std::time::Duration::from_mins(1);
        file.set_modified(later).unwrap();
    }) else {
        return;
    };
    assert_told(&mut driver, &["stripes.npy"]);
}

#[test]
fn faults_14_a_file_that_is_deleted_or_replaced_while_open_stays_as_it_was_opened() {
    let replace = |folder: &Path| {
        for name in ["stripes.npy", "stripes.ndjson"] {
            std::fs::remove_file(folder.join(name)).unwrap();
        }
        File::create(folder.join("stripes.npy")).unwrap().write_all(b"something else").unwrap();
    };
    let Some(mut driver) = changed_while_open(replace) else { return };
    let whole = driver.wait("all drawings again", Shown::is_loaded);
    let fates = ["the file was replaced by another", "the file was deleted or moved"];
    let is_fate = |notice: &String| fates.iter().any(|fate| notice.starts_with(fate));
    assert!(whole.notices.iter().all(is_fate), "{:?}", whole.notices);
    assert_eq!((whole.rows, whole.records_loaded), (ROWS, ROWS));
    // To open it again is another matter.
    open_path(&mut driver, "stripes.npy");
    let refused = |notice: &String| notice.starts_with("this is no .npy file") && notice.ends_with("stripes.npy");
    let told = driver.wait("the notice", |frame| frame.notices.iter().any(refused));
    assert_eq!(told.rows, ROWS, "what is open stays");
    assert_idle(&mut driver, "after the change");
}
