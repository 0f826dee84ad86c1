//! A plain reading by `serde_json`, line by line, against which the fast one is held.

use inkfield::data::Row;
use inkfield::data::columns::{Columns, Value, time};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value as a record holds it; of what is nested only that it is.
#[derive(Debug)]
pub enum Item {
    Null,
    Nested,
    Flag(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
}

/// The members of a record in order, keys given twice included.
pub struct Members(pub Vec<(String, Item)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        json.deserialize_map(Object)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Item;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E: Error>(self) -> Result<Item, E> {
                Ok(Item::Null)
            }
            fn visit_bool<E: Error>(self, flag: bool) -> Result<Item, E> {
                Ok(Item::Flag(flag))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Item, E> {
                Ok(Item::Unsigned(number))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Item, E> {
                Ok(Item::Signed(number))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Item, E> {
                Ok(Item::Float(number))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Item, E> {
                Ok(Item::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Item, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Item::Nested)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Item::Nested)
            }
        }
        json.deserialize_any(Any)
    }
}

/// The record of a line, the last of equal keys; `None` where the line is bad.
pub fn read(line: &[u8]) -> Option<Vec<(String, Item)>> {
    let Members(members) = serde_json::from_str(std::str::from_utf8(line).ok()?).ok()?;
    let mut record: Vec<(String, Item)> = Vec::new();
    for (key, item) in members {
        record.retain(|(known, _)| *known != key);
        record.push((key, item));
    }
    Some(record)
}

/// Whether a row of the columns says what the record says; what differs.
pub fn compare(columns: &Columns, row: Row, record: &[(String, Item)]) -> Result<(), String> {
    for (key, item) in record {
        let value = columns.get(key).map(|column| (column.value(row), column.text(row)));
        let same = match (&value, item) {
            (None | Some((Value::Missing, _)), Item::Null | Item::Nested) => true,
            (Some((value, text)), item) => says(*value, text, item),
            (None, _) => false,
        };
        if !same {
            return Err(format!("{key:?} is {value:?} for {item:?}"));
        }
    }
    let present = columns.iter().filter(|column| column.value(row) != Value::Missing);
    let expected = record.iter().filter(|(_, item)| !matches!(item, Item::Null | Item::Nested)).count();
    (present.count() == expected).then_some(()).ok_or_else(|| "there are other values".to_owned())
}

/// A value says the same in its column's type, or as text where the column has others.
fn says(value: Value<'_>, text: &str, item: &Item) -> bool {
    let number = |number: f64| match value {
        Value::Number(kept) => kept == number,
        Value::Text(kept) => kept.parse() == Ok(number),
        _ => false,
    };
    match *item {
        Item::Null | Item::Nested => value == Value::Missing,
        Item::Flag(flag) => value == Value::Flag(flag) || value == Value::Text(if flag { "true" } else { "false" }),
        Item::Unsigned(whole) => {
            let exact = match value {
                Value::Id(id) => id == whole,
                Value::Text(kept) => kept == whole.to_string(),
                _ => whole <= 1 << 53,
            };
            exact && (value == Value::Id(whole) || number(whole as f64))
        }
        Item::Signed(whole) => number(whole as f64) && (whole.unsigned_abs() <= 1 << 53 || text == whole.to_string()),
        Item::Float(float) => number(float),
        Item::Text(ref written) => match value {
            Value::Id(id) => id.to_string() == *written,
            Value::Time(us) => time::parse(written) == Some(us),
            _ => value == Value::Text(written),
        },
    }
}
