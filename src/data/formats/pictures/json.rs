//! Records as JSON text: fields put together, and objects taken apart without reading their values.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The fields of a JSON object in their order, values as they are written.
#[derive(Debug)]
pub(super) struct Fields(pub(super) Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Object)
    }
}

impl Fields {
    /// Of fields of one name the last one.
    pub(super) fn distinct(self) -> Vec<(String, Box<RawValue>)> {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut all: Vec<(String, Box<RawValue>)> = Vec::with_capacity(self.0.len());
        for (name, value) in self.0 {
            if let Some((_, known)) = places.get(&name).and_then(|place| all.get_mut(*place)) {
                *known = value;
            } else {
                places.insert(name.clone(), all.len());
                all.push((name, value));
            }
        }
        all
    }
}

/// The fields of an object; `None` where the text is none.
pub(super) fn fields(text: &[u8]) -> Option<Fields> {
    serde_json::from_slice(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)).ok()
}

/// Appends a field whose value is a text.
pub(super) fn push_text(line: &mut String, name: &str, text: &str) {
    push(line, name, &quoted(text));
}

/// Appends a field; `value` is JSON.
pub(super) fn push(line: &mut String, name: &str, value: &str) {
    if !line.is_empty() && !line.ends_with('{') {
        line.push(',');
    }
    line.push_str(&quoted(name));
    line.push(':');
    // Line ends stand between values only: in texts they are escaped.
    line.extend(value.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Appends the fields of others, those of which the set has a column of its own under another name.
pub(super) fn push_fields(line: &mut String, fields: &Fields, own: &[&str]) {
    for (name, value) in &fields.0 {
        let value = value.get();
        if own.contains(&&**name) { push(line, &format!("{name}_2"), value) } else { push(line, name, value) }
    }
}
