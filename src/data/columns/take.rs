//! Some rows of all columns, as if there were no others.

use super::column::Column;
use super::packed::{Digits, Words};
use super::set::Columns;
use super::store::{NO_CODE, NO_CODE_16, NO_FLAG, NO_ID, Store};
use super::texts::Texts;
use rayon::prelude::*;

impl Columns {
    /// The same columns of these rows alone, in this order; types stay what they are.
    pub fn taken(&self, rows: &[u32]) -> Self {
        let all: Vec<&Column> = self.iter().collect();
        let count = rows.len() as u32;
        self.with(all.into_par_iter().map(|column| column.with(column.store.taken(rows), count)).collect(), count)
    }
}

/// The values of some rows; those behind the end are missing.
pub(super) fn values_of<T: Copy>(values: &[T], rows: &[u32], missing: T) -> Vec<T> {
    rows.iter().map(|&row| values.get(row as usize).copied().unwrap_or(missing)).collect()
}

impl Store {
    fn taken(&self, rows: &[u32]) -> Self {
        match self {
            Self::Empty(_) => Self::Empty(rows.len()),
            Self::Flags(values) => Self::Flags(values_of(values, rows, NO_FLAG)),
            Self::Digits(Digits { values, strings, numbers, largest }) => {
                let values = values_of(values, rows, NO_ID);
                Self::Digits(Digits { values, strings: *strings, numbers: *numbers, largest: *largest })
            }
            Self::Numbers(values) => Self::Numbers(values_of(values, rows, f64::NAN)),
            Self::Times(times) => Self::Times(times.taken(rows)),
            Self::Words(Words { codes, dictionary }) => {
                Self::Words(Words { codes: values_of(codes, rows, NO_CODE), dictionary: dictionary.clone() })
            }
            Self::Settled(codes, dictionary) => Self::Settled(values_of(codes, rows, NO_CODE_16), dictionary.clone()),
            Self::Texts(texts) => {
                let mut taken = Texts::default();
                for &row in rows {
                    taken.push(texts.get(row as usize));
                }
                Self::Texts(taken)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use crate::data::Row;
    use crate::data::columns::{BatchBuilder, Columns, Value};

    #[test]
    fn taken_rows_have_the_values_and_the_spellings_that_they_had() {
        let texts = ["2017-03-08 21:12:07.26604 UTC", "2018-01-01T00:00:00Z"];
        let mut builder = BatchBuilder::new();
        for row in 0..40_u32 {
            builder.push_row();
            builder
                .set("flag", if row.is_multiple_of(5) { Value::Missing } else { Value::Flag(row.is_multiple_of(2)) });
            builder.set("n", Value::Number(f64::from(row) / 4.0));
            builder.set("whole", Value::Number(f64::from(row)));
            builder.set("word", Value::Text(["cat", "dog", ""][row as usize % 3]));
            let slot = builder.slot("when").unwrap();
            let spelled = crate::data::columns::Scalar::Text(texts[row as usize % 2].into());
            builder.set_slot(slot, &spelled);
            builder.set("key", Value::Id(u64::from(row) + 10_u64.pow(15)));
        }
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(41);
        let rows = [40, 7, 0, 39, 5];
        let taken = columns.taken(&rows);
        assert_eq!((taken.rows_loaded(), taken.len(), taken.is_finished()), (5, columns.len(), true));
        for (column, other) in columns.iter().zip(taken.iter()) {
            assert_eq!((column.name(), column.kind()), (other.name(), other.kind()));
            for (at, row) in (0..).zip(rows) {
                assert_eq!(other.value(Row(at)), column.value(Row(row)), "{}", column.name());
                assert_eq!(other.written(Row(at)), column.written(Row(row)), "{}", column.name());
            }
        }
    }
}
