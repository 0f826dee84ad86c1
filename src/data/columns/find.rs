//! Finds rows by what names them: an id, a text, a file's name, as somebody typed it.

use super::column::Column;
use super::kinds::{ColumnType, Value, number_text};
use super::set::Columns;
use crate::data::Row;
use crate::words::nfc;

/// Rows that are kept of one column; more are counted.
const MOST_ROWS: usize = 10_000;
/// A column names rows where at least this share of its values differ, in percent.
const NAMING_PERCENT: u64 = 95;

/// How a typed text is like a value, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// As written, in any Unicode form.
    Same,
    /// But for case.
    Case,
    /// The value is a path that ends in this file name, with or without the name's ending.
    FileName,
    /// The value begins with it.
    Beginning,
}

const LIKENESSES: [Likeness; 4] = [Likeness::Same, Likeness::Case, Likeness::FileName, Likeness::Beginning];

/// The rows of a column whose value is like the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits<'a> {
    /// The column's name.
    pub column: &'a str,
    /// How the values are like it.
    pub likeness: Likeness,
    /// Rows, ascending; the first 10,000 of them.
    pub rows: Vec<u32>,
    /// How many there are.
    pub count: u32,
}

impl Columns {
    /// Rows whose value in a column that names rows is like `text`: the nearest likeness that any column has. Looks at every value
    /// once. `beginnings` says whether a beginning counts.
    pub fn find(&self, text: &str, beginnings: bool) -> Vec<Hits<'_>> {
        let wanted = Wanted::new(text);
        let mut found: Vec<Hits<'_>> = Vec::new();
        for column in self.iter().filter(|column| may_name(column)) {
            let hits = wanted.hits(column, self.rows_loaded(), beginnings);
            let Some(likeness) = hits.as_ref().map(|hits| hits.likeness) else { continue };
            let nearest = found.first().map_or(likeness, |hits| hits.likeness);
            // Counting what a column holds takes longer than looking through it.
            if likeness > nearest || !names_rows(column) {
                continue;
            }
            if likeness < nearest {
                found.clear();
            }
            found.extend(hits);
        }
        found
    }

    /// The columns that [`Self::find`] looks through.
    pub fn naming(&self) -> impl Iterator<Item = &Column> {
        self.iter().filter(|column| may_name(column) && names_rows(column))
    }
}

/// Whether a column's type is one that could name rows.
fn may_name(column: &Column) -> bool {
    matches!(column.kind(), ColumnType::Id | ColumnType::Text | ColumnType::Category | ColumnType::Number)
}

/// Whether (nearly) each value of a column occurs once, so that a value says which row is meant.
fn names_rows(column: &Column) -> bool {
    let present = u64::from(column.present());
    match column.kind() {
        ColumnType::Id | ColumnType::Text => true,
        _ => present > 0 && column.distinct() as u64 * 100 >= present * NAMING_PERCENT,
    }
}

/// A typed text, made ready to be compared.
struct Wanted {
    text: String,
    lower: String,
    id: Option<u64>,
    number: Option<f64>,
}

impl Wanted {
    fn new(text: &str) -> Self {
        let text = nfc(text.trim()).into_owned();
        let lower = text.to_lowercase();
        // A number is found as it is written: 00042 is another id than 42.
        let id = text.parse::<u64>().ok().filter(|id| id.to_string() == text);
        let number = text.parse::<f64>().ok().filter(|number| number_text(*number) == text);
        Self { text, lower, id, number }
    }

    fn hits<'a>(&self, column: &'a Column, rows: u32, beginnings: bool) -> Option<Hits<'a>> {
        let mut found: [(Vec<u32>, u32); LIKENESSES.len()] = Default::default();
        for row in 0..rows {
            let Some(likeness) = self.likeness(&column.value(Row(row))) else { continue };
            if let Some((rows, count)) = found.get_mut(likeness as usize) {
                *count += 1;
                if rows.len() < MOST_ROWS {
                    rows.push(row);
                }
            }
        }
        let counted = LIKENESSES.into_iter().zip(found);
        let mut counted = counted.filter(|(likeness, _)| beginnings || *likeness != Likeness::Beginning);
        let (likeness, (rows, count)) = counted.find(|(_, (_, count))| *count > 0)?;
        Some(Hits { column: column.name(), likeness, rows, count })
    }

    fn likeness(&self, value: &Value<'_>) -> Option<Likeness> {
        match *value {
            Value::Id(id) => (self.id == Some(id)).then_some(Likeness::Same),
            Value::Number(number) => (self.number == Some(number)).then_some(Likeness::Same),
            Value::Text(text) if text.is_ascii() => self.text_likeness(text),
            Value::Text(text) => self.text_likeness(&nfc(text)),
            Value::Missing | Value::Flag(_) | Value::Time(_) => None,
        }
    }

    fn text_likeness(&self, text: &str) -> Option<Likeness> {
        if self.text.is_empty() {
            return None;
        }
        if text == self.text {
            return Some(Likeness::Same);
        }
        let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
        let whole = self.rest_behind(text);
        match whole {
            Some("") => return Some(Likeness::Case),
            Some(rest) if is_ending(rest) && name.len() == text.len() => return Some(Likeness::FileName),
            _ => {}
        }
        let of_name = if name.len() == text.len() { None } else { self.rest_behind(name) };
        match (of_name, whole) {
            (Some(rest), _) if rest.is_empty() || is_ending(rest) => Some(Likeness::FileName),
            (Some(_), _) | (_, Some(_)) => Some(Likeness::Beginning),
            _ => None,
        }
    }

    /// What follows in a text that begins with the wanted one, in any case.
    fn rest_behind<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut wanted = self.lower.chars();
        let mut chars = text.char_indices();
        loop {
            let left = wanted.as_str();
            let Some((at, c)) = chars.next() else { return left.is_empty().then_some("") };
            if left.is_empty() {
                return text.get(at..);
            }
            for lower in c.to_lowercase() {
                if wanted.next() != Some(lower) {
                    return None;
                }
            }
        }
    }
}

/// Whether this is what a file's name ends in: a dot and a few letters.
fn is_ending(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|ending| (1..=5).contains(&ending.len()) && !ending.contains('.'))
}
