//! Columns as arrays of Arrow's types.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray, TimestampMicrosecondArray, UInt64Array,
};
use arrow_schema::{DataType, TimeUnit};

use crate::data::Row;
use crate::data::columns::{Column, ColumnType, Value};

/// Whole numbers from here on have no 64-bit float each.
const INEXACT: f64 = 9_007_199_254_740_992.0;
const ZONE: &str = "UTC";
/// Digits of a microsecond.
const DIGITS: usize = 6;

/// How the values of a column are written; what is missing is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    /// Whole numbers below 2⁵³.
    Whole,
    Float,
    /// Identifiers, none missing: pandas would turn them to floats beside missing ones.
    Id,
    /// To the microsecond.
    Time,
    Text,
}

impl Kind {
    /// That of a column, by its values in these rows.
    pub(super) fn of(column: &Column, rows: &[u32]) -> Self {
        let values = || rows.iter().map(|&row| column.value(Row(row)));
        let is_whole = |number: f64| {
            number.fract() == 0.0 && number.abs() < INEXACT && (number != 0.0 || number.is_sign_positive())
        };
        let is_to_microseconds = || rows.iter().all(|&row| !is_finer(&column.written(Row(row))));
        match column.kind() {
            ColumnType::Flag => Self::Flag,
            ColumnType::Number
                if values().all(|value| !matches!(value, Value::Number(number) if !is_whole(number))) =>
            {
                Self::Whole
            }
            ColumnType::Number => Self::Float,
            ColumnType::Id if values().all(|value| matches!(value, Value::Id(_))) => Self::Id,
            ColumnType::Time if is_to_microseconds() => Self::Time,
            _ => Self::Text,
        }
    }

    pub(super) fn data_type(self) -> DataType {
        match self {
            Self::Flag => DataType::Boolean,
            Self::Whole => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Id => DataType::UInt64,
            Self::Time => DataType::Timestamp(TimeUnit::Microsecond, Some(ZONE.into())),
            Self::Text => DataType::Utf8,
        }
    }

    /// The values of some rows.
    pub(super) fn array(self, column: &Column, rows: &[u32]) -> ArrayRef {
        let values = rows.iter().map(|&row| column.value(Row(row)));
        let number = |value| if let Value::Number(number) = value { Some(number) } else { None };
        match self {
            Self::Flag => {
                let flags = values.map(|value| if let Value::Flag(flag) = value { Some(flag) } else { None });
                Arc::new(flags.collect::<BooleanArray>())
            }
            Self::Whole => {
                Arc::new(values.map(|value| number(value).map(|whole| whole as i64)).collect::<Int64Array>())
            }
            Self::Float => Arc::new(values.map(number).collect::<Float64Array>()),
            Self::Id => {
                let ids = values.map(|value| if let Value::Id(id) = value { Some(id) } else { None });
                Arc::new(ids.collect::<UInt64Array>())
            }
            Self::Time => {
                let us = values.map(|value| if let Value::Time(us) = value { Some(us) } else { None });
                Arc::new(us.collect::<TimestampMicrosecondArray>().with_timezone(ZONE))
            }
            Self::Text => {
                let is_there = |row: u32| column.value(Row(row)) != Value::Missing;
                let texts = rows.iter().map(|&row| is_there(row).then(|| column.written(Row(row))));
                Arc::new(texts.collect::<StringArray>())
            }
        }
    }
}

/// Whether a time is spelled with digits beyond microseconds, so that a text alone keeps them.
fn is_finer(time: &str) -> bool {
    let digits = time.split_once('.').map(|(_, digits)| digits.bytes().take_while(u8::is_ascii_digit));
    digits.is_some_and(|digits| digits.skip(DIGITS).any(|digit| digit != b'0'))
}
