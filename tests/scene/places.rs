//! `random` and `xy` against positions that numpy computed (`expected/places.py`).

use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{Layout, LayoutError, LayoutParams};
use inkfield::scene::{Scene, Settings};
use serde_json::Value as Json;
use std::sync::Arc;

fn expected() -> Json {
    serde_json::from_str(include_str!("expected/places.json")).unwrap()
}

/// A layout of the table, as a scene makes it.
fn placed(
    layout: &str,
    rows: u32,
    params: LayoutParams,
    columns: Option<&Columns>,
) -> Result<Arc<Layout>, LayoutError> {
    let settings = Settings { layout: layout.parse()?, layout_params: params, ..Settings::default() };
    let scene = Scene::new(rows, 1 << 20, settings, Viewport::new(800, 600, 1.0), columns)?;
    Ok(Arc::clone(&scene.placed().layout))
}

/// Every place but for the rounding to fixed positions and to six digits.
fn assert_places(layout: &Layout, places: &Json, what: &str) {
    for (row, place) in (0..).zip(places.as_array().unwrap()) {
        let (x, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
        let center = layout.center(row).unwrap();
        let near = 0.5 / f64::from(1_u32 << layout.frac_bits()) + 1e-6;
        assert!(
            (center.x - x).abs() <= near && (center.y - y).abs() <= near,
            "{what}, row {row}: {center} for {x}, {y}"
        );
    }
    let inside = |row| layout.bounds.contains(layout.center(row).unwrap());
    assert!((0..layout.rows()).all(inside), "{what}: every drawing lies in the bounds");
}

#[test]
fn random_places_are_those_of_numpy() {
    let mut checked = 0;
    for case in expected()["random"].as_array().unwrap() {
        let (rows, seed) = (case["rows"].as_u64().unwrap() as u32, case["seed"].as_u64().unwrap());
        let layout = placed("random", rows, LayoutParams { seed, ..LayoutParams::default() }, None).unwrap();
        assert!(layout.overlaps && layout.axes.is_none());
        assert_places(&layout, &case["places"], &format!("{rows} rows, seed {seed}"));
        checked += 1;
    }
    assert_eq!(checked, 2);
}

/// The columns that numpy has placed.
fn columns() -> Columns {
    let all = expected()["columns"].clone();
    let rows = all["valid"].as_array().unwrap().len();
    let mut builder = BatchBuilder::new();
    for row in 0..rows {
        builder.push_row();
        for name in ["weight", "when", "valid"] {
            let value = match &all[name][row] {
                Json::Number(us) if name == "when" => Value::Time(us.as_i64().unwrap()),
                Json::Number(number) => Value::Number(number.as_f64().unwrap()),
                Json::Bool(flag) => Value::Flag(*flag),
                _ => Value::Missing,
            };
            builder.set(name, value);
        }
        builder.set("word", Value::Text(["octopus", "cat"][row % 2]));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(rows as u32);
    columns
}

fn xy(by: Option<&str>, seed: u64, columns: &Columns) -> Result<Arc<Layout>, LayoutError> {
    let params = LayoutParams { by: by.map(str::to_owned), seed, ..LayoutParams::default() };
    placed("xy", columns.rows_loaded(), params, Some(columns))
}

#[test]
fn places_over_two_columns_are_those_of_numpy_and_rows_without_a_value_stand_beside_them() {
    let columns = columns();
    let mut checked = 0;
    for case in expected()["xy"].as_array().unwrap() {
        let [x, y] = ["x", "y"].map(|side| case[side].as_str().unwrap());
        let layout = xy(Some(&format!("{x},{y}")), case["seed"].as_u64().unwrap(), &columns).unwrap();
        assert_places(&layout, &case["places"], &format!("{x},{y}"));
        let axes = layout.axes.as_ref().unwrap();
        assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], [x, y]);
        let [left, below] = [0, 1].map(|side| case["missing"][side].as_u64().unwrap());
        let note = layout.note.clone().unwrap_or_default();
        for (count, name, place) in [(left, x, "left of the plot"), (below, y, "below it")] {
            let said = note.contains(&format!("without a value of {name}: {count} rows, {place}"));
            assert_eq!(said, count > 0, "{note:?}");
        }
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn axes_have_round_ticks_where_their_values_lie() {
    let columns = columns();
    let layout = xy(Some("when,valid"), 0, &columns).unwrap();
    let axes = layout.axes.as_ref().unwrap();
    // Times of some 200 days of 2017: a tick where each month begins.
    let texts: Vec<Json> = axes.x.ticks.iter().map(|tick| tick.text.as_str().into()).collect();
    assert_eq!(Json::Array(texts), expected()["months"]);
    let days: Vec<f64> = axes.x.ticks.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    // February has 28 days, March 31.
    assert!((days[1] / days[0] - 31.0 / 28.0).abs() < 1e-9, "{days:?}");
    let height = axes.y.ticks[0].at;
    assert_eq!(axes.y.ticks.iter().map(|tick| tick.text.as_str()).collect::<Vec<_>>(), ["false", "true"]);
    assert!(axes.y.ticks[1].at.abs() < 1e-9 && (height + layout.bounds.size().y).abs() < 1e-9);
    // A drawing with that value lies at that tick.
    let row = (0..60).find(|&row| columns.get("valid").unwrap().text(inkfield::data::Row(row)) == "false").unwrap();
    assert!((layout.center(row).unwrap().y - height).abs() < 1e-4);
}

#[test]
fn without_names_the_first_numbers_and_times_are_taken() {
    let layout = xy(None, 0, &columns()).unwrap();
    let axes = layout.axes.as_ref().unwrap();
    assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], ["weight", "when"]);
}

#[test]
fn what_cannot_be_placed_says_why() {
    let columns = columns();
    for (by, said) in [
        ("weight", "cannot place by 1 column: two columns are needed, as in --by A,B"),
        ("weight,when,valid", "cannot place by 3 columns: two columns are needed, as in --by A,B"),
        ("weight,height", "cannot place by height: there is no such column; known are weight, when, valid, word"),
        ("word,weight", "cannot place by word: it holds texts, and numbers, times or flags are needed"),
    ] {
        assert_eq!(xy(Some(by), 0, &columns).unwrap_err().to_string(), said);
    }
    let error = placed("xy", 10, LayoutParams::default(), None).unwrap_err().to_string();
    assert!(error.contains("there are no records; name the .ndjson file, too"), "{error}");
}
