//! Builds a batch row by row.

use super::batch::{Batch, Field};
use super::kinds::{Scalar, Value};
use super::{MAX_COLUMNS, MAX_INNER_COLUMNS, MAX_NAME_BYTES};
use std::collections::HashMap;
use std::sync::Arc;

/// How far the columns were before a line was read.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Mark {
    fields: usize,
    values: u64,
    inner_values: u64,
}

/// Builds a batch row by row.
#[derive(Debug, Default)]
pub struct BatchBuilder {
    batch: Batch,
    slots: HashMap<Arc<str>, usize>,
    /// Those of keys of objects in records, by their full names.
    inner_slots: HashMap<Arc<str>, usize>,
    /// The slot asked for next if this record has its keys in the order of the one before.
    expected: usize,
    /// The full name of the inner key looked up last; kept so that rows cost no allocation.
    full: String,
}

impl BatchBuilder {
    /// A builder without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Rows begun so far.
    pub fn rows(&self) -> u32 {
        self.batch.rows
    }

    /// How many values were left out so far because there was no column for their key.
    pub fn dropped(&self) -> u64 {
        self.batch.dropped.values
    }

    /// Begins the next row; what is not set in it is missing.
    pub fn push_row(&mut self) {
        self.batch.rows += 1;
        self.expected = 0;
    }

    /// Sets a value of the row begun last. A second value of the same column in a row is ignored, and so is any value
    /// before the first row.
    pub fn set(&mut self, name: &str, value: Value<'_>) {
        if let Some(slot) = self.slot(name) {
            self.set_slot(slot, &value.into());
        }
    }

    /// The column `name`, added where new; `None` when there is no room for it.
    pub fn slot(&mut self, name: &str) -> Option<usize> {
        if self.batch.fields.get(self.expected).is_some_and(|field| !field.inner && &*field.name == name) {
            self.expected += 1;
            return Some(self.expected - 1);
        }
        if let Some(&slot) = self.slots.get(name) {
            self.expected = slot + 1;
            return Some(slot);
        }
        if self.slots.len() >= MAX_COLUMNS || name.len() > MAX_NAME_BYTES {
            self.batch.dropped.add(name);
            return None;
        }
        let shared: Arc<str> = Arc::from(name);
        self.slots.insert(Arc::clone(&shared), self.batch.fields.len());
        Some(self.push_field(shared, false))
    }

    /// The column of key `name` in the object of column `outer`, added where new; `None` when there is no room for it. They
    /// have room of their own, so that objects with many keys take none from the record's own keys.
    pub(in crate::data) fn inner_slot(&mut self, outer: usize, name: &str) -> Option<usize> {
        let outer = &*self.batch.fields.get(outer)?.name;
        let is_it = |field: &Field| {
            let inner = field.name.strip_prefix(outer).and_then(|rest| rest.strip_prefix('.'));
            field.inner && inner == Some(name)
        };
        if self.batch.fields.get(self.expected).is_some_and(is_it) {
            self.expected += 1;
            return Some(self.expected - 1);
        }
        self.full.clear();
        self.full.extend([outer, ".", name]);
        if let Some(&slot) = self.inner_slots.get(&*self.full) {
            self.expected = slot + 1;
            return Some(slot);
        }
        if self.inner_slots.len() >= MAX_INNER_COLUMNS || self.full.len() > MAX_NAME_BYTES {
            self.batch.dropped_inner.add(&self.full);
            return None;
        }
        let shared: Arc<str> = Arc::from(&*self.full);
        self.inner_slots.insert(Arc::clone(&shared), self.batch.fields.len());
        Some(self.push_field(shared, true))
    }

    fn push_field(&mut self, name: Arc<str>, inner: bool) -> usize {
        let slot = self.batch.fields.len();
        self.batch.fields.push(Field::new(name, inner));
        self.expected = slot + 1;
        slot
    }

    /// What the keys of a line changed, so that [`Self::undo`] can take it back.
    pub(in crate::data) fn mark(&self) -> Mark {
        let Batch { fields, dropped, dropped_inner, .. } = &self.batch;
        Mark { fields: fields.len(), values: dropped.values, inner_values: dropped_inner.values }
    }

    /// Takes back the columns and the count of what was left out since the mark: the keys of a line that cannot be read
    /// take no room from those of others. Nothing may have been set in these columns.
    pub(in crate::data) fn undo(&mut self, mark: Mark) {
        for field in self.batch.fields.drain(mark.fields.min(self.batch.fields.len())..) {
            let slots = if field.inner { &mut self.inner_slots } else { &mut self.slots };
            slots.remove(&field.name);
        }
        self.batch.dropped.cut(mark.values);
        self.batch.dropped_inner.cut(mark.inner_values);
        self.expected = 0;
    }

    /// The key of a column that [`Self::slot`] gave.
    pub(in crate::data) fn key(&self, slot: usize) -> Option<&str> {
        self.batch.fields.get(slot).map(|field| &*field.name)
    }

    /// The column that comes next if this record has its keys in the order of the one before, provided that `json`
    /// begins with its name and the quote behind that; and how many bytes these are.
    pub fn next_slot(&mut self, json: &[u8]) -> Option<(usize, usize)> {
        let field = self.batch.fields.get(self.expected).filter(|field| field.plain && !field.inner)?;
        let length = field.name.len();
        if json.get(length) != Some(&b'"') || !json.starts_with(field.name.as_bytes()) {
            return None;
        }
        self.expected += 1;
        Some((self.expected - 1, length + 1))
    }

    /// Sets a value of the row begun last in a column that [`Self::slot`] gave.
    pub fn set_slot(&mut self, slot: usize, value: &Scalar<'_>) {
        let Some(row) = self.batch.rows.checked_sub(1) else {
            return;
        };
        let Some(field) = self.batch.fields.get_mut(slot) else {
            return;
        };
        if field.store.len() > row as usize {
            return;
        }
        field.seen.note(value);
        if !matches!(value, Scalar::Null | Scalar::Nested | Scalar::Spread) {
            field.store.pad(row as usize);
            field.store.push(value);
        }
    }

    /// The batch of all rows begun so far.
    pub fn finish(self) -> Batch {
        self.batch
    }
}
