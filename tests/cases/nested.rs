//! Objects and arrays in records: what becomes a column, under which name, and what is said of the rest.

use super::outside::inkfield;
use super::records::Set;
use super::told::Told;
use super::written::{ns, only};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn case_nested_values_are_never_left_out_without_a_word() {
    let row = Told::case("nested");
    let set = Set::of_lines(
        "{\"n\":0,\"tags\":[7],\"drawing\":[[[1],[2]]]}\n{\"n\":1,\"tags\":[{\"b\":1}],\"m\":[1]}\n{\"n\":2,\"m\":3}\n",
    );
    assert_eq!(set.column("n"), ns(3));
    assert_eq!(row.values(&only(&set, "info", "the key ")), ["\"tags\"", "2 records"]);
    assert_eq!(set.told("warning"), ["column \"m\" holds arrays or objects in 1 row: shown as missing there"]);
    // All that is odd about a column is said.
    let set = Set::of_lines("{\"m\":[1]}\n{\"m\":3}\n{\"m\":\"x\"}\n{\"m\":[]}\n");
    let told = [
        "column \"m\" mixes numbers and strings: all are shown as text",
        "column \"m\" holds arrays or objects in 1 row: shown as missing there",
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
    row.values(&only(&set, "info", "73 values of objects"));
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

/// An object with a key for each user or the like takes no column from the records' own keys, and they none from it.
#[test]
fn case_nested_objects_with_many_keys_leave_room() {
    let mut lines = String::new();
    for n in 0..400 {
        writeln!(lines, "{{\"votes\":{{\"u{n}\":{n}}},\"n\":{n}}}").unwrap();
    }
    // With `votes`, which takes a place as well, and `n` these are 256.
    (0..254).for_each(|n| writeln!(lines, "{{\"late{n}\":{n}}}").unwrap());
    let set = Set::of_lines(&lines);
    assert_eq!(set.told("warning"), [""; 0]);
    let names = &set.json(&["table", "--json"])["columns"];
    // The row number, `n`, the late ones, and those of `votes`.
    assert_eq!(names.as_array().unwrap().len(), 1 + 1 + 254 + 128);
    assert_eq!(set.column("late253")[653], json!(253));
    assert_eq!((&set.column("votes.u127")[127], &set.column("n")[399]), (&json!(127), &json!("399")));
    let told = Told::case("nested").values(&only(&set, "info", "272 values"));
    assert_eq!(told, ["272 values", "128", "256", "\"votes.u128\""]);
    // The own ones first, and one too many.
    let own: Vec<String> = (0..257).map(|n| format!("\"k{n}\":{n}")).collect();
    let set = Set::of_lines(&format!("{{{},\"o\":{{\"x\":1}}}}\n{{\"k0\":{{\"x\":5}}}}\n", own.join(",")));
    assert!(only(&set, "warning", "2 values left out").contains("the first is \"k256\""));
    assert_eq!(set.column("k0.x"), [Value::Null, json!(5)]);
}

/// Which key a value is of is no matter of how its name reads.
#[test]
fn case_nested_keys_with_a_point_are_other_keys() {
    // Arrays in the object are no fault of the key that reads the same, nor the other way round.
    for (lines, own, inner) in [
        ("{\"a\":{\"b\":[1]}}\n{\"a.b\":2}\n", json!([null, 2]), None),
        ("{\"a\":{\"b\":1}}\n{\"a.b\":[2]}\n", json!([1, null]), None),
        (
            "{\"a\":{\"b\":1}}\n{\"a.b\":2}\n{\"a\":{\"b\":3},\"a.b\":4}\n",
            json!([null, 2, 4]),
            Some(json!([1, null, 3])),
        ),
    ] {
        let set = Set::of_lines(lines);
        assert_eq!(set.told("warning"), [""; 0], "{lines}");
        assert_eq!(json!(set.column("a.b")), own, "{lines}");
        match inner {
            Some(inner) => assert_eq!(json!(set.column("a.b_2")), inner),
            None => assert!(
                only(&set, "info", "the key ").starts_with("the key \"a.b\" holds arrays or objects in 1 record ")
            ),
        }
    }
    // A key of an object that holds both has its warning under its own name.
    let set = Set::of_lines("{\"a\":{\"b\":1},\"a.b\":5}\n{\"a\":{\"b\":[1]},\"a.b\":6}\n");
    assert_eq!(set.told("warning"), ["column \"a.b_2\" holds arrays or objects in 1 row: shown as missing there"]);
}

/// The last value counts as a whole, as in Python's `json`: nothing is left of an object before it.
#[test]
fn case_nested_of_an_object_given_twice_the_last_counts() {
    let set = Set::of_lines(concat!(
        "{\"a\":{\"x\":1,\"y\":2},\"a\":{\"y\":3}}\n",
        "{\"a\":{\"x\":1},\"a\":5}\n",
        "{ \"a\" : {\"x\":1 },\"n\":1, \"a\" :null}\n",
        "{\"a\":7,\"a\":{\"x\":4}}\n",
        "{\"a\":{\"x\":1},\"a\":[{\"x\":2}]}\n",
        "{\"a\":{\"x\":1},\"a\":{\"x\":8},\"b\":{\"x\":9}}\n",
    ));
    for (name, values) in [
        ("a", json!([null, 5, null, null, null, null])),
        ("a.x", json!([null, null, null, 4, null, 8])),
        ("a.y", json!([3, null, null, null, null, null])),
        ("b.x", json!([null, null, null, null, null, 9])),
    ] {
        assert_eq!(json!(set.column(name)), values, "{name}");
    }
    assert!(
        only(&set, "warning", "odd records")
            .starts_with("odd records, 6 with a key twice: line 1 has the key \"a\" twice")
    );
}
