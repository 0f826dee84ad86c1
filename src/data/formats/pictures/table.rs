//! `metadata.csv`, `metadata.jsonl` and `metadata.parquet` beside pictures, in a folder or an archive: their lines, each with the name of
//! a picture, `file_name`, and what it says of that.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::json;
use super::place::{Fault, Place};
use crate::data::file::{PlainFile, Spool};
use crate::data::file_names::file_name;
use crate::data::formats::columnar;
use crate::data::joined::{self, Sense, Sensing, between};
use crate::data::report::Severity;
use crate::data::source::ImageError;
use crate::words::{counted, shown_text};

/// The column by which rows of a table are found.
pub(super) const KEY: &str = "file_name";
/// Characters of a table's path in an archive that are shown.
const MOST_SHOWN: usize = 60;

/// What is to be said of a table.
pub(super) type Said = Vec<(Severity, String)>;

/// A table about the pictures of its folder, on the disk or in an archive.
#[derive(Debug)]
pub(super) struct Table {
    /// What it is called in messages.
    pub(super) title: String,
    /// The numbers of the pictures of the input that it belongs to.
    pub(super) of: Range<usize>,
    /// The number of that input.
    pub(super) input: usize,
    /// What it would be called as a picture.
    path: String,
    lies: Lies,
}

#[derive(Debug)]
enum Lies {
    OnDisk(PathBuf),
    Within(Place),
}

/// The lines of a table.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Of each the name of a picture, and fields as the inside of a JSON object.
    pub(super) rows: Vec<(String, String)>,
    /// Lines without a name.
    pub(super) nameless: u64,
    /// What is to be said of them.
    pub(super) notes: Said,
}

impl Table {
    /// A file, which would be called `path` as a picture of the set.
    pub(super) fn of_file(file: PathBuf, path: String) -> Self {
        Self { title: file_name(&file), of: 0..0, input: 0, path, lies: Lies::OnDisk(file) }
    }

    /// A file in an archive, `inner` its path there; names of the archive's pictures begin with `prefix`.
    pub(super) fn in_archive(place: Place, archive: &str, prefix: &str, inner: &str) -> Self {
        let title = format!("{} in {archive}", shown_text(inner, MOST_SHOWN));
        Self { title, of: 0..0, input: 0, path: format!("{prefix}{inner}"), lies: Lies::Within(place) }
    }

    /// The folder that its names count from, with the last `/`.
    pub(super) fn folder(&self) -> &str {
        self.path.rfind('/').and_then(|slash| self.path.get(..=slash)).unwrap_or_default()
    }

    /// In how many folders it lies.
    pub(super) fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    /// All lines; `Err` within is why there are none, as a clause. Fields that are called like one of `own` get another name.
    pub(super) fn lines(&self, own: &[&str]) -> Result<Result<Lines, String>, ImageError> {
        let bytes = match self.bytes()? {
            Ok(bytes) => bytes,
            Err(what) => return Ok(Err(what)),
        };
        let is = |ending: &str| self.path.to_ascii_lowercase().ends_with(ending);
        Ok(match &self.lies {
            Lies::OnDisk(path) if is(".parquet") => match of_columns(path)? {
                Ok(text) => of_json(text.as_bytes(), own),
                Err(what) => Err(what),
            },
            _ => match joined::no_text(&bytes) {
                Some(what) => Err(what.to_owned()),
                None if is(".csv") => of_csv(&bytes, own),
                None => of_json(&bytes, own),
            },
        })
    }

    /// All of it; `Err` within is why it cannot be read, as a clause.
    fn bytes(&self) -> Result<Result<Vec<u8>, String>, ImageError> {
        let all = match &self.lies {
            Lies::Within(place) => place.all(),
            Lies::OnDisk(path) => match PlainFile::open(path, &Spool::default(), &|_| true) {
                Ok(file) => Place::whole(file.into()).all(),
                Err(error) => Err(error.into()),
            },
        };
        match all {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(Fault::Machine(error)) => Err(error.into()),
            Err(Fault::Own(what)) => Ok(Err(what)),
        }
    }
}

/// The rows of a Parquet file as lines of JSON; `Err` within is what is wrong with it.
fn of_columns(path: &Path) -> Result<Result<String, String>, ImageError> {
    let mut lines = String::new();
    let done = columnar::lines(PlainFile::open_packed(path)?, &mut |object| {
        lines.push_str(object);
        lines.push('\n');
    });
    match done {
        Ok(Some(_)) => Ok(Ok(lines)),
        Ok(None) => Ok(Err("it is no Parquet file".to_owned())),
        Err(error) if error.is_of_the_machine() => Err(error),
        Err(error) => Ok(Err(error.fault.to_string())),
    }
}

fn of_csv(bytes: &[u8], own: &[&str]) -> Result<Lines, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut sense = Sense::default();
    // What all lines have in common is known with the last one alone.
    loop {
        match of_csv_once(bytes, own, &sense)? {
            Ok(lines) => return Ok(lines),
            Err(other) => sense = other,
        }
    }
}

/// Reads all lines; `Err` within is with what in mind they must be read once more.
fn of_csv_once(bytes: &[u8], own: &[&str], sense: &Sense) -> Result<Result<Lines, Sense>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(between(bytes)).from_reader(bytes);
    let heading = reader.byte_headers().map_err(|error| format!("its heading cannot be read ({error})"))?;
    let is_bad = |cell: &[u8]| std::str::from_utf8(cell).is_err();
    let mut bad = heading.iter().filter(|cell| is_bad(cell)).count() as u64;
    let named: Vec<String> = heading.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let mut sensing = Sensing::new(&named, sense);
    let names = sensing.names();
    let key = names.iter().position(|name| name == KEY).ok_or_else(|| no_key(&names))?;
    let new_names = renamed(names.iter().map(String::as_str), own);
    let (mut lines, mut long) = (Lines::default(), None);
    for record in reader.byte_records() {
        // Bytes that lie in memory are records, whatever they hold.
        let Ok(record) = record else { continue };
        bad += record.iter().filter(|cell| is_bad(cell)).count() as u64;
        if long.is_none() && record.iter().any(|cell| cell.contains(&b'\n')) {
            long = record.position().map(csv::Position::line);
        }
        let mut fields = String::new();
        let is_read = sensing.fields(&record, false, &mut |at, value| {
            if let Some(name) = names.get(at).filter(|_| at != key) {
                json::push(&mut fields, new_names.get(name).unwrap_or(name), value);
            }
        });
        match record.get(key).map(String::from_utf8_lossy).filter(|name| !name.is_empty()) {
            _ if !is_read => {}
            Some(name) => lines.rows.push((name.into_owned(), fields)),
            None => lines.nameless += 1,
        }
    }
    if let Some(again) = sensing.again(true) {
        return Ok(Err(again));
    }
    lines.notes = sensing.notes();
    lines.notes.extend(joined::not_utf8(bad));
    let marks = bytes.iter().map(|byte| u64::from(*byte == b'"')).sum();
    lines.notes.extend(joined::unclosed(marks, long));
    sensing.refusal().map_or(Ok(Ok(lines)), Err)
}

fn of_json(bytes: &[u8], own: &[&str]) -> Result<Lines, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err("it is a JSON array: write its objects one a line".to_owned());
    }
    let records = || bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let names: HashSet<String> =
        records().filter_map(json::fields).flat_map(|fields| fields.0.into_iter().map(|(name, _)| name)).collect();
    let new_names = renamed(names.iter().map(String::as_str), own);
    let (mut lines, mut broken) = (Lines::default(), 0);
    for record in records() {
        let Some(fields) = json::fields(record) else {
            broken += 1;
            continue;
        };
        let fields = fields.distinct();
        let name =
            fields.iter().find(|(name, _)| name == KEY).and_then(|(_, name)| serde_json::from_str(name.get()).ok());
        let Some(name) = name else {
            lines.nameless += 1;
            continue;
        };
        let mut text = String::new();
        for (name, value) in fields.iter().filter(|(name, _)| name != KEY) {
            json::push(&mut text, new_names.get(name).unwrap_or(name), value.get());
        }
        lines.rows.push((name, text));
    }
    if lines.rows.is_empty() && lines.nameless > 0 {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        return Err(no_key(&names));
    }
    if broken > 0 {
        let text = format!("{} no JSON object, and left out", counted(broken, "line is", "lines are"));
        lines.notes.push((Severity::Warning, text));
    }
    Ok(lines)
}

/// Other names for those of a table that are among `own`: such as nothing else is called.
fn renamed<'a>(names: impl Iterator<Item = &'a str>, own: &[&str]) -> HashMap<String, String> {
    let names: HashSet<&str> = names.collect();
    let taken: HashSet<String> = names.iter().chain(own).map(|name| (*name).to_owned()).collect();
    let both = own.iter().filter(|name| names.contains(*name) && **name != KEY);
    both.map(|name| ((*name).to_owned(), joined::free(name, &taken))).collect()
}

fn no_key(names: &[String]) -> String {
    format!("it has no column {KEY}; its columns are {}", joined::in_words(names))
}
