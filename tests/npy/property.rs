//! Generated headers and arrays: nothing panics, and what another writer wrote comes back.

use inkfield::data::formats::open_alone;
use ndarray::{Array3, Axis, ShapeBuilder, Slice};
use ndarray_npy::write_npy;
use proptest::prelude::*;

use super::npy::{dictionary, file_of, npy_bytes, open_as};

fn header_like() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("("),
        Just(")"),
        Just(","),
        Just(":"),
        Just(" "),
        Just("'descr'"),
        Just("'shape'"),
        Just("'fortran_order'"),
        Just("'|u1'"),
        Just("True"),
        Just("None"),
        Just("7"),
        Just("2L"),
        Just("18446744073709551616"),
        Just("'"),
        Just("\\"),
        Just("-"),
        Just("+"),
        Just("1j"),
    ];
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn faults_02_arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), magic in any::<bool>()) {
        let mut all = if magic { b"\x93NUMPY\x01\x00".to_vec() } else { Vec::new() };
        all.extend(bytes);
        let (_folder, path) = file_of(&all);
        let _ = open_alone(&path, None);
    }

    #[test]
    fn faults_03_arbitrary_dictionaries_never_panic(text in header_like(), version in 1_u8..4, wrap in any::<bool>()) {
        let text = if wrap { dictionary(&text, "(1, 4)") } else { text };
        let (_folder, path) = file_of(&npy_bytes(version, &text, &[0; 4]));
        let _ = open_alone(&path, None);
    }

    #[test]
    fn faults_05_arrays_of_another_writer_come_back_in_either_order(
        (rows, height, width) in (1_usize..40, 1_usize..9, 1_usize..9),
        fortran in any::<bool>(),
        seed in any::<u8>(),
        from in 0.0..1.0_f64,
    ) {
        let mut array = Array3::<u8>::zeros((rows, height, width).set_f(fortran));
        for ((r, y, x), value) in array.indexed_iter_mut() {
            *value = seed.wrapping_add((r * 101 + y * 13 + x * 3) as u8);
        }
        let (_folder, path) = file_of(&[]);
        write_npy(&path, &array).unwrap();
        let (file, _) = open_as(&path, Some("NHW"), Some((height as u32, width as u32))).unwrap();
        let first = (from * rows as f64) as usize;
        let mut out = vec![0; (rows - first) * height * width];
        file.read_rows(first as u32, &mut out).unwrap();
        let expected = array.slice_axis(Axis(0), Slice::from(first..));
        prop_assert!(out.iter().eq(expected.iter()));
    }
}
