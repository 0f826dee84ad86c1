//! Tags by Shift and a letter in the real window: given, taken away, taken back, asked for, kept beside the drawings.

use super::driver::{BINARY, Driver, Shown};
use super::loading::write_drawings;
use super::xvfb::keysym::{CONTROL, END, ENTER, ESCAPE, HOME, LEFT, SHIFT};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The tags that a file says, read by JSON alone: of each row the change with the latest time.
fn tags_in(path: &Path) -> BTreeMap<u64, String> {
    let sidecar: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut latest: BTreeMap<u64, (u64, Value)> = BTreeMap::new();
    for file in sidecar["files"].as_array().unwrap() {
        for change in file["changes"].as_array().unwrap() {
            let at = change["at"].as_u64().unwrap();
            for run in change["rows"].as_array().unwrap() {
                for row in run[0].as_u64().unwrap()..run[1].as_u64().unwrap() {
                    if latest.get(&row).is_none_or(|(known, _)| *known < at) {
                        latest.insert(row, (at, change["tag"].clone()));
                    }
                }
            }
        }
    }
    latest.into_iter().filter_map(|(row, (_, tag))| Some((row, tag.as_str()?.to_owned()))).collect()
}

fn expected<const N: usize>(rows: [(u64, &str); N]) -> BTreeMap<u64, String> {
    rows.into_iter().map(|(row, tag)| (row, tag.to_owned())).collect()
}

fn tag(driver: &mut Driver, letter: char, what: &str, is_so: impl Fn(&Shown) -> bool) {
    driver.screen.tap_with(SHIFT, letter.into());
    driver.wait(what, is_so);
}

fn is(tagged: u32, pin: Option<u32>) -> impl Fn(&Shown) -> bool {
    move |frame| frame.tagged == tagged && frame.pin_row == pin
}

fn all_written(driver: &mut Driver) {
    driver.wait("all tags in their file", |frame| frame.tags_written);
}

#[test]
fn shift_and_a_letter_tag_what_is_pinned_and_pin_the_next() {
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("set.npy"), 40);
    let Some(mut driver) = Driver::open_in(folder, &["set.npy", "--size", "600x400"]) else { return };
    driver.wait("all drawings", Shown::is_loaded);
    let sidecar = driver.path("set.inkfield.json");
    // Nothing is pinned or selected.
    tag(&mut driver, 'a', "what to do first", |frame| frame.notices.iter().any(|what| what.contains("pin a drawing")));
    assert!(!sidecar.exists());

    driver.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
    tag(&mut driver, 'a', "A, and row 1", is(1, Some(1)));
    tag(&mut driver, 'b', "B, and row 2", is(2, Some(2)));
    all_written(&mut driver);
    assert_eq!(tags_in(&sidecar), expected([(0, "A"), (1, "B")]));
    // The same letter once more takes the tag away and stays; another one takes its place.
    driver.tap(LEFT, "row 1", |frame| frame.pin_row == Some(1));
    tag(&mut driver, 'b', "no tag", is(1, Some(1)));
    driver.tap(LEFT, "row 0", |frame| frame.pin_row == Some(0));
    tag(&mut driver, 'c', "C for A", is(1, Some(1)));
    all_written(&mut driver);
    assert_eq!(tags_in(&sidecar), expected([(0, "C")]));
    // Undo takes the tag and the step back, redo gives both again.
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("row 0", is(1, Some(0)));
    for (what, tagged, pin) in [("row 1", 1, 1), ("B", 2, 1)] {
        driver.screen.tap_with(CONTROL, 'z'.into());
        driver.wait(what, is(tagged, Some(pin)));
    }
    all_written(&mut driver);
    assert_eq!(tags_in(&sidecar), expected([(0, "A"), (1, "B")]));
    driver.screen.tap_with(CONTROL, 'y'.into());
    driver.wait("no tag again", is(1, Some(1)));

    // All that are selected, where nothing is pinned.
    driver.tap(ESCAPE, "no pin", |frame| frame.pin_row.is_none());
    driver.screen.tap_with(CONTROL, 'a'.into());
    driver.wait("all selected", |frame| frame.selected == 40);
    tag(&mut driver, 'q', "Q for all", is(40, None));
    driver.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
    tag(&mut driver, 'z', "Z", is(40, Some(1)));

    // They are a column: what is kept is counted, what is tagged within it leaves it.
    driver.screen.key(CONTROL, true);
    driver.screen.tap_with(SHIFT, 'f'.into());
    driver.screen.key(CONTROL, false);
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("filter"));
    driver.screen.write("tag = Q");
    driver.tap(ENTER, "39 of them", |frame| frame.matching == Some(39));
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
    tag(&mut driver, 'y', "Y, and the next that is Q", |frame| frame.matching == Some(38) && frame.pin_row == Some(2));
    assert_eq!(driver.close(), 0);

    // So the commands see them.
    let table = Command::new(BINARY).args(["table", "set.npy", "--csv"]).current_dir(driver.path("")).output().unwrap();
    let printed = String::from_utf8(table.stdout).unwrap();
    let lines: Vec<&str> = printed.lines().take(4).collect();
    assert_eq!(lines, ["row,tag", "0,Z", "1,Y", "2,Q"]);
}

#[test]
fn two_windows_lose_no_tag() {
    let home = tempfile::tempdir().unwrap();
    let (file, sidecar) = (home.path().join("set.npy"), home.path().join("set.inkfield.json"));
    write_drawings(&file, 30);
    let open = || Driver::open_whole(&[file.to_str().unwrap(), "--size", "500x400"]);
    let (Some(mut one), Some(mut other)) = (open(), open()) else { return };
    one.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
    other.tap(END, "row 29", |frame| frame.pin_row == Some(29));
    tag(&mut one, 'a', "A", is(1, Some(1)));
    tag(&mut other, 'x', "X", |frame| frame.pin_row == Some(29) && frame.tagged >= 1);
    tag(&mut one, 'b', "B", |frame| frame.pin_row == Some(2));
    other.tap(LEFT, "row 28", |frame| frame.pin_row == Some(28));
    tag(&mut other, 'y', "Y", |frame| frame.pin_row == Some(29));
    tag(&mut one, 'c', "C", |frame| frame.pin_row == Some(3));
    // One is closed while it has not written all; the other writes after it.
    assert_eq!(one.close(), 0);
    other.tap(LEFT, "row 28", |frame| frame.pin_row == Some(28));
    tag(&mut other, 'z', "Z, and what the other window did", |frame| frame.pin_row == Some(29));
    other.wait("both", |frame| frame.tagged == 5 && frame.tags_written);
    assert_eq!(other.close(), 0);
    assert_eq!(tags_in(&sidecar), expected([(0, "A"), (1, "B"), (2, "C"), (28, "Z"), (29, "X")]));
}

#[test]
fn tags_of_the_demo_lie_in_the_data_folder_which_is_said() {
    let home = tempfile::tempdir().unwrap();
    let environment = [("XDG_DATA_HOME", home.path().as_os_str())];
    let open = || Driver::open_with(tempfile::tempdir().unwrap(), &["demo:500:3", "--size", "500x400"], &environment);
    let Some(mut driver) = open() else { return };
    driver.wait("all records", |frame| frame.is_loaded() && frame.records_loaded == 500);
    driver.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
    tag(&mut driver, 'a', "A", is(1, Some(1)));
    let said = driver.wait("where", |frame| frame.notices.iter().any(|what| what.starts_with("tags are kept in ")));
    let path = said.notices.iter().find_map(|what| what.strip_prefix("tags are kept in ")).unwrap();
    assert!(Path::new(path).starts_with(home.path()), "{path}");
    assert_eq!(tags_in(path.as_ref()), expected([(0, "A")]));
    assert_eq!(driver.close(), 0);
    let Some(mut again) = open() else { return };
    again.wait("the tag", |frame| frame.tagged == 1 && frame.is_loaded());
}

#[test]
fn a_killed_window_leaves_a_whole_file_with_what_was_written() {
    let home = tempfile::tempdir().unwrap();
    let (file, sidecar) = (home.path().join("set.npy"), home.path().join("set.inkfield.json"));
    write_drawings(&file, 60);
    for letters in ["abcu", "defv"] {
        let Some(mut driver) = Driver::open_whole(&[file.to_str().unwrap(), "--size", "500x400"]) else { return };
        driver.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
        let (written, lost) = letters.split_at(3);
        for (letter, next) in written.chars().zip(1..) {
            tag(&mut driver, letter, "the next row", |frame| frame.pin_row == Some(next));
        }
        all_written(&mut driver);
        // More follow, and nobody waits for them.
        (0..3).for_each(|_| driver.screen.tap_with(SHIFT, lost.chars().next().unwrap().into()));
        drop(driver);
        let tags = tags_in(&sidecar);
        for (letter, row) in written.to_uppercase().chars().zip(0..) {
            assert_eq!(tags.get(&row), Some(&letter.to_string()), "row {row} of {tags:?}");
        }
    }
}
