//! Odd files: what is no file of records, what changes, stopping.

use super::super::{ReadOptions, RecordError, RecordFile};
use super::file;
use crate::data::Cancel;
use std::ops::ControlFlow;

#[test]
fn faults_09_what_is_no_file_of_records_is_named() {
    for (bytes, name) in [
        (&b""[..], "empty"),
        (b"\xef\xbb\xbf\n \n", "empty"),
        (b"\x93NUMPY\x01\x00", "NumPy"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08", "the gzip data ends early"),
        (b"PK\x03\x04", "ZIP"),
        (b"  <!doctype html>", "HTML"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"[\n  {\n \"a\":1}]", "JSON array"),
        (b"{\n  \"a\":1\n}", "several lines"),
        (b"\xff\xfe{\x00", "UTF-16"),
    ] {
        let error = file(bytes).1.expect_err("refused");
        assert!(error.to_string().contains(name), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(RecordFile::open(folder.path()).unwrap_err().to_string().contains("a folder"));
    assert!(matches!(RecordFile::open(&folder.path().join("none")), Err(RecordError::File(_))));
}

#[cfg(unix)]
#[test]
fn faults_09_a_pipe_or_device_in_place_of_records_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.ndjson");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(RecordFile::open(&pipe).unwrap_err().to_string().contains("a named pipe"));
    assert!(RecordFile::open("/dev/zero".as_ref()).unwrap_err().to_string().contains("a device"));
}

#[test]
fn reading_stops_when_asked() {
    let (_keep, file) = file(&b"{\"a\":1}\n".repeat(300_000));
    let file = file.unwrap();
    let cancel = Cancel::new();
    let mut batches = 0;
    let stopped = file.read(0..u32::MAX, &ReadOptions::default(), &cancel, &mut |_| {
        batches += 1;
        cancel.cancel();
        ControlFlow::Continue(())
    });
    assert!(matches!(stopped, Err(RecordError::Cancelled { .. })));
    assert!(batches < 19, "{batches} batches came after the stop");
    let broken = file.read(0..u32::MAX, &ReadOptions::default(), &Cancel::new(), &mut |_| ControlFlow::Break(()));
    assert!(!broken.unwrap().complete);
}

/// Of a bulk file every second line is a record: a blank one has the number of its own line, however blocks are cut.
#[test]
fn blank_records_of_a_bulk_file_have_the_numbers_of_their_lines() {
    let action = "{\"index\":{}}\n";
    let text = format!("{action}{{\"n\":0}}\n{action}\n{action} \n{action}{{\"n\":3}}\n{action}{{\"n\":oops}}\n\n");
    let (_keep, opened) = file(text.as_bytes());
    let mut opened = opened.unwrap();
    opened.form.every_second = true;
    for block_bytes in [1, 20, 1000] {
        let options = ReadOptions { block_bytes, ..ReadOptions::default() };
        let summary = opened.read(0..u32::MAX, &options, &Cancel::new(), &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!((summary.lines, summary.blank, summary.bad), (5, 2, 1), "{block_bytes}");
        let lines: Vec<u64> = summary.first_bad.iter().map(|odd| odd.line).collect();
        assert_eq!(lines, [4, 6, 10], "{block_bytes}");
    }
    assert_eq!(opened.count(&Cancel::new()).unwrap(), 5);
}
