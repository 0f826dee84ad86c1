//! `--rows A:B`.

use super::{Folder, open_with, read_records, texts};
use inkfield::data::dataset::{OpenError, OpenOptions, RowSlice};

fn sliced(text: &str) -> OpenOptions {
    OpenOptions { rows: Some(text.parse().unwrap()), ..OpenOptions::default() }
}

#[test]
fn a_slice_takes_what_python_takes() {
    // list(range(10))[A:B] of Python.
    for (text, expected) in [
        (":", 0..10),
        ("0:30", 0..10),
        ("3:5", 3..5),
        (":-5", 0..5),
        ("-3:", 7..10),
        ("-3:-1", 7..9),
        ("-30:2", 0..2),
        ("8:-30", 8..8),
        ("9:3", 9..9),
        ("10:", 10..10),
        ("99:", 10..10),
        ("-9223372036854775808:9223372036854775807", 0..10),
    ] {
        let slice: RowSlice = text.parse().unwrap();
        assert_eq!(slice.of(10), expected, "{text}");
        assert_eq!(slice.to_string(), text);
    }
    assert_eq!(":".parse::<RowSlice>().unwrap().of(u32::MAX - 1), 0..u32::MAX - 1);
    for text in ["", "5", "a:b", "1:2:3", "1.5:2", "0:99999999999999999999"] {
        let message = text.parse::<RowSlice>().unwrap_err().to_string();
        assert!(message.contains("write A:B"), "{message}");
    }
}

#[test]
fn a_slice_is_numbered_from_zero_across_parts_and_keeps_its_records() {
    let folder = Folder::new();
    let inputs = [folder.bitmaps("a.npy", 4, 10), folder.bitmaps("b.npy", 4, 20)];
    folder.records("a.ndjson", 4, "a");
    folder.records("b.ndjson", 4, "b");
    let dataset = open_with(&inputs, &sliced("2:-1")).unwrap();
    assert_eq!((dataset.rows(), dataset.total_rows(), dataset.first_row(), dataset.bytes()), (5, 8, 2, 20));
    let mut out = [0; 20];
    dataset.read_rows(0, &mut out).unwrap();
    assert_eq!(out.as_chunks::<4>().0, [[12; 4], [13; 4], [20; 4], [21; 4], [22; 4]]);
    assert!(matches!(dataset.read_rows(5, &mut [0; 4]).unwrap_err(), OpenError::OutOfRange { rows: 5, .. }));
    let (columns, report, _) = read_records(&dataset).unwrap();
    assert_eq!(texts(&columns, "category"), ["a", "a", "b", "b", "b"]);
    let ids = ["3", "4", "1", "2", "3"].map(|tail| format!("900719925474099{tail}"));
    assert_eq!(texts(&columns, "key_id"), ids);
    assert_eq!(report.warnings().count(), 0, "{report}");
}

#[test]
fn a_slice_without_rows_is_an_error_with_both_numbers() {
    let folder = Folder::new();
    let error = open_with(&[folder.bitmaps("a.npy", 4, 0)], &sliced("7:9")).unwrap_err().to_string();
    assert_eq!(error, "--rows 7:9 takes none of the 4 rows");
}
