//! Facets: what columns hold under a condition less their own choice, held against counting row by row and against pandas; and choices
//! as conditions, there and back.

use super::generated::{Table, table};
use super::load;
use inkfield::data::columns::query::{Choice, Condition, End};
use inkfield::data::columns::{
    BatchBuilder, Column, ColumnCounts, ColumnType, Columns, Counted, FacetBins, Facets, Value,
};
use inkfield::progress::Progress;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

const DAY_US: f64 = 86_400e6;
/// 2017-03-01.
const FIRST_US: f64 = 17_226.0 * DAY_US;

/// What stands beside choices, and what it says of a row.
type Beside = (&'static str, fn(usize) -> bool);

const BESIDE: [Beside; 5] = [
    ("", |_| true),
    ("row >= 3", |row| row >= 3),
    ("row < 5 or row > 9", |row| !(5..=9).contains(&row)),
    ("not row = 4 and @row != 7", |row| row != 4 && row != 7),
    ("(row < 20 or row = 33)", |row| row < 20 || row == 33),
];

/// Numbers from which choices of all kinds are made.
type Dice = (u8, u8, bool);

fn choices() -> impl Strategy<Value = BTreeMap<usize, Dice>> {
    prop::collection::btree_map(0..11_usize, (any::<u8>(), any::<u8>(), any::<bool>()), 0..5)
}

fn choice(column: &Column, (a, b, missing): Dice) -> Choice {
    let mut choice = Choice { missing, ..Choice::default() };
    let [low, high] = [a % 6, b % 6];
    let time =
        |day: u8| End { text: format!("2017-03-0{}", day + 1), at: FIRST_US + f64::from(day) * DAY_US, closed: true };
    let number = |quarter: u8| {
        let at = f64::from(quarter) / 2.0 - 1.0;
        End { text: at.to_string(), at, closed: true }
    };
    let ends =
        |end: &dyn Fn(u8) -> End| [(low > 0).then(|| end(low)), (high > 1).then(|| End { closed: false, ..end(high) })];
    match column.kind() {
        ColumnType::Flag => choice.add((a > 127).to_string()),
        ColumnType::Category => {
            let values = ["cat", "Cat", "dog", "", "it's", "say \"no\"", "Größe", "a, dark", "10", "x"];
            for value in [a, b] {
                choice.add(values[value as usize % values.len()].to_owned());
            }
        }
        ColumnType::Number => [choice.low, choice.high] = ends(&number),
        ColumnType::Time => [choice.low, choice.high] = ends(&time),
        ColumnType::Id | ColumnType::Text => choice.contains = Some((a % 10).to_string()),
    }
    choice
}

/// Whether a choice lets a value through.
fn lets(choice: &Choice, column: &Column, row: usize) -> bool {
    let row = inkfield::data::Row(row as u32);
    let at = match column.value(row) {
        Value::Missing => return choice.missing || *choice == Choice::default(),
        Value::Number(number) => number,
        Value::Time(us) => us as f64,
        _ => f64::NAN,
    };
    let text = column.text(row);
    if *choice == (Choice { missing: true, ..Choice::default() }) {
        return false;
    }
    (choice.values.is_empty() || choice.values.contains(&text))
        && choice.low.as_ref().is_none_or(|end| if end.closed { at >= end.at } else { at > end.at })
        && choice.high.as_ref().is_none_or(|end| if end.closed { at <= end.at } else { at < end.at })
        && choice.contains.as_ref().is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
}

/// Counts the values of some rows one by one.
fn count(column: &Column, bins: Option<&FacetBins>, rows: &[usize]) -> (BTreeMap<String, u32>, u32) {
    let (mut counts, mut missing) = (BTreeMap::new(), 0);
    for &row in rows {
        let row = inkfield::data::Row(row as u32);
        let at = match column.value(row) {
            Value::Missing => {
                missing += 1;
                continue;
            }
            Value::Number(number) => number,
            Value::Time(us) => us as f64,
            _ => f64::NAN,
        };
        let key = match bins {
            // The last bin holds its upper end.
            Some(bins) => {
                let bin = (0..bins.labels.len()).rev().find(|&bin| bins.edges[bin].0 <= at).expect("a bin holds it");
                assert!(at <= bins.edges[bin + 1].0);
                format!("{bin:03}")
            }
            None => column.text(row),
        };
        *counts.entry(key).or_insert(0) += 1;
    }
    (counts, missing)
}

/// What was counted, by value or by bin; zeros left out.
fn told(counts: &ColumnCounts) -> BTreeMap<String, u32> {
    let all: Vec<(String, u32)> = match &counts.counted {
        Counted::Values(values) => {
            assert!(values.is_sorted_by(|a, b| a.count >= b.count) || values.len() == 2, "the most frequent first");
            values.iter().map(|value| (value.text.to_string(), value.count)).collect()
        }
        Counted::Bins(counts) => counts.iter().enumerate().map(|(bin, &count)| (format!("{bin:03}"), count)).collect(),
        Counted::Texts => Vec::new(),
    };
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn check(table: &Table, dice: &BTreeMap<usize, Dice>, beside: usize) -> Result<(), TestCaseError> {
    let (mut text, is_beside) = (BESIDE[beside].0.to_owned(), BESIDE[beside].1);
    let columns: Vec<&Column> = table.columns.iter().collect();
    let mut chosen: BTreeMap<&str, Choice> = BTreeMap::new();
    let parsed = |text: &str| {
        (!text.is_empty()).then(|| text.parse::<Condition>().unwrap_or_else(|error| panic!("{text}: {error}")))
    };
    for (&at, &dice) in dice {
        let Some(&column) = columns.get(at) else { continue };
        let choice = choice(column, dice);
        text =
            parsed(&text).map(|condition| condition.faceted(&table.columns)).unwrap_or_default().with(column, &choice);
        if choice != Choice::default() {
            chosen.insert(column.name(), choice);
        }
    }
    let condition = parsed(&text);
    let faceted = condition.as_ref().map(|condition| condition.faceted(&table.columns)).unwrap_or_default();
    prop_assert_eq!(faceted.len(), chosen.len(), "{}", &text);
    for (name, choice) in &chosen {
        prop_assert_eq!(faceted.choice(name), Some(choice), "{} of {}", name, &text);
    }
    prop_assert_eq!(faceted.without_choices().is_empty(), BESIDE[beside].0.is_empty());
    let passes = |row: usize, except: &str| {
        is_beside(row)
            && chosen
                .iter()
                .all(|(name, choice)| *name == except || lets(choice, table.columns.get(name).unwrap(), row))
    };
    let facets = Facets::new(&table.columns, Progress::NONE).unwrap();
    let counts = facets.count(&table.columns, condition.as_ref()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let kept = (0..table.rows).filter(|&row| passes(row, "")).count();
    prop_assert_eq!(counts.kept as usize, kept, "{}", &text);
    for (at, column) in columns.iter().enumerate() {
        let rows: Vec<usize> = (0..table.rows).filter(|&row| passes(row, column.name())).collect();
        let counts = &counts.columns[at];
        let (expected, missing) = count(column, facets.bins(at), &rows);
        prop_assert_eq!(counts.missing, missing, "{} under {}", column.name(), &text);
        prop_assert_eq!(counts.present as usize, rows.len() - missing as usize);
        if counts.counted != Counted::Texts {
            prop_assert_eq!(told(counts), expected, "{} under {}", column.name(), &text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn counts_under_random_choices_are_those_of_counting_row_by_row(
        table in table(2..60), dice in choices(), beside in 0..BESIDE.len(),
    ) {
        check(&table, &dice, beside)?;
    }
}

#[test]
fn many_rows_and_more_texts_than_a_category_holds_are_counted_alike() {
    let table = Table::fixed(70_000);
    let column = |name: &str| table.columns.iter().position(|column| column.name() == name).unwrap();
    let dice = [("word", (1, 2, true)), ("n", (3, 5, false)), ("free", (7, 0, false)), ("when", (2, 3, true))];
    for used in 0..=dice.len() {
        let dice = dice[..used].iter().map(|&(name, dice)| (column(name), dice)).collect();
        check(&table, &dice, used).unwrap();
    }
}

/// Columns of one float, and of two that are neighbours, have bins all the same.
#[test]
fn values_that_hardly_differ_are_counted() {
    for (values, most) in [(vec![0.1 + 0.2; 9], 1), (vec![0.1 + 0.2, 0.3], 40), (vec![-1.7e308, 1.7e308, 0.5], 40)] {
        let mut builder = BatchBuilder::new();
        for &value in &values {
            builder.push_row();
            builder.set("x", Value::Number(value));
        }
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(values.len() as u32);
        let facets = Facets::new(&columns, Progress::NONE).unwrap();
        let Counted::Bins(counts) = &facets.count(&columns, None).unwrap().columns[0].counted else { panic!("bins") };
        assert!(counts.len() <= most && counts.iter().sum::<u32>() as usize == values.len(), "{counts:?}");
    }
}

#[test]
fn what_is_typed_is_shown_as_a_choice_and_what_is_none_stays_as_it_was() {
    let table = Table::fixed(50);
    let after = |typed: &str, column: &str, choice: &Choice| {
        let faceted = typed.parse::<Condition>().unwrap().faceted(&table.columns);
        faceted.with(table.columns.get(column).unwrap(), choice)
    };
    let chosen =
        |typed: &str, column: &str| typed.parse::<Condition>().unwrap().faceted(&table.columns).choice(column).cloned();
    let values = |values: &[&str]| {
        Some(Choice { values: values.iter().map(|&value| value.to_owned()).collect(), ..Choice::default() })
    };
    assert_eq!(chosen("word = 'cat'", "word"), values(&["cat"]));
    assert_eq!(chosen("(word = cat or word in ('dog', x))", "word"), values(&["cat", "dog", "x"]));
    assert_eq!(chosen("not seen and row > 3", "seen"), values(&["false"]));
    assert_eq!(chosen("seen = yes", "seen"), values(&["true"]));
    let both = chosen("1 < n <= 2.5", "n").unwrap();
    let ends = [both.low.unwrap(), both.high.unwrap()].map(|end| (end.text, end.closed));
    assert_eq!(ends, [("1".to_owned(), false), ("2.5".to_owned(), true)]);
    assert_eq!(
        chosen("when between \"2017-03-01 12:00:00 UTC\" and 2017-03-02", "when").unwrap().low.unwrap().at,
        FIRST_US + DAY_US / 2.0
    );
    for none in [
        "word != cat",
        "n = 2",
        "word contains 'c'",
        "word = other",
        "not n > 2",
        "n > 1 or n < 0",
        "seen or word = cat",
    ] {
        let faceted = none.parse::<Condition>().unwrap().faceted(&table.columns);
        assert!(faceted.is_empty(), "{none}");
        // Beside another choice it says what it said.
        let with = faceted.with(table.columns.get("tags").unwrap(), &values(&["x"]).unwrap());
        let rows = |text: &str| text.parse::<Condition>().unwrap().evaluate(&table.columns, 50).unwrap().rows;
        let both: Vec<bool> = rows(none).into_iter().zip(rows("tags = x")).map(|(a, b)| a && b).collect();
        assert_eq!(rows(&with), both, "{with}");
    }
    // A choice is written where it was; what else is typed keeps its spelling.
    let typed = "row  >=  3 AND word = cat && n < 5";
    assert_eq!(
        after(typed, "word", &values(&["dog", "it's"]).unwrap()),
        "row  >=  3 and word in (\"dog\", \"it's\") and n < 5"
    );
    assert_eq!(after(typed, "word", &Choice::default()), "row  >=  3 and n < 5");
    assert_eq!(after("n > 0 and n > 1", "n", &Choice::default()), "n > 1", "two of one kind are no single choice");
    let missing = Choice { missing: true, ..Choice::default() };
    assert_eq!(after("seen or n > 1", "is in", &missing), "(seen or n > 1) and `is in` is missing");
}

#[test]
fn counts_and_bins_are_those_of_pandas() {
    let expected: serde_json::Value = serde_json::from_str(include_str!("expected/facets.json")).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/expected/conditions.ndjson");
    let columns = load(&path).columns;
    let facets = Facets::new(&columns, Progress::NONE).unwrap();
    let mut checked = 0;
    for (text, of_columns) in expected.as_object().unwrap() {
        let condition = (!text.is_empty()).then(|| text.parse::<Condition>().unwrap());
        let counts = facets.count(&columns, condition.as_ref()).unwrap();
        assert_eq!(counts.kept, of_columns["kept"], "{text}");
        for (at, column) in columns.iter().enumerate() {
            let (counts, of_column) = (&counts.columns[at], &of_columns["columns"][column.name()]);
            let what = format!("{} under {text}", column.name());
            assert_eq!(
                [counts.present, counts.missing].map(u64::from),
                [&of_column["present"], &of_column["missing"]].map(|n| n.as_u64().unwrap()),
                "{what}"
            );
            match &counts.counted {
                Counted::Values(values) => {
                    let told: BTreeMap<&str, u32> = values.iter().map(|value| (&*value.text, value.count)).collect();
                    assert_eq!(serde_json::to_value(told).unwrap(), of_column["values"], "{what}");
                }
                Counted::Bins(counts) => {
                    let bins = facets.bins(at).unwrap();
                    let edges: Vec<f64> =
                        of_column["edges"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
                    assert_eq!(bins.edges.iter().map(|(at, _)| *at).collect::<Vec<_>>(), edges, "{what}");
                    assert_eq!(serde_json::to_value(counts).unwrap(), of_column["bins"], "{what}");
                }
                Counted::Texts => assert!(of_column["values"].is_null() && of_column["bins"].is_null(), "{what}"),
            }
            checked += 1;
        }
    }
    assert!(checked >= 40, "{checked} columns");
}
