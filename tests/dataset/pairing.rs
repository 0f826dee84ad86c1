//! Which records go with which bitmaps.

use super::{Folder, assert_note, open, open_with, pair, pairs};
use inkfield::data::dataset::{OpenError, OpenOptions};
use inkfield::data::report::Severity;

#[test]
fn one_bitmap_file_and_one_record_file_named_together_always_pair() {
    let folder = Folder::new();
    let inputs = [folder.records("b/notes.jsonl", 2, "ant"), folder.bitmaps("a/drawings.npy", 2, 0)];
    assert_eq!(pairs(&open(&inputs).unwrap()), [pair("drawings.npy", "notes.jsonl")]);
}

#[test]
fn several_named_files_pair_by_name_across_folders() {
    let folder = Folder::new();
    let inputs = [
        folder.bitmaps("a/ant.npy", 2, 0),
        folder.bitmaps("a/full_numpy_bitmap_bee.npy", 2, 0),
        folder.bitmaps("a/cat.npy", 2, 0),
        folder.records("b/cat.simplified.ndjson", 2, "cat"),
        folder.records("b/full_simplified_bee.ndjson", 2, "bee"),
        folder.records("b/ant.ndjson", 2, "ant"),
    ];
    let expected = [
        pair("ant.npy", "ant.ndjson"),
        pair("full_numpy_bitmap_bee.npy", "full_simplified_bee.ndjson"),
        pair("cat.npy", "cat.simplified.ndjson"),
    ];
    assert_eq!(pairs(&open(&inputs).unwrap()), expected);
}

#[test]
fn records_beside_the_bitmaps_are_opened_and_that_is_said() {
    for (bitmaps, records) in [
        ("octopus.npy", "octopus.ndjson"),
        ("octopus.npy", "octopus.jsonl"),
        ("octopus.npy", "octopus.raw.ndjson"),
        ("octopus.npy", "octopus.simplified.ndjson"),
        ("octopus.raw.npy", "octopus.raw.ndjson"),
        ("full_numpy_bitmap_octopus.npy", "full_raw_octopus.ndjson"),
        ("full_numpy_bitmap_octopus.npy", "full_simplified_octopus.ndjson"),
    ] {
        let folder = Folder::new();
        let path = folder.bitmaps(bitmaps, 2, 0);
        folder.records(records, 2, "octopus");
        let dataset = open(&[&path]).unwrap();
        assert_eq!(pairs(&dataset), [pair(bitmaps, records)]);
        assert_note(dataset.report(), Severity::Info, "beside", records);

        let without = OpenOptions { records: false, ..OpenOptions::default() };
        let dataset = open_with(&[&path], &without).unwrap();
        assert_eq!(pairs(&dataset), [pair(bitmaps, "-")]);
        assert!(dataset.report().is_empty() && !dataset.has_records());

        let dataset = open(&[folder.path("")]).unwrap();
        assert_eq!(pairs(&dataset), [pair(bitmaps, records)]);
        assert!(dataset.report().is_empty(), "{}", dataset.report());
    }
}

#[test]
fn raw_records_are_preferred_to_simplified_ones_and_that_is_said() {
    let folder = Folder::new();
    let path = folder.bitmaps("octopus.npy", 2, 0);
    let raw = folder.records("octopus.raw.ndjson", 2, "octopus");
    let simplified = folder.records("octopus.simplified.ndjson", 2, "octopus");
    for inputs in [vec![path.clone()], vec![folder.path("")], vec![simplified, path, raw]] {
        let dataset = open(&inputs).unwrap();
        assert_eq!(pairs(&dataset), [pair("octopus.npy", "octopus.raw.ndjson")]);
        assert_note(dataset.report(), Severity::Info, "octopus.raw.ndjson is used", "octopus.simplified.ndjson");
    }
}

#[test]
fn records_that_belong_to_other_bitmaps_are_not_taken() {
    let folder = Folder::new();
    let path = folder.bitmaps("octopus.npy", 9, 0);
    folder.bitmaps("octopus.raw.npy", 2, 0);
    folder.records("octopus.raw.ndjson", 2, "octopus");
    assert_eq!(pairs(&open(&[path]).unwrap()), [pair("octopus.npy", "-")]);
    let expected = [pair("octopus.npy", "-"), pair("octopus.raw.npy", "octopus.raw.ndjson")];
    assert_eq!(pairs(&open(&[folder.path("")]).unwrap()), expected);
}

#[test]
fn named_records_without_bitmaps_are_an_error() {
    let folder = Folder::new();
    let ant = folder.records("ant.ndjson", 2, "ant");
    let error = open(&[&ant]).unwrap_err();
    assert!(matches!(error, OpenError::RecordsWithoutBitmaps { near: None, .. }), "{error}");
    assert!(error.to_string().contains("records without bitmaps") && error.to_string().ends_with("ant.ndjson"));
    let inputs = [folder.bitmaps("bee.npy", 2, 0), folder.bitmaps("cat.npy", 2, 0), ant.clone()];
    assert!(matches!(open(&inputs).unwrap_err(), OpenError::RecordsWithoutBitmaps { .. }));
    folder.bitmaps("ant.npy", 2, 0);
    let error = open(&[ant]).unwrap_err().to_string();
    assert!(error.contains("\"ant.npy\" lies beside"), "{error}");
}

#[test]
fn records_that_cannot_be_opened_are_fatal_only_where_they_were_named() {
    let folder = Folder::new();
    let bitmaps = folder.bitmaps("ant.npy", 2, 0);
    let page = folder.text("ant.ndjson", "<!doctype html>");
    assert!(matches!(open(&[bitmaps.clone(), page]).unwrap_err(), OpenError::Record(_)));
    let dataset = open(&[bitmaps]).unwrap();
    assert!(!dataset.has_records());
    assert_eq!(dataset.report().warnings().count(), 1, "{}", dataset.report());
    assert!(dataset.report().to_string().ends_with("ant.ndjson"), "{}", dataset.report());
}

#[test]
fn records_belong_to_the_array_alone_where_a_file_with_columns_has_its_name() {
    for other in ["octopus.npz", "octopus.parquet", "octopus.h5"] {
        let folder = Folder::new();
        let path = folder.bitmaps("octopus.npy", 2, 0);
        folder.records("octopus.ndjson", 2, "octopus");
        // What is in it is not looked at.
        folder.text(other, "as convert reads it");
        let dataset = open(&[&path]).unwrap();
        assert_eq!(pairs(&dataset), [pair("octopus.npy", "octopus.ndjson")], "{other}");
        assert_note(dataset.report(), Severity::Info, "beside", "octopus.ndjson");
    }
}
