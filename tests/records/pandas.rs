//! Conditions on files, held against what pandas keeps (`expected/conditions.py` asks it).

use super::load;
use super::real_data::real_data;
use inkfield::data::columns::Columns;
use inkfield::data::columns::query::Condition;
use std::collections::BTreeMap;
use std::path::Path;

/// For each file and condition how many rows pandas keeps, and the sum of their numbers.
fn expected() -> BTreeMap<String, BTreeMap<String, [u64; 2]>> {
    serde_json::from_str(include_str!("expected/conditions.json")).unwrap()
}

fn check(name: &str, columns: &Columns, answers: &BTreeMap<String, [u64; 2]>) {
    for (text, [count, sum]) in answers {
        let condition: Condition = text.parse().unwrap_or_else(|error| panic!("{name}: {text}: {error}"));
        let kept = condition
            .evaluate(columns, columns.rows_loaded())
            .unwrap_or_else(|error| panic!("{name}: {text}: {error}"));
        let rows: Vec<u64> = (0..).zip(kept.rows).filter_map(|(row, kept)| kept.then_some(row)).collect();
        assert_eq!((rows.len() as u64, rows.iter().sum::<u64>()), (*count, *sum), "{name}: {text}");
    }
}

#[test]
fn conditions_keep_what_pandas_keeps() {
    let answers = expected();
    let name = "conditions.ndjson";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/expected").join(name);
    check(name, &load(&path).columns, &answers[name]);
    assert!(answers[name].len() > 20 && answers[name].values().all(|[count, _]| *count > 0), "each tells something");
}

#[test]
fn conditions_on_real_records_keep_what_pandas_keeps() {
    let Some(data) = real_data() else { return };
    let mut files = 0;
    for (name, answers) in expected().iter().filter(|(name, _)| name.contains('/')) {
        check(name, &load(&data.join(name)).columns, answers);
        files += 1;
    }
    assert!(files > 20, "{files} files");
}
