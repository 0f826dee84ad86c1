//! The panel of facets in the real window: values are ticked, a histogram is brushed over, what is left is laid out, and undo takes it
//! back.

use super::driver::{BINARY, Driver, Shown};
use super::idle::wait_for_rest;
use super::xvfb::keysym::{CONTROL, HOME, SHIFT};
use inkfield::app::state_log::FacetLine;
use std::process::Command;

const INPUT: &str = "demo:5000:1";

/// How many drawings a condition keeps, as the command line counts them.
fn matching(condition: &str) -> Option<u32> {
    let args = ["info", INPUT, "--where", condition, "--json"];
    let told = Command::new(BINARY).args(args).output().unwrap();
    assert!(told.status.success(), "{condition}: {}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    told["matching"].as_u64().map(|count| count as u32)
}

/// The middle of a line, or a part of a histogram, in pixels of the window.
fn at(frame: &Shown, column: &str, value: Option<&str>, part: f64) -> [i32; 2] {
    let place = frame.facets.iter().find(|place| place.column == column && place.value.as_deref() == value);
    let [left, top, width, height] =
        place.unwrap_or_else(|| panic!("{column} {value:?} of {:?}", frame.facets)).rect_px;
    [(left + width * part) as i32, (top + height / 2.0) as i32]
}

fn is_shown(column: &'static str, value: Option<&'static str>) -> impl Fn(&Shown) -> bool {
    move |frame| {
        frame.facets_counted
            && frame.facets.iter().any(|place| place.column == column && place.value.as_deref() == value)
    }
}

#[test]
fn facets_are_ticked_brushed_laid_out_and_taken_back() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "900x800", "--motion", "reduced"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 5000);
    let before = driver.now().clone();
    driver.tap('f'.into(), "counts", is_shown("countrycode", Some("US")));
    let opened = driver.wait("room for the panel", |frame| frame.origin_px[0] > before.origin_px[0]);
    assert_eq!(opened.size_px[0] + opened.origin_px[0], before.size_px[0], "the panel takes its room from the picture");

    // Two values of a list.
    driver.screen.point(at(&opened, "countrycode", Some("US"), 0.2));
    driver.screen.click(1);
    let us = matching("countrycode = US");
    let ticked = driver.wait("those of one country", move |frame| frame.matching == us && frame.facets_counted);
    assert_eq!(ticked.filter.as_deref(), Some("countrycode = \"US\""));
    driver.screen.point(at(&ticked, "countrycode", Some("GB"), 0.2));
    driver.screen.click(1);
    let two = matching("countrycode in (US, GB)");
    assert!(two > us);
    let ticked = driver.wait("those of two", move |frame| frame.matching == two && frame.facets_counted);

    // A brush over half of the times; the picture follows while it is dragged.
    driver.screen.point(at(&ticked, "timestamp", None, 0.02));
    driver.screen.button(1, true);
    driver.screen.point(at(&ticked, "timestamp", None, 0.3));
    let some = driver.wait("a part of the times", move |frame| frame.matching < two && frame.matching > Some(0));
    driver.screen.point(at(&some, "timestamp", None, 0.52));
    let more = driver.wait("more of them", move |frame| frame.matching > some.matching && frame.matching < two);
    driver.screen.button(1, false);
    let condition = more.filter.clone().unwrap();
    assert!(condition.starts_with("countrycode in (\"US\", \"GB\") and timestamp < "), "{condition}");
    assert_eq!(matching(&condition), more.matching);

    // What is left fills the picture, and stays so while the filter changes.
    let columns = |rows: u32| (1.3 * f64::from(rows)).sqrt().round();
    let is_laid_out = |filter: String, rows: u32| {
        move |frame: &Shown| {
            frame.only.as_ref() == Some(&filter) && (frame.center[0] - columns(rows) / 2.0).abs() < 1e-9
        }
    };
    let left = more.matching.unwrap();
    driver.tap('r'.into(), "only what is left", is_laid_out(condition.clone(), left));
    let now = driver.wait("counts", |frame| frame.facets_counted);
    driver.screen.point(at(&now, "countrycode", Some("GB"), 0.2));
    driver.screen.click(1);
    let fewer = condition.replace(" in (\"US\", \"GB\")", " = \"US\"");
    let rows = matching(&fewer).unwrap();
    driver.wait("fewer", is_laid_out(fewer, rows));

    // Undo takes back each: the last tick with its layout, the layout, the whole brush, and both values.
    let undo = |driver: &mut Driver| driver.screen.tap_with(CONTROL, 'z'.into());
    undo(&mut driver);
    driver.wait("both countries", is_laid_out(condition, left));
    undo(&mut driver);
    driver.wait("all places", |frame| frame.only.is_none() && frame.matching == more.matching);
    undo(&mut driver);
    driver.wait("all times", move |frame| frame.matching == two);
    undo(&mut driver);
    driver.wait("one country", move |frame| frame.matching == us);
    undo(&mut driver);
    let end = driver.wait("no filter", |frame| frame.filter.is_none() && frame.facets_counted);
    assert_eq!((end.matching, end.gpu_errors), (None, 0));
    // A click chooses a bin, a double click lets it go.
    driver.screen.point(at(&end, "timestamp", None, 0.9));
    driver.screen.click(1);
    driver.wait("a bin", |frame| frame.filter.as_ref().is_some_and(|filter| filter.contains("timestamp >= ")));
    wait_for_rest(&mut driver, "before two clicks in a row");
    driver.screen.click(1);
    driver.screen.click(1);
    driver.wait("all times again", |frame| frame.filter.is_none());
    driver.tap('f'.into(), "no panel", |frame| frame.facets.is_empty() && frame.size_px == before.size_px);
    assert_eq!(driver.now().notices, [""; 0]);
}

#[test]
pub fn tags_are_counted_as_they_are_given() {
    let Some(mut driver) = Driver::open_whole(&["demo:300:1", "--size", "1000x900"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 300);
    driver.tap('f'.into(), "the panel", |frame| frame.facets_counted && !frame.facets.is_empty());
    driver.tap(HOME, "a pin", |frame| frame.pin_row == Some(0));
    for (letter, tagged) in [('A', 1), ('B', 2)] {
        driver.screen.tap_with(SHIFT, letter.to_ascii_lowercase().into());
        driver.wait("its value among the facets", |frame| {
            let is_it = |line: &FacetLine| line.column == "tag" && line.value.as_deref() == Some(&letter.to_string());
            frame.tagged == tagged && frame.facets_counted && frame.facets.iter().any(is_it)
        });
    }
}
