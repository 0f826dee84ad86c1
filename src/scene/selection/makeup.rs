//! What selected rows have in common: how often the values of a column occur among them, beside all rows.

use super::Selection;
use crate::data::columns::{Codes, Column};
use crate::words::{EMPTY, MISSING, shown_text};

/// Values of a column that are listed.
pub const LISTED_VALUES: usize = 5;
/// Letters of a value that are shown.
const LETTERS: usize = 60;

/// A value of a column, and how many rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueShare {
    /// The value, as it is shown.
    pub text: String,
    /// Selected rows that have it.
    pub selected: u32,
    /// All rows that have it.
    pub all: u32,
}

/// The values of a column among the selected rows, most frequent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMakeup {
    /// The column.
    pub name: String,
    /// At most [`LISTED_VALUES`] of them, missing ones among them.
    pub values: Vec<ValueShare>,
    /// How many more there are among the selected rows.
    pub others: usize,
}

impl ValueShare {
    /// How many times as frequent it is among `selected` rows as among `all`; `None` where that says nothing.
    pub fn lift(&self, selected: u32, all: u32) -> Option<f64> {
        let part = |rows: u32, of: u32| f64::from(rows) / f64::from(of);
        (self.all > 0 && selected > 0 && selected < all).then(|| part(self.selected, selected) / part(self.all, all))
    }
}

impl ColumnMakeup {
    /// Counts the values of a column among the rows below `rows`, numbers and times in the bins of `groups`; `None` where nearly
    /// every row has a value of its own, or all have the same.
    pub fn of(column: &Column, selection: &Selection, rows: u32) -> Option<Self> {
        let codes = column.codes()?;
        // The last one is for missing values.
        let mut counts = vec![(0_u32, 0_u32); codes.labels.len() + 1];
        let missing = codes.labels.len();
        for (row, &code) in (0..rows).zip(codes.codes.iter()) {
            let at = if code == Codes::MISSING { missing } else { code as usize };
            let Some((selected, all)) = counts.get_mut(at) else { continue };
            *selected += u32::from(selection.contains(row));
            *all += 1;
        }
        if counts.iter().filter(|(_, all)| *all > 0).count() < 2 {
            return None;
        }
        let mut order: Vec<usize> = (0..counts.len()).filter(|&at| counts[at].0 > 0).collect();
        let label = |at: usize| codes.labels.get(at);
        order.sort_by(|&a, &b| counts[b].0.cmp(&counts[a].0).then_with(|| label(a).cmp(&label(b))));
        let others = order.len().saturating_sub(LISTED_VALUES);
        let value = |at: usize| ValueShare {
            text: match label(at) {
                None => MISSING.to_owned(),
                Some(text) if text.is_empty() => EMPTY.to_owned(),
                Some(text) => shown_text(text, LETTERS),
            },
            selected: counts[at].0,
            all: counts[at].1,
        };
        let values = order.into_iter().take(LISTED_VALUES).map(value).collect();
        Some(Self { name: shown_text(column.name(), LETTERS), values, others })
    }
}
