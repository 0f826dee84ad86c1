//! What is kept of a set is found again by it alone.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::data::dataset::OpenOptions;
use crate::kept::Folder;

/// Twelve pictures of 8 × 8 pixels with an edge each, whose left half has this colour.
fn pictures(folder: &tempfile::TempDir, name: &str, color: [u8; 3]) -> Arc<Dataset> {
    let pixel = |row: usize, at: usize| if at % 8 <= row % 6 { color } else { [0; 3] };
    let values: Vec<u8> = (0..12).flat_map(|row| (0..64).flat_map(move |at| pixel(row, at))).collect();
    let header = format!("{:<117}\n", "{'descr': '|u1', 'fortran_order': False, 'shape': (12, 8, 8, 3), }");
    let path = folder.path().join(name);
    std::fs::write(&path, [b"\x93NUMPY\x01\x00\x76\x00".as_slice(), header.as_bytes(), &values].concat()).unwrap();
    Arc::new(Dataset::open(&[&path], &OpenOptions::default()).unwrap())
}

#[test]
fn codes_of_pictures_in_colour_are_not_those_of_others_with_their_luma() {
    let (files, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // Both have a luma of 35.
    let [red, green] =
        [("red.npy", [117, 0, 0]), ("green.npy", [0, 60, 0])].map(|(name, color)| pictures(&files, name, color));
    let codes = |dataset: &Arc<Dataset>, is_kept: bool| {
        let store = is_kept.then(|| Store::new(Folder::new(kept.path().to_owned(), 1 << 20)));
        let likeness = Likeness::kept_in(dataset, store, BETWEEN);
        likeness.codes(&Basis::default(), Progress::NONE).unwrap()
    };
    let maker = |codes: &SetCodes| match &codes.made_from {
        MadeFrom::Drawings(maker) => maker.encode_one(&[9, 0, 0, 255, 0, 0, 0, 255], 2, 1).unwrap(),
        MadeFrom::Numbers(_) => unreachable!("drawings were compared"),
    };
    let (of_red, of_green) = (codes(&red, true), codes(&green, true));
    let fresh = codes(&green, false);
    assert_eq!((&of_green.codes, maker(&of_green)), (&fresh.codes, maker(&fresh)));
    assert_ne!(maker(&of_red), maker(&fresh), "the colours of one set decide nothing in the other");
    // What was kept is the same, and is in colour.
    let again = codes(&green, true);
    assert!(again.is_in_color());
    assert_eq!((&again.codes, maker(&again)), (&fresh.codes, maker(&fresh)));
}
