//! Unit tests of conditions: what they mean, what is refused and where, what is offered while one types.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may fail by panicking.

mod completing;
mod errors;
mod hostile;
mod meaning;

use super::{Condition, ConditionError};
use crate::data::columns::Columns;
use crate::data::ndjson::parse_block;

/// Columns of records.
fn columns(lines: &str) -> Columns {
    let block = parse_block(lines.as_bytes(), 0, 0, 1 << 20);
    let rows = block.batch.rows();
    let mut columns = Columns::new();
    columns.append(0, block.batch);
    columns.finish(rows);
    columns
}

/// Two alike categories, digits, numbers, flags, times, ids of both kinds, lists and paths; some are missing in most.
fn records() -> Columns {
    columns(
        r#"{"word": "cat", "other": "cat", "label": "7", "n": 1, "score": 0.5, "seen": true, "when": "2017-03-01 00:00:00 UTC", "key": "4627526388940800", "hash": "12345678901234567890", "tags": "blurry, dark", "no": 1}
{"word": "dog", "other": "cat", "label": "2", "n": 2, "score": 2, "seen": false, "when": "2017-03-01 13:30:00.5 UTC", "key": "5203203576987648", "hash": "007", "tags": "[\"out of focus\", 'dark']", "no": 3}
{"word": "cat", "other": "dog", "label": "10", "n": 3, "score": null, "seen": null, "when": null, "key": "4605732189284679", "hash": "98765432109876543210", "tags": null, "no": 3}
{"word": "", "other": null, "label": "7", "n": 3, "score": -1, "seen": true, "when": "2017-03-02 00:00:00 UTC", "key": "46", "hash": "8", "tags": "", "no": 7}
{"n": 3, "seen": false, "when": "2018-01-01 00:00:00 UTC", "tags": "Dark blurry"}
{"word": "Größe", "other": "Gro\u0308\u00dfe", "label": "7", "n": 5, "score": 5, "seen": true, "first, name": "O'Hara", "when": "2016-12-31 23:59:59.999999 UTC", "key": "9", "hash": "-5", "tags": "a|b c|dark"}
"#,
    )
}

/// The rows that a condition keeps.
fn kept_of(condition: &str, columns: &Columns) -> Result<Vec<usize>, ConditionError> {
    let kept = condition.parse::<Condition>()?.evaluate(columns, columns.rows_loaded())?.rows;
    Ok((0..kept.len()).filter(|&row| kept[row]).collect())
}

#[track_caller]
fn kept(condition: &str) -> Vec<usize> {
    kept_of(condition, &records()).unwrap_or_else(|error| panic!("{condition}: {error}"))
}

/// Why it is refused.
#[track_caller]
fn refused(condition: &str) -> String {
    kept_of(condition, &records()).expect_err(condition).to_string()
}
