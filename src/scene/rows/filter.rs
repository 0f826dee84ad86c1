//! Which rows a condition keeps: for now one column that has a value.

use crate::data::Row;
use crate::data::columns::{Column, Columns, Value, quoted, time};
use crate::words::shown_text;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use thiserror::Error;

/// A column that has a value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Filter {
    /// The column, as it is or as it is quoted in a list of columns.
    pub column: String,
    /// The value as text.
    pub value: String,
}

impl fmt::Display for Filter {
    /// As it can be typed again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let is_word =
            !self.column.is_empty() && !self.column.contains(|c: char| c.is_whitespace() || "=\"'".contains(c));
        let column = if is_word { self.column.clone() } else { quote(&self.column) };
        write!(f, "{column} = {}", quote(&self.value))
    }
}

/// Why a condition cannot be read, or keeps nothing for a reason.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FilterError {
    /// It is no condition.
    #[error(
        "`{0}` is no condition: a column, = and a value are needed, as in `countrycode = \"DE\"` (names and texts with blanks or \
         signs stand between quotation marks)"
    )]
    Syntax(String),
    /// There are no records.
    #[error("there is nothing to go by: these drawings have no records; name the .ndjson file, too")]
    NoRecords,
    /// No column of this name.
    #[error("there is no column {name}; {known}")]
    Unknown {
        /// As it is typed.
        name: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// The column cannot hold such a value.
    #[error("the column {name} holds {kind} values, and `{value}` is none")]
    Kind {
        /// The column as it is typed.
        name: String,
        /// What it holds.
        kind: &'static str,
        /// What was asked for.
        value: String,
    },
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let syntax = || FilterError::Syntax(shown_text(text, 80));
        let (column, rest) = operand(text).ok_or_else(syntax)?;
        let rest = rest.trim_start().strip_prefix('=').ok_or_else(syntax)?;
        // `==` is what many languages write.
        let (value, rest) = operand(rest.strip_prefix('=').unwrap_or(rest)).ok_or_else(syntax)?;
        if rest.trim().is_empty() { Ok(Self { column, value }) } else { Err(syntax()) }
    }
}

/// A word, or what stands between quotation marks (a doubled one is one); and what follows.
fn operand(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let mark = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let Some(mark) = mark else {
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'')).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        return (!word.is_empty()).then(|| (word.to_owned(), rest));
    };
    let mut inner = String::new();
    let mut rest = text.get(1..)?;
    loop {
        let (part, behind) = rest.split_once(mark)?;
        inner.push_str(part);
        let Some(more) = behind.strip_prefix(mark) else { return Some((inner, behind)) };
        inner.push(mark);
        rest = more;
    }
}

impl Filter {
    /// For each row whether it has the value. Numbers are compared as numbers, times as instants, however they are spelled (one
    /// without a fraction is any instant of its second); missing values have none.
    pub fn matches(&self, columns: Option<&Columns>, rows: u32) -> Result<Vec<bool>, FilterError> {
        let column = column_named(columns, &self.column)?;
        let wanted = Wanted::of(column, &self.value)?;
        Ok((0..rows).map(|row| wanted.is(column, Row(row))).collect())
    }
}

/// The column of a name.
pub(super) fn column_named<'a>(columns: Option<&'a Columns>, name: &str) -> Result<&'a Column, FilterError> {
    let columns = columns.filter(|columns| !columns.is_empty()).ok_or(FilterError::NoRecords)?;
    columns.named(name).ok_or_else(|| FilterError::Unknown { name: quoted(name), known: columns.known() })
}

/// A value as a column would hold it.
enum Wanted<'a> {
    Flag(bool),
    Number(f64),
    Id(u64),
    /// Microseconds since 1970, from and to.
    Time(RangeInclusive<i64>),
    Text(&'a str),
}

impl<'a> Wanted<'a> {
    fn of(column: &Column, value: &'a str) -> Result<Self, FilterError> {
        use crate::data::columns::ColumnType;
        let refused = || FilterError::Kind {
            name: quoted(column.name()),
            kind: column.kind().as_str(),
            value: shown_text(value, 60),
        };
        match column.kind() {
            ColumnType::Flag => match value.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(Self::Flag(true)),
                "false" | "no" | "0" => Ok(Self::Flag(false)),
                _ => Err(refused()),
            },
            ColumnType::Number => value.trim().parse().map(Self::Number).map_err(|_| refused()),
            ColumnType::Id => Ok(value.trim().parse().map_or(Self::Text(value), Self::Id)),
            ColumnType::Time => {
                let us = time::parse(value.trim()).ok_or_else(refused)?;
                Ok(Self::Time(us..=if value.contains('.') { us } else { us.saturating_add(999_999) }))
            }
            ColumnType::Category | ColumnType::Text => Ok(Self::Text(value)),
        }
    }

    fn is(&self, column: &Column, row: Row) -> bool {
        match (self, column.value(row)) {
            (Self::Flag(wanted), Value::Flag(flag)) => *wanted == flag,
            (Self::Number(wanted), Value::Number(number)) => *wanted == number,
            (Self::Id(wanted), Value::Id(id)) => *wanted == id,
            (Self::Text(wanted), Value::Text(text)) => *wanted == text,
            (Self::Time(wanted), Value::Time(us)) => wanted.contains(&us),
            // A long id with a value of its own among shorter ones is a text.
            (Self::Id(wanted), Value::Text(text)) => wanted.to_string() == text,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a failed test panics")]
    use super::*;

    fn read(text: &str) -> Option<[String; 2]> {
        text.parse::<Filter>().ok().map(|filter| [filter.column, filter.value])
    }

    #[test]
    fn a_condition_is_a_column_and_a_value_quoted_or_not() {
        let is = |column: &str, value: &str| Some([column.to_owned(), value.to_owned()]);
        assert_eq!(read("countrycode=DE"), is("countrycode", "DE"));
        assert_eq!(read(" countrycode == \"DE\" "), is("countrycode", "DE"));
        assert_eq!(read("\"first, name\" = 'O''Hara'"), is("first, name", "O'Hara"));
        assert_eq!(read("word = ''"), is("word", ""));
        assert_eq!(read("größe = 1.5"), is("größe", "1.5"));
        for condition in ["a = b", "\"first, name\" = 'O''Hara'", "\"\" = ''", "\"say \"\"hi\"\"\" = \"\"\"\""] {
            let written = condition.parse::<Filter>().unwrap_or_else(|error| panic!("{error}")).to_string();
            assert_eq!(read(&written), read(condition), "{written}");
        }
        for bad in ["", "word", "= x", "word =", "word = a b", "word = \"a", "word = \"a\" and x = 1", "word > 3"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
