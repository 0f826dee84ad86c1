//! CSV and its kin: values between commas, semicolons or tabs, names in the first line.

use super::JoinError;
use super::lines::{Lines, MOST_LINE_BYTES};
use crate::data::file::PlainFile;
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::words::counted;
use csv::{ByteRecord, ReaderBuilder};
use serde_json::Value;
use std::collections::HashSet;
use std::path::Path;

/// What may stand between values; of signs as frequent in the first line the first.
const BETWEEN: [u8; 3] = [b'\t', b';', b','];

/// Reads a table; `head` is how it begins. Without a heading columns are called `column_1` and so on.
pub(super) fn read(file: &PlainFile, head: &[u8], heading: bool) -> Result<Lines, JoinError> {
    let path = file.path();
    let refuse = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => JoinError::no_table(path, &format!("it cannot be read on ({error})")),
        other => JoinError::no_table(path, &format!("it is no CSV ({other:?})")),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(between(head))
        .from_reader(file.reader(0..file.len()));
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(refuse)? {
        return Ok(Lines::default().finish());
    }
    let first: Vec<String> = record.iter().enumerate().map(|(at, cell)| text(cell, at == 0)).collect();
    let has_names = heading && !first.iter().all(|cell| cell.trim().is_empty() || is_number(cell.trim()));
    let names = if has_names { distinct(&first) } else { numbered(path, first.len()) };
    let keys: Vec<String> = names.iter().map(|name| Value::from(name.as_str()).to_string()).collect();
    let (mut lines, mut uneven, mut first_uneven) = (Lines::default(), 0_u64, None);
    if !has_names {
        lines.push(object(&keys, &record).as_bytes());
        let text = format!("it has no heading: its columns are called {}", names.join(", "));
        lines.notes.push((Severity::Info, text));
    }
    while reader.read_byte_record(&mut record).map_err(refuse)? {
        if record.as_slice().len() > MOST_LINE_BYTES {
            return Err(JoinError::no_table(
                path,
                "one of its lines is longer than 16 MiB: a quotation mark is missing",
            ));
        }
        if record.len() != keys.len() {
            uneven += 1;
            let line = record.position().map_or(0, csv::Position::line);
            first_uneven.get_or_insert_with(|| format!("line {line} has {}", record.len()));
        }
        lines.push(object(&keys, &record).as_bytes());
    }
    if let Some(first) = first_uneven {
        let these = counted(uneven, "line has", "lines have");
        let text = format!("{these} not as many values as the first, {}; {first}", keys.len());
        lines.notes.push((Severity::Warning, text));
    }
    Ok(lines.finish())
}

/// The sign that stands between the values of the first line most often, outside of quotation marks.
fn between(head: &[u8]) -> u8 {
    let mut counts = [0_u32; BETWEEN.len()];
    let mut quoted = false;
    for &byte in head.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        quoted ^= byte == b'"';
        if let Some(at) = BETWEEN.iter().position(|&sign| !quoted && sign == byte) {
            counts[at] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let at = counts.iter().position(|&count| count == most && most > 0);
    at.and_then(|at| BETWEEN.get(at)).copied().unwrap_or(b',')
}

fn text(cell: &[u8], is_first: bool) -> String {
    let text = String::from_utf8_lossy(cell);
    let text = if is_first { text.trim_start_matches('\u{feff}') } else { &text };
    text.to_owned()
}

/// Names of columns: blank ones are numbered, and of equal ones the later get a number.
fn distinct(first: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let named = first.iter().enumerate().map(|(at, cell)| match cell.trim() {
        "" => format!("column_{}", at + 1),
        name => name.to_owned(),
    });
    let mut free = |name: String| {
        let others = (2..).map(|number| format!("{name}_{number}"));
        let name = std::iter::once(name.clone()).chain(others).find(|name| !taken.contains(name)).unwrap_or(name);
        taken.insert(name.clone());
        name
    };
    named.map(&mut free).collect()
}

/// Names where there are none; the only column of a file of labels is called so.
fn numbered(path: &Path, count: usize) -> Vec<String> {
    let is_labels = count == 1 && file_name(path).to_lowercase().contains("label");
    if is_labels { vec!["label".to_owned()] } else { (1..=count).map(|number| format!("column_{number}")).collect() }
}

/// A line as a JSON object, blank cells left out; `keys` are JSON texts.
fn object(keys: &[String], record: &ByteRecord) -> String {
    let mut object = "{".to_owned();
    for (at, (key, cell)) in keys.iter().zip(record).enumerate() {
        let cell = text(cell, at == 0);
        let Some(value) = json_of(&cell) else { continue };
        if object.len() > 1 {
            object.push(',');
        }
        object.push_str(key);
        object.push(':');
        object.push_str(&value);
    }
    object.push('}');
    object
}

/// A cell as JSON: numbers and flags as such, else a text; `None` where it is blank or no number.
fn json_of(cell: &str) -> Option<String> {
    match cell.trim() {
        "" | "NaN" | "nan" => None,
        "true" | "True" | "TRUE" => Some("true".to_owned()),
        "false" | "False" | "FALSE" => Some("false".to_owned()),
        number if is_number(number) => Some(number.to_owned()),
        _ => Some(Value::from(cell).to_string()),
    }
}

/// Whether a text is a number as JSON has them: `007` and `+1` are none, so that ids keep their digits.
fn is_number(text: &str) -> bool {
    let may_be = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    may_be && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
