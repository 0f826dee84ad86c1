//! Tables that lie beside drawings (`--table`): CSV, TSV, one JSON object a line, a JSON array, COCO annotations, Parquet, Arrow. Their columns join those
//! of the records.
//!
//! A table is read whole when the set is opened. Which of its lines belongs to which drawing is decided with the first records
//! (`join.rs`): by the key that was named, by a column `row`, by file names where both have them, else by position.

mod by_column;
mod by_name;
mod cell;
mod coco;
mod error;
mod join;
mod json;
mod lines;
mod path_end;
mod same_name;
mod sense;
mod separated;
#[cfg(test)]
mod tests;
mod uneven;

use crate::data::Row;
use crate::data::columns::{Column, Columns, quoted};
use crate::data::file::{PlainFile, Spool};
use crate::data::file_names::file_name;
use crate::data::formats::{self, columnar};
use crate::data::report::Severity;
use crate::data::source::Turned;
use crate::words::{counted, shown_text, thousands};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

pub(in crate::data) use by_name::ByName;
pub(in crate::data) use cell::{Held, all_again, is_number, missing_words};
pub use coco::MarkedBox;
pub(in crate::data) use coco::may_be as may_be_coco;
pub use error::JoinError;
pub(in crate::data) use join::{Join, free};
pub(in crate::data) use path_end::shared;
pub(in crate::data) use sense::{Sense, Sensing};
pub(in crate::data) use separated::{between, distinct, in_words};

use coco::Boxes;
use lines::Lines;
use separated::Heading;

/// Why files of arrays are no tables, and where they belong.
const NO_TEXT: &str = "it is no text: CSV, TSV, JSON, Parquet and Arrow are read; arrays of labels are named beside the drawings, without --table";

/// What stands above a column, and is no label.
const HEADINGS: [&str; 8] = ["row", "file_name", "label", "labels", "class", "category", "name", "id"];
/// Columns that are named in a message.
const NAMED: usize = 8;
/// Bytes that are looked at to find out what a file is.
const HEAD_BYTES: usize = 64 << 10;

/// Whether a line of one word is a heading, and no label.
pub(in crate::data) fn is_heading(word: &str) -> bool {
    HEADINGS.contains(&word.trim().to_lowercase().as_str())
}

/// A table beside drawings, read whole.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    columns: Columns,
    rows: u32,
    /// What was odd about it, and what is worth knowing.
    notes: Vec<(Severity, String)>,
    /// What lies where in pictures.
    boxes: Option<Boxes>,
    /// Ends of names that several pictures have; `None` where drawings have no names of their own.
    shared: Option<HashSet<String>>,
}

impl Table {
    /// Reads a table for a set of so many drawings, all and those that are open; `key` names the column by which it is joined, where the user says so.
    ///
    /// Fails where the file cannot be read, where it is no table, and where it has no line for any drawing.
    pub(in crate::data) fn open(
        path: &Path,
        key: Option<&str>,
        drawings: [u32; 2],
        spool: &Spool,
    ) -> Result<Self, JoinError> {
        let file = PlainFile::open(path, spool, &|_| true)?;
        let mut head = vec![0; HEAD_BYTES];
        let got = file.read_up_to_at(&mut head, 0)?;
        head.truncate(got);
        let refuse = |what: &str| JoinError::no_table(path, what);
        let annotated = if coco::may_be(&head) { Some(coco::read(&file)) } else { None };
        let (annotated, not_coco) = match annotated {
            Some(Err(why)) => (None, Some(why)),
            annotated => (annotated.and_then(Result::ok), None),
        };
        let not_coco = not_coco.map(|why| {
            format!(
                "it looks like COCO's annotations, of which something is missing or odd ({})",
                shown_text(&why, 160)
            )
        });
        let (annotated, boxes) = annotated.unzip();
        let lines = match json::form_of(&head) {
            _ if annotated.is_some() => annotated.unwrap_or_default(),
            _ if columnar::may_be(&head) => rows(file.again())?,
            _ if let Some(what) = no_text(&head) => return Err(refuse(what)),
            _ if head.contains(&0) => {
                let no_text = || NO_TEXT.to_owned();
                let named = formats::refused(&head).map(|(what, advice)| format!("it is {what}: {advice}"));
                return Err(refuse(&named.unwrap_or_else(no_text)));
            }
            Some(form) => json::read(&file, form, not_coco.as_deref())?,
            None => {
                let key = key.map(|key| key.split_once('=').map_or(key, |(_, theirs)| theirs));
                let read = |heading| separated::read(&file, &head, heading);
                let (lines, has_heading) = read(Heading::ByItself)?;
                // Lists of labels have a line each and no heading: one column alone, with a line for each drawing.
                let is_list = has_heading
                    && key.is_none()
                    && drawings.contains(&lines.rows().saturating_add(1))
                    && lines.columns.len() <= 1
                    && !lines.columns.iter().any(|column| is_heading(column.name()));
                // Numbers are names where there is a line for each drawing but for them (pandas numbers columns that have no name), or
                // where one of them is the key.
                let rows = lines.rows();
                let is_one_more = !drawings.contains(&rows) && drawings.contains(&rows.saturating_sub(1));
                let is_numbered =
                    !has_heading && rows > 1 && key.map_or(is_one_more, |key| lines.columns.get(key).is_none());
                let is_known = |lines: &Lines| key.is_none_or(|key| lines.columns.get(key).is_some());
                match (is_list, is_numbered) {
                    (true, _) => read(Heading::Missing)?.0,
                    (_, true) => Some(read(Heading::There)?.0).filter(is_known).unwrap_or(lines),
                    _ => lines,
                }
            }
        };
        file.check_unchanged()?;
        let Lines { mut columns, mut notes, .. } = lines;
        let rows = columns.rows_loaded();
        columns.finish(rows);
        notes.extend(columns.without_room().map(|left_out| (Severity::Warning, left_out)));
        if rows == 0 || columns.is_empty() {
            return Err(refuse(not_coco.as_deref().unwrap_or("it has no values")));
        }
        let table = Self { path: path.to_path_buf(), columns, rows, notes, boxes, shared: None };
        if let Some(key) = key
            && let (_, theirs) = table.both(key)
            && table.columns.get(theirs).is_none()
        {
            return Err(table.no_column(theirs));
        }
        Ok(table)
    }

    /// Takes notice of which ends of names several pictures have: by others lines are found, too.
    pub(in crate::data) fn with_shared(self, shared: Option<&HashSet<String>>) -> Self {
        Self { shared: shared.cloned(), ..self }
    }

    /// Boxes in the picture of a name, where this table knows some, turned as the picture is.
    pub(in crate::data) fn boxes(&self, file_name: &str, turned: Option<Turned>) -> Vec<MarkedBox> {
        self.boxes.as_ref().map_or_else(Vec::new, |boxes| boxes.of_name(file_name, self.shared.as_ref(), turned))
    }

    /// Whether it knows of boxes.
    pub(in crate::data) fn has_boxes(&self) -> bool {
        self.boxes.is_some()
    }

    /// What to call it in a message.
    fn name(&self) -> String {
        file_name(&self.path)
    }

    fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    /// What the drawings' and its own column are called by which it is joined: one name, or `OURS=THEIRS` where it has none of that name.
    fn both<'k>(&self, key: &'k str) -> (&'k str, &'k str) {
        key.split_once('=').filter(|_| self.column(key).is_none()).unwrap_or((key, key))
    }

    /// Its lines by the values of a column, each of which may come once.
    fn lines_by(&self, name: &str) -> Result<ByName<'static, u32>, JoinError> {
        let column = self.column(name).ok_or_else(|| self.no_column(name))?;
        let mut lines = ByName::default();
        for line in 0..self.rows {
            let value = column.text(Row(line));
            if !value.is_empty() && !lines.insert(value.clone(), line) {
                let what = format!("its column {} has {value:?} in several lines: each may come once", quoted(name));
                return Err(JoinError::no_table(&self.path, &what));
            }
        }
        Ok(lines)
    }

    fn no_column(&self, name: &str) -> JoinError {
        let known = self.columns.known();
        JoinError::no_table(&self.path, &format!("it has no column {name:?}; {known}"))
    }
}

/// Why a file that begins so is no table as text, where it is empty or in another encoding.
pub(in crate::data) fn no_text(head: &[u8]) -> Option<&'static str> {
    if head.is_empty() {
        Some("it is empty (0 bytes)")
    } else if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        Some("it is UTF-16 text: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)")
    } else {
        None
    }
}

/// What is said of cells that are not UTF-8, where there are any.
pub(in crate::data) fn not_utf8(cells: u64) -> Option<(Severity, String)> {
    let text = format!("{} not UTF-8: save it so, else letters are missing", counted(cells, "cell is", "cells are"));
    (cells > 0).then_some((Severity::Warning, text))
}

/// What is said of CSV with so many quotation marks whose first cell of several lines stands in this line of the file: where their number
/// is odd one may be missing, and the cell would hold what follows.
pub(in crate::data) fn unclosed(marks: u64, line: Option<u64>) -> Option<(Severity, String)> {
    let line = line.filter(|_| !marks.is_multiple_of(2))?;
    let text =
        format!("a quotation mark may be missing: a value in line {} goes on over lines that follow", thousands(line));
    Some((Severity::Warning, text))
}

/// The rows of a Parquet or Arrow file.
fn rows(file: PlainFile) -> Result<Lines, JoinError> {
    let mut lines = Lines::default();
    let notes = columnar::lines(file, &mut |object| lines.push(object.as_bytes()))?;
    lines.notes.extend(notes.into_iter().flatten());
    Ok(lines.finish())
}
