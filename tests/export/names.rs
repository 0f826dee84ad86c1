//! Which outputs are refused before anything is written.

use super::folder::Folder;
use super::inkfield;
use super::outside::{complaint, names};
use std::fs;

#[test]
fn an_export_without_outputs_with_wrong_endings_or_over_its_input_is_refused() {
    let folder = Folder::new();
    folder.bitmaps("in.npy", 3, 0);
    folder.bytes("in.ndjson", b"{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    let before = fs::read(folder.path("in.npy")).unwrap();
    for (line, words) in [
        ("in.npy", "nothing to write: name one of --html page.html"),
        (
            "in.npy --html page.png",
            "HTML is written, and this name does not end in .html: write --html page.html: page.png",
        ),
        ("in.npy --npy in.npy", "this is a file that is being read; name another one for the bitmaps: in.npy"),
        ("in.npy --ndjson in.ndjson", "this is a file that is being read; name another one for the records: in.ndjson"),
        ("in.npy --npy ./in.npy", "this is a file that is being read"),
        ("in.npy --where n=9 --csv out.csv", "no drawing fulfils the condition of --where: there is nothing to export"),
        ("in.npy --no-records --ndjson out.ndjson", "these drawings have no records: leave --ndjson out"),
        ("in.npy --fields m --csv out.csv", "there is no column m; known are n"),
        ("in.npy --fields m --html out.html", "there is no column m; known are n"),
        ("demo:70000 --columns 1 --png out.png", "a contact sheet of 28 × 1,960,000 pixels is too large"),
    ] {
        let text = complaint(inkfield().arg("export").args(line.split(' ')).current_dir(folder.0.path()), 2);
        assert!(text.contains(words), "{line}: {text}");
    }
    assert_eq!(fs::read(folder.path("in.npy")).unwrap(), before);
    assert_eq!(names(folder.0.path()), ["in.ndjson", "in.npy"]);
}

#[cfg(unix)]
#[test]
fn two_outputs_of_one_name_are_refused() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(folder.path("a.png"), folder.path("b.html")).unwrap();
    let line = ["export", "demo:5", "--html", "b.html", "--png", "a.png"];
    fs::write(folder.path("a.png"), "mine").unwrap();
    let text = complaint(inkfield().args(line).current_dir(folder.0.path()), 2);
    assert!(text.contains("--html and --png name the same file: a.png"), "{text}");
    assert_eq!(fs::read(folder.path("a.png")).unwrap(), b"mine");
}
