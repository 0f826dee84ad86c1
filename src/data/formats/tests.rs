//! The table as such: no line hides another, and what is opened has a name and endings of its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::format::Sign;
use super::*;
use std::collections::BTreeSet;

#[test]
fn no_line_of_the_table_hides_a_later_one() {
    let signs = FORMATS.iter().filter_map(|format| match format.sign() {
        Sign::Begins(bytes) => Some((format, bytes)),
        _ => None,
    });
    for (format, bytes) in signs {
        if format.is_of_drawings() {
            assert_eq!(of(bytes).unwrap().name, format.name, "{}", bytes.escape_ascii());
        }
        if let Some(own) = format.among_records() {
            assert_eq!(instead_of_records(bytes), Some((own.what, own.advice)), "{}", bytes.escape_ascii());
        }
    }
}

#[test]
fn what_is_opened_has_a_name_and_endings_of_its_own() {
    let all = || FORMATS.iter().filter(|format| format.reader().is_some() || format.maker().is_some());
    let names: BTreeSet<&str> = all().map(|format| format.name).collect();
    assert_eq!(names.len(), all().count());
    let known: BTreeSet<&str> = endings().collect();
    assert_eq!(known.len(), endings().count());
    for ending in endings() {
        assert_eq!(ending, ending.to_lowercase(), "names are compared in lower case");
        assert!(ending.len() > 1 && ending.starts_with(['.', '-', '_']), "{ending} is no ending of a name");
    }
    for (name, is_one) in [
        ("a.npy", true),
        ("A.NPZ", true),
        ("train-images-idx3-ubyte", true),
        ("b.idx3-ubyte", true),
        (".npy", false),
        ("anpy", false),
        ("a.npy.txt", false),
        ("..", false),
    ] {
        assert_eq!(is_named_like_one(Path::new(name)), is_one, "{name}");
    }
}

/// What a file is does not depend on how much of it is looked at, as long as that is its beginning.
#[test]
fn a_file_is_known_by_its_first_bytes() {
    let head = |start: &[u8]| [start, &[1; 600]].concat();
    let zip = |name: &[u8]| [b"PK\x03\x04", &[0; 22][..], &[name.len() as u8, 0, 0, 0], name].concat();
    for (start, name) in [
        (b"\x93NUMPY\x01\0".to_vec(), "npy"),
        (zip(b"a.npy"), "npz"),
        (zip(b"a.txt"), "zip"),
        (b"\0\0\x08\x03\0\0\0\x01".to_vec(), "idx"),
        (b"\0\0\x07\x03\0\0\0\x01".to_vec(), "unknown"),
        (b"\x80\x04\x95".to_vec(), "pickle"),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML>".to_vec(), "html"),
        (b" {\"word\": 1}".to_vec(), "json"),
    ] {
        assert_eq!(of(&head(&start)).map_or("unknown", |format| format.name), name, "{}", start.escape_ascii());
    }
    assert_eq!(of(b"").unwrap().name, "empty");
}
