//! Unit tests of the record reader: odd lines, odd files, bounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may fail by panicking.

mod arrays;
mod blocks;
mod files;

use super::*;
use crate::data::columns::{Columns, MAX_TEXT_BYTES};
use crate::data::{Cancel, Row};
use std::io::Write;
use std::ops::{ControlFlow, Range};

/// Numbers that are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }
}

fn file(bytes: &[u8]) -> (tempfile::NamedTempFile, Result<RecordFile, RecordError>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let opened = RecordFile::open(file.path());
    (file, opened)
}

struct Loaded {
    columns: Columns,
    spans: Vec<LineSpan>,
    summary: RecordsSummary,
}

fn read(file: &RecordFile, lines: Range<u32>, options: &ReadOptions) -> Result<Loaded, RecordError> {
    let (mut columns, mut spans) = (Columns::new(), Vec::new());
    let start = lines.start;
    let summary = file.read(lines, options, &Cancel::new(), &mut |event| {
        let RecordsEvent::Batch { first_line, batch, spans: more, bytes_done } = event;
        assert_eq!(first_line - start, columns.rows_loaded(), "batches follow one another");
        assert_eq!(batch.rows() as usize, more.len());
        assert!(bytes_done <= file.bytes());
        columns.append(first_line - start, batch);
        spans.extend(more);
        ControlFlow::Continue(())
    })?;
    columns.finish(columns.rows_loaded());
    Ok(Loaded { columns, spans, summary })
}

fn load(bytes: &[u8]) -> Loaded {
    let (_keep, file) = file(bytes);
    read(&file.unwrap(), 0..u32::MAX, &ReadOptions::default()).unwrap()
}

fn words(loaded: &Loaded) -> Vec<String> {
    let word = loaded.columns.get("word").unwrap();
    (0..loaded.columns.rows_loaded()).map(|row| word.text(Row(row))).collect()
}

#[test]
fn faults_10_every_sort_of_odd_line_is_counted_with_its_number_and_shifts_nothing() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bytes = [
        &b"\xef\xbb\xbf{\"word\":\"a\"}\r\n"[..],
        b"\n",
        b"  \t\r\n",
        b"{\"word\":\"b\",\"x\":NaN}\n",
        b"{\"word\":\"c\xff\"}\n",
        b"[1,2]\n",
        b"{\"word\":\"d\"} tail\n",
        b"{\"word\":\n",
        b"{\"word\":\"e\",\"drawing\":",
        deep.as_bytes(),
        b"}\n",
        deep.as_bytes(),
        b"\n{\"word\":1e999}\n",
        b"{\"word\":\"f\"}\n\n  \n",
    ]
    .concat();
    let loaded = load(&bytes);
    assert_eq!(words(&loaded), ["a", "", "", "b", "c\u{fffd}", "", "", "", "e", "", "1e999", "f"]);
    let summary = &loaded.summary;
    assert_eq!((summary.lines, summary.bad, summary.blank, summary.complete), (12, 4, 2, true));
    assert_eq!((summary.taken.not_numbers, summary.taken.replaced), (1, 1));
    let shown: Vec<_> = summary.first_bad.iter().map(|odd| (odd.line, odd.what.as_str())).collect();
    assert_eq!(shown[..2], [(2, "is blank"), (3, "is blank")]);
    assert_eq!(shown[2], (4, "byte 17: NaN and infinity are not JSON: read as missing"));
    assert_eq!(shown[3], (5, "byte 11: is not UTF-8: shown as U+FFFD"));
    assert!(shown[4].0 == 6 && shown[4].1.starts_with("is an array, not an object"), "{shown:?}");
    assert_eq!(shown.len(), 5);
    assert_eq!(summary.words, ["1e999", "a", "b", "c\u{fffd}", "e", "f"].map(|word| (word.to_owned(), 1)));
}

#[test]
fn faults_10_strict_reading_stops_at_the_first_odd_line() {
    let strict = ReadOptions { strict: true, ..ReadOptions::default() };
    for (bytes, line) in [(&b"{}\n{}\n{]\n"[..], 3), (b"{}\n\n{}\n", 2)] {
        let (_keep, file) = file(bytes);
        let error = read(&file.unwrap(), 0..u32::MAX, &strict).err().expect("strict");
        assert!(error.to_string().starts_with(&format!("line {line}: ")), "{error}");
    }
    let (_keep, good) = file(b"\xef\xbb\xbf{\"a\":1}\r\n{\"a\":2}");
    assert_eq!(read(&good.unwrap(), 0..u32::MAX, &strict).unwrap().summary.lines, 2);
}

#[test]
fn faults_11_a_line_over_any_cap_is_skipped_without_being_held() {
    let long = format!("{{\"word\":\"{}\"}}", "x".repeat(5 << 20));
    let bytes = format!("{{\"word\":\"a\"}}\n{long}\n{{\"word\":\"b\"}}\n{long}");
    let (_keep, file) = file(bytes.as_bytes());
    let file = file.unwrap();
    for max_line_bytes in [64, 1 << 20, 4 << 20, (5 << 20) + 10] {
        let loaded = read(&file, 0..u32::MAX, &ReadOptions { max_line_bytes, ..ReadOptions::default() }).unwrap();
        assert_eq!(words(&loaded), ["a", "", "b", ""], "cap {max_line_bytes}");
        assert_eq!((loaded.summary.bad, loaded.summary.lines), (2, 4));
        assert_eq!(loaded.summary.first_bad[0].line, 2);
        assert_eq!(file.line(loaded.spans[2]).unwrap(), "{\"word\":\"b\"}");
    }
    let loaded = read(&file, 0..u32::MAX, &ReadOptions::default()).unwrap();
    assert_eq!((loaded.summary.bad, loaded.summary.clipped), (0, 2));
    let kept = &words(&loaded)[1];
    assert!(kept.len() <= MAX_TEXT_BYTES && kept.ends_with("x…"), "{} bytes kept", kept.len());
}

#[test]
fn of_a_slice_only_its_lines_are_parsed() {
    let lines = |line: &str, count| format!("{line}\n").repeat(count);
    let bytes = lines("{\"n\":bad}", 10) + &lines("{\"n\":1}", 90);
    let (_keep, file) = file(bytes.as_bytes());
    let file = file.unwrap();
    let loaded = read(&file, 9..12, &ReadOptions::default()).unwrap();
    assert_eq!((loaded.columns.rows_loaded(), loaded.summary.lines, loaded.summary.bad), (3, 100, 1));
    assert_eq!(loaded.summary.first_bad[0].line, 10);
    assert_eq!(file.line(loaded.spans[1]).unwrap(), "{\"n\":1}");
    let short = ReadOptions { count_rest: false, ..ReadOptions::default() };
    assert_eq!(read(&file, 0..0, &short).unwrap().columns.rows_loaded(), 0);
    assert_eq!(read(&file, 200..300, &short).unwrap().summary.lines, 100);
}

#[test]
fn faults_10_many_blank_lines_cost_no_more_than_their_rows() {
    let bytes = format!("{{\"word\":\"a\"}}\n{}{{\"word\":\"b\"}}\n{}", "\n".repeat(3 << 20), "\n".repeat(1 << 20));
    let loaded = load(bytes.as_bytes());
    let last = (3 << 20) + 1;
    assert_eq!((loaded.summary.lines, loaded.summary.blank), (last + 1, 3 << 20));
    assert_eq!(loaded.columns.get("word").unwrap().text(Row(last)), "b");
    assert_eq!(loaded.summary.first_bad.iter().map(|odd| odd.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
}

#[test]
fn of_a_key_given_twice_the_last_value_counts() {
    let loaded =
        load(b"{\"word\":\"a\",\"x\":1,\"word\":\"b\"}\n{\"word\":\"c\",\"word\":null}\n{\"word\":\"d\",\"word\":[1]}");
    assert_eq!(words(&loaded), ["b", "", ""]);
    assert_eq!((loaded.summary.bad, loaded.summary.taken.repeated), (0, 3));
    assert_eq!(loaded.summary.first_bad[0].what, "has the key \"word\" twice: the last value counts");
    assert!(loaded.columns.notes()[0].contains("arrays or objects"), "{:?}", loaded.columns.notes());
}

/// A column's name is compared with a key as it stands in the file only where no escape can be in the way.
#[test]
fn keys_with_escapes_are_known_by_what_they_mean() {
    let loaded = load(
        br#"{"k\\":1,"a\"":"b","\u0077ord":"c"}
{"k\\":2,"a\"":"e","word":"f"}
{"k\":3,"a":"","word":"g"}
{"k\\":4,"a"":"h","word":"i"}
{"a\"":"j"}"#,
    );
    let column = |name| {
        let column = loaded.columns.get(name).unwrap();
        (0..5).map(|row| column.text(Row(row))).collect::<Vec<_>>()
    };
    assert_eq!(loaded.summary.bad, 2);
    assert_eq!(column("k\\"), ["1", "2", "", "", ""]);
    assert_eq!(column("a\""), ["b", "e", "", "", "j"]);
    assert_eq!(words(&loaded), ["c", "f", "", "", ""]);
}

/// A line is looked through once, not once for each value: else this would take minutes.
#[test]
fn a_line_of_many_values_is_read_in_one_go() {
    let members = "\"strokes\":[[1,2]],\"score\":0.5,\"text\":\"\\u0061\",\"more\":[0, {}],".repeat(100_000);
    let loaded = load(format!("{{{members}\"word\":\"a\"}}").as_bytes());
    assert_eq!((loaded.summary.bad, words(&loaded)), (0, vec!["a".to_owned()]));
    assert_eq!(loaded.columns.get("score").unwrap().text(Row(0)), "0.5");
    assert_eq!(loaded.columns.get("text").unwrap().text(Row(0)), "a");
}
