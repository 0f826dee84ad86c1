//! IDX, the form of MNIST and its kin: two zero bytes, the type, the number of axes, their lengths from the highest byte on, values.

use super::BESIDE_RECORDS;
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::array::{ArrayHeader, ArrayProbe};
use crate::data::file::PlainFile;
use crate::data::source::{Element, ImageError, ImageFault};

pub(super) const FORMAT: Format = Format::opened(
    "idx",
    Sign::Is(is_idx),
    Reader {
        endings: &[".idx3-ubyte", "-idx3-ubyte", ".idx"],
        is_worth: |head| head.get(2) == Some(&BYTES),
        open,
        holds_arrays: false,
    },
)
.no_records("an IDX file", BESIDE_RECORDS);

/// The type of uint8.
const BYTES: u8 = 0x08;

/// More axes than anything that was ever written so.
const MOST_AXES: u8 = 8;

/// Other types, and what they are.
fn meaning(kind: u8) -> Option<&'static str> {
    Some(match kind {
        BYTES => "unsigned 8-bit integers",
        0x09 => "signed 8-bit integers",
        0x0b => "16-bit integers",
        0x0c => "32-bit integers",
        0x0d => "32-bit floats",
        0x0e => "64-bit floats",
        _ => return None,
    })
}

fn is_idx(head: &[u8]) -> bool {
    matches!(head, [0, 0, kind, 1..=MOST_AXES, ..] if meaning(*kind).is_some())
}

fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let header = header(head).map_err(|fault| fault.at(file.path()))?;
    Ok(Opened::array(ArrayProbe::of(file, header, how.shape)?))
}

fn header(head: &[u8]) -> Result<ArrayHeader, ImageFault> {
    let cut = || ImageFault::Header { of: "IDX", what: "is cut short: the file ends inside it".to_owned() };
    let &[_, _, kind, axes, ..] = head else { return Err(cut()) };
    let data_offset = 4 + 4 * usize::from(axes);
    let lengths = head.get(4..data_offset).ok_or_else(cut)?;
    let shape = lengths.chunks_exact(4).map(|bytes| bytes.iter().fold(0, |len, &byte| (len << 8) | usize::from(byte)));
    let shape: Vec<usize> = shape.collect();
    if kind != BYTES {
        let meaning = meaning(kind).unwrap_or("an unknown type");
        return Err(ImageFault::Dtype { dtype: format!("IDX type 0x{kind:02x}"), meaning, lengths: shape });
    }
    Ok(ArrayHeader { element: Element::U8, shape, fortran_order: false, data_offset: data_offset as u64 })
}
