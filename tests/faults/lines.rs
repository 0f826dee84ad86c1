//! Rows 10 and 11: lines that are no records, too long or nested too deep.

use super::outside::{answer, complaint, inkfield};
use super::told::Told;
use super::{Folder, open, read, texts, warning};

/// Nine records: the third blank, the fifth no JSON, the seventh with a NaN, the eighth an array, the last without a line end.
const ODD: &[u8] =
    b"\xef\xbb\xbf{\"n\":1}\r\n{\"n\":2}\r\n\r\n{\"n\":4}\n{oops\n{\"n\":6}\n{\"n\":NaN}\n[8]\n{\"n\":9}";

#[test]
fn faults_10_odd_lines_are_counted_and_shown_and_shift_nothing() {
    let row = Told::row(10);
    let folder = Folder::new();
    let path = folder.ant(9, ODD);
    let (columns, report) = read(&open(&path, false).unwrap()).unwrap();
    assert_eq!(texts(&columns, "n"), ["1", "2", "", "4", "", "6", "", "", "9"]);
    let told = row.values(&warning(&report));
    assert_eq!(told[..3], ["2", "1", "1"]);
    // Oddities hold colons, too.
    let rest = told[3..].join(": ");
    let (odd, file) = rest.rsplit_once(": ").unwrap();
    let shown: Vec<&str> = odd.split("; ").collect();
    assert_eq!(shown[0], "line 3 is blank");
    assert_eq!(shown[1], "line 5 byte 2: a key stands without double quotes");
    assert_eq!(shown[2], "line 7 byte 6: NaN and infinity are not JSON: read as missing");
    assert!(shown[3].starts_with("line 8 is an array, not an object: "), "{shown:?}");
    assert_eq!((shown.len(), file), (4, folder.path("ant.ndjson").to_str().unwrap()));

    let strict = read(&open(&path, true).unwrap()).unwrap_err().to_string();
    assert_eq!(row.values(&strict), ["3", "is blank", folder.path("ant.ndjson").to_str().unwrap()]);
    row.all();
}

#[test]
fn faults_10_of_many_odd_lines_five_are_shown() {
    let folder = Folder::new();
    let path = folder.ant(40, &b"{]\n".repeat(40));
    let (_, report) = read(&open(&path, false).unwrap()).unwrap();
    let told = warning(&report);
    assert!(told.starts_with("odd records, 40 could not be read: line 1 "), "{told}");
    let numbers: Vec<&str> = told.split("line ").skip(1).filter_map(|part| part.split(' ').next()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
}

/// A byte order mark, carriage returns and a missing last line end are no oddities.
#[test]
fn faults_10_other_editors_files_are_read_without_a_word() {
    let folder = Folder::new();
    let path = folder.ant(2, b"\xef\xbb\xbf{\"n\":1}\r\n{\"n\":2}");
    let (columns, report) = read(&open(&path, true).unwrap()).unwrap();
    assert_eq!((texts(&columns, "n"), report.warnings().count()), (vec!["1".to_owned(), "2".to_owned()], 0));
}

#[test]
fn faults_10_the_program_warns_and_under_strict_ends() {
    let row = Told::row(10);
    let folder = Folder::new();
    let path = folder.ant(9, ODD);
    let run = inkfield().arg("info").arg(&path).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    let warned = String::from_utf8(run.stderr).unwrap();
    let told = row.values(warned.trim_end().strip_prefix("warning: ").unwrap());
    assert_eq!(told[..3], ["2", "1", "1"]);
    assert!(answer(inkfield().args(["info", "--rows", "0:2"]).arg(&path)).contains("2 of 9 drawings"));
    let ended = complaint(inkfield().args(["info", "--strict"]).arg(&path), 2);
    row.values(ended.strip_prefix("error: ").unwrap());
}

#[test]
fn faults_11_a_line_over_the_cap_is_counted_and_left_out() {
    let row = Told::row(11);
    let folder = Folder::new();
    let long = format!("{{\"n\":\"{}\"}}", "x".repeat(16 << 20));
    let path = folder.ant(3, format!("{{\"n\":\"a\"}}\n{long}\n{{\"n\":\"b\"}}\n").as_bytes());
    let (columns, report) = read(&open(&path, false).unwrap()).unwrap();
    assert_eq!(texts(&columns, "n"), ["a", "", "b"]);
    let told = row.values(&warning(&report));
    assert_eq!(told, ["1", "2", &(16 << 20).to_string(), folder.path("ant.ndjson").to_str().unwrap()]);
    row.all();
}

/// What is no column's value is passed over to any depth; a line that is an array is no record.
#[test]
fn faults_11_nesting_100_000_deep_overflows_nothing() {
    let arrays = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let lines = [
        format!("{{\"n\":\"a\",\"drawing\":{arrays}}}"),
        arrays,
        format!("{{\"n\":\"b\",\"more\":{objects}}}"),
        objects,
        "{\"n\":\"c\"}".to_owned(),
    ];
    let folder = Folder::new();
    let path = folder.ant(5, lines.join("\n").as_bytes());
    let (columns, report) = read(&open(&path, false).unwrap()).unwrap();
    assert_eq!(texts(&columns, "n"), ["a", "", "b", "", "c"]);
    let told = warning(&report);
    assert!(told.starts_with("odd records, 1 could not be read: line 2 "), "{told}");
}
