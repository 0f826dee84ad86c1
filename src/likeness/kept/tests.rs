//! What is kept comes back as it was, or not at all.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod content;
mod damage;
mod room;
mod sharing;

use super::*;
use crate::kept::{Content, ContentHasher, Folder, KeptError, LONGEST_NAME};
use crate::likeness::code::{CodeMaker, Codes, Measure, WIDTH};
use crate::likeness::graph::{self, Graph};
use crate::likeness::maps::Begun;
use crate::likeness::query::tests::some_codes;
use crate::likeness::query::{Of, nearest};
use crate::progress::Progress;
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

/// The bound of tests that are not about it.
const AMPLE: u64 = 1 << 30;

fn store(most_bytes: u64) -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Folder::new(folder.path().join("kept"), most_bytes));
    (folder, store)
}

/// The content of three drawings; another number, other drawings.
fn content(number: u8) -> Content {
    let mut hasher = ContentHasher::new(3, (1, 1), b"");
    hasher.add(&[number, 2, 3]);
    hasher.content()
}

/// Drawings of `side` × `side` pixels: blots that wander.
fn blots(rows: u32, side: u32) -> Vec<u8> {
    let pixel = |row: u32, i: u32| {
        let (x, y) = (i % side * 28 / side, i / side * 28 / side);
        let (apart_x, apart_y) = (x.abs_diff(row * 5 % 23), y.abs_diff(row * 3 % 19));
        255_u32.saturating_sub((apart_x * (1 + row % 3) + apart_y) * 24) as u8
    };
    (0..rows).flat_map(|row| (0..side * side).map(move |i| pixel(row, i))).collect()
}

fn set_codes(measure: Measure, rows: u32, side: u32) -> (Codes, CodeMaker) {
    let drawings = blots(rows, side);
    let maker = CodeMaker::fit(measure, (side, side), &drawings, Progress::NONE).unwrap();
    let mut codes = vec![0; rows as usize * WIDTH];
    maker.encode(&drawings, &mut codes).unwrap();
    (Codes::new(WIDTH, codes).unwrap(), maker)
}

fn some_graph(rows: usize, k: usize) -> Graph {
    graph::graph(&some_codes(rows, 7), k, Progress::NONE).unwrap()
}

/// The file of an entry.
fn file(store: &Store, content: Content, name: &str) -> std::path::PathBuf {
    store.folder().path().join(format!("{content}-{name}.ink"))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn codes_come_back_with_a_maker_whose_codes_are_the_same() {
    for (measure, side) in [(Measure::Direction, 28), (Measure::Ink, 40)] {
        let (_folder, store) = store(AMPLE);
        let before = set_codes(measure, 90, side);
        assert!(store.put_codes(content(1), "codes-some", &before.0, &before.1).unwrap());
        let after = store.codes(content(1), "codes-some", 90).unwrap();
        assert_eq!((&after.0, after.1.measure()), (&before.0, measure));
        for size in [28, side, 51] {
            let image = &blots(8, size)[(7 * size * size) as usize..];
            let code = before.1.encode_one(image, size, size).unwrap();
            assert_eq!(after.1.encode_one(image, size, size).unwrap(), code);
            let found = nearest(&after.0, Of::Code(&code), 20);
            assert_eq!((found.len(), &found), (20, &nearest(&before.0, Of::Code(&code), 20)));
        }
        // More drawings of the set's own size too.
        let mut codes = vec![0; 90 * WIDTH];
        after.1.encode(&blots(90, side), &mut codes).unwrap();
        assert_eq!(codes, before.0.values());
        // Kept once more, it is the same file.
        assert!(store.put_codes(content(2), "codes-some", &after.0, &after.1).unwrap());
        let bytes = |number| std::fs::read(file(&store, content(number), "codes-some")).unwrap();
        let head = 48 + "codes-some".len();
        let (one, other) = (bytes(1), bytes(2));
        assert!(one[head..one.len() - 8] == other[head..other.len() - 8] && one.len() == other.len());
    }
}

#[test]
fn sets_of_nothing_come_back_too() {
    let (_folder, store) = store(AMPLE);
    let none = set_codes(Measure::Ink, 0, 28);
    store.put_codes(content(1), "codes", &none.0, &none.1).unwrap();
    assert_eq!(store.codes(content(1), "codes", 0).unwrap().0, none.0);
    for (rows, k) in [(0, 15), (0, 0), (4, 0), (1, 3)] {
        let graph = graph::graph(&Codes::new(1, vec![1; rows]).unwrap(), k, Progress::NONE).unwrap();
        store.put_graph(content(1), "graph", &graph).unwrap();
        assert_eq!(store.graph(content(1), "graph", rows as u32), Some(graph), "{k} of {rows}");
    }
    store.put_places(content(1), "map", &[]).unwrap();
    assert_eq!(store.places(content(1), "map", 0), Some(Vec::new()));
    store.put_cells(content(1), "grid", &[]).unwrap();
    assert_eq!(store.cells(content(1), "grid", 0, 0), Some(Vec::new()));
}

#[test]
fn what_is_removed_is_gone_and_what_is_not_there_is_as_good_as_removed() {
    let (_folder, store) = store(AMPLE);
    store.remove(content(1), "begun-map").unwrap();
    let begun = Begun { steps: 3, pairs: vec![[1.0, -0.0], [f32::MIN_POSITIVE, 2.5]] };
    for name in ["begun-map", "begun-umap"] {
        assert!(store.put_begun(content(1), name, &begun).unwrap());
    }
    assert_eq!(store.begun(content(1), "begun-map", 1), Some(begun.clone()));
    store.remove(content(1), "begun-map").unwrap();
    store.remove(content(1), "begun-map").unwrap();
    assert_eq!((store.begun(content(1), "begun-map", 1), store.begun(content(2), "begun-umap", 1)), (None, None));
    assert_eq!(store.begun(content(1), "begun-umap", 1), Some(begun));
    assert!(matches!(store.remove(content(1), "../x"), Err(KeptError::Name(_))));
}

#[test]
fn lists_longer_than_what_is_read_at_once_come_back() {
    let (_folder, store) = store(AMPLE);
    let cells: Vec<u32> = (0..100_001).rev().collect();
    assert!(store.put_cells(content(1), "grid", &cells).unwrap());
    assert_eq!(store.cells(content(1), "grid", 100_001, 100_001), Some(cells));
}

/// Computed in Python by `struct` and the package `xxhash` from the table in `entry.rs` and the list in `payload.rs`.
#[test]
fn files_are_byte_for_byte_what_the_form_says() {
    let (_folder, store) = store(AMPLE);
    let mut hasher = ContentHasher::new(3, (28, 28), b"as read");
    hasher.add(&(0..3 * 28 * 28_u32).map(|i| (i * 7 + i / 256) as u8).collect::<Vec<_>>());
    let content = hasher.content();
    assert_eq!(content.to_string(), "8f9ee7f24ca2e65a362bf3f1ed69f257");
    let graph = Graph::of_lists(2, 1, vec![1, 0], vec![-7, -7]).unwrap();
    store.put_cells(content, "cells-test.1", &[4, 0, 2]).unwrap();
    store.put_places(content, "m", &[[1.5, -2.0]]).unwrap();
    store.put_begun(content, "b", &Begun { steps: 258, pairs: vec![[1.5, -2.0]] }).unwrap();
    store.put_graph(content, "g", &graph).unwrap();
    for (name, expected) in [
        (
            "cells-test.1",
            "696e6b6b657074000100000004000000070000000c00000057f269edf1f32b365ae6a24cf2e79e8f1400000000000000\
             63656c6c732d746573742e310300000000000000040000000000000002000000cf8576685eac0b30",
        ),
        (
            "m",
            "696e6b6b657074000100000003000000050000000100000057f269edf1f32b365ae6a24cf2e79e8f1000000000000000\
             6d01000000000000000000c03f000000c0eb21ee2cdefcbb30",
        ),
        (
            "b",
            "696e6b6b657074000100000005000000060000000100000057f269edf1f32b365ae6a24cf2e79e8f1400000000000000\
             620201000001000000000000000000c03f000000c06e9fc4a9b1f7a160",
        ),
        (
            "g",
            "696e6b6b657074000100000002000000030000000100000057f269edf1f32b365ae6a24cf2e79e8f2800000000000000\
             670100000000000000020000000000000001000000000000000200000000000000f9fffffff9ffffffb5ea6d8c579178c4",
        ),
    ] {
        let bytes = std::fs::read(file(&store, content, name)).unwrap();
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digits.concat(), expected, "{name}");
    }
}

#[test]
fn names_that_no_file_should_have_are_refused() {
    let (_folder, store) = store(AMPLE);
    let long = "a".repeat(LONGEST_NAME + 1);
    for name in ["", "Codes", "a/b", "..\\a", "a b", "a_b", "ä", "a\0", &long] {
        let error = store.put_cells(content(1), name, &[0]).unwrap_err();
        assert!(matches!(&error, KeptError::Name(found) if found == name), "{name:?}: {error}");
        assert_eq!(store.cells(content(1), name, 1, 1), None);
    }
    assert!(!store.folder().path().exists(), "nothing was written");
    for name in ["..", "map-direction-30-s0", "0.5", &long[1..]] {
        assert!(store.put_cells(content(1), name, &[0]).unwrap());
        assert_eq!(store.cells(content(1), name, 1, 1), Some(vec![0]), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn graphs_places_and_cells_come_back_byte_for_byte(
        rows in 1_usize..60,
        k in 0_usize..20,
        places in prop::collection::vec([any::<f32>(), any::<f32>()], 0..50),
        order in Just((0..40_u32).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (_folder, store) = store(AMPLE);
        let graph = some_graph(rows, k);
        prop_assert!(store.put_graph(content(1), "a", &graph).unwrap());
        prop_assert_eq!(store.graph(content(1), "a", rows as u32), Some(graph));
        let is_finite = places.as_flattened().iter().all(|value| value.is_finite());
        prop_assert!(store.put_places(content(1), "b", &places).unwrap());
        let found = store.places(content(1), "b", places.len() as u32);
        prop_assert_eq!(found.is_some(), is_finite);
        if let Some(found) = found {
            let bits = |places: &[[f32; 2]]| places.as_flattened().iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&found), bits(&places));
        }
        let cells = &order[rows.min(30)..];
        prop_assert!(store.put_cells(content(1), "c", cells).unwrap());
        prop_assert_eq!(store.cells(content(1), "c", cells.len() as u32, 40), Some(cells.to_vec()));
    }
}
