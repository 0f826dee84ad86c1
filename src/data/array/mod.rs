//! Arrays in files as drawings: what the axes of a shape mean, and where the values of a drawing lie. The format has read the
//! header (`crate::data::formats`); here it is checked against the file before anything is believed.

mod axes;
mod candidates;
mod order;
mod probe;
mod readings;
mod refusal;
mod shape;
mod transpose;

use std::path::Path;

use crate::data::file::PlainFile;
use crate::data::source::{Element, ImageError, ImageFault, ImageSource, Reread, refuse_unless_within};

pub use axes::{Axes, AxesError};
pub use probe::ArrayProbe;
pub(in crate::data) use probe::{ArrayHeader, drawings_of};
pub use readings::{Counted, ShapeOptions, Told};
pub(in crate::data) use shape::shown;

use shape::Reading;

/// An array in a file, of which it is decided what its axes mean. Only the header was read.
#[derive(Debug)]
pub struct ArrayFile {
    file: PlainFile,
    element: Element,
    data_offset: u64,
    reading: Reading,
}

impl ImageSource for ArrayFile {
    fn rows(&self) -> u32 {
        self.reading.rows
    }

    fn height(&self) -> u32 {
        self.reading.height
    }

    fn width(&self) -> u32 {
        self.reading.width
    }

    fn element(&self) -> Element {
        self.element
    }

    fn axes(&self) -> Axes {
        self.reading.axes.clone()
    }

    fn reread(&self) -> Reread {
        if self.file.is_copy() { Reread::Spool } else { Reread::Seek }
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        refuse_unless_within(self, first, out.len())?;
        let first = u64::from(first);
        self.file.check_unchanged()?;
        self.reading.order.read_rows(&self.file, self.data_offset, first, self.drawing_bytes(), out)?;
        // A writer may have come in between; then some of these rows are old and some new.
        self.file.check_unchanged()?;
        match self.element {
            Element::U8 => Ok(()),
            Element::Bool => self.widen_bools(first, out),
        }
    }

    fn path(&self) -> Option<&Path> {
        Some(self.file.path())
    }

    fn note(&self) -> Option<&str> {
        self.file.note()
    }

    fn fate(&self) -> Option<String> {
        self.file.fate()
    }
}

impl ArrayFile {
    /// 0 and 1 become 0 and 255; anything else is an error that names its offset in the file.
    fn widen_bools(&self, first: u64, out: &mut [u8]) -> Result<(), ImageError> {
        let drawing = self.drawing_bytes();
        if let Some(i) = out.iter().position(|value| *value > 1) {
            let value = out.get(i).copied().unwrap_or_default();
            let row = first + (i / drawing) as u64;
            let offset = self.reading.order.offset_of(self.data_offset, row, i % drawing);
            return Err(ImageFault::BadBool { offset, value }.at(self.file.path()));
        }
        for value in out {
            *value *= 255;
        }
        Ok(())
    }
}
