//! `file`: places from arrays and tables, against numpy (`expected/places.py`) and by hand.

use super::places::{assert_places, expected, placed};
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::scene::layout::{Aspect, Layout, LayoutParams, Ratio};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// x and y, NaN where there is none.
type Pairs = Vec<[f64; 2]>;

fn pairs() -> Pairs {
    let all = expected()["file"]["positions"].clone();
    let number = |value: &serde_json::Value| value.as_f64().unwrap_or(f64::NAN);
    all.as_array().unwrap().iter().map(|pair| [number(&pair[0]), number(&pair[1])]).collect()
}

/// A `.npy` file of a type, order and shape, by the format's definition.
fn npy(descr: &str, fortran: bool, shape: &str, values: &[u8]) -> Vec<u8> {
    let order = if fortran { "True" } else { "False" };
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(values);
    bytes
}

fn written(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn file(path: &Path, rows: u32, columns: Option<&Columns>) -> Result<Arc<Layout>, String> {
    let params = LayoutParams { positions: Some(path.to_owned()), seed: 2, ..LayoutParams::default() };
    placed("file", rows, params, columns).map_err(|error| error.to_string())
}

#[test]
fn arrays_of_any_float_order_and_byte_order_are_placed_as_numpy_does() {
    let (folder, pairs) = (TempDir::new().unwrap(), pairs());
    let rows = pairs.len();
    let shape = format!("({rows}, 2)");
    let by_rows: Vec<f64> = pairs.iter().flatten().copied().collect();
    let by_columns: Vec<f64> = [0, 1].iter().flat_map(|&axis| pairs.iter().map(move |pair| pair[axis])).collect();
    let bytes =
        |numbers: &[f64], to: fn(f64) -> Vec<u8>| numbers.iter().flat_map(|&number| to(number)).collect::<Vec<u8>>();
    let files = [
        ("<f8", false, bytes(&by_rows, |v| v.to_le_bytes().into())),
        (">f8", true, bytes(&by_columns, |v| v.to_be_bytes().into())),
        ("<f4", true, bytes(&by_columns, |v| (v as f32).to_le_bytes().into())),
        (">f4", false, bytes(&by_rows, |v| (v as f32).to_be_bytes().into())),
    ];
    for (descr, fortran, values) in files {
        let path = written(&folder, "a.npy", npy(descr, fortran, &shape, &values));
        let layout = file(&path, rows as u32, None).unwrap();
        if descr.ends_with('8') {
            assert_places(&layout, &expected()["file"]["own"], descr);
        } else {
            // 32-bit floats are these to seven digits.
            let exact =
                file(&written(&folder, "b.npy", npy("<f8", false, &shape, &files_of(&by_rows))), 30, None).unwrap();
            let far = (0..30).map(|row| (layout.center(row).unwrap() - exact.center(row).unwrap()).length());
            assert!(far.fold(0.0, f64::max) < 1e-4, "{descr}");
        }
        assert_eq!(layout.note.as_deref(), Some("without a place in a.npy: 2 rows, left of the plot"));
        assert!(layout.overlaps && layout.axes.is_none());
    }
}

fn files_of(numbers: &[f64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A table in a form: what stands between values, and what an absent one is.
fn table(pairs: &Pairs, heading: &str, between: &str, none: &str) -> String {
    let number = |v: f64| if v.is_nan() { none.to_owned() } else { v.to_string() };
    let mut text = String::from(heading);
    for [x, y] in pairs {
        writeln!(text, "{}{between}{}", number(*x), number(*y)).unwrap();
    }
    text
}

#[test]
fn tables_with_and_without_names_are_placed_alike() {
    let (folder, pairs) = (TempDir::new().unwrap(), pairs());
    let crlf = table(&pairs, "x,y\n", ",", "").replace('\n', "\r\n");
    let mut objects = String::new();
    for [x, y] in &pairs {
        writeln!(objects, "{}", serde_json::json!({"x": x, "label": "a", "y": y})).unwrap();
    }
    let texts = [
        ("a.csv", table(&pairs, "x,y\n", ",", "")),
        ("b.csv", crlf),
        ("c.tsv", table(&pairs, "X\tY\n", "\t", "NaN")),
        ("d.csv", table(&pairs, "\u{feff}# made by hand\n\n\"x\";\"y\"\n", ";", "null")),
        ("e.txt", table(&pairs, "", " ", "nan")),
        ("f.ndjson", objects),
    ];
    for (name, text) in texts {
        let path = written(&folder, name, text);
        let layout = file(&path, 30, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_places(&layout, &expected()["file"]["own"], name);
    }
    let path = written(&folder, "a.csv", table(&pairs, "x,y\n", ",", ""));
    let params = LayoutParams {
        positions: Some(path),
        seed: 2,
        aspect: Aspect::Given(Ratio::new(1.0)),
        ..LayoutParams::default()
    };
    assert_places(&placed("file", 30, params, None).unwrap(), &expected()["file"]["square"], "square");
}

/// Ten records with a key each.
fn records() -> Columns {
    let mut builder = BatchBuilder::new();
    for row in 0..10 {
        builder.push_row();
        builder.set("word", Value::Text("owl"));
        builder.set("key_id", Value::Id(4_627_526_388_940_800 + row));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(10);
    columns
}

/// Which of ten rows have a place, and the x of these from the left.
fn from_the_left(layout: &Layout) -> Vec<u32> {
    let x = |row: u32| layout.center(row).unwrap().x;
    let mut rows: Vec<u32> = (0..10).filter(|&row| x(row) >= 0.0).collect();
    rows.sort_by(|&a, &b| x(a).total_cmp(&x(b)));
    rows
}

#[test]
fn places_are_joined_by_row_or_by_an_id_that_the_records_have() {
    let folder = TempDir::new().unwrap();
    let by_row = written(&folder, "a.csv", "row,x,y\n7,3,0\n2,1,5\n5,2,1\n");
    let layout = file(&by_row, 10, None).unwrap();
    assert_eq!(from_the_left(&layout), [2, 5, 7]);
    assert_eq!(layout.note.as_deref(), Some("without a place in a.csv: 7 rows, left of the plot"));
    let keys = "{\"y\": 0, \"x\": 9, \"key_id\": \"4627526388940801\"}\n{\"y\": 1, \"x\": 2, \"key_id\": \"4627526388940808\"}\n\
                {\"y\": 1, \"x\": 3, \"key_id\": \"99\"}\n";
    let layout = file(&written(&folder, "b.ndjson", keys), 10, Some(&records())).unwrap();
    assert_eq!(from_the_left(&layout), [8, 1]);
    let said = "without a place in b.ndjson: 8 rows, left of the plot; 1 place in b.ndjson of no drawing that is open";
    assert_eq!(layout.note.as_deref(), Some(said));
    let table = "key_id,word,x,y\n4627526388940803,\"a, \"\"b\"\"\",1,1\n4627526388940802,c,2,2\n";
    assert_eq!(from_the_left(&file(&written(&folder, "c.csv", table), 10, Some(&records())).unwrap()), [3, 2]);
}

#[test]
fn of_a_slice_either_its_own_places_or_those_of_the_whole_set_are_taken() {
    let folder = TempDir::new().unwrap();
    let whole = written(
        &folder,
        "a.csv",
        (0..100).fold("x,y\n".to_owned(), |text, i| text + &format!("{},0\n", (i * 37) % 100)),
    );
    let params = |slice| LayoutParams { positions: Some(whole.clone()), slice, ..LayoutParams::default() };
    let layout = placed("file", 10, params(Some([40, 100])), None).unwrap();
    let mut expected: Vec<u32> = (0..10).collect();
    expected.sort_by_key(|row| (row + 40) * 37 % 100);
    assert_eq!(from_the_left(&layout), expected);
    // By row numbers, which are those of the whole set: others of it have no place here, and more than it has are none.
    let numbered = |text: &str| {
        let positions = Some(written(&folder, "numbered.csv", text));
        let params = LayoutParams { positions, slice: Some([40, 100]), ..LayoutParams::default() };
        placed("file", 10, params, None).map_err(|error| error.to_string())
    };
    assert_eq!(from_the_left(&numbered("row,x,y\n45,2,0\n5,9,0\n41,1,0\n99,9,9\n").unwrap()), [1, 5]);
    let error = numbered("row,x,y\n45,2,0\n100,9,0\n").unwrap_err();
    assert!(error.contains("its row \"100\" is none of 0 to 99"), "{error}");
    let error = placed("file", 10, params(Some([40, 99])), None).unwrap_err().to_string();
    assert!(error.contains("it has 100 places, and there are 10 drawings"), "{error}");
}

#[test]
fn what_gives_no_places_says_why_and_ends_with_its_path() {
    let folder = TempDir::new().unwrap();
    let zeros = |bytes: usize| vec![0; bytes];
    let cases: [(&str, Vec<u8>, &str); 16] = [
        (
            "a.npy",
            npy("<f4", false, "(20, 2)", &zeros(160)),
            "it has 20 places, and there are 10 drawings: one place a drawing is needed, or a column `row`",
        ),
        ("b.npy", npy("<f4", false, "(10, 3)", &zeros(120)), "its shape is (10, 3), and places have the shape (N, 2)"),
        (
            "c.npy",
            npy("<i4", false, "(10, 2)", &zeros(80)),
            "its values are <i4 (32-bit integers), and places are 16-, 32- or 64-bit floats",
        ),
        (
            "d.npy",
            npy("<f8", false, "(10, 2)", &zeros(80)),
            "the header claims 10 × 2 × 8 bytes, the file has 80 after its header: it was cut short, or is no array by itself",
        ),
        (
            "e.csv",
            "x,y\n1,2\n".into(),
            "it has 1 place, and there are 10 drawings: one place a drawing is needed, or a column `row`",
        ),
        ("f.csv", "x,z\n1,2\n".into(), "it has no column y: columns x and y are needed; known are x, z"),
        ("g.csv", "x,y\n1,2\n1,west\n".into(), "line 3: west is no number"),
        ("h.csv", "x,y\n1,2,3\n".into(), "line 2: has 3 values, and the first line has 2"),
        (
            "i.csv",
            "1,2,3\n".into(),
            "line 1: 3 numbers without names: two are needed, or names in a first line (`row,x,y`)",
        ),
        ("j.csv", "row,x,y\n3,1,1\n10,1,1\n".into(), "its row \"10\" is none of 0 to 9"),
        ("k.csv", "row,x,y\n3,1,1\n3,1,1\n".into(), "it gives row 3 two places"),
        ("l.csv", "".into(), "it is empty"),
        (
            "m.csv",
            b"\x00\x01\x02".to_vec(),
            "it is neither a .npy array of shape (N, 2) nor a table with columns x and y (CSV, or one JSON object a line)",
        ),
        ("n.ndjson", "{\"x\": 1, \"y\": 2}\n{\"x\": 1, \n".into(), "line 2: "),
        ("o.csv", "key_id,x,y\n1,1,1\n2,2,2\n".into(), "none of its 2 values of key_id is a drawing's"),
        ("p.csv", "row,x,y\n3,,\n".into(), "no drawing has a place in it"),
    ];
    for (name, bytes, said) in cases {
        let path = written(&folder, name, bytes);
        let error = file(&path, 10, Some(&records())).unwrap_err();
        assert!(error.starts_with(&format!("cannot place by a file: {said}")), "{error}");
        assert!(error.ends_with(&format!(": {}", path.display())), "{error}");
    }
    let missing = folder.path().join("missing.npy");
    let error = file(&missing, 10, None).unwrap_err();
    assert!(error.contains("no such file") && error.ends_with("missing.npy"), "{error}");
    let error = placed("file", 10, LayoutParams::default(), None).unwrap_err().to_string();
    assert_eq!(error, "cannot place by a file: name one that has a place for each drawing with --positions");
}
