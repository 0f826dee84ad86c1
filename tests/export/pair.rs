//! Pairs open again and say the same; tables are those of `table`.

use super::common::{columns_of, open};
use super::folder::Folder;
use super::{export, inkfield, outside};
use inkfield::data::Row;
use inkfield::data::dataset::Dataset;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn values(dataset: &Dataset) -> Vec<u8> {
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values).unwrap();
    values
}

/// Opens a pair again; it is as the rows of the set it was taken from.
fn assert_reopens(dir: &Path, from: &Dataset, rows: &[u32]) {
    let again = open(&[dir.join("out.npy"), dir.join("out.ndjson")]);
    assert_eq!((again.rows() as usize, again.height(), again.width()), (rows.len(), from.height(), from.width()));
    assert_eq!(again.dtype(), from.dtype());
    let each = (from.height() * from.width()) as usize;
    let all = values(from);
    let expected: Vec<u8> = rows.iter().flat_map(|&row| all[row as usize * each..][..each].to_vec()).collect();
    assert!(values(&again) == expected, "drawings differ");
    let (before, after) = (columns_of(from), columns_of(&again));
    let record = |columns: &inkfield::data::columns::Columns, row| Value::Object(columns.record_json(Row(row)));
    for (place, &row) in rows.iter().enumerate() {
        assert_eq!(record(&after, place as u32), record(&before, row), "row {row}");
    }
}

#[test]
fn a_pair_opens_again_and_is_equal() {
    let folder = Folder::new();
    let dir = folder.0.path();
    outside::answer(inkfield().args(["demo", "--count", "900", "--seed", "5", "--out", "in"]).current_dir(dir));
    export(dir, "in --where recognized=true --npy out.npy --ndjson out.ndjson");
    let from = open(&[dir.join("in")]);
    let columns = columns_of(&from);
    let recognized = columns.get("recognized").unwrap();
    let rows: Vec<u32> = (0..900).filter(|&row| recognized.text(Row(row)) == "true").collect();
    assert!(rows.len() > 100 && rows.len() < 900);
    assert_reopens(dir, &from, &rows);
    let lines = |name: &str| {
        fs::read(dir.join(name)).unwrap().split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    let (before, after) = (lines("in/octopus.ndjson"), lines("out.ndjson"));
    let expected: Vec<_> = rows.iter().map(|&row| before[row as usize].clone()).collect();
    assert!(after == expected, "records differ");
}

#[test]
fn records_are_written_byte_for_byte() {
    let folder = Folder::new();
    let dir = folder.0.path();
    folder.bitmaps("in.npy", 6, 10);
    // Spelling, blanks, order, doubled keys, bad lines and bytes that are no UTF-8 stay; blanks around and line ends do not.
    let lines: [&[u8]; 6] = [
        br#"{ "n" : 1.50e0, "t":"\u00e9" }"#,
        br#"{"n":2,"n":3}"#,
        b"{\"t\":\"\xff\"}",
        br#"{"n": oops}"#,
        br#"{"n":NaN,"t":"</script>"}"#,
        br#"{"deep":{"a":[1,2,{"b":null}]}}"#,
    ];
    folder.bytes("in.ndjson", &lines.join(&b"\r\n"[..]));
    export(dir, "in.npy --npy out.npy --ndjson out.ndjson");
    let written = fs::read(dir.join("out.ndjson")).unwrap();
    let expected: Vec<u8> = lines.iter().flat_map(|line| [line, &b"\n"[..]].concat()).collect();
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
    assert_reopens(dir, &open(&[dir.join("in.npy"), dir.join("in.ndjson")]), &[0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_row_without_a_record_keeps_its_place_and_what_its_file_says() {
    let folder = Folder::new();
    let dir = folder.0.path();
    folder.bitmaps("set/ant.npy", 2, 1);
    folder.bitmaps("set/bee.npy", 3, 5);
    folder.bytes("set/bee.ndjson", b"{\"n\":1}\n\n{\"n\":3}\n");
    let output = inkfield()
        .args(["export", "set", "--npy", "out.npy", "--ndjson", "out.ndjson"])
        .current_dir(dir)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    // What goes along with no record must be told: two records of bees do not say that they are bees.
    assert!(said.contains("2 records do not say which of the files a drawing is from"), "{said}");
    let text = fs::read_to_string(dir.join("out.ndjson")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [r#"{"category":"ant"}"#, r#"{"category":"ant"}"#, r#"{"n":1}"#, r#"{"category":"bee"}"#, r#"{"n":3}"#]
    );
    let again = open(&[dir.join("out.npy"), dir.join("out.ndjson")]);
    assert_eq!((again.rows(), columns_of(&again).get("n").unwrap().text(Row(4))), (5, "3".to_owned()));
}

#[test]
fn bools_stay_bools_and_odd_sizes_open_as_they_were() {
    let folder = Folder::new();
    let dir = folder.0.path();
    // Three drawings must not become one coloured picture, whatever their size.
    let bits = |count: usize| -> Vec<u8> { (0..count).map(|at| u8::from(at % 3 == 0)).collect() };
    for (descr, shape, count) in [("|b1", "(3, 784)", 3 * 784), ("|b1", "(5, 20, 30)", 3000), ("|u1", "(1, 784)", 784)]
    {
        let mut npy = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}").into_bytes();
        npy.resize(117, b' ');
        npy.push(b'\n');
        let file = [&b"\x93NUMPY\x01\x00\x76\x00"[..], &npy, &bits(count)].concat();
        folder.bytes("in.npy", &file);
        let from = open(&[dir.join("in.npy")]);
        export(dir, "in.npy --npy out.npy");
        let again = open(&[dir.join("out.npy")]);
        assert_eq!(again.dtype(), from.dtype(), "{shape}");
        assert_eq!(
            (again.rows(), again.height(), again.width()),
            (from.rows(), from.height(), from.width()),
            "{shape}"
        );
        assert!(values(&again) == values(&from), "{shape}");
    }
}

#[test]
fn a_table_is_what_the_command_table_prints() {
    let folder = Folder::new();
    let dir = folder.0.path();
    let filter = ["demo:400", "--where", "countrycode=US"];
    export(dir, &format!("{} --csv out.csv", filter.join(" ")));
    let printed = outside::answer(inkfield().args(["table", "--csv"]).args(filter));
    assert!(printed.lines().count() > 20);
    assert_eq!(fs::read_to_string(dir.join("out.csv")).unwrap(), printed);
    export(dir, "demo:400 --fields word,key_id --csv out.csv");
    let printed = outside::answer(inkfield().args(["table", "--csv", "demo:400", "--columns", "word,key_id"]));
    assert_eq!(fs::read_to_string(dir.join("out.csv")).unwrap(), printed);
}
