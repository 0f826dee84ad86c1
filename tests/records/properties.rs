//! Generated lines, whole and damaged, held against `serde_json`.

use super::plain;
use inkfield::data::Row;
use inkfield::data::columns::{Columns, Value};
use inkfield::data::ndjson::parse_block;
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

fn scalar() -> impl Strategy<Value = Json> {
    let id = prop_oneof![any::<u64>(), 0..100_u64].prop_map(|id| id.to_string().into());
    let text = prop_oneof!["[ -~]{0,12}", "\\PC{0,6}", any::<String>()].prop_map(Json::from);
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Into::into),
        id,
        text,
    ]
}

fn value() -> impl Strategy<Value = Json> {
    scalar().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec(("[a-c]{1,2}", inner), 0..4)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

/// Strokes as records hold them: arrays of arrays of numbers.
fn strokes() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        (0..2000_u32).prop_map(Json::from),
        (-20..20_i32).prop_map(|quarter| (f64::from(quarter) / 4.0).into()),
    ];
    let axis = prop::collection::vec(number, 0..5);
    prop::collection::vec(prop::collection::vec(axis, 0..3), 0..3).prop_map(|strokes| serde_json::json!(strokes))
}

fn record() -> impl Strategy<Value = Map<String, Json>> {
    prop::collection::vec(("[a-d]|\\PC{1,3}", prop_oneof![value(), strokes()]), 0..6)
        .prop_map(|fields| fields.into_iter().collect())
}

/// What a column must give for a value read by `serde_json`, alone in its column.
fn agrees(column: Value<'_>, text: &str, value: &Json) -> bool {
    match (column, value) {
        (Value::Missing, Json::Null) => true,
        (Value::Flag(flag), Json::Bool(b)) => flag == *b,
        (Value::Id(id), Json::String(s)) => id.to_string() == *s,
        (Value::Id(id), Json::Number(n)) => n.as_u64() == Some(id),
        (Value::Number(number), Json::Number(n)) => n.as_f64() == Some(number),
        (Value::Text(kept), Json::String(s)) => kept == s,
        // A list is one text.
        (Value::Text(kept), Json::Array(items)) => {
            is_list(items) && serde_json::to_string(items).is_ok_and(|list| list == kept)
        }
        // Whole numbers beyond 2^53 are kept as text.
        (Value::Text(kept), Json::Number(n)) => kept == n.to_string() && text == kept,
        _ => false,
    }
}

fn is_list(items: &[Json]) -> bool {
    !items.is_empty() && items.iter().all(Json::is_string)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn kept_scalars_equal_serde_jsons(record in record(), spaced in any::<bool>()) {
        let mut line = serde_json::to_string(&record).unwrap();
        let read: Map<String, Json> = serde_json::from_str(&line).unwrap();
        if spaced {
            line = line.replace("\":", "\" :\t").replace(",\"", " , \"");
            prop_assume!(serde_json::from_str::<Map<_, _>>(&line).is_ok_and(|again| again == read));
        }
        let block = parse_block(line.as_bytes(), 0, 0, 1 << 20);
        prop_assert_eq!((block.bad, block.batch.rows()), (0, 1), "{}: {:?}", line, block.oddities);
        let mut columns = Columns::new();
        columns.append(0, block.batch);
        columns.finish(1);
        for (key, value) in &read {
            match columns.get(key) {
                None => {
                    let is_nested = value.as_array().map_or(value.is_object(), |items| !is_list(items));
                    prop_assert!(is_nested, "{key} is lost: {line}");
                }
                Some(column) => {
                    let (kept, text) = (column.value(Row(0)), column.text(Row(0)));
                    prop_assert!(agrees(kept, &text, value), "{key}: {kept:?} for {value}");
                }
            }
        }
    }

    #[test]
    fn odd_lines_never_panic_and_are_bad_exactly_when_the_plain_reading_is(
        record in record(), at in any::<prop::sample::Index>(), byte in prop_oneof![any::<u8>(), prop::sample::select(&b"[]{},:\"019.-eE\\ntf "[..])], kind in 0..4_u8,
    ) {
        let mut line = serde_json::to_vec(&record).unwrap();
        let place = at.index(line.len());
        match kind {
            0 => line[place] = byte,
            1 => line.insert(place, byte),
            2 => { line.remove(place); }
            _ => line.truncate(place),
        }
        line.retain(|&byte| byte != b'\n');
        let block = parse_block(&line, 1, 0, 1 << 20);
        let blank = plain::is_blank(&line);
        let good = plain::read(&line).is_some();
        prop_assert_eq!(block.bad == 0, good || blank, "{}: {:?}", String::from_utf8_lossy(&line), block.oddities);
        prop_assert_eq!(block.batch.rows(), u32::from(!blank));
    }

    #[test]
    fn any_bytes_give_a_row_for_each_line(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..300)) {
        let block = parse_block(&bytes, 1, 0, 100);
        let lines = bytes.split(|&byte| byte == b'\n').count() - usize::from(bytes.last().is_none_or(|&last| last == b'\n'));
        prop_assert_eq!((block.batch.rows() + block.trailing_blank) as usize, lines);
        prop_assert_eq!(block.spans.len(), block.batch.rows() as usize);
    }

    #[test]
    fn how_lines_are_cut_into_blocks_changes_no_value(
        records in prop::collection::vec(record(), 1..12), cut in any::<prop::sample::Index>(),
    ) {
        let lines: Vec<String> = records.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
        let cut = cut.index(lines.len());
        let read = |parts: &[&[String]]| {
            let (mut columns, mut row) = (Columns::new(), 0);
            for part in parts {
                let block = parse_block(part.concat().as_bytes(), row, 0, 1 << 20);
                columns.append(row, block.batch);
                row += part.len() as u32;
            }
            columns.finish(row);
            (0..row).map(|row| columns.record_json(Row(row))).collect::<Vec<_>>()
        };
        prop_assert_eq!(read(&[&lines]), read(&[&lines[..cut], &lines[cut..]]));
    }
}
