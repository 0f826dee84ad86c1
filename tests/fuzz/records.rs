//! The record reader with its fast path, against `serde_json` line by line, and read in blocks against read at once.

use super::plain;
use super::real_data::real_data;
use super::scratch::Scratch;
use inkfield::data::columns::{Batch, Columns, MAX_COLUMNS, MAX_NAME_BYTES, MAX_TEXT_BYTES};
use inkfield::data::ndjson::{
    DrawingReader, ReadOptions, RecordFile, RecordsEvent, RecordsSummary, Strokes, parse_block,
};
use inkfield::data::strokes::{Drawing, Measures, Rasterizer, simplify};
use inkfield::data::{Cancel, Row};
use std::ops::ControlFlow;

/// Words of the format, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"{\"",
    b"\":\"",
    b"\",\"",
    b"\"}",
    b"\"word\":",
    b"\"key_id\":\"5891796615823360\"",
    b"\"drawing\":[[[1,2.5],[3,0]]]",
    b"\"timestamp\":\"2017-03-08 21:12:07.26604 UTC\"",
    b"[[",
    b"]]",
    b", ",
    b": ",
    b"-0",
    b"1e400",
    b"0.1",
    b"18446744073709551615",
    b"18446744073709551616",
    b"9007199254740993",
    b"-9223372036854775808",
    b"true",
    b"false",
    b"null",
    b"NaN",
    b"\\u0061",
    b"\\ud83d\\ude00",
    b"\\ud83d",
    b"\\x41",
    b"\\u12",
    b"-Infinity",
    b"0.1000000000000000055",
    b"\x1e",
    b"\0",
    b"},",
    b"2024-01-01T12:30:45.123456789Z",
    b"\\\"",
    b"\n",
    b"\r\n",
    b"\xef\xbb\xbf",
    b"\xc3\xa9",
    b"\xff",
    b"\x7f",
    b"\t",
];

thread_local! {
    static FILE: Scratch = Scratch::new("ndjson");
}

/// One input: a whole file.
pub fn run(bytes: &[u8]) {
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        check_line(line);
    }
    check_cut(bytes);
    bytes.split(|&byte| byte == b'\n').for_each(check_strokes);
    // Files and threads take a hundred times as long.
    let some = bytes.iter().fold(bytes.len(), |sum, &byte| sum.wrapping_mul(31) + usize::from(byte));
    if some % 16 == 0 {
        check_file(bytes, 1 + some / 16 % 300);
    }
}

/// A line alone is bad exactly where the plain reading by `serde_json` says so, and else holds the same values.
fn check_line(line: &[u8]) {
    let block = parse_block(line, 1, 0, 1 << 20);
    let blank = plain::is_blank(line);
    assert_eq!((block.batch.rows(), block.trailing_blank), (u32::from(!blank), u32::from(blank)));
    if blank {
        return;
    }
    let Some(mut record) = plain::read(line) else {
        assert!(block.bad == 1, "the plain reading refuses it");
        block.oddities.iter().for_each(|oddity| super::check_message(&oddity.what));
        return;
    };
    assert_eq!(block.bad, 0, "the plain reading accepts it: {:?}", block.oddities);
    record.retain(|(key, _)| plain::name(key).len() <= MAX_NAME_BYTES);
    if line.len() > MAX_TEXT_BYTES || record.len() > MAX_COLUMNS {
        return;
    }
    let mut columns = Columns::new();
    columns.append(0, block.batch);
    columns.finish(1);
    if let Err(what) = plain::compare(&columns, Row(0), &record) {
        panic!("{what}");
    }
}

/// Strokes are numbers where they can be compared, and such as can be simplified, rendered and measured; else it is said why not.
fn check_strokes(line: &[u8]) {
    let compared = Strokes::of_line(line);
    let mut reader = DrawingReader::default();
    let drawing = match reader.read(line) {
        Ok(Some(drawing)) => drawing,
        Ok(None) => return assert_eq!(compared, Ok(None)),
        Err(what) => return super::check_message(&what),
    };
    assert!(matches!(compared, Ok(Some(_))), "{compared:?}");
    assert!(!drawing.is_empty() && drawing.ranges().all(|range| !range.is_empty()));
    assert!(drawing.points().iter().flatten().chain(drawing.times()).all(|number| number.is_finite()));
    for value in Measures::of(drawing).values().into_iter().flatten() {
        assert!(value.is_finite() && value >= 0.0, "{value}");
    }
    let mut bitmap = [0; 784];
    let rendered = Rasterizer::new(28).render(drawing, &mut bitmap);
    assert!(rendered.is_err() || bitmap.iter().any(|&ink| ink > 0));
    let mut simplified = Drawing::default();
    if simplify(drawing, &mut simplified).is_ok() {
        assert!(simplified.is_simplified() && simplified.len() == drawing.len());
    }
}

/// Lines in two blocks are the same rows as in one.
fn check_cut(bytes: &[u8]) {
    let whole = parse_block(bytes, 0, 0, 512);
    assert_eq!(whole.spans.len(), whole.batch.rows() as usize);
    let Some(cut) = bytes.iter().take(bytes.len() / 2).rposition(|&byte| byte == b'\n') else { return };
    let (first, rest) = bytes.split_at(cut + 1);
    let mut head = parse_block(first, 0, 0, 512);
    let lines = head.batch.rows() + head.trailing_blank;
    let tail = parse_block(rest, lines, first.len() as u64, 512);
    assert_eq!(head.bad + tail.bad, whole.bad);
    let rows = if tail.batch.rows() == 0 { head.batch.rows() } else { lines + tail.batch.rows() };
    assert_eq!(rows, whole.batch.rows());
    head.spans.truncate(head.batch.rows() as usize);
    let mut parts = vec![(0, head.batch)];
    if tail.batch.rows() > 0 {
        if head.trailing_blank > 0 {
            parts.push((lines - head.trailing_blank, Batch::missing(head.trailing_blank)));
        }
        parts.push((lines, tail.batch));
    }
    assert_eq!(shown(vec![(0, whole.batch)], rows), shown(parts, rows));
}

/// The reader on all cores with blocks of a few bytes, against one block; each row's line is found again.
fn check_file(bytes: &[u8], block_bytes: usize) {
    FILE.with(|file| {
        let file = match RecordFile::open(file.write(bytes)) {
            Ok(file) => file,
            Err(error) => return super::check_message(&error.to_string()),
        };
        let one = read(&file, 1 << 20);
        assert_eq!(one, read(&file, block_bytes), "in blocks of {block_bytes} bytes");
    });
}

type Read = (RecordsSummary, Vec<String>, Vec<Option<String>>);

fn read(file: &RecordFile, block_bytes: usize) -> Read {
    let options = ReadOptions { max_line_bytes: 512, block_bytes, ..ReadOptions::default() };
    let (mut parts, mut spans) = (Vec::new(), Vec::new());
    let read = file.read(0..u32::MAX, &options, &Cancel::new(), &mut |event| {
        let RecordsEvent::Batch { first_line, batch, spans: more, .. } = event;
        parts.push((first_line, batch));
        spans.extend(more);
        ControlFlow::Continue(())
    });
    let summary = read.expect("nobody changes the file");
    let lines = spans.into_iter().map(|span| file.line(span).ok()).collect();
    let rows = summary.lines;
    (summary, shown(parts, rows), lines)
}

/// Each row as one document. Which type a column has depends on all of its values, so rows are compared at the end; where
/// it stands, on the first value of it that a block has.
fn shown(parts: Vec<(u32, Batch)>, rows: u32) -> Vec<String> {
    let mut columns = Columns::new();
    for (first, batch) in parts {
        columns.append(first, batch);
    }
    columns.finish(rows);
    let row = |row| {
        let mut record = columns.record_json(Row(row));
        record.sort_keys();
        serde_json::Value::from(record).to_string()
    };
    (0..rows).map(row).collect()
}

/// Records of every kind, and the first lines of real files.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        "{\"word\":\"octopus\",\"countrycode\":\"US\",\"timestamp\":\"2017-03-08 21:12:07.26604 UTC\",\"recognized\":true,\"key_id\":\"5891796615823360\",\"drawing\":[[[0,1.5],[2,3]],[[-4],[5]]]}\n",
        "{\"a\":1,\"b\":-2,\"c\":0.5,\"d\":\"x\\n\\u00e9\",\"e\":null,\"f\":[1,[2]],\"g\":{\"h\":1}}\n\n{ \"a\" : 18446744073709551615 , \"a\":2}\r\n",
        "\u{feff}{\"id\":9007199254740993}\n{\"id\":\"007\"}\n{}\n[1]\nNaN\n  \n{\"t\":\"2017-03-08T21:12:07Z\"}",
        "{\"a\":true,\"b\":false,\"a\":[]}\n{\"b\":1e5,\"c\":\"\"}\n{\"d\":[ [1, 2], [3] ]}\n{\"e\":\"\u{202e}\"}\n",
    ]
    .map(Into::into)
    .into();
    let Some(data) = real_data() else { return seeds };
    for folder in ["pairs", "pairs2000", "bad"] {
        for start in super::starts(&data.join(folder), ".ndjson", 8 << 10) {
            let ends: Vec<usize> = (0..start.len()).filter(|&at| start[at] == b'\n').collect();
            let first = start[..ends.first().copied().unwrap_or(start.len())].to_vec();
            // A line with few of its strokes is tried more often.
            if let Some(at) = first.windows(3).position(|three| three == b"[[[") {
                let rest = first[at..].windows(2).position(|two| two == b"]]").map_or(first.len(), |end| at + end + 2);
                seeds.push([&first[..rest.min(at + 60).max(at)], b"]]]}"].concat());
            }
            seeds.push(first[..first.len().min(2048)].to_vec());
            if let Some(&end) = ends.get(2) {
                seeds.push(start[..=end.min(4095)].to_vec());
            }
        }
    }
    seeds
}
