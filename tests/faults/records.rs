//! Rows 12 and 13: records that are more, fewer or other than the drawings need.

use super::outside::{answer, inkfield};
use super::told::Told;
use super::{Folder, open, read, texts, warning};
use inkfield::data::columns::ColumnType;
use std::fmt::Write as _;

fn numbered(count: usize) -> String {
    (1..=count).fold(String::new(), |mut lines, row| {
        writeln!(lines, "{{\"word\":\"ant\",\"key_id\":\"900719925474099{row}\"}}").unwrap();
        lines
    })
}

#[test]
fn faults_12_line_i_stays_row_i_when_the_counts_differ_and_both_numbers_are_told() {
    let row = Told::row(12);
    for (records, last) in [(3, "2"), (4, "one"), (6, "one is"), (8, "3 are"), (60_000, "59995 are")] {
        let folder = Folder::new();
        let path = folder.ant(5, numbered(records).as_bytes());
        let (columns, report) = read(&open(&path, false).unwrap()).unwrap();
        let file = folder.path("ant.ndjson");
        let expected = [&format!("{records} records"), "5 drawings", last, file.to_str().unwrap()];
        assert_eq!(row.values(&warning(&report)), expected);
        let known = |row: usize| if row <= records { format!("900719925474099{row}") } else { String::new() };
        assert_eq!(texts(&columns, "key_id"), (1..=5).map(known).collect::<Vec<_>>());

        let strict = read(&open(&path, true).unwrap()).unwrap_err().to_string();
        assert_eq!(row.values(strict.strip_prefix("--strict: ").unwrap()), expected);
    }
    row.all();
}

#[test]
fn faults_12_the_program_warns_with_both_numbers_and_shows_what_it_has() {
    let row = Told::row(12);
    let folder = Folder::new();
    let path = folder.ant(5, numbered(3).as_bytes());
    let run = inkfield().args(["table", "--columns", "key_id"]).arg(&path).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    let warned = String::from_utf8(run.stderr).unwrap();
    let told = row.values(warned.trim_end().strip_prefix("warning: ").unwrap());
    assert_eq!(told, ["3 records", "5 drawings", "2", folder.path("ant.ndjson").to_str().unwrap()]);
    let table = String::from_utf8(run.stdout).unwrap();
    assert_eq!(table.lines().map(str::trim).collect::<Vec<_>>()[3..], ["2  9007199254740993", "3", "4"]);
}

#[test]
fn faults_13_missing_keys_are_missing_and_mixed_types_are_kept_as_text() {
    let row = Told::row(13);
    let folder = Folder::new();
    let lines = concat!(
        "{\"word\":\"ant\",\"score\":1,\"big\":9007199254740993}\n",
        "{\"score\":\"two\",\"big\":0.5}\n",
        "{\"word\":7,\"score\":true,\"strokes\":[1,2]}\n",
        "{\"word\":null,\"score\":null,\"strokes\":\"none\",\"big\":-9223372036854775808}\n",
    );
    let path = folder.ant(4, lines.as_bytes());
    let (columns, _) = read(&open(&path, false).unwrap()).unwrap();
    assert_eq!(texts(&columns, "word"), ["ant", "", "7", ""]);
    assert_eq!(texts(&columns, "score"), ["1", "two", "true", ""]);
    assert_eq!(texts(&columns, "big"), ["9007199254740993", "0.5", "", "-9223372036854775808"]);
    let told: Vec<Vec<String>> = columns.notes().iter().map(|note| row.values(note)).collect();
    let expected: [&[&str]; 4] = [
        &["\"word\"", "numbers and strings"],
        &["\"score\"", "booleans and numbers and strings"],
        &["\"big\"", "±9007199254740992"],
        &["\"strokes\"", "1 row"],
    ];
    assert_eq!(told, expected);
    // The program warns of them as of everything that is odd.
    let run = inkfield().arg("info").arg(&path).output().unwrap();
    let warned = String::from_utf8(run.stderr).unwrap();
    let notes: Vec<&str> = warned.lines().filter_map(|line| line.strip_prefix("warning: ")).collect();
    assert!(run.status.success() && columns.notes().iter().all(|note| notes.contains(&note.as_str())), "{warned}");
    row.all();
}

#[test]
fn faults_13_ids_beyond_2_to_the_53_are_exact() {
    let folder = Folder::new();
    // Neighbours of 2^53, the largest of 19 digits, the largest of 64 bits; as text and as number.
    let ids = ["9007199254740993", "9007199254740995", "9999999999999999999", "18446744073709551615"];
    let lines = ids.map(|id| format!("{{\"key_id\":\"{id}\",\"other_id\":{id}}}\n")).concat();
    let path = folder.ant(ids.len(), lines.as_bytes());
    let (columns, _) = read(&open(&path, false).unwrap()).unwrap();
    assert_eq!(
        (texts(&columns, "key_id"), texts(&columns, "other_id")),
        (ids.map(str::to_owned).to_vec(), ids.map(str::to_owned).to_vec())
    );
    let csv = answer(inkfield().args(["table", "--csv", "--columns", "key_id"]).arg(&path));
    assert_eq!(csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect::<Vec<_>>(), ids);
}

/// One category more than a code of 16 bits can name makes a column of texts, and none of them is lost.
#[test]
fn faults_13_more_than_65_535_categories_are_texts() {
    for (count, kind) in [(65_535, ColumnType::Category), (65_536, ColumnType::Text)] {
        let names: Vec<String> = (0..count).map(|i| format!("drawing {i}")).collect();
        let lines = names.iter().fold(String::new(), |lines, name| lines + "{\"word\":\"" + name + "\"}\n");
        let folder = Folder::new();
        let path = folder.ant(count, lines.as_bytes());
        let (columns, _) = read(&open(&path, false).unwrap()).unwrap();
        let word = columns.get("word").unwrap();
        assert_eq!((word.kind(), word.distinct()), (kind, count));
        assert_eq!(texts(&columns, "word"), names);
    }
}
