//! HDF5 as h5py writes it, in one piece, in chunks and in both of its generations; MATLAB's version 7.3.

use super::*;

fn within(file: &str, array: &str) -> PathBuf {
    PathBuf::from(format!("{}:{array}", expected(file).display()))
}

#[test]
fn datasets_in_one_piece_are_read_where_they_lie() {
    let dataset = open(&[expected("plain.h5")]).unwrap();
    assert_eq!(facts(&dataset), ("hdf5".into(), "uint8".into(), ROWS, 10, 8, 1));
    assert_drawings(&dataset, |row| ink(row, 10, 8));
    assert_column(&dataset, "labels", &labels());
    assert_eq!(texts(&columns(&dataset), "group/score")[..2], ["0", "0.1"]);
    assert!(notes(&dataset).iter().all(|note| !note.contains("temporary")), "{:?}", notes(&dataset));
}

#[test]
fn packed_chunks_are_unpacked_and_labels_of_four_axes_are_a_column() {
    let dataset = open(&[expected("chunked.h5")]).unwrap();
    assert_eq!(facts(&dataset), ("hdf5".into(), "uint8".into(), ROWS, 10, 8, 3));
    assert_drawings(&dataset, |row| color(row, 10, 8));
    assert_column(&dataset, "y", &labels());
    assert_said(&dataset, "besides, the file holds name () texts of any length");
    let wide = open(&[expected("checked.h5")]).unwrap();
    assert_eq!(wide.dtype(), "uint16");
    assert_drawings(&wide, |row| {
        ink(row, 10, 8).iter().flat_map(|value| (u16::from(*value) * 200).to_le_bytes()).collect()
    });
}

#[test]
fn texts_of_any_length_are_columns() {
    let dataset = open(&[expected("texts.h5")]).unwrap();
    assert_drawings(&dataset, |row| ink(row, 10, 8));
    assert_column(&dataset, "names", &["ant", "zwölf", "", "cat and dog", "e", "f", "g"]);
    assert_column(&dataset, "words", &["w0", "w1", "w2", "w3", "w4", "w5", "w6"]);
    let said = error(within("texts.h5", "names"));
    assert!(said.contains("its array names holds texts of any length; accepted are"), "{said}");
}

#[test]
fn every_way_of_keeping_chunks_is_read() {
    let floats = |row: usize| ink(row, 10, 8).iter().flat_map(|value| f32::from(*value).to_le_bytes()).collect();
    for (array, rows) in [("a/b/images", ROWS), ("/a/b/one", ROWS), ("small", 1)] {
        let dataset = open_with(&[within("latest.h5", array)], &axes("NHW")).unwrap();
        assert_eq!(facts(&dataset), ("hdf5".into(), "uint8".into(), rows, 10, 8, 1), "{array}");
        assert_drawings(&dataset, |row| ink(row, 10, 8));
    }
    let fixed = open(&[within("latest.h5", "fixed")]).unwrap();
    assert_eq!(fixed.dtype(), "float32");
    assert_drawings(&fixed, floats);
    let flags = open(&[within("latest.h5", "flags")]).unwrap();
    assert_eq!(flags.dtype(), "bool");
    assert_column(&flags, "texts", &["ant", "bee", "cat", "", "e", "f", "g"]);
    // Of as many bytes the first in the file's order.
    let chosen = open(&[expected("latest.h5")]).unwrap();
    assert_said(&chosen, "opens that one");
    let said = error(within("latest.h5", "a/c"));
    assert!(said.contains("it holds no array a/c; its arrays are "), "{said}");
    let said = error(within("latest.h5", "tree"));
    assert!(said.contains("its array tree holds uint8 in chunks that are not read here; accepted are "), "{said}");
    let said = error(within("latest.h5", "texts"));
    assert!(said.contains("its array texts holds text; accepted are integers, floats and bools"), "{said}");
    let said = error(expected("newest.h5"));
    assert!(said.contains("images (kept in a way that is not read here): it is in the newest form of HDF5"), "{said}");
    assert!(said.contains("h5py without libver, or numpy.save"), "{said}");
}

#[test]
fn arrays_of_matlab_7_3_have_their_axes_in_matlabs_order() {
    let dataset = open(&[expected("block.mat")]).unwrap();
    assert_eq!(facts(&dataset), ("hdf5".into(), "uint8".into(), ROWS, 10, 8, 3));
    assert_drawings(&dataset, |row| color(row, 10, 8));
    assert_column(&dataset, "y", &labels());
    assert_said(&dataset, "shape (10, 8, 3, 7) in Fortran order is read as 7 drawings in colour of 10 × 8 pixels");
}

#[test]
fn damaged_files_are_refused_by_what_they_are() {
    let folder = Folder::new();
    let whole = std::fs::read(expected("chunked.h5")).unwrap();
    for cut in [8, 60, 700] {
        let said = error(folder.bytes("cut.h5", &whole[..cut]));
        assert!(said.contains("this is an HDF5 file that is not understood ("), "{said}");
    }
    let plain = std::fs::read(expected("plain.h5")).unwrap();
    let said = error(folder.bytes("cut.h5", &plain[..plain.len() - 500]));
    assert!(said.contains("cut.h5"), "{said}");
}
