//! Keys that mean two things have one name each in exports, and can be asked for.

use super::outside::{complaint, inkfield};
use super::real_data::field_cases;
use super::records::Set;
use super::told::Told;
use inkfield::data::Row;
use serde_json::{Value, json};
use std::collections::HashSet;

const KEYS: &str = concat!(
    "{\"row\":100,\"a,b\":0,\"\":\"empty\",\"Row\":1,\" lead\":2,\"say \\\"hi\\\"\":3,\"row_2\":4}\n",
    "{\"row\":101,\"a,b\":1,\"\":\"empty\",\"Row\":1,\" lead\":2,\"say \\\"hi\\\"\":3,\"row_2\":4}\n",
);

#[test]
fn case_c16_each_column_of_an_export_has_a_name_of_its_own() {
    let set = Set::of_lines(KEYS);
    let names = ["row", "row_3", "a,b", "", "Row", " lead", "say \"hi\"", "row_2"];
    let table = set.json(&["table", "--json"]);
    assert_eq!(table["columns"], json!(names));
    assert_eq!(table["rows"][1], json!([1, 101, 1, "empty", 1, 2, 3, 4]));
    let csv = set.answer(&["table", "--csv"]);
    assert_eq!(csv.lines().next().unwrap().trim_end(), "row,row_3,\"a,b\",,Row, lead,\"say \"\"hi\"\"\",row_2");
    let text = set.answer(&["table"]);
    let head = text.lines().next().unwrap();
    assert!(
        head.contains("\"a,b\"  \"\"") && head.contains("\" lead\"") && head.contains("\"say \"\"hi\"\"\""),
        "{head}"
    );
    let (columns, _) = set.read();
    let copied = columns.export_json(Row(1));
    assert_eq!((&copied["row"], &copied["row_3"], &copied["row_2"]), (&json!(1), &json!(101), &json!(4)));
    assert_eq!(columns.record_json(Row(1))["row"], json!(101), "a record has its own keys");
    let row = Told::case("c16");
    let hints = set.told("info");
    let hint = hints.iter().find(|hint| hint.contains("\"row\"")).unwrap();
    assert_eq!(row.values(hint), ["row_3"]);
    let unknown = complaint(inkfield().args(["table", "--columns", "b,a"]).arg(&set.path), 2);
    let known = "row, \"a,b\", \"\", Row, \" lead\", \"say \"\"hi\"\"\", row_2";
    assert_eq!(row.values(unknown.strip_prefix("error: ").unwrap()), ["b", known]);
    row.all();
}

/// What the error lists can be typed as it stands there.
#[test]
fn case_c16_names_are_asked_for_as_they_are_listed() {
    let set = Set::of_lines(KEYS);
    let chosen = |list: &str| set.json(&["table", "--json", "--columns", list])["columns"].clone();
    assert_eq!(chosen("\"a,b\",Row"), json!(["row", "a,b", "Row"]));
    assert_eq!(chosen("Row, row_2"), json!(["row", "Row", "row_2"]));
    assert_eq!(chosen("\"\",\" lead\""), json!(["row", "", " lead"]));
    assert_eq!(chosen(" lead"), json!(["row", " lead"]));
    assert_eq!(chosen("row,\"say \"\"hi\"\"\""), json!(["row", "row_3", "say \"hi\""]));
    assert_eq!(chosen("row_3"), json!(["row", "row_3"]));
    let all = complaint(inkfield().args(["table", "--columns", "none"]).arg(&set.path), 2);
    let all = all.split("known are ").nth(1).unwrap().to_owned();
    assert_eq!(chosen(&all).as_array().unwrap().len(), 8);
    let text = complaint(inkfield().args(["table", "--columns", "\"a,b"]).arg(&set.path), 2);
    assert!(text.contains("not closed"), "{text}");
    for by in ["row", "a,b", "", " lead", "\"a,b\""] {
        let mut locate = inkfield();
        locate.args(["locate", "--row", "0", "--layout", "groups", "--by", by]).arg(&set.path);
        super::outside::answer(&mut locate);
    }
}

#[test]
fn case_c16_a_key_that_comes_twice_is_told() {
    let set = Set::of_lines("{\"n\":1,\"n\":2}\n{\"n\":3}\n");
    assert_eq!(set.column("n"), [json!(2), json!(3)], "as Python's json reads it");
    let [warned] = &set.told("warning")[..] else { panic!("one warning") };
    assert!(warned.starts_with("odd records, 1 with a key twice: line 1 has the key \"n\" twice"), "{warned}");
}

#[test]
fn case_c16_the_folders_keys_are_told_apart() {
    let Some(cases) = field_cases() else { return };
    let set = Set::at(&cases.join("c16/n.npy"));
    let table = set.json(&["table", "--json"]);
    let names: Vec<&str> = table["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
    let text = std::fs::read_to_string(cases.join("c16/n.ndjson")).unwrap();
    let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (key, name) in [("row", "row_2"), ("a,b", "a,b"), ("", ""), (" lead", " lead"), ("Row", "Row")] {
        assert_eq!(set.column(name), records.iter().map(|record| record[key].clone()).collect::<Vec<_>>(), "{key:?}");
    }
}
