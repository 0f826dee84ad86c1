//! Drawing on the pad in the real window: a drawing of the set, drawn again by hand, finds itself.

use super::driver::{Driver, Shown};
use inkfield::data::Row;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::demo::simplify::simplify;

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

#[test]
fn a_drawing_that_is_drawn_again_finds_itself() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "800x800", "--motion", "reduced"]) else { return };
    let before = driver.wait("all records", |frame| frame.records_loaded == 3000).thumbnails.len();
    let found = |frame: &Shown| -> Vec<u32> { frame.thumbnails.iter().map(|place| place.row).collect() };
    driver.screen.write("q");
    let [left, top, side, _] = driver.wait("the pad", |frame| frame.pad.is_some()).pad.unwrap();
    let px = |[x, y]: [f32; 2]| {
        [left + side * (0.1 + f64::from(x) * 0.8 / 255.0), top + side * (0.1 + f64::from(y) * 0.8 / 255.0)]
            .map(|at| at.round() as i32)
    };
    for stroke in strokes(DRAWN) {
        driver.screen.point(px(stroke[0]));
        driver.screen.button(1, true);
        for &at in &stroke[1..] {
            driver.screen.point(px(at));
        }
        driver.screen.button(1, false);
    }
    let shown = driver.wait("itself first", |frame| found(frame).first() == Some(&DRAWN));
    assert_eq!(shown.thumbnails.len(), before + 12, "the twelve nearest");
    // A click goes to the second of them.
    let (second, place) = (shown.thumbnails[1].row, shown.thumbnails[1].middle_px);
    driver.screen.point(place.map(|px| px.round() as i32));
    driver.screen.click(1);
    driver.wait("the second pinned", |frame| frame.pin_row == Some(second));
    // Closed and opened again it is still there.
    driver.tap('q'.into(), "no pad", |frame| frame.pad.is_none());
    driver.tap('q'.into(), "the same", |frame| frame.pad.is_some() && found(frame).first() == Some(&DRAWN));
}
