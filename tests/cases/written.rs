//! Records as other programs write them: wrapped and nested values, lines in front of records, empty texts, sets of many files.

use super::folder::Folder;
use super::outside::{answer, inkfield};
use super::records::{Set, csv_column};
use super::told::Told;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Lines with a number and a word each.
fn numbered(rows: usize) -> String {
    (0..rows).fold(String::new(), |mut lines, n| {
        writeln!(lines, "{{\"word\":\"ant\",\"n\":{n}}}").unwrap();
        lines
    })
}

fn ns(rows: usize) -> Vec<Value> {
    (0..rows).map(|n| json!(n)).collect()
}

/// The one sentence of a severity that begins so.
fn only(set: &Set, severity: &str, beginning: &str) -> String {
    let told = set.told(severity);
    let mut found = told.iter().filter(|text| text.starts_with(beginning));
    let first = found.next().unwrap_or_else(|| panic!("{beginning}: {told:#?}"));
    assert_eq!(found.next(), None, "{told:#?}");
    first.clone()
}

/// The values are those that `bson.json_util.loads` of pymongo gives for the line.
#[test]
fn case_wrapped_values_of_mongodb_are_what_they_wrap() {
    let line = r#"{"_id":{"$oid":"5d505646cf6d4fe581014ab2"},"n":{"$numberInt":"-7"},"big":{"$numberLong":"9223372036854775801"},
        "d":{ "$numberDouble" : "-1.5" },"dec":{"$numberDecimal":"1.10"},"inf":{"$numberDouble":"Infinity"},
        "at":{"$date":"2019-08-11T17:54:14.692Z"},"canonical":{"$date":{"$numberLong":"1565546054692"}},
        "old":{"$date":1565546054692},"before":{"$date":{"$numberLong":"-1"}},"u":{"$uuid":"3b241101-e2bb-4255-8caf-4136c566a962"}}"#;
    let set = Set::new(1, line.replace('\n', " ").as_bytes());
    for (name, kind, value) in [
        ("_id", "category", json!("5d505646cf6d4fe581014ab2")),
        ("n", "number", json!(-7)),
        ("big", "id", json!("9223372036854775801")),
        ("d", "number", json!(-1.5)),
        ("dec", "number", json!(1.1)),
        ("inf", "category", Value::Null),
        ("at", "time", json!("2019-08-11T17:54:14.692Z")),
        ("canonical", "time", json!("2019-08-11T17:54:14.692000Z")),
        ("old", "time", json!("2019-08-11T17:54:14.692000Z")),
        ("before", "time", json!("1969-12-31T23:59:59.999000Z")),
        ("u", "category", json!("3b241101-e2bb-4255-8caf-4136c566a962")),
    ] {
        assert_eq!((set.column(name), &set.info(name)["type"]), (vec![value], &json!(kind)), "{name}");
    }
    assert!(only(&set, "warning", "odd records").contains("1 with NaN or infinity (read as missing)"));
    // What is no such wrapper is none, whatever its key says.
    for other in [
        r#"{"$oid":5}"#,
        r#"{"$oid":"a","b":1}"#,
        r#"{"$date":true}"#,
        r#"{"$date":{"$date":1}}"#,
        r#"{"$numberInt":"seven"}"#,
        r#"{"$numberInt":["7"]}"#,
        r#"{"$date":253402300800000}"#,
        r#"{"$code":"f()","$scope":{}}"#,
    ] {
        let set = Set::of_lines(&format!("{{\"n\":0,\"x\":{other}}}\n"));
        assert_eq!(set.told("warning"), [""; 0], "{other}");
        let names = set.json(&["table", "--json"])["columns"].to_string();
        let inner = names.contains("\"x.$") || set.told("info").iter().any(|told| told.starts_with("the key \"x.$"));
        assert!(inner && !names.contains("\"x\""), "{other}: {names}");
    }
    let deep = format!("{{\"n\":0,\"x\":{}1{}}}\n", "{\"$date\":".repeat(100_000), "}".repeat(100_000));
    assert_eq!(Set::of_lines(&deep).column("n"), ns(1));
}

#[test]
fn case_nested_values_are_never_left_out_without_a_word() {
    let row = Told::case("nested");
    let set = Set::of_lines(
        "{\"n\":0,\"tags\":[\"a\"],\"drawing\":[[[1],[2]]]}\n{\"n\":1,\"tags\":[{\"b\":1}],\"m\":[1]}\n{\"n\":2,\"m\":3}\n",
    );
    assert_eq!(set.column("n"), ns(3));
    assert_eq!(row.values(&only(&set, "info", "the key ")), ["\"tags\"", "2 records"]);
    assert_eq!(set.told("warning"), ["column \"m\" holds arrays or objects in 1 row: shown as missing there"]);
    // All that is odd about a column is said.
    let set = Set::of_lines("{\"m\":[1]}\n{\"m\":3}\n{\"m\":\"x\"}\n{\"m\":[]}\n");
    let told = [
        "column \"m\" mixes numbers and strings: all are shown as text",
        "column \"m\" holds arrays or objects in 2 rows: shown as missing there",
    ];
    assert_eq!(set.told("warning"), told);
    // Records that make no column are not called none.
    let set = Set::of_lines("{\"tags\":[1]}\n{\"tags\":[2]}\n");
    let info = set.answer(&["info"]);
    let line = info.lines().find(|line| line.starts_with("records without")).unwrap_or_else(|| panic!("{info}"));
    row.values(line);
    let error = inkfield().args(["locate", "--row", "0", "--layout", "groups"]).arg(&set.path).output().unwrap();
    assert_eq!(error.status.code(), Some(2));
    row.error(&String::from_utf8(error.stderr).unwrap());
    let set = Set::of_lines("{\"a\":{\"b\":1}}\n{\"a.b\":2}\n");
    assert_eq!(row.values(&only(&set, "info", "the records have")), ["\"a.b\"", "\"a.b_2\""]);
    let votes: Vec<String> = (0..201).map(|n| format!("\"u{n}\":1")).collect();
    let set = Set::of_lines(&format!("{{\"votes\":{{{}}}}}\n", votes.join(",")));
    row.values(&only(&set, "info", "74 values of objects"));
    row.all();
}

#[test]
fn case_lead_lines_in_front_of_records_are_left_out_where_the_count_shows_it() {
    let row = Told::case("lead");
    for (lead, lines, text) in [
        ("# made by a tool\n", 1, "`# made by a tool`"),
        ("// made by a tool\n", 1, "`// made by a tool`"),
        ("octopus drawings\r\n", 1, "`octopus drawings`"),
        ("{\"version\":1,\"count\":3}\n", 1, "`{\"version\":1,\"count\":3}`"),
        ("{\"index\":{\"_index\":\"ants\"}}\n", 1, "`{\"index\":{\"_index\":\"ants\"}}`"),
        ("[\"word\",\"n\"]\n", 1, "`[\"word\",\"n\"]`"),
        ("\n", 1, "(blank)"),
        ("{\"version\":\"1.1\"}\n{\"type\":\"images\"}\n", 2, "`{\"version\":\"1.1\"}`"),
        ("\u{feff}# one\n# two\n\n", 3, "`# one`"),
    ] {
        let set = Set::new(3, (lead.to_owned() + &numbered(3)).as_bytes());
        assert_eq!(set.column("n"), ns(3), "{lead}");
        assert_eq!(set.told("warning"), [""; 0], "{lead}");
        let told = row.values(&only(&set, "info", "line"));
        let (which, first, path) = (&told[0], &told[told.len() - 2], &told[told.len() - 1]);
        assert_eq!((which.as_str(), first.as_str()), ("1", text), "{lead}");
        assert!(path.ends_with("octopus.ndjson"), "{path}");
        // Line numbers stay those of the file.
        let bad = Set::new(4, (lead.to_owned() + &numbered(3) + "{oops\n").as_bytes());
        let warned = only(&bad, "warning", "odd records");
        assert!(warned.contains(&format!("line {} ", lines + 4)), "{warned}");
    }
    // The record of a row is the one that is shown.
    let set = Set::new(3, ("# ants\n".to_owned() + &numbered(3)).as_bytes());
    assert_eq!(csv_column(&set.answer(&["table", "--csv"]), "n"), ["0", "1", "2"]);
    let (columns, _) = set.read();
    assert_eq!(columns.rows_loaded(), 3);

    let bulk = (0..3).fold(String::new(), |mut lines, n| {
        writeln!(lines, "{{\"index\":{{\"_id\":\"{n}\"}}}}\n{{\"word\":\"ant\",\"n\":{n}}}").unwrap();
        lines
    });
    let set = Set::new(3, bulk.as_bytes());
    assert_eq!((set.column("n"), set.told("warning")), (ns(3), vec![]));
    assert_eq!(row.values(&only(&set, "info", "every second"))[..2], ["6", "3"]);
    let one = Set::new(3, b"{\"columns\":[\"n\"],\"data\":[[0],[1],[2]]}\n");
    assert_eq!(row.values(&only(&one, "warning", "1 record"))[..2], ["3 drawings", "2"]);
    let part: Value =
        serde_json::from_str(&answer(inkfield().args(["table", "--json", "--rows", "1:3"]).arg(&set.path))).unwrap();
    assert_eq!(part["rows"], json!([[0, "ant", 1], [1, "ant", 2]]));
    let set = Set::new(3, bulk.replace("\"n\":1}", "\"n\":oops}").as_bytes());
    only(&set, "warning", "odd records, 1 could not be read: line 4 byte ");
    assert_eq!(set.column("n"), [json!(0), json!(null), json!(2)]);
    row.all();
}

/// Where it is not clear what is too much, rows are as they were and the doubt is said.
#[test]
fn case_lead_lines_without_evidence_shift_nothing_and_doubt_is_said() {
    let warned = |rows: usize, records: &str| {
        let set = Set::new(rows, records.as_bytes());
        (set.column("n"), set.told("warning").join("\n"))
    };
    let (values, said) = warned(3, &numbered(4));
    assert_eq!(values, ns(3));
    assert!(said.starts_with(
        "4 records for 3 drawings: the last one is ignored; where one too many stands further in front, "
    ));
    // A damaged record, and one without a key, is a record.
    for first in ["{\"n\":\n", "{}\n"] {
        let (values, said) = warned(3, &(first.to_owned() + &numbered(3)));
        assert_eq!(values, [json!(null), json!(0), json!(1)], "{first}");
        assert!(said.contains("the last one is ignored"), "{said}");
    }
    // As many lines as drawings are records, whatever the first one is.
    for first in ["# ants\n", "{\"version\":1}\n"] {
        let (values, _) = warned(4, &(first.to_owned() + &numbered(3)));
        assert_eq!(values, [json!(null), json!(0), json!(1), json!(2)], "{first}");
    }
    let (values, said) = warned(3, &(numbered(3) + "{\"count\":3}\n"));
    assert_eq!(values, ns(3));
    assert!(said.contains("the last one is ignored"), "{said}");
}

#[test]
fn case_empty_texts_and_missing_values_are_told_apart() {
    let set = Set::of_lines(
        "{\"c\":\"\",\"n\":0}\n{\"c\":null,\"n\":1}\n{\"n\":2}\n{\"c\":\"x\"}\n{\"c\":\"unknown\"}\n{\"c\":\"\"}\n",
    );
    let info = set.info("c");
    assert_eq!((&info["missing"], &info["empty"], &info["distinct"]), (&json!(2), &json!(2), &json!(3)));
    assert_eq!(info["top"], json!([["", 2], ["unknown", 1], ["x", 1]]));
    let text = set.answer(&["info"]);
    let cells = |start: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{text}"));
        line.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(cells("column ")[..5], ["column", "type", "distinct", "missing", "empty"]);
    assert_eq!(cells("c ").join(" "), "c category 3 2 2 \"\" 2, unknown 1, x 1");
    let csv = set.answer(&["table", "--csv", "--columns", "c"]);
    assert_eq!(csv_column(&csv, "c"), ["\"\"", "", "", "x", "unknown", "\"\""]);
    let table = set.answer(&["table", "--columns", "c"]);
    assert_eq!(table.lines().map(str::trim).collect::<Vec<_>>()[1..4], ["0  \"\"", "1", "2"]);
    assert_eq!(set.column("c"), [json!(""), Value::Null, Value::Null, json!("x"), json!("unknown"), json!("")]);
}

#[test]
fn case_many_files_of_which_the_same_is_to_be_said_give_one_line() {
    let (row, folder) = (Told::case("many"), Folder::new());
    for n in 0..20 {
        // Drawings of one value each, another one in each file.
        folder.bitmaps(&format!("set/u{n:02}.npy"), 1, n);
    }
    let output = inkfield().arg("info").arg(folder.path("set")).output().unwrap();
    let warned = String::from_utf8(output.stderr).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    let line = text.lines().find(|line| line.contains("every value of this file")).unwrap_or_else(|| panic!("{text}"));
    let told = row.values(line);
    assert_eq!(told[..3], ["0", "19", "u01.npy, u02.npy, u03.npy …"]);
    assert_eq!(text.matches("every value of this file").count(), 1, "{text}");
    assert!(warned.lines().count() <= 1, "{warned}");
    // Programs get each of them.
    let json: Value =
        serde_json::from_str(&answer(inkfield().args(["info", "--json"]).arg(folder.path("set")))).unwrap();
    let notes = json["report"]["notes"].as_array().unwrap();
    let each = notes.iter().filter(|note| note["text"].as_str().unwrap().starts_with("every value of this file is "));
    assert_eq!(each.count(), 20);
    row.all();
}

/// Names and values are those of `pandas.json_normalize(records, max_level=1)`.
#[test]
fn case_nested_objects_become_columns_as_pandas_makes_them() {
    let set = Set::of_lines(concat!(
        "{\"_source\":{\"word\":\"ant\",\"n\":1,\"deep\":{\"x\":1},\"id\":{\"$oid\":\"5d50\"}},\"_id\":\"a\"}\n",
        "{ \"_source\" : { \"n\":2, \"word\":\"bee\", \"new\":true }, \"_id\":\"b\" }\n",
        "{\"_source\":7,\"_id\":\"c\"}\n",
        "{\"_source\":{},\"_id\":\"d\"}\n",
    ));
    for (name, values) in [
        ("_source.word", json!(["ant", "bee", null, null])),
        ("_source.n", json!([1, 2, null, null])),
        ("_source.id", json!(["5d50", null, null, null])),
        ("_source.new", json!([null, true, null, null])),
        ("_source", json!([null, null, 7, null])),
        ("_id", json!(["a", "b", "c", "d"])),
    ] {
        assert_eq!(json!(set.column(name)), values, "{name}");
    }
    assert_eq!(set.told("warning"), [""; 0]);
    assert!(
        only(&set, "info", "the key ").starts_with("the key \"_source.deep\" holds arrays or objects in 1 record ")
    );
    assert_eq!(set.json(&["table", "--json"])["columns"].as_array().unwrap().len(), 7);
    // A key of the record that reads the same keeps its name, wherever it first occurs.
    for lines in ["{\"a\":{\"b\":1}}\n{\"a.b\":2}\n", "{\"a.b\":2,\"a\":{\"b\":1}}\n{\"a\":{\"b\":1}}\n"] {
        let set = Set::of_lines(lines);
        assert!(set.column("a.b").contains(&json!(2)) && !set.column("a.b").contains(&json!(1)), "{lines}");
        assert!(set.column("a.b_2").contains(&json!(1)), "{lines}");
        only(&set, "info", "the records have a key \"a.b\", too: what the object holds is column \"a.b_2\"");
    }
}

/// An object with a key for each user or the like takes no column from the records' own keys.
#[test]
fn case_nested_objects_with_many_keys_leave_room() {
    let mut lines = String::new();
    for n in 0..400 {
        writeln!(lines, "{{\"votes\":{{\"u{n}\":{n}}},\"n\":{n}}}").unwrap();
    }
    (0..100).for_each(|n| writeln!(lines, "{{\"late{n}\":{n}}}").unwrap());
    let set = Set::of_lines(&lines);
    assert_eq!(set.told("warning"), [""; 0]);
    assert_eq!(set.column("late99")[499], json!(99));
    assert_eq!(set.column("n")[399], json!("399"));
    let told = Told::case("nested").values(&only(&set, "info", "274 values"));
    assert_eq!(told, ["274 values", "128", "\"votes.u126\""]);
}

#[test]
fn case_parts_of_records_and_other_endings_are_not_passed_over() {
    let (row, folder) = (Told::case("parts"), Folder::new());
    let set = Set::at(&folder.bitmaps("ant.npy", 3, 0));
    folder.bytes("ant.ndjson/part-00000.json", numbered(3).as_bytes());
    folder.bytes("ant.ndjson/_SUCCESS", b"");
    assert!(row.values(&only(&set, "info", "this folder"))[0].ends_with("ant.ndjson"));
    for ending in ["geojsonl", "geojson"] {
        let set = Set::at(&folder.bitmaps(&format!("{ending}/bee.npy"), 3, 0));
        folder.bytes(&format!("{ending}/bee.{ending}"), numbered(3).as_bytes());
        assert_eq!(set.column("n"), ns(3), "{ending}");
    }
    let set = Set::at(&folder.bitmaps("one/cat.npy", 3, 0));
    folder.bytes("one/cat.geojson", b"{\"type\":\"FeatureCollection\",\"features\":[]}");
    only(&set, "info", "lies beside the bitmaps and was not opened: this is one JSON object");
    row.all();
}
