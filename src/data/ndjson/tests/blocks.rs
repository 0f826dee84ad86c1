//! Where a file is cut into blocks changes nothing.

use super::*;

/// Lines of every sort: records, bad and blank ones, long ones, with and without carriage return.
fn text(random: &mut Random) -> Vec<u8> {
    let mut text = if random.below(3) == 0 { b"\xef\xbb\xbf{}".to_vec() } else { b"{}".to_vec() };
    for number in 0..random.below(40) {
        text.extend(if random.below(4) == 0 { &b"\r\n"[..] } else { b"\n" });
        let line = match random.below(8) {
            0 => String::new(),
            1 => " \t".to_owned(),
            2 => format!("{{\"word\":{number}]"),
            3 => format!("{{\"word\":\"{}\"}}", "x".repeat(random.below(300) as usize)),
            4 => " ".repeat(random.below(200) as usize),
            _ => format!("{{\"word\":\"w{number}\",\"drawing\":[[[1,2],[{number},3]]]}}"),
        };
        text.extend(line.as_bytes());
    }
    text.extend(&b"\n\n \n"[..random.below(5) as usize]);
    text
}

#[test]
fn blocks_of_any_size_give_the_same() {
    let mut random = Random(7);
    for _ in 0..60 {
        let text = text(&mut random);
        let (_keep, file) = file(&text);
        let file = file.unwrap();
        let start = random.below(30).saturating_sub(10);
        let lines = start..if random.below(2) == 0 { u32::MAX } else { start + random.below(30) };
        let options = ReadOptions { max_line_bytes: 100, ..ReadOptions::default() };
        let whole = read(&file, lines.clone(), &options).unwrap();
        for block_bytes in [1, 2, 3, 10, 64, 100, 1000] {
            let options = ReadOptions { block_bytes, ..options.clone() };
            let cut = read(&file, lines.clone(), &options).unwrap();
            let shown = || format!("blocks of {block_bytes}, lines {lines:?}: {}", String::from_utf8_lossy(&text));
            assert_eq!(cut.summary, whole.summary, "{}", shown());
            // A blank line has no place: only those of records count.
            let places = |loaded: &Loaded| loaded.spans.iter().filter(|span| span.len > 0).copied().collect::<Vec<_>>();
            assert_eq!(places(&cut), places(&whole), "{}", shown());
            assert_eq!(cut.columns.rows_loaded(), whole.columns.rows_loaded(), "{}", shown());
            for row in (0..whole.columns.rows_loaded()).map(Row) {
                assert_eq!(cut.columns.record_json(row), whole.columns.record_json(row), "{row:?} of {}", shown());
            }
        }
    }
}

/// Held against lines counted and read here, one by one.
#[test]
fn each_row_is_its_line() {
    let mut random = Random(11);
    for _ in 0..60 {
        let text = text(&mut random);
        let (_keep, file) = file(&text);
        let file = file.unwrap();
        let options = ReadOptions { block_bytes: 1 + random.below(90) as usize, ..ReadOptions::default() };
        let loaded = read(&file, 0..u32::MAX, &options).unwrap();
        let own = String::from_utf8(text).unwrap();
        let lines: Vec<&str> = own.trim_end_matches([' ', '\n', '\r', '\t']).split('\n').collect();
        assert_eq!(loaded.summary.lines as usize, lines.len(), "{own}");
        let blank = lines.iter().filter(|line| line.trim().is_empty()).count();
        assert_eq!(loaded.summary.blank as usize, blank, "{own}");
        for ((line, &span), row) in lines.iter().zip(&loaded.spans).zip(0..) {
            let line = line.trim_start_matches('\u{feff}').trim();
            let record: Option<serde_json::Value> = serde_json::from_str(line).ok();
            let word = record.as_ref().and_then(|record| record["word"].as_str()).unwrap_or_default();
            assert_eq!(loaded.columns.get("word").map_or(String::new(), |column| column.text(Row(row))), word, "{own}");
            if !line.is_empty() {
                assert_eq!(file.line(span).unwrap(), line, "{own}");
            }
        }
    }
}
