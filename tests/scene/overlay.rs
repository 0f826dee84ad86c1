//! What lies over a picture: the legend of colours and the axes of a scatter plot, against the records themselves.

use super::npy::claiming;
use inkfield::data::Row;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::headless::read_columns;
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{LayoutKind, LayoutParams};
use inkfield::scene::palette::Theme;
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::selection::{ColumnMakeup, Selection};
use inkfield::scene::{Action, Scene, Settings};
use inkfield::viewer::captions::Captions;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const ROWS: u32 = 100;

/// A word for each row: w9 is the most frequent, w8 less so, and so on to w1; every 25th has none.
fn word(row: u32) -> Option<String> {
    (!row.is_multiple_of(25)).then(|| format!("w{}", f64::from(ROWS - row).sqrt() as u32))
}

fn score(row: u32) -> f64 {
    f64::from((row * 37) % ROWS) / 4.0 - 3.0
}

fn columns() -> Columns {
    let dir = tempfile::tempdir().unwrap();
    let (bitmaps, records) = (dir.path().join("a.npy"), dir.path().join("a.ndjson"));
    std::fs::write(&bitmaps, claiming("(100, 2, 2)", &[0; 400])).unwrap();
    let mut lines = String::new();
    for row in 0..ROWS {
        let word = word(row).map_or_else(|| "null".to_owned(), |word| format!("\"{word}\""));
        writeln!(lines, r#"{{"word": {word}, "score": {}, "place": {}}}"#, score(row), row * 3).unwrap();
    }
    std::fs::write(&records, lines).unwrap();
    let dataset = Dataset::open(&[bitmaps, records], &OpenOptions::default()).unwrap();
    read_columns(&dataset, &mut |_, _| ()).unwrap().0
}

fn scene(columns: &Columns, settings: Settings) -> Scene {
    let mut scene = Scene::new(ROWS, u32::MAX, settings, Viewport::new(900, 700, 1.0), Some(columns)).unwrap();
    scene.restyle(Some(columns)).unwrap();
    scene
}

#[test]
fn a_legend_counts_what_is_drawn_in_the_colours_of_the_rows() {
    let columns = columns();
    let by_word = Appearance { color_by: Some("word".to_owned()), ..Appearance::default() };
    let filter = Some("word = w9".parse().unwrap());
    for appearance in [by_word.clone(), Appearance { filter, fades: true, ..by_word }] {
        let is_filtered = appearance.filter.is_some();
        let scene = scene(&columns, Settings { appearance, ..Settings::default() });
        let legend = scene.overlay().legend.unwrap();
        assert_eq!(legend.title, "word");
        assert!(legend.scale.is_empty());
        // Counted once more, and each row's own colour beside it.
        let mut expected: BTreeMap<String, u32> = BTreeMap::new();
        let palette = scene.row_table().palette(Theme::Paper);
        for row in 0..ROWS {
            let text = word(row).unwrap_or_else(|| "(missing)".to_owned());
            if is_filtered && text != "w9" {
                continue;
            }
            *expected.entry(text.clone()).or_default() += 1;
            let entry = legend.entries.iter().find(|entry| entry.text == text).unwrap();
            assert_eq!(entry.color, palette[usize::from(scene.row_table().style(row).color)], "row {row}");
        }
        let seen: BTreeMap<String, u32> =
            legend.entries.iter().map(|entry| (entry.text.clone(), entry.count.parse().unwrap())).collect();
        assert_eq!(seen, expected);
        assert!(is_filtered || (legend.entries.len() == 10 && legend.entries[9].text == "(missing)"));
    }
}

#[test]
fn a_scales_legend_names_its_ends() {
    let columns = columns();
    let appearance = Appearance { color_by: Some("score".to_owned()), ..Appearance::default() };
    let scene = scene(&columns, Settings { appearance, ..Settings::default() });
    let legend = scene.overlay().legend.unwrap();
    // The 1st and the 99th of a hundred sorted scores: numpy.percentile([…], [1, 99], method="inverted_cdf").
    assert_eq!(legend.ends, ["-3".to_owned(), "21.5".to_owned()]);
    let (lowest, highest) = ((0..ROWS).find(|&row| score(row) <= -3.0), (0..ROWS).find(|&row| score(row) >= 21.5));
    let palette = scene.row_table().palette(Theme::Paper);
    let color = |row: Option<u32>| palette[usize::from(scene.row_table().style(row.unwrap()).color)];
    assert_eq!([legend.scale[0], legend.scale[legend.scale.len() - 1]], [color(lowest), color(highest)]);
    assert!(legend.entries.is_empty(), "no row is without a score");
}

#[test]
fn ticks_stand_where_rows_of_their_value_do_at_any_zoom() {
    let columns = columns();
    let params = LayoutParams { by: Some("place,score".to_owned()), ..LayoutParams::default() };
    let settings = Settings { layout: LayoutKind::XY, layout_params: params, ..Settings::default() };
    let mut scene = scene(&columns, settings);
    for zoom in [1.0, 1.9] {
        let mut camera = scene.camera();
        camera.zoom = zoom;
        scene.apply(Action::SetCamera(camera));
        let axes = scene.overlay().axes.unwrap();
        assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], ["place", "score"]);
        let mut checked = 0;
        for row in 0..ROWS {
            let [left, top, side] = scene.square_px(Row(row)).unwrap();
            let middle = [left + side / 2.0, top + side / 2.0];
            for (axis, value, at) in [(&axes.x, f64::from(row * 3), middle[0]), (&axes.y, score(row), middle[1])] {
                if let Some((px, _)) = axis.ticks.iter().find(|(_, text)| text.parse() == Ok(value)) {
                    assert!((f64::from(*px) - at).abs() < 0.05, "{value} at {px} px, row {row} at {at}");
                    checked += 1;
                }
            }
        }
        assert!(checked >= 4, "{checked} ticks at zoom {zoom}");
        let inside = |ticks: &[(f32, String)], size: f32| ticks.iter().all(|(px, _)| (0.0..=size).contains(px));
        assert!(inside(&axes.x.ticks, 900.0) && inside(&axes.y.ticks, 700.0));
    }
    scene.set_layout(LayoutKind::GRID, Some(&columns), false).unwrap();
    assert!(scene.overlay().axes.is_none());
}

#[test]
fn captions_are_the_values_of_the_drawings_in_sight_that_are_large_enough() {
    let columns = columns();
    let appearance = Appearance { caption: Some("word".to_owned()), ..Appearance::default() };
    let mut scene = scene(&columns, Settings { appearance, ..Settings::default() });
    scene.rows_arrived(&[0; ROWS as usize], &[[0; 2]; ROWS as usize]);
    let mut captions = Captions::default();
    let mut look = |scene: &mut Scene, px: f64, row: u32| {
        let layout = std::sync::Arc::clone(&scene.placed().layout);
        scene.settings.zoom = px / scene.viewport().fit_px_per_unit(&layout.bounds);
        scene.settings.center = layout.center(row);
        scene.start_camera();
        captions.update(scene, Some(&columns));
        scene.overlay().captions
    };
    assert_eq!(look(&mut scene, 47.9, 50), [], "too small");
    for (px, row) in [(48.0, 50), (120.0, 33), (120.0, 34), (90.0, 0)] {
        let seen: BTreeMap<(i64, i64), String> = look(&mut scene, px, row)
            .into_iter()
            .map(|caption| {
                ((caption.left_px.round() as i64, caption.bottom_px.round() as i64), caption.text.to_string())
            })
            .collect();
        // Each drawing whose square touches the viewport has its word at its lower left corner; rows without one have nothing.
        let in_sight = |row: u32| {
            let [left, top, side] = scene.square_px(Row(row)).unwrap();
            let touches = left + side >= 0.0 && top + side >= 0.0 && left <= 900.0 && top <= 700.0;
            touches.then(|| ((left.round() as i64, (top + side).round() as i64), word(row)))
        };
        let expected: BTreeMap<(i64, i64), String> =
            (0..ROWS).filter_map(in_sight).filter_map(|(at, word)| Some((at, word?))).collect();
        assert_eq!(seen, expected, "{px} px about row {row}");
        assert!(seen.len() > 10);
    }
    // What a filter leaves out has none.
    scene.settings.appearance.filter = Some("word = w9".parse().unwrap());
    scene.restyle(Some(&columns)).unwrap();
    let kept = look(&mut scene, 120.0, 5);
    assert!(!kept.is_empty() && kept.iter().all(|caption| &*caption.text == "w9"));
    // A column that is not there is an error.
    scene.settings.appearance.caption = Some("wrod".to_owned());
    let error = scene.restyle(Some(&columns)).unwrap_err().to_string();
    assert!(error.starts_with("no captions: there is no column wrod"), "{error}");
}

#[test]
fn the_makeup_of_a_selection_counts_as_a_naive_count_does() {
    let columns = columns();
    let selection = Selection::where_true(ROWS, |row| row % 3 == 0 || row > 90);
    let makeup = ColumnMakeup::of(columns.get("word").unwrap(), &selection, ROWS).unwrap();
    let mut expected: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    for row in 0..ROWS {
        let counts = expected.entry(word(row).unwrap_or_else(|| "(missing)".to_owned())).or_default();
        counts[0] += u32::from(selection.contains(row));
        counts[1] += 1;
    }
    for value in &makeup.values {
        assert_eq!([value.selected, value.all], expected[&value.text], "{}", value.text);
    }
    let mut counts: Vec<u32> = expected.values().map(|counts| counts[0]).filter(|&count| count > 0).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(makeup.values.iter().map(|value| value.selected).collect::<Vec<_>>(), counts[..5]);
    assert_eq!(makeup.others, counts.len() - 5);
    // The last ten rows are w0 to w3 alone: three times as frequent among the 40 selected ones as among all 100, and so on.
    let value = &makeup.values[0];
    let lift = value.lift(selection.count(), ROWS).unwrap();
    let by_hand = (f64::from(value.selected) / f64::from(selection.count())) / (f64::from(value.all) / 100.0);
    assert!((lift - by_hand).abs() < 1e-12);
    // Where all are selected nothing stands out.
    assert_eq!(value.lift(ROWS, ROWS), None);
}
