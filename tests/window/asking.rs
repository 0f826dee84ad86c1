//! Columns asked for by keys alone: they arrange, colour and filter, and undo takes it back.

use super::driver::{BINARY, Driver, Shown};
use super::export::step;
use super::keys::at_once;
use super::xvfb::keysym::{BACKSPACE, CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use std::process::Command;

const INPUT: &str = "demo:20000:1";

/// How many rows have a value, as the command for tables prints them.
fn rows_of(column: &str, value: &str) -> u32 {
    let args = ["table", INPUT, "--columns", column, "--csv"];
    let printed = Command::new(BINARY).args(args).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let count = printed.lines().filter(|line| line.split(',').next_back() == Some(value)).count();
    assert!(count > 0 && count < 20_000, "{count} of {value}");
    count as u32
}

/// Finds a command by its name and does it.
pub fn find(driver: &mut Driver, typed: &str) {
    driver.screen.tap_with(CONTROL, 'k'.into());
    driver.wait("the palette", |frame| frame.dialog.as_deref() == Some("palette"));
    driver.screen.write(typed);
    driver.screen.tap(ENTER);
}

fn is(
    layout: &'static str,
    by: &[&str],
    color_by: Option<&'static str>,
    matching: Option<u32>,
) -> impl Fn(&Shown) -> bool {
    let by: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
    move |frame| {
        frame.layout == layout
            && frame.by == by
            && frame.color_by.as_deref() == color_by
            && frame.matching == matching
            && frame.arranging.is_none()
    }
}

#[test]
fn columns_arrange_colour_and_filter_by_keys_and_undo_takes_it_back() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    find(&mut driver, "group by recog");
    driver.wait("groups of recognized ones", is("groups", &["recognized"], None, None));
    find(&mut driver, "group by country");
    driver.wait("groups of countries", is("groups", &["countrycode"], None, None));
    // Another layout, and back by its key: to the column that was chosen last.
    driver.tap('2'.into(), "index", is("index", &[], None, None));
    driver.tap('3'.into(), "groups of countries again", is("groups", &["countrycode"], None, None));
    let before = driver.now().clone();
    find(&mut driver, "colour recog");
    let coloured = driver.wait("colours", is("groups", &["countrycode"], Some("recognized"), None));
    assert_eq!((coloured.center, coloured.zoom), (before.center, before.zoom), "nothing is arranged for colours");

    // A condition: refused with the reason, then applied, and the card says how many match.
    driver.screen.key(CONTROL, true);
    driver.screen.tap_with(SHIFT, 'f'.into());
    driver.screen.key(CONTROL, false);
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("filter"));
    driver.screen.write("land = DE");
    driver.tap(ENTER, "why not", |frame| frame.dialog_says.as_ref().is_some_and(|says| says.contains("land")));
    for _ in 0.."land = DE".len() {
        driver.screen.tap(BACKSPACE);
    }
    driver.screen.write("countrycode = DE");
    let german = Some(rows_of("countrycode", "DE"));
    driver.tap(ENTER, "Germans", is("groups", &["countrycode"], Some("recognized"), german));
    driver.tap(ESCAPE, "no card", |frame| {
        frame.dialog.is_none() && frame.matching == german && frame.dialog_says.is_none()
    });

    let undo = |driver: &mut Driver| driver.screen.tap_with(CONTROL, 'z'.into());
    for (what, state) in [
        ("no filter", is("groups", &["countrycode"], Some("recognized"), None)),
        ("no colours", is("groups", &["countrycode"], None, None)),
        ("index", is("index", &[], None, None)),
        ("groups of countries", is("groups", &["countrycode"], None, None)),
        ("groups of recognized ones", is("groups", &["recognized"], None, None)),
        ("the grid", is("grid", &[], None, None)),
    ] {
        undo(&mut driver);
        driver.wait(what, state);
    }
    for _ in 0..6 {
        driver.screen.tap_with(CONTROL, 'y'.into());
    }
    driver.wait("all of it again", is("groups", &["countrycode"], Some("recognized"), german));
    // Shown whole again.
    find(&mut driver, "show all");
    driver.wait("all drawings", is("groups", &["countrycode"], Some("recognized"), None));
    assert_eq!(driver.now().notices, [""; 0]);
}

#[test]
fn a_condition_selects_and_hides_nothing() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    driver.screen.key(CONTROL, true);
    driver.screen.tap_with(SHIFT, 'f'.into());
    driver.screen.key(CONTROL, false);
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("filter"));
    // While something is offered Tab takes it.
    driver.screen.write("recognized = f");
    driver.wait("the value", |frame| frame.offered == ["false"]);
    driver.tap(TAB, "what joins", |frame| frame.offered == ["and", "or"]);
    // Esc closes what is offered, and then Tab goes past *Hide others*, *Fade others* and *Apply* to *Select*.
    step(&mut driver, &[ESCAPE]);
    for _ in 0..4 {
        step(&mut driver, &[TAB]);
    }
    driver.screen.tap(' '.into());
    let unrecognized = rows_of("recognized", "false");
    let selected = driver.wait("the unrecognized ones", |frame| frame.selected == unrecognized);
    assert_eq!((selected.matching, selected.filter.as_deref()), (None, None), "nothing is hidden");
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
    driver.screen.tap_with(CONTROL, 'z'.into());
    let back = driver.wait("one step back", |frame| frame.selected == 0);
    assert_eq!((back.matching, &*back.notices), (None, &[][..]));
}

#[test]
fn the_palette_opens_what_it_names_and_closes_by_its_own_key() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    let is_open = |name: &'static str| move |frame: &Shown| frame.dialog.as_deref() == Some(name);
    driver.screen.tap_with(CONTROL, 'k'.into());
    driver.wait("the palette", is_open("palette"));
    driver.screen.tap_with(CONTROL, 'k'.into());
    driver.wait("no palette", |frame| frame.dialog.is_none());
    // Typed ahead, and what it opens takes the keyboard.
    at_once(&driver, |screen| {
        screen.tap_with(CONTROL, 'k'.into());
        screen.write("go to");
        screen.tap(ENTER);
        screen.write("7");
        screen.tap(ENTER);
    });
    driver.wait("row 7", |frame| frame.pin_row == Some(7) && frame.dialog.is_none());
    find(&mut driver, "keys");
    driver.wait("the page of keys", is_open("help"));
    driver.tap(ESCAPE, "no page", |frame| frame.dialog.is_none());
}

#[test]
fn what_cannot_be_is_told_and_what_was_there_stays() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "700x500", "--colormap", "gray"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    find(&mut driver, "colour by rec");
    let refused = driver.wait("why not", |frame| !frame.notices.is_empty());
    assert!(refused.notices[0].contains("colour map gray") && refused.color_by.is_none(), "{:?}", refused.notices);
    // One palette at once after the other, which knows nothing of the text before.
    at_once(&driver, |screen| {
        for typed in ["colour by nothing", "group by rec"] {
            screen.tap_with(CONTROL, 'k'.into());
            screen.write(typed);
            screen.tap(ENTER);
        }
    });
    driver.wait("groups", is("groups", &["recognized"], None, None));
}
