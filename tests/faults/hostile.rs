//! Row 28: strings of strangers in records and file names.

use super::outside::{answer, complaint, error, inkfield, names};
use super::{Folder, open, read};
use inkfield::data::table::{TableFormat, shown, write_table};

/// A terminal's commands, a turn of the direction of writing, markup, a way out of the folder, a line end.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}<script>alert(1)</script>../../../etc/passwd\n";

/// What moves, hides or reorders other characters, or speaks to the terminal.
fn assert_harmless(text: &str) {
    let steering = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2066}';
    assert!(!text.contains(steering), "{text:?}");
}

fn hostile_records() -> String {
    let name = serde_json::to_string(HOSTILE).unwrap();
    let long = "x".repeat(10 << 20);
    format!("{{\"word\":{name},{name}:1}}\n{{\"word\":\"{long}\"}}\n")
}

#[test]
fn faults_28_texts_are_escaped_and_clipped_for_people_and_whole_for_programs() {
    assert_eq!(shown("a\u{202e}b\u{1b}[31m\nc"), "a\\u{202e}b\\u{1b}[31m\\nc");
    assert_eq!(shown("日本 😀"), "日本 😀");
    let long = shown(&"é".repeat(100));
    assert_eq!((long.chars().count(), long.chars().last()), (60, Some('…')));
    assert_eq!(shown(&"x".repeat(60)), "x".repeat(60));
    assert!(shown(&"\u{1}".repeat(10_000_000)).chars().count() <= 60);
    let folder = Folder::new();
    let path = folder.ant(1, br#"{"word":"=1+1, \"a\"\nb\u202e"}"#);
    let (columns, _) = read(&open(&path, false).unwrap()).unwrap();
    let table = |format| {
        let mut out = Vec::new();
        write_table(&mut out, &columns, &[], 0..1, format).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(table(TableFormat::Csv), "row,word\r\n0,\"=1+1, \"\"a\"\"\nb\u{202e}\"\r\n");
    assert_eq!(table(TableFormat::Text), "row  word\n  0  =1+1, \"a\"\\nb\\u{202e}\n");
}

#[test]
fn faults_28_no_command_prints_what_a_record_says_to_a_terminal() {
    let folder = Folder::new();
    let path = folder.ant(2, hostile_records().as_bytes());
    let commands: [&[&str]; 4] = [
        &["info"],
        &["table"],
        &["locate", "--row", "1"],
        &["locate", "--row", "0", "--layout", "groups", "--by", "word"],
    ];
    for command in commands {
        let run = inkfield().args(command).arg(&path).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{command:?}");
        let (told, warned) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
        assert_harmless(&told);
        assert_harmless(&warned);
        assert!(told.len() + warned.len() < 4_000, "{} bytes", told.len() + warned.len());
    }
    assert!(answer(inkfield().arg("table").arg(&path)).contains(r"\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}<script>"));
    let text = complaint(inkfield().args(["table", "--columns", &format!("{HOSTILE}{HOSTILE}")]).arg(&path), 2);
    assert_harmless(&text);
    assert_eq!(names(folder.0.path()), ["ant.ndjson", "ant.npy"], "nothing else was written");
}

#[cfg(unix)]
#[test]
fn faults_28_a_file_name_speaks_to_no_terminal() {
    let folder = Folder::new();
    let name = "\u{1b}[31mred\u{202e}\u{7}.npy";
    let bad = folder.bytes(name, b"<html>");
    let text = error(inkfield().arg("info").arg(&bad), 2);
    assert_harmless(&text);
    assert!(text.ends_with(r"\u{1b}[31mred\u{202e}\u{7}.npy") || text.contains("[31mred"), "{text}");
    folder.bitmaps("ant.npy", 1, 0);
    let run = inkfield().arg("info").arg(folder.0.path()).output().unwrap();
    let (told, warned) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(run.status.success() && told.contains("web page") && warned.contains("web page"), "{told}{warned}");
    assert_harmless(&told);
    assert_harmless(&warned);
    let good = folder.bitmaps("\u{1b}[2J\u{202e}good.npy", 1, 0);
    assert_harmless(&answer(inkfield().arg("info").arg(&good)));
}
