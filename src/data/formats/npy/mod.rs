//! `.npy`, the form of `numpy.save`: magic, version, a Python dictionary, values.

mod dtype;
mod floats;
mod header;

use super::BESIDE_RECORDS;
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::array::{ArrayHeader, ArrayProbe};
use crate::data::file::PlainFile;
use crate::data::source::{Cells, ImageError, ImageFault, Stored};

pub(super) use header::HEADER_BYTES;

use dtype::{cells_of, stored_of};
pub use floats::{FloatRows, RowsOf};
use header::Descr;

/// First bytes of every `.npy` file.
const MAGIC: &[u8] = b"\x93NUMPY";

pub(super) const FORMAT: Format = Format::opened(
    "npy",
    Sign::Begins(MAGIC),
    Reader { endings: &[".npy"], is_worth: |head| header_of(head).is_ok(), open, holds_arrays: false },
)
.no_records("a NumPy array (.npy)", BESIDE_RECORDS);

/// Whether a file that begins with `head` calls itself such a file.
pub fn is_npy(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// Opens a file; `head` is its beginning.
pub(super) fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    Ok(Opened::array(probe(file, head, how)?))
}

/// The array of a file that begins with `head`.
pub(super) fn probe(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<ArrayProbe, ImageError> {
    let header = header_of(head).map_err(|fault| fault.at(file.path()))?;
    ArrayProbe::of(file, header, how.shape)
}

/// An array of one value each, as its header says, unchecked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ColumnHeader {
    pub(super) cells: Cells,
    pub(super) rows: u64,
    /// Where the values begin, in bytes from the start of the file.
    pub(super) data_offset: u64,
}

/// What a file's beginning says of it as a column: numbers, bools or texts along one axis, others of length 1 aside; `None` where it is
/// none.
pub(super) fn column_of(head: &[u8]) -> Option<ColumnHeader> {
    let header::Header { descr, shape, data_offset, .. } = header::parse(head).ok()?;
    let mut long = shape.iter().filter(|len| **len != 1);
    let rows = match (long.next(), long.next()) {
        (None, _) if !shape.is_empty() => 1,
        (Some(rows), None) => *rows as u64,
        _ => return None,
    };
    Some(ColumnHeader { cells: cells_of(&descr)?, rows, data_offset })
}

/// The same of a file of its own that has one value for each of several drawings: a leading axis of 1 counts one drawing.
pub(super) fn column_alone(head: &[u8]) -> Option<ColumnHeader> {
    let column = Some(head).filter(|head| is_npy(head)).and_then(column_of)?;
    let first = header::parse(head).ok()?.shape.first().copied()?;
    (column.rows > 1 && first as u64 == column.rows).then_some(column)
}

/// How many Python objects the array along one axis that a file begins with holds, and where their pickle begins; `None` of any other.
pub(super) fn objects_of(head: &[u8]) -> Option<(u64, u64)> {
    let header::Header { descr: Descr::Plain(descr), shape, data_offset, .. } = header::parse(head).ok()? else {
        return None;
    };
    let &[rows] = shape.as_slice() else { return None };
    matches!(descr.as_str(), "|O" | "O" | "|O8" | "|O4").then_some((rows as u64, data_offset))
}

/// How values lie whose type is spelled so; `None` where that is none of numbers.
pub(super) fn stored_of_name(name: &str) -> Option<Stored> {
    stored_of(&Descr::Plain(name.to_owned())).ok()
}

/// What a file's beginning says of its array.
pub(super) fn header_of(head: &[u8]) -> Result<ArrayHeader, ImageFault> {
    let header = header::parse(head)?;
    let stored = stored_of(&header.descr).map_err(|fault| match fault {
        ImageFault::Dtype { dtype, meaning, .. } => ImageFault::Dtype { dtype, meaning, lengths: header.shape.clone() },
        fault => fault,
    })?;
    let header::Header { shape, fortran_order, data_offset, .. } = header;
    Ok(ArrayHeader { stored, shape, fortran_order, data_offset })
}
