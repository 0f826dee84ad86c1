//! Columns that lie beside drawings as arrays of one value each: labels, names, splits.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use serde_json::{Map, Value};

use super::element::Stored;
use super::error::ImageError;
use super::records::OwnRecords;
use crate::data::columns::{Batch, BatchBuilder, Scalar};
use crate::data::file::PlainFile;
use crate::data::values::Number;

/// Bytes that are read at a time, or one value where that is more.
const BLOCK_BYTES: usize = 1 << 20;

/// How the values of a column lie in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum Cells {
    /// Numbers or bools.
    Numbers(Stored),
    /// Texts of so many bytes, filled up with zeros.
    Bytes(usize),
    /// Texts of so many characters of four bytes each, filled up with zeros.
    Texts {
        /// Characters, most of them perhaps zeros.
        len: usize,
        /// The highest byte comes first.
        big_endian: bool,
    },
    /// Texts of any length, which are made into such of as many bytes as the longest when they are read: the file of a column says how
    /// many that are.
    Padded,
}

impl Cells {
    /// Bytes of a value; `None` beyond what a machine counts.
    pub(in crate::data) fn bytes(self) -> Option<usize> {
        match self {
            Self::Numbers(stored) => Some(stored.element.bytes()),
            Self::Bytes(len) => Some(len),
            Self::Texts { len, .. } => len.checked_mul(4),
            Self::Padded => None,
        }
    }
}

/// An array of one value for each drawing. Its length was compared with that of its file.
#[derive(Debug)]
pub(in crate::data) struct ColumnArray {
    name: String,
    file: PlainFile,
    data_offset: u64,
    cells: Cells,
    cell_bytes: usize,
    rows: u64,
}

impl ColumnArray {
    /// A column of `rows` values that begin at `data_offset`; `None` where the file does not hold just as many, or where they are empty.
    pub(in crate::data) fn of(name: &str, file: PlainFile, cells: Cells, rows: u64, data_offset: u64) -> Option<Self> {
        let cell_bytes = match cells {
            Cells::Padded => usize::try_from(file.len().checked_sub(data_offset)?.checked_div(rows)?).ok(),
            cells => cells.bytes(),
        };
        let cell_bytes = cell_bytes.filter(|bytes| *bytes > 0)?;
        let bytes = rows.checked_mul(cell_bytes as u64)?;
        let is_whole = file.len().checked_sub(data_offset) == Some(bytes);
        is_whole.then(|| Self { name: name.to_owned(), file, data_offset, cells, cell_bytes, rows })
    }

    /// What it is called.
    pub(in crate::data) fn name(&self) -> &str {
        &self.name
    }

    /// How many values it has.
    pub(in crate::data) fn rows(&self) -> u64 {
        self.rows
    }

    /// The file that it lies in.
    pub(in crate::data) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Hands on the values of some rows.
    fn read(&self, rows: Range<u32>, on: &mut dyn FnMut(Scalar<'_>)) -> Result<(), ImageError> {
        let at_once = u32::try_from(BLOCK_BYTES / self.cell_bytes).unwrap_or(u32::MAX).max(1);
        let mut block = Vec::new();
        let mut first = rows.start;
        self.file.check_unchanged()?;
        while first < rows.end {
            let count = at_once.min(rows.end - first);
            block.resize(count as usize * self.cell_bytes, 0);
            self.file.read_exact_at(&mut block, self.data_offset + u64::from(first) * self.cell_bytes as u64)?;
            block.chunks(self.cell_bytes).for_each(|cell| on(self.cell(cell)));
            first += count;
        }
        Ok(self.file.check_unchanged()?)
    }

    fn cell<'a>(&self, bytes: &'a [u8]) -> Scalar<'a> {
        match self.cells {
            Cells::Numbers(stored) => scalar(stored.number(bytes)),
            Cells::Bytes(_) | Cells::Padded => {
                let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                Scalar::Text(String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()))
            }
            Cells::Texts { big_endian, .. } => {
                let of =
                    |four: &[u8; 4]| if big_endian { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) };
                let mut letters: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(of).collect();
                letters.truncate(letters.iter().rposition(|letter| *letter != 0).map_or(0, |last| last + 1));
                let letters =
                    letters.into_iter().map(|letter| char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER));
                Scalar::Text(Cow::Owned(letters.collect()))
            }
        }
    }
}

/// A number as a record would hold it: floats of fewer than 64 bits by their own digits.
fn scalar(number: Number) -> Scalar<'static> {
    match number {
        Number::Flag(flag) => Scalar::Flag(flag),
        Number::Unsigned(value) => Scalar::Unsigned(value),
        Number::Signed(value) => u64::try_from(value).map_or(Scalar::Signed(value), Scalar::Unsigned),
        float if !float.value().is_finite() => Scalar::Null,
        Number::Float64(value) => Scalar::Float(value),
        float => Scalar::Float(float.to_string().parse().unwrap_or(float.value())),
    }
}

/// Columns of as many values as there are drawings.
#[derive(Debug)]
pub(in crate::data) struct OwnColumns {
    columns: Vec<ColumnArray>,
    /// Whether they lie in a file of their own.
    apart: bool,
}

impl OwnColumns {
    /// Those of some columns that have `rows` values; `None` where none has. `apart` is whether they lie in another file than the
    /// drawings.
    pub(in crate::data) fn of(columns: Vec<ColumnArray>, rows: u32, apart: bool) -> Option<Self> {
        let columns: Vec<ColumnArray> = columns.into_iter().filter(|column| column.rows == u64::from(rows)).collect();
        (!columns.is_empty()).then_some(Self { columns, apart })
    }
}

impl OwnRecords for OwnColumns {
    fn bytes(&self) -> u64 {
        self.columns.iter().map(|column| column.rows * column.cell_bytes as u64).sum()
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        // Column by column, so that each is read in one go.
        let mut all: Vec<Vec<Scalar<'static>>> = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let mut values = Vec::with_capacity(rows.len());
            column.read(rows.clone(), &mut |value| values.push(owned(value)))?;
            all.push(values);
        }
        let mut builder = BatchBuilder::new();
        for row in 0..rows.len() {
            builder.push_row();
            for (column, values) in self.columns.iter().zip(&all) {
                if let (Some(slot), Some(value)) = (builder.slot(&column.name), values.get(row)) {
                    builder.set_slot(slot, value);
                }
            }
        }
        Ok(builder.finish())
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        let mut record = Map::new();
        for column in &self.columns {
            column.read(row..row.saturating_add(1), &mut |value| {
                record.insert(column.name.clone(), in_json(value));
            })?;
        }
        Ok(Value::Object(record).to_string())
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(ColumnArray::name).collect()
    }

    fn path(&self) -> Option<&Path> {
        self.columns.first().filter(|_| self.apart).map(|column| column.file.path())
    }
}

fn owned(value: Scalar<'_>) -> Scalar<'static> {
    match value {
        Scalar::Flag(flag) => Scalar::Flag(flag),
        Scalar::Unsigned(value) => Scalar::Unsigned(value),
        Scalar::Signed(value) => Scalar::Signed(value),
        Scalar::Float(value) => Scalar::Float(value),
        Scalar::Text(text) => Scalar::Text(Cow::Owned(text.into_owned())),
        _ => Scalar::Null,
    }
}

fn in_json(value: Scalar<'_>) -> Value {
    match value {
        Scalar::Flag(flag) => flag.into(),
        Scalar::Unsigned(value) => value.into(),
        Scalar::Signed(value) => value.into(),
        Scalar::Float(value) => value.into(),
        Scalar::Text(text) => text.into(),
        _ => Value::Null,
    }
}
