//! One bad escape costs one character; what stands beside records is left out; what cannot be read names cause and remedy.

use super::outside::{complaint, inkfield};
use super::real_data::field_cases;
use super::records::{Set, expected};
use super::told::Told;
use serde_json::{Value, json};

const TEXTS: &[u8] = include_bytes!("expected/texts.ndjson");

/// The one warning of a set.
fn warning(set: &Set) -> String {
    let warnings = set.told("warning");
    let [only] = warnings.as_slice() else { panic!("one warning was expected: {warnings:#?}") };
    only.clone()
}

fn ns(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!(n)).collect()
}

#[test]
fn case_c06_a_bad_escape_costs_a_character_and_no_record() {
    let expected = expected()["texts"].as_array().unwrap().clone();
    let set = Set::new(expected.len(), TEXTS);
    for key in ["word", "comment", "x", "\u{fffd}key"] {
        let values: Vec<Value> = expected.iter().map(|row| row.get(key).cloned().unwrap_or(Value::Null)).collect();
        assert_eq!(set.column(key), values, "{key}");
    }
    let warned = warning(&set);
    let counts = "odd records, 5 with something shown as U+FFFD, 2 with NaN or infinity (read as missing), 1 with a raw control character: ";
    assert!(warned.starts_with(counts), "{warned}");
    assert!(warned.contains("line 2 byte 34: half of a surrogate pair: shown as U+FFFD; line 3 byte 30: "), "{warned}");
    complaint(inkfield().args(["info", "--strict"]).arg(&set.path), 2);
}

#[test]
fn case_c06_what_is_no_escape_and_no_utf_8_is_counted() {
    let row = Told::case("c06");
    let set = Set::new(3, b"{\"n\":\"C:\\dir\\x41\"}\n{\"n\":\"\\u12 \\u+123\"}\n{\"n\":\"caf\xe9\"}\n");
    assert_eq!(
        set.column("n"),
        [json!("C:\u{fffd}dir\u{fffd}x41"), json!("\u{fffd}u12 \u{fffd}u+123"), json!("caf\u{fffd}")]
    );
    let values = row.values(&warning(&set));
    assert_eq!(values[0], "3");
    let odd = "line 1 byte 9: a backslash that begins no escape: shown as U+FFFD; line 2 byte 7: a backslash that begins no escape: \
               shown as U+FFFD; line 3 byte 10: is not UTF-8: shown as U+FFFD: ";
    assert!(values[1..].join(": ").starts_with(odd), "{values:?}");
    row.all();
}

#[test]
fn case_c06_the_folders_records_are_all_there() {
    let Some(cases) = field_cases() else { return };
    let set = Set::at(&cases.join("c06/s.npy"));
    assert_eq!(set.column("comment"), ["ok", "cut \u{fffd}", "\u{fffd} tail", "pair 😀"].map(|text| json!(text)));
    assert_eq!(set.column("countrycode"), ["US", "DE", "FR", "JP"].map(|text| json!(text)));
    assert!(
        warning(&set).starts_with("odd records, 2 with something shown as U+FFFD: line 2 byte "),
        "{}",
        warning(&set)
    );
}

#[test]
fn case_c08_what_stands_beside_records_is_left_out_and_told() {
    let row = Told::case("c08");
    let set = |bytes: &[u8]| Set::new(3, bytes);
    for (bytes, lines, what) in [
        (&b"\x1e{\"n\":0}\n\x1e{\"n\":1}\n\x1e{\"n\":2}\n"[..], "3 lines", "record separators (RS)"),
        (b"{\"n\":0},\n{\"n\":1} , \r\n{\"n\":2}", "2 lines", "commas"),
        (b"{\"n\":0}\n,{\"n\":1}\n, {\"n\":2}\n", "2 lines", "commas"),
        (b"\xef\xbb\xbf{\"n\":0}\n\xef\xbb\xbf{\"n\":1}\n{\"n\":2}\n", "1 line", "byte order marks"),
        (b"{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n\0\0\0\0\n", "1 line", "NUL bytes"),
        (b"{\"n\":0}\n{\"n\":1}\n{\"n\":2}\0\0\0\0", "1 line", "NUL bytes"),
        (b"[\n{\"n\":0},\n{\"n\":1},\n{\"n\":2}\n]\n", "3 lines", "commas and brackets of an array"),
        (b"[{\"n\":0},\n{\"n\":1},\n{\"n\":2}]", "3 lines", "commas and brackets of an array"),
        (b"\xef\xbb\xbf[\r{\"n\":0},\r{\"n\":1},\r{\"n\":2}\r]\r", "3 lines", "commas and brackets of an array"),
    ] {
        let set = set(bytes);
        assert_eq!(set.column("n"), ns(3), "{}", String::from_utf8_lossy(bytes));
        assert_eq!(set.told("warning"), [""; 0], "{}", String::from_utf8_lossy(bytes));
        let hints = set.told("info");
        let hint =
            hints.iter().find(|hint| hint.starts_with("left out")).unwrap_or_else(|| panic!("{what}: {hints:?}"));
        assert_eq!(row.values(hint)[..2], [lines, what], "{}", String::from_utf8_lossy(bytes));
    }
    // Line ends are no oddity, and neither are the characters that JavaScript takes for such.
    let returns = set(b"{\"n\":0}\r{\"n\":1}\r{\"n\":2}\r");
    assert_eq!((returns.column("n"), returns.told("warning").len()), (ns(3), 0));
    assert_eq!(set(b"{\"n\":0}\r\r{\"n\":2}").column("n"), [json!(0), json!(null), json!(2)]);
    let separator = Set::of_lines("{\"n\":\"a\u{2028}b\"}\n");
    assert_eq!((separator.column("n"), separator.told("warning").len()), (vec![json!("a\u{2028}b")], 0));
    assert_eq!(set(b"{\"n\":0}\r{\"n\":oops}\r{\"n\":2}").told("warning").len(), 1);
    let bad = set(b"[\n{\"n\":0},\n{\"n\":oops},\n{\"n\":2}\n]\n");
    assert!(warning(&bad).contains("line 3 byte 6: a text stands without double quotes"), "{}", warning(&bad));
}

#[test]
fn case_c08_what_is_not_guessed_names_cause_and_remedy() {
    let row = Told::case("c08");
    let told = |bytes: &[u8]| {
        let warnings = Set::new(1, bytes).told("warning");
        row.values(&warnings[0]).join(" | ") + "\n" + &warnings[0]
    };
    assert!(told(b"{\"n\":0}{\"n\":1}\x1e{\"n\":2}\n").starts_with("1 | 1 | 3 | "));
    assert!(told(b"{\"n\":\"\\ud83d\"} {\"n\":[]}\n").starts_with("1 | 1 | 2 | "));
    assert!(told(b"[\"octopus\",0]\n").starts_with("1 | 1 | "));
    let odd = |bytes: &[u8]| warning(&Set::new(1, bytes));
    for (bytes, words) in [
        (
            &b"{\"n\":0},{\"n\":1}"[..],
            "line 1 holds 2 objects with commas between them; write each on a line of its own",
        ),
        (b"{'n': 0}", "byte 2: single quotes are Python's or JavaScript's"),
        (b"{\"n\": 'a'}", "byte 7: single quotes are Python's or JavaScript's"),
        (b"{\"n\": None}", "byte 7: True, False and None are Python's words"),
        (b"{n: 0}", "byte 2: a key stands without double quotes"),
        (b"{\"n\": 007}", "byte 7: a number begins with 0"),
        (b"{\"n\": \"cut", "line 1 ends inside of its record"),
        (b"{\"n\": 1,}", "byte 9: nothing follows the comma"),
        (b"{\"n\": 1} # note", "byte 10: something follows the record"),
        (b"octopus", "line 1 is no JSON object"),
    ] {
        let told = odd(bytes);
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn case_c08_another_document_is_called_by_its_name() {
    let row = Told::case("c08");
    let refused = |bytes: &[u8]| {
        let set = Set::new(2, bytes);
        let records = set.path.with_extension("ndjson");
        let text = complaint(inkfield().arg("info").arg(&set.path).arg(&records), 2);
        let text = text.strip_prefix("error: ").unwrap().strip_suffix(&format!(": {}", records.display())).unwrap();
        text.to_owned()
    };
    for (bytes, what, advice) in [
        (&b"word,n\noctopus,0\noctopus,1\n"[..], "comma-separated values (CSV)", "csv.DictReader(sys.stdin)]' < FILE"),
        (b"\xef\xbb\xbf\"a;b\";n\n\"x\";0\n", "semicolon-separated values (CSV)", "delimiter=\";\")"),
        (b"word\tn\noctopus\t0\n", "tab-separated values (TSV)", "delimiter=\"\\t\")"),
        (b"[{\"n\":0},{\"n\":1}]", "one JSON array", "jq -c '.[]' FILE"),
        (b"[\n  {\n    \"n\": 0\n  },\n  {\n    \"n\": 1\n  }\n]\n", "one JSON array", "jq -c '.[]' FILE"),
        (b"[\n [\"octopus\", 0],\n [\"octopus\", 1]\n]\n", "one JSON array", "jq -c '.[]' FILE"),
        (b"{ \"n\": 0,\n  \"m\": 1 }\n{ \"n\": 1,\n  \"m\": 1 }\n", "JSON spread over several lines", "jq -c . FILE"),
        (
            b"{\"type\": \"x\", \"features\": [\n{\"n\":0},\n{\"n\":1}\n]}\n",
            "JSON spread over several lines",
            "jq -c '.features[]' FILE",
        ),
        (b"\xff\xfe{\0\"\0n\0\"\0", "UTF-16 text", "iconv -f UTF-16 -t UTF-8 FILE"),
        (b"{\0\"\0n\0\"\0", "UTF-16 text", "iconv -f UTF-16LE -t UTF-8 FILE"),
        (b"\0{\0\"\0n\0\"", "UTF-16 text", "iconv -f UTF-16BE -t UTF-8 FILE"),
        (b"\0\0\0{\0\0\0\"", "UTF-32 text", "iconv -f UTF-32 -t UTF-8 FILE"),
    ] {
        let values = row.values(&(refused(bytes) + ": FILE"));
        assert_eq!(values[0], what, "{}", String::from_utf8_lossy(bytes));
        assert!(values[1..].join(": ").contains(advice), "{values:?}");
    }
    row.values("left out beside the records in 1 line: commas: FILE");
    row.values("odd records, 1 could not be read: line 1 holds 2 objects; one a line is needed: `jq -c . FILE > FILE.ndjson`: FILE");
    row.values(
        "odd records, 1 could not be read: line 1 is an array, not an object: name its values, as in \
         `jq -c '{word: .[0]}' FILE > FILE.ndjson`: FILE",
    );
    row.all();
}

/// A bad first line is no document of many lines.
#[test]
fn case_c08_a_bad_first_line_costs_no_other() {
    for first in ["{oops", "{\"n\":", "{\"n\":0", "{\"n\":\"cut", "{\"n\":0,", "{\"n\":[[1,2", "a,b", "[1,2]"] {
        let set = Set::new(3, format!("{first}\n{{\"n\":1}}\n{{\"n\":2}}\n").as_bytes());
        assert_eq!(set.column("n"), [json!(null), json!(1), json!(2)], "{first}");
        assert!(warning(&set).starts_with("odd records, 1 could not be read: line 1 "), "{first}: {}", warning(&set));
    }
}

#[test]
fn case_c08_the_folders_lines_are_read_or_explained() {
    let Some(cases) = field_cases() else { return };
    let set = |name: &str| Set::at(&cases.join(format!("c08/{name}.npy")));
    for name in ["rs", "commas", "cr", "bommid", "ls", "nultail"] {
        assert_eq!(set(name).column("n"), ns(4), "{name}");
        assert_eq!(set(name).told("warning"), [""; 0], "{name}");
    }
    for (name, words) in [
        ("concat", "line 1 holds 2 objects; one a line is needed: `jq -c . FILE > FILE.ndjson`"),
        ("oneline", "line 1 holds 4 objects; one a line is needed: `jq -c . FILE > FILE.ndjson`"),
        ("arrays", "line 1 is an array, not an object"),
        ("csv", "this is comma-separated values (CSV), not one JSON object a line; turn it into records: python3 -c"),
    ] {
        let told = set(name).told("warning").join("\n");
        assert!(told.contains(words), "{name}: {told}");
    }
}
