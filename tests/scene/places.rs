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
        assert!((center.x - x).abs() <= near && (center.y - y).abs() <= near, "{what}, row {row}: {center} for {x}, {y}");
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
