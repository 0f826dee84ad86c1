//! Records as a table: aligned text, CSV or JSON, written row by row.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;
use thiserror::Error;

use super::Row;
use super::columns::ROW;
use super::columns::{Column, Columns, Value as Cell, quoted};
use crate::words::EMPTY;

/// The longest cell of the text form, in characters.
const CELL_CHARS: usize = 60;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Aligned columns for people; long cells are clipped, invisible characters are shown as escapes.
    Text,
    /// RFC 4180 in UTF-8 with CRLF line ends; values as they are (also such as begin with `=`), missing ones empty, empty
    /// texts in quotes.
    Csv,
    /// One document: `{"schema":1,"columns":["row",…],"rows":[[0,…],…]}`.
    Json,
}

/// Why a table cannot be written.
#[derive(Debug, Error)]
pub enum TableError {
    /// A column that the records do not have.
    #[error("there is no column {name}; {known}")]
    UnknownColumn {
        /// As it is typed, escaped.
        name: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// The receiver of the table fails. A closed pipe is an error of this kind.
    #[error("cannot write the table: {0}")]
    Write(io::Error),
}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Writes the columns `names` (all of them where it is empty), in that order, of the rows `rows`, ascending. The row number comes
/// first in every format; it counts from 0 in what was opened.
pub fn write_table(
    out: &mut dyn Write,
    columns: &Columns,
    names: &[String],
    rows: impl Iterator<Item = u32> + Clone,
    format: TableFormat,
) -> Result<(), TableError> {
    let chosen = choose(columns, names)?;
    match format {
        TableFormat::Text => write_text(out, &chosen, rows)?,
        TableFormat::Csv => write_csv(out, &chosen, rows)?,
        TableFormat::Json => write_json(out, &chosen, rows)?,
    }
    Ok(())
}

/// A column, and the name under which it is written.
pub type Chosen<'a> = (Cow<'a, str>, &'a Column);

/// The columns `names`, in that order; all of them where it is empty.
pub fn choose<'a>(columns: &'a Columns, names: &[String]) -> Result<Vec<Chosen<'a>>, TableError> {
    let exported = |column| (columns.export_name(column), column);
    if names.is_empty() {
        return Ok(columns.iter().map(exported).collect());
    }
    let named = |name: &String| {
        let by_export = || columns.iter().find(|column| columns.export_name(column) == *name);
        let column = columns.named(name).or_else(by_export);
        let unknown = || TableError::UnknownColumn { name: quoted(name), known: columns.known() };
        column.map(exported).ok_or_else(unknown)
    };
    names.iter().map(named).collect()
}

fn write_text(out: &mut dyn Write, columns: &[Chosen<'_>], rows: impl Iterator<Item = u32> + Clone) -> io::Result<()> {
    // Twice over the cells: once for the widths, once to write them, so that no table is held in memory.
    let mut widths: Vec<usize> = columns.iter().map(|(name, _)| width(&quoted(name))).collect();
    for row in rows.clone() {
        for (widest, (_, column)) in widths.iter_mut().zip(columns) {
            *widest = width(&cell(column, Row(row))).max(*widest);
        }
    }
    let last = rows.clone().last().unwrap_or(0);
    let numbers = last.to_string().len().max(ROW.len());
    let headers = columns.iter().map(|(name, _)| quoted(name));
    write_line(out, &format!("{ROW:>numbers$}"), headers, &widths)?;
    for row in rows {
        let cells = columns.iter().map(|(_, column)| cell(column, Row(row)));
        write_line(out, &format!("{row:>numbers$}"), cells, &widths)?;
    }
    Ok(())
}

/// A value as people read it; nothing where it is missing.
fn cell(column: &Column, row: Row) -> String {
    match column.value(row) {
        Cell::Missing => String::new(),
        _ => shown_value(&column.written(row)),
    }
}

fn write_line(out: &mut dyn Write, row: &str, cells: impl Iterator<Item = String>, widths: &[usize]) -> io::Result<()> {
    let mut line = row.to_owned();
    for (cell, widest) in cells.zip(widths) {
        line.push_str("  ");
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', widest.saturating_sub(width(&cell))));
    }
    writeln!(out, "{}", line.trim_end())
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

fn write_csv(out: &mut dyn Write, columns: &[Chosen<'_>], rows: impl Iterator<Item = u32>) -> io::Result<()> {
    out.write_all(ROW.as_bytes())?;
    for (name, _) in columns {
        write!(out, ",{}", csv_field(name))?;
    }
    out.write_all(b"\r\n")?;
    for row in rows {
        write!(out, "{row}")?;
        for (_, column) in columns {
            let field = match column.json(Row(row)) {
                Value::Null => String::new(),
                // A missing value stands without quotes.
                Value::String(text) if text.is_empty() => EMPTY.to_owned(),
                Value::String(text) => csv_field(&text),
                value => csv_field(&value.to_string()),
            };
            write!(out, ",{field}")?;
        }
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

/// Quoted where RFC 4180 asks for it.
fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn write_json(out: &mut dyn Write, columns: &[Chosen<'_>], rows: impl Iterator<Item = u32>) -> io::Result<()> {
    let names = std::iter::once(ROW).chain(columns.iter().map(|(name, _)| &**name));
    let names: Value = names.collect();
    write!(out, "{{\"schema\":1,\"columns\":{names},\"rows\":[")?;
    let mut separator = "\n";
    for row in rows {
        let cells = std::iter::once(Value::from(row)).chain(columns.iter().map(|(_, column)| column.json(Row(row))));
        write!(out, "{separator}{}", cells.collect::<Value>())?;
        separator = ",\n";
    }
    writeln!(out, "\n]}}")
}

/// A value that is there as a terminal can show it: also seen where it is an empty text.
pub fn shown_value(text: &str) -> String {
    if text.is_empty() { EMPTY.to_owned() } else { shown(text) }
}

/// A text as a terminal can show it: at most 60 characters; control characters and those that turn the direction of
/// writing as escapes such as `\u{202e}`.
pub fn shown(text: &str) -> String {
    let mut cell = String::new();
    let mut chars = 0;
    for c in text.chars() {
        let mut piece = String::new();
        if is_invisible(c) {
            let _ = write!(piece, "{}", c.escape_default());
        } else {
            piece.push(c);
        }
        chars += piece.chars().count();
        if chars > CELL_CHARS {
            return clipped(&cell);
        }
        cell.push_str(&piece);
    }
    cell
}

/// The cell with its end replaced by an ellipsis; an escape may lose its tail, which shows nothing either.
fn clipped(cell: &str) -> String {
    let mut clipped: String = cell.chars().take(CELL_CHARS - 1).collect();
    clipped.push('…');
    clipped
}

/// Characters that move, hide or reorder what stands beside them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
