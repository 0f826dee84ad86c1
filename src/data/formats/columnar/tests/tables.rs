//! Files of columns as tables beside drawings.

use super::*;
use crate::data::report::Severity;

/// Drawings that are told apart by their first value.
fn drawings(folder: &Path) -> PathBuf {
    let path = folder.join("set.npy");
    let values = ndarray::Array3::from_shape_fn((12, 8, 8), |(row, ..)| row as u8);
    ndarray_npy::write_npy(&path, &values).unwrap();
    path
}

#[test]
fn a_table_is_joined_by_row_by_key_and_by_position() {
    let folder = tempfile::tempdir().unwrap();
    let set = drawings(folder.path());
    let notes: Vec<String> = (0..12).map(|row| format!("n{row}")).collect();
    let options = OpenOptions { tables: vec![kept("notes.parquet")], ..OpenOptions::default() };
    assert_eq!(texts(&columns(&try_open(&[&set], &options).unwrap()), "note"), notes);
    // Named beside drawings.
    assert_eq!(texts(&columns(&open(&[set.clone(), kept("notes.parquet")])), "note"), notes);
    // What holds drawings is a table where it is named as such, without these.
    for name in ["gzip.parquet", "zstd.feather", "stream.arrow"] {
        let options = OpenOptions { tables: vec![kept(name)], ..OpenOptions::default() };
        let dataset = try_open(&[&set], &options).unwrap();
        let (columns, report) = dataset.columns().unwrap();
        assert_eq!(texts(&columns, "word"), strings(&expected()["columns"]["word"]), "{name}");
        assert!(columns.get("pixels").is_none());
        let said =
            |text: &str| report.notes.iter().any(|note| note.severity == Severity::Info && note.text.contains(text));
        assert!(said("left out of the table: pixels (64 uint8)") && said("by position"), "{report}");
    }
}

#[test]
fn metadata_beside_pictures_is_joined_by_file_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["000.png", "001.png", "006.png"] {
        image::RgbaImage::from_pixel(4, 4, image::Rgba([9; 4])).save(folder.path().join(name)).unwrap();
    }
    let batch = arrow_array::record_batch!(
        ("file_name", Utf8, ["006.png", "000.png", "gone.png"]),
        ("score", Float64, [6.5, 0.5, 1.0])
    );
    let file = std::fs::File::create(folder.path().join("metadata.parquet")).unwrap();
    let batch = batch.unwrap();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let dataset = open(&[folder.path()]);
    assert_eq!(texts(&columns(&dataset), "score"), ["0.5", "", "6.5"]);
    assert!(notes(&dataset).contains("names 1 picture that is not there: \"gone.png\""), "{}", notes(&dataset));
}

#[test]
fn durations_are_seconds_whatever_unit_they_are_written_in() {
    let folder = tempfile::tempdir().unwrap();
    let set = drawings(folder.path());
    let spans: Vec<Option<f64>> = (0..12).map(|row| (row != 4).then_some(1.5 * f64::from(row))).collect();
    let seconds: Vec<String> =
        spans.iter().map(|span| span.map_or_else(String::new, |span| span.to_string())).collect();
    for name in ["durations.parquet", "durations.feather"] {
        let options = OpenOptions { tables: vec![kept(name)], ..OpenOptions::default() };
        let columns = columns(&try_open(&[&set], &options).unwrap());
        for column in ["ms", "us", "ns", "best.lap"] {
            assert_eq!(texts(&columns, column), seconds, "{name}: {column}");
        }
        // In lists, too, which are no columns.
        let line = open(&[kept(name)]).record_line(Row(3), None).unwrap().unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&line["laps"], &line["ms"]), (&serde_json::json!([4.5, 4.5]), &serde_json::json!(4.5)), "{name}");
    }
}
