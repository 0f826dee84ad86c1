//! The legend in the real window, by real events: clicks, Ctrl+click, what flashes, the ends of a scale.

use super::asking::find;
use super::driver::{BINARY, Driver, Shown};
use super::idle::wait_for_rest;
use super::picture::{assert_seen, rendered_with};
use super::xvfb::keysym::CONTROL;
use std::collections::HashMap;
use std::process::Command;

const INPUT: &str = "demo:20000:1";

/// How many recognised drawings each country has, as the command for tables prints them.
fn recognised_by_country() -> HashMap<String, u32> {
    let args = ["table", INPUT, "--columns", "countrycode,recognized", "--csv"];
    let printed = String::from_utf8(Command::new(BINARY).args(args).output().unwrap().stdout).unwrap();
    let mut counts = HashMap::new();
    for line in printed.lines().skip(1) {
        let [.., country, recognised] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        *counts.entry(country.to_owned()).or_default() += u32::from(recognised == "true");
    }
    counts
}

fn point(driver: &Driver, at: [f64; 2]) {
    driver.screen.point(at.map(|px| px.round() as i32));
}

/// Does something over a panel, and waits until all frames that hear of it have come.
fn heard(driver: &mut Driver, act: impl Fn(&Driver)) {
    let before = driver.now().serial;
    act(driver);
    driver.wait("a frame", |frame| frame.serial > before);
    wait_for_rest(driver, "what a frame has heard");
}

fn filter_is(filter: &str) -> impl Fn(&Shown) -> bool {
    let filter = filter.to_owned();
    move |frame| frame.filter.as_deref() == Some(filter.as_str())
}

#[test]
pub fn a_legend_is_counted_flashed_and_clicked() {
    let args = [INPUT, "--size", "800x600", "--color-by", "countrycode", "--where", "recognized"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    let start = driver.wait("the legend", |frame| frame.records_loaded == 20_000 && frame.legend.len() > 5);
    let counts = recognised_by_country();
    let recognised: u32 = counts.values().sum();
    assert_eq!(start.matching, Some(recognised));
    for entry in &start.legend {
        let count: u32 = entry.count.replace(',', "").parse().unwrap();
        assert_eq!(Some(&count), counts.get(&entry.text), "{}", entry.text);
    }

    // What the pointer rests on flashes, and nothing else changes.
    let (first, second) = (start.legend[0].clone(), start.legend[1].clone());
    point(&driver, first.middle_px);
    let flashed = driver.wait("a flash", |frame| frame.flash.as_ref() == Some(&first.text));
    assert_eq!((flashed.matching, &flashed.filter, flashed.hover_row), (start.matching, &start.filter, None));
    assert_eq!((flashed.center, flashed.zoom, flashed.pin_row), (start.center, start.zoom, None));
    point(&driver, second.middle_px);
    driver.wait("another flash", |frame| frame.flash.as_ref() == Some(&second.text));
    driver.point_away();
    driver.wait("no flash", |frame| frame.flash.is_none());

    // A click keeps one value beside what was typed, another click takes that back.
    let only = format!("recognized and countrycode = \"{}\"", first.text);
    point(&driver, first.middle_px);
    driver.screen.click(1);
    let kept = driver.wait("one country", filter_is(&only));
    assert_eq!(kept.matching, counts.get(&first.text).copied());
    assert_eq!(kept.pin_row, None, "nothing is pinned under the legend");
    let others: Vec<bool> = kept.legend.iter().map(|entry| entry.is_kept).collect();
    assert!(others[0] && others[1..].iter().all(|kept| !kept) && others.len() == start.legend.len(), "{others:?}");
    driver.screen.click(1);
    driver.wait("as before", filter_is("recognized"));

    // With Ctrl all but that one, and one more; undo takes both back.
    point(&driver, first.middle_px);
    driver.screen.key(CONTROL, true);
    driver.screen.click(1);
    let without = recognised - counts[&first.text];
    driver.screen.key(CONTROL, false);
    driver.wait("all but one", |frame| frame.matching == Some(without));
    point(&driver, second.middle_px);
    driver.screen.key(CONTROL, true);
    driver.screen.click(1);
    driver.screen.key(CONTROL, false);
    driver.wait("all but two", |frame| frame.matching == Some(without - counts[&second.text]));
    for (what, matching) in [("all but one again", without), ("recognised ones", recognised)] {
        driver.screen.tap_with(CONTROL, 'z'.into());
        driver.wait(what, |frame| frame.matching == Some(matching));
    }
    assert_eq!(driver.now().notices, [""; 0]);
}

#[test]
pub fn the_ends_of_a_scale_are_dragged_and_render_draws_the_same() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x480", "--color-by", "timestamp"]) else { return };
    let start = driver.wait("the legend", |frame| frame.records_loaded == 20_000 && frame.color_ends_px.is_some());
    let ([low, high], usual) = (start.color_ends_px.unwrap(), start.color_ends.clone().unwrap());
    assert_eq!(start.color_range, None);
    // Half way to the other end. What takes hold of an end is where the pointer is when a frame hears of the button.
    heard(&mut driver, |driver| point(driver, low));
    heard(&mut driver, |driver| driver.screen.button(1, true));
    for part in [0.2, 0.4, 0.5] {
        point(&driver, [low[0] + part * (high[0] - low[0]), low[1]]);
    }
    let moved = driver.wait("the end in the middle", |frame| {
        frame.color_ends_px.is_some_and(|[at, _]| (at[0] - f64::midpoint(low[0], high[0])).abs() < 1.5)
    });
    driver.screen.button(1, false);
    let ends = moved.color_ends.clone().unwrap();
    assert!(ends[0] > usual[0] && ends[1] == usual[1], "{ends:?} of {usual:?}");
    let range = moved.color_range.clone().unwrap();
    assert_eq!(range, ends.join(","));
    assert_eq!((moved.center, moved.zoom, moved.pin_row), (start.center, start.zoom, None));

    // Other colours, by the palette; the command line draws the same picture.
    find(&mut driver, "colours cividis");
    driver.wait("cividis", |frame| frame.palette == "cividis" && frame.dialog.is_none());
    find(&mut driver, "colours by rank");
    driver.wait("by rank", |frame| frame.spread == "quantile" && frame.dialog.is_none());
    driver.point_away();
    let shown = driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.flash.is_none());
    assert_eq!(shown.color_range.as_ref(), Some(&range));
    let more =
        ["--color-by", "timestamp", "--color-range", &range, "--palette", "cividis", "--color-scale", "quantile"];
    let expected = rendered_with(&driver, INPUT, &shown, "ranged.png", &more);
    assert_seen(&driver, &shown, &expected, "a scale between two ends");

    // One step each.
    for (what, spread, palette, range) in [
        ("by size again", "linear", "cividis", Some(&range)),
        ("viridis again", "linear", "viridis", Some(&range)),
        ("the usual ends", "linear", "viridis", None),
    ] {
        driver.screen.tap_with(CONTROL, 'z'.into());
        let range = range.cloned();
        driver.wait(what, |frame| frame.spread == spread && frame.palette == palette && frame.color_range == range);
    }
    driver.screen.tap_with(CONTROL, 'y'.into());
    let again = driver.wait("the end in the middle again", |frame| frame.color_range.as_ref() == Some(&range));
    let [low, high] = again.color_ends_px.unwrap();
    point(&driver, [f64::midpoint(low[0], high[0]), low[1]]);
    wait_for_rest(&mut driver, "before two clicks in a row");
    driver.screen.click(1);
    driver.screen.click(1);
    let whole = driver.wait("the usual ends by a double click", |frame| frame.color_range.is_none());
    assert_eq!(whole.color_ends, Some(usual));
}

#[test]
pub fn the_grid_is_sorted_and_a_timeline_says_what_it_goes_by() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x480"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    let is_sorted = |sort: Option<&'static str>| {
        move |frame: &Shown| {
            frame.layout == "grid" && frame.sort.as_deref() == sort && frame.arranging.is_none() && !frame.gliding
        }
    };
    let from = driver.frames.len();
    find(&mut driver, "sort by time");
    driver.wait("by time", is_sorted(Some("timestamp")));
    assert!(driver.frames[from..].iter().any(|frame| frame.gliding), "drawings glide there");
    find(&mut driver, "sort by country descending");
    driver.wait("by country", is_sorted(Some("countrycode:desc")));
    driver.tap('6'.into(), "a timeline", |frame| frame.layout == "timeline" && frame.by == ["timestamp"]);
    driver.tap('1'.into(), "the sorted grid", is_sorted(Some("countrycode:desc")));
    for (what, sort) in [("by time again", Some("timestamp")), ("as in the file", None)] {
        // Back over the timeline, too.
        while driver.now().layout != "grid" || driver.now().sort.as_deref() != sort {
            let before = (driver.now().layout.clone(), driver.now().sort.clone());
            driver.screen.tap_with(CONTROL, 'z'.into());
            driver.wait(what, |frame| (frame.layout.clone(), frame.sort.clone()) != before);
        }
        driver.wait(what, is_sorted(sort));
    }
}

#[test]
pub fn a_layout_of_what_is_left_follows_a_click_in_the_legend() {
    let looks = ["--color-by", "countrycode", "--where", "countrycode = \"US\"", "--rearrange"];
    let args = [&[INPUT, "--size", "800x560"], &looks[..]].concat();
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    let part = driver.wait("one country", |frame| {
        frame.only.as_deref() == Some("countrycode = \"US\"") && frame.legend.first().is_some_and(|entry| entry.is_kept)
    });
    assert_eq!(part.legend[0].text, "US");
    // The entry's own condition is taken back: all drawings have a place again.
    wait_for_rest(&mut driver, "what is left");
    point(&driver, part.legend[0].middle_px);
    driver.screen.click(1);
    driver.wait("all of them", |frame| frame.filter.is_none() && frame.only.is_none() && frame.matching.is_none());
}
