//! An array whose header was checked against its file, before it is decided which of its axes counts the drawings.

use std::path::Path;
use std::sync::OnceLock;

use super::readings::{Counted, Readings, ShapeOptions, Told};
use super::shape::{Array, shown};
use super::{ArrayFile, Reading};
use crate::data::file::PlainFile;
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::data::source::{ColumnArray, ImageError, ImageFault, MAX_ROWS, OwnColumns, OwnRecords, Stored};

/// What a header says of an array, unchecked.
#[derive(Clone, Debug)]
pub(in crate::data) struct ArrayHeader {
    pub(in crate::data) stored: Stored,
    /// Axis lengths, as numpy prints them.
    pub(in crate::data) shape: Vec<usize>,
    /// First axis fastest.
    pub(in crate::data) fortran_order: bool,
    /// Where the values begin, in bytes from the start of the file.
    pub(in crate::data) data_offset: u64,
}

/// An array whose header was checked, before it is decided which of its axes counts the drawings.
#[derive(Debug)]
pub struct ArrayProbe {
    file: PlainFile,
    stored: Stored,
    data_offset: u64,
    readings: Readings,
    /// Arrays of one value each that may belong to the drawings, and whether they lie in another file.
    columns: (Vec<ColumnArray>, bool),
    /// Records that come along, where each drawing is a row.
    records: Option<(u64, Box<dyn OwnRecords>)>,
}

impl ArrayProbe {
    /// Checks what the header of a file says against its length.
    pub(in crate::data) fn of(
        file: PlainFile,
        header: ArrayHeader,
        options: &ShapeOptions,
    ) -> Result<Self, ImageError> {
        let ArrayHeader { stored, data_offset, .. } = header;
        let readings = check(header, file.len(), options).map_err(|fault| fault.at(file.path()))?;
        Ok(Self { file, stored, data_offset, readings, columns: (Vec::new(), false), records: None })
    }

    /// Takes arrays that become columns where they have a value for each drawing; `apart` is whether they lie in another file.
    pub(in crate::data) fn take_columns(&mut self, columns: Vec<ColumnArray>, apart: bool) {
        self.columns = (columns, apart);
    }

    /// Takes further ones from another file, where none lie beside it and it may hold as many drawings; gives them back where not.
    pub(in crate::data) fn take_more_columns(&mut self, more: Vec<ColumnArray>) -> Result<(), Vec<ColumnArray>> {
        let (columns, apart) = &mut self.columns;
        let rows = more.first().map_or(0, ColumnArray::rows);
        let is_own = columns.first().is_some_and(|column| !*apart || column.rows() != rows) || self.records.is_some();
        if is_own || !self.readings.may_have(rows) {
            return Err(more);
        }
        columns.extend(more);
        *apart = true;
        Ok(())
    }

    /// Takes so many records, which belong to the drawings where these are as many.
    pub(in crate::data) fn take_records(&mut self, rows: u64, records: Box<dyn OwnRecords>) {
        self.records = Some((rows, records));
    }

    /// The files of their own that such arrays lie in.
    pub(in crate::data) fn columns_paths(&self) -> impl Iterator<Item = &Path> {
        let (columns, apart) = &self.columns;
        columns.iter().filter(|_| *apart).map(ColumnArray::path)
    }

    /// The most drawings that it may hold.
    pub(in crate::data) fn most_rows(&self) -> u32 {
        self.readings.most_rows()
    }

    /// Whether it holds drawings beyond doubt, by its header.
    pub fn is_sure(&self) -> bool {
        self.readings.are_sure()
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// How many of its records must be counted to decide; `None` where their number would change nothing.
    pub fn counts_to(&self) -> Option<u32> {
        self.readings.counts_to()
    }

    /// Whether it may hold a single drawing.
    pub fn may_be_one(&self) -> bool {
        self.readings.may_be_one()
    }

    /// Decides, and says what the user should know of it.
    pub fn decide(self, counted: Option<Counted>) -> Result<(ArrayFile, Told), ImageError> {
        let counted = counted.or_else(|| self.counted());
        let Self { file, stored, data_offset, readings, columns: (columns, apart), records } = self;
        let (reading, told) = readings.decide(counted).map_err(|fault| fault.at(file.path()))?;
        let left_out =
            columns.first().filter(|column| apart && column.rows() != u64::from(reading.rows)).map(|column| {
                let (name, rows) = (file_name(column.path()), column.rows());
                format!("its labels in \"{name}\" are left out: they are {rows}, and the drawings {}", reading.rows)
            });
        let told = match (told, left_out) {
            (told, None) => told,
            (None, Some(text)) => Some((Severity::Warning, text)),
            (Some((_, told)), Some(text)) => Some((Severity::Warning, format!("{told}; {text}"))),
        };
        let columns =
            OwnColumns::of(columns, reading.rows, apart).map(|columns| Box::new(columns) as Box<dyn OwnRecords>);
        let records = records.filter(|(rows, _)| *rows == u64::from(reading.rows)).map(|(_, records)| records);
        let records = columns.or(records);
        Ok((ArrayFile { file, stored, data_offset, reading, scale: OnceLock::new(), records }, told))
    }

    /// How many values the arrays beside it have, where all have as many and that may decide what its axes mean.
    fn counted(&self) -> Option<Counted> {
        let (columns, apart) = &self.columns;
        self.counts_to().filter(|_| !apart)?;
        let records = u32::try_from(columns.first()?.rows()).ok()?;
        let are_alike = columns.iter().all(|column| column.rows() == u64::from(records));
        are_alike.then_some(Counted { records, and_more: false })
    }
}

/// Drawings, height and width that an array of this header would have by itself; `None` where it would be refused.
pub(in crate::data) fn drawings_of(header: &ArrayHeader, options: &ShapeOptions) -> Option<(u32, u32, u32)> {
    let ArrayHeader { stored, shape, fortran_order, .. } = header.clone();
    let array = Array { shape, fortran_order, element: stored.element };
    if array.shape.contains(&0) {
        return None;
    }
    let readings = Readings::of(array, options).ok()?;
    let (Reading { rows, height, width, .. }, _) = readings.decide(None).ok()?;
    Some((rows, height, width))
}

/// What the shape may mean, by the header and the file's length.
fn check(header: ArrayHeader, file_len: u64, options: &ShapeOptions) -> Result<Readings, ImageFault> {
    let ArrayHeader { stored, shape, fortran_order, data_offset } = header;
    let array = Array { shape, fortran_order, element: stored.element };
    if array.shape.iter().skip(1).any(|&axis| axis == 0) {
        return Err(array.refuse("an axis of length 0 has no pixels".to_owned()));
    }
    if array.shape.first() == Some(&0) {
        return Err(ImageFault::NoDrawings { shape: shown(&array.shape) });
    }
    let has = file_len.saturating_sub(data_offset);
    let claimed = array.bytes();
    let length = (claimed != Some(has)).then(|| ImageFault::Length {
        claimed: array.claim(),
        has,
        verdict: if claimed.is_some_and(|claimed| claimed < has) {
            "there are bytes to spare"
        } else {
            "it was cut short; get it again"
        },
    });
    let too_many = array.shape.first().is_some_and(|&rows| rows as u64 > u64::from(MAX_ROWS));
    match (Readings::of(array, options), length) {
        (Ok(readings), None) => Ok(readings),
        // What the shape is comes first, unless it is a number that the file belies.
        (Ok(readings), Some(length)) => Err(readings.decide(None).err().unwrap_or(length)),
        (Err(_), Some(length)) if too_many => Err(length),
        (Err(fault), _) => Err(fault),
    }
}
