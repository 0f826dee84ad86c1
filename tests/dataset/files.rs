//! What opens, as one data set or not at all.

use super::{Folder, assert_note, open, open_with, pairs};
use inkfield::data::dataset::{OpenError, OpenOptions};
use inkfield::data::report::Severity;

#[test]
fn rows_are_numbered_through_all_parts_and_read_across_them() {
    let folder = Folder::new();
    let inputs = [folder.bitmaps("b.npy", 3, 10), folder.bitmaps("a.npy", 2, 20), folder.bitmaps("c.npy", 1, 30)];
    let dataset = open(&inputs).unwrap();
    assert_eq!((dataset.rows(), dataset.total_rows(), dataset.height(), dataset.width()), (6, 6, 2, 2));
    assert_eq!((dataset.bytes(), dataset.dtype().as_str(), dataset.title()), (24, "uint8", "b + 2 more"));
    for first in 0..6_u32 {
        for count in 0..=6 - first {
            let mut out = vec![0; count as usize * 4];
            dataset.read_rows(first, &mut out).unwrap();
            let all = [10, 11, 12, 20, 21, 30];
            let expected: Vec<u8> = (first..first + count).flat_map(|row| [all[row as usize]; 4]).collect();
            assert_eq!(out, expected, "{first}+{count}");
        }
    }
    let error = dataset.read_rows(5, &mut [0; 8]).unwrap_err();
    assert!(matches!(error, OpenError::OutOfRange { first: 5, end: 7, rows: 6 }), "{error}");
    assert!(dataset.read_rows(0, &mut [0; 6]).is_err());
}

#[test]
fn a_folder_opens_in_name_order_and_tells_what_it_left_out() {
    let folder = Folder::new();
    for (name, first) in [("set/cat.npy", 1), ("set/ant.npy", 2), ("set/deeper/bee.npy", 3)] {
        folder.bitmaps(name, 2, first);
    }
    let positions = ndarray::Array2::<f32>::zeros((2, 2));
    ndarray_npy::write_npy(folder.path("set/cat.umap.npy"), &positions).unwrap();
    folder.text("set/dog.npy", "version https://git-lfs.github.com/spec/v1\n");
    folder.text("set/notes.txt", "hello");
    folder.records("set/emu.ndjson", 2, "emu");
    let dataset = open(&[folder.path("set")]).unwrap();
    assert_eq!(pairs(&dataset), [super::pair("ant.npy", "-"), super::pair("cat.npy", "-")]);
    assert_eq!(dataset.title(), "set / 2 categories");
    let report = dataset.report();
    assert_note(report, Severity::Info, "rows of 2 values are no square", "cat.umap.npy");
    assert_note(report, Severity::Warning, "git lfs pull", "dog.npy");
    assert_note(report, Severity::Info, "folder", "deeper");
    assert_note(report, Severity::Info, "skipped", "notes.txt");
    assert_note(report, Severity::Info, "records without bitmaps", "emu.ndjson");
    assert_eq!(report.notes.len(), 5, "{report}");

    let strict = OpenOptions { strict: true, ..OpenOptions::default() };
    let error = open_with(&[folder.path("set")], &strict).unwrap_err().to_string();
    assert!(error.contains("--strict") && error.contains("git lfs pull") && error.ends_with("dog.npy"), "{error}");
}

#[test]
fn a_folder_without_bitmaps_says_what_lies_there_instead() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("empty")).unwrap();
    folder.bitmaps("outer/inner/ant.npy", 1, 0);
    folder.records("records/ant.ndjson", 1, "ant");
    folder.text("broken/ant.npy", "");
    folder.text("texts/ant.txt", "");
    for (name, words) in [
        ("empty", "it is empty"),
        ("outer", "1 folder; open"),
        ("records", "only 1 record file without bitmaps"),
        ("broken", "empty file"),
        ("texts", "1 file of other kinds"),
    ] {
        let error = open(&[folder.path(name)]).unwrap_err().to_string();
        assert!(error.contains(words) && error.ends_with(name), "{error}");
    }
}

#[test]
fn what_is_named_must_be_there_and_be_bitmaps() {
    let folder = Folder::new();
    let octopus = folder.bitmaps("octopus.npy", 2, 0);
    let error = open(&[folder.path("octopsu.npy")]).unwrap_err().to_string();
    assert!(error.contains("did you mean \"octopus.npy\"?") && error.ends_with("octopsu.npy"), "{error}");
    let error = open(&[folder.path("zebra.npy")]).unwrap_err().to_string();
    assert!(!error.contains("did you mean"), "{error}");
    let error = open(&[octopus, folder.text("page.npy", "<html>")]).unwrap_err().to_string();
    assert!(error.contains("web page") && error.ends_with("page.npy"), "{error}");
    assert!(matches!(open::<&str>(&[]).unwrap_err(), OpenError::NothingNamed));
    assert!(matches!(open(&["demo:x"]).unwrap_err(), OpenError::Demo(_)));
}

#[test]
fn drawings_of_two_sizes_are_refused_and_both_are_named() {
    let folder = Folder::new();
    let small = folder.bitmaps("small.npy", 2, 0);
    let error = open(&[small.as_path(), "demo:3".as_ref()]).unwrap_err().to_string();
    assert!(error.contains("28x28") && error.contains("2x2") && error.contains("small.npy"), "{error}");
    assert!(error.ends_with(": demo"), "{error}");
    let shape = OpenOptions { shape: Some((1, 4)), ..OpenOptions::default() };
    let flat = open_with(&[&small], &shape).unwrap();
    assert_eq!((flat.height(), flat.width()), (1, 4));
}

#[test]
fn a_file_that_is_named_twice_opens_once() {
    let folder = Folder::new();
    let ant = folder.bitmaps("set/ant.npy", 2, 0);
    folder.records("set/ant.ndjson", 2, "ant");
    let dataset = open(&[ant.clone(), folder.path("set"), ant]).unwrap();
    assert_eq!(pairs(&dataset), [super::pair("ant.npy", "ant.ndjson")]);
    assert_note(dataset.report(), Severity::Info, "named twice", "ant.npy");
    assert_eq!(dataset.title(), "ant");
}

#[test]
fn a_demo_stands_wherever_a_file_does() {
    let dataset = open(&["demo:5:7", "demo:4:8"]).unwrap();
    assert_eq!((dataset.rows(), dataset.height(), dataset.title()), (9, 28, "demo + 1 more"));
    assert!(dataset.has_records());
    let mut out = vec![0; 9 * 784];
    dataset.read_rows(0, &mut out).unwrap();
    let second = inkfield::data::demo::Demo::new(4, 8);
    assert_eq!(out[6 * 784..7 * 784], second.bitmap(1));
}

#[test]
fn a_data_set_may_be_read_from_many_threads() {
    let folder = Folder::new();
    let dataset = open(&[folder.bitmaps("ant.npy", 200, 0)]).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let dataset = &dataset;
            scope.spawn(move || {
                for row in (thread..200).step_by(4) {
                    let mut out = [0; 4];
                    dataset.read_rows(row, &mut out).unwrap();
                    assert_eq!(out, [row as u8; 4]);
                }
            });
        }
    });
}
