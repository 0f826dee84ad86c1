//! What reports say.

use super::*;

#[test]
fn notes_of_a_kind_about_more_than_three_files_are_one() {
    let mut report = LoadReport::new();
    for number in 0..5 {
        report.warn(format!("every value is {number} of \"{number}\""), Some(Path::new(&format!("d/{number}.npy"))));
        report.info("joined by position", None);
    }
    report.warn("another thing", Some(Path::new("d/9.npy")));
    let sentences: Vec<String> = report.bundled().iter().map(Note::sentence).collect();
    assert_eq!(sentences[0], "every value is 0 of \"0\" (alike in 4 more: 1.npy, 2.npy, 3.npy …): d/0.npy");
    assert_eq!(sentences[1..6], ["joined by position"; 5]);
    assert_eq!(sentences[6..], ["another thing: d/9.npy"]);
    // Three are few enough.
    report.notes.truncate(6);
    assert_eq!(report.bundled(), report.notes);
}

#[test]
fn what_is_said_of_many_files_at_once_counts_and_names_them() {
    let mut report = LoadReport::new();
    report.info_each("skipped", &["d/a.txt", "d/b.txt", "d/c.txt"]);
    assert_eq!(report.to_string(), "skipped: d/a.txt\nskipped: d/b.txt\nskipped: d/c.txt");
    let names: Vec<String> = (0..100_000).map(|number| format!("d/{number}.png")).collect();
    let mut report = LoadReport::new();
    report.info_each("skipped", &names);
    assert_eq!(report.to_string(), "skipped (alike in 99999 more: 1.png, 2.png, 3.png …): d/0.png");
    assert_eq!(report.bundled(), report.notes);
}

/// Two names that differ do not look the same, though neither is text.
#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_named_by_their_bytes() {
    use std::os::unix::ffi::OsStrExt;
    let names = [b"a.npy", b"\xe8.npy", b"\xe9.npy", b"b.npy"].map(|name| Path::new(std::ffi::OsStr::from_bytes(name)));
    let mut report = LoadReport::new();
    report.info_each("skipped", &names);
    assert_eq!(report.to_string(), r"skipped (alike in 3 more: \xE8.npy, \xE9.npy, b.npy): a.npy");
}

#[test]
fn a_note_reads_as_a_sentence_with_the_path_last() {
    let mut report = LoadReport::new();
    report.warn("19 records for 20 drawings", Some(Path::new("a/b.ndjson")));
    report.info("joined by position", None);
    assert_eq!(report.to_string(), "warning: 19 records for 20 drawings: a/b.ndjson\njoined by position");
    assert_eq!(report.warnings().count(), 1);
    assert_eq!(
        report.to_json(),
        json!({"warnings": 1, "notes": [
            {"severity": "warning", "text": "19 records for 20 drawings", "path": "a/b.ndjson"},
            {"severity": "info", "text": "joined by position", "path": null}
        ]})
    );
}
