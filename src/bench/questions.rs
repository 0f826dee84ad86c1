//! What questions to columns take, without a picture: a condition as it is typed, what facets count, what is found as one types. The
//! columns are made up, of all types, as many rows as the set has.

use super::cases::made_up;
use super::figure::Figure;
use super::samples::Measured;
use super::stage::ms_since;
use super::{BenchOptions, OnProgress, Progress};
use crate::data::columns::query::{Condition, ConditionError};
use crate::data::columns::{Columns, Facets};
use std::hint::black_box;
use std::time::Instant;

/// What is measured here.
pub const FIGURES: [Figure; 3] = [Figure::FacetCounts, Figure::TypeQuery, Figure::FindAsYouType];
/// Of each type of column one, and a second flag.
const NAMES: &str = "category,flag_x,flag_y,normal_x,time_x,text_x,key_x";
/// Conditions that somebody types, and chooses in facets.
const CONDITIONS: [&str; 4] = [
    "`category` in (\"0\", \"1\", \"5\") and not flag_x",
    "`category` = \"0\" and not flag_x and time_x >= 2017-03-01 and key_x ~ \"^46\"",
    "time_x >= 2017-03-01 and time_x < 2017-06-01 and normal_x < 2.5",
    "normal_x between 0.5 and 4 and flag_x != flag_y and `category` in (\"7\", \"8\") and text_x contains \"4\"",
];
/// What somebody types to find a text, key by key.
const TYPED: &str = "46e1";

/// Measures the figures that are wanted.
pub fn measure(rows: u32, options: &BenchOptions, on: OnProgress<'_>) -> Result<Vec<Measured>, ConditionError> {
    let wanted = FIGURES.into_iter().filter(|&figure| options.wants(figure));
    let wanted: Vec<Figure> = wanted.collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let columns = made_up(NAMES, rows);
    let facets = Facets::new(&columns, crate::progress::Progress::NONE).unwrap_or_default();
    let mut all = Vec::new();
    for figure in wanted {
        let mut measured = Measured::new(figure, "");
        // One that is not counted starts the threads.
        ask(figure, 0, &columns, &facets)?;
        for i in 0..options.frames {
            let start = Instant::now();
            black_box(ask(figure, i as usize, &columns, &facets)?);
            measured.samples.push(ms_since(start));
            on(Progress { what: figure.to_string(), done: i + 1, total: options.frames });
        }
        all.push(measured);
    }
    Ok(all)
}

/// One question; how many rows answer it.
fn ask(figure: Figure, i: usize, columns: &Columns, facets: &Facets) -> Result<usize, ConditionError> {
    let text = CONDITIONS.get(i % CONDITIONS.len()).copied().unwrap_or_default();
    let condition = || text.parse::<Condition>();
    Ok(match figure {
        Figure::FindAsYouType => columns.containing(TYPED.get(..=i % TYPED.len()).unwrap_or(TYPED)).len(),
        Figure::FacetCounts => facets.count(columns, Some(&condition()?))?.kept as usize,
        _ => condition()?.evaluate(columns, columns.rows_loaded())?.rows.iter().filter(|&&kept| kept).count(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn every_question_is_about_columns_of_all_types_and_has_an_answer() {
        let columns = made_up(NAMES, 100_000);
        let mut kinds: Vec<_> = columns.iter().map(|column| column.kind().as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, ["category", "flag", "id", "number", "text", "time"]);
        let facets = Facets::new(&columns, crate::progress::Progress::NONE).unwrap();
        for figure in FIGURES {
            for i in 0..4 {
                let answers = ask(figure, i, &columns, &facets).unwrap();
                assert!(answers > 0 && answers < 100_000, "{figure}, {i}: {answers}");
            }
        }
    }
}
