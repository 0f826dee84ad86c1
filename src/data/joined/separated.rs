//! CSV and its kin: values between commas, semicolons or tabs, names in the first line.

use super::cell::is_number;
use super::lines::{Lines, MOST_LINE_BYTES};
use super::sense::{Sense, Sensing};
use super::{JoinError, NAMED, not_utf8, unclosed};
use crate::data::file::PlainFile;
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::words::shown_text;
use csv::{ByteRecord, ReaderBuilder};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

/// What may stand between values; of signs as frequent in the first line the first.
const BETWEEN: [u8; 3] = [b'\t', b';', b','];

/// Whether the first line names the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// It does, unless it holds nothing but numbers and blanks.
    ByItself,
    /// It does, whatever it holds: the number of lines says so, or a key that it names.
    There,
    /// It does not.
    Missing,
}

/// Reads a table, and says whether it has a heading; `head` is how it begins. Without one columns are called `column_1` and so on.
pub(super) fn read(file: &PlainFile, head: &[u8], heading: Heading) -> Result<(Lines, bool), JoinError> {
    let mut sense = Sense::default();
    loop {
        match read_once(file, head, heading, &sense)? {
            Found::Done(lines, has_heading) => return Ok((*lines, has_heading)),
            // What all lines have in common is known with the last one alone.
            Found::Again(other) => sense = other,
        }
    }
}

/// What was found of a table while it was read.
enum Found {
    Done(Box<Lines>, bool),
    /// It must be read once more, with this in mind.
    Again(Sense),
}

fn read_once(file: &PlainFile, head: &[u8], heading: Heading, sense: &Sense) -> Result<Found, JoinError> {
    let path = file.path();
    let refuse = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => JoinError::no_table(path, &format!("it cannot be read on ({error})")),
        other => JoinError::no_table(path, &format!("it is no CSV ({other:?})")),
    };
    let since = Rc::new(Cell::new(0));
    let marks = Rc::new(Cell::new(0));
    let source = Bounded { inner: file.reader(0..file.len()), since: Rc::clone(&since), marks: Rc::clone(&marks) };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between(head)).from_reader(source);
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(refuse)? {
        return Ok(Found::Done(Box::new(Lines::default().finish()), false));
    }
    let first: Vec<String> = record.iter().enumerate().map(|(at, cell)| text(cell, at == 0)).collect();
    let is_number_like = |cell: &String| cell.trim().is_empty() || is_number(cell.trim());
    let are_numbers = first.iter().all(is_number_like);
    let has_names = heading == Heading::There || (heading == Heading::ByItself && !are_numbers);
    let named = if has_names { first.clone() } else { numbered(path, first.len()) };
    let (mut lines, mut sensing) = (Lines::default(), Sensing::new(&named, sense));
    let names = sensing.names();
    if !has_names {
        lines.push(sensing.object(&record, true).as_bytes());
        let is_sure = are_numbers;
        let severity = if is_sure { Severity::Info } else { Severity::Warning };
        let told =
            if is_sure { "it has no heading" } else { "its first line is taken for a label, and for no heading" };
        lines.notes.push((severity, format!("{told}: {} called {}", columns_are(names.len()), in_words(&names))));
    }
    if has_names && are_numbers {
        let text = format!(
            "its first line is its heading, though it holds nothing but numbers: {} called {}",
            columns_are(names.len()),
            in_words(&names)
        );
        lines.notes.push((Severity::Info, text));
    }
    let (mut line, is_list) = (reader.position().line(), names.len() == 1);
    let mut long = None;
    let mut bad = first.iter().filter(|cell| cell.contains('\u{fffd}')).count() as u64;
    while reader.read_byte_record(&mut record).map_err(refuse)? {
        since.set(0);
        // A blank line is a label that is missing; where there are several columns it is nothing.
        let after = reader.position().line();
        let own = 1 + record.iter().flatten().filter(|&&byte| byte == b'\n').count() as u64;
        for _ in (own..after.saturating_sub(line)).filter(|_| is_list) {
            lines.push(b"{}");
        }
        if own > 1 && long.is_none() {
            long = record.position().map(csv::Position::line);
        }
        line = after;
        bad += record.iter().filter(|cell| std::str::from_utf8(cell).is_err()).count() as u64;
        lines.push(sensing.object(&record, false).as_bytes());
    }
    if let Some(again) = sensing.again(has_names) {
        return Ok(Found::Again(again));
    }
    if let Some(what) = sensing.refusal() {
        return Err(JoinError::no_table(path, &what));
    }
    lines.notes.extend(sensing.notes());
    lines.notes.extend(not_utf8(bad));
    lines.notes.extend(unclosed(marks.get(), long));
    Ok(Found::Done(Box::new(lines.finish()), has_names))
}

/// The first of some names.
pub(in crate::data) fn in_words(names: &[String]) -> String {
    let more = if names.len() > NAMED { " …" } else { "" };
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{}{more}", shown_text(&first.join(", "), 160))
}

fn columns_are(count: usize) -> &'static str {
    if count == 1 { "its column is" } else { "its columns are" }
}

/// A file of which no line may be too long: with a quotation mark that is never closed all the rest would be one.
struct Bounded<R> {
    inner: R,
    /// Bytes since the last line ended.
    since: Rc<Cell<usize>>,
    /// Quotation marks so far.
    marks: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > MOST_LINE_BYTES {
            return Err(io::Error::other("one of its lines is longer than 16 MiB: a quotation mark is missing"));
        }
        let read = self.inner.read(out)?;
        self.since.set(self.since.get() + read);
        let marks = out.iter().take(read).filter(|byte| **byte == b'"').count();
        self.marks.set(self.marks.get() + marks as u64);
        Ok(read)
    }
}

/// The sign that stands between the values of the first line most often, outside of quotation marks.
pub(in crate::data) fn between(head: &[u8]) -> u8 {
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

pub(super) fn text(cell: &[u8], is_first: bool) -> String {
    let text = String::from_utf8_lossy(cell);
    let text = if is_first { text.trim_start_matches('\u{feff}') } else { &text };
    text.to_owned()
}

/// Names of columns: blank ones are numbered, and of equal ones the later get a number.
pub(in crate::data) fn distinct(first: &[String]) -> Vec<String> {
    let named: Vec<String> = first
        .iter()
        .enumerate()
        .map(|(at, cell)| match cell.trim() {
            "" => format!("column_{}", at + 1),
            name => name.to_owned(),
        })
        .collect();
    // Whoever has a name by itself keeps it.
    let mut taken: HashSet<String> = named.iter().cloned().collect();
    let mut next: HashMap<&str, u32> = HashMap::new();
    let mut names = Vec::with_capacity(named.len());
    for name in &named {
        let Some(number) = next.get_mut(name.as_str()) else {
            next.insert(name, 2);
            names.push(name.clone());
            continue;
        };
        let other = loop {
            let other = format!("{name}_{number}");
            *number += 1;
            if taken.insert(other.clone()) {
                break other;
            }
        };
        names.push(other);
    }
    names
}

/// Names where there are none; the only column of a file of labels is called so.
fn numbered(path: &Path, count: usize) -> Vec<String> {
    let is_labels = count == 1 && file_name(path).to_lowercase().contains("label");
    if is_labels { vec!["label".to_owned()] } else { (1..=count).map(|number| format!("column_{number}")).collect() }
}
