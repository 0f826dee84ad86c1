//! JSON tables that are one object: columns with their values under the numbers of lines, as pandas' `to_json` writes a table unless it
//! is asked otherwise (`{"label": {"0": 3, "1": 5}}`), or lines under their numbers (`orient="index"`).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::join::free;

/// The names of the column that the numbers of lines become where they are not 0, 1, 2 …: of the rows of the set, where each is one of
/// these, once; else of what only the file knows.
const ROW: &str = "row";
const INDEX: &str = "index";

/// The fields of an object in their order, a value as its text.
struct Fields<'a, V>(Vec<(Cow<'a, str>, V)>);

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for Fields<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Each<V> {
            type Value = Vec<(Cow<'de, str>, V)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<Name<'de>, V>()? {
                    fields.push((field.0.0, field.1));
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Each(std::marker::PhantomData)).map(Fields)
    }
}

/// A name, which is borrowed where nothing in it is escaped.
#[derive(Deserialize, PartialEq, Eq, Hash)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

type Line<'a> = (Cow<'a, str>, Vec<(Cow<'a, str>, &'a RawValue)>);

/// What one object as a table is.
pub(super) enum Only {
    /// Its lines, each as JSON, in the order of the file.
    Lines(Vec<Vec<u8>>),
    /// Objects or lists in a way that is not read.
    Nested,
    /// One line.
    Line,
}

/// Looks into the only object of a file.
pub(super) fn read(object: &[u8]) -> Only {
    let Ok(Fields(outer)) = serde_json::from_slice::<Fields<'_, &RawValue>>(object) else { return Only::Line };
    let is_nested = |(_, value): &(Cow<'_, str>, &RawValue)| value.get().starts_with(['{', '[']);
    if outer.is_empty() || !outer.iter().all(is_nested) {
        return Only::Line;
    }
    let mut objects: Vec<Line<'_>> = Vec::with_capacity(outer.len());
    for (name, value) in outer {
        match serde_json::from_str::<Fields<'_, &RawValue>>(value.get()) {
            Ok(Fields(fields)) if !fields.is_empty() => objects.push((name, fields)),
            _ => return Only::Nested,
        }
    }
    let lines = if objects.iter().all(|(_, fields)| fields.iter().all(|(name, _)| is_number(name))) {
        turned(objects)
    } else if objects.iter().all(|(name, _)| is_number(name)) {
        objects
    } else {
        return Only::Nested;
    };
    Only::Lines(written(&lines))
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Columns as lines by their numbers: those of the first column, and behind them what others have besides.
fn turned(columns: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let (mut lines, mut places): (Vec<Line<'_>>, HashMap<Cow<'_, str>, usize>) = (Vec::new(), HashMap::new());
    for (column, values) in columns {
        for (number, value) in values {
            let place = *places.entry(number).or_insert_with_key(|number| {
                lines.push((number.clone(), Vec::new()));
                lines.len() - 1
            });
            if let Some((_, line)) = lines.get_mut(place) {
                line.push((column.clone(), value));
            }
        }
    }
    lines
}

/// Lines as JSON, each with its number where these say more than their order.
fn written(lines: &[Line<'_>]) -> Vec<Vec<u8>> {
    let is_plain = lines.iter().zip(0_u64..).all(|((number, _), place)| **number == *place.to_string());
    let known: HashSet<u64> = lines.iter().filter_map(|(number, _)| number.parse().ok()).collect();
    let are_rows = known.len() == lines.len() && known.iter().all(|number| *number < lines.len() as u64);
    let taken = lines.iter().flat_map(|(_, line)| line.iter().map(|(name, _)| name.to_string())).collect();
    let name = free(if are_rows { ROW } else { INDEX }, &taken);
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let one = |(number, line): &Line<'_>| {
        let mut fields: Vec<String> =
            line.iter().map(|(name, value)| format!("{}: {}", text(name), value.get())).collect();
        if !is_plain {
            // Zeros in front are part of a name.
            let is_name = number.len() > 1 && number.starts_with('0');
            fields.push(format!("\"{name}\": {}", if is_name { text(number) } else { number.to_string() }));
        }
        format!("{{{}}}", fields.join(", ")).into_bytes()
    };
    lines.iter().map(one).collect()
}
