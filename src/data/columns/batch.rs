//! A batch: the columns of consecutive rows, built row by row, typed on their own.

use super::kinds::{Scalar, Value};
use super::packed::Words;
use super::store::Store;
use super::{MAX_COLUMNS, MAX_NAME_BYTES};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The columns of consecutive rows: what a reader sends to [`super::Columns::append`].
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(super) rows: u32,
    pub(super) fields: Vec<Field>,
    pub(super) dropped: Dropped,
}

/// One column of a batch.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: Arc<str>,
    pub(super) store: Store,
    pub(super) seen: Seen,
    /// Whether the name stands in JSON as it is, without escapes.
    plain: bool,
}

impl Field {
    fn new(name: Arc<str>) -> Self {
        let plain = name.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
        Self { name, store: Store::Empty(0), seen: Seen::default(), plain }
    }
}

/// Which JSON types a column's values had.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// A bit for each of the types below.
    types: u8,
    /// Rows whose value was an array or an object.
    pub(super) nested: u32,
}

/// Keys for which there was no room.
#[derive(Clone, Debug, Default)]
pub(super) struct Dropped {
    /// How many values were left out with them.
    pub(super) values: u64,
    /// The first such key, cut to a readable length.
    pub(super) first: Option<String>,
}

impl Seen {
    const NULL: u8 = 1;
    pub(super) const FLAG: u8 = 2;
    pub(super) const NUMBER: u8 = 4;
    pub(super) const STRING: u8 = 8;
    /// Some number has more digits than a float holds.
    pub(super) const ROUNDED: u8 = 16;

    /// Whether the column has anything to show; `drawing` has not.
    pub(super) fn is_column(self) -> bool {
        self.types != 0
    }

    /// Whether some value was of a type.
    pub(super) fn has(self, kind: u8) -> bool {
        self.types & kind != 0
    }

    pub(super) fn join(&mut self, other: Self) {
        self.types |= other.types;
        self.nested = self.nested.saturating_add(other.nested);
    }

    fn note(&mut self, value: &Scalar<'_>) {
        self.types |= match value {
            Scalar::Null => Self::NULL,
            Scalar::Nested => {
                self.nested = self.nested.saturating_add(1);
                0
            }
            Scalar::Flag(_) => Self::FLAG,
            Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_) | Scalar::Written(_) => Self::NUMBER,
            Scalar::Rounded(_) => Self::NUMBER | Self::ROUNDED,
            Scalar::Id(_) | Scalar::Time(_) | Scalar::Text(_) => Self::STRING,
        };
    }
}

impl Dropped {
    pub(super) fn join(&mut self, other: Self) {
        self.values += other.values;
        self.first = self.first.take().or(other.first);
    }
}

impl Batch {
    /// A batch of `rows` rows of which nothing is known.
    pub fn missing(rows: u32) -> Self {
        Self { rows, ..Self::default() }
    }

    /// How many rows it holds.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a column that says the same of every row; a column of that name stays as it is.
    pub fn add_constant(&mut self, name: &str, text: &str) {
        self.add_fallback(name, None, text);
    }

    /// Adds a column `name` that holds column `from`'s text, or `default` where that is missing; a column of that
    /// name stays as it is.
    pub fn add_fallback(&mut self, name: &str, from: Option<&str>, default: &str) {
        if self.fields.iter().any(|field| &*field.name == name && field.seen.is_column()) {
            return;
        }
        let rows = self.rows as usize;
        let source = from.and_then(|from| self.fields.iter().find(|field| &*field.name == from));
        let store = match source.map(|field| &field.store) {
            Some(Store::Words(words)) if words.all_present(rows) => Store::Words(words.clone()),
            source => {
                let mut store = Store::Words(Words::default());
                for row in 0..rows {
                    let value = source.map_or(Scalar::Null, |source| source.scalar(row));
                    let text = if value == Scalar::Null { Cow::Borrowed(default) } else { value.text() };
                    store.push(&Scalar::Text(text));
                }
                store
            }
        };
        let seen = Seen { types: Seen::STRING, nested: 0 };
        self.fields.push(Field { store, seen, ..Field::new(Arc::from(name)) });
    }

    /// The distinct texts of a column of this batch with how often each occurs, in order of first appearance.
    pub fn counts(&self, name: &str) -> Vec<(String, u32)> {
        let Some(field) = self.fields.iter().find(|field| &*field.name == name) else {
            return Vec::new();
        };
        if let Store::Words(words) = &field.store {
            return words.counts();
        }
        let mut places = HashMap::new();
        let mut counts: Vec<(String, u32)> = Vec::new();
        for row in 0..field.store.len() {
            let value = field.store.scalar(row);
            if value == Scalar::Null {
                continue;
            }
            let text = value.text();
            if let Some(&place) = places.get(&*text) {
                if let Some((_, count)) = counts.get_mut::<usize>(place) {
                    *count += 1;
                }
            } else {
                places.insert(text.to_string(), counts.len());
                counts.push((text.into_owned(), 1));
            }
        }
        counts
    }

    /// How many values were left out because their key came after the last of 256 columns (or was longer than 256
    /// bytes), and the first such key.
    pub fn dropped(&self) -> (u64, Option<&str>) {
        (self.dropped.values, self.dropped.first.as_deref())
    }
}

/// How far the columns were before a line was read.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Mark {
    fields: usize,
    values: u64,
}

/// Builds a batch row by row.
#[derive(Debug, Default)]
pub struct BatchBuilder {
    batch: Batch,
    slots: HashMap<Arc<str>, usize>,
    /// The slot asked for next if this record has its keys in the order of the one before.
    expected: usize,
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
        if self.batch.fields.get(self.expected).is_some_and(|field| &*field.name == name) {
            self.expected += 1;
            return Some(self.expected - 1);
        }
        if let Some(&slot) = self.slots.get(name) {
            self.expected = slot + 1;
            return Some(slot);
        }
        if self.batch.fields.len() >= MAX_COLUMNS || name.len() > MAX_NAME_BYTES {
            self.batch.dropped.values += 1;
            self.batch.dropped.first.get_or_insert_with(|| name.chars().take(40).collect());
            return None;
        }
        let shared: Arc<str> = Arc::from(name);
        let slot = self.batch.fields.len();
        self.slots.insert(Arc::clone(&shared), slot);
        self.batch.fields.push(Field::new(shared));
        self.expected = slot + 1;
        Some(slot)
    }

    /// What the keys of a line changed, so that [`Self::undo`] can take it back.
    pub(in crate::data) fn mark(&self) -> Mark {
        Mark { fields: self.batch.fields.len(), values: self.batch.dropped.values }
    }

    /// Takes back the columns and the count of what was left out since the mark: the keys of a line that cannot be read
    /// take no room from those of others. Nothing may have been set in these columns.
    pub(in crate::data) fn undo(&mut self, mark: Mark) {
        for field in self.batch.fields.drain(mark.fields.min(self.batch.fields.len())..) {
            self.slots.remove(&field.name);
        }
        self.batch.dropped.values = mark.values;
        if mark.values == 0 {
            self.batch.dropped.first = None;
        }
        self.expected = 0;
    }

    /// The key of a column that [`Self::slot`] gave.
    pub(in crate::data) fn key(&self, slot: usize) -> Option<&str> {
        self.batch.fields.get(slot).map(|field| &*field.name)
    }

    /// The column that comes next if this record has its keys in the order of the one before, provided that `json`
    /// begins with its name and the quote behind that; and how many bytes these are.
    pub fn next_slot(&mut self, json: &[u8]) -> Option<(usize, usize)> {
        let field = self.batch.fields.get(self.expected).filter(|field| field.plain)?;
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
        if !matches!(value, Scalar::Null | Scalar::Nested) {
            field.store.pad(row as usize);
            field.store.push(value);
        }
    }

    /// The batch of all rows begun so far.
    pub fn finish(self) -> Batch {
        self.batch
    }
}
