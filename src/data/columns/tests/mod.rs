//! Unit tests of the columns: types, widening, exactness, counts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may fail by panicking.

mod times;

use super::*;
use crate::data::Row;

fn batch(name: &str, values: &[Scalar<'_>]) -> Batch {
    let mut builder = BatchBuilder::new();
    for value in values {
        builder.push_row();
        let slot = builder.slot(name).unwrap();
        builder.set_slot(slot, value);
    }
    builder.finish()
}

/// Columns of one field, whose values come in batches of `size` rows.
fn columns(name: &str, values: &[Scalar<'_>], size: usize) -> Columns {
    let mut columns = Columns::new();
    for (place, part) in values.chunks(size).enumerate() {
        columns.append((place * size) as u32, batch(name, part));
    }
    columns.finish(values.len() as u32);
    columns
}

fn text(text: &str) -> Scalar<'_> {
    Scalar::Text(text.into())
}

fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap();
    (0..columns.rows_loaded()).map(|row| column.text(Row(row))).collect()
}

#[test]
fn types_follow_from_the_values() {
    let many: Vec<_> = (0..200_u64).map(|i| Scalar::Id(9_007_199_254_740_993 + 2 * i)).collect();
    let sequence: Vec<_> = (0..64).map(Scalar::Unsigned).collect();
    for (name, values, kind) in [
        ("recognized", vec![Scalar::Flag(true), Scalar::Null], ColumnType::Flag),
        ("key_id", vec![text("5"), text("9223372036854775809")], ColumnType::Id),
        ("userID", vec![Scalar::Unsigned(7)], ColumnType::Number),
        ("class_id", vec![Scalar::Unsigned(7), Scalar::Unsigned(2), Scalar::Unsigned(7)], ColumnType::Number),
        ("cluster_id", vec![text("1"), text("0"), text("1")], ColumnType::Category),
        ("serial", many, ColumnType::Id),
        ("position", sequence[..63].to_vec(), ColumnType::Number),
        ("position", sequence, ColumnType::Id),
        ("strokes", vec![Scalar::Unsigned(3), Scalar::Unsigned(3)], ColumnType::Number),
        ("score", vec![Scalar::Unsigned(3), Scalar::Float(0.5), Scalar::Signed(-2)], ColumnType::Number),
        ("label", vec![text("7"), text("2"), text("7")], ColumnType::Category),
        ("number", vec![text("12"), text("007")], ColumnType::Id),
        ("hash", vec![text("12345678901234567890"), Scalar::Written("-98765432109876543210".into())], ColumnType::Id),
        ("hash", vec![Scalar::Written("98765432109876543210".into()); 3], ColumnType::Category),
        ("timestamp", vec![text("2017-03-08 21:12:07.26604 UTC")], ColumnType::Time),
        ("word", vec![text("octopus"), text("cat")], ColumnType::Category),
        ("region", vec![Scalar::Null], ColumnType::Category),
    ] {
        assert_eq!(columns(name, &values, 7).get(name).unwrap().kind(), kind, "{name}");
    }
}

#[test]
fn faults_13_more_than_65_535_strings_are_text_and_none_is_lost() {
    let names: Vec<String> = (0..65_536).map(|i| format!("drawing {i}")).collect();
    let values: Vec<_> = names.iter().map(|name| text(name)).collect();
    let most = columns("caption", &values[..65_535], 1000);
    assert_eq!(most.get("caption").unwrap().kind(), ColumnType::Category);
    assert_eq!(texts(&most, "caption"), names[..65_535]);
    for size in [1000, 65_536] {
        let text = columns("caption", &values, size);
        let column = text.get("caption").unwrap();
        assert_eq!((column.kind(), column.distinct()), (ColumnType::Text, 65_536));
        assert!(column.top(3).is_empty() && column.codes().is_none());
        assert_eq!(texts(&text, "caption"), names);
    }
}

#[test]
fn faults_13_mixed_types_keep_every_text_whatever_the_batches() {
    let values = [
        text("2017-03-08 21:12:07.26604 UTC"),
        text("2017-03-08T21:12:07.10+05:30"),
        Scalar::Null,
        text("18"),
        Scalar::Unsigned(12),
        Scalar::Float(0.25),
        Scalar::Signed(-3),
        Scalar::Flag(true),
        text("007"),
        Scalar::Unsigned(u64::MAX),
        text(""),
    ];
    let spelled = [
        "2017-03-08 21:12:07.26604 UTC",
        "2017-03-08T21:12:07.10+05:30",
        "",
        "18",
        "12",
        "0.25",
        "-3",
        "true",
        "007",
        "18446744073709551615",
        "",
    ];
    for size in 1..=values.len() {
        let columns = columns("mixed", &values, size);
        assert_eq!(texts(&columns, "mixed"), spelled, "batches of {size}");
        let column = columns.get("mixed").unwrap();
        assert_eq!((column.value(Row(2)), column.value(Row(10))), (Value::Missing, Value::Text("")));
        assert_eq!((column.missing(), column.distinct()), (1, 10));
        assert_eq!(columns.notes().len(), 1, "{:?}", columns.notes());
    }
}

#[test]
fn faults_13_numbers_beyond_2_to_the_53_stay_exact() {
    let values = [Scalar::Unsigned(9_007_199_254_740_993), Scalar::Float(0.5), Scalar::Signed(i64::MIN)];
    let columns = columns("n", &values, 2);
    assert_eq!(texts(&columns, "n"), ["9007199254740993", "0.5", "-9223372036854775808"]);
    assert!(columns.notes()[0].contains("2^53"), "{:?}", columns.notes());
}

#[test]
fn values_can_be_read_while_loading_and_gaps_are_missing() {
    let mut columns = Columns::new();
    columns.append(0, batch("key_id", &[text("5")]));
    let mut later = batch("word", &[text("cat"), text("dog")]);
    later.add_fallback("category", Some("word"), "stem");
    later.add_constant("source", "raw");
    columns.append(3, later);
    assert!(!columns.is_finished());
    assert_eq!(columns.rows_loaded(), 5);
    assert_eq!(columns.get("key_id").unwrap().value(Row(0)), Value::Id(5));
    assert_eq!(columns.get("word").unwrap().value(Row(4)), Value::Text("dog"));
    assert_eq!(columns.get("category").unwrap().text(Row(3)), "cat");
    columns.append(1, Batch::missing(1));
    assert_eq!(columns.notes().len(), 1, "a batch out of order is noted");
    columns.finish(7);
    let word = columns.get("word").unwrap();
    assert_eq!((word.missing(), word.text(Row(6)), word.text(Row(99))), (5, String::new(), String::new()));
    assert_eq!(word.codes().unwrap().codes.len(), 7);
}

#[test]
fn records_in_json_have_exact_ids_and_utc_times() {
    let mut builder = BatchBuilder::new();
    builder.push_row();
    builder.set("key_id", Value::Id(9_223_372_036_854_775_809));
    builder.set("timestamp", Value::Time(1_490_005_561_123_450));
    builder.set("recognized", Value::Flag(false));
    builder.set("score", Value::Number(2.0));
    builder.set("word", Value::Text("a \"b\""));
    builder.set("nothing", Value::Missing);
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(1);
    assert_eq!(
        serde_json::to_string(&columns.record_json(Row(0))).unwrap(),
        r#"{"key_id":"9223372036854775809","timestamp":"2017-03-20T10:26:01.123450Z","recognized":false,"score":2,"word":"a \"b\"","nothing":null}"#
    );
}

#[test]
fn counts_and_codes_agree_with_the_values() {
    let values: Vec<_> = ["b", "a", "c", "a", "b"].map(text).into_iter().chain([Scalar::Null]).collect();
    let words = columns("word", &values, 2);
    let column = words.get("word").unwrap();
    assert_eq!(column.top(2), [("a".to_owned(), 2), ("b".to_owned(), 2)]);
    assert_eq!(column.codes().unwrap().labels, ["b", "a", "c"]);
    assert_eq!(*column.codes().unwrap().codes, [0, 1, 2, 1, 0, Codes::MISSING]);
    let numbers = columns("n", &[-1.5, 10.0, 2.0, 10.0, -0.0, 0.0].map(Scalar::Float), 4);
    let column = numbers.get("n").unwrap();
    assert_eq!((column.distinct(), column.missing()), (4, 0));
    assert_eq!(column.codes().unwrap().labels, ["-1.5", "0", "2", "10"]);
    assert_eq!(*column.codes().unwrap().codes, [0, 3, 2, 3, 1, 1]);
    assert_eq!(column.top(2), [("0".to_owned(), 2), ("10".to_owned(), 2)]);
    let flags = columns("f", &[true, false, true].map(Scalar::Flag), 2);
    assert_eq!(flags.get("f").unwrap().top(9), [("true".to_owned(), 2), ("false".to_owned(), 1)]);
}

#[test]
fn faults_13_columns_beyond_256_are_left_out_and_noted() {
    let mut builder = BatchBuilder::new();
    builder.push_row();
    (0..300).for_each(|i| builder.set(&format!("k{i}"), Value::Flag(true)));
    builder.set(&"x".repeat(300), Value::Flag(true));
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.append(1, batch("late", &[Scalar::Flag(true)]));
    columns.finish(2);
    assert_eq!(columns.len(), MAX_COLUMNS);
    assert!(columns.notes()[0].starts_with("46 values left out"), "{:?}", columns.notes());
    assert!(columns.notes()[0].contains("\"k256\""), "{:?}", columns.notes());
}
