//! Who draws differently in the real window: listed as the command lists them, kept, selected, two of them beside each other.

use super::asking::find;
use super::driver::{BINARY, Driver, Shown};
use super::xvfb::keysym::CONTROL;
use inkfield::app::differing::{BesideLine, GroupLine};
use serde_json::Value;
use std::process::Command;

const INPUT: &str = "demo:3000:4";

/// What the command says.
fn told(more: &[&str]) -> Value {
    let told = Command::new(BINARY).env("INKFIELD_CACHE", "off").args(["differ", INPUT, "--json"]).args(more).output();
    let told = told.unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

/// Whether the lines in sight are the first of those that the command lists.
fn lists(frame: &Shown, expected: &Value) -> bool {
    let listed = expected["groups"].as_array().unwrap();
    let is = |(line, group): (&GroupLine, &Value)| {
        let near = |seen: f64, key: &str| (seen - group[key].as_f64().unwrap()).abs() < 1e-9;
        group["value"] == *line.value
            && group["rows"] == line.rows
            && near(line.ratio, "ratio")
            && near(line.p_corrected, "p_corrected")
    };
    frame.groups.len() >= 4.min(listed.len()) && frame.groups.iter().zip(listed).all(is)
}

fn click(driver: &mut Driver, [x, y]: [f64; 2]) {
    driver.screen.point([x.round() as i32, y.round() as i32]);
    driver.wait("the pointer over the panel", |frame| frame.pointer.is_none());
    driver.screen.click(1);
}

#[test]
fn groups_are_listed_as_by_the_command_kept_selected_and_compared() {
    let args = [INPUT, "--size", "900x700", "--motion", "reduced", "--color-by", "countrycode"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    let expected = told(&["--by", "countrycode"]);
    driver.screen.write("w");
    // The column that gives the colours is where it begins.
    let listed = driver.wait("the groups", |frame| lists(frame, &expected));
    let (first, second) = (listed.groups[0].clone(), listed.groups[1].clone());

    // One alone: the list stays that of all.
    click(&mut driver, first.only_px);
    let kept = driver.wait("one group alone", |frame| frame.matching == Some(first.rows));
    assert!(lists(&kept, &expected), "{:?}", kept.groups);
    click(&mut driver, first.only_px);
    driver.wait("all again", |frame| frame.matching.is_none());
    click(&mut driver, second.select_px);
    driver.wait("the other one selected", |frame| frame.selected == second.rows);
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("nothing selected", |frame| frame.selected == 0);

    // Both beside each other, as the command has them.
    click(&mut driver, first.beside_px);
    let one = driver.wait("room for two", |frame| frame.groups[0].beside_px[1] > first.beside_px[1]);
    let there = one.groups.iter().find(|line| line.value == second.value).unwrap().beside_px;
    click(&mut driver, there);
    let shown = driver.wait("two groups", |frame| frame.beside.as_ref().is_some_and(|two| two.pictures.len() == 3));
    let two = shown.beside.clone().unwrap();
    let pair = told(&["--by", "countrycode", "--groups", &format!("{},{}", first.value, second.value)]);
    assert_eq!(two.groups, [first.value.clone(), second.value.clone()]);
    for at in 0..2 {
        assert_eq!(pair["sides"][at]["rows"], two.rows[at]);
        assert_eq!(pair["sides"][at]["medoid"].as_u64(), two.medoids[at].map(u64::from));
        assert!(shown.thumbnails.iter().any(|place| Some(place.row) == two.medoids[at]), "{:?}", shown.thumbnails);
    }
    assert_eq!(pair["pixels"].as_array().unwrap().len(), two.pixels);
    assert!(shown.notices.is_empty() && shown.gpu_errors == 0, "{:?}", shown.notices);
    driver.screen.write("w");
    driver.wait("the panel closed", |frame| frame.groups.is_empty() && frame.beside.is_none());
    // A session puts the same two beside each other.
    driver.screen.tap_with(CONTROL, 's'.into());
    let is_session = |said: &&String| said.ends_with(".session.inkfield.json");
    let told = driver.wait("a session", |frame| frame.notices.iter().any(|said| is_session(&said)));
    let session = told.notices.iter().find(is_session).and_then(|said| said.strip_prefix("saved ")).unwrap();
    let Some(mut again) = Driver::open_whole(&["--session", session, "--motion", "reduced"]) else { return };
    again.wait("all records", |frame| frame.records_loaded == 3000);
    again.screen.write("w");
    again.wait("the two of the session", |frame| {
        let same = |here: &BesideLine| (&here.groups, here.rows, here.pixels) == (&two.groups, two.rows, two.pixels);
        frame.beside.as_ref().is_some_and(same)
    });
}

#[test]
fn what_a_filter_leaves_out_takes_no_part() {
    let condition = "recognized and row < 2500";
    let args = [INPUT, "--size", "900x700", "--where", condition, "--layout", "groups", "--by", "countrycode"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    driver.wait("what it keeps", |frame| frame.matching.is_some() && frame.layout == "groups");
    let (all, expected) = (told(&["--by", "countrycode"]), told(&["--by", "countrycode", "--where", condition]));
    assert_ne!(all["groups"], expected["groups"]);
    find(&mut driver, "who draws differently");
    driver.wait("the groups of what is left", |frame| lists(frame, &expected));
    find(&mut driver, "show all drawings again");
    driver.wait("those of all", |frame| frame.matching.is_none() && lists(frame, &all));
}
