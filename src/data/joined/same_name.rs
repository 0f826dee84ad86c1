//! Columns that drawings and a table have under one name, where nobody said by which they are joined: whether they belie the position.

use std::collections::{HashMap, HashSet};

use super::{ByName, Table};
use crate::data::Row;
use crate::data::columns::{Batch, Column, quoted};

/// What such a column says.
#[derive(Debug)]
pub(super) enum Says {
    /// All values are on both sides, each once, in another order: lines are joined by this column.
    Key(String, ByName<'static, u32>),
    /// The values are in another order, or in part, and belong to no line each: what is warned of.
    Doubt(String),
}

/// What the first of them says that says anything; `first` is the line of the batch's first row by position.
pub(super) fn says(table: &Table, batch: &Batch, first: Option<u32>) -> Option<Says> {
    let common = batch.names().filter_map(|name| Some((name, table.column(name)?)));
    let mut found: Vec<Says> =
        common.filter_map(|(name, column)| of_column(name, column, table.rows, &batch.texts(name)?, first?)).collect();
    let key = found.iter().position(|says| matches!(says, Says::Key(..)));
    (!found.is_empty()).then(|| found.swap_remove(key.unwrap_or(0)))
}

fn of_column(name: &str, column: &Column, rows: u32, own: &[Option<String>], first: u32) -> Option<Says> {
    let at = |line: u32| if line < rows { column.text(Row(line)) } else { String::new() };
    let differ = (first..).zip(own).filter(|(line, own)| own.as_deref().unwrap_or_default() != at(*line)).count();
    if differ == 0 {
        return None;
    }
    let mut lines = HashMap::with_capacity(rows as usize);
    let mut are_distinct = true;
    for line in 0..rows {
        let value = at(line);
        are_distinct &= !value.is_empty() && lines.insert(value, line).is_none();
    }
    let values: HashSet<&str> = own.iter().flatten().map(String::as_str).collect();
    let known = values.iter().filter(|value| lines.contains_key(**value)).count();
    if are_distinct && known == own.len() {
        let mut by_name = ByName::default();
        for (value, line) in lines {
            by_name.insert(value, line);
        }
        return Some(Says::Key(name.to_owned(), by_name));
    }
    let is_alike = known > 0 && 2 * known >= values.len() && (are_distinct || 2 * known >= lines.len());
    is_alike.then(|| {
        let name = quoted(name);
        Says::Doubt(format!(
            "its column {name} has values of the drawings' own {name} in another order ({differ} of the first {} differ): where \
             lines are not in the order of the drawings, name the column that both have with --join",
            own.len()
        ))
    })
}
