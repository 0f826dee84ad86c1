//! What conditions say of a row, read off the values one by one, and how they are typed.

use super::generated::Table;
use inkfield::data::columns::Value;
use std::cmp::Ordering;

/// A value as it is typed, and what it stands for.
#[derive(Clone, Debug)]
pub enum Literal {
    Flag(bool),
    Number(f64),
    Text(&'static str),
    /// Its spelling, its first and its last microsecond.
    Time(String, i64, i64),
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Naive {
    All(Vec<Naive>),
    Any(Vec<Naive>),
    Not(Box<Naive>),
    Flag(&'static str),
    Missing(&'static str, bool),
    Compare(&'static str, &'static str, Literal),
    Columns(&'static str, &'static str, &'static str),
    In(&'static str, Vec<Literal>, bool),
    Between(&'static str, Literal, Literal),
    Look(&'static str, &'static str, &'static str),
    Row(&'static str, i32),
}

impl Literal {
    /// How a value compares with it from its beginning, and whether it equals what it stands for; `None` where it is missing.
    fn against(&self, value: &Value<'_>) -> Option<(Ordering, bool)> {
        let ordering = match (self, value) {
            (_, Value::Missing) => return None,
            (Self::Flag(literal), Value::Flag(flag)) => flag.cmp(literal),
            (Self::Number(literal), Value::Number(number)) => number.partial_cmp(literal).unwrap(),
            // Keys are whole numbers and the literals small ones.
            (Self::Number(literal), Value::Id(id)) => (*id as f64).partial_cmp(literal).unwrap(),
            (Self::Text(literal), Value::Text(text)) => text.chars().cmp(literal.chars()),
            (Self::Time(_, from, to), Value::Time(us)) => return Some((us.cmp(from), from <= us && us <= to)),
            other => panic!("{other:?}"),
        };
        Some((ordering, ordering.is_eq()))
    }

    fn text(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => format!("{number:?}"),
            Self::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
            Self::Time(text, ..) => text.clone(),
        }
    }
}

fn compare(ordering: Ordering, equals: bool, sign: &str) -> bool {
    match sign {
        "=" => equals,
        "!=" => !equals,
        "<" => ordering.is_lt(),
        "<=" => ordering.is_le(),
        ">" => ordering.is_gt(),
        _ => ordering.is_ge(),
    }
}

impl Naive {
    /// What it says of a row; `None` where a missing value leaves it open.
    pub fn truth(&self, table: &Table, row: usize) -> Option<bool> {
        let value = |name: &str| if name == "row" { Value::Number(row as f64) } else { table.value(name, row) };
        match self {
            Self::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.truth(table, row)).collect();
                if parts.contains(&Some(false)) {
                    Some(false)
                } else {
                    parts.iter().all(Option::is_some).then_some(true)
                }
            }
            Self::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.truth(table, row)).collect();
                if parts.contains(&Some(true)) {
                    Some(true)
                } else {
                    parts.iter().all(Option::is_some).then_some(false)
                }
            }
            Self::Not(inner) => inner.truth(table, row).map(|truth| !truth),
            Self::Flag(name) => match value(name) {
                Value::Flag(flag) => Some(flag),
                _ => None,
            },
            Self::Missing(name, not) => Some((value(name) == Value::Missing) != *not),
            Self::Compare(name, sign, literal) => {
                let (ordering, equals) = literal.against(&value(name))?;
                Some(compare(ordering, equals, sign))
            }
            Self::Columns(left, sign, right) => {
                let ordering = pair(&value(left), &value(right))?;
                Some(compare(ordering, ordering.is_eq(), sign))
            }
            Self::In(name, list, not) => {
                let value = value(name);
                let equal: Option<Vec<bool>> = list.iter().map(|item| Some(item.against(&value)?.1)).collect();
                Some(equal?.contains(&true) != *not)
            }
            Self::Between(name, low, high) => {
                let value = value(name);
                Some(low.against(&value)?.0.is_ge() && high.against(&value)?.0.is_le())
            }
            Self::Look(name, how, part) => match value(name) {
                Value::Text(text) => Some(look(text, how, part)),
                _ => None,
            },
            Self::Row(sign, number) => {
                let ordering = i64::try_from(row).unwrap().cmp(&i64::from(*number));
                Some(compare(ordering, ordering.is_eq(), sign))
            }
        }
    }

    /// As somebody types it; `plain` with few marks and small letters.
    pub fn text(&self, plain: bool) -> String {
        let name = |name: &str| {
            let bare = plain && !name.contains(' ');
            if bare { name.to_owned() } else { format!("`{name}`") }
        };
        let word = |word: &str| if plain { word.to_owned() } else { word.to_uppercase() };
        let join = |parts: &[Self], by: &str| {
            let parts: Vec<_> = parts.iter().map(|part| format!("({})", part.text(plain))).collect();
            parts.join(&format!(" {} ", word(by)))
        };
        match self {
            Self::All(parts) => join(parts, "and"),
            Self::Any(parts) => join(parts, "or"),
            Self::Not(inner) => format!("{} ({})", word("not"), inner.text(plain)),
            Self::Flag(column) => name(column),
            Self::Missing(column, not) => {
                let missing = word(if *not { "is not missing" } else { "is missing" });
                format!("{} {missing}", name(column))
            }
            Self::Compare(column, sign, literal) if plain => format!("{}{sign}{}", name(column), literal.text()),
            Self::Compare(column, sign, literal) => format!("\"{column}\"  {sign}\t{}", literal.text()),
            Self::Columns(left, sign, right) => format!("{} {sign} {}", name(left), name(right)),
            Self::In(column, list, not) => {
                let list: Vec<_> = list.iter().map(Literal::text).collect();
                let within = word(if *not { "not in" } else { "in" });
                format!("{} {within} ({})", name(column), list.join(if plain { ", " } else { "," }))
            }
            Self::Between(column, low, high) if plain => {
                format!("{} between {} and {}", name(column), low.text(), high.text())
            }
            Self::Between(column, low, high) => {
                format!("({} >= {} && {0} <= {})", name(column), low.text(), high.text())
            }
            Self::Look(column, how, part) => match *how {
                "begins" => format!("{} ~ \"^{part}\"", name(column)),
                "ends" => format!("{} ~ \"{part}$\"", name(column)),
                how => format!("{} {} \"{part}\"", name(column), word(how)),
            },
            Self::Row(sign, number) => format!("{} {sign} {number}", name("row")),
        }
    }
}

/// How two values compare; texts with numbers as such, where they are none as different.
fn pair(left: &Value<'_>, right: &Value<'_>) -> Option<Ordering> {
    match (left, right) {
        (Value::Missing, _) | (_, Value::Missing) => None,
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        // Keys are exact as floats up to 2^53, and the numbers below them small or huge.
        (Value::Number(a), Value::Id(b)) => a.partial_cmp(&(*b as f64)),
        (Value::Text(a), Value::Number(b)) => a.parse().map_or(Some(Ordering::Less), |a: f64| a.partial_cmp(b)),
        (Value::Number(_), Value::Text(_)) => pair(right, left),
        (Value::Text(a), Value::Text(b)) => Some(a.chars().cmp(b.chars())),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::Flag(a), Value::Flag(b)) => Some(a.cmp(b)),
        other => panic!("{other:?}"),
    }
}

fn look(text: &str, how: &str, part: &str) -> bool {
    match how {
        "contains" => text.to_lowercase().contains(&part.to_lowercase()),
        "begins" => text.starts_with(part),
        "ends" => text.ends_with(part),
        "~" => text.contains(part),
        _ if text.starts_with("[\"") => {
            let items: Vec<String> = serde_json::from_str(text).unwrap();
            items.iter().any(|item| item == part)
        }
        _ if text.contains([',', ';']) => text.split([',', ';']).any(|item| item.trim() == part),
        _ => text.split_whitespace().any(|item| item == part),
    }
}
