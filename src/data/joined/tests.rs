//! Unit tests: tables of every form beside drawings, joined by each key, and what is said of them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod keys;
mod lines;

use crate::data::Row;
use crate::data::columns::{ColumnType, Columns};
use crate::data::dataset::{Dataset, OpenError, OpenOptions};
use crate::data::report::{LoadReport, Severity};
use std::path::PathBuf;

/// A folder with `rows` drawings of 8 × 8, and records where they are given.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(rows: usize, records: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let values = ndarray::Array2::from_shape_fn((rows, 64), |(row, at)| ((row + at) % 251) as u8);
        ndarray_npy::write_npy(folder.path().join("set.npy"), &values).unwrap();
        if !records.is_empty() {
            std::fs::write(folder.path().join("set.ndjson"), records).unwrap();
        }
        Self(folder)
    }

    fn table(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Opens the set with tables and reads its columns.
    fn open(&self, tables: &[&PathBuf], join: Option<&str>) -> Result<(Columns, LoadReport), OpenError> {
        let rows = None;
        self.open_rows(tables, join, rows)
    }

    fn open_rows(
        &self,
        tables: &[&PathBuf],
        join: Option<&str>,
        rows: Option<&str>,
    ) -> Result<(Columns, LoadReport), OpenError> {
        let options = OpenOptions {
            tables: tables.iter().map(|path| (*path).clone()).collect(),
            join: join.map(str::to_owned),
            rows: rows.map(|rows| rows.parse().unwrap()),
            ..OpenOptions::default()
        };
        let dataset = Dataset::open(&[self.0.path().join("set.npy")], &options)?;
        assert!(dataset.has_records());
        dataset.columns()
    }
}

fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap();
    (0..columns.rows_loaded()).map(|row| column.text(Row(row))).collect()
}

fn warnings(report: &LoadReport) -> Vec<String> {
    report.notes.iter().filter(|note| note.severity == Severity::Warning).map(|note| note.text.clone()).collect()
}

#[test]
fn every_form_gives_the_same_columns() {
    let folder = Folder::new(3, "");
    let csv = "class,score,id,ok,when,note\ncat,0.5,007,true,2017-03-08T21:12:07Z,\"a, \"\"b\"\"\nc\"\ndog,,008,False,,\ncat,-1e3,1.5,TRUE,2018-01-01T00:00:00Z,NA\n";
    let semicolons = csv.replace(',', ";").replace("a; ", "a, ");
    let tabs = semicolons.replace(';', "\t");
    let lines = "{\"class\": \"cat\", \"score\": 0.5, \"id\": \"007\", \"ok\": true, \"when\": \"2017-03-08T21:12:07Z\", \"note\": \"a, \\\"b\\\"\\nc\"}\n\
                 {\"class\": \"dog\", \"id\": \"008\", \"ok\": false}\n\
                 {\"class\": \"cat\", \"score\": -1e3, \"id\": \"1.5\", \"ok\": true, \"when\": \"2018-01-01T00:00:00Z\", \"note\": \"NA\"}\n";
    let array = format!("\u{feff}[{}]", lines.trim_end().replace("}\n", "},\n\n  "));
    for (name, text) in
        [("a.csv", csv), ("b.csv", &semicolons), ("c.tsv", &tabs), ("d.jsonl", lines), ("e.json", &array), ("odd", csv)]
    {
        let table = folder.table(name, text);
        let (columns, report) = folder.open(&[&table], None).unwrap();
        assert_eq!(texts(&columns, "class"), ["cat", "dog", "cat"], "{name}");
        assert_eq!(texts(&columns, "score"), ["0.5", "", "-1000"], "{name}");
        assert_eq!(columns.get("score").unwrap().kind(), ColumnType::Number, "{name}");
        assert_eq!(texts(&columns, "ok"), ["true", "false", "true"], "{name}");
        assert_eq!(columns.get("when").unwrap().kind(), ColumnType::Time, "{name}");
        assert_eq!(columns.get("when").unwrap().written(Row(0)), "2017-03-08T21:12:07Z", "{name}");
        assert_eq!(texts(&columns, "note"), ["a, \"b\"\nc", "", "NA"], "{name}: what is written NA is a text");
        assert_eq!(texts(&columns, "id")[..2], ["007", "008"], "{name}: ids keep their digits");
        assert_eq!(warnings(&report), [""; 0], "{name}");
    }
}

#[test]
fn labels_need_no_heading() {
    let folder = Folder::new(4, "");
    let labels = folder.table("labels.tsv", "7\n2\n1\n0\n");
    let (columns, _) = folder.open(&[&labels], None).unwrap();
    assert_eq!(texts(&columns, "label"), ["7", "2", "1", "0"]);
    let words = folder.table("words.txt", "cat\ndog\ncat\nfish\n");
    let (columns, _) = folder.open(&[&words], None).unwrap();
    assert_eq!(texts(&columns, "column_1"), ["cat", "dog", "cat", "fish"]);
    let headed = folder.table("headed.csv", "animal\ncat\ndog\ncat\nfish\n");
    let (columns, _) = folder.open(&[&headed], None).unwrap();
    assert_eq!(texts(&columns, "animal"), ["cat", "dog", "cat", "fish"]);
}

#[test]
fn lines_are_found_by_a_key_by_rows_and_by_names() {
    let records = "{\"key\": \"a\", \"word\": \"w0\"}\n{\"key\": \"b\", \"word\": \"w1\"}\n{\"word\": \"w2\"}\n{\"key\": \"d\", \"word\": \"w3\"}\n";
    let folder = Folder::new(4, records);
    let by_key = folder.table("by_key.csv", "key,word,size\nd,other,4\nb,other,2\nx,other,9\na,other,1\n");
    let (columns, report) = folder.open(&[&by_key], Some("key")).unwrap();
    assert_eq!(texts(&columns, "size"), ["1", "2", "", "4"]);
    assert_eq!(texts(&columns, "word"), ["w0", "w1", "w2", "w3"], "the records keep their names");
    assert_eq!(texts(&columns, "word_2"), ["other", "other", "", "other"]);
    assert!(columns.get("key_2").is_none(), "the key is there already");
    assert_eq!(
        warnings(&report),
        ["1 drawing has no line in by_key.csv: row 2 …", "by_key.csv: 1 line of no drawing, the first is \"x\""]
    );

    let by_row = folder.table("by_row.csv", "row,size\n3,30\n0,0\n");
    let error = folder.open(&[&by_row, &by_key], Some("key")).unwrap_err().to_string();
    assert!(error.contains("it has no column \"key\"; known are row, size"), "{error}");
    let (columns, report) = folder.open(&[&by_row], None).unwrap();
    assert_eq!(texts(&columns, "size"), ["0", "", "", "30"]);
    assert_eq!(warnings(&report), ["2 drawings have no line in by_row.csv: row 1, row 2 …"]);

    // Rows are those of the whole set, whatever slice is open; so are positions, or those of the slice.
    let (columns, _) = folder.open_rows(&[&by_row], None, Some("2:4")).unwrap();
    assert_eq!(texts(&columns, "size"), ["", "30"]);
    let all = folder.table("all.csv", "size\n10\n11\n12\n13\n");
    assert_eq!(texts(&folder.open_rows(&[&all], None, Some("2:4")).unwrap().0, "size"), ["12", "13"]);
    let two = folder.table("two.csv", "size\n5\n6\n");
    assert_eq!(texts(&folder.open_rows(&[&two], None, Some("2:4")).unwrap().0, "size"), ["5", "6"]);
}

#[test]
fn what_does_not_fit_is_an_error_in_words() {
    let folder = Folder::new(4, "{\"key\": \"a\"}\n{\"key\": \"b\"}\n{\"key\": \"c\"}\n{\"key\": \"d\"}\n");
    for (name, text, join, words) in [
        (
            "short.csv",
            "size\n1\n2\n",
            None,
            "it has 2 lines, and there are 4 drawings: name the column that both have with --join",
        ),
        ("twice.csv", "key,size\na,1\na,2\n", Some("key"), "its column key has \"a\" in several lines"),
        (
            "none.csv",
            "key,size\nx,1\ny,2\n",
            Some("key"),
            "none of its lines is a drawing's, by key: \"a\" of the drawings, \"x\" of the table; name the column that both have",
        ),
        (
            "other.csv",
            "name,size\na,1\nb,2\n",
            Some("name"),
            "none of its lines is a drawing's, by name: the drawings have no such column, but key; name the column",
        ),
        ("beyond.csv", "row,size\n9,1\n", None, "by its column row: row 0 of the drawings, row 9 of the table; name"),
        ("empty.csv", "", None, "it is empty (0 bytes)"),
        ("only.csv", "size\n", None, "it has no values"),
        ("cut.json", "[{\"size\": 1}, {\"size\"", None, "it was cut short"),
        ("numbers.json", "[1, 2, 3, 4]", None, "a table is a list of objects"),
        ("binary.csv", "a,b\n\0\0\n", None, "it is no text"),
        ("table.parquet", "PAR1\0", None, "it was cut short, or is damaged"),
    ] {
        let table = folder.table(name, text);
        let error = folder.open(&[&table], join).unwrap_err().to_string();
        assert!(error.contains(words), "{name}: {error}");
        assert!(error.contains(name), "{name}: {error}");
    }
    let missing = folder.0.path().join("nowhere.csv");
    assert!(folder.open(&[&missing], None).unwrap_err().to_string().contains("nowhere.csv"));
}

#[test]
fn a_table_that_is_named_beside_drawings_is_joined() {
    let folder = Folder::new(2, "");
    let table = folder.table("t.csv", "size\n5\n6\n");
    let inputs = [folder.0.path().join("set.npy"), table.clone()];
    let dataset = Dataset::open(&inputs, &OpenOptions::default()).unwrap();
    let (columns, _) = dataset.columns().unwrap();
    assert_eq!(texts(&columns, "size"), ["5", "6"]);
    let alone = Dataset::open(&[table], &OpenOptions::default()).unwrap_err().to_string();
    assert!(alone.contains("name the drawings that it belongs to"), "{alone}");
}

#[test]
fn a_heading_is_no_label_whatever_the_number_of_lines() {
    let folder = Folder::new(4, "");
    // One line too few: by position that would put the heading in row 0.
    let rows = folder.table("rows.csv", "row,label\n0,a\n1,b\n2,c\n");
    let (columns, report) = folder.open(&[&rows], None).unwrap();
    assert_eq!(texts(&columns, "label"), ["a", "b", "c", ""]);
    assert_eq!(warnings(&report), ["1 drawing has no line in rows.csv: row 3 …"]);
    let short = folder.table("short.csv", "label,size\na,1\nb,2\nc,3\n");
    assert!(folder.open(&[&short], None).unwrap_err().to_string().contains("it has 3 lines"));
    let labels = folder.table("labels.csv", "label\na\nb\nc\n");
    assert!(folder.open(&[&labels], None).unwrap_err().to_string().contains("it has 3 lines"));
    // A blank line among labels is one that is missing.
    let blank = folder.table("blank.csv", "label\na\n\nc\nd\n");
    assert_eq!(texts(&folder.open(&[&blank], None).unwrap().0, "label"), ["a", "", "c", "d"]);
    let list = folder.table("list.txt", "cat\ndog\ncat\nfish\n");
    let (columns, report) = folder.open(&[&list], None).unwrap();
    assert_eq!(texts(&columns, "column_1"), ["cat", "dog", "cat", "fish"]);
    assert!(warnings(&report)[0].contains("its first line is taken for a label, and for no heading"));
    // A list of as many lines as the slice has.
    let two = folder.table("two.txt", "cat\ndog\n");
    assert_eq!(texts(&folder.open_rows(&[&two], None, Some("1:3")).unwrap().0, "column_1"), ["cat", "dog"]);
    // Of a slice no line need fit.
    let (columns, report) = folder.open_rows(&[&rows], None, Some("3:4")).unwrap();
    assert_eq!(columns.rows_loaded(), 1);
    assert_eq!(warnings(&report), ["1 drawing has no line in rows.csv: row 3 …"]);
}

#[test]
fn numbers_are_a_heading_where_the_lines_or_the_key_say_so() {
    let folder = Folder::new(3, "");
    // As pandas writes a frame without names, with and without its index.
    for (text, names) in
        [(",0,1\n0,7,a\n1,8,b\n2,9,c\n", ["column_1", "0", "1"]), ("0,1,2\n0,7,a\n1,8,b\n2,9,c\n", ["0", "1", "2"])]
    {
        let (columns, report) = folder.open(&[&folder.table("frame.csv", text)], None).unwrap();
        let named: Vec<&str> = columns.iter().map(crate::data::columns::Column::name).collect();
        assert_eq!(named, names);
        assert_eq!(texts(&columns, names[1]), ["7", "8", "9"]);
        assert_eq!(texts(&columns, names[2]), ["a", "b", "c"]);
        let said = report.notes.iter().any(|note| {
            let told = format!(
                "its first line is its heading, though it holds nothing but numbers: its columns are called {}",
                names.join(", ")
            );
            note.text == format!("frame.csv: {told}")
        });
        assert!(said && warnings(&report).is_empty(), "{:?}", report.notes);
    }
    // As many lines as drawings: all are values.
    let (columns, _) = folder.open(&[&folder.table("values.csv", "0,1\n7,5\n8,6\n")], None).unwrap();
    assert_eq!(texts(&columns, "column_1"), ["0", "7", "8"]);
    // A key that names none of them is no reason to take numbers for names.
    let error = folder.open(&[&folder.table("values.csv", "0,1\n7,5\n8,6\n")], Some("lable")).unwrap_err().to_string();
    assert!(error.contains("it has no column \"lable\"; known are column_1, column_2"), "{error}");
    let labels = folder.table("labels.csv", "0\n7\n2\n1\n");
    assert_eq!(texts(&folder.open(&[&labels], None).unwrap().0, "0"), ["7", "2", "1"]);
    // A key that is a number names a column, whatever the number of lines.
    let records = "{\"0\": \"a\"}\n{\"0\": \"b\"}\n{\"0\": \"c\"}\n";
    let folder = Folder::new(3, records);
    let keyed = folder.table("keyed.csv", "0,1\nc,9\nb,8\n");
    let (columns, _) = folder.open(&[&keyed], Some("0")).unwrap();
    assert_eq!(texts(&columns, "1"), ["", "8", "9"]);
}

#[test]
fn names_of_columns_are_given_once() {
    let folder = Folder::new(2, "");
    let equal = folder.table("equal.csv", "a,a,a_2,\n1,2,3,4\n5,6,7,8\n");
    let (columns, _) = folder.open(&[&equal], None).unwrap();
    let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
    assert_eq!(names, ["a", "a_3", "a_2", "column_4"]);
    assert_eq!(texts(&columns, "a_2"), ["3", "7"]);

    // A key that records have only after the table has given its name: batches are of some hundred KiB.
    let pad = "x".repeat(2_000);
    let line = |row: usize| match row {
        3_999 => format!("{{\"id\": \"k{row}\", \"pad\": \"{pad}\", \"label\": \"own\"}}\n"),
        _ => format!("{{\"id\": \"k{row}\", \"pad\": \"{pad}\"}}\n"),
    };
    let folder = Folder::new(4_000, &(0..4_000).map(line).collect::<String>());
    let lines: Vec<String> = (0..4_000).map(|row| format!("k{row},t{row}")).collect();
    let table = folder.table("late.csv", &format!("id,label\n{}\n", lines.join("\n")));
    let (columns, _) = folder.open(&[&table], Some("id")).unwrap();
    let of_table: Vec<String> = (0..4_000).map(|row| format!("t{row}")).collect();
    let (label, other) = (texts(&columns, "label"), texts(&columns, "label_2"));
    // Whichever of the two came first has the name: none is mixed with the other.
    let (records, tables) = if label == of_table { (other, label) } else { (label, other) };
    assert_eq!(tables, of_table);
    assert_eq!(records.iter().filter(|value| !value.is_empty()).collect::<Vec<_>>(), ["own"]);
}

#[test]
fn an_open_quotation_mark_is_refused_before_the_rest_is_read() {
    let folder = Folder::new(4, "");
    let open = folder.table("open.csv", &format!("row,label\n0,\"abc\n{}", "1,b\n".repeat(5 << 20)));
    let error = folder.open(&[&open], None).unwrap_err().to_string();
    assert!(error.contains("a quotation mark is missing"), "{error}");
    let latin = folder.0.path().join("latin.csv");
    std::fs::write(&latin, b"a\ncaf\xe9\nb\nc\nd\n").unwrap();
    let (_, report) = folder.open(&[&latin], None).unwrap();
    assert_eq!(warnings(&report), ["latin.csv: 1 cell is not UTF-8: save it so, else letters are missing"]);
}
