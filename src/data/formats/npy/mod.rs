//! `.npy`, the form of `numpy.save`: magic, version, a Python dictionary, values.

mod dtype;
mod floats;
mod header;

use super::BESIDE_RECORDS;
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::array::{ArrayHeader, ArrayProbe};
use crate::data::file::PlainFile;
use crate::data::source::{ImageError, ImageFault};

pub(super) use header::HEADER_BYTES;

use dtype::element_of;
pub use floats::{FloatRows, RowsOf};

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
    let header = header_of(head).map_err(|fault| fault.at(file.path()))?;
    Ok(Opened::array(ArrayProbe::of(file, header, how.shape)?))
}

/// What a file's beginning says of its array.
pub(super) fn header_of(head: &[u8]) -> Result<ArrayHeader, ImageFault> {
    let header = header::parse(head)?;
    let element = element_of(&header.descr).map_err(|fault| match fault {
        ImageFault::Dtype { dtype, meaning, .. } => ImageFault::Dtype { dtype, meaning, lengths: header.shape.clone() },
        fault => fault,
    })?;
    let header::Header { shape, fortran_order, data_offset, .. } = header;
    Ok(ArrayHeader { element, shape, fortran_order, data_offset })
}
