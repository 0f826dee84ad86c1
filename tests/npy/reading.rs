//! Pixels: the same as another reader's in every order and type, or an error.

use inkfield::data::formats::open_alone;
use inkfield::data::source::ImageFault;
use ndarray::{Array2, Array3, Axis};
use ndarray_npy::read_npy;

use super::npy::{dictionary, file_of, npy_bytes, open_as, read_all};
use super::real_data::real_data;

#[test]
fn rows_and_buffers_that_do_not_fit_are_errors() {
    let (_folder, path) = file_of(&npy_bytes(1, &dictionary("'|u1'", "(3, 4)"), &[0; 12]));
    let file = open_alone(&path, None).unwrap();
    let fault = |first, len| file.read_rows(first, &mut vec![0; len]).unwrap_err().fault;
    assert!(matches!(fault(2, 8), ImageFault::OutOfRange { first: 2, end: 4, rows: 3 }));
    assert!(matches!(fault(u32::MAX, 4), ImageFault::OutOfRange { .. }));
    assert!(matches!(fault(0, 5), ImageFault::Buffer { len: 5, drawing: 4 }));
    file.read_rows(3, &mut []).unwrap();
}

#[test]
fn a_bool_that_is_neither_is_named_with_its_place_in_the_file() {
    let dictionary = dictionary("'|b1'", "(3, 2, 2)");
    let bytes = npy_bytes(1, &dictionary, &[0, 1, 0, 1, 1, 1, 0, 2, 0, 0, 0, 0]);
    let data_offset = bytes.len() as u64 - 12;
    let (_folder, path) = file_of(&bytes);
    let file = open_alone(&path, None).unwrap();
    let error = file.read_rows(1, &mut [0; 8]).unwrap_err();
    assert!(matches!(error.fault, ImageFault::BadBool { offset, value: 2 } if offset == data_offset + 7), "{error}");
    file.read_rows(2, &mut [0; 4]).unwrap();

    // In Fortran order the bad byte 7 is row 1 of plane 2: pixel (row 0, column 1).
    let fortran = npy_bytes(1, &dictionary.replace("False", "True "), &[0, 1, 0, 1, 1, 1, 0, 2, 0, 0, 0, 0]);
    let (_folder, path) = file_of(&fortran);
    let error = open_alone(&path, None).unwrap().read_rows(1, &mut [0; 4]).unwrap_err();
    let wanted = fortran.len() as u64 - 12 + 7;
    assert!(matches!(error.fault, ImageFault::BadBool { offset, value: 2 } if offset == wanted), "{error}");
}

#[test]
fn the_conformance_files_of_other_loaders_are_read_or_refused_by_name() {
    let Some(data) = real_data() else { return };
    let folder = data.join("npy-conformance/ndarray-npy");
    let path = folder.join("example_bool_standard.npy");
    let expected: Array3<bool> = read_npy(&path).unwrap();
    let (rows, height, width, pixels) = read_all(&path, None);
    assert_eq!((rows, height, width), (2, 3, 4));
    assert!(pixels.iter().copied().eq(expected.iter().map(|ink| u8::from(*ink) * 255)));

    for name in ["little_endian_standard", "little_endian_fortran", "big_endian_standard", "big_endian_fortran"] {
        let path = folder.join(format!("example_f64_{name}.npy"));
        let expected: Array3<f64> = read_npy(&path).unwrap();
        let file = open_as(&path, Some("NHW"), None).unwrap().0;
        let mut values = Vec::new();
        file.own_values(0, file.rows(), &mut values).unwrap();
        assert!(values.iter().eq(expected.iter()), "{name}");
    }

    let bad = open_alone(&folder.join("example_bool_bad_value.npy"), None).unwrap();
    let error = bad.read_rows(0, &mut [0; 24]).unwrap_err();
    assert!(matches!(error.fault, ImageFault::BadBool { offset: 128..152, .. }), "{error}");

    for (name, words) in [
        ("ndarray-npy/array.npy", "rows of 3 values are no square"),
        ("ndarray-npy/example_c64_big_endian_fortran.npy", "complex"),
        ("numpy/py2-objarr.npy", "pickled Python objects"),
        ("numpy/py3-objarr.npy", "pickled Python objects"),
        ("numpy/py3-objarr.npz", "npz"),
        ("numpy/win64python2.npy", "its shape is "),
    ] {
        let error = open_alone(&data.join("npy-conformance").join(name), None).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn real_files_equal_what_another_reader_reads() {
    let Some(data) = real_data() else { return };
    for name in
        ["bitmaps/octopus", "bitmaps/cat", "pairs/moon.raw", "pairs2000/snowman_2000", "other/mnist_t10k_from_sprite"]
    {
        let path = data.join(format!("{name}.npy"));
        let expected: Array2<u8> = read_npy(&path).unwrap();
        let (rows, height, width, pixels) = read_all(&path, None);
        assert_eq!((rows as usize, height, width), (expected.len_of(Axis(0)), 28, 28));
        assert!(pixels.iter().eq(expected.iter()), "{name}");
    }
    let path = data.join("other/fish_3000x1x784_orig.npy");
    let expected: Array3<u8> = read_npy(&path).unwrap();
    let (rows, height, width, pixels) = read_all(&path, None);
    assert_eq!((rows, height, width), (3000, 28, 28));
    assert!(pixels.iter().eq(expected.iter()));

    for (name, words) in [
        ("bad/full_numpy_bitmap_ant_is_lfs_pointer.npy", "git lfs pull"),
        ("bad/octopus_is_html_login_page.npy", "web page"),
        ("pairs2000/snowman_2000.umap.npy", "rows of 2 values are no square"),
        ("other/snowman_umap.json", "JSON array"),
    ] {
        let error = open_alone(&data.join(name), None).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}
