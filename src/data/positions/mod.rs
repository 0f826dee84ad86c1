//! Places of drawings from a file: `.npy` of shape (N, 2), a table (CSV, or one JSON object a line) with columns x and y, or the
//! document of `arrange --json`.
//!
//! Row i of the file is the place of row i, unless it has a column `row` (numbers in the whole set, where a slice is open), or one that
//! the records have, too, and that names rows (`key_id`): then places are joined by that.

mod arranged;
mod error;
mod join;
mod text;

pub use error::PositionsError;

use super::Cancel;
use super::columns::{Column, ColumnType, Columns};
use super::file::{PlainFile, Spool};
use super::formats::npy::{FloatRows, RowsOf, is_npy};
use super::ndjson::{ReadOptions, RecordFile, RecordsEvent};
use crate::progress::Progress;
use std::ops::ControlFlow;
use std::path::Path;

/// Bytes that tell what a file is.
const HEAD: usize = 4096;

/// The places of a set's drawings.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    /// For each row x and y; where either is no finite number it has no place.
    pub places: Vec<[f64; 2]>,
    /// Places in the file that are of no drawing of the set.
    pub others: u32,
}

/// Whose places are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// How many drawings are open.
    pub count: u32,
    /// Where these are a slice: its first row in the whole set, and how many rows that has.
    pub slice: Option<[u32; 2]>,
    /// Their records, where there are some.
    pub columns: Option<&'a Columns>,
}

impl Positions {
    /// Reads the places of some drawings.
    pub fn read(path: &Path, rows: Rows<'_>, progress: Progress<'_>) -> Result<Self, PositionsError> {
        let file = PlainFile::open(path, &Spool::default(), &|_| true)?;
        let mut head = vec![0; HEAD];
        let got = file.read_up_to_at(&mut head, 0)?;
        head.truncate(got);
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
        if is_npy(&head) {
            let wanted = RowsOf { what: "places", width: Some(2) };
            return of_array(path, &FloatRows::of(file, wanted)?, rows, progress);
        }
        if start.is_empty() {
            return Err(PositionsError::what(path, "it is empty"));
        }
        if head.contains(&0) {
            return Err(PositionsError::what(
                path,
                "it is neither a .npy array of shape (N, 2) nor a table with columns x and y (CSV, or one JSON object a line)",
            ));
        }
        if arranged::is_one(start) {
            return arranged::read(path, &file, rows, progress);
        }
        let table = if start.starts_with(b"{") {
            objects(&RecordFile::of(file)?, progress.part(0.0, 0.5))?
        } else {
            text::read(&file, progress.part(0.0, 0.5))?
        };
        join::join(path, &table, rows, progress.part(0.5, 1.0))
    }
}

fn of_array(
    path: &Path,
    file: &FloatRows,
    rows: Rows<'_>,
    progress: Progress<'_>,
) -> Result<Positions, PositionsError> {
    let first = first_of(path, file.rows(), rows)?;
    let mut places = Vec::with_capacity(rows.count as usize);
    for block in progress.blocks(rows.count) {
        let block = block?;
        places.extend_from_slice(file.read(first + block.start..first + block.end)?.as_chunks::<2>().0);
    }
    Ok(Positions { places, others: 0 })
}

/// Which place of `count` is the first row's, where they come row by row: one a drawing that is open, or one a drawing of the whole
/// set.
fn first_of(path: &Path, count: u32, rows: Rows<'_>) -> Result<u32, PositionsError> {
    match rows.slice {
        _ if count == rows.count => Ok(0),
        Some([first, total]) if count == total => Ok(first),
        _ => Err(PositionsError::Count { count, rows: rows.count, path: path.to_path_buf() }),
    }
}

/// A file of one JSON object a line.
fn objects(file: &RecordFile, progress: Progress<'_>) -> Result<Columns, PositionsError> {
    let mut columns = Columns::new();
    let mut given_up = Ok(());
    let all = file.bytes().max(1) as f64;
    let read = file.read(0..u32::MAX, &ReadOptions::default(), &Cancel::new(), &mut |event| {
        let RecordsEvent::Batch { first_line, batch, bytes_done, .. } = event;
        columns.append(first_line, batch);
        given_up = progress.reach(bytes_done as f64 / all);
        if given_up.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    given_up?;
    if let Some(odd) = read.first_bad.first() {
        return Err(PositionsError::Line { line: odd.line, what: odd.what.clone(), path: file.path().to_path_buf() });
    }
    columns.finish(read.lines);
    Ok(columns)
}

/// The column of numbers of a name, in any case.
fn numbers<'a>(path: &Path, table: &'a Columns, name: &str) -> Result<&'a Column, PositionsError> {
    let column = table.iter().find(|column| column.name().trim().eq_ignore_ascii_case(name)).ok_or_else(|| {
        let known = table.known();
        PositionsError::what(path, format!("it has no column {name}: columns x and y are needed; {known}"))
    })?;
    if matches!(column.kind(), ColumnType::Number | ColumnType::Id) || column.present() == 0 {
        return Ok(column);
    }
    Err(PositionsError::what(path, format!("its column {name} holds {} values, and numbers are needed", column.kind())))
}
