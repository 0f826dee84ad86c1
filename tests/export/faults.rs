//! Row 27: exports are whole or absent, whatever the disk does, and earlier files stay.

use super::outside::{binary, names, runtime_folder};
use super::told::Told;
use std::fs;
use std::process::{Command, Output};
use tempfile::{TempDir, tempdir};

const NAMES: [&str; 5] = ["old.csv", "old.html", "old.ndjson", "old.npy", "old.png"];

/// A folder with an earlier file of each kind.
fn folder() -> TempDir {
    let dir = tempdir().unwrap();
    for name in NAMES {
        fs::write(dir.path().join(name), "old").unwrap();
    }
    dir
}

fn script(text: &str, dir: &TempDir) -> Output {
    let mut run = Command::new("sh");
    run.args(["-c", text]).arg(binary()).current_dir(dir.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    run.envs(runtime_folder()).output().unwrap()
}

#[test]
fn faults_27_exports_that_do_not_fit_keep_the_old_files() {
    let dir = folder();
    for (option, what) in [
        ("--html old.html", "page"),
        ("--npy old.npy", "bitmaps"),
        ("--ndjson old.ndjson", "records"),
        ("--csv old.csv", "table"),
        ("--png old.png", "contact sheet"),
        // Neither of a pair is replaced where one of them does not fit.
        ("--npy old.npy --ndjson old.ndjson", "bitmaps"),
    ] {
        let limit = "trap '' XFSZ; ulimit -f 8";
        let run = script(&format!("{limit}; exec \"$0\" export demo:2000 {option}"), &dir);
        let text = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{option}: {text}");
        assert!(text.contains(&format!("cannot write the {what}: File too large (os error 27): ")), "{option}: {text}");
        Told::row(27).error(&text);
        assert_eq!(names(dir.path()), NAMES, "{option}");
        assert!(NAMES.iter().all(|name| fs::read(dir.path().join(name)).unwrap() == b"old"), "{option}");
    }
}

/// The records alone do not fit: the bitmaps keep their old state, too.
#[test]
fn faults_27_a_pair_is_replaced_as_a_whole() {
    let dir = folder();
    // 20 drawings take 16 kB, their records 100.
    let line = "export demo:20 --npy old.npy --ndjson old.ndjson";
    let run = script(&format!("trap '' XFSZ; ulimit -f 64; exec \"$0\" {line}"), &dir);
    let text = String::from_utf8(run.stderr).unwrap();
    assert!(text.contains("cannot write the records: File too large (os error 27): old.ndjson"), "{text}");
    assert!(NAMES.iter().all(|name| fs::read(dir.path().join(name)).unwrap() == b"old"));
    assert_eq!(names(dir.path()), NAMES);
    let run = script(&format!("exec \"$0\" {line}"), &dir);
    assert!(run.status.success());
    assert_eq!(fs::metadata(dir.path().join("old.npy")).unwrap().len(), 128 + 20 * 784);
}

#[test]
fn faults_27_an_export_that_is_killed_leaves_the_old_file_or_a_whole_one() {
    let dir = folder();
    let mut run = Command::new(binary())
        .args(["export", "demo:20000", "--html", "old.html"])
        .current_dir(dir.path())
        .spawn()
        .unwrap();
    // Once the file that becomes the page is there, and holds something.
    let is_begun = |entry: fs::DirEntry| {
        entry.file_name().to_string_lossy().ends_with(".part") && entry.metadata().is_ok_and(|found| found.len() > 0)
    };
    while !fs::read_dir(dir.path()).unwrap().filter_map(Result::ok).any(is_begun) {
        assert!(run.try_wait().unwrap().is_none(), "it was done before it could be killed");
        std::thread::yield_now();
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let page = fs::read_to_string(dir.path().join("old.html")).unwrap();
    assert!(page == "old" || page.trim_end().ends_with("</html>"), "{} bytes", page.len());
}
