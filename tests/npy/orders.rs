//! Any order of an array's axes, in C and Fortran order: the drawings are the same, whole and in parts.

use super::npy::{file_of, open_as};
use ndarray::{Array3, ArrayD, IxDyn, ShapeBuilder};
use ndarray_npy::write_npy;

/// Drawings of which no two pixels near one another are alike.
fn drawings((rows, height, width): (usize, usize, usize)) -> Array3<u8> {
    Array3::from_shape_fn((rows, height, width), |(n, y, x)| {
        ((n.wrapping_mul(2_654_435_761) >> 9) ^ (y * 31 + x * 7 + n)) as u8
    })
}

/// Writes `array` in this order with the other library.
fn written(array: &ArrayD<u8>, fortran: bool) -> (tempfile::TempDir, std::path::PathBuf) {
    let mut ordered = ArrayD::<u8>::zeros(IxDyn(array.shape()).set_f(fortran));
    ordered.assign(array);
    let (folder, path) = file_of(&[]);
    write_npy(&path, &ordered).unwrap();
    (folder, path)
}

fn assert_rows(array: &ArrayD<u8>, axes: &str, expected: &Array3<u8>, fortran: bool) {
    let (rows, height, width) = expected.dim();
    let (_folder, path) = written(array, fortran);
    let (file, told) = open_as(&path, Some(axes), Some((height as u32, width as u32))).unwrap();
    assert!(told.is_none() && file.axes().to_string() == axes);
    assert_eq!((file.rows() as usize, file.height() as usize, file.width() as usize), (rows, height, width));
    let all: Vec<u8> = expected.iter().copied().collect();
    let drawing = height * width;
    for (first, count) in [(0, rows), (rows - 1, 1), (rows / 3, rows.div_ceil(4).min(rows - rows / 3))] {
        let mut some = vec![7; count * drawing];
        file.read_rows(first as u32, &mut some).unwrap();
        let wanted = &all[first * drawing..(first + count) * drawing];
        assert!(some == wanted, "{axes}, Fortran order {fortran}, rows {first}+{count} of {rows}");
    }
}

#[test]
fn every_order_of_axes_gives_the_same_drawings() {
    for dims in [(1, 3, 4), (7, 5, 3), (900, 28, 28), (6_000, 5, 4), (40_000, 2, 3), (3, 300, 500)] {
        let expected = drawings(dims);
        for fortran in [false, true] {
            for (axes, order) in [
                ("NHW", [0, 1, 2]),
                ("NWH", [0, 2, 1]),
                ("HNW", [1, 0, 2]),
                ("WNH", [2, 0, 1]),
                ("HWN", [1, 2, 0]),
                ("WHN", [2, 1, 0]),
            ] {
                let array = expected.view().permuted_axes(order).to_owned().into_dyn();
                assert_rows(&array, axes, &expected, fortran);
            }
            let (rows, height, width) = dims;
            let by_rows = expected.to_shape((rows, height * width)).unwrap().to_owned();
            assert_rows(&by_rows.clone().into_dyn(), "NF", &expected, fortran);
            assert_rows(&by_rows.reversed_axes().into_dyn(), "FN", &expected, fortran);
            let turned = expected.view().permuted_axes([0, 2, 1]).to_owned();
            let by_columns = turned.to_shape((rows, height * width)).unwrap().to_owned();
            assert_rows(&by_columns.clone().into_dyn(), "N(WH)", &expected, fortran);
            assert_rows(&by_columns.reversed_axes().into_dyn(), "(WH)N", &expected, fortran);
            let flat = expected.flatten().to_owned().into_dyn();
            assert_rows(&flat, "(NF)", &expected, fortran);
        }
    }
}

#[test]
fn a_bool_that_is_neither_is_named_with_its_place_in_any_order() {
    for (axes, shape, bad) in [("HWN", "(2, 3, 5)", 17_u64), ("WHN", "(2, 3, 5)", 4), ("HNW", "(2, 5, 3)", 29)] {
        for order in ["False", "True"] {
            let mut values = [0; 30];
            values[bad as usize] = 2;
            let dictionary = super::npy::dictionary("'|b1'", shape).replace("False", order);
            let bytes = super::npy::npy_bytes(1, &dictionary, &values);
            let wanted = bytes.len() as u64 - 30 + bad;
            let (_folder, path) = file_of(&bytes);
            let (file, _) = open_as(&path, Some(axes), None).unwrap();
            let error = file.read_rows(0, &mut [0; 30]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("byte {wanted} is 2")), "{axes} {order}: {error}");
        }
    }
}
