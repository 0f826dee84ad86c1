//! `audit --between` by columns of every kind: a made set, held against what was put into it.

use super::{answer, documents, inkfield, write_npy};
use inkfield::data::dataset::{Dataset, OpenOptions};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// Drawings of the demo, of which each of the first few is there once more behind them.
const FIRST: usize = 120;
const COPIED: usize = 6;

/// Values of each column: of rows 0 to 5, and of their copies.
const COLUMNS: [(&str, [&str; COPIED], [&str; COPIED]); 5] = [
    (
        "key_id",
        [r#""4503599627370497""#, r#""4503599627370498""#, r#""4503599627370499""#, r#""7""#, r#""8""#, "null"],
        [r#""4503599627370498""#, r#""4503599627370498""#, r#""4503599627370500""#, r#""7""#, "null", "null"],
    ),
    ("score", ["0.125", "5", "1e3", "-0", "7", "1"], ["0.1250000001", "5.0", "1000", "0", "8", "null"]),
    (
        "file",
        [r#""a/1.png""#, r#""a/2.png""#, r#""""#, r#""a/4.png""#, r#""a/5.png""#, r#""a/6.png""#],
        [r#""b/1.png""#, r#""a/2.png""#, r#""a/3.png""#, r#""a/4.png""#, r#""A/5.png""#, "null"],
    ),
    (
        "time",
        [
            r#""2017-03-08 21:12:07 UTC""#,
            r#""2017-03-08T21:12:07.5Z""#,
            "null",
            "null",
            r#""2017-01-01 00:00:00 UTC""#,
            r#""2017-01-01 00:00:00 UTC""#,
        ],
        [
            r#""2017-03-08 21:12:08 UTC""#,
            r#""2017-03-08T21:12:07.500Z""#,
            "null",
            r#""2017-01-01 00:00:00 UTC""#,
            r#""2017-01-02 00:00:00 UTC""#,
            "null",
        ],
    ),
    ("split", [r#""train""#; COPIED], [r#""test""#, r#""train""#, r#""test""#, r#""train""#, "null", r#""check""#]),
];

/// The copied rows whose two values differ, both being there; and how many of the twelve rows have none.
const LEAKING: [(&str, &[usize], usize); 5] = [
    ("key_id", &[0, 2], 3),
    ("score", &[0, 4], 1),
    ("file", &[0, 2, 4], 1),
    ("time", &[0, 4], 4),
    ("split", &[0, 2, 5], 1),
];

fn made(folder: &TempDir) -> PathBuf {
    let dataset = Dataset::open(&[format!("demo:{FIRST}:4")], &OpenOptions::default()).unwrap();
    let mut values = vec![0; FIRST * 784];
    dataset.read_rows(0, &mut values).unwrap();
    values.extend_from_within(..COPIED * 784);
    let line = |row: usize| {
        let of = |(name, first, copies): &(&str, [&str; COPIED], [&str; COPIED])| {
            let copy = row.checked_sub(FIRST).map(|at| copies[at]);
            let value = copy.or(first.get(row).copied()).map(str::to_owned);
            // Others have values of their own.
            let own = match *name {
                "score" => format!("{row}.75"),
                "time" => format!("\"2018-01-01 00:{:02}:{:02} UTC\"", row / 60, row % 60),
                "key_id" => format!("\"{}\"", 4_503_599_627_380_000_u64 + row as u64),
                name => format!("\"{name} {row}\""),
            };
            format!("\"{name}\":{}", value.unwrap_or(own))
        };
        format!("{{{}}}\n", COLUMNS.iter().map(of).collect::<Vec<_>>().join(","))
    };
    let path = folder.path().join("copied.npy");
    write_npy(&path, &format!("({}, 784)", FIRST + COPIED), &values);
    fs::write(path.with_extension("ndjson"), (0..FIRST + COPIED).map(line).collect::<String>()).unwrap();
    path
}

#[test]
fn a_column_of_any_kind_has_two_sides_by_its_values_and_rows_without_one_are_on_none() {
    let folder = TempDir::new().unwrap();
    let path = made(&folder);
    for (column, leaking, missing) in LEAKING {
        let audit = |more: &str| {
            let mut command = inkfield();
            command.arg("audit").arg(&path).args(["--near", "0", "--between", column, more]);
            command
        };
        let told = documents(&mut audit("--json")).remove(0);
        let all: Vec<[usize; 2]> = (0..COPIED).map(|row| [row, FIRST + row]).collect();
        assert_eq!(told["duplicates"], json!(all));
        let leaked = &told["leakage"];
        let groups: Vec<[usize; 2]> = leaking.iter().map(|&row| [row, FIRST + row]).collect();
        assert_eq!((&leaked["duplicates"], &leaked["missing"]), (&json!(groups), &json!(missing)), "{column}");
        // Each pair of values names two that differ, and all of them together the groups.
        let between = leaked["between"].as_array().unwrap();
        assert_eq!(between.iter().map(|one| one["equal_groups"].as_u64().unwrap()).sum::<u64>(), leaking.len() as u64);
        let value =
            |at: &serde_json::Value| leaked["values"][at.as_u64().unwrap() as usize].as_str().unwrap().to_owned();
        let mut named: Vec<[String; 2]> =
            between.iter().map(|one| [value(&one["values"][0]), value(&one["values"][1])]).collect();
        for pair in &mut named {
            pair.sort();
        }
        match column {
            "key_id" => assert_eq!(named[0], ["4503599627370497", "4503599627370498"]),
            "file" => assert!(named.contains(&["A/5.png".to_owned(), "a/5.png".to_owned()]), "{named:?}"),
            "split" => assert!(named.contains(&["test".to_owned(), "train".to_owned()]), "{named:?}"),
            _ => {}
        }
        let csv = answer(&mut audit("--csv"));
        assert_eq!(csv.lines().filter(|line| line.starts_with("leak-duplicate,")).count(), 2 * leaking.len());
    }
    let words = answer(inkfield().arg("audit").arg(&path).args(["--near", "0", "--between", "split"]));
    for line in [
        "with different values of split: 3 groups of equal drawings, 0 near pairs",
        "  train and test: 2 groups of equal drawings, 0 near pairs",
        "  train and check: 1 group of equal drawings, 0 near pairs",
        "  1 duplicate without a value, on no side",
    ] {
        assert!(words.lines().any(|found| found == line), "{line}: {words}");
    }
}
