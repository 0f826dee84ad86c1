//! Columns from strokes that are kept on the disk: the same records are not measured again, and nothing else is believed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use crate::data::Row;
use crate::data::columns::{Column, Columns};
use crate::data::dataset::{Dataset, OpenOptions};
use crate::data::report::Offer;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// More than a block, so that a batch crosses its end.
const ROWS: usize = 1_100;

/// A record whose one stroke goes right by 200 + row, in as many ms, and back by 50, at an hour; `by` is added to the way.
fn line(row: usize, by: usize) -> String {
    let x = 200 + row % 700 + by;
    let (day, hour) = (1 + row / 24 % 28, row % 24);
    format!(
        r#"{{"word":"line","timestamp":"2017-03-{day:02} {hour:02}:59:59.9 UTC","drawing":[[[0,{x},{}],[0,0,0],[0,{x},{x}]]]}}"#,
        x - 50
    )
}

fn lines(by: usize) -> String {
    (0..ROWS).map(|row| if row == 7 { "{}\n".to_owned() } else { line(row, by) + "\n" }).collect()
}

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        fs::write(desk.records(), lines(0)).unwrap();
        desk
    }

    fn records(&self) -> PathBuf {
        self.0.path().join("lines.ndjson")
    }

    /// Other strokes in a file that looks the same from outside: only what is measured shows them.
    fn exchange(&self) {
        let modified = fs::metadata(self.records()).unwrap().modified().unwrap();
        fs::write(self.records(), lines(1)).unwrap();
        self.stamp(modified);
    }

    fn stamp(&self, modified: SystemTime) {
        File::options().write(true).open(self.records()).unwrap().set_modified(modified).unwrap();
    }

    fn columns(&self, rows: Option<&str>) -> Columns {
        let options = OpenOptions {
            stroke_columns: true,
            rows: rows.map(|rows| rows.parse().unwrap()),
            kept: Some(Folder::new(self.0.path().join("kept"), 1 << 20)),
            ..OpenOptions::default()
        };
        let (columns, report) = Dataset::open(&[self.records()], &options).unwrap().columns().unwrap();
        assert!(!report.offers.contains(&Offer::StrokeColumns));
        columns
    }

    /// How long the drawings took, ms.
    fn took(&self, rows: Option<&str>) -> Vec<Option<f64>> {
        let columns = self.columns(rows);
        let seconds = columns.get("drawing.seconds").unwrap();
        let number = |row| match seconds.value(Row(row)) {
            Value::Number(number) => Some((number * 1000.0).round()),
            _ => None,
        };
        (0..columns.rows_loaded()).map(number).collect()
    }

    fn entries(&self) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.0.path().join("kept"));
        folder.map(|files| files.map(|file| file.unwrap().path()).collect()).unwrap_or_default()
    }
}

fn expected(by: usize) -> Vec<Option<f64>> {
    (0..ROWS).map(|row| (row != 7).then_some((200 + row % 700 + by) as f64)).collect()
}

#[test]
fn records_are_measured_once() {
    let desk = Desk::new();
    assert_eq!(desk.took(None), expected(0));
    let bytes = fs::metadata(&desk.entries()[0]).unwrap().len();
    assert_eq!((desk.entries().len(), bytes), (1, 32 + 80 * ROWS as u64 + 2 * 8));
    desk.exchange();
    assert_eq!(desk.took(None), expected(0), "they are those that were kept");
    assert_eq!(desk.took(Some("1000:1050")), expected(0)[1000..1050]);
    // A file of another time is another file.
    desk.stamp(SystemTime::now() + Duration::from_secs(9));
    assert_eq!(desk.took(None), expected(1));
    assert_eq!(desk.entries().len(), 2);
}

#[test]
fn a_part_of_the_records_is_not_kept_for_all() {
    let desk = Desk::new();
    assert_eq!(desk.took(Some(":900")), expected(0)[..900]);
    assert!(desk.entries().is_empty());
    // Of rows behind those that are kept nothing is known.
    assert_eq!(desk.took(None), expected(0));
    let entry = Entry::of(
        &Folder::new(desk.0.path().join("kept"), 1 << 20),
        RecordFile::open(&desk.records()).unwrap().plain(),
    );
    let mut kept = entry.unwrap().open().unwrap();
    let at = |rows: Vec<Numbers>| rows.iter().map(|numbers| numbers[2]).collect::<Vec<_>>();
    let two: [f64; 2] = at(kept.rows(1023, 2).unwrap()).try_into().unwrap();
    assert_eq!(two.map(|seconds| (seconds * 1000.0).round()), [200.0 + 323.0, 200.0 + 324.0]);
    assert!(kept.rows(1099, 2).is_none() && kept.rows(u32::MAX, 1).is_none());
}

type Damage = fn(&mut Vec<u8>);

#[test]
fn what_is_damaged_is_measured_anew() {
    let desk = Desk::new();
    desk.took(None);
    let path = desk.entries().remove(0);
    let whole = fs::read(&path).unwrap();
    let damages: [Damage; 4] = [
        |bytes| bytes.truncate(bytes.len() - 1),
        |bytes| bytes[12] ^= 1,
        |bytes| bytes[40_000] ^= 1,
        |bytes| *bytes.last_mut().unwrap() ^= 1,
    ];
    for damage in damages {
        let mut bytes = whole.clone();
        damage(&mut bytes);
        fs::write(&path, bytes).unwrap();
        assert_eq!(desk.took(None), expected(0));
        // A block is only found to be damaged when it is read: then it is gone, and kept the next time.
        assert_eq!(desk.took(None), expected(0));
        assert!(fs::read(&path).unwrap() == whole);
    }
}

#[test]
fn without_room_the_columns_are_the_same() {
    let desk = Desk::new();
    fs::write(desk.0.path().join("kept"), "a file where the folder would be").unwrap();
    assert_eq!(desk.took(None), expected(0));
}

#[test]
fn the_hour_is_that_of_the_only_time_or_of_the_time_stamp() {
    let hours = |lines: &[&str]| {
        let desk = Desk(TempDir::new().unwrap());
        fs::write(desk.records(), lines.join("\n")).unwrap();
        let columns = desk.columns(None);
        let hours = columns.get(HOUR)?;
        Some((0..columns.rows_loaded()).map(|row| hours.text(Row(row))).collect::<Vec<_>>())
    };
    let strokes = r#""drawing":[[[1,2],[3,4]]]"#;
    let only = [
        &format!(r#"{{{strokes},"made":"2017-03-01T23:30:00-02:00","n":"x"}}"#),
        r#"{"made":null}"#,
        r#"{"made":"1969-12-31T23:59:59Z"}"#,
    ];
    assert_eq!(hours(&only).unwrap(), ["1", "", "23"]);
    let both = format!(r#"{{{strokes},"made":"2017-03-01T05:30:00Z","timestamp":"2017-03-01 06:00:00 UTC"}}"#);
    assert_eq!(hours(&[&both]).unwrap(), ["6"]);
    let either = format!(r#"{{{strokes},"made":"2017-03-01T05:30:00Z","sent":"2017-03-01T06:00:00Z"}}"#);
    assert_eq!(hours(&[&either]), None);
}

#[test]
fn columns_are_offered_where_there_are_strokes() {
    let offers = |path: &Path, text: &str| {
        fs::write(path, text).unwrap();
        let bitmaps = path.with_extension("npy");
        ndarray_npy::write_npy(&bitmaps, &ndarray::Array3::<u8>::ones((2, 28, 28))).unwrap();
        let (_, report) =
            Dataset::open(&[bitmaps.as_path(), path], &OpenOptions::default()).unwrap().columns().unwrap();
        report.offers
    };
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("two.ndjson");
    assert_eq!(offers(&path, &(line(1, 0) + "\n" + &line(2, 0))), [Offer::StrokeColumns]);
    assert_eq!(offers(&path, "{\"a\":1}\n{\"drawing\":5}\n"), []);
}

/// Strokes that come with the drawings are measured as those of files are: of the demo, by its own lines.
#[test]
fn the_demo_is_measured_too() {
    let options = OpenOptions { stroke_columns: true, rows: Some("40:60".parse().unwrap()), ..OpenOptions::default() };
    let set = Dataset::open(&["demo:60:3"], &options).unwrap();
    assert!(!set.brings_unmeasured_strokes());
    assert!(Dataset::open(&["demo:60:3"], &OpenOptions::default()).unwrap().brings_unmeasured_strokes());
    let columns = set.columns().unwrap().0;
    let number = |name: &str, row| match columns.get(name).unwrap().value(Row(row)) {
        Value::Number(number) => number,
        other => panic!("{other:?}"),
    };
    for row in 0..20 {
        let line: serde_json::Value = serde_json::from_str(&set.record_line(Row(row), None).unwrap().unwrap()).unwrap();
        let strokes = line["drawing"].as_array().unwrap();
        let points: usize = strokes.iter().map(|stroke| stroke[0].as_array().unwrap().len()).sum();
        let last = strokes.last().unwrap()[2].as_array().unwrap().last().unwrap().as_f64().unwrap();
        let hour: f64 = line["timestamp"].as_str().unwrap()[11..13].parse().unwrap();
        assert_eq!(
            (number("drawing.strokes", row), number("drawing.points", row)),
            (strokes.len() as f64, points as f64)
        );
        assert_eq!((number("drawing.seconds", row), number(HOUR, row)), (last / 1000.0, hour));
    }
}

#[test]
fn records_without_times_have_no_columns_of_times() {
    let desk = Desk::new();
    fs::write(desk.records(), r#"{"drawing":[[[0,9],[0,9]]]}"#.to_owned() + "\n").unwrap();
    let columns = desk.columns(None);
    let names: Vec<&str> = columns.iter().map(Column::name).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("drawing.")).count(), 6, "{names:?}");
    assert!(["drawing.seconds", "drawing.pen_down", "drawing.speed"].iter().all(|name| !names.contains(name)));
    // No area is enclosed, either way round.
    assert!(!names.contains(&"drawing.clockwise") && names.contains(&"drawing.closed"));
}
