//! Rows 1 to 4: headers that claim what is not there.

use super::npy::{claiming, dictionary, file_of, npy_bytes, read_all, refusal};
use super::outside::{error, inkfield};
use super::told::Told;

#[test]
fn faults_01_a_claimed_size_is_held_against_the_file_before_anything_is_allocated() {
    let row = Told::row(1);
    for (shape, bytes, claimed) in [
        ("(1099511627776, 784)", 6, "1099511627776 × 784"),
        ("(18446744073709551615, 784)", 0, "18446744073709551615 × 784"),
        ("(18446744073709551615, 4096, 4096)", 3, "18446744073709551615 × 16777216"),
        ("(2, 16777216)", 8, "2 × 16777216"),
    ] {
        let told = row.values(&refusal(&claiming(shape, &vec![0; bytes]), None));
        assert_eq!(told, [claimed, &bytes.to_string(), "FILE"]);
    }
    row.all();
}

/// Every command looks at the header before it does anything else.
#[test]
fn faults_01_the_program_refuses_it_with_both_numbers() {
    let row = Told::row(1);
    for (shape, bytes, claimed) in [("(1099511627776, 784)", 70, "1099511627776 × 784"), ("(3, 784)", 100, "3 × 784")]
    {
        let (_folder, path) = file_of(&claiming(shape, &vec![0; bytes]));
        for command in [&["info"][..], &["table"], &["locate", "--row", "0"], &["render", "--out", "never.png"]] {
            let told = row.values(&error(inkfield().args(command).arg(&path), 2));
            assert_eq!(told, [claimed, &bytes.to_string(), path.to_str().unwrap()]);
        }
    }
    row.all();
}

#[test]
fn faults_02_shapes_that_overflow_are_refused_in_words() {
    let row = Told::row(2);
    let told = |shape: &str| row.values(&refusal(&claiming(shape, &[]), None));
    assert_eq!(told("(18446744073709551615, 0)"), ["(18446744073709551615, 0)", "FILE"]);
    assert_eq!(told("(0, 0, 0)"), ["(0, 0, 0)", "FILE"]);
    assert_eq!(told("(2, 18446744073709551615)"), ["(2, 18446744073709551615)", "18446744073709551615", "FILE"]);
    let side = "18446744073709551615";
    assert_eq!(
        told(&format!("(2, {side}, {side})")),
        [format!("(2, {side}, {side})"), format!("{side}x{side}"), "FILE".to_owned()]
    );
    assert_eq!(told("(2, 16785409)"), ["(2, 16785409)", "4097x4097", "FILE"]);
    // 2^64 does not fit a number of 64 bits: the parser's own words stand in the middle.
    let words = told("(18446744073709551616, 784)");
    assert_eq!(words.last().map(String::as_str), Some("FILE"));
    row.all();
}

#[test]
fn faults_02_the_program_ends_with_an_error_not_a_panic() {
    let row = Told::row(2);
    let (_folder, path) = file_of(&claiming("(18446744073709551615, 0)", &[]));
    let told = row.values(&error(inkfield().arg("info").arg(&path), 2));
    assert_eq!(told, ["(18446744073709551615, 0)", path.to_str().unwrap()]);
}

#[test]
fn faults_03_headers_are_bounded_in_length() {
    let row = Told::row(3);
    let mut long = b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec();
    long.extend([b' '; 100]);
    assert_eq!(row.values(&refusal(&long, None)), ["4294967295", "FILE"]);
    let padded = |spaces: usize| format!("{}{}", dictionary("'|u1'", "(1, 4)"), " ".repeat(spaces));
    let length = padded(9_960).len() + 1;
    assert!(length > 10_000);
    assert_eq!(row.values(&refusal(&npy_bytes(1, &padded(9_960), &[0; 4]), None)), [&length.to_string(), "FILE"]);
    let (_folder, path) = file_of(&npy_bytes(1, &padded(9_900), &[1, 2, 3, 4]));
    assert_eq!(read_all(&path, None), (1, 2, 2, vec![1, 2, 3, 4]));
    row.all();
}

fn assert_refused(bytes: &[u8], words: &str) {
    let message = refusal(bytes, None);
    assert!(message.contains(words), "{words:?} is missing in {message:?}");
}

#[test]
fn faults_03_headers_are_bounded_in_depth_and_vocabulary() {
    for brackets in ["(", "[", "[("] {
        assert_refused(&npy_bytes(1, &brackets.repeat(3_000), &[]), "nests more than");
    }
    assert_refused(&npy_bytes(1, &"[".repeat(7), &[]), "nests more than 6");
    assert_refused(&npy_bytes(1, &"{".repeat(3_000), &[]), "braces within");
    // The general parser tries brackets again and again: what is let through to it must be bounded, or this takes for ever.
    for (open, close) in [("[", "]"), ("(", ")"), ("{", "}"), ("(1,", ")"), ("[(", ")]")] {
        for depth in [5, 6, 7] {
            let depth = depth / open.matches(['[', '(', '{']).count();
            let knot = format!("{}{}{}", open.repeat(depth), "1, ".repeat(1_000), close.repeat(depth));
            for text in [knot.clone(), format!("{{'descr': {knot}")] {
                assert_refused(&npy_bytes(1, &text, &[]), "header");
            }
        }
    }
    assert_refused(&npy_bytes(1, "{'descr': '|u1", &[]), "quote");
    assert_refused(&npy_bytes(1, &dictionary("b'\\777'", "(1, 4)"), &[]), "unexpected b");
    assert_refused(&npy_bytes(1, &dictionary("'\\777'", "(1, 4)"), &[]), "escape");
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", "(1.5+9, 4)"), &[]), "unexpected .");
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", "(-1, 4)"), &[]), "unexpected -");
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", &format!("({}, 4)", "9".repeat(400))), &[]), "400 digits");
    assert_refused(&npy_bytes(1, "{'descr': '|u1', 'fortran_order': False}", &[]), "shape");
    assert_refused(&npy_bytes(1, "{'descr': '|u1', 'fortran_order': 1, 'shape': (1, 4)}", &[0; 4]), "fortran_order");
    assert_refused(&npy_bytes(1, "", &[]), "not understood");
    assert_refused(&npy_bytes(4, &dictionary("'|u1'", "(1, 4)"), &[0; 4]), "version 4.0; known are 1.0, 2.0 and 3.0");
}

#[test]
fn faults_04_a_file_cut_short_or_with_bytes_to_spare_is_refused_with_both_counts() {
    let row = Told::row(4);
    let told = |shape: &str, bytes| row.values(&refusal(&claiming(shape, &vec![0; bytes]), None));
    assert_eq!(told("(2, 4)", 7), ["2 × 4", "7", "FILE"]);
    assert_eq!(told("(2, 4)", 9), ["2 × 4", "9", "FILE"]);
    assert_eq!(told("(3, 784)", 0), ["3 × 784", "0", "FILE"]);
    for cut in [&b"\x93NUMPY"[..], b"\x93NUMPY\x01\x00\x76", b"\x93NUMPY\x01\x00\x76\x00{'descr'"] {
        assert_eq!(row.values(&refusal(cut, None)), ["FILE"]);
    }
    row.all();
}
