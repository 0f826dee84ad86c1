//! Typed texts and where they lead, over small records.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use crate::data::columns::{BatchBuilder, Value};
use told::Told;

#[path = "../../../tests/common/told.rs"]
mod told;

/// Records of one row per line; each value is a column's name and its text, or a whole number.
fn columns(rows: &[&[(&str, &str)]]) -> Columns {
    let mut builder = BatchBuilder::new();
    for row in rows {
        builder.push_row();
        row.iter().for_each(|(name, text)| builder.set(name, Value::Text(text)));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(rows.len() as u32);
    columns
}

fn numbers(ids: &[u32]) -> Columns {
    let mut builder = BatchBuilder::new();
    for &id in ids {
        builder.push_row();
        builder.set("key_id", Value::Id(id.into()));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(ids.len() as u32);
    columns
}

/// The records of case c27.
fn named() -> Columns {
    let ids = ["5f3a9c", "5f3a9d", "00042", "18446744073709551617", "7"];
    let files = ["img_0000.png", "img_0001.png", "img_0002.png", "a/b/img_0003.png", "a/c/Img_0004.PNG"];
    let rows: Vec<[(&str, &str); 2]> =
        ids.into_iter().zip(files).map(|(id, file)| [("key_id", id), ("file", file)]).collect();
    columns(&rows.iter().map(<[_; 2]>::as_slice).collect::<Vec<_>>())
}

/// Where a text leads at once; else the labels of the choices, or the error.
fn ask(text: &str, rows: u32, columns: &Columns) -> Result<u32, Vec<String>> {
    let (goto, row) = Goto::ask(text, rows, columns, false);
    let said = || goto.error.iter().cloned().chain(goto.choices.iter().map(|choice| choice.label.clone())).collect();
    row.ok_or_else(said)
}

#[test]
fn rows_are_typed_from_either_end_and_grouped() {
    let none = Columns::new();
    for (text, row) in
        [("84,213", 84_213), ("-1", 150_151), ("−2", 150_150), (" 84 213 ", 84_213), ("0", 0), ("00042", 42)]
    {
        assert_eq!(ask(text, 150_152, &none), Ok(row), "{text}");
    }
    for text in ["150152", "-150153", "snow", "1e3", "3.5"] {
        let said = ask(text, 150_152, &none).unwrap_err();
        assert_eq!(
            said,
            [format!("There is no row \"{text}\": rows go from 0 to 150,151, and no record holds ids or names.")]
        );
    }
}

#[test]
fn case_c27_texts_and_file_names_are_found_as_written_first() {
    let named = named();
    for (text, row) in [
        ("5f3a9c", 0),
        ("5F3A9D", 1),
        ("00042", 2),
        ("18446744073709551617", 3),
        ("7", 4),
        ("img_0001.png", 1),
        ("IMG_0002", 2),
        ("img_0003.png", 3),
        ("a/b/img_0003.png", 3),
        ("img_0004.png", 4),
        // A row, as nothing else bears it.
        ("4", 4),
        ("042", 0),
    ] {
        let expected = if text == "042" {
            Err(vec!["There is no row, id or name \"042\": rows go from 0 to 4, ids and names were looked for in key_id, file.".to_owned()])
        } else {
            Ok(row)
        };
        assert_eq!(ask(text, 5, &named), expected, "{text}");
    }
    // 2 is a row; 00042 with as many zeros less is nothing, and no other row than an id that is written so.
    assert_eq!(ask("2", 5, &named), Ok(2));
}

#[test]
fn case_c27_a_number_that_is_a_row_and_an_id_is_both() {
    let columns = numbers(&[3, 2, 1, 0, 1000]);
    assert_eq!(ask("3", 5, &columns), Err(vec!["row 3".to_owned(), "key_id 3 (row 0)".to_owned()]));
    assert_eq!(ask("1000", 5, &columns), Ok(4));
    assert_eq!(ask("1,000", 5, &columns), Ok(4));
    assert_eq!(ask("-1", 5, &columns), Ok(4));
    // What leads to the same drawing is one thing.
    assert_eq!(ask("2", 5, &numbers(&[0, 1, 2, 3, 4])), Ok(2));
    let (mut goto, row) = Goto::ask("3", 5, &columns, false);
    assert_eq!(row, None);
    assert_eq!(goto.choose(1), Some(0));
    assert!(!goto.has_more() && goto.choices.is_empty());
}

#[test]
fn several_rows_are_gone_through_one_after_the_other() {
    let (mut goto, row) = Goto::ask("img_000", 5, &named(), false);
    assert_eq!(row, Some(0));
    let mut rows = vec![];
    for _ in 0..5 {
        assert!(goto.has_more());
        rows.push((goto.note.clone().unwrap().split_once('.').unwrap().0.to_owned(), goto.next().unwrap()));
    }
    let expected =
        [("1 of 5: row 0", 1), ("2 of 5: row 1", 2), ("3 of 5: row 2", 3), ("4 of 5: row 3", 4), ("5 of 5: row 4", 0)];
    assert_eq!(rows, expected.map(|(said, row)| (said.to_owned(), row)));
}

#[test]
fn columns_whose_values_recur_name_no_row() {
    let rows: Vec<[(&str, &str); 2]> =
        (0..100).map(|row| [("word", if row % 2 == 0 { "cat" } else { "dog" }), ("note", "same")]).collect();
    let columns = columns(&rows.iter().map(<[_; 2]>::as_slice).collect::<Vec<_>>());
    let said = ask("cat", 100, &columns).unwrap_err();
    assert_eq!(said, ["There is no row \"cat\": rows go from 0 to 99, and no record holds ids or names."]);
}

#[test]
fn unicode_forms_of_a_name_are_one() {
    let columns = columns(&[&[("file", "cafe\u{301}.png")], &[("file", "tea.png")]]);
    assert_eq!(ask("café.png", 2, &columns), Ok(0));
    assert_eq!(ask("CAFÉ", 2, &columns), Ok(0));
}

#[test]
fn while_records_are_read_that_is_said() {
    let (goto, row) = Goto::ask("snow", 9, &named(), true);
    assert_eq!(row, None);
    assert!(
        goto.error
            .unwrap()
            .ends_with("ids and names were looked for in key_id, file. Records are read up to row 5 so far.")
    );
}

#[test]
fn case_c27_every_message_is_the_one_that_is_documented() {
    let row = Told::case("c27");
    let (ids, none) = (numbers(&[3, 2, 1, 0, 1000]), Columns::new());
    let said = |text: &str, columns: &Columns, reading: bool| {
        let error = Goto::ask(text, 5, columns, reading).0.error.unwrap();
        row.values(&error)
    };
    assert_eq!(said("snow", &named(), false), ["snow", "4", "key_id, file"]);
    assert_eq!(said("snow", &named(), true), ["snow", "4", "key_id, file", "5"]);
    assert_eq!(said("snow", &none, false), ["snow", "4"]);
    assert_eq!(said("snow", &none, true), ["snow", "4", "0"]);
    let listed = |text: &str, columns: &Columns| {
        let choices = choices(text, 5, columns);
        choices.iter().map(|choice| row.values(&choice.label)).collect::<Vec<_>>()
    };
    assert_eq!(listed("3", &ids), [vec!["3"], vec!["key_id 3", "0"]]);
    assert_eq!(listed("img_000", &named()), [["file", "img_000", "5 rows", "0"]]);
    let twice: Vec<[(&str, String); 1]> = (0..100).map(|n| [("name", format!("n{}", n.min(98)))]).collect();
    let twice: Vec<Vec<(&str, &str)>> =
        twice.iter().map(|row| row.iter().map(|(name, text)| (*name, text.as_str())).collect()).collect();
    let twice = columns(&twice.iter().map(Vec::as_slice).collect::<Vec<_>>());
    assert_eq!(listed("n98", &twice), [["name n98", "2 rows", "98"]]);
    let (mut goto, first) = Goto::ask("n98", 100, &twice, false);
    assert_eq!(
        (first, row.values(goto.note.as_deref().unwrap())),
        (Some(98), vec!["1".into(), "2".into(), "98".into()])
    );
    goto.next();
    assert_eq!(row.values(goto.note.as_deref().unwrap()), ["2", "2", "99"]);
    row.all();
}
