//! One field of all records.

use super::batch::Field;
use super::dictionary::Dictionary;
use super::kinds::{ColumnType, Value, flag_text, number_text};
use super::seen::{Dropped, Seen};
use super::store::{NO_FLAG, NO_ID, Store};
use super::{counts, settle, time};
use crate::data::Row;
use std::sync::{Arc, OnceLock};

/// One field of all records: a name, a type and a value for each row.
#[derive(Clone, Debug)]
pub struct Column {
    name: Arc<str>,
    /// Whether it is a key of an object in the records.
    inner: bool,
    pub(super) store: Store,
    pub(super) rows: u32,
    seen: Seen,
    settled: Option<ColumnType>,
    /// Distinct and present values, counted when first asked for.
    pub(super) counted: OnceLock<(usize, u32)>,
}

impl Column {
    pub(super) fn new(name: Arc<str>, inner: bool) -> Self {
        let (store, seen) = (Store::Empty(0), Seen::default());
        Self { name, inner, store, rows: 0, seen, settled: None, counted: OnceLock::new() }
    }

    /// A category whose values are there already.
    pub(super) fn of_codes(name: Arc<str>, codes: Vec<u16>, dictionary: Dictionary) -> Self {
        let (rows, seen, settled) = (codes.len() as u32, Seen::strings(), Some(ColumnType::Category));
        let store = Store::Settled(codes, dictionary);
        Self { name, inner: false, store, rows, seen, settled, counted: OnceLock::new() }
    }

    pub(super) fn append(&mut self, first_row: u32, field: &Field) {
        self.store.pad(first_row as usize);
        self.store.extend(&field.store);
        self.seen.join(field.seen);
    }

    pub(super) fn set_rows(&mut self, rows: u32) {
        self.rows = rows;
        self.counted.take();
    }

    /// Whether it is the column of this key, of an object in the records if it is `inner`.
    pub(super) fn is(&self, name: &str, inner: bool) -> bool {
        self.inner == inner && &*self.name == name
    }

    /// Whether it is a key of an object in the records.
    pub(super) fn is_inner(&self) -> bool {
        self.inner
    }

    pub(super) fn rename(&mut self, name: String) {
        self.name = name.into();
    }

    /// Adds what was seen in rows that gave no value.
    pub(super) fn see(&mut self, seen: Seen) {
        self.seen.join(seen);
    }

    /// The same column with other rows.
    pub(super) fn with(&self, store: Store, rows: u32) -> Self {
        let Self { inner, seen, settled, .. } = *self;
        Self { name: Arc::clone(&self.name), inner, store, rows, seen, settled, counted: OnceLock::new() }
    }

    /// Settles the type; what is odd about the column.
    pub(super) fn settle(&mut self) -> Vec<String> {
        let kind = settle::settle(&mut self.store);
        self.settled = Some(kind);
        settle::oddities(&self.name, kind, &self.store, self.seen)
    }

    /// What was chosen for it, if anything.
    pub(super) fn hint(&self) -> Option<String> {
        settle::hint(&self.name, self.seen)
    }

    /// The key in the records; of a key of an object there, `key.inner`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type: settled once the columns are finished; until then what fits the values so far.
    pub fn kind(&self) -> ColumnType {
        self.settled.unwrap_or_else(|| settle::provisional(&self.store))
    }

    /// The value of a row.
    pub fn value(&self, row: Row) -> Value<'_> {
        let index = row.0 as usize;
        match &self.store {
            Store::Empty(_) => Value::Missing,
            Store::Flags(values) => values
                .get(index)
                .filter(|&&flag| flag != NO_FLAG)
                .map_or(Value::Missing, |&flag| Value::Flag(flag != 0)),
            Store::Digits(digits) => match digits.values.get(index) {
                Some(&id) if id != NO_ID && self.kind() == ColumnType::Id => Value::Id(id),
                Some(&number) if number != NO_ID => Value::Number(number as f64),
                _ => Value::Missing,
            },
            Store::Numbers(values) => values
                .get(index)
                .filter(|number| !number.is_nan())
                .map_or(Value::Missing, |&number| Value::Number(number)),
            Store::Times(times) => times.us(index).map_or(Value::Missing, Value::Time),
            Store::Words(words) => {
                let text = words.codes.get(index).and_then(|&code| words.dictionary.get(code));
                text.map_or(Value::Missing, Value::Text)
            }
            Store::Settled(codes, dictionary) => {
                let text = codes.get(index).and_then(|&code| dictionary.get(u32::from(code)));
                text.map_or(Value::Missing, Value::Text)
            }
            Store::Texts(texts) => texts.get(index).map_or(Value::Missing, Value::Text),
        }
    }

    /// The value of a row as a person reads it; empty when missing. Times read `2017-03-20 10:26:01 UTC`.
    pub fn text(&self, row: Row) -> String {
        match self.value(row) {
            Value::Missing => String::new(),
            Value::Flag(flag) => flag_text(flag).to_owned(),
            Value::Id(id) => id.to_string(),
            Value::Time(us) => time::long_time(us),
            Value::Number(number) => number_text(number),
            Value::Text(text) => text.to_owned(),
        }
    }

    /// The value of a row as its record has it, for exports; empty when missing. Times keep their spelling; of numbers it
    /// is the value that stays.
    pub fn written(&self, row: Row) -> String {
        match &self.store {
            Store::Times(times) => times.spelling(row.0 as usize).unwrap_or_default(),
            _ => self.text(row),
        }
    }

    /// The value of a row in JSON: ids as strings, times as they were spelled, missing as null.
    pub fn json(&self, row: Row) -> serde_json::Value {
        match self.value(row) {
            Value::Missing => serde_json::Value::Null,
            Value::Flag(flag) => flag.into(),
            // Whole numbers without a point, as they most often came; but −0 has no integer.
            Value::Number(number) if number != 0.0 || number.is_sign_positive() => {
                number_text(number).parse::<i64>().map_or_else(|_| number.into(), Into::into)
            }
            Value::Number(number) => number.into(),
            Value::Id(_) | Value::Time(_) => self.written(row).into(),
            Value::Text(text) => text.into(),
        }
    }

    /// How many different values there are, missing not counted. Counted when first asked for.
    pub fn distinct(&self) -> usize {
        self.counted.get_or_init(|| counts::count(self)).0
    }

    /// How many rows lack a value.
    pub fn missing(&self) -> u32 {
        self.rows.saturating_sub(self.present())
    }

    /// How many rows hold a text without a letter, which is a value.
    pub fn empty(&self) -> u32 {
        counts::count_empty(&self.store)
    }

    /// How many rows have a value.
    pub fn present(&self) -> u32 {
        self.counted.get_or_init(|| counts::count(self)).1
    }
}

/// What is said of keys beyond the `most` for which there was room; `whose` follows the number of their values.
pub(super) fn dropped_note(dropped: &Dropped, whose: &str, most: usize) -> Option<String> {
    let first = dropped.first.as_deref()?;
    Some(format!(
        "{}{whose} left out: more than {most} keys, or keys longer than {} bytes; the first is {first:?}",
        crate::words::counted(dropped.values, "value", "values"),
        super::MAX_NAME_BYTES
    ))
}
