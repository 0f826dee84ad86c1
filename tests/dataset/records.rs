//! Records of all parts as one stream of columns.

use std::ops::ControlFlow;

use super::{Folder, assert_note, open, open_with, read_records, texts};
use inkfield::data::columns::Column;
use inkfield::data::dataset::{OpenError, OpenOptions};
use inkfield::data::report::Severity;
use inkfield::data::{Cancel, Row};

#[test]
fn records_behind_the_last_drawing_are_not_counted_where_a_slice_ends_before() {
    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", 5, 0);
    folder.records("ant.ndjson", 60_000, "ant");
    let slice = OpenOptions { rows: Some(":4".parse().unwrap()), ..OpenOptions::default() };
    let (_, report, _) = read_records(&open_with(&[path], &slice).unwrap()).unwrap();
    assert_eq!(report.warnings().count(), 0, "{report}");
    assert_note(&report, Severity::Info, "joined to drawings by position", "");
}

#[test]
fn category_is_the_word_or_else_the_files_name() {
    let folder = Folder::new();
    folder.bitmaps("set/ant.npy", 3, 0);
    folder.text("set/ant.ndjson", "{\"word\":\"fire ant\"}\n{\"key\":1}\n");
    folder.bitmaps("set/full_numpy_bitmap_bee.npy", 2, 0);
    folder.bitmaps("set/cat.raw.npy", 1, 0);
    let dataset = open(&[folder.path("set")]).unwrap();
    let (columns, report, _) = read_records(&dataset).unwrap();
    assert_eq!(texts(&columns, "category"), ["fire ant", "ant", "ant", "cat", "bee", "bee"]);
    assert_eq!(texts(&columns, "word"), ["fire ant", "", "", "", "", ""]);
    assert_note(&report, Severity::Warning, "say \"fire ant\", the file's name says \"ant\"", "ant.ndjson");
}

#[test]
fn a_single_part_gets_no_column_that_its_records_do_not_have() {
    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", 2, 0);
    folder.records("ant.ndjson", 2, "ant");
    let (columns, ..) = read_records(&open(&[path]).unwrap()).unwrap();
    assert_eq!(columns.iter().map(Column::name).collect::<Vec<_>>(), ["word", "key_id"]);
}

#[test]
fn a_word_that_differs_only_in_spelling_is_no_warning() {
    for (stem, word, rows, severity) in [
        ("smiley-face_2000", "smiley face", 2, Severity::Info),
        ("Octopus", "octopus", 2, Severity::Info),
        ("octopus", "squid", 1, Severity::Info),
        ("octopus", "squid", 2, Severity::Warning),
    ] {
        let folder = Folder::new();
        let path = folder.bitmaps(&format!("{stem}.npy"), 1, 0);
        let records = format!("{stem}.ndjson");
        folder.records(&records, rows, word);
        let (_, report, _) = read_records(&open(&[path]).unwrap()).unwrap();
        assert_note(&report, severity, &format!("\"{word}\""), &records);
    }
}

#[test]
fn raw_and_simplified_bitmaps_are_two_sources_of_one_category() {
    let folder = Folder::new();
    for name in ["set/ant.raw", "set/ant.simplified"] {
        folder.bitmaps(&format!("{name}.npy"), 1, 0);
        folder.records(&format!("{name}.ndjson"), 1, "ant");
    }
    let dataset = open(&[folder.path("set")]).unwrap();
    let (columns, report, _) = read_records(&dataset).unwrap();
    assert_eq!(texts(&columns, "source"), ["raw", "simplified"]);
    assert_eq!(texts(&columns, "category"), ["ant", "ant"]);
    assert_eq!(report.notes.len(), 1, "{report}");
}

#[test]
fn a_demo_part_and_a_file_part_read_as_one() {
    let folder = Folder::new();
    let path = folder.path("ant.npy");
    ndarray_npy::write_npy(&path, &ndarray::Array2::<u8>::zeros((2, 784))).unwrap();
    folder.records("ant.ndjson", 2, "ant");
    let inputs = ["demo:3:1".as_ref(), path.as_path()];
    let dataset = open(&inputs).unwrap();
    let (columns, report, progress) = read_records(&dataset).unwrap();
    assert_eq!(texts(&columns, "category"), ["octopus", "octopus", "octopus", "ant", "ant"]);
    let demo = inkfield::data::demo::Demo::new(3, 1);
    assert_eq!(texts(&columns, "key_id")[1], demo.meta(1).key_id.to_string());
    assert_eq!(dataset.record_line(Row(1), None).unwrap(), Some(demo.record_line(1)));
    assert_eq!(report.warnings().count(), 0, "{report}");
    let (_, done, total) = *progress.last().unwrap();
    assert_eq!(done, total);
    assert!(progress.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1), "{progress:?}");
    let without = OpenOptions { records: false, ..OpenOptions::default() };
    let dataset = open_with(&inputs, &without).unwrap();
    assert_eq!(texts(&read_records(&dataset).unwrap().0, "category"), ["octopus", "octopus", "octopus", "ant", "ant"]);
    assert_eq!(dataset.record_line(Row(1), None).unwrap(), None);
}

#[test]
fn a_line_is_read_again_from_its_own_file() {
    let folder = Folder::new();
    let inputs = [folder.bitmaps("a.npy", 2, 0), folder.bitmaps("b.npy", 2, 0)];
    folder.text("a.ndjson", "{\"n\":0}\r\n{\"n\":1,\"drawing\":[[[1],[2]]]}\r\n");
    folder.text("b.ndjson", "{\"n\":2}\n{\"n\":3,  \"x\":null}");
    let dataset = open(&inputs).unwrap();
    let mut spans = Vec::new();
    let read = &mut |step: inkfield::data::dataset::RecordsProgress| {
        spans.extend((step.first_row..).zip(step.spans));
        ControlFlow::Continue(())
    };
    dataset.read_records(&Cancel::new(), read).unwrap();
    let line = |row: usize| dataset.record_line(Row(spans[row].0), Some(spans[row].1)).unwrap().unwrap();
    assert_eq!(
        (line(1), line(3)),
        ("{\"n\":1,\"drawing\":[[[1],[2]]]}".to_owned(), "{\"n\":3,  \"x\":null}".to_owned())
    );
    assert!(dataset.record_line(Row(4), None).is_err());
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let dataset = open(&["demo:60000"]).unwrap();
    let mut batches = 0;
    let read = &mut |_| {
        batches += 1;
        ControlFlow::Break(())
    };
    dataset.read_records(&Cancel::new(), read).unwrap();
    assert_eq!(batches, 1);
    let cancel = Cancel::new();
    let stop = &mut |_| {
        cancel.cancel();
        ControlFlow::Continue(())
    };
    assert!(matches!(dataset.read_records(&cancel, stop).unwrap_err(), OpenError::Cancelled));
}
