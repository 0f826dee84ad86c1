//! Tables and `info`.

use super::{Folder, open, read_records};
use inkfield::data::columns::Columns;
use inkfield::data::info::{Values, info_json, info_text};
use inkfield::data::table::{TableError, TableFormat, write_table};

fn columns_of(lines: &[&str]) -> Columns {
    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", lines.len(), 0);
    folder.text("ant.ndjson", &lines.join("\n"));
    read_records(&open(&[path]).unwrap()).unwrap().0
}

fn table(columns: &Columns, names: &[&str], rows: std::ops::Range<u32>, format: TableFormat) -> String {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut out = Vec::new();
    write_table(&mut out, columns, &names, rows, format).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn text_is_aligned_with_the_row_first() {
    let columns = columns_of(&[r#"{"word":"ant","countrycode":"US"}"#, r#"{"word":"anteater"}"#, "{}"]);
    let expected = "row  word      countrycode\n  0  ant       US\n  1  anteater\n  2\n";
    assert_eq!(table(&columns, &[], 0..3, TableFormat::Text), expected);
    assert_eq!(table(&columns, &["countrycode"], 0..1, TableFormat::Text), "row  countrycode\n  0  US\n");
}

#[test]
fn csv_and_json_hold_exact_values() {
    let line = r#"{"word":"ant","key_id":"4599994839465984","recognized":true,"timestamp":"2017-03-05 10:52:22.31485 UTC","n":1.5}"#;
    let columns = columns_of(&[line, r#"{"word":"ant","key_id":"18446744073709551615"}"#]);
    let csv = table(&columns, &["key_id", "recognized", "timestamp", "n"], 0..2, TableFormat::Csv);
    let expected = "row,key_id,recognized,timestamp,n\r\n\
        0,4599994839465984,true,2017-03-05 10:52:22.31485 UTC,1.5\r\n1,18446744073709551615,,,\r\n";
    assert_eq!(csv, expected);
    let json: serde_json::Value =
        serde_json::from_str(&table(&columns, &["key_id", "n"], 0..2, TableFormat::Json)).unwrap();
    let expected = serde_json::json!({"schema": 1, "columns": ["row", "key_id", "n"],
        "rows": [[0, "4599994839465984", 1.5], [1, "18446744073709551615", null]]});
    assert_eq!(json, expected);
    let none = table(&columns, &["n"], 2..2, TableFormat::Json);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&none).unwrap()["rows"], serde_json::json!([]));
}

#[test]
fn an_unknown_column_is_an_error_that_lists_the_known() {
    let columns = columns_of(&[r#"{"word":"ant","n":1}"#]);
    let error = write_table(&mut Vec::new(), &columns, &["wrod".to_owned()], 0..1, TableFormat::Csv).unwrap_err();
    assert_eq!(error.to_string(), "there is no column wrod; known are word, n");
    let error = write_table(&mut Vec::new(), &Columns::new(), &["n".to_owned()], 0..1, TableFormat::Csv).unwrap_err();
    assert!(matches!(error, TableError::UnknownColumn { .. }) && error.to_string().contains("no records"));
}

#[test]
fn info_tells_shape_columns_and_report() {
    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", 3, 0);
    folder.text("ant.ndjson", "{\"word\":\"ant\",\"c\":\"US\"}\n{\"word\":\"ant\",\"c\":\"US\"}\n{\"word\":\"ant\"}\n");
    let dataset = open(&[path]).unwrap();
    let (columns, report, _) = read_records(&dataset).unwrap();
    let (tally, measured) = dataset.count_values(&mut |_| ()).unwrap();
    let values = Values { tally: tally.as_ref(), map: &measured.map };
    let info = info_json(&dataset, &columns, values, &report);
    assert_eq!(
        (&info["schema"], &info["rows"], &info["height"], &info["width"]),
        (&1.into(), &3.into(), &2.into(), &2.into())
    );
    assert_eq!((info["dtype"].as_str(), info["bytes"].as_u64()), (Some("uint8"), Some(12)));
    let c = serde_json::json!({"name": "c", "type": "category", "distinct": 1, "missing": 1, "empty": 0, "top": [["US", 2]]});
    assert_eq!(info["columns"][1], c);
    assert_eq!(info["report"]["warnings"], 0);
    let text = info_text(&dataset, &columns, values, &report);
    assert!(text.contains("3 drawings of 2 × 2 pixels, uint8, 12 bytes, npy\n") && text.contains("US 2"), "{text}");
}
