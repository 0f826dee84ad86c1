//! Rows 5 to 7: orders, element types and shapes: which are drawings, and what is said of the others.

use super::npy::{claiming, dictionary, file_of, npy_bytes, read_all, refusal};
use super::told::Told;
use inkfield::data::formats::open_alone;
use ndarray::{Array3, Array4, Axis, ShapeBuilder, Slice};
use ndarray_npy::write_npy;
use std::fs;

/// Writes an array in Fortran order with the other library and reads some rows of it.
fn assert_fortran_rows(shape: (usize, usize, usize), ranges: &[(u32, u32)]) {
    let (rows, height, width) = shape;
    let mut array = Array3::<u8>::zeros(shape.f());
    for ((r, y, x), value) in array.indexed_iter_mut() {
        *value = (r.wrapping_mul(2_654_435_761) >> 7) as u8 ^ (y * 31 + x * 7) as u8;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fortran.npy");
    write_npy(&path, &array).unwrap();
    assert!(fs::read(&path).unwrap().windows(22).any(|window| window == b"'fortran_order': True,"));
    let file = open_alone(&path, Some((height as u32, width as u32))).unwrap();
    assert_eq!(file.rows() as usize, rows);
    for &(first, count) in ranges {
        let mut out = vec![0; count as usize * height * width];
        file.read_rows(first, &mut out).unwrap();
        let expected = array.slice_axis(Axis(0), Slice::from(first as usize..(first + count) as usize));
        assert!(out.iter().eq(expected.iter()), "rows {first}+{count} of {shape:?}");
    }
}

#[test]
fn faults_05_fortran_order_gives_the_same_pixels_in_every_block_size() {
    assert_fortran_rows((1, 28, 30), &[(0, 1)]);
    assert_fortran_rows((100, 28, 28), &[(0, 100), (99, 1), (17, 50)]);
    assert_fortran_rows((5_000, 28, 28), &[(0, 5_000), (4_998, 2), (1_000, 1_300)]);
    assert_fortran_rows((1_100_000, 1, 2), &[(0, 1_100_000), (1_048_570, 20)]);
}

#[test]
fn faults_05_fortran_order_with_a_trailing_axis_of_one_gives_the_same_pixels() {
    let mut array = Array4::<u8>::zeros((3, 4, 5, 1).f());
    array.iter_mut().zip(0..).for_each(|(value, number)| *value = number);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fortran.npy");
    write_npy(&path, &array).unwrap();
    let (rows, height, width, pixels) = read_all(&path, None);
    assert_eq!((rows, height, width), (3, 4, 5));
    assert!(pixels.iter().eq(array.iter()));
}

/// One byte has no order, however it is spelled.
#[test]
fn faults_05_a_big_endian_byte_is_a_byte() {
    for descr in ["'|u1'", "'<u1'", "'>u1'", "'=u1'", "'u1'", "'uint8'", "\"|u1\""] {
        for version in [1, 2, 3] {
            let (_folder, path) = file_of(&npy_bytes(version, &dictionary(descr, "(1L, 4L)"), &[0, 9, 200, 255]));
            assert_eq!(read_all(&path, None), (1, 2, 2, vec![0, 9, 200, 255]), "{descr} {version}");
            assert_eq!(open_alone(&path, None).unwrap().dtype(), "uint8");
        }
    }
}

#[test]
fn faults_06_bools_are_paper_and_ink() {
    for descr in ["'|b1'", "'?'", "'bool'", "'<b1'"] {
        let (_folder, path) = file_of(&npy_bytes(1, &dictionary(descr, "(1, 4)"), &[0, 1, 1, 0]));
        assert_eq!(read_all(&path, None), (1, 2, 2, vec![0, 255, 255, 0]), "{descr}");
        assert_eq!(open_alone(&path, None).unwrap().dtype(), "bool");
    }
}

#[test]
fn faults_06_other_types_are_refused_by_name_with_the_accepted_ones() {
    let row = Told::row(6);
    for (descr, shown, meaning) in [
        ("'<f16'", "<f16", "floats"),
        ("'<c16'", "<c16", "complex numbers"),
        ("'|O'", "|O", "pickled Python objects"),
        ("'<U7'", "<U7", "text"),
        ("'<M8[us]'", "<M8[us]", "times"),
        ("'\u{1b}[31m'", "\\u{1b}[31m", "an unknown type"),
    ] {
        let told = row.values(&refusal(&npy_bytes(3, &dictionary(descr, "(1, 4)"), &[0; 16]), None));
        assert_eq!(told, [shown, meaning, "FILE"]);
    }
    for fields in ["[('x', '<f4')]", "[('x', '<f4'), ('y', '<f4', (2,))]"] {
        let told = refusal(&npy_bytes(3, &dictionary(fields, "(1, 4)"), &[0; 16]), None);
        assert!(told.starts_with(&format!("its values are {fields} (records of several fields); accepted")), "{told}");
        row.values(&told);
    }
    row.all();
}

#[test]
fn faults_07_shapes_are_understood_by_the_rules_in_their_order() {
    let size = |shape: &str, wanted: Option<(u32, u32)>, bytes: usize| {
        let (_folder, path) = file_of(&claiming(shape, &vec![0; bytes]));
        let file = open_alone(&path, wanted).unwrap();
        (file.rows(), file.height(), file.width())
    };
    assert_eq!(size("(3, 784)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 28, 28)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 1, 784)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 28, 28, 1)", None, 2352), (3, 28, 28));
    assert_eq!(size("(3, 1, 28, 28)", None, 2352), (3, 28, 28));
    assert_eq!(size("(5, 14, 56)", None, 3920), (5, 14, 56));
    assert_eq!(size("(3, 784)", Some((14, 56)), 2352), (3, 14, 56));
    assert_eq!(size("(3, 28, 28)", Some((14, 56)), 2352), (3, 14, 56));
    assert_eq!(size("(3, 10)", Some((2, 5)), 30), (3, 2, 5));
    assert_eq!(size("(1, 784)", None, 784), (1, 28, 28));
    assert_eq!(size("(1, 4096, 4096)", None, 1 << 24), (1, 4096, 4096));
}

#[test]
fn faults_07_other_shapes_are_refused_with_what_to_do() {
    let row = Told::row(7);
    let told = |shape: &str, wanted| row.values(&refusal(&claiming(shape, &[]), wanted));
    for (shape, values) in [
        ("(3, 10)", &["10", "3 × 10", "HW"][..]),
        ("(3, 5000)", &["5000"]),
        ("(3, 2, 2, 2, 2)", &[]),
        ("(784,)", &["784", ", such as --shape 28x28 for one drawing"]),
        ("()", &[]),
    ] {
        let expected: Vec<&str> = [shape].into_iter().chain(values.iter().copied()).chain(["FILE"]).collect();
        assert_eq!(told(shape, None), expected);
    }
    assert_eq!(told("(3, 784)", Some((28, 27))), ["(3, 784)", "784", "28x27", "756", "FILE"]);
    assert_eq!(told("(3, 784)", Some((0, 0))), ["(3, 784)", "784", "0x0", "0", "FILE"]);
    row.all();
}
