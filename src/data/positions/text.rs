//! Tables as text: values between commas, semicolons, tabs or blanks, names in the first line.
//!
//! Two numbers a line need no names: they are x and y. Blank lines and such that begin with `#` are passed over.

use super::PositionsError;
use crate::data::columns::{BatchBuilder, Columns, Scalar};
use crate::data::file::PlainFile;
use crate::progress::Progress;
use crate::words::shown_text;
use std::borrow::Cow;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;
/// Longest line.
const MOST_BYTES: usize = 1 << 20;
/// What stands for no number.
const NOTHING: [&str; 7] = ["", "nan", "na", "n/a", "null", "none", "-"];

/// Reads a whole table.
pub(super) fn read(file: &PlainFile, progress: Progress<'_>) -> Result<Columns, PositionsError> {
    let mut table = Table::default();
    let (mut rest, mut offset, mut number) = (Vec::new(), 0, 0);
    let fault = |line, what| PositionsError::Line { line, what, path: file.path().to_path_buf() };
    while offset < file.len() {
        progress.reach(offset as f64 / file.len() as f64)?;
        let before = rest.len();
        rest.resize(before + BLOCK_BYTES, 0);
        let got = file.read_up_to_at(rest.get_mut(before..).unwrap_or_default(), offset)?;
        rest.truncate(before + got);
        offset += got as u64;
        if got == 0 || offset >= file.len() {
            rest.push(b'\n');
            offset = file.len();
        }
        let whole = rest.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let left = rest.split_off(whole);
        for line in rest.split_inclusive(|&byte| byte == b'\n') {
            number += 1;
            let text = String::from_utf8_lossy(line);
            let text = text.trim_start_matches('\u{feff}').trim_matches(['\n', '\r', ' ']);
            table.add(text).map_err(|what| fault(number, what))?;
        }
        if left.len() > MOST_BYTES {
            return Err(fault(number + 1, "is too long for a line of a table".to_owned()));
        }
        rest = left;
    }
    let mut columns = Columns::new();
    let rows = table.builder.rows();
    columns.append(0, table.builder.finish());
    columns.finish(rows);
    Ok(columns)
}

/// A table as far as it was read.
#[derive(Default)]
struct Table {
    names: Vec<String>,
    between: Between,
    builder: BatchBuilder,
}

/// What stands between values.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Between {
    #[default]
    Blanks,
    Sign(char),
}

impl Table {
    /// Adds a line.
    fn add(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if self.names.is_empty() {
            self.between =
                ['\t', ';', ','].into_iter().find(|&sign| line.contains(sign)).map_or(Between::Blanks, Between::Sign);
            let first = fields(line, self.between);
            let are_numbers = first.iter().all(|field| field.trim().parse::<f64>().is_ok());
            if !are_numbers {
                self.names = first.into_iter().map(|name| name.trim().to_owned()).collect();
                return Ok(());
            }
            if first.len() != 2 {
                let count = first.len();
                return Err(format!(
                    "{count} numbers without names: two are needed, or names in a first line (`row,x,y`)"
                ));
            }
            self.names = ["x", "y"].map(str::to_owned).into();
        }
        let values = fields(line, self.between);
        if values.len() != self.names.len() {
            return Err(format!("has {} values, and the first line has {}", values.len(), self.names.len()));
        }
        self.builder.push_row();
        for (name, value) in self.names.iter().zip(&values) {
            let value = value.trim();
            let is_place = ["x", "y"].iter().any(|place| name.eq_ignore_ascii_case(place));
            let scalar = match value.parse() {
                _ if NOTHING.contains(&value.to_ascii_lowercase().as_str()) => Scalar::Null,
                Ok(number) if is_place => Scalar::Float(number),
                Err(_) if is_place => return Err(format!("{} is no number", shown_text(value, 40))),
                _ => Scalar::Text(Cow::Borrowed(value)),
            };
            if let Some(slot) = self.builder.slot(name) {
                self.builder.set_slot(slot, &scalar);
            }
        }
        Ok(())
    }
}

/// The values of a line, without the quotation marks around them.
fn fields(line: &str, between: Between) -> Vec<Cow<'_, str>> {
    let Between::Sign(sign) = between else { return line.split_whitespace().map(Cow::Borrowed).collect() };
    let mut fields = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (field, after) = field(text, sign);
        fields.push(field);
        rest = after;
    }
    fields
}

/// The first value, and what follows behind the sign.
fn field(text: &str, sign: char) -> (Cow<'_, str>, Option<&str>) {
    let Some(inside) = text.trim_start_matches(' ').strip_prefix('"') else {
        return text.split_once(sign).map_or((Cow::Borrowed(text), None), |(field, rest)| (field.into(), Some(rest)));
    };
    let mut value = String::new();
    let mut rest = inside;
    while let Some((part, after)) = rest.split_once('"') {
        value.push_str(part);
        let Some(more) = after.strip_prefix('"') else {
            return (value.into(), after.split_once(sign).map(|(_, rest)| rest));
        };
        value.push('"');
        rest = more;
    }
    value.push_str(rest);
    (value.into(), None)
}
