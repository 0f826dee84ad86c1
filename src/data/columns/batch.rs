//! A batch: the columns of consecutive rows, typed on their own.

use super::kinds::Scalar;
use super::packed::Words;
use super::seen::{Dropped, Seen};
use super::store::Store;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The columns of consecutive rows: what a reader sends to [`super::Columns::append`].
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(super) rows: u32,
    pub(super) fields: Vec<Field>,
    pub(super) dropped: Dropped,
    /// The same of keys of objects in records.
    pub(super) dropped_inner: Dropped,
}

/// One column of a batch.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: Arc<str>,
    pub(super) store: Store,
    pub(super) seen: Seen,
    /// Whether it is a key of an object in the record, `key.inner`, and no key of the record.
    pub(super) inner: bool,
    /// Whether the name stands in JSON as it is, without escapes.
    pub(super) plain: bool,
}

impl Field {
    pub(super) fn new(name: Arc<str>, inner: bool) -> Self {
        let plain = name.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
        Self { name, store: Store::Empty(0), seen: Seen::default(), inner, plain }
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

    /// Names of its columns, those of objects within records apart.
    pub(in crate::data) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(|field| field.seen.is_column()).map(|field| &*field.name)
    }

    /// Names of the columns that hold times alone.
    pub(in crate::data) fn timed(&self) -> impl Iterator<Item = &str> {
        let timed = self.fields.iter().filter(|field| matches!(field.store, Store::Times(_)));
        timed.map(|field| &*field.name)
    }

    /// Whether the records have arrays or objects under a key.
    pub(in crate::data) fn has_nested(&self, name: &str) -> bool {
        self.fields.iter().any(|field| &*field.name == name && field.seen.nested > 0)
    }

    /// Gives a column another name.
    pub(in crate::data) fn rename(&mut self, name: &str, other: &str) {
        for field in self.fields.iter_mut().filter(|field| &*field.name == name) {
            field.name = Arc::from(other);
        }
    }

    /// The values of a column as texts, row by row; `None` where there is none.
    pub(in crate::data) fn texts(&self, name: &str) -> Option<Vec<Option<String>>> {
        let field = self.fields.iter().find(|field| &*field.name == name)?;
        let text = |row| match field.store.scalar(row) {
            Scalar::Null => None,
            value => Some(value.text().into_owned()),
        };
        Some((0..self.rows as usize).map(text).collect())
    }

    /// Adds the columns of another batch of as many rows.
    pub(in crate::data) fn beside(&mut self, other: Self) {
        self.fields.extend(other.fields);
        self.dropped.join(other.dropped);
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
        let seen = Seen::strings();
        self.fields.push(Field { store, seen, ..Field::new(Arc::from(name), false) });
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

    /// How many values were left out because their key came after 256 others (or was longer than 256 bytes), and the first
    /// such key.
    pub fn dropped(&self) -> (u64, Option<&str>) {
        (self.dropped.values, self.dropped.first.as_deref())
    }
}
