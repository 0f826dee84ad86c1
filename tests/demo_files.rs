//! The demo data set from outside: its name on the command line, and as two files.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use inkfield::data::Cancel;
use inkfield::data::demo::raster::PIXELS;
use inkfield::data::demo::{Demo, DemoError};

#[test]
fn names_are_read_and_wrong_ones_explained() {
    for (spec, rows, seed) in [
        ("demo", 150_152, 1),
        ("demo:5", 5, 1),
        ("demo:60000000:0", 60_000_000, 0),
        ("demo:7:18446744073709551615", 7, u64::MAX),
    ] {
        let demo = Demo::parse(spec).unwrap().unwrap();
        assert_eq!((demo.rows(), demo.seed()), (rows, seed), "{spec}");
    }
    for file in ["octopus.npy", "demo.npy", "demonstration", "./demo", "Demo"] {
        assert!(Demo::parse(file).is_none(), "{file} is a file");
    }
    for (spec, reason) in [
        ("demo:", "whole number"),
        ("demo:0", "outside 1 to 60,000,000"),
        ("demo:60000001", "outside 1 to 60,000,000"),
        ("demo:99999999999999999999", "outside 1 to 60,000,000"),
        ("demo:-5", "whole number"),
        ("demo:+5", "whole number"),
        ("demo:ten:1", "whole number"),
        ("demo:5:", "the seed"),
        ("demo:5:x", "the seed"),
        ("demo:5:1:1", "the seed"),
        ("demo:5:18446744073709551616", "above 18446744073709551615"),
    ] {
        let message = Demo::parse(spec).unwrap().unwrap_err().to_string();
        assert!(message.contains(reason) && message.contains("demo:150152:1") && message.ends_with(spec), "{message}");
    }
}

#[test]
fn files_are_written_whole() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new").join("folder");
    let demo = Demo::new(2500, 9);
    let steps = std::sync::Mutex::new(Vec::new());
    let paths = demo.write_dir(&target, &|rows| steps.lock().unwrap().push(rows), &Cancel::new()).unwrap();
    let bitmaps = fs::read(&paths.bitmaps).unwrap();
    assert_eq!(bitmaps.len(), 80 + 2500 * PIXELS);
    let mut expected = vec![0; 2500 * PIXELS];
    demo.draw_rows(0, &mut expected);
    assert!(bitmaps[80..] == expected, "the bitmaps differ");
    let lines = fs::read_to_string(&paths.records).unwrap();
    assert!(lines.ends_with("}\n"));
    assert_eq!(lines.lines().count(), 2500);
    for (row, line) in (0..).zip(lines.lines()).step_by(97) {
        assert_eq!(line, demo.record_line(row));
    }
    assert_eq!(steps.into_inner().unwrap().last(), Some(&2500));
    assert_eq!(listing(&target).into_keys().collect::<Vec<_>>(), ["octopus.ndjson", "octopus.npy"]);
}

/// Names and contents of a folder.
fn listing(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

#[test]
fn writing_that_fails_leaves_everything_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::new(5000, 1);
    let fails = |target: &Path, cancel: &Cancel| {
        let error = demo.write_dir(target, &|_| cancel.cancel(), cancel).unwrap_err();
        let _: &DemoError = &error;
        error.to_string()
    };
    // Stopped after the first block, in a folder that was there and in one that was not.
    assert!(fails(dir.path(), &Cancel::new()).starts_with("stopped after 1024 drawings"));
    assert!(listing(dir.path()).is_empty());
    let missing = dir.path().join("missing");
    assert!(fails(&missing, &Cancel::new()).starts_with("stopped"));
    assert!(!missing.exists());

    // Somebody's own octopuses.
    fs::write(dir.path().join("octopus.ndjson"), "mine").unwrap();
    let before = listing(dir.path());
    let message = fails(dir.path(), &Cancel::new());
    assert!(message.contains("there already") && message.ends_with("octopus.ndjson"), "{message}");
    assert_eq!(listing(dir.path()), before);

    // A file where a folder should be, at the end of the path and within it.
    let file = dir.path().join("octopus.ndjson");
    assert!(fails(&file, &Cancel::new()).contains("not a folder"));
    let message = fails(&file.join("deeper"), &Cancel::new());
    assert!(message.starts_with("cannot make the folder"), "{message}");
    assert_eq!(listing(dir.path()), before);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(dir.path().join("probe"), "").is_ok() {
        eprintln!("NOT RUN: this user may write to read-only folders");
        return;
    }
    let message = Demo::new(10, 1).write_dir(dir.path(), &|_| (), &Cancel::new()).unwrap_err().to_string();
    assert!(message.contains("may write to"), "{message}");
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}
