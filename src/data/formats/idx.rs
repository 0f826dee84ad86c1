//! IDX, the form of MNIST and its kin: two zero bytes, the type, the number of axes, their lengths from the highest byte on, values.

mod emnist;

use std::path::{Path, PathBuf};

use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use super::{BESIDE_RECORDS, head};
use crate::data::array::{ArrayHeader, ArrayProbe, shown};
use crate::data::file::{PlainFile, Spool};
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::data::source::{Cells, ColumnArray, Element, ImageError, ImageFault, Stored};

pub(super) const FORMAT: Format = Format::opened(
    "idx",
    Sign::Is(is_idx),
    Reader { endings: &[".idx3-ubyte", "-idx3-ubyte", ".idx"], is_worth: |_| true, open, holds_arrays: false },
)
.no_records("an IDX file", BESIDE_RECORDS);

/// More axes than anything that was ever written so.
const MOST_AXES: u8 = 8;

/// The type that a file's third byte names.
fn element_of(kind: u8) -> Option<Element> {
    Some(match kind {
        0x08 => Element::U8,
        0x09 => Element::I8,
        0x0b => Element::I16,
        0x0c => Element::I32,
        0x0d => Element::F32,
        0x0e => Element::F64,
        _ => return None,
    })
}

fn is_idx(head: &[u8]) -> bool {
    matches!(head, [0, 0, kind, 1..=MOST_AXES, ..] if element_of(*kind).is_some())
}

fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let header = header(head).map_err(|fault| fault.at(file.path()))?;
    let path = file.path().to_path_buf();
    let (shape, told) = emnist::turned(&path, &header.shape, how.shape);
    let mut probe = ArrayProbe::of(file, header, &shape)?;
    let mut chosen: Vec<(Severity, String)> = told.into_iter().map(|text| (Severity::Info, text)).collect();
    let Some(beside) = labels_beside(&path) else { return Ok(Opened { chosen, ..Opened::array(probe) }) };
    match labels(&beside, how.spool) {
        Ok((columns, odd)) => {
            probe.take_columns(columns, true);
            chosen.extend(odd.map(|text| (Severity::Warning, text)));
        }
        Err(error) if error.is_of_the_machine() => return Err(error),
        Err(error) => {
            let text = format!("its labels in \"{}\" are left out: {}", file_name(&beside), error.fault);
            chosen.push((Severity::Warning, text));
        }
    }
    Ok(Opened { chosen, ..Opened::array(probe) })
}

/// The file of labels that lies beside images by its name: `train-labels-idx1-ubyte` beside `train-images-idx3-ubyte`, packed or not.
fn labels_beside(images: &Path) -> Option<PathBuf> {
    let name = images.file_name()?.to_str()?;
    let labels = name.replace("images", "labels").replace("idx3", "idx1");
    let other = labels.strip_suffix(".gz").map_or_else(|| format!("{labels}.gz"), str::to_owned);
    let is_other = labels != name;
    [labels, other].into_iter().filter(|_| is_other).map(|name| images.with_file_name(name)).find(|path| path.is_file())
}

/// Whether a file is one of labels by its name.
pub(in crate::data) fn is_named_labels(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.contains("labels") && name.contains("idx1")
}

/// The labels in an IDX file of one axis, with the characters that they mean where those are known; and what is odd about these.
pub(in crate::data) fn labels(path: &Path, spool: &Spool) -> Result<(Vec<ColumnArray>, Option<String>), ImageError> {
    let file = PlainFile::open(path, spool, &is_idx)?;
    let at = |fault: ImageFault| fault.at(path);
    let head = head(&file)?;
    if !is_idx(&head) {
        return Err(at(ImageFault::Foreign { what: "no IDX file", advice: "get it again" }));
    }
    let ArrayHeader { stored, shape, data_offset, .. } = header(&head).map_err(at)?;
    let [rows] = *shape.as_slice() else {
        let (shape, lengths) = (shown(&shape), shape);
        return Err(at(ImageFault::Shape { shape, lengths, what: "labels have one axis".to_owned() }));
    };
    let (rows, has) = (rows as u64, file.len().saturating_sub(data_offset));
    let claimed = format!("{rows} × {}", stored.element.bytes());
    let characters = emnist::characters(&file, stored, rows, data_offset, spool)?;
    let labels = ColumnArray::of("label", file, Cells::Numbers(stored), rows, data_offset);
    let labels =
        labels.ok_or_else(|| at(ImageFault::Length { claimed, has, verdict: "it is damaged; get it again" }))?;
    Ok(match characters {
        Some(Ok(characters)) => (vec![labels, characters], None),
        Some(Err(odd)) => (vec![labels], Some(odd)),
        None => (vec![labels], None),
    })
}

fn header(head: &[u8]) -> Result<ArrayHeader, ImageFault> {
    let cut = || ImageFault::Header { of: "IDX", what: "is cut short: the file ends inside it".to_owned() };
    let &[_, _, kind, axes, ..] = head else { return Err(cut()) };
    let data_offset = 4 + 4 * usize::from(axes);
    let lengths = head.get(4..data_offset).ok_or_else(cut)?;
    let shape = lengths.chunks_exact(4).map(|bytes| bytes.iter().fold(0, |len, &byte| (len << 8) | usize::from(byte)));
    let shape: Vec<usize> = shape.collect();
    let unknown = || ImageFault::Header { of: "IDX", what: format!("names an unknown type, 0x{kind:02x}") };
    let stored = Stored { element: element_of(kind).ok_or_else(unknown)?, big_endian: true };
    Ok(ArrayHeader { stored, shape, fortran_order: false, data_offset: data_offset as u64 })
}
