//! The columns of a whole data set, growing batch by batch.

use super::added::Added;
use super::batch::{Batch, Field};
use super::column::{Column, dropped_note};
use super::seen::{Dropped, Seen};
use super::settle::only_nested;
use super::{MAX_COLUMNS, MAX_INNER_COLUMNS};
use crate::data::Row;
use crate::data::report::LoadReport;
use std::borrow::Cow;
use std::sync::Arc;

/// What the row number is called in exports.
pub(in crate::data) const ROW: &str = "row";

/// The key of a drawing's strokes, which are read when somebody looks at them.
const STROKES: &str = "drawing";

/// All columns of a data set, in the order in which their keys first appeared.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Shared: other tags are another column beside the same ones.
    all: Vec<Arc<Column>>,
    /// The places among them of columns that no record holds.
    pub(super) added: [Option<usize>; Added::COUNT],
    rows: u32,
    /// Whether records were read, if only such that make no column.
    has_records: bool,
    finished: bool,
    /// Keys that had no value in some batch, only arrays or objects; and whether they are keys of an object.
    nested: Vec<(Arc<str>, bool, Seen)>,
    /// Those of which none had a value in any batch. Complete once finished.
    only_nested: Vec<Arc<str>>,
    dropped: Dropped,
    dropped_inner: Dropped,
    notes: Vec<String>,
    hints: Vec<String>,
}

impl Columns {
    /// No columns, no rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rows from `first_row` on. Batches come in ascending order; rows between two of them are missing. A
    /// batch that begins before the rows already loaded, or comes after [`Self::finish`], is left out and noted.
    pub fn append(&mut self, first_row: u32, batch: Batch) {
        let end = first_row.checked_add(batch.rows);
        let Some(end) = end.filter(|_| !self.finished && first_row >= self.rows) else {
            self.notes.push(format!("{} records from row {first_row} came out of order: left out", batch.rows));
            return;
        };
        self.has_records |= batch.rows > 0;
        self.dropped.join(batch.dropped);
        self.dropped_inner.join(batch.dropped_inner);
        for field in batch.fields {
            if field.seen.is_column() {
                self.add(first_row, &field);
            } else {
                self.set_aside(&field);
            }
        }
        self.set_rows(end);
    }

    /// Adds the values of a batch's column; columns that are new have room for so many of each kind.
    fn add(&mut self, first_row: u32, field: &Field) {
        if let Some(column) = self.all.iter_mut().find(|column| column.is(&field.name, field.inner)) {
            Arc::make_mut(column).append(first_row, field);
        } else if has_room(self.iter().map(Column::is_inner), field.inner) {
            let mut column = Column::new(Arc::clone(&field.name), field.inner);
            column.append(first_row, field);
            self.all.push(Arc::new(column));
        } else {
            self.leave_out(field, field.store.len() as u64);
        }
    }

    /// Keeps how many arrays and objects a key had, of as many keys as there may be columns.
    fn set_aside(&mut self, field: &Field) {
        let seen = field.seen;
        let is_it = |(name, inner, _): &&mut (Arc<str>, bool, Seen)| *inner == field.inner && *name == field.name;
        if let Some((.., known)) = self.nested.iter_mut().find(is_it) {
            known.join(seen);
        } else if seen.nested == 0 {
            // There is nothing to say of it.
        } else if &*field.name == STROKES || has_room(self.nested.iter().map(|(_, inner, _)| *inner), field.inner) {
            self.nested.push((Arc::clone(&field.name), field.inner, seen));
        } else {
            self.leave_out(field, seen.nested.into());
        }
    }

    /// Counts values of a key for which there is no room.
    fn leave_out(&mut self, field: &Field, values: u64) {
        let dropped = if field.inner { &mut self.dropped_inner } else { &mut self.dropped };
        dropped.join(Dropped { values, first: Some(field.name.chars().take(40).collect()) });
    }

    /// Adds them to their columns; what is said of those that have none. Comes before columns get other names.
    fn account_for_nested(&mut self) {
        for (name, inner, seen) in std::mem::take(&mut self.nested) {
            if let Some(column) = self.all.iter_mut().find(|column| column.is(&name, inner)) {
                Arc::make_mut(column).see(seen);
            } else if &*name != STROKES {
                self.hints.push(only_nested(&name, seen.nested));
                self.only_nested.push(name);
            }
        }
    }

    /// Gives keys of objects another name where the records have a key that reads the same.
    fn tell_apart(&mut self) {
        for place in 0..self.all.len() {
            let Some(column) = self.all.get(place).filter(|column| column.is_inner()) else { continue };
            let taken =
                |name: &str| self.all.iter().enumerate().any(|(other, one)| other != place && one.name() == name);
            if taken(column.name()) {
                let name = free_name(column.name(), taken);
                self.hints.push(format!(
                    "the records have a key {:?}, too: what the object holds is column {name:?}",
                    column.name()
                ));
                if let Some(column) = self.all.get_mut(place) {
                    Arc::make_mut(column).rename(name);
                }
            }
        }
    }

    fn set_rows(&mut self, rows: u32) {
        self.rows = rows;
        self.all_mut().for_each(|column| column.set_rows(rows));
    }

    /// Settles the types (id, category, text) and makes the columns `rows` long: rows without a record are missing.
    pub fn finish(&mut self, rows: u32) {
        if self.finished {
            return;
        }
        self.set_rows(self.rows.max(rows));
        self.account_for_nested();
        self.tell_apart();
        let notes: Vec<String> = self.all_mut().flat_map(Column::settle).collect();
        self.notes.extend(notes);
        self.notes.extend(dropped_note(&self.dropped, "", MAX_COLUMNS));
        self.hints.extend(dropped_note(&self.dropped_inner, " of objects in the records", MAX_INNER_COLUMNS));
        let hints: Vec<String> = self.iter().filter_map(Column::hint).collect();
        self.hints.extend(hints);
        if let Some(column) = self.get(ROW) {
            let name = self.export_name(column);
            self.hints.push(format!(
                "the key \"{ROW}\" is written as \"{name}\" in tables and copied records, where \"{ROW}\" is the row number"
            ));
        }
        self.finished = true;
    }

    /// The same with the values of other rows.
    pub(super) fn with(&self, all: Vec<Column>, rows: u32) -> Self {
        let Self { has_records, finished, added, .. } = *self;
        let all = all.into_iter().map(Arc::new).collect();
        Self { all, rows, has_records, finished, added, only_nested: self.only_nested.clone(), ..Self::default() }
    }

    /// Whether [`Self::finish`] was called: types are final, `groups` can be laid out.
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// Rows up to which records have been read.
    pub fn rows_loaded(&self) -> u32 {
        self.rows
    }

    /// About how many bytes all columns hold.
    pub fn bytes(&self) -> u64 {
        self.all.iter().map(|column| column.store.bytes()).sum()
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether records were read, if only such that make no column.
    pub fn has_records(&self) -> bool {
        self.has_records
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All columns in order.
    pub fn iter(&self) -> impl Iterator<Item = &Column> {
        self.all.iter().map(Arc::as_ref)
    }

    /// The same to be changed; one that another set of columns shares is copied.
    fn all_mut(&mut self) -> impl Iterator<Item = &mut Column> {
        self.all.iter_mut().map(Arc::make_mut)
    }

    /// A column that no record holds.
    pub fn added(&self, what: Added) -> Option<&Column> {
        self.all.get(self.added[what as usize]?).map(Arc::as_ref)
    }

    /// Puts such a column in place of an earlier one, under the first free name.
    pub(super) fn put(&mut self, what: Added, of: impl FnOnce(Arc<str>) -> Column) {
        let usual = what.name();
        let name: Arc<str> = match self.added(what) {
            Some(earlier) => earlier.name().into(),
            None if self.get(usual).is_some() => free_name(usual, |name| self.get(name).is_some()).into(),
            None => usual.into(),
        };
        let column = Arc::new(of(name));
        let place = self.added[what as usize];
        if let Some(earlier) = place.and_then(|place| self.all.get_mut(place)) {
            *earlier = column;
        } else {
            self.added[what as usize] = Some(self.all.len());
            self.all.push(column);
        }
    }

    /// Whether a key makes no column because its values are arrays or objects. Known once finished.
    pub fn holds_arrays(&self, key: &str) -> bool {
        self.only_nested.iter().any(|name| **name == *key)
    }

    /// The column of that name.
    pub fn get(&self, name: &str) -> Option<&Column> {
        self.iter().find(|column| column.name() == name)
    }

    /// The name under which a column is written beside the row number: its key, but where that is `row`, `row_2` or the
    /// next such name that is free.
    pub fn export_name<'a>(&self, column: &'a Column) -> Cow<'a, str> {
        if column.name() != ROW {
            return Cow::Borrowed(column.name());
        }
        Cow::Owned(free_name(ROW, |name| self.get(name).is_some()))
    }

    /// The row number and every column's value, under the names of [`Self::export_name`].
    pub fn export_json(&self, row: Row) -> serde_json::Map<String, serde_json::Value> {
        let values = self.all.iter().map(|column| (self.export_name(column).into_owned(), column.json(row)));
        std::iter::once((ROW.to_owned(), row.0.into())).chain(values).collect()
    }

    /// Every column's value of a row under its key: ids as strings, times as they were spelled, missing as null.
    pub fn record_json(&self, row: Row) -> serde_json::Map<String, serde_json::Value> {
        self.all.iter().map(|column| (column.name().to_owned(), column.json(row))).collect()
    }

    /// What there was no room for, in a sentence.
    pub(in crate::data) fn without_room(&self) -> Option<String> {
        dropped_note(&self.dropped, "", MAX_COLUMNS)
    }

    /// What was odd about the columns, one sentence each: mixed types, keys left out. Complete once finished.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What was chosen for them, one sentence each: nearest floats, names in exports. Complete once finished.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Adds both to a report.
    pub fn tell(&self, report: &mut LoadReport) {
        self.notes.iter().for_each(|note| report.warn(note, None));
        self.hints.iter().for_each(|hint| report.info(hint, None));
    }
}

/// Whether there is room for one more column of the kind, of which there are `kinds`.
fn has_room(kinds: impl Iterator<Item = bool>, inner: bool) -> bool {
    let most = if inner { MAX_INNER_COLUMNS } else { MAX_COLUMNS };
    kinds.filter(|kind| *kind == inner).count() < most
}

/// The first of `name_2`, `name_3` … that is not taken.
fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut number = 2_u32;
    while taken(&format!("{name}_{number}")) {
        number += 1;
    }
    format!("{name}_{number}")
}
