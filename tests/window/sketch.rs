//! Drawing on the pad in the real window: a drawing of the set, drawn again by hand, finds itself.

use super::asking::find;
use super::driver::{Driver, Shown};
use super::xvfb::keysym::{BACKSPACE, DELETE, ESCAPE};
use inkfield::data::Row;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::demo::Demo;
use inkfield::data::demo::simplify::simplify;
use ndarray::Array3;

const INPUT: &str = "demo:3000:2";
const DRAWN: u32 = 41;

/// The strokes of a row's record, 0 to 255 on the longer axis.
fn strokes(row: u32) -> Vec<Vec<[f32; 2]>> {
    let dataset = Dataset::open(&[INPUT], &OpenOptions::default()).unwrap();
    let line = dataset.record_line(Row(row), None).unwrap().unwrap();
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    let numbers = |axis: &serde_json::Value| -> Vec<f32> {
        axis.as_array().unwrap().iter().map(|number| number.as_f64().unwrap() as f32).collect()
    };
    let stroke = |stroke: &serde_json::Value| -> Vec<[f32; 2]> {
        numbers(&stroke[0]).into_iter().zip(numbers(&stroke[1])).map(|(x, y)| [x, y]).collect()
    };
    simplify(&record["drawing"].as_array().unwrap().iter().map(stroke).collect::<Vec<_>>())
}

fn found(frame: &Shown) -> Vec<u32> {
    frame.thumbnails.iter().map(|place| place.row).collect()
}

/// Draws strokes of 0 to 255 on the pad, with room around them.
fn draw(driver: &mut Driver, strokes: &[Vec<[f32; 2]>]) {
    let [left, top, side, _] = driver.wait("the pad", |frame| frame.pad.is_some()).pad.unwrap();
    let px = |[x, y]: [f32; 2]| {
        [left + side * (0.1 + f64::from(x) * 0.8 / 255.0), top + side * (0.1 + f64::from(y) * 0.8 / 255.0)]
            .map(|at| at.round() as i32)
    };
    for stroke in strokes {
        driver.screen.point(px(stroke[0]));
        driver.screen.button(1, true);
        for &at in &stroke[1..] {
            driver.screen.point(px(at));
        }
        driver.screen.button(1, false);
    }
}

#[test]
fn a_drawing_that_is_drawn_again_finds_itself() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "800x800", "--motion", "reduced"]) else { return };
    let before = driver.wait("all records", |frame| frame.records_loaded == 3000).thumbnails.len();
    driver.screen.write("q");
    draw(&mut driver, &strokes(DRAWN));
    let shown = driver.wait("itself first", |frame| found(frame).first() == Some(&DRAWN));
    assert_eq!(shown.thumbnails.len(), before + 12, "the twelve nearest");
    // Another stroke, from corner to corner, and it is taken back.
    draw(&mut driver, &[vec![[0.0, 0.0], [255.0, 255.0]], vec![[255.0, 0.0], [0.0, 255.0]]]);
    driver.wait("something else", |frame| found(frame) != found(&shown) && found(frame).len() == found(&shown).len());
    driver.screen.tap(BACKSPACE);
    driver.tap(BACKSPACE, "what was there before", |frame| found(frame) == found(&shown));
    // By where ink lies it is itself as well.
    find(&mut driver, "where ink lies");
    driver.wait("itself by ink", |frame| frame.compared_by == "ink" && found(frame).first() == Some(&DRAWN));
    find(&mut driver, "the direction of lines");
    let is_so = |frame: &Shown| frame.compared_by == "direction" && found(frame) == found(&shown);
    let shown = driver.wait("those of before", is_so);
    // A click goes to the second of them.
    let (second, place) = (shown.thumbnails[1].row, shown.thumbnails[1].middle_px);
    driver.screen.point(place.map(|px| px.round() as i32));
    driver.screen.click(1);
    driver.wait("the second pinned", |frame| frame.pin_row == Some(second));
    // Esc lets that go, then closes the pad. Opened again it is still there.
    driver.tap(ESCAPE, "nothing pinned", |frame| frame.pin_row.is_none() && frame.pad.is_some());
    driver.tap(ESCAPE, "no pad", |frame| frame.pad.is_none());
    let again = |frame: &Shown| frame.pad.is_some() && found(frame).first() == Some(&DRAWN);
    let all = driver.tap('q'.into(), "the same", again).thumbnails.len();
    driver.tap(DELETE, "an empty pad", |frame| frame.pad.is_some() && frame.thumbnails.len() == all - 12);
    driver.tap('q'.into(), "no pad", |frame| frame.pad.is_none());
}

#[test]
fn it_is_drawn_on_a_canvas_as_wide_and_high_as_those_of_the_set() {
    // Drawings of the demo, each in the middle of paper that is three times as wide: what is no wider than high is as large as it can be.
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::new(600, 2);
    let mut inks = Array3::<u8>::zeros((600, 28, 84));
    for (row, mut ink) in inks.outer_iter_mut().enumerate() {
        for (at, value) in demo.bitmap(row as u32).into_iter().enumerate() {
            ink[[at / 28, 28 + at % 28]] = value;
        }
    }
    ndarray_npy::write_npy(folder.path().join("wide.npy"), &inks).unwrap();
    let is_high = |row: &u32| {
        let most = |axis: usize| strokes(*row).iter().flatten().map(|point| point[axis]).fold(0.0, f32::max);
        most(1) >= 255.0 && most(0) < 200.0
    };
    let rows: Vec<u32> = (0..600).filter(is_high).take(3).collect();
    assert_eq!(rows.len(), 3);
    let args = ["wide.npy", "--size", "800x800", "--motion", "reduced"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("all drawings", Shown::is_loaded);
    driver.screen.write("q");
    for row in rows {
        draw(&mut driver, &strokes(row));
        driver.wait("itself first", |frame| found(frame).first() == Some(&row));
        driver.tap(DELETE, "an empty pad", |frame| found(frame).first() != Some(&row));
    }
}
