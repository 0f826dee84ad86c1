//! Colours of numbers and times against numpy, pandas and matplotlib (`expected/scales.py`), and what legends say of them.

use super::npy::claiming;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::headless::read_columns;
use inkfield::scene::camera::Viewport;
use inkfield::scene::palette::{Rgb, Theme, cividis, viridis};
use inkfield::scene::rows::appearance::{Appearance, AppearanceError};
use inkfield::scene::rows::{RowColors, RowStyle, RowTable, ScalePalette, Spread};
use inkfield::scene::{Scene, Settings};
use serde_json::{Value, json};

fn expected() -> Value {
    serde_json::from_str(include_str!("expected/scales.json")).unwrap()
}

/// One column of values for as many drawings.
fn columns(name: &str, values: &[Value]) -> Columns {
    let dir = tempfile::tempdir().unwrap();
    let (bitmaps, records) = (dir.path().join("a.npy"), dir.path().join("a.ndjson"));
    std::fs::write(&bitmaps, claiming(&format!("({}, 2, 2)", values.len()), &vec![0; 4 * values.len()])).unwrap();
    let lines: Vec<String> =
        values.iter().map(|value| json!({name: value, "word": "cat"}).to_string() + "\n").collect();
    std::fs::write(&records, lines.concat()).unwrap();
    let dataset = Dataset::open(&[bitmaps, records], &OpenOptions::default()).unwrap();
    read_columns(&dataset, &mut |_, _| ()).unwrap().0
}

fn styled(columns: &Columns, rows: usize, appearance: Appearance) -> Result<Scene, AppearanceError> {
    let settings = Settings { appearance, ..Settings::default() };
    let mut scene = Scene::new(rows as u32, u32::MAX, settings, Viewport::new(900, 700, 1.0), Some(columns)).unwrap();
    scene.restyle(Some(columns)).map(|_| scene)
}

fn by(column: &str, spread: Spread, range: Option<&str>) -> Appearance {
    let range = range.map(|range| range.parse().unwrap());
    Appearance { color_by: Some(column.to_owned()), spread, range, ..Appearance::default() }
}

/// The entries of all rows, `null` for those without a value.
fn entries(scene: &Scene, rows: usize) -> Vec<Value> {
    let entry = |row| match scene.row_table().style(row).color {
        RowColors::SCALE_MISSING => Value::Null,
        entry => entry.into(),
    };
    (0..rows as u32).map(entry).collect()
}

#[test]
fn numbers_have_the_colours_that_numpy_and_pandas_give_them() {
    let expected = expected();
    let values = expected["values"].as_array().unwrap();
    let columns = columns("score", values);
    for (name, spread, range) in [
        ("linear", Spread::Linear, None),
        ("between", Spread::Linear, Some("1.5,8")),
        ("quantile", Spread::Quantile, None),
        ("quantile_between", Spread::Quantile, Some("1.5, 8.0")),
    ] {
        let scene = styled(&columns, values.len(), by("score", spread, range)).unwrap();
        assert_eq!(&entries(&scene, values.len()), expected[name].as_array().unwrap(), "{name}");
    }
}

#[test]
fn the_colours_are_those_of_matplotlib() {
    let expected = expected();
    for (name, table) in [("viridis", viridis as fn(u8) -> Rgb), ("cividis", cividis as fn(u8) -> Rgb)] {
        let hex: Vec<String> = (0..=255).flat_map(table).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex.concat(), expected[name].as_str().unwrap(), "{name}");
    }
    let of = |palette, theme| RowTable::new(1, 1, RowColors::Scale(palette), |_| RowStyle::default()).palette(theme);
    for theme in [Theme::Paper, Theme::Night] {
        let colors = of(ScalePalette::Cividis, theme);
        assert_eq!([colors[1], colors[254]], [cividis(0), cividis(255)]);
        // From little ink to much: darker on paper, lighter at night.
        let grays = &of(ScalePalette::Gray, theme)[1..255];
        let is_grey = |color: &Rgb| color[0] == color[1] && color[1] == color[2];
        let rises = |pair: &[Rgb]| if theme == Theme::Night { pair[0] <= pair[1] } else { pair[0] >= pair[1] };
        assert!(grays.iter().all(is_grey) && grays.windows(2).all(rises), "{grays:?}");
    }
}

#[test]
fn a_scales_legend_counts_what_is_kept_and_says_where_its_ends_are() {
    let expected = expected();
    let values = expected["values"].as_array().unwrap();
    let columns = columns("score", values);
    let usual = [0_usize, 1].map(|end| expected["usual"][end].as_f64().unwrap());
    for (range, filter) in [(None, None), (Some("2,700"), Some("row < 60"))] {
        let filter = filter.map(|text: &str| text.parse().unwrap());
        let scene =
            styled(&columns, values.len(), Appearance { filter, ..by("score", Spread::Linear, range) }).unwrap();
        let legend = scene.legend(Theme::Paper).unwrap();
        let histogram = legend.histogram.clone().unwrap();
        let ends = if range.is_some() { [2.0, 700.0] } else { usual };
        assert_eq!(legend.ends, ends.map(|end| end.to_string()));
        // A quarter more than most values take, as far as there are any, and the ends that were given.
        let quarter = (usual[1] - usual[0]) / 4.0;
        let [low, high] = histogram.domain;
        let upper = if range.is_some() { 700.0 } else { usual[1] + quarter };
        assert!((low - (usual[0] - quarter)).abs() < 1e-9 && (high - upper).abs() < 1e-9, "{low} {high}");
        let mut counts = vec![0; histogram.counts.len()];
        let rows = if range.is_some() { 60 } else { values.len() };
        for value in values[..rows].iter().filter_map(Value::as_f64) {
            let bin = ((value - low) / (high - low) * counts.len() as f64).floor();
            counts[(bin.max(0.0) as usize).min(histogram.counts.len() - 1)] += 1;
        }
        assert_eq!(histogram.counts, counts);
        let missing = values[..rows].iter().filter(|value| value.is_null()).count();
        assert_eq!(legend.entries[0].count, missing.to_string());
        for (end, part) in ends.iter().zip(histogram.ends) {
            assert!((low + (high - low) * part - end).abs() < 1e-9);
        }
        assert_eq!([legend.scale[0], legend.scale[253]], [viridis(0), viridis(255)]);
    }
}

#[test]
fn times_are_coloured_between_the_times_that_are_typed() {
    let times: Vec<Value> = (1..=9).map(|day| json!(format!("2017-03-0{day} 12:00:00 UTC"))).collect();
    let columns = columns("when", &times);
    let scene =
        styled(&columns, 9, by("when", Spread::Linear, Some("2017-03-03T12:00:00Z,2017-03-05 12:00:00 UTC"))).unwrap();
    // The days from the third to the fifth, two days apart: halfway is round(126.5) steps on.
    assert_eq!(entries(&scene, 9), [1, 1, 1, 128, 254, 254, 254, 254, 254].map(Value::from));
    let (ends, _) = scene.color_ends().unwrap();
    assert!((ends[1] - ends[0] - 2.0 * 86_400e6).abs() < 1.0);
    let scene = styled(&columns, 9, by("when", Spread::Linear, Some("2017-03,2017-04"))).unwrap();
    assert_eq!(scene.legend(Theme::Paper).unwrap().ends[0], "2017-03-01 00:00:00 UTC");
}

#[test]
fn ends_that_cannot_be_are_refused_with_the_reason() {
    let columns = columns("score", &[json!(1), json!(2.5), json!(4)]);
    let refused = |column: &str, range: &str| {
        styled(&columns, 3, by(column, Spread::Linear, Some(range))).unwrap_err().to_string()
    };
    let score = "cannot colour by score with this --color-range: ";
    assert_eq!(refused("score", "4,1"), format!("{score}the lower end comes first"));
    assert_eq!(refused("score", "1,many"), format!("{score}`many` is no number"));
    assert!(refused("word", "1,2").contains("it holds category values, and numbers or times are needed"));
    assert!("5".parse::<inkfield::scene::rows::ColorRange>().unwrap_err().contains("as in `0,100`"));
    // Two ends that are one part all values; one between them is in the middle.
    let scene = styled(&columns, 3, by("score", Spread::Linear, Some("2.5,2.5"))).unwrap();
    assert_eq!(entries(&scene, 3), [1, 128, 254].map(Value::from));
}
