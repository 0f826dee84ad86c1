//! Pixels: the same as another reader's in every order and type, or an error.

use std::fs;

use inkfield::data::npy::{NpyFault, NpyFile};
use ndarray::{Array2, Array3, Array4, Axis, ShapeBuilder, Slice};
use ndarray_npy::{read_npy, write_npy};

use super::real_data::real_data;
use super::{dictionary, file_of, npy_bytes, read_all};

#[test]
fn a_file_that_changes_is_never_mixed_with_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    write_npy(&path, &Array2::<u8>::from_elem((10, 784), 3)).unwrap();
    let file = NpyFile::open(&path, None).unwrap();
    let meta = fs::metadata(&path).unwrap();
    let (length, written) = (meta.len(), meta.modified().unwrap());
    let mut out = vec![0; 784];
    file.read_rows(9, &mut out).unwrap();
    assert_eq!(out, [3; 784]);

    let handle = fs::OpenOptions::new().write(true).open(&path).unwrap();
    for changed in [length - 1, length + 1] {
        handle.set_len(changed).unwrap();
        // Some file systems count time in seconds: the length alone must tell.
        handle.set_modified(written).unwrap();
        let error = file.read_rows(0, &mut out).unwrap_err();
        assert!(matches!(error.fault, NpyFault::Changed { had, has } if had == length && has == changed), "{error}");
    }
    handle.set_len(length).unwrap();
    handle.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let error = file.read_rows(0, &mut out).unwrap_err();
    assert!(matches!(error.fault, NpyFault::Changed { .. }), "{error}");
}

#[test]
fn rows_and_buffers_that_do_not_fit_are_errors() {
    let (_folder, path) = file_of(&npy_bytes(1, &dictionary("'|u1'", "(3, 4)"), &[0; 12]));
    let file = NpyFile::open(&path, None).unwrap();
    let fault = |first, len| file.read_rows(first, &mut vec![0; len]).unwrap_err().fault;
    assert!(matches!(fault(2, 8), NpyFault::OutOfRange { first: 2, end: 4, rows: 3 }));
    assert!(matches!(fault(u32::MAX, 4), NpyFault::OutOfRange { .. }));
    assert!(matches!(fault(0, 5), NpyFault::Buffer { len: 5, drawing: 4 }));
    file.read_rows(3, &mut []).unwrap();
}

#[test]
fn a_bool_that_is_neither_is_named_with_its_place_in_the_file() {
    let dictionary = dictionary("'|b1'", "(3, 2, 2)");
    let bytes = npy_bytes(1, &dictionary, &[0, 1, 0, 1, 1, 1, 0, 2, 0, 0, 0, 0]);
    let data_offset = bytes.len() as u64 - 12;
    let (_folder, path) = file_of(&bytes);
    let file = NpyFile::open(&path, None).unwrap();
    let error = file.read_rows(1, &mut [0; 8]).unwrap_err();
    assert!(matches!(error.fault, NpyFault::BadBool { offset, value: 2 } if offset == data_offset + 7), "{error}");
    file.read_rows(2, &mut [0; 4]).unwrap();

    // In Fortran order the bad byte 7 is row 1 of plane 2: pixel (row 0, column 1).
    let fortran = npy_bytes(1, &dictionary.replace("False", "True "), &[0, 1, 0, 1, 1, 1, 0, 2, 0, 0, 0, 0]);
    let (_folder, path) = file_of(&fortran);
    let error = NpyFile::open(&path, None).unwrap().read_rows(1, &mut [0; 4]).unwrap_err();
    let wanted = fortran.len() as u64 - 12 + 7;
    assert!(matches!(error.fault, NpyFault::BadBool { offset, value: 2 } if offset == wanted), "{error}");
}

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
    let file = NpyFile::open(&path, Some((height as u32, width as u32))).unwrap();
    assert_eq!(file.rows() as usize, rows);
    for &(first, count) in ranges {
        let mut out = vec![0; count as usize * height * width];
        file.read_rows(first, &mut out).unwrap();
        let expected = array.slice_axis(Axis(0), Slice::from(first as usize..(first + count) as usize));
        assert!(out.iter().eq(expected.iter()), "rows {first}+{count} of {shape:?}");
    }
}

#[test]
fn fortran_order_gives_the_same_pixels_in_every_block_size() {
    assert_fortran_rows((1, 28, 30), &[(0, 1)]);
    assert_fortran_rows((100, 28, 28), &[(0, 100), (99, 1), (17, 50)]);
    assert_fortran_rows((5_000, 28, 28), &[(0, 5_000), (4_998, 2), (1_000, 1_300)]);
    assert_fortran_rows((1_100_000, 1, 2), &[(0, 1_100_000), (1_048_570, 20)]);
}

#[test]
fn fortran_order_with_a_trailing_axis_of_one_gives_the_same_pixels() {
    let mut array = Array4::<u8>::zeros((3, 4, 5, 1).f());
    array.iter_mut().zip(0..).for_each(|(value, number)| *value = number);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fortran.npy");
    write_npy(&path, &array).unwrap();
    let (rows, height, width, pixels) = read_all(&path, None);
    assert_eq!((rows, height, width), (3, 4, 5));
    assert!(pixels.iter().eq(array.iter()));
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

    let bad = NpyFile::open(&folder.join("example_bool_bad_value.npy"), None).unwrap();
    let error = bad.read_rows(0, &mut [0; 24]).unwrap_err();
    assert!(matches!(error.fault, NpyFault::BadBool { offset: 128..152, .. }), "{error}");

    for (name, words) in [
        ("ndarray-npy/array.npy", "32-bit integers"),
        ("ndarray-npy/example_c64_big_endian_fortran.npy", "complex"),
        ("ndarray-npy/example_f64_little_endian_standard.npy", "64-bit floats"),
        ("numpy/py2-objarr.npy", "pickled Python objects"),
        ("numpy/py3-objarr.npy", "pickled Python objects"),
        ("numpy/py3-objarr.npz", "npz"),
        ("numpy/win64python2.npy", "64-bit floats"),
    ] {
        let error = NpyFile::open(&data.join("npy-conformance").join(name), None).unwrap_err();
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
        ("pairs2000/snowman_2000.umap.npy", "<f4 (32-bit floats)"),
        ("other/snowman_umap.json", "JSON array"),
    ] {
        let error = NpyFile::open(&data.join(name), None).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}
