//! Columns of what strokes say, held against an independent computation by pandas (`measures.py`).

use super::published::pairs;
use super::real_data::real_data;
use inkfield::data::columns::{Columns, Value};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::ndjson::DrawingReader;
use inkfield::data::strokes::Measures;
use inkfield::data::{Cancel, Row};
use serde_json::Value as Json;
use std::ops::ControlFlow;
use std::path::Path;

fn columns(inputs: &[&Path]) -> Columns {
    let options = OpenOptions { stroke_columns: true, ..OpenOptions::default() };
    let dataset = Dataset::open(inputs, &options).unwrap();
    let mut columns = Columns::new();
    dataset
        .read_records(&Cancel::new(), &mut |progress| {
            columns.append(progress.first_row, progress.batch);
            ControlFlow::Continue(())
        })
        .unwrap();
    columns.finish(dataset.rows());
    columns
}

/// The numbers of a column that are there.
fn numbers(columns: &Columns, name: &str) -> Vec<f64> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    let number = |row| match column.value(Row(row)) {
        Value::Number(number) => Some(number),
        Value::Missing => None,
        other => panic!("{name}: {other:?}"),
    };
    (0..columns.rows_loaded()).filter_map(number).collect()
}

#[test]
fn columns_of_real_drawings_are_those_of_pandas() {
    let Some(data) = real_data() else { return };
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/strokes/expected/measures.json");
    let expected: Json = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
    let mut seen = 0;
    for [_, records] in pairs(&data.join("pairs"), ".ndjson") {
        let of_file = expected[records.file_name().unwrap().to_str().unwrap()].as_object().unwrap();
        // Without their bitmaps, of which some have fewer rows.
        let folder = tempfile::tempdir().unwrap();
        let alone = folder.path().join("alone.ndjson");
        std::fs::copy(&records, &alone).unwrap();
        let columns = columns(&[&alone]);
        for (name, sums) in of_file {
            let count = sums[0].as_u64().unwrap() as usize;
            let Some(_) = columns.get(&format!("drawing.{name}")) else {
                assert_eq!(count, 0, "{name} of {}", records.display());
                continue;
            };
            let numbers = numbers(&columns, &format!("drawing.{name}"));
            assert_eq!(numbers.len(), count, "{name} of {}", records.display());
            let own = [numbers.iter().sum::<f64>(), numbers.iter().map(|number| number * number).sum()];
            for (own, theirs) in own.into_iter().zip([&sums[1], &sums[2]]) {
                let theirs = theirs.as_f64().unwrap();
                assert!((own - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{name}: {own} for {theirs}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 13 * (11 + 8));
}

/// By hand: a square round the clock, a dot, and a line back, on a screen of half units.
#[test]
fn measures_are_what_they_say() {
    let line = r#"{"drawing":[
        [[10,30,30,10,10],[5,5,25,25,6],[0,100,200,300,500]],
        [[20],[15],[1500]],
        [[10,30],[25,25],[1600,2000]]]}"#
        .replace('\n', "");
    let mut reader = DrawingReader::default();
    let Measures { strokes, points, seconds, pen_down, length, speed, start_x, start_y, clockwise, closed } =
        Measures::of(reader.read(line.as_bytes()).unwrap().unwrap());
    let unit = 255.0 / 20.0;
    assert_eq!((strokes, points, closed, start_x, start_y), (3.0, 8.0, 1.0, 0.0, 0.0));
    assert_eq!((seconds, clockwise), (Some(2.0), Some(1.0)));
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(near(pen_down.unwrap(), 0.9 / 2.0) && near(length, 99.0 * unit) && near(speed.unwrap(), length / 0.9));
    // Simplified, the other way round, not closed: no times.
    let line = br#"{"drawing":[[[0,0,255,255],[0,255,255,0]],[[0,255],[255,255]]]}"#;
    let measures = Measures::of(reader.read(line).unwrap().unwrap());
    assert_eq!((measures.seconds, measures.pen_down, measures.speed), (None, None, None));
    assert_eq!((measures.clockwise, measures.closed, measures.length), (Some(0.0), 0.0, 4.0 * 255.0));
    let dot = Measures::of(reader.read(br#"{"drawing":[[[7],[9],[3]]]}"#).unwrap().unwrap());
    assert_eq!((dot.length, dot.seconds, dot.pen_down, dot.clockwise), (0.0, Some(0.0), None, None));
}
