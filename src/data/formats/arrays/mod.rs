//! Files that hold several arrays, whatever their form: which array is opened, which become columns, and what is said of the rest.
//!
//! A form lists its arrays ([`NamedArray`]) and hands out the content of one ([`Container`]); everything else is the same for all.

mod choice;

use std::path::Path;

use super::format::OpenAs;
use super::opened::Opened;
use crate::data::array::{ArrayHeader, ArrayProbe, ShapeOptions, drawings_of, shown};
use crate::data::file::PlainFile;
use crate::data::source::{Cells, ColumnArray, ImageError, ImageFault};
use crate::words::shown_text;

pub(super) use choice::Arrays;

/// Arrays that may become columns which are looked at: each is unpacked for it.
const MOST_COLUMNS: usize = 64;

/// Characters of a name that are shown.
const NAME_CHARS: usize = 60;

/// An array in a file of several, as its header says, unchecked.
#[derive(Clone, Debug)]
pub(super) struct NamedArray {
    /// By which its container knows it.
    pub(super) number: usize,
    /// As the file has it.
    pub(super) name: String,
    /// Axis lengths, as numpy prints them.
    pub(super) shape: Vec<usize>,
    /// What its values are, in words.
    pub(super) values: String,
    /// How its values lie; `None` where they can neither be drawn nor be a column.
    pub(super) cells: Option<Cells>,
    /// First axis fastest.
    pub(super) fortran_order: bool,
    /// Where the values begin in its content, in bytes.
    pub(super) data_offset: u64,
}

impl NamedArray {
    /// What it is as drawings; `None` where its values are no numbers.
    fn header(&self) -> Option<ArrayHeader> {
        let Some(Cells::Numbers(stored)) = self.cells else { return None };
        let &Self { fortran_order, data_offset, .. } = self;
        Some(ArrayHeader { stored, shape: self.shape.clone(), fortran_order, data_offset })
    }

    /// Whether its values are numbers, which can be drawn.
    pub(super) fn holds_numbers(&self) -> bool {
        matches!(self.cells, Some(Cells::Numbers(_)))
    }

    /// How many values it has where it may be a column: all along one axis, others of length 1 aside.
    fn column_rows(&self) -> Option<u64> {
        self.cells?;
        let mut long = self.shape.iter().filter(|len| **len != 1);
        match (long.next(), long.next()) {
            (None, _) if !self.shape.is_empty() => Some(1),
            (Some(rows), None) => Some(*rows as u64),
            _ => None,
        }
    }

    /// The name as a terminal can show it.
    fn shown_name(&self) -> String {
        shown_text(&self.name, NAME_CHARS)
    }

    fn told(&self) -> String {
        format!("{} {} {}", self.shown_name(), shown(&self.shape), self.values)
    }

    /// Drawings, height and width that it has by itself; `None` where it would be refused.
    fn drawings(&self, options: &ShapeOptions) -> Option<(u32, u32, u32)> {
        drawings_of(&self.header()?, options)
    }
}

/// A file of several arrays.
pub(super) trait Container {
    /// What such a file is, with its article.
    fn what(&self) -> &'static str;

    /// What it is called for short.
    fn word(&self) -> &'static str {
        "file"
    }

    /// The file.
    fn path(&self) -> &Path;

    /// The content of an array as a file: as many bytes behind `data_offset` as its shape needs.
    fn content(&self, array: &NamedArray, how: &OpenAs<'_>) -> Result<PlainFile, ImageError>;

    /// Why none of its arrays is opened.
    fn fault(&self, arrays: &Arrays) -> ImageFault;
}

/// Why none of a file's arrays is opened: they are named.
pub(super) fn none_drawn(container: &dyn Container, arrays: &Arrays) -> ImageFault {
    let (what, told) = (container.what(), arrays.told());
    let what = if told.is_empty() { format!("{what} without arrays") } else { format!("{what} of {told}") };
    ImageFault::NoneDrawn { what, advice: "none of its arrays holds numbers or bools of drawings".to_owned() }
}

/// Opens the array that was named, else the one with most drawings; arrays with a value for each drawing become its columns.
pub(super) fn open(container: &dyn Container, arrays: &Arrays, how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let at = |fault: ImageFault| fault.at(container.path());
    let chosen = match how.array {
        Some(name) => arrays.named(name).ok_or_else(|| {
            let arrays = arrays.told();
            at(ImageFault::NoSuchArray { name: shown_text(name, NAME_CHARS), arrays })
        })?,
        None => arrays.best(how.shape).ok_or_else(|| at(container.fault(arrays)))?,
    };
    let array = arrays.get(chosen).ok_or_else(|| at(container.fault(arrays)))?;
    let Some(header) = array.header() else {
        return Err(at(ImageFault::NoNumbers { name: array.shown_name(), values: array.values.clone() }));
    };
    let mut probe = ArrayProbe::of(container.content(array, how)?, header, how.shape)?;
    probe.take_columns(columns(container, arrays, chosen, probe.most_rows(), how)?, false);
    let told = match how.array {
        Some(_) => Vec::new(),
        None => arrays.told_of_choice(chosen, how.shape, container),
    };
    Ok(Opened { chosen: told, ..Opened::array(probe) })
}

/// Whether a file holds nothing but arrays of one long axis with as many values, two or more: labels in a file of their own.
pub(super) fn are_columns(arrays: &Arrays) -> bool {
    // A leading axis of 1 counts one drawing.
    let counts = |array: &NamedArray, rows: &u64| array.shape.first().is_some_and(|first| *first as u64 == *rows);
    let mut rows = arrays.iter().map(|array| array.column_rows().filter(|rows| counts(array, rows)));
    let first = rows.next().flatten().filter(|rows| *rows > 1);
    first.is_some() && rows.all(|rows| rows == first) && arrays.is_all()
}

/// All arrays of such a file.
pub(super) fn columns_alone(
    container: &dyn Container,
    arrays: &Arrays,
    how: &OpenAs<'_>,
) -> Result<Vec<ColumnArray>, ImageError> {
    columns(container, arrays, usize::MAX, u32::MAX, how)
}

/// Arrays of one long axis that may belong to at most `most_rows` drawings. A damaged one, or one that the machine would not read, is an
/// error.
fn columns(
    container: &dyn Container,
    arrays: &Arrays,
    chosen: usize,
    most_rows: u32,
    how: &OpenAs<'_>,
) -> Result<Vec<ColumnArray>, ImageError> {
    let mut columns = Vec::new();
    for array in arrays.others_than(chosen).take(MOST_COLUMNS) {
        let Some(rows) = array.column_rows().filter(|rows| *rows <= u64::from(most_rows)) else { continue };
        let Some(cells) = array.cells else { continue };
        let content = container.content(array, how)?;
        columns.extend(ColumnArray::of(&array.shown_name(), content, cells, rows, array.data_offset));
    }
    Ok(columns)
}
