//! A plain reading by `serde_json`, line by line, against which the fast one is held. What is no JSON and is read all the
//! same is first written as JSON here.

use inkfield::data::Row;
use inkfield::data::columns::{Columns, MAX_INNER_COLUMNS, Value, time};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// A value as a record holds it; of what is nested in an object of the record, or in an array, only that it is.
#[derive(Debug)]
pub enum Item {
    Null,
    Nested,
    Object(Vec<(String, Item)>),
    Flag(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// Digits of a number that 64 bits do not hold.
    Written(String),
    Text(String),
}

/// The key of an object that holds the digits of such a number.
const WRITTEN: &str = "\u{f0000}";

/// Stands between the keys of a record and of an object in it.
const POINT: char = '\u{f0001}';

/// The name of the column of a key, with the point that columns have there.
pub fn name(key: &str) -> String {
    key.replace(POINT, ".")
}

/// A value in an object of the record.
struct Inner(Item);

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(Any { inner: true }).map(Self)
    }
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
        json.deserialize_any(Any { inner: false })
    }
}

/// Reads any value, of objects their members if it is not `inner`.
struct Any {
    inner: bool,
}

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
        let mut all = Vec::new();
        while let Some(item) = items.next_element::<serde_json::Value>()? {
            all.push(item);
        }
        let is_list = !all.is_empty() && all.iter().all(serde_json::Value::is_string);
        Ok(if is_list { Item::Text(serde_json::to_string(&all).unwrap()) } else { Item::Nested })
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == WRITTEN {
                return Ok(Item::Written(map.next_value()?));
            }
            if self.inner {
                map.next_value::<IgnoredAny>()?;
            } else {
                members.push((key, map.next_value::<Inner>()?.0));
            }
        }
        Ok(if self.inner { Item::Nested } else { Item::Object(members) })
    }
}

/// Characters beside a record that are left out.
const BESIDE: [char; 6] = [' ', '\t', '\r', '\u{1e}', '\0', '\u{feff}'];
const BLANKS: [char; 3] = [' ', '\t', '\r'];

/// Whether there is nothing in a line.
pub fn is_blank(line: &[u8]) -> bool {
    String::from_utf8_lossy(line).trim_matches(BESIDE).is_empty()
}

/// The record of a line, the last of equal keys; `None` where the line is bad.
pub fn read(line: &[u8]) -> Option<Vec<(String, Item)>> {
    let text = String::from_utf8_lossy(line);
    let mut text = text.trim_matches(BESIDE);
    while let Some(rest) = text.strip_prefix(',').filter(|rest| rest.trim_start_matches(BLANKS).starts_with('{')) {
        text = rest.trim_start_matches(BESIDE);
    }
    while let Some(rest) = text.strip_suffix(',').filter(|rest| rest.trim_end_matches(BLANKS).ends_with('}')) {
        text = rest.trim_end_matches(BESIDE);
    }
    if !text.trim_start_matches(BLANKS).starts_with('{') {
        return None;
    }
    let Members(members) = serde_json::from_str(&strict(text)).ok()?;
    let mut record: Vec<(String, Item)> = Vec::new();
    let mut add = |key: String, item: Item| {
        // Of an object that was there before nothing is left.
        record.retain(|(known, _)| {
            known.strip_prefix(&*key).is_none_or(|rest| !rest.is_empty() && !rest.starts_with(POINT))
        });
        record.push((key, item));
    };
    for (key, item) in members {
        let Item::Object(inner) = item else {
            add(key, item);
            continue;
        };
        add(key.clone(), Item::Nested);
        for (name, item) in inner {
            add(format!("{key}{POINT}{name}"), item);
        }
    }
    Some(record)
}

/// The text with everything written as JSON that is read all the same; what else is no JSON stays none.
fn strict(text: &str) -> String {
    let mut json = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(run);
        if first == '"' {
            json.push('"');
            rest = string(&rest[1..], &mut json);
        } else if word.is_empty() {
            json.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let name = word.strip_prefix('-').unwrap_or(word);
            if ["NaN", "nan", "Infinity", "infinity", "Inf", "inf"].contains(&name) {
                json += "null";
            } else if is_number(word) && exceeds(word) {
                json += &format!("{{\"{WRITTEN}\":\"{word}\"}}");
            } else {
                json += word;
            }
            rest = behind;
        }
    }
    json
}

/// The grammar of RFC 8259, of any length.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let leads = whole == "0" || !whole.starts_with('0');
    digits(whole) && leads && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

/// Whether 64 bits do not hold a number.
fn exceeds(word: &str) -> bool {
    if word.contains(['.', 'e', 'E']) {
        return word.parse::<f64>().is_ok_and(f64::is_infinite);
    }
    word.parse::<u64>().is_err() && word.parse::<i64>().is_err()
}

/// Adds a string up to its closing quote; the text behind it.
fn string<'t>(mut rest: &'t str, json: &mut String) -> &'t str {
    let unit = |text: &str| {
        u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok().filter(|_| !text[2..].starts_with('+'))
    };
    while let Some(first) = rest.chars().next() {
        let mut taken = first.len_utf8();
        match (first, unit(rest), unit(rest.get(6..).unwrap_or_default())) {
            ('"', ..) => {
                json.push('"');
                return &rest[1..];
            }
            (_, Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => {
                json.push_str(&rest[..12]);
                taken = 12;
            }
            (_, Some(0xd800..0xe000), _) => {
                json.push('\u{fffd}');
                taken = 6;
            }
            (_, Some(_), _) => {
                json.push_str(&rest[..6]);
                taken = 6;
            }
            ('\\', None, _) => match rest.as_bytes().get(1) {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                    json.push_str(&rest[..2]);
                    taken = 2;
                }
                _ => json.push('\u{fffd}'),
            },
            (control, ..) if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            (plain, ..) => json.push(plain),
        }
        rest = &rest[taken..];
    }
    rest
}

/// Whether a row of the columns says what the record says; what differs.
pub fn compare(columns: &Columns, row: Row, record: &[(String, Item)]) -> Result<(), String> {
    let names: Vec<String> = record.iter().map(|(key, _)| name(key)).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    let is_wrapped = names.iter().any(|name| name.contains(".$"));
    if is_wrapped || distinct.len() < names.len() || names.len() > MAX_INNER_COLUMNS {
        // Which of them has which name, and what is wrapped, is the matter of other tests.
        return Ok(());
    }
    for (key, (_, item)) in names.iter().zip(record) {
        let value = columns.get(key).map(|column| (column.value(row), column.written(row)));
        let same = match (&value, item) {
            (None | Some((Value::Missing, _)), Item::Null | Item::Nested | Item::Object(_)) => true,
            (Some((value, text)), item) => says(*value, text, item),
            (None, _) => false,
        };
        if !same {
            return Err(format!("{key:?} is {value:?} for {item:?}"));
        }
    }
    let present = columns.iter().filter(|column| column.value(row) != Value::Missing);
    let expected =
        record.iter().filter(|(_, item)| !matches!(item, Item::Null | Item::Nested | Item::Object(_))).count();
    (present.count() == expected).then_some(()).ok_or_else(|| "there are other values".to_owned())
}

/// A value says the same in its column's type, or as text where the column has others; `text` is what exports write.
fn says(value: Value<'_>, text: &str, item: &Item) -> bool {
    match item {
        Item::Null | Item::Nested | Item::Object(_) => value == Value::Missing,
        Item::Flag(flag) => value == Value::Flag(*flag) || value == Value::Text(if *flag { "true" } else { "false" }),
        Item::Unsigned(whole) => text == whole.to_string(),
        Item::Signed(whole) => text == whole.to_string(),
        Item::Float(float) => match value {
            Value::Number(kept) => kept == *float && text.parse() == Ok(*float),
            _ => value == Value::Text(text) && text.parse() == Ok(*float),
        },
        Item::Written(digits) => value == Value::Text(digits),
        Item::Text(written) => match value {
            Value::Id(id) => text == written && id.to_string() == *written,
            Value::Time(us) => text == written && time::parse(written) == Some(us),
            _ => value == Value::Text(written),
        },
    }
}
