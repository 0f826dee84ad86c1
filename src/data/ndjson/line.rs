//! One line → the scalars of its top-level object, without keeping what is nested.

use super::plain;
use crate::data::columns::{BatchBuilder, MAX_TEXT_BYTES, Scalar};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The values of one record, by column of the batch; kept between lines so that lines cost no allocation.
#[derive(Debug, Default)]
pub(super) struct Record<'b> {
    pub(super) values: Vec<(usize, Scalar<'b>)>,
    /// For each column the number of the line that set it last, and where in `values`.
    set_by: Vec<(u64, usize)>,
    line: u64,
    /// Values of this line that were cut to the longest text kept.
    pub(super) clipped: u32,
}

/// Reads one line into `record`; what is wrong with it otherwise, with the byte from 1.
pub(super) fn parse<'b>(line: &'b [u8], builder: &mut BatchBuilder, record: &mut Record<'b>) -> Result<(), String> {
    record.begin();
    let mark = builder.mark();
    if plain::parse(line, builder, record).is_some() {
        return Ok(());
    }
    builder.undo(mark);
    record.begin();
    let text = std::str::from_utf8(line).map_err(|error| format!("byte {}: is not UTF-8", error.valid_up_to() + 1))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let read = json.deserialize_any(Fields { builder: &mut *builder, record }).and_then(|()| json.end());
    read.map_err(|error| {
        builder.undo(mark);
        describe(line, &error)
    })
}

/// The value that `text` begins with, and its bytes; `None` where there is none. Texts that were cut are counted.
pub(super) fn first_value<'b>(text: &'b str, clipped: &mut u32) -> Option<(Scalar<'b>, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<First<'b>>();
    let First { value, clipped: cut } = values.next()?.ok()?;
    *clipped += cut;
    Some((value, values.byte_offset()))
}

/// A value as [`Field`] reads it.
struct First<'b> {
    value: Scalar<'b>,
    clipped: u32,
}

impl<'b> Deserialize<'b> for First<'b> {
    fn deserialize<D: Deserializer<'b>>(json: D) -> Result<Self, D::Error> {
        let mut clipped = 0;
        let value = Field { clipped: &mut clipped }.deserialize(json)?;
        Ok(Self { value, clipped })
    }
}

/// The parser's message without its line number (always 1 here).
fn describe(line: &[u8], error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.rfind(" at line ").and_then(|end| message.get(..end)).unwrap_or(&message);
    let rest = line.get(error.column().saturating_sub(1)..).unwrap_or_default();
    let what = match rest {
        _ if [&b"NaN"[..], b"Infinity", b"-Infinity", b"nan", b"inf"].iter().any(|name| rest.starts_with(name)) => {
            "NaN and infinity are not JSON: write null"
        }
        _ => what,
    };
    if error.column() == 0 { what.to_owned() } else { format!("byte {}: {what}", error.column()) }
}

struct Fields<'a, 'b> {
    builder: &'a mut BatchBuilder,
    record: &'a mut Record<'b>,
}

impl<'b> Visitor<'b> for Fields<'_, 'b> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(slot) = map.next_key_seed(Key(self.builder))? {
            let Some(slot) = slot else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Field { clipped: &mut self.record.clipped })?;
            self.record.set(slot, value);
        }
        Ok(())
    }
}

impl<'b> Record<'b> {
    fn begin(&mut self) {
        self.values.clear();
        self.clipped = 0;
        self.line += 1;
    }

    /// Sets a column's value; of a key that occurs twice the last value counts.
    pub(super) fn set(&mut self, slot: usize, value: Scalar<'b>) {
        if self.set_by.len() <= slot {
            self.set_by.resize(slot + 1, (0, 0));
        }
        let Some(set_by) = self.set_by.get_mut(slot) else {
            return;
        };
        if set_by.0 == self.line {
            if let Some(entry) = self.values.get_mut(set_by.1) {
                entry.1 = value;
            }
        } else {
            *set_by = (self.line, self.values.len());
            self.values.push((slot, value));
        }
    }
}

/// A key → its column.
struct Key<'a>(&'a mut BatchBuilder);

impl<'b> DeserializeSeed<'b> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'b>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.slot(name))
    }
}

/// A value → a scalar; arrays and objects are passed over.
struct Field<'a> {
    clipped: &'a mut u32,
}

impl<'b> DeserializeSeed<'b> for Field<'_> {
    type Value = Scalar<'b>;

    fn deserialize<D: Deserializer<'b>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'b> Visitor<'b> for Field<'_> {
    type Value = Scalar<'b>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Unsigned(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Signed(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'b str) -> Result<Self::Value, E> {
        if text.len() <= MAX_TEXT_BYTES { Ok(Scalar::Text(Cow::Borrowed(text))) } else { self.visit_str(text) }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let mut text_end = text.len();
        if text_end > MAX_TEXT_BYTES {
            *self.clipped += 1;
            // Room for the three bytes of the mark.
            text_end = text.floor_char_boundary(MAX_TEXT_BYTES - 3);
        }
        let mark = if text_end < text.len() { "…" } else { "" };
        Ok(Scalar::Text(Cow::Owned(format!("{}{mark}", text.get(..text_end).unwrap_or_default()))))
    }

    fn visit_seq<A: SeqAccess<'b>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nested)
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nested)
    }
}
