//! Element types and shapes: which are drawings, and what is said of the others.

use inkfield::data::npy::NpyFile;

use super::{dictionary, file_of, npy_bytes, read_all, refusal};

#[test]
fn every_spelling_of_uint8_and_bool_works_in_every_version() {
    for descr in ["'|u1'", "'<u1'", "'>u1'", "'=u1'", "'u1'", "'uint8'", "\"|u1\""] {
        for version in [1, 2, 3] {
            let (_folder, path) = file_of(&npy_bytes(version, &dictionary(descr, "(1L, 4L)"), &[0, 9, 200, 255]));
            assert_eq!(read_all(&path, None), (1, 2, 2, vec![0, 9, 200, 255]), "{descr} {version}");
            assert_eq!(NpyFile::open(&path, None).unwrap().dtype(), "uint8");
        }
    }
    for descr in ["'|b1'", "'?'", "'bool'", "'<b1'"] {
        let (_folder, path) = file_of(&npy_bytes(1, &dictionary(descr, "(1, 4)"), &[0, 1, 1, 0]));
        assert_eq!(read_all(&path, None), (1, 2, 2, vec![0, 255, 255, 0]), "{descr}");
        assert_eq!(NpyFile::open(&path, None).unwrap().dtype(), "bool");
    }
}

#[test]
fn other_types_are_refused_by_name() {
    for (descr, meaning) in [
        ("'<f4'", "32-bit floats"),
        ("'>f8'", "64-bit floats"),
        ("'<f2'", "16-bit floats"),
        ("'|i1'", "signed 8-bit integers"),
        ("'>u2'", "unsigned 16-bit integers"),
        ("'<i8'", "64-bit integers"),
        ("'<c16'", "complex numbers"),
        ("'|O'", "pickled Python objects"),
        ("'<U7'", "text"),
        ("'<M8[us]'", "times"),
        ("[('x', '<f4'), ('y', '<f4', (2,))]", "records of several fields"),
        ("'\u{1b}[31m'", "unknown type"),
    ] {
        let message = refusal(&npy_bytes(3, &dictionary(descr, "(1, 4)"), &[0; 16]), None);
        assert!(message.contains(meaning), "{meaning:?} is missing in {message:?}");
        assert!(message.contains("uint8 (|u1) and bool (|b1)"), "{message}");
        assert!(!message.contains('\u{1b}'), "{message:?}");
    }
}

#[test]
fn shapes_are_understood_by_the_rules_in_their_order() {
    let size = |shape: &str, wanted: Option<(u32, u32)>, bytes: usize| {
        let (_folder, path) = file_of(&npy_bytes(1, &dictionary("'|u1'", shape), &vec![0; bytes]));
        let file = NpyFile::open(&path, wanted).unwrap();
        (file.rows(), file.height(), file.width())
    };
    assert_eq!(size("(3, 784)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 28, 28)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 1, 784)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 28, 28, 1)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 1, 28, 28)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 14, 56)", None, 2352), (3, 14, 56));
    assert_eq!(size("(3, 784)", Some((14, 56)), 2352), (3, 14, 56));
    assert_eq!(size("(3, 28, 28)", Some((14, 56)), 2352), (3, 14, 56));
    assert_eq!(size("(3, 10)", Some((2, 5)), 30), (3, 2, 5));
    assert_eq!(size("(1, 784)", None, 784), (1, 28, 28));
    assert_eq!(size("(1, 4096, 4096)", None, 1 << 24), (1, 4096, 4096));

    let refused = |shape: &str| refusal(&npy_bytes(1, &dictionary("'|u1'", shape), &[]), None);
    for (shape, words) in [
        ("(3, 10)", "no square; say how they are to be cut with --shape HxW"),
        ("(3, 28, 28, 3)", "3 colour channels"),
        ("(3, 3, 28, 28)", "3 colour channels"),
        ("(3, 2, 2, 2, 2)", "too many axes"),
        ("(784,)", "one axis only"),
        ("()", "a single value"),
        ("(3, 28, 0)", "axis of length 0"),
    ] {
        let message = refused(shape);
        assert!(message.contains(words) && message.contains(shape), "{message}");
    }
    let message = refusal(&npy_bytes(1, &dictionary("'|u1'", "(3, 784)"), &[]), Some((28, 27)));
    assert!(message.contains("784 values, but --shape 28x27 asks for 756"), "{message}");
    let message = refusal(&npy_bytes(1, &dictionary("'|u1'", "(3, 784)"), &[]), Some((0, 0)));
    assert!(message.contains("--shape 0x0"), "{message}");
}
