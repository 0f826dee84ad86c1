//! Rows that hold a text, against a look at every value.

use inkfield::data::Row;
use inkfield::data::columns::{BatchBuilder, Column, Columns, Value};

const ROWS: u32 = 40_000;

/// Texts, categories, ids, numbers, flags and missing values; more rows than one thread looks through.
fn columns() -> Columns {
    let mut columns = Columns::new();
    let mut builder = BatchBuilder::new();
    for row in 0..ROWS {
        builder.push_row();
        builder.set("key_id", Value::Id(5_000_000_000_000_000 + u64::from(row) * 977));
        builder.set("score", Value::Number(f64::from(row % 1000) / 8.0));
        builder.set("flag", Value::Flag(row % 2 == 0));
        if row % 7 > 0 {
            builder.set("word", Value::Text(["Straße", "Café", "Cafe\u{301} au lait", "x42"][row as usize % 4]));
        }
        if row % 3 == 0 {
            builder.set("file", Value::Text(&format!("photos/IMG_{row:06}.png")));
        }
    }
    columns.append(0, builder.finish());
    columns.finish(ROWS);
    columns
}

#[test]
fn a_row_is_found_by_any_part_of_any_of_its_names() {
    let columns = columns();
    // One spelling of what looks the same, in lower case.
    let folded = |text: &str| text.replace("e\u{301}", "é").to_lowercase();
    let named = |column: &&Column| column.name() != "flag";
    let holds = |row: u32, text: &str| {
        columns.iter().filter(named).any(|column| folded(&column.text(Row(row))).contains(&folded(text)))
    };
    let wanted = [
        "42",
        "img_0012",
        "STRASSE",
        "straße",
        "CAFÉ",
        "cafe\u{301} AU",
        "977",
        " 12.125 ",
        ".png",
        "e",
        "zebra",
        "true",
    ];
    let mut found = 0;
    for text in wanted {
        let expected: Vec<u32> = (0..ROWS).filter(|&row| holds(row, text.trim())).collect();
        assert_eq!(columns.containing(text), expected, "{text}");
        found += usize::from(!expected.is_empty());
    }
    assert!(found >= 8, "{found} texts are there");
    assert_eq!(columns.containing("  "), Vec::<u32>::new());
}
