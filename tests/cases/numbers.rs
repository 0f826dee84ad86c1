//! Numbers and times are what the file says.

use super::outside::{complaint, inkfield};
use super::real_data::field_cases;
use super::records::{Set, csv_column, expected};
use super::told::Told;
use serde_json::{Value, json};
use std::collections::HashSet;

const DIGITS: &str = include_str!("expected/digits.ndjson");
const TIMES: &str = include_str!("expected/times.ndjson");

/// The texts of a column in what Python reads.
fn python(name: &str) -> Vec<String> {
    let rows = expected()["digits"].as_array().unwrap().clone();
    rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
}

#[test]
fn case_c07_whole_numbers_of_any_length_keep_their_digits() {
    let set = Set::of_lines(DIGITS);
    let csv = set.answer(&["table", "--csv"]);
    for (name, kind, distinct) in
        [("hash", "id", 7), ("label", "category", 2), ("text", "id", 7), ("small", "number", 5)]
    {
        let digits = python(name);
        assert_eq!(csv_column(&csv, name), digits, "{name}");
        let shown: Vec<String> =
            set.column(name).iter().map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)).collect();
        assert_eq!(shown, digits, "{name}");
        let info = set.info(name);
        assert_eq!((&info["type"], &info["distinct"]), (&json!(kind), &json!(distinct)), "{name}");
        assert_eq!(digits.iter().collect::<HashSet<_>>().len(), distinct, "Python counts {name}");
    }
    assert_eq!(set.info("label")["top"], json!([["18446744073709551616", 5], ["18446744073709551617", 2]]));
}

#[test]
fn case_c07_floats_read_back_as_the_files_own() {
    let set = Set::of_lines(DIGITS);
    let csv = set.answer(&["table", "--csv"]);
    for ((cell, json), token) in csv_column(&csv, "float").iter().zip(set.column("float")).zip(python("float")) {
        let value: f64 = token.parse().unwrap();
        assert_eq!(cell.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{token} is written as {cell}");
        assert_eq!(json.as_f64().unwrap().to_bits(), value.to_bits(), "{token} is written as {json}");
    }
}

/// Numbers beyond a float's range keep their digits; of those with more digits than it holds the nearest float is shown.
#[test]
fn case_c07_what_no_float_holds_is_said() {
    let row = Told::case("c07");
    let set = Set::of_lines(concat!(
        "{\"large\":1e400,\"fine\":0.1000000000000000055511151231257827}\n",
        "{\"large\":-1e400,\"fine\":0.30000000000000004}\n",
        "{\"large\":0.5,\"fine\":1e-400}\n",
    ));
    assert_eq!(set.column("large"), [json!("1e400"), json!("-1e400"), json!("0.5")]);
    assert_eq!(set.column("fine"), [json!(0.1), json!(0.300_000_000_000_000_04), json!(0)]);
    let [warned] = &set.told("warning")[..] else { panic!("one warning") };
    assert_eq!(row.values(warned)[0], "\"large\"");
    let hints = set.told("info");
    let hint = hints.iter().find(|hint| hint.contains("float")).unwrap_or_else(|| panic!("{hints:?}"));
    assert_eq!(row.values(hint), ["\"fine\""]);
    row.all();
    // 17 digits are what programs write so that floats come back: not worth a word where they do.
    let exact =
        Set::of_lines("{\"x\":0.30000000000000004}\n{\"x\":123456789012345680.0}\n{\"x\":9007199254740992e-3}\n");
    assert!(exact.told("info").iter().all(|hint| !hint.contains("float")), "{:?}", exact.told("info"));
}

#[test]
fn case_c07_the_folders_hashes_stay_apart() {
    let Some(cases) = field_cases() else { return };
    let set = Set::at(&cases.join("c07/s.npy"));
    let digits: Vec<String> = std::fs::read_to_string(cases.join("c07/s.ndjson"))
        .unwrap()
        .lines()
        .map(|line| line.split("\"hash\":").nth(1).unwrap().split(',').next().unwrap().to_owned())
        .collect();
    assert_eq!(set.column("hash"), digits.iter().map(|text| json!(text)).collect::<Vec<_>>());
    assert_eq!((&set.info("hash")["distinct"], &set.info("key_id")["distinct"]), (&json!(6), &json!(6)));
    assert_eq!(set.told("warning"), [""; 0]);
}

#[test]
fn case_c15_times_keep_nanoseconds_and_their_spelling() {
    let set = Set::of_lines(TIMES);
    let written: Vec<String> = TIMES.lines().map(|line| line[7..line.len() - 2].to_owned()).collect();
    assert_eq!(csv_column(&set.answer(&["table", "--csv"]), "at"), written);
    assert_eq!(set.column("at"), written.iter().map(|text| json!(text)).collect::<Vec<_>>());
    let text = set.answer(&["table"]);
    assert!(written.iter().all(|time| text.contains(time.as_str())), "{text}");
    let info = set.info("at");
    // One moment has several spellings.
    assert_eq!((&info["type"], &info["distinct"]), (&json!("time"), &expected()["times"]["distinct"]));
    assert_eq!(info["top"][0], json!(["2017-03-08T21:12:07.266040Z", 2]));
    assert_eq!(set.read().0.record_json(inkfield::data::Row(3))["at"], json!("2024-01-01 12:30:45.000000999+09:00"));
}

/// Where a column holds other texts, too, its times stay as they were written; so do more digits than nanoseconds have.
#[test]
fn case_c15_texts_are_never_respelled() {
    let lines = ["2024-01-01T12:30:45.123456789Z", "no time", "2024-01-01 12:30:45.000000999+09:00"];
    let picoseconds =
        ["2024-01-01T12:30:45.123456789012Z", "2024-01-01T12:30:45.123456789013Z", "2024-01-01T12:30:45Z"];
    let ancient =
        ["0001-01-01T00:00:00.000000001Z", "2024-01-01T12:30:45.123456789Z", "9999-12-31T23:59:59.999999999Z"];
    for texts in [lines, picoseconds, ancient] {
        let set = Set::of_lines(&texts.map(|text| format!("{{\"at\":\"{text}\"}}\n")).concat());
        assert_eq!(set.column("at"), texts.map(|text| json!(text)));
        assert_eq!((&set.info("at")["type"], &set.info("at")["distinct"]), (&json!("category"), &json!(3)));
    }
}

#[test]
fn case_c15_the_folders_times_are_those_of_the_files() {
    let Some(cases) = field_cases() else { return };
    for (name, columns, distinct) in [("c15/t", &["timestamp", "plain", "local"][..], 6), ("c15b/t", &["timestamp"], 4)]
    {
        let set = Set::at(&cases.join(format!("{name}.npy")));
        let text = std::fs::read_to_string(cases.join(format!("{name}.ndjson"))).unwrap();
        let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for column in columns {
            let expected: Vec<Value> = records.iter().map(|record| record[column].clone()).collect();
            assert_eq!(set.column(column), expected, "{name} {column}");
        }
        assert_eq!(set.info("timestamp")["distinct"], json!(distinct));
    }
    // What is no warning is not fatal.
    complaint(inkfield().args(["table", "--strict", "--columns", "none"]).arg(cases.join("c15b/t.npy")), 2);
}
