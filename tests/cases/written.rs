//! Records as other programs write them: wrapped values, lines in front of records, empty texts, sets of many files.

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

pub fn ns(rows: usize) -> Vec<Value> {
    (0..rows).map(|n| json!(n)).collect()
}

/// The one sentence of a severity that begins so.
pub fn only(set: &Set, severity: &str, beginning: &str) -> String {
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
    for end in ["", "\n", "\r\n \n"] {
        let set = Set::new(3, (bulk.clone() + end).as_bytes());
        assert_eq!((set.column("n"), set.told("warning")), (ns(3), vec![]), "{end:?}");
        assert_eq!(row.values(&only(&set, "info", "every second"))[..2], ["6", "3"], "{end:?}");
    }
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
    assert_eq!(warned, "");
    // Programs get each of them.
    let json: Value =
        serde_json::from_str(&answer(inkfield().args(["info", "--json"]).arg(folder.path("set")))).unwrap();
    let notes = json["report"]["notes"].as_array().unwrap();
    let each = notes.iter().filter(|note| note["text"].as_str().unwrap().starts_with("every value of this file is "));
    assert_eq!(each.count(), 20);
    row.all();
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

#[test]
fn case_many_entries_besides_are_counted_and_the_first_are_named() {
    let folder = Folder::new();
    for n in 0..12 {
        folder.bitmaps(&format!("set/m{n} (1).npy"), 2, n);
        folder.bitmaps(&format!("set/m{n} (2).npy"), 2, 100 + n);
        folder.bytes(&format!("set/m{n}.ndjson"), numbered(2).as_bytes());
        folder.bytes(&format!("set/d{n:02}/x"), b"");
        folder.bytes(&format!("set/p{n:02}.png"), b"");
    }
    for name in ["set/a.csv", "set/b.parquet", "set/c.npy.part"] {
        folder.bytes(name, b"");
    }
    let set = Set::at(&folder.path("set"));
    let path = |name: &str| folder.path("set").join(name).display().to_string();
    assert_eq!(
        set.told("info").into_iter().filter(|told| !told.contains("every value")).collect::<Vec<_>>()[..5],
        [
            format!("a folder in the folder, not opened (alike in 11 more: d01, d02, d03 …): {}", path("d00")),
            format!("not opened: a table is joined by --table (CSV, TSV, JSON, Parquet or Arrow): {}", path("a.csv")),
            format!(
                "not opened: a table is joined by --table (CSV, TSV, JSON, Parquet or Arrow): {}",
                path("b.parquet")
            ),
            format!("a download that is not complete, skipped: {}", path("c.npy.part")),
            format!(
                "left out: pictures are not opened beside arrays (alike in 11 more: p01.png, p02.png, p03.png …): {}",
                path("p00.png")
            ),
        ]
    );
    // Each for programs; one line for people, which names what it leaves out.
    let fits_two = |text: &str| text.starts_with("records not opened: their name fits \"m");
    assert_eq!(set.told("warning").iter().filter(|told| fits_two(told)).count(), 12);
    let text = set.answer(&["info"]);
    let lines: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("records not opened")).map(|(_, line)| line).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].contains("(alike in 11 more: m1.ndjson, m10.ndjson, m11.ndjson …)"), "{text}");

    // Folders that may hold the parts of records.
    let bitmaps: Vec<_> = (0..12).map(|n| folder.bitmaps(&format!("parts/ant{n:02}.npy"), 1, n)).collect();
    (0..12).for_each(|n| _ = folder.bytes(&format!("parts/ant{n:02}.ndjson/part-0.json"), b""));
    let text = answer(inkfield().arg("info").args(&bitmaps));
    let lines: Vec<&str> =
        text.lines().filter(|line| line.contains("lies beside the bitmaps and was not opened")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].contains("(alike in 11 more: ant01.ndjson, ant02.ndjson, ant03.ndjson …)"), "{text}");
}
