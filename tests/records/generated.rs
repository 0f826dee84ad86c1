//! Generated columns of all types, and conditions on them.

use super::naive::{Literal, Naive};
use inkfield::data::Row;
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::ops::Range;

const DAY_US: i64 = 86_400_000_000;
/// 2017-03-01.
const FIRST_US: i64 = 17_226 * DAY_US;

const FLAGS: [&str; 2] = ["seen", "is in"];
const NUMBERS: [&str; 2] = ["n", "score.x"];
const TIMES: [&str; 2] = ["when", "größe"];
const TEXTS: [&str; 3] = ["word", "other", "tags"];
const WORDS: [&str; 12] = [
    "cat",
    "Cat",
    "dog",
    "",
    "two words",
    "it's",
    "Größe",
    "dark",
    "a, dark",
    "b c;cat",
    r#"["cat","b c"]"#,
    r#"["a, dark"]"#,
];
const DIGITS: [&str; 5] = ["1", "2", "10", "-1.5", "x"];

/// One row before it is in columns: each value may be missing.
#[derive(Clone, Debug)]
pub struct Values {
    flags: [Option<bool>; 2],
    numbers: [Option<f64>; 2],
    times: [Option<i64>; 2],
    texts: [Option<&'static str>; 3],
    digits: Option<&'static str>,
    has_key: bool,
}

/// Columns of all types.
#[derive(Debug)]
pub struct Table {
    pub columns: Columns,
    pub rows: usize,
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![(-4..8_i32).prop_map(|quarter| f64::from(quarter) / 2.0), Just(1e300), Just(0.1 + 0.2), -2.0..4.0_f64]
}

fn time() -> impl Strategy<Value = i64> {
    let second = prop_oneof![Just(0), Just(86_399), 0..86_400_i64];
    let fraction = prop_oneof![4 => Just(0), 1 => Just(999_999), 1 => 0..1_000_000_i64];
    (0..4_i64, second, fraction).prop_map(|(day, second, us)| FIRST_US + day * DAY_US + second * 1_000_000 + us)
}

fn values() -> impl Strategy<Value = Values> {
    use proptest::option::weighted as some;
    let flag = || some(0.8, any::<bool>());
    let word = || some(0.8, prop::sample::select(&WORDS[..]));
    (
        [flag(), flag()],
        [some(0.8, number()), some(0.8, number())],
        [some(0.8, time()), some(0.8, time())],
        [word(), word(), word()],
        some(0.8, prop::sample::select(&DIGITS[..])),
        any::<bool>(),
    )
        .prop_map(|(flags, numbers, times, texts, digits, has_key)| Values {
            flags,
            numbers,
            times,
            texts,
            digits,
            has_key,
        })
}

/// Tables of so many rows.
pub fn table(rows: Range<usize>) -> impl Strategy<Value = Table> {
    prop::collection::vec(values(), rows).prop_map(|rows| Table::of(&rows, false))
}

impl Table {
    /// The same table each time.
    pub fn fixed(rows: usize) -> Self {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let few: Vec<Values> = (0..997).map(|_| values().new_tree(&mut runner).unwrap().current()).collect();
        let all: Vec<Values> = few.iter().cycle().take(rows).cloned().collect();
        Self::of(&all, true)
    }

    fn of(rows: &[Values], with_free: bool) -> Self {
        let mut builder = BatchBuilder::new();
        for (row, values) in rows.iter().enumerate() {
            builder.push_row();
            let mut set = |name: &str, value: Option<Value<'_>>| {
                builder.set(name, value.unwrap_or(Value::Missing));
            };
            FLAGS.iter().zip(values.flags).for_each(|(name, value)| set(name, value.map(Value::Flag)));
            NUMBERS.iter().zip(values.numbers).for_each(|(name, value)| set(name, value.map(Value::Number)));
            TIMES.iter().zip(values.times).for_each(|(name, value)| set(name, value.map(Value::Time)));
            TEXTS.iter().zip(values.texts).for_each(|(name, value)| set(name, value.map(Value::Text)));
            // No number, so that digits make no ids.
            set("label", if row == 0 { Some("x") } else { values.digits }.map(Value::Text));
            // Of every two keys one is far from the other.
            let key = row as u64 % 2 * 9_007_199_254_740_993 + row as u64;
            set("key", values.has_key.then_some(Value::Id(key)));
            if with_free {
                set("free", Some(Value::Text(&format!("text {row}"))));
            }
        }
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(rows.len() as u32);
        Self { columns, rows: rows.len() }
    }

    /// A row's value in a column.
    pub fn value(&self, name: &str, row: usize) -> Value<'_> {
        self.columns.get(name).map_or(Value::Missing, |column| column.value(Row(row as u32)))
    }
}

const SIGNS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];

fn sign() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&SIGNS[..])
}

fn equal() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&SIGNS[..2])
}

fn literal_number() -> impl Strategy<Value = Literal> {
    number().prop_map(Literal::Number)
}

fn literal_text() -> impl Strategy<Value = Literal> {
    prop::sample::select(&WORDS[..]).prop_map(Literal::Text)
}

fn literal_time() -> impl Strategy<Value = Literal> {
    (0..5_i64, 0..24_i64, 0..60_i64, 0..1_000_000_i64, 0..6).prop_map(|(day, hour, minute, us, form)| {
        let date = format!("2017-03-{:02}", day + 1);
        let (from_day, minutes) = (FIRST_US + day * DAY_US, (hour * 60 + minute) * 60_000_000);
        let second = from_day + minutes + 59_000_000;
        let (text, from, length) = match form {
            0 => (date, from_day, DAY_US),
            1 => (format!("{date} {hour:02}:{minute:02}"), from_day + minutes, 60_000_000),
            2 => (format!("{date}T{hour:02}:{minute:02}:59Z"), second, 1_000_000),
            3 => (format!("{date} {hour:02}:{minute:02}:59.{us:06} UTC"), second + us, 1),
            4 => ("2017-03".to_owned(), FIRST_US, 31 * DAY_US),
            _ => ("2017".to_owned(), FIRST_US - 59 * DAY_US, 365 * DAY_US),
        };
        Literal::Time(text, from, from + length - 1)
    })
}

/// A column and a value of its type, with a sign that both know.
fn compared() -> impl Strategy<Value = (&'static str, &'static str, Literal)> {
    prop_oneof![
        (prop::sample::select(&FLAGS[..]), equal(), any::<bool>().prop_map(Literal::Flag)),
        (prop::sample::select(&NUMBERS[..]), sign(), literal_number()),
        (prop::sample::select(&TIMES[..]), sign(), literal_time()),
        (prop::sample::select(&TEXTS[..]), sign(), literal_text()),
        (Just("key"), sign(), (0..80_i32).prop_map(|key| Literal::Number(f64::from(key) / 2.0))),
        (Just("label"), equal(), prop::sample::select(&DIGITS[..]).prop_map(Literal::Text)),
    ]
}

fn paired() -> impl Strategy<Value = Naive> {
    let pairs = prop_oneof![
        (sign(), Just(("n", "score.x"))),
        (sign(), Just(("when", "größe"))),
        (sign(), Just(("word", "other"))),
        (sign(), Just(("n", "key"))),
        (sign(), Just(("row", "n"))),
        (equal(), Just(("seen", "is in"))),
        (equal(), Just(("label", "n"))),
        (equal(), Just(("score.x", "label"))),
    ];
    pairs.prop_map(|(sign, (left, right))| Naive::Columns(left, sign, right))
}

fn column() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "seen", "is in", "n", "score.x", "when", "größe", "word", "other", "tags", "label", "key",
    ])
}

/// Conditions of up to some twenty comparisons.
pub fn expr() -> impl Strategy<Value = Naive> {
    let list = |items| prop::collection::vec(items, 1..5);
    let many = prop_oneof![
        (prop::sample::select(&NUMBERS[..]), list(literal_number().boxed()), any::<bool>()),
        (prop::sample::select(&TIMES[..]), list(literal_time().boxed()), any::<bool>()),
        (prop::sample::select(&TEXTS[..]), list(literal_text().boxed()), any::<bool>()),
    ];
    let ends = prop_oneof![
        (prop::sample::select(&NUMBERS[..]), literal_number().boxed(), literal_number().boxed()),
        (prop::sample::select(&TIMES[..]), literal_time().boxed(), literal_time().boxed()),
    ];
    let how = prop::sample::select(vec!["contains", "has", "begins", "ends", "~"]);
    let part = prop::sample::select(vec!["cat", "a", "dark", "DARK", "g", "b c", "it's", "x", "", "a, dark"]);
    let leaf = prop_oneof![
        3 => compared().prop_map(|(column, sign, literal)| Naive::Compare(column, sign, literal)),
        2 => paired(),
        1 => prop::sample::select(&FLAGS[..]).prop_map(Naive::Flag),
        1 => (column(), any::<bool>()).prop_map(|(column, not)| Naive::Missing(column, not)),
        1 => many.prop_map(|(column, list, not)| Naive::In(column, list, not)),
        1 => ends.prop_map(|(column, low, high)| Naive::Between(column, low, high)),
        1 => (prop::sample::select(&TEXTS[..]), how, part).prop_map(|(column, how, part)| Naive::Look(column, how, part)),
        1 => (sign(), -2..40_i32).prop_map(|(sign, row)| Naive::Row(sign, row)),
    ];
    leaf.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Naive::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Naive::Any),
            inner.prop_map(|inner| Naive::Not(Box::new(inner))),
        ]
    })
}
