//! An array whose header was checked against its file, before it is decided which of its axes counts the drawings.

use std::path::Path;

use super::readings::{Counted, Readings, ShapeOptions, Told};
use super::shape::{Array, shown};
use super::{ArrayFile, Reading};
use crate::data::file::PlainFile;
use crate::data::source::{Element, ImageError, ImageFault, MAX_ROWS};

/// What a header says of an array, unchecked.
#[derive(Clone, Debug)]
pub(in crate::data) struct ArrayHeader {
    pub(in crate::data) element: Element,
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
    element: Element,
    data_offset: u64,
    readings: Readings,
}

impl ArrayProbe {
    /// Checks what the header of a file says against its length.
    pub(in crate::data) fn of(
        file: PlainFile,
        header: ArrayHeader,
        options: &ShapeOptions,
    ) -> Result<Self, ImageError> {
        let ArrayHeader { element, data_offset, .. } = header;
        let readings = check(header, file.len(), options).map_err(|fault| fault.at(file.path()))?;
        Ok(Self { file, element, data_offset, readings })
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
        let Self { file, element, data_offset, readings } = self;
        let (reading, told) = readings.decide(counted).map_err(|fault| fault.at(file.path()))?;
        Ok((ArrayFile { file, element, data_offset, reading }, told))
    }
}

/// Drawings, height and width that an array of this header would have by itself; `None` where it would be refused.
pub(in crate::data) fn drawings_of(header: &ArrayHeader, options: &ShapeOptions) -> Option<(u32, u32, u32)> {
    let array = Array { shape: header.shape.clone(), fortran_order: header.fortran_order };
    if array.shape.contains(&0) {
        return None;
    }
    let readings = Readings::of(array, options, header.element == Element::U8).ok()?;
    let (Reading { rows, height, width, .. }, _) = readings.decide(None).ok()?;
    Some((rows, height, width))
}

/// What the shape may mean, by the header and the file's length.
fn check(header: ArrayHeader, file_len: u64, options: &ShapeOptions) -> Result<Readings, ImageFault> {
    let ArrayHeader { element, shape, fortran_order, data_offset } = header;
    let array = Array { shape, fortran_order };
    if array.shape.iter().skip(1).any(|&axis| axis == 0) {
        return Err(array.refuse("an axis of length 0 has no pixels".to_owned()));
    }
    if array.shape.first() == Some(&0) {
        return Err(ImageFault::NoDrawings { shape: shown(&array.shape) });
    }
    let has = file_len.saturating_sub(data_offset);
    let claimed = array.values();
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
    match (Readings::of(array, options, element == Element::U8), length) {
        (Ok(readings), None) => Ok(readings),
        // What the shape is comes first, unless it is a number that the file belies.
        (Ok(readings), Some(length)) => Err(readings.decide(None).err().unwrap_or(length)),
        (Err(_), Some(length)) if too_many => Err(length),
        (Err(fault), _) => Err(fault),
    }
}
