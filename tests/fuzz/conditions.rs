//! Conditions: whatever is typed is one, or is refused in a line that points into it; completing it anywhere does no harm.

use super::check_message;
use inkfield::data::columns::query::{Condition, ConditionError, complete, name, value};
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use std::cell::OnceCell;

/// Signs, words, names and values, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b" and ",
    b" or ",
    b"not ",
    b" in (",
    b" not in (",
    b" between ",
    b" is missing",
    b" is not null",
    b" contains ",
    b" has ",
    b"null",
    b"==",
    b"!=",
    b"<=",
    b">",
    b"~",
    b"!~",
    b"!",
    b"(",
    b")",
    b",",
    b"\"",
    b"'",
    b"`",
    b"\"\"",
    "“".as_bytes(),
    "≤".as_bytes(),
    b"word",
    b"n",
    b"seen",
    b"when",
    b"key",
    b"row",
    b"@row",
    b"cat",
    b"2017-03-01",
    b"2017-03-01 12:00:00.5 UTC",
    b"1e308",
    b"-0",
    b"99999999999999999999999999999999999999999",
    b"^(a|b)*$",
    b"\\w{9}",
    b"\xff",
];

thread_local! {
    static COLUMNS: OnceCell<Columns> = const { OnceCell::new() };
}

fn columns() -> Columns {
    let mut builder = BatchBuilder::new();
    for row in 0..ROWS {
        builder.push_row();
        if row % 5 != 4 {
            builder.set("word", Value::Text(["cat", "dog", "", "it's"][row as usize % 4]));
            builder.set("n", Value::Number(f64::from(row) / 2.0));
            builder.set("seen", Value::Flag(row % 2 == 0));
            builder.set("when", Value::Time(1_488_000_000_000_000 + i64::from(row)));
            builder.set("key", Value::Id(u64::from(row) * 3));
        }
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(ROWS);
    columns
}

const ROWS: u32 = 12;

/// One input: a condition.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    COLUMNS.with(|cell| {
        let columns = cell.get_or_init(columns);
        for cursor in [0, text.len() / 3, text.len()] {
            let completion = complete(&text, cursor, columns, 5);
            assert!(text.get(completion.replaces.clone()).is_some(), "{completion:?}");
        }
        let kept = text.parse::<Condition>().and_then(|condition| {
            assert_eq!(condition.text(), text);
            condition.evaluate(columns, ROWS)
        });
        match kept {
            Ok(kept) => {
                assert_eq!(kept.rows.len(), ROWS as usize);
                kept.notes.iter().for_each(|note| check_message(note));
            }
            Err(error) => check_error(&error, &text),
        }
        let quoted = format!("{} is missing or {} in ({})", name("n"), name("word"), value(&text));
        assert!(text.len() > 1000 || quoted.parse::<Condition>().is_ok(), "{quoted}");
    });
}

fn check_error(error: &ConditionError, text: &str) {
    check_message(&error.to_string());
    let Some(spot) = error.spot() else { return };
    assert!(text.get(spot.bytes.clone()).is_some() && spot.character <= text.chars().count() + 1, "{spot:?}");
    let [line, carets] = error.pointed(text).expect("a place has its line");
    check_message(&line.replace(' ', "."));
    assert!(line.chars().count() + 1 >= carets.chars().count(), "{line}\n{carets}");
}

/// Conditions that are some, for a start.
pub fn seeds() -> Vec<Vec<u8>> {
    [
        "word = cat",
        "countrycode=DE",
        "word = \"cat\" and not seen and when >= 2017-03-01 and word in (\"cat\", 'fish') and key ~ \"^4\"",
        "n != key or (n between 1 and 3 and row < 10)",
        "1 < n <= 4.5 and word is not missing and `word` contains \"it''s\"",
        "word has cat || !seen & @row >= 2 | word !~ \"x$\"",
        "when = 2017-03-01 12:00 UTC or when < 2017 or n = null or word < \"d\" and word = word",
    ]
    .map(Into::into)
    .into()
}
