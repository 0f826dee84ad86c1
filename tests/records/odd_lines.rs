//! A hundred thousand lines like the published ones, most of them damaged: read as `serde_json` reads what `plain` makes of
//! them.

use super::plain;
use inkfield::data::Row;
use inkfield::data::columns::Columns;
use inkfield::data::ndjson::parse_block;

const LINES: u32 = 120_000;
/// Lines read together: keys come in the order of the line before, or not.
const BLOCK: u32 = 40;

/// Numbers that are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn strokes(random: &mut Random) -> String {
    let stroke = |random: &mut Random| {
        let points = 1 + random.below(25);
        let axis = |random: &mut Random| {
            let number = |random: &mut Random| match random.below(6) {
                0 => format!("{}.{}", random.below(800), random.next() >> (20 + random.below(40))),
                1 => format!("-{}", random.below(90)),
                _ => random.below(1500).to_string(),
            };
            let numbers: Vec<String> = (0..points).map(|_| number(random)).collect();
            format!("[{}]", numbers.join(","))
        };
        let axes: Vec<String> = (0..2 + random.below(2)).map(|_| axis(random)).collect();
        format!("[{}]", axes.join(","))
    };
    let strokes: Vec<String> = (0..random.below(5)).map(|_| stroke(random)).collect();
    format!("[{}]", strokes.join(","))
}

/// A record in the published form, and others that people write.
fn record(random: &mut Random) -> String {
    let key_id = random.next() >> 12;
    let hour = random.below(24);
    let mut members = vec![
        format!(
            "\"word\":\"{}\"",
            random.of(&[
                "octopus",
                "cat",
                "The Eiffel Tower",
                "蛸",
                "a\\u0301",
                "\\ud83d",
                "\\ude00\\ud83d\\ude00",
                "\\x41",
                "C:\\\\d\\q",
                "\\u12",
                "a\tb",
                "\\\"",
                ""
            ])
        ),
        format!("\"countrycode\":\"{}\"", random.of(&["US", "DE", "GB", "ZZ"])),
        format!("\"timestamp\":\"2017-03-{:02} {hour:02}:12:07.26604 UTC\"", 1 + random.below(31)),
        format!("\"recognized\":{}", random.of(&["true", "false", "null"])),
        format!("\"key_id\":\"{key_id}\""),
    ];
    let extra = [
        "1",
        "0",
        "-7",
        "0.25",
        "1e3",
        "18446744073709551615",
        "18446744073709551617",
        "-9223372036854775809",
        "1e400",
        "NaN",
        "{\"a\":[1,{}]}",
        "[\"x\",null]",
        "[]",
        "[0.5]",
    ];
    for name in ["score", "word", "more", "né", "k\\\\", "\\u006dore"] {
        if random.below(3) == 0 {
            members.push(format!("\"{name}\":{}", random.of(&extra)));
        }
    }
    let place = if random.below(3) > 0 { members.len() } else { random.below(members.len()) };
    members.insert(place, format!("\"drawing\":{}", strokes(random)));
    let line = format!("{{{}}}", members.join(","));
    match random.below(6) {
        // As Python writes it.
        0 => line.replace(':', ": ").replace(',', ", "),
        1 => line.replacen(',', random.of(&[" , ", "\t,", ",  "]), 1 + random.below(4)),
        _ => line,
    }
}

const NUMBERS: [&str; 22] = [
    "01", "-", "-0", "-01", "1.", ".5", "1e5", "1E+5", "1e", "1.2.3", "00", "0.0", "--1", "+1", "1e999", "NaN",
    "Infinity", "0x10", "1_000", "1-2", "-0.5", "0.50.5",
];
const JUNK: [&str; 24] = [
    "]",
    "[",
    "[1,]",
    "[,1]",
    "[[]]",
    "[]",
    "{}",
    "[1 2]",
    "[\"a\"]",
    "[true]",
    "[1,null]",
    "[[[[1]]]]",
    "[1]]",
    "[1][2]",
    ",",
    ",,",
    "}",
    "{",
    "\"",
    "\\",
    ":",
    "\"word\":1,",
    "\u{0}",
    "\u{7f}",
];

/// Lines with one or two faults, if these are faults.
fn damage(random: &mut Random, line: String) -> Vec<u8> {
    let mut bytes = line.into_bytes();
    for _ in 0..random.below(3) {
        let place = random.below(bytes.len() + 1);
        let number = bytes.iter().skip(place).position(u8::is_ascii_digit).map(|digit| place + digit);
        match random.below(9) {
            0 => bytes.truncate(place),
            1 => drop(bytes.splice(place..place, random.of(&JUNK).bytes())),
            2..5 => {
                if let Some(start) = number {
                    let length = bytes[start..].iter().take_while(|byte| b"0123456789.".contains(byte)).count();
                    let written = if random.below(4) == 0 { random.of(&JUNK) } else { random.of(&NUMBERS) };
                    drop(bytes.splice(start..start + length, written.bytes()));
                }
            }
            5 => drop(bytes.splice(place..place, random.of(&[" ", "\t", "\r", "\u{c}", "  "]).bytes())),
            6 => bytes.insert(place, (random.next() >> 56) as u8),
            7 if place < bytes.len() => bytes[place] = (random.next() >> 56) as u8,
            _ if place < bytes.len() => drop(bytes.remove(place)),
            _ => {}
        }
    }
    bytes.retain(|&byte| byte != b'\n');
    bytes
}

#[test]
fn odd_lines_are_read_as_serde_json_reads_them() {
    let mut random = Random(1);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..LINES / BLOCK {
        let lines: Vec<Vec<u8>> = (0..BLOCK)
            .map(|_| {
                let line = record(&mut random);
                damage(&mut random, line)
            })
            .filter(|line| !plain::is_blank(line))
            .collect();
        let block = parse_block(&lines.join(&b'\n'), 1, 0, 1 << 20);
        assert_eq!(block.batch.rows() as usize, lines.len());
        let mut columns = Columns::new();
        columns.append(0, block.batch);
        columns.finish(lines.len() as u32);
        let mut bad_here = 0;
        for (line, row) in lines.iter().zip(0..) {
            let record = plain::read(line);
            bad_here += u32::from(record.is_none());
            // A line that is bad says nothing.
            let said = plain::compare(&columns, Row(row), &record.unwrap_or_default());
            said.unwrap_or_else(|what| panic!("{what}: {}", String::from_utf8_lossy(line)));
        }
        assert_eq!(block.bad, bad_here, "{:?}", block.oddities);
        bad += bad_here;
        good += lines.len() as u32 - bad_here;
    }
    assert!(good > LINES / 3 && bad > LINES / 5, "{good} good, {bad} bad");
}
