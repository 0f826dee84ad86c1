//! EMNIST: transposed by its name alone, with the characters that its labels mean.

use std::io::Write;

use super::folder::Folder;
use super::{ROWS, assert_column, assert_drawings, assert_said, axes, ink, notes, open, open_with, value};

/// An IDX file of bytes.
fn idx(lengths: &[u32], values: &[u8]) -> Vec<u8> {
    let lengths: Vec<u8> = lengths.iter().flat_map(|len| len.to_be_bytes()).collect();
    [&[0, 0, 8, (lengths.len() / 4) as u8][..], &lengths, values].concat()
}

/// Images whose columns lie one after the other, as EMNIST's do: of the drawings that [`ink`] makes, 12 high and 10 wide.
fn images() -> Vec<u8> {
    let drawing = |row| (0..10).flat_map(move |x| (0..12).map(move |y| value(row, y, x, 0)));
    idx(&[ROWS as u32, 10, 12], &(0..ROWS).flat_map(drawing).collect::<Vec<u8>>())
}

#[test]
fn emnist_is_read_transposed_and_said_to_be() {
    let folder = Folder::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&images()).unwrap();
    for path in [
        folder.bytes("emnist-letters-train-images-idx3-ubyte", &images()),
        folder.bytes("emnist-digits-test-images-idx3-ubyte.gz", &packed.finish().unwrap()),
        folder.bytes("copy of EMNIST-byclass-images.idx", &images()),
    ] {
        let dataset = open(&[&path]).unwrap();
        assert_eq!((dataset.rows() as usize, dataset.height(), dataset.width()), (ROWS, 12, 10), "{}", path.display());
        assert_drawings(&dataset, |row| ink(row, 12, 10));
        assert_said(&dataset, "shape (7, 10, 12) is read with --axes NWH, as its name is one of EMNIST");
        assert_eq!(dataset.report().warnings().count(), 0, "{}", dataset.report());
        // As it lies, where that is asked for.
        let dataset = open_with(&[&path], &axes("NHW")).unwrap();
        assert_eq!((dataset.height(), dataset.width()), (10, 12));
        assert!(!notes(&dataset).iter().any(|note| note.contains("EMNIST")), "{:?}", notes(&dataset));
    }
    for name in ["train-images-idx3-ubyte", "qmnist-test-images-idx3-ubyte", "emnist.idx"] {
        let dataset = open(&[folder.bytes(name, &images())]).unwrap();
        assert_eq!((dataset.height(), dataset.width()), (10, 12), "{name} is none of them");
    }
}

#[test]
fn labels_of_emnist_are_the_characters_that_its_list_says() {
    let folder = Folder::new();
    let images = folder.bytes("emnist-letters-test-images-idx3-ubyte", &images());
    let labels = folder.bytes("emnist-letters-test-labels-idx1-ubyte", &idx(&[7], &[1, 26, 2, 1, 3, 26, 2]));
    // As published: label, codes of the capital and the small letter.
    folder.bytes("emnist-letters-mapping.txt", b"1 65 97\r\n2 66 98\n3 67 99\n26 90 122\n\n");
    for inputs in [vec![&images], vec![&images, &labels], vec![&labels, &images]] {
        let dataset = open(&inputs).unwrap();
        assert_column(&dataset, "character", &["Aa", "Zz", "Bb", "Aa", "Cc", "Zz", "Bb"]);
        assert_column(&dataset, "label", &["1", "26", "2", "1", "3", "26", "2"]);
        assert_eq!(dataset.report().warnings().count(), 0, "{}", dataset.report());
    }
    for (list, words) in [
        ("1 65\n2 66\n3 67\n", "the characters in \"emnist-letters-mapping.txt\" are left out: it has no line for 26"),
        ("1 65\n2 x\n", "its line 2 is \"2 x\", and no label with one code or two"),
        ("1 65 66 67\n", "its line 1 is \"1 65 66 67\", and no label with one code or two"),
        ("1 10\n", "its line 1 is \"1 10\", and no label with one code or two"),
        ("1 1114112\n", "its line 1 is \"1 1114112\""),
        ("1 65\n1 66\n", "it has several lines for 1"),
    ] {
        folder.bytes("emnist-letters-mapping.txt", list.as_bytes());
        let dataset = open(&[&images]).unwrap();
        assert_column(&dataset, "label", &["1", "26", "2", "1", "3", "26", "2"]);
        assert!(super::columns(&dataset).get("character").is_none(), "{list:?}");
        assert_said(&dataset, words);
        assert_eq!(dataset.report().warnings().count(), 1, "{}", dataset.report());
    }
}
