//! Lines of a table as values and records.

use std::borrow::Cow;
use std::ops::Range;

use super::layout::Layout;
use super::number::Width;
use crate::data::joined::Held;
use crate::words::shown_text;

/// What lines are read as.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) layout: &'a Layout,
    pub(super) width: Width,
    /// Of each column that is no pixel, what is known of its cells.
    pub(super) held: &'a [Held],
}

/// Some lines.
pub(super) struct Parsed {
    /// How many are drawings: blank ones are none.
    pub(super) rows: usize,
    pub(super) values: Vec<u8>,
    /// An object for each, where there are other columns.
    pub(super) records: Vec<String>,
    /// What was seen of the other columns.
    pub(super) held: Vec<Held>,
}

/// Where a line's values and other cells go.
struct To<'a> {
    values: &'a mut [u8],
    record: &'a mut String,
    held: &'a mut [Held],
}

/// Why a line cannot be read so.
pub(super) enum Fault {
    /// A value needs this type.
    Wider(Width),
    /// It is no drawing; continues "line 17 …".
    Bad(String),
}

impl Lines<'_> {
    /// The lines of a text that lie in `ranges`; a fault comes with the number of its line among them.
    pub(super) fn parse(self, text: &[u8], ranges: &[Range<usize>]) -> Result<Parsed, (usize, Fault)> {
        let line_bytes = self.layout.values() * self.width.bytes();
        let mut parsed = Parsed { rows: 0, values: Vec::new(), records: Vec::new(), held: self.held.to_vec() };
        for (number, range) in ranges.iter().enumerate() {
            let line = text.get(range.clone()).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.trim_ascii().is_empty() {
                continue;
            }
            let start = parsed.values.len();
            parsed.values.resize(start + line_bytes, 0);
            let values = parsed.values.get_mut(start..).unwrap_or_default();
            let mut record = String::new();
            let to = To { values, record: &mut record, held: &mut parsed.held };
            self.line(line, to).map_err(|fault| (number, fault))?;
            parsed.rows += 1;
            if self.layout.has_others() {
                parsed.records.push(format!("{{{record}}}"));
            }
        }
        Ok(parsed)
    }

    fn line(self, line: &[u8], to: To<'_>) -> Result<(), Fault> {
        if memchr::memchr(b'"', line).is_none() {
            return self.cells(line.split(|byte| *byte == self.layout.between), to);
        }
        let is_open = memchr::memchr_iter(b'"', line).count() % 2 == 1;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(self.layout.between).from_reader(line);
        let mut cells = csv::ByteRecord::new();
        match reader.read_byte_record(&mut cells) {
            Ok(true) if !is_open => self.cells(cells.iter(), to),
            _ => Err(Fault::Bad("has a quotation mark that is not closed in it".to_owned())),
        }
    }

    fn cells<'c>(self, cells: impl Iterator<Item = &'c [u8]>, to: To<'_>) -> Result<(), Fault> {
        let To { values, record, held } = to;
        let mut count = 0;
        for (at, cell) in cells.enumerate() {
            count += 1;
            // More cells than columns are counted, and said.
            let Some(place) = self.layout.places.get(at) else { continue };
            match place {
                Some(place) => self.value(cell, *place, values)?.map_err(|()| self.no_number(at, cell))?,
                None if self.layout.packed == Some(at) => self.packed(at, cell, values)?,
                None => {
                    if let Some(held) = held.get_mut(at) {
                        self.other(at, cell, held, record);
                    }
                }
            }
        }
        let columns = self.layout.places.len();
        if count == columns {
            return Ok(());
        }
        let cells = if count == 1 { "cell" } else { "cells" };
        Err(Fault::Bad(format!("has {count} {cells}, the first line {columns}")))
    }

    /// Writes a value into its place; within, that it is no number.
    fn value(self, text: &[u8], place: usize, values: &mut [u8]) -> Result<Result<(), ()>, Fault> {
        let size = self.width.bytes();
        let to = values.get_mut(place * size..(place + 1) * size).unwrap_or_default();
        match self.width.write(text, to) {
            Some(Ok(())) => Ok(Ok(())),
            Some(Err(wider)) => Err(Fault::Wider(wider)),
            None => Ok(Err(())),
        }
    }

    /// Writes all values, which lie in one cell.
    fn packed(self, at: usize, cell: &[u8], values: &mut [u8]) -> Result<(), Fault> {
        let expected = self.layout.values();
        let mut count = 0;
        for text in cell.split(u8::is_ascii_whitespace).filter(|text| !text.is_empty()) {
            count += 1;
            if count > expected {
                continue;
            }
            if self.value(text, count - 1, values)?.is_err() {
                let (text, column) = (shown_text(&String::from_utf8_lossy(text), 40), self.column(at));
                let what = format!("has no number in place {count} of its column {column}, but \"{text}\"");
                return Err(Fault::Bad(what));
            }
        }
        if count == expected {
            return Ok(());
        }
        let these = if count == 1 { "value" } else { "values" };
        Err(Fault::Bad(format!("has {count} {these} in its column {}, the first drawing {expected}", self.column(at))))
    }

    fn column(self, at: usize) -> String {
        match self.layout.names.get(at) {
            Some(name) => shown_text(name, 40),
            None => (at + 1).to_string(),
        }
    }

    fn no_number(self, at: usize, cell: &[u8]) -> Fault {
        let cell = shown_text(&String::from_utf8_lossy(cell), 40);
        let column = self.column(at);
        let is = if cell.trim().is_empty() { "is empty".to_owned() } else { format!("is \"{cell}\", no number") };
        Fault::Bad(format!("has no value in column {column}, which {is}"))
    }

    fn other(self, at: usize, cell: &[u8], held: &mut Held, record: &mut String) {
        let text: Cow<'_, str> = String::from_utf8_lossy(cell);
        let (Some(key), Some(value)) = (self.layout.keys.get(at), held.json(&text)) else { return };
        if !record.is_empty() {
            record.push(',');
        }
        record.push_str(key);
        record.push(':');
        record.push_str(&value);
    }
}
