//! Values of columns as JSON, so that they get their types as those of records do.

use std::fmt::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

use crate::data::columns::time;
use crate::data::source::Number;
use crate::words::thousands;

/// Items of a list, and bytes of a text within a value, beyond which only their number is written.
const MOST_ITEMS: usize = 4096;

const SECOND_NS: i128 = 1_000_000_000;
const DAY_S: i64 = 86_400;

/// Whether a value is there.
pub(super) fn is_there(values: &ArrayRef, row: usize) -> bool {
    match values.data_type() {
        DataType::Null => false,
        DataType::Dictionary(..) => {
            let of = values.as_any_dictionary();
            values.is_valid(row)
                && key(of.keys(), row).is_some_and(|key| key < of.values().len() && is_there(of.values(), key))
        }
        _ => values.is_valid(row),
    }
}

/// A whole number that is the key of something else: of a dictionary, of a label's name.
pub(super) fn key(values: &dyn Array, row: usize) -> Option<usize> {
    if values.is_null(row) {
        return None;
    }
    match values.data_type() {
        DataType::Int8 => usize::try_from(values.as_primitive::<Int8Type>().value(row)).ok(),
        DataType::Int16 => usize::try_from(values.as_primitive::<Int16Type>().value(row)).ok(),
        DataType::Int32 => usize::try_from(values.as_primitive::<Int32Type>().value(row)).ok(),
        DataType::Int64 => usize::try_from(values.as_primitive::<Int64Type>().value(row)).ok(),
        DataType::UInt8 => Some(values.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Some(values.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => usize::try_from(values.as_primitive::<UInt32Type>().value(row)).ok(),
        DataType::UInt64 => usize::try_from(values.as_primitive::<UInt64Type>().value(row)).ok(),
        _ => None,
    }
}

/// A text; `None` where there is none.
pub(super) fn text(values: &ArrayRef, row: usize) -> Option<&str> {
    if !is_there(values, row) {
        return None;
    }
    match values.data_type() {
        DataType::Utf8 => Some(values.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(values.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(values.as_string_view().value(row)),
        _ => None,
    }
}

/// Appends a value as JSON.
pub(super) fn push(out: &mut String, values: &ArrayRef, row: usize) {
    if !is_there(values, row) {
        out.push_str("null");
        return;
    }
    match values.data_type() {
        DataType::Boolean => out.push_str(if values.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Int8 => push_number(out, primitive::<Int8Type>(values, row)),
        DataType::Int16 => push_number(out, primitive::<Int16Type>(values, row)),
        DataType::Int32 => push_number(out, primitive::<Int32Type>(values, row)),
        DataType::Int64 => push_number(out, primitive::<Int64Type>(values, row)),
        DataType::UInt8 => push_number(out, primitive::<UInt8Type>(values, row)),
        DataType::UInt16 => push_number(out, primitive::<UInt16Type>(values, row)),
        DataType::UInt32 => push_number(out, primitive::<UInt32Type>(values, row)),
        DataType::UInt64 => push_number(out, primitive::<UInt64Type>(values, row)),
        DataType::Float16 => push_float(out, Number::Float16(primitive::<Float16Type>(values, row).to_bits())),
        DataType::Float32 => push_float(out, Number::Float32(primitive::<Float32Type>(values, row))),
        DataType::Float64 => push_float(out, Number::Float64(primitive::<Float64Type>(values, row))),
        DataType::Utf8 => push_text(out, values.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => push_text(out, values.as_string::<i64>().value(row)),
        DataType::Utf8View => push_text(out, values.as_string_view().value(row)),
        DataType::Decimal32(_, scale) => push_decimal(out, primitive::<Decimal32Type>(values, row), *scale),
        DataType::Decimal64(_, scale) => push_decimal(out, primitive::<Decimal64Type>(values, row), *scale),
        DataType::Decimal128(_, scale) => push_decimal(out, primitive::<Decimal128Type>(values, row), *scale),
        DataType::Decimal256(_, scale) => push_decimal(out, primitive::<Decimal256Type>(values, row), *scale),
        DataType::Dictionary(..) => {
            let of = values.as_any_dictionary();
            match key(of.keys(), row) {
                Some(key) => push(out, of.values(), key),
                None => out.push_str("null"),
            }
        }
        DataType::Date32 => {
            push_instant(out, i128::from(primitive::<Date32Type>(values, row)) * i128::from(DAY_S) * SECOND_NS);
        }
        DataType::Date64 => {
            push_instant(out, i128::from(primitive::<Date64Type>(values, row)) * nanoseconds(TimeUnit::Millisecond));
        }
        DataType::Timestamp(unit, _) => push_instant(out, i128::from(instant(values, *unit, row)) * nanoseconds(*unit)),
        DataType::Time32(unit) | DataType::Time64(unit) => {
            push_clock(out, i128::from(clock(values, *unit, row)) * nanoseconds(*unit));
        }
        DataType::Duration(unit) => {
            let seconds = i128::from(duration(values, *unit, row)) * nanoseconds(*unit);
            push_float(out, Number::Float64(seconds as f64 / SECOND_NS as f64));
        }
        _ => push_nested(out, values, row),
    }
}

fn push_nested(out: &mut String, values: &ArrayRef, row: usize) {
    match values.data_type() {
        DataType::List(_) => push_list(out, &values.as_list::<i32>().value(row)),
        DataType::LargeList(_) => push_list(out, &values.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => push_list(out, &values.as_fixed_size_list().value(row)),
        DataType::Struct(fields) => {
            out.push('{');
            for (number, (field, inner)) in fields.iter().zip(values.as_struct().columns()).enumerate() {
                if number > 0 {
                    out.push(',');
                }
                push_text(out, field.name());
                out.push(':');
                push(out, inner, row);
            }
            out.push('}');
        }
        DataType::Map(..) => {
            let pairs: ArrayRef = std::sync::Arc::new(values.as_map().value(row));
            push_list(out, &pairs);
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            let bytes = super::flat::bytes_at(values, row).map_or(0, <[u8]>::len);
            push_text(out, &format!("({} bytes)", thousands(bytes as u64)));
        }
        _ => out.push_str("null"),
    }
}

fn push_list(out: &mut String, items: &ArrayRef) {
    if items.len() > MOST_ITEMS {
        return push_text(out, &format!("({} values)", thousands(items.len() as u64)));
    }
    out.push('[');
    for item in 0..items.len() {
        if item > 0 {
            out.push(',');
        }
        push(out, items, item);
    }
    out.push(']');
}

fn primitive<T: ArrowPrimitiveType>(values: &ArrayRef, row: usize) -> T::Native {
    values.as_primitive::<T>().value(row)
}

fn push_number(out: &mut String, number: impl std::fmt::Display) {
    // Writing to a String cannot fail.
    _ = write!(out, "{number}");
}

/// What is not finite is missing, as in records.
fn push_float(out: &mut String, float: Number) {
    if float.value().is_finite() { push_number(out, float) } else { out.push_str("null") }
}

/// Appends a text, quoted.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// Digits with a point so many places before their end: a number, as exact as it is.
fn push_decimal(out: &mut String, digits: impl std::fmt::Display, scale: i8) {
    let text = digits.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let Ok(scale) = usize::try_from(scale) else {
        let zeros = usize::from(scale.unsigned_abs());
        return push_number(out, format!("{sign}{digits}{:0<zeros$}", ""));
    };
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    push_number(out, format!("{sign}{whole}{point}{part}"));
}

fn nanoseconds(unit: TimeUnit) -> i128 {
    match unit {
        TimeUnit::Second => SECOND_NS,
        TimeUnit::Millisecond => 1_000_000,
        TimeUnit::Microsecond => 1_000,
        TimeUnit::Nanosecond => 1,
    }
}

fn instant(values: &ArrayRef, unit: TimeUnit, row: usize) -> i64 {
    match unit {
        TimeUnit::Second => primitive::<TimestampSecondType>(values, row),
        TimeUnit::Millisecond => primitive::<TimestampMillisecondType>(values, row),
        TimeUnit::Microsecond => primitive::<TimestampMicrosecondType>(values, row),
        TimeUnit::Nanosecond => primitive::<TimestampNanosecondType>(values, row),
    }
}

fn clock(values: &ArrayRef, unit: TimeUnit, row: usize) -> i64 {
    match unit {
        TimeUnit::Second => primitive::<Time32SecondType>(values, row).into(),
        TimeUnit::Millisecond => primitive::<Time32MillisecondType>(values, row).into(),
        TimeUnit::Microsecond => primitive::<Time64MicrosecondType>(values, row),
        TimeUnit::Nanosecond => primitive::<Time64NanosecondType>(values, row),
    }
}

fn duration(values: &ArrayRef, unit: TimeUnit, row: usize) -> i64 {
    match unit {
        TimeUnit::Second => primitive::<DurationSecondType>(values, row),
        TimeUnit::Millisecond => primitive::<DurationMillisecondType>(values, row),
        TimeUnit::Microsecond => primitive::<DurationMicrosecondType>(values, row),
        TimeUnit::Nanosecond => primitive::<DurationNanosecondType>(values, row),
    }
}

/// A time since 1970 in RFC 3339; one that has no year of four digits is missing.
fn push_instant(out: &mut String, ns: i128) {
    const YEARS_0_TO_9999: std::ops::RangeInclusive<i64> = -62_167_219_200_000_000..=253_402_300_799_999_999;
    let us = i64::try_from(ns.div_euclid(1000)).ok().filter(|us| YEARS_0_TO_9999.contains(us));
    let Some(us) = us else {
        out.push_str("null");
        return;
    };
    let nanos = ns.rem_euclid(1000);
    let text = time::rfc3339(us);
    if nanos == 0 {
        return push_text(out, &text);
    }
    let seconds = text.split(['.', 'Z']).next().unwrap_or_default();
    push_text(out, &format!("{seconds}.{:06}{nanos:03}Z", us.rem_euclid(1_000_000)));
}

/// A time of day: no instant, hence a text.
fn push_clock(out: &mut String, ns: i128) {
    let seconds = ns.div_euclid(SECOND_NS);
    let mut text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let part = ns.rem_euclid(SECOND_NS);
    if part > 0 {
        text.push_str(format!(".{part:09}").trim_end_matches('0'));
    }
    push_text(out, &text);
}
