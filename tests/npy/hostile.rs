//! Files that lie about themselves or are something else.

use std::path::Path;

use inkfield::data::npy::{NpyFault, NpyFile};

use super::{assert_refused, dictionary, file_of, npy_bytes, read_all};

#[test]
fn a_claimed_size_is_held_against_the_file_before_anything_is_allocated() {
    let claims = |shape: &str, values: &[u8]| npy_bytes(1, &dictionary("'|u1'", shape), values);
    assert_refused(
        &claims("(1099511627776, 784)", &[0; 6]),
        &["claims 1099511627776 × 784 bytes", "has 6", "cut short"],
    );
    assert_refused(&claims("(18446744073709551615, 784)", &[]), &["claims 18446744073709551615 × 784"]);
    assert_refused(&claims("(18446744073709551615, 4096, 4096)", &[]), &["claims"]);
    assert_refused(&claims("(18446744073709551615, 0)", &[]), &["axis of length 0"]);
    assert_refused(&claims("(18446744073709551616, 784)", &[]), &["header"]);
    assert_refused(&claims("(2, 18446744073709551615)", &[]), &["no square"]);
    assert_refused(&claims("(2, 18446744073709551615, 18446744073709551615)", &[]), &["at most 4096"]);
    assert_refused(&claims("(2, 16777216)", &[0; 8]), &["claims 2 × 16777216", "has 8"]);
    assert_refused(&claims("(2, 16785409)", &[0; 8]), &["4097x4097", "at most 4096"]);
    assert_refused(&claims("(2, 4)", &[0; 7]), &["claims 2 × 4 bytes", "has 7", "cut short"]);
    assert_refused(&claims("(2, 4)", &[0; 9]), &["claims 2 × 4 bytes", "has 9", "to spare"]);
    assert_refused(&claims("(0, 784)", &[]), &["no drawings", "(0, 784)"]);
}

#[test]
fn headers_are_bounded_in_length_depth_and_vocabulary() {
    let mut long = b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec();
    long.extend([b' '; 100]);
    assert_refused(&long, &["4294967295 bytes long", "10,000"]);
    let padded = format!("{}{}", dictionary("'|u1'", "(1, 4)"), " ".repeat(9_960));
    assert_refused(&npy_bytes(1, &padded, &[0; 4]), &["10,000"]);
    let fits = format!("{}{}", dictionary("'|u1'", "(1, 4)"), " ".repeat(9_900));
    let (_folder, path) = file_of(&npy_bytes(1, &fits, &[1, 2, 3, 4]));
    assert_eq!(read_all(&path, None), (1, 2, 2, vec![1, 2, 3, 4]));

    for brackets in ["(", "[", "[("] {
        assert_refused(&npy_bytes(1, &brackets.repeat(3_000), &[]), &["nests more than"]);
    }
    assert_refused(&npy_bytes(1, &"[".repeat(7), &[]), &["nests more than 6"]);
    assert_refused(&npy_bytes(1, &"{".repeat(3_000), &[]), &["braces within"]);
    // The general parser tries brackets again and again; within the bounds that must not take minutes.
    let started = std::time::Instant::now();
    for (open, close) in [("[", "]"), ("(", ")"), ("{", "}"), ("(1,", ")"), ("[(", ")]")] {
        for depth in [5, 6, 7] {
            let depth = depth / open.matches(['[', '(', '{']).count();
            let knot = format!("{}{}{}", open.repeat(depth), "1, ".repeat(3_000), close.repeat(depth));
            for text in [knot.clone(), format!("{{'descr': {knot}")] {
                assert_refused(&npy_bytes(1, &text, &[]), &["header"]);
            }
        }
    }
    let took = started.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");
    assert_refused(&npy_bytes(1, "{'descr': '|u1", &[]), &["quote"]);
    assert_refused(&npy_bytes(1, &dictionary("b'\\777'", "(1, 4)"), &[]), &["unexpected b"]);
    assert_refused(&npy_bytes(1, &dictionary("'\\777'", "(1, 4)"), &[]), &["escape"]);
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", "(1.5+9, 4)"), &[]), &["unexpected ."]);
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", "(-1, 4)"), &[]), &["unexpected -"]);
    assert_refused(&npy_bytes(1, &dictionary("'|u1'", &format!("({}, 4)", "9".repeat(400))), &[]), &["400 digits"]);
    assert_refused(&npy_bytes(1, "{'descr': '|u1', 'fortran_order': False}", &[]), &["shape"]);
    assert_refused(&npy_bytes(1, "{'descr': '|u1', 'fortran_order': 1, 'shape': (1, 4)}", &[0; 4]), &["fortran_order"]);
    assert_refused(&npy_bytes(1, "", &[]), &["not understood"]);
    assert_refused(&npy_bytes(4, &dictionary("'|u1'", "(1, 4)"), &[0; 4]), &["version 4.0", "3.0"]);
    assert_refused(b"\x93NUMPY", &["cut short"]);
    assert_refused(b"\x93NUMPY\x01\x00\x76", &["cut short"]);
    assert_refused(b"\x93NUMPY\x01\x00\x76\x00{'descr'", &["cut short"]);
}

#[test]
fn other_kinds_of_files_are_called_by_their_name() {
    for (bytes, words) in [
        (&b""[..], ["empty file", "get it again"]),
        (b"PK\x03\x04....", ["npz", "unpack"]),
        (b"\x1f\x8b\x08\x00", ["gzip", "gunzip"]),
        (b"\x89PNG\r\n\x1a\n....", ["PNG", ".npy"]),
        (b"\x89HDF\r\n\x1a\n....", ["HDF5", "numpy.save"]),
        (b"\x80\x04\x95", ["pickle", "numpy.save"]),
        (b"version https://git-lfs.github.com/spec/v1\n", ["git-LFS pointer, not the data", "git lfs pull"]),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML><title>Sign in", ["web page", "fetch the file again"]),
        (b"{\"word\":\"octopus\"}\n", ["JSON", ".ndjson"]),
        (b"hello", ["no .npy file", "numpy.save"]),
    ] {
        assert_refused(bytes, &words);
    }
    let folder = tempfile::tempdir().unwrap();
    let message = NpyFile::open(folder.path(), None).unwrap_err().to_string();
    assert!(message.starts_with("this is a folder"), "{message}");
    let error = NpyFile::open(&folder.path().join("none.npy"), None).unwrap_err();
    assert!(matches!(error.fault, NpyFault::NotFound), "{error}");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_or_a_device_is_refused_without_waiting_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("set.npy");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (answer, answered) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let messages =
            [pipe.as_path(), Path::new("/dev/zero")].map(|path| NpyFile::open(path, None).unwrap_err().to_string());
        answer.send(messages).unwrap();
    });
    let [pipe, device] = answered.recv_timeout(std::time::Duration::from_secs(20)).expect("it waits for the pipe");
    assert!(pipe.starts_with("this is a named pipe"), "{pipe}");
    assert!(device.starts_with("this is a device"), "{device}");
}
