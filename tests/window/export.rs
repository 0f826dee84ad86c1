//! Exports from the real window: what is selected is written, opens again and is the same; what is given up leaves nothing.

use super::clipboard::run;
use super::driver::{Driver, Shown, read_png};
use super::idle::wait_for_rest;
use super::picture::rendered;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::demo::Demo;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;

const INPUT: &str = "demo:3000:1";

fn open_card(driver: &mut Driver) {
    driver.screen.tap_with(CONTROL, 'e'.into());
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("export"));
}

/// Types into the field that has the keyboard, in place of what it holds.
fn fill(driver: &Driver, text: &str) {
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.screen.write(text);
}

/// Presses a key that moves the focus, and waits for the frame that shows it: the next key is for what has it then.
pub fn step(driver: &mut Driver, keys: &[u32]) {
    wait_for_rest(driver, "the card at rest");
    let (held, key) = match *keys {
        [held, key] => (Some(held), key),
        [key] => (None, key),
        _ => panic!("one key, or one that is held and another"),
    };
    if let Some(held) = held {
        // It may bring a frame of its own, which is not the one that is waited for.
        driver.screen.key(held, true);
        wait_for_rest(driver, "the card while a key is held");
    }
    let before = driver.now().serial;
    driver.screen.tap(key);
    driver.wait("the next frame", |frame| frame.serial > before);
    if let Some(held) = held {
        driver.screen.key(held, false);
    }
    wait_for_rest(driver, "the card after it");
}

fn has_exported(frame: &Shown) -> bool {
    frame.dialog.is_none() && frame.notices.iter().any(|notice| notice.starts_with("exported"))
}

/// A page without the numbers behind `center` and `zoom`.
fn without_camera(page: Vec<u8>) -> String {
    let mut page = String::from_utf8(page).unwrap();
    for name in ["\"center\":", "\"zoom\":"] {
        let from = page.find(name).unwrap() + name.len();
        let end = if page[from..].starts_with('[') { ']' } else { ',' };
        let to = from + page[from..].find(end).unwrap();
        page.replace_range(from..to, "");
    }
    page = page.replace("\"center\":]", "\"center\":");
    page
}

/// What lies in the folder that the program runs in, but for its own.
fn names(driver: &Driver) -> Vec<String> {
    let entries = fs::read_dir(driver.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> =
        entries.map(|name| name.into_string().unwrap()).filter(|name| name != "system").collect();
    names.sort();
    names
}

/// The values of a file's drawings, one after the other.
fn values(path: &std::path::Path) -> (u32, Vec<u8>) {
    let dataset = Dataset::open(&[path], &OpenOptions::default()).unwrap();
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values).unwrap();
    (dataset.rows(), values)
}

#[test]
pub fn a_selection_is_written_as_a_pair_that_opens_again() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x420"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    driver.screen.tap('b'.into());
    driver.move_to([200, 100]);
    driver.screen.button(1, true);
    driver.move_to([300, 200]);
    driver.move_to([420, 310]);
    driver.screen.button(1, false);
    let selected = driver.wait("a selection", |frame| frame.selected > 100).selected;
    open_card(&mut driver);
    fill(&driver, "taken.npy");
    driver.screen.tap(ENTER);
    let told = driver.wait("the notice", has_exported);
    let told = told.notices.last().unwrap();
    assert!(told.starts_with(&format!("exported {selected} drawings as bitmaps (")), "{told}");
    assert!(told.contains("records (") && told.ends_with("taken.npy"), "{told}");
    assert_eq!(names(&driver), ["taken.ndjson", "taken.npy"]);

    // The records say which rows they are; the rows' drawings are known without the window.
    let demo = Demo::new(3000, 1);
    let rows: HashMap<String, u32> = (0..3000).map(|row| (demo.meta(row).key_id.to_string(), row)).collect();
    let records = fs::read_to_string(driver.path("taken.ndjson")).unwrap();
    let row_of = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        rows[record["key_id"].as_str().unwrap()]
    };
    let taken: Vec<u32> = records.lines().map(row_of).collect();
    assert!(taken.len() == selected as usize && taken.is_sorted(), "{} rows", taken.len());
    let whole = Dataset::open(&[INPUT], &OpenOptions::default()).unwrap();
    let mut expected = vec![0; taken.len() * 784];
    whole.read_scattered(&taken, &mut expected).unwrap();
    let (count, seen) = values(&driver.path("taken.npy"));
    assert_eq!(count, selected);
    assert!(seen == expected, "other drawings");

    // Again: the file stays until somebody says yes.
    let before = fs::metadata(driver.path("taken.npy")).unwrap().modified().unwrap();
    open_card(&mut driver);
    fill(&driver, "taken.npy");
    driver.tap(ENTER, "the question", |frame| {
        frame.dialog_says.as_deref() == Some("taken.npy and taken.ndjson are there already")
    });
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
    assert_eq!(fs::metadata(driver.path("taken.npy")).unwrap().modified().unwrap(), before);
    open_card(&mut driver);
    fill(&driver, "taken.npy");
    driver.tap(ENTER, "the question", |frame| frame.dialog_says.is_some());
    step(&mut driver, &[TAB]);
    driver.tap(ENTER, "a yes", has_exported);
    assert_ne!(fs::metadata(driver.path("taken.npy")).unwrap().modified().unwrap(), before);
    assert_eq!(driver.close(), 0);
}

#[test]
pub fn tables_and_sheets_are_those_of_the_command_and_faults_are_said_on_the_card() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x420"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    for (name, option) in [("all.csv", "--csv"), ("all.png", "--png"), ("all.html", "--html")] {
        open_card(&mut driver);
        fill(&driver, name);
        driver.screen.tap(ENTER);
        driver.wait("the notice", |frame| {
            frame.dialog.is_none() && frame.notices.iter().any(|notice| notice.ends_with(name))
        });
        let expected = driver.path(&format!("expected-{name}"));
        let output = std::process::Command::new(super::driver::BINARY)
            .args(["export", INPUT, "--theme", "paper", option])
            .arg(&expected)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let [seen, expected] = [driver.path(name), expected].map(|path| fs::read(path).unwrap());
        if option == "--html" {
            // The window's page begins where the window looks, which is said with all digits.
            assert!(without_camera(seen) == without_camera(expected), "{name} differs");
        } else {
            assert!(seen == expected, "{name} differs");
        }
    }
    for (typed, says) in [
        ("no/such/folder/a.csv", "cannot write the table"),
        ("a.txt", "this name does not end in .csv"),
        ("", "type the path of a file"),
    ] {
        open_card(&mut driver);
        fill(&driver, if typed.is_empty() { " " } else { typed });
        driver.tap(ENTER, "why not", |frame| frame.dialog_says.as_ref().is_some_and(|told| told.contains(says)));
        driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
    }
}

#[test]
pub fn the_view_is_written_in_its_own_size_and_in_a_larger_one() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x420"]) else { return };
    let whole = driver.wait("all records", |frame| frame.records_loaded == 3000);
    let write = |driver: &mut Driver, name: &str, size: &str, is_chosen: bool| {
        open_card(driver);
        if is_chosen {
            // From the path back over "Clear paper" to the size.
            step(driver, &[SHIFT, TAB]);
            step(driver, &[SHIFT, TAB]);
        } else {
            // The last of the forms, then on to the size.
            step(driver, &[SHIFT, TAB]);
            step(driver, &[ENTER]);
            step(driver, &[TAB]);
        }
        fill(driver, size);
        step(driver, &[TAB]);
        step(driver, &[TAB]);
        fill(driver, name);
        driver.screen.tap(ENTER);
        driver.wait("the notice", |frame| {
            frame.dialog.is_none() && frame.notices.iter().any(|notice| notice.ends_with(name))
        });
    };
    write(&mut driver, "view.png", "640x420", false);
    let expected = rendered(&driver, INPUT, &whole, "expected.png");
    let (size, seen) = read_png(&driver.path("view.png"));
    assert_eq!(size, [640, 420]);
    assert!(seen == expected, "the view differs from what render draws");
    write(&mut driver, "large.png", "1280x840", true);
    let (size, seen) = read_png(&driver.path("large.png"));
    assert_eq!(size, [1280, 840]);
    let larger = Shown(inkfield::app::state_log::FrameState {
        size_px: [1280, 840],
        scale: 2.0 * whole.scale,
        ..(*whole).clone()
    });
    let expected = rendered(&driver, INPUT, &larger, "expected-large.png");
    assert!(seen == expected, "the larger view differs from what render draws");
    assert_eq!(driver.now().gpu_errors, 0);
}

#[test]
pub fn an_export_that_is_given_up_leaves_nothing_and_the_old_file() {
    // So many that the export goes on while a command is found by its name.
    let Some(mut driver) = Driver::open_whole(&["demo:400000:1", "--size", "500x400"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 400_000);
    fs::write(driver.path("old.npy"), "old").unwrap();
    let start = |driver: &mut Driver| {
        open_card(driver);
        fill(driver, "old.npy");
        driver.tap(ENTER, "the question", |frame| frame.dialog_says.is_some());
        step(driver, &[TAB]);
        driver.tap(ENTER, "an export", |frame| frame.exporting.is_some());
    };
    start(&mut driver);
    // The window goes on meanwhile.
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none() && frame.exporting.is_some());
    run(&mut driver, "stop exporting");
    driver.wait("the notice", |frame| {
        frame.exporting.is_none() && frame.notices == ["the export was given up: nothing was written"]
    });
    assert_eq!(names(&driver), ["old.npy"]);
    assert_eq!(fs::read(driver.path("old.npy")).unwrap(), b"old");
    // So does a window that is closed.
    start(&mut driver);
    assert_eq!(driver.close(), 0);
    assert_eq!(names(&driver), ["old.npy"]);
    assert_eq!(fs::read(driver.path("old.npy")).unwrap(), b"old");
}

#[test]
pub fn the_view_of_a_sorted_grid_has_its_places_and_compares_nothing_once_more() {
    let input = "demo:2000:1";
    let Some(mut driver) = Driver::open_whole(&[input, "--layout", "sorted", "--size", "500x400"]) else { return };
    let sorted = driver.wait("a sorted grid", |frame| frame.layout == "sorted" && frame.arranging.is_none());
    open_card(&mut driver);
    step(&mut driver, &[SHIFT, TAB]);
    step(&mut driver, &[ENTER]);
    step(&mut driver, &[TAB]);
    fill(&driver, "500x400");
    step(&mut driver, &[TAB]);
    step(&mut driver, &[TAB]);
    fill(&driver, "view.png");
    driver.screen.tap(ENTER);
    driver.wait("the notice", |frame| {
        let told = frame.exporting.as_deref().unwrap_or_default();
        assert!(!told.contains("comparing") && !told.contains("arranging"), "{told}");
        frame.dialog.is_none() && frame.notices.iter().any(|notice| notice.ends_with("view.png"))
    });
    let (size, seen) = read_png(&driver.path("view.png"));
    assert_eq!(size, [500, 400]);
    assert!(seen == rendered(&driver, input, &sorted, "expected.png"), "the view differs from what render draws");
}
