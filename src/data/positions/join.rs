//! The rows of a table and the drawings that they are of.

use super::{Positions, PositionsError, Rows, first_of, numbers};
use crate::data::Row;
use crate::data::columns::{Column, Columns, quoted};
use crate::progress::Progress;
use crate::words::{counted, thousands};
use std::collections::HashMap;
use std::path::Path;

/// No place.
const NOWHERE: [f64; 2] = [f64::NAN; 2];
/// A column of which so many percent differ names rows.
const NAMING_PERCENT: u64 = 95;

/// A table's x and y.
struct Places<'a> {
    x: &'a Column,
    y: &'a Column,
}

impl Places<'_> {
    fn of(&self, row: u32) -> [f64; 2] {
        [self.x, self.y].map(|column| column.coordinate(Row(row)).unwrap_or(f64::NAN))
    }
}

/// The places of drawings by a table.
pub(super) fn join(
    path: &Path,
    table: &Columns,
    rows: Rows<'_>,
    progress: Progress<'_>,
) -> Result<Positions, PositionsError> {
    let places = Places { x: numbers(path, table, "x")?, y: numbers(path, table, "y")? };
    let lines = table.rows_loaded();
    let is_place = |column: &&Column| !std::ptr::eq(*column, places.x) && !std::ptr::eq(*column, places.y);
    if let Some(numbers) = table.iter().find(|column| column.name() == "row") {
        return by_row(path, numbers, lines, &places, rows, progress);
    }
    let named = |own: &&Column| own.distinct() as u64 * 100 >= u64::from(own.present()) * NAMING_PERCENT;
    let theirs = |own: &'_ Column| rows.columns.and_then(|columns| columns.get(own.name()));
    let shared = table.iter().filter(is_place).filter(named).find_map(|own| Some((own, theirs(own)?)));
    if let Some((own, theirs)) = shared {
        return by_value(path, own, theirs, lines, &places, rows, progress);
    }
    let first = first_of(path, lines, rows)?;
    let places = progress.collect((0..rows.count).map(|row| places.of(first + row)))?;
    Ok(Positions { places, others: 0 })
}

/// By a column of row numbers, which are those of the whole set.
fn by_row(
    path: &Path,
    numbers: &Column,
    lines: u32,
    places: &Places<'_>,
    rows: Rows<'_>,
    progress: Progress<'_>,
) -> Result<Positions, PositionsError> {
    let [first, total] = rows.slice.unwrap_or([0, rows.count]);
    let mut found = vec![NOWHERE; rows.count as usize];
    let mut is_given = vec![false; total as usize];
    for block in progress.blocks(lines) {
        for line in block? {
            let text = numbers.text(Row(line));
            let row = text.parse::<usize>().ok().filter(|&row| row < is_given.len());
            let Some(row) = row else {
                let last = thousands(u64::from(total.saturating_sub(1)));
                return Err(PositionsError::what(path, format!("its row {text:?} is none of 0 to {last}")));
            };
            if std::mem::replace(&mut is_given[row], true) {
                return Err(PositionsError::what(path, format!("it gives row {row} two places")));
            }
            if let Some(place) = row.checked_sub(first as usize).and_then(|row| found.get_mut(row)) {
                *place = places.of(line);
            }
        }
    }
    Ok(Positions { places: found, others: 0 })
}

/// By a column that the records have as well.
fn by_value(
    path: &Path,
    own: &Column,
    theirs: &Column,
    lines: u32,
    places: &Places<'_>,
    rows: Rows<'_>,
    progress: Progress<'_>,
) -> Result<Positions, PositionsError> {
    let name = quoted(own.name());
    let mut of_value: HashMap<String, (u32, bool)> = HashMap::with_capacity(lines as usize);
    for block in progress.part(0.0, 0.5).blocks(lines) {
        for line in block? {
            let text = own.text(Row(line));
            if !text.is_empty() && of_value.insert(text.clone(), (line, false)).is_some() {
                return Err(PositionsError::what(path, format!("it gives {name} {text:?} two places")));
            }
        }
    }
    let place = |row: u32| {
        of_value.get_mut(&theirs.text(Row(row))).map_or(NOWHERE, |(line, is_met)| {
            *is_met = true;
            places.of(*line)
        })
    };
    let found = progress.part(0.5, 1.0).collect((0..rows.count).map(place))?;
    let others = of_value.values().filter(|(_, is_met)| !is_met).count();
    if others == of_value.len() {
        let values = counted(others as u64, "value", "values");
        return Err(PositionsError::what(path, format!("none of its {values} of {name} is a drawing's")));
    }
    Ok(Positions { places: found, others: others as u32 })
}
