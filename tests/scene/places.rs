//! `random`, `xy` and `file` against positions that numpy computed (`expected/places.py`).

use inkfield::data::Row;
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::scene::camera::{Bounds, Viewport};
use inkfield::scene::layout::{Aspect, Layout, LayoutError, LayoutParams, LogAxes, Ratio};
use inkfield::scene::{Scene, Settings};
use serde_json::Value as Json;
use std::sync::Arc;

pub fn expected() -> Json {
    serde_json::from_str(include_str!("expected/places.json")).unwrap()
}

/// A layout of the table, as a scene makes it.
pub fn placed(
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
pub fn assert_places(layout: &Layout, places: &Json, what: &str) {
    for (row, place) in (0..).zip(places.as_array().unwrap()) {
        let (x, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
        let center = layout.center(row).unwrap();
        let near = 0.5 / f64::from(1_u32 << layout.frac_bits()) + 1e-6;
        assert!(
            (center.x - x).abs() <= near && (center.y - y).abs() <= near,
            "{what}, row {row}: {center} for {x}, {y}"
        );
    }
    // But for the rounding.
    let step = glam::DVec2::splat(0.5 / f64::from(1_u32 << layout.frac_bits()));
    let bounds = Bounds::new(layout.bounds.min - step, layout.bounds.max + step);
    let inside = |row| bounds.contains(layout.center(row).unwrap());
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
pub fn columns() -> Columns {
    let all = expected()["columns"].clone();
    let rows = all["valid"].as_array().unwrap().len();
    let mut builder = BatchBuilder::new();
    for row in 0..rows {
        builder.push_row();
        for name in ["weight", "when", "valid", "kind", "change"] {
            let value = match &all[name][row] {
                Json::Number(us) if name == "when" => Value::Time(us.as_i64().unwrap()),
                Json::Number(number) => Value::Number(number.as_f64().unwrap()),
                Json::Bool(flag) => Value::Flag(*flag),
                Json::String(text) => Value::Text(text),
                _ => Value::Missing,
            };
            builder.set(name, value);
        }
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
        let log = case["log"].as_str().unwrap();
        let aspect = Aspect::Given(Ratio::new(case["aspect"].as_f64().unwrap()));
        let params = LayoutParams {
            by: Some(format!("{x},{y}")),
            seed: case["seed"].as_u64().unwrap(),
            log: if log.is_empty() { LogAxes::default() } else { log.parse().unwrap() },
            aspect,
            ..LayoutParams::default()
        };
        let layout = placed("xy", columns.rows_loaded(), params, Some(&columns)).unwrap();
        assert_places(&layout, &case["places"], &format!("{x},{y}"));
        let axes = layout.axes.as_ref().unwrap();
        assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], [x, y]);
        let [left, below] = [0, 1].map(|side| case["missing"][side].as_u64().unwrap());
        let note = layout.note.clone().unwrap_or_default();
        for (count, name, axis, place) in [(left, x, 'x', "left of the plot"), (below, y, 'y', "below it")] {
            let above = if log.contains(axis) { " above 0" } else { "" };
            let rows = inkfield::words::counted(count, "row", "rows");
            let said = note.contains(&format!("without a value of {name}{above}: {rows}, {place}"));
            assert_eq!(said, count > 0, "{note:?}");
        }
        checked += 1;
    }
    assert_eq!(checked, 7);
}

#[test]
fn categories_have_a_tick_each_and_drawings_lie_near_it_apart_from_others() {
    let columns = columns();
    let layout = xy(Some("kind,weight"), 1, &columns).unwrap();
    let axes = layout.axes.as_ref().unwrap();
    // The most frequent first, ties by value.
    let texts: Vec<&str> = axes.x.ticks.iter().map(|tick| tick.text.as_str()).collect();
    let count = |text: &str| (0..60).filter(|&row| columns.get("kind").unwrap().text(Row(row)) == text).count();
    assert!(texts.len() == 4 && texts.is_sorted_by_key(|text| (std::cmp::Reverse(count(text)), *text)), "{texts:?}");
    let apart = axes.x.ticks[1].at - axes.x.ticks[0].at;
    let mut middles = 0;
    for row in 0..60 {
        let text = columns.get("kind").unwrap().text(Row(row));
        let x = layout.center(row).unwrap().x;
        match axes.x.ticks.iter().find(|tick| tick.text == text) {
            Some(tick) => {
                assert!((x - tick.at).abs() <= 0.4 * apart + 1e-4, "row {row}: {text}");
                middles += u32::from((x - tick.at).abs() < 0.01 * apart);
            }
            None => assert!(x < 0.0, "row {row}"),
        }
    }
    assert!(middles < 10, "they are spread");
}

#[test]
fn logarithmic_ticks_lie_where_rows_of_their_value_do() {
    let mut builder = BatchBuilder::new();
    for row in 0..4 {
        builder.push_row();
        builder.set("size", Value::Number(10_f64.powi(row)));
        builder.set("other", Value::Number(f64::from(row) - 1.0));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(4);
    let log = LogAxes { x: true, y: false };
    let params = LayoutParams { by: Some("size,other".to_owned()), log, ..LayoutParams::default() };
    let layout = placed("xy", 4, params.clone(), Some(&columns)).unwrap();
    let ticks = &layout.axes.as_ref().unwrap().x.ticks;
    let decades: Vec<f64> = ["1", "10", "100", "1000"]
        .iter()
        .filter_map(|text| Some(ticks.iter().find(|tick| tick.text == *text)?.at))
        .collect();
    for (row, at) in (0..4).zip(&decades) {
        assert!((layout.center(row).unwrap().x - at).abs() < 1e-4, "{ticks:?}");
    }
    assert_eq!(decades.len(), 4);
    // Along y one value is above 0 alone.
    let layout =
        placed("xy", 4, LayoutParams { log: LogAxes { x: false, y: true }, ..params }, Some(&columns)).unwrap();
    assert_eq!(layout.note.as_deref(), Some("without a value of other above 0: 2 rows, below it"));
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
    let row = (0..60).find(|&row| columns.get("valid").unwrap().text(Row(row)) == "false").unwrap();
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
        (
            "weight,height",
            "cannot place by height: there is no such column; known are weight, when, valid, kind, change",
        ),
    ] {
        assert_eq!(xy(Some(by), 0, &columns).unwrap_err().to_string(), said);
    }
    let params = |by: &str| LayoutParams {
        by: Some(by.to_owned()),
        log: LogAxes { x: true, y: false },
        ..LayoutParams::default()
    };
    let error = placed("xy", 60, params("when,weight"), Some(&columns)).unwrap_err().to_string();
    let said = "cannot place by when on a logarithmic axis: it holds no numbers; leave --log out for it";
    assert_eq!(error, said);
    let error = placed("xy", 10, LayoutParams::default(), None).unwrap_err().to_string();
    assert!(error.contains("there are no records; name the .ndjson file, too"), "{error}");
    // 1,001 texts that differ.
    let mut builder = BatchBuilder::new();
    for row in 0..1001 {
        builder.push_row();
        builder.set("name", Value::Text(&format!("n{row}")));
        builder.set("size", Value::Number(row.into()));
    }
    let mut many = Columns::new();
    many.append(0, builder.finish());
    many.finish(1001);
    let error = xy(Some("name,size"), 0, &many).unwrap_err().to_string();
    assert_eq!(error, "cannot place by name: it has 1,001 different texts, and at most 1,000 fit along an axis");
}

#[test]
fn plots_have_the_proportions_that_were_asked_for() {
    let columns = columns();
    let params = |aspect| LayoutParams { aspect, by: Some("weight,change".to_owned()), ..LayoutParams::default() };
    for layout in ["index", "random", "xy"] {
        for (aspect, ratio) in [(Aspect::Own, 1.6), (Aspect::Given(Ratio::new(0.5)), 0.5), (Aspect::Fit, 776.0 / 576.0)]
        {
            let placed = placed(layout, 60, params(aspect), Some(&columns)).unwrap();
            // Rows without a value make strips of `xy`: there the right edge is the plot's alone.
            let (size, right) = (placed.bounds.size(), placed.bounds.max.x);
            let plot = if layout == "xy" { glam::DVec2::new(right, 60.0 / right) } else { size };
            assert!((plot.x / plot.y - ratio).abs() < 1e-9, "{layout}: {plot}");
            assert!((plot.x * plot.y - 60.0).abs() < 1e-9, "{layout}: a unit of area a drawing");
        }
    }
}
