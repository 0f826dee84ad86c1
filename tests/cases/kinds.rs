//! A column's kind comes from its values, and any column can be grouped or the true reason is given.

use super::outside::{answer, complaint, inkfield};
use super::real_data::field_cases;
use super::records::{Set, expected};
use super::told::Told;
use inkfield::data::columns::{ColumnType, Columns};
use inkfield::progress::Progress;
use inkfield::scene::layout::Layout;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The labels of `expected/records.py`, made by the same formulas.
fn labels() -> Set {
    let lines = (0..200_u32).fold(String::new(), |mut lines, i| {
        let (class, valid, score) = ((i * i * 7 + i) % 10, u32::from(i % 3 == 0), (i * 37 % 200).pow(2) / 200);
        writeln!(lines, "{{\"class_id\":{class},\"valid\":{valid},\"label_s\":\"{class}\",\"score\":{score}}}")
            .unwrap();
        lines
    });
    Set::of_lines(&lines)
}

/// The blocks that a column makes: their labels and sizes, in the order in which they stand.
fn blocks(columns: &Columns, by: Option<&str>) -> Vec<(String, u32)> {
    let (_, codes) = columns.grouped(by).unwrap();
    let layout = Layout::groups(&codes.codes, &codes.labels, Progress::NONE).unwrap();
    layout.labels.iter().map(|label| (label.text_value.clone(), label.rows)).collect()
}

fn counts(name: &str) -> Vec<(String, u32)> {
    let counts = expected()["labels"]["counts"][name].as_array().unwrap().clone();
    let pair = |pair: &Value| (pair[0].to_string(), pair[1].as_u64().unwrap() as u32);
    counts.iter().map(pair).collect()
}

#[test]
fn case_c13_integer_labels_are_counted_and_grouped_whatever_their_name() {
    let set = labels();
    let (columns, report) = set.read();
    assert_eq!(report.warnings().count(), 0);
    for (name, key) in [("class_id", "class_id"), ("label_s", "class_id"), ("valid", "valid")] {
        let expected = counts(key);
        assert_eq!(blocks(&columns, Some(name)), expected, "{name}");
        let kind = if name == "label_s" { ColumnType::Category } else { ColumnType::Number };
        assert_eq!(columns.get(name).unwrap().kind(), kind, "{name}");
        let top: Vec<Value> = expected.iter().map(|(value, count)| json!([value, count])).collect();
        assert_eq!(set.info(name)["top"], json!(top), "{name}");
        let args = ["locate", "--layout", "groups", "--by", name, "--row", "7"];
        assert!(answer(inkfield().args(args).arg(&set.path)).starts_with("row 7 is at "));
    }
}

#[test]
fn case_c13_numbers_with_many_values_are_put_into_bins_that_are_said() {
    let (columns, _) = labels().read();
    let (_, codes) = columns.grouped(Some("score")).unwrap();
    assert_eq!(codes.bins.as_deref(), Some("in bins of 10"));
    let expected: Vec<u32> = expected()["labels"]["score_bins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|count| count.as_u64().unwrap() as u32)
        .collect();
    let counted =
        (0..).zip(&codes.labels).map(|(code, _)| codes.codes.iter().filter(|&&own| own == code).count() as u32);
    assert_eq!(counted.collect::<Vec<_>>(), expected);
    assert_eq!((codes.labels[0].as_str(), codes.labels[19].as_str()), ("0 to 9", "190 to 199"));
    let blocks = blocks(&columns, Some("score"));
    assert_eq!(blocks[..2], [("0 to 9".to_owned(), 45), ("10 to 19".to_owned(), 19)]);
}

/// Each value of a bin lies between its ends as they are written, for fractions, far and negative numbers.
#[test]
fn case_c13_values_lie_in_the_bins_that_say_so() {
    for (from, step) in
        [(0.0, 0.01), (-3.0, 0.1), (1e15, 0.25), (-1e300, 3e297), (0.0, 1e-310), (-70.0, 1.0), (0.0, 1e9)]
    {
        let value = |i: u32| from + step * f64::from(i);
        let lines = (0..101).fold(String::new(), |mut lines, i| {
            writeln!(lines, "{{\"x\":{:?}}}", value(i)).unwrap();
            lines
        });
        let (columns, _) = Set::of_lines(&lines).read();
        let (_, codes) = columns.grouped(Some("x")).unwrap();
        assert!((4..=20).contains(&codes.labels.len()), "{step}: {:?}", codes.labels);
        for i in 0..101 {
            let label = &codes.labels[codes.codes[i as usize] as usize];
            let (low, high) = label.split_once(" to ").unwrap_or((label, label));
            let (low, high): (f64, f64) = (low.parse().unwrap(), high.parse().unwrap());
            assert!((low..=high).contains(&value(i)), "{} in {label}", value(i));
        }
    }
}

#[test]
fn case_c13_times_are_put_into_units_of_the_calendar() {
    for (times, said, first, last) in [
        (
            ["2017-01-02T00:00:00Z", "2017-03-20T10:26:01Z"],
            "by weeks (UTC)",
            "2017-01-02 to 2017-01-08",
            "2017-03-20 to 2017-03-26",
        ),
        (
            ["2016-02-28T23:30:00-01:00", "2016-03-01T00:00:00Z"],
            "by 3 hours (UTC)",
            "2016-02-29T00:00:00Z",
            "2016-03-01T00:00:00Z",
        ),
        (["2015-12-31T00:00:00Z", "2017-03-20T10:26:01Z"], "by months (UTC)", "2015-12", "2017-03"),
        (["1903-12-31T00:00:00Z", "2017-03-20T10:26:01Z"], "by 5 years (UTC)", "1900 to 1904", "2015 to 2019"),
    ] {
        let steps = 30_i64;
        let us = times.map(|time| inkfield::data::columns::time::parse(time).unwrap());
        let lines = (0..=steps).fold(String::new(), |mut lines, i| {
            let time = inkfield::data::columns::time::rfc3339(us[0] + (us[1] - us[0]) / steps * i);
            writeln!(lines, "{{\"at\":\"{time}\"}}").unwrap();
            lines
        });
        let (columns, _) = Set::of_lines(&lines).read();
        let (_, codes) = columns.grouped(Some("at")).unwrap();
        assert_eq!(codes.bins.as_deref(), Some(said));
        assert_eq!(codes.labels.first().map(String::as_str), Some(first));
        assert_eq!(codes.labels.last().map(String::as_str), Some(last));
        assert!(codes.labels.len() <= 24 && codes.codes.iter().all(|&code| (code as usize) < codes.labels.len()));
    }
}

#[test]
fn case_c13_without_a_name_the_usual_column_is_taken() {
    let by = |lines: &str| {
        let (columns, _) = Set::of_lines(lines).read();
        columns.grouped(None).unwrap().0.name().to_owned()
    };
    assert_eq!(
        by(
            "{\"word\":\"ant\",\"class\":1,\"countrycode\":\"US\"}\n{\"word\":\"ant\",\"class\":1,\"countrycode\":\"DE\"}\n"
        ),
        "countrycode"
    );
    assert_eq!(by("{\"countrycode\":\"US\",\"label\":1}\n{\"countrycode\":\"DE\",\"label\":2}\n"), "label");
    assert_eq!(
        by("{\"id\":1,\"b\":true,\"c\":1}\n{\"id\":2,\"b\":true,\"c\":2}\n{\"id\":3,\"b\":true,\"c\":2}\n"),
        "c"
    );
    assert_eq!(by("{\"only\":1}\n"), "only");
}

#[test]
fn case_c13_what_cannot_be_grouped_says_why() {
    let row = Told::case("c13");
    let lines = (0..65_536).fold(String::new(), |mut lines, i| {
        writeln!(lines, "{{\"name\":\"drawing {i}\",\"size, mm\":{i}}}").unwrap();
        lines
    });
    let set = Set::new(65_536, lines.as_bytes());
    let locate = |by: &str| {
        let mut command = inkfield();
        command.args(["locate", "--row", "0", "--layout", "groups", "--by", by]).arg(&set.path);
        command
    };
    assert_eq!(row.values(complaint(&mut locate("name"), 2).strip_prefix("error: ").unwrap()), ["name", "65,536"]);
    let unknown = complaint(&mut locate("nam"), 2);
    assert_eq!(row.values(unknown.strip_prefix("error: ").unwrap()), ["nam", "name, \"size, mm\""]);
    for by in ["size, mm", "\"size, mm\""] {
        assert!(answer(&mut locate(by)).starts_with("row 0 is at "), "as many numbers are put into bins");
    }
    row.all();
}

#[test]
fn case_c13_the_folders_labels_are_grouped() {
    let Some(cases) = field_cases() else { return };
    let set = Set::at(&cases.join("c13/digits.npy"));
    let text = std::fs::read_to_string(cases.join("c13/digits.ndjson")).unwrap();
    let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (columns, _) = set.read();
    for name in ["label", "class_id", "label_s", "cluster_id", "valid", "grid"] {
        let mut counted = std::collections::BTreeMap::new();
        for record in &records {
            let value = record[name].as_str().map_or_else(|| record[name].to_string(), str::to_owned);
            *counted.entry(value).or_insert(0) += 1;
        }
        let mut expected: Vec<(String, u32)> = counted.into_iter().collect();
        expected.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), value.parse::<i64>().unwrap()));
        assert_eq!(blocks(&columns, Some(name)), expected, "{name}");
        assert!(!set.info(name)["top"].as_array().unwrap().is_empty(), "{name}");
    }
    assert_eq!(columns.grouped(None).unwrap().0.name(), "label");
}
