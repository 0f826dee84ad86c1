//! `info` and `table`: known facts of real files, and what hostile ones hold, without a GPU.

use super::real_data::real_data;
use super::{answer, complaint, documents, inkfield, records, write_npy};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

#[test]
fn info_tells_what_is_published_of_snowman() {
    let Some(data) = real_data() else { return };
    let file = data.join("pairs2000/snowman_2000.npy");
    let [info] = &documents(inkfield().args(["info", "--json"]).arg(&file))[..] else { panic!("one document") };
    assert_eq!((&info["rows"], &info["height"], &info["width"]), (&json!(2000), &json!(28), &json!(28)));
    assert_eq!(info["dtype"], "uint8");
    let columns = info["columns"].as_array().unwrap();
    let country = columns.iter().find(|column| column["name"] == "countrycode").unwrap();
    assert_eq!(
        (&country["type"], &country["distinct"], &country["missing"]),
        (&json!("category"), &json!(92), &json!(0))
    );
    assert_eq!(country["top"][0], json!(["US", 845]));
    assert_eq!(country["top"].as_array().unwrap().len(), 10);
    assert!(info["report"]["warnings"].is_u64());

    let text = answer(inkfield().arg("info").arg(&file));
    for part in ["2,000 drawings of 28 × 28 pixels", "countrycode", "US 845", "snowman_2000.ndjson"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_folder_opens_as_one_set_and_says_what_it_skipped() {
    let Some(data) = real_data() else { return };
    let [info] = &documents(inkfield().args(["info", "--json"]).arg(data.join("pairs2000")))[..] else { panic!() };
    assert_eq!(info["rows"], 8000);
    let notes = info["report"]["notes"].as_array().unwrap();
    let skipped: Vec<&str> =
        notes.iter().filter_map(|note| note["path"].as_str()).filter(|path| path.ends_with(".umap.npy")).collect();
    assert_eq!(skipped.len(), 4, "{notes:?}");
}

#[test]
fn the_notebook_s_list_is_the_records_countries() {
    let Some(data) = real_data() else { return };
    let file = data.join("pairs2000/snowman_2000.npy");
    let expected: Vec<Value> = records(&data.join("pairs2000/snowman_2000.ndjson"))
        .into_iter()
        .take(30)
        .map(|record| record["countrycode"].clone())
        .collect();
    let table = |extra: &[&str]| {
        let mut command = inkfield();
        command.args(["table", "--columns", "countrycode", "--rows", "0:30"]).args(extra).arg(&file);
        answer(&mut command)
    };
    let text = table(&[]);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["row", "countrycode"]);
    assert_eq!(lines.len(), 31);
    let csv = table(&["--csv"]);
    let csv_lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    let document: Value = serde_json::from_str(&table(&["--json"])).unwrap();
    assert_eq!((&document["schema"], &document["columns"]), (&json!(1), &json!(["row", "countrycode"])));
    for (row, country) in expected.iter().enumerate() {
        let code = country.as_str().unwrap();
        assert_eq!(lines[row + 1], [row.to_string().as_str(), code]);
        assert_eq!(csv_lines[row + 1], format!("{row},{code}"));
        assert_eq!(document["rows"][row], json!([row, code]));
    }
}

#[test]
fn a_column_that_is_not_there_is_answered_with_those_that_are() {
    let text = complaint(inkfield().args(["table", "demo:5", "--columns", "county"]), 2);
    for part in ["no column county;", "countrycode", "key_id", "recognized"] {
        assert!(text.contains(part), "{text}");
    }
}

/// Three drawings whose records try to steer the terminal and leave the folder.
fn hostile(dir: &Path) -> std::path::PathBuf {
    let file = dir.join("set.npy");
    write_npy(&file, "(3, 784)", &[0; 3 * 784]);
    let lines = [
        json!({"word": "a\u{202e}b\u{1b}[31m\nc", "n": 1}),
        json!({"word": "../../up", "n": "x"}),
        json!({"word": "<b>x</b>,\"q\"", "n": 3}),
    ];
    fs::write(dir.join("set.ndjson"), lines.map(|line| format!("{line}\n")).concat()).unwrap();
    file
}

#[test]
fn hostile_strings_are_escaped_for_people_and_kept_for_programs() {
    let dir = TempDir::new().unwrap();
    let file = hostile(dir.path());
    for command in ["table", "info"] {
        let text = answer(inkfield().arg(command).arg(&file));
        let steering = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(steering), "{text:?}");
        assert!(text.contains(r"a\u{202e}b\u{1b}[31m\nc"), "{text}");
    }
    let document: Value = serde_json::from_str(&answer(inkfield().args(["table", "--json"]).arg(&file))).unwrap();
    assert_eq!(document["rows"][0][1], "a\u{202e}b\u{1b}[31m\nc");
    let csv = answer(inkfield().args(["table", "--csv"]).arg(&file));
    assert!(csv.contains("\"<b>x</b>,\"\"q\"\"\""), "{csv}");
}

#[test]
fn mixed_types_are_warned_of_and_fatal_under_strict() {
    let dir = TempDir::new().unwrap();
    let file = hostile(dir.path());
    let output = inkfield().args(["info", "--json"]).arg(&file).output().unwrap();
    let info: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(info["report"]["warnings"], 1, "{info}");
    let notes = info["report"]["notes"].as_array().unwrap();
    let warned = notes.iter().find(|note| note["severity"] == "warning").unwrap();
    assert!(warned["text"].as_str().unwrap().contains("\"n\""), "{warned}");
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("warning: "), "warnings go to standard error, too");
    let text = complaint(inkfield().args(["info", "--strict"]).arg(&file), 2);
    assert!(text.contains("--strict") && text.contains("\"n\""), "{text}");
    for command in ["table", "locate"] {
        let mut strict = inkfield();
        strict.args([command, "--strict"]).arg(&file);
        if command == "locate" {
            strict.args(["--row", "0", "--layout", "groups", "--by", "word"]);
        }
        complaint(&mut strict, 2);
    }
}

#[test]
fn odd_records_are_counted_shown_and_fatal_under_strict() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("set.npy");
    write_npy(&file, "(4, 784)", &[0; 4 * 784]);
    fs::write(dir.path().join("set.ndjson"), "{\"word\":\"a\"}\nnot json\n{\"word\":\"c\"}").unwrap();
    let [info] = &documents(inkfield().args(["info", "--json"]).arg(&file))[..] else { panic!() };
    let report = info["report"].to_string();
    // The second line is no record; three lines stand for four drawings; nothing is shifted.
    assert!(report.contains("line 2") && report.contains('3') && report.contains('4'), "{report}");
    assert!(info["report"]["warnings"].as_u64().unwrap() >= 2, "{report}");
    let table: Value =
        serde_json::from_str(&answer(inkfield().args(["table", "--json", "--columns", "word"]).arg(&file))).unwrap();
    assert_eq!(table["rows"], json!([[0, "a"], [1, null], [2, "c"], [3, null]]));
    let text = complaint(inkfield().args(["table", "--strict"]).arg(&file), 2);
    assert!(text.ends_with("set.ndjson"), "{text}");
}
