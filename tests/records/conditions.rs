//! Conditions on generated columns, held against an evaluation row by row that knows nothing of plans, codes or chunks.

use super::generated::{Table, expr, table};
use super::naive::Naive;
use inkfield::data::columns::query::Condition;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::sync::LazyLock;

static FIFTY: LazyLock<Table> = LazyLock::new(|| Table::fixed(50));

#[track_caller]
fn check(naive: &Naive, table: &Table, rows: impl Iterator<Item = usize>) -> Result<(), TestCaseError> {
    let text = naive.text(true);
    let condition: Condition = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
    let kept = condition.evaluate(&table.columns, table.rows as u32);
    let kept = kept.map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?.rows;
    prop_assert_eq!(kept.len(), table.rows);
    for row in rows {
        prop_assert_eq!(kept[row], naive.truth(table, row) == Some(true), "row {} of {}", row, &text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn random_conditions_keep_what_a_naive_evaluation_keeps(table in table(2..60), naive in expr()) {
        check(&naive, &table, 0..table.rows)?;
    }

    /// What was typed with other blanks, marks and cases of words says the same.
    #[test]
    fn spellings_of_a_condition_say_the_same(naive in expr()) {
        let [plain, other] = [true, false].map(|plain| naive.text(plain));
        let table = &*FIFTY;
        let kept = |text: &str| text.parse::<Condition>().unwrap().evaluate(&table.columns, 50).unwrap().rows;
        prop_assert_eq!(kept(&plain), kept(&other), "{} / {}", plain, other);
    }
}

/// More rows than one thread looks at, and more texts than a category holds.
/// A condition, and what it means by hand.
type Case = (&'static str, fn(usize) -> bool);

#[test]
fn conditions_on_many_rows_keep_what_a_naive_evaluation_keeps() {
    let table = Table::fixed(70_000);
    assert_eq!(table.columns.get("word").unwrap().kind().as_str(), "category");
    assert_eq!(table.columns.get("free").unwrap().kind().as_str(), "text");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..40 {
        let naive = expr().new_tree(&mut runner).unwrap().current();
        check(&naive, &table, (0..table.rows).step_by(173).chain([0, 16_383, 16_384, 69_999])).unwrap();
    }
    let cases: [Case; 7] = [
        ("free ~ \"9$\"", |row| row % 10 == 9),
        ("free contains \"TEXT 12\"", |row| row.to_string().starts_with("12")),
        ("free = \"text 16384\" or free = \"text 69999\"", |row| row == 16_384 || row == 69_999),
        ("free in (\"text 5\", \"text 16383\")", |row| row == 5 || row == 16_383),
        ("free < \"text 10\"", |row| format!("text {row}").as_str() < "text 10"),
        ("free has \"777\"", |row| row == 777),
        ("row >= 16380 and row < 16390", |row| (16_380..16_390).contains(&row)),
    ];
    for (text, is) in cases {
        let kept = text.parse::<Condition>().unwrap().evaluate(&table.columns, 70_000).unwrap().rows;
        for (row, kept) in kept.into_iter().enumerate() {
            assert_eq!(kept, is(row), "row {row} of {text}");
        }
    }
}
