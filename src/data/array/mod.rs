//! Arrays in files as drawings: what the axes of a shape mean, and where the values of a drawing lie. The format has read the
//! header (`crate::data::formats`); here it is checked against the file before anything is believed.

mod axes;
mod candidates;
mod convert;
mod order;
mod probe;
mod readings;
mod refusal;
mod shape;
mod transpose;

use std::path::Path;
use std::sync::OnceLock;

use crate::data::file::PlainFile;
use crate::data::source::{
    Element, ImageError, ImageFault, ImageSource, OwnRecords, Reread, Stored, refuse_unless_within,
};
use crate::data::values::{PixelValue, Scale};

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
    stored: Stored,
    data_offset: u64,
    reading: Reading,
    /// How values become bytes, where their type needs a range and that is known.
    scale: OnceLock<Scale>,
    /// What lies beside it with a value for each drawing.
    records: Option<Box<dyn OwnRecords>>,
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

    fn channels(&self) -> u32 {
        if self.reading.channels == 1 { 1 } else { 4 }
    }

    fn file_channels(&self) -> u32 {
        self.reading.channels
    }

    fn element(&self) -> Element {
        self.stored.element
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
        match self.stored.element {
            Element::Bool if self.reading.channels == 3 => {
                let mut stored = vec![0; out.len() / 4 * 3];
                self.read_stored(first, &mut stored)?;
                self.widen_bools(first, &mut stored)?;
                convert::widen(&stored, out);
                Ok(())
            }
            element if element.needs_range() || self.reading.channels == 3 => self.read_converted(first, out),
            Element::Bool => self.read_stored(first, out).and_then(|()| self.widen_bools(first, out)),
            _ => self.read_stored(first, out),
        }
    }

    fn pixel(&self, row: u32, at: usize) -> Result<Option<PixelValue>, ImageError> {
        self.own_pixel(row, at)
    }

    fn own_values(&self, first: u32, rows: u32, out: &mut Vec<f64>) -> Result<(), ImageError> {
        self.read_own(first, rows, out)
    }

    fn show_with(&self, scale: Scale) {
        self.scale.get_or_init(|| scale);
    }

    fn path(&self) -> Option<&Path> {
        Some(self.file.path())
    }

    fn own_records(&self) -> Option<&dyn OwnRecords> {
        self.records.as_deref()
    }

    fn note(&self) -> Option<&str> {
        self.file.note()
    }

    fn fate(&self) -> Option<String> {
        self.file.fate()
    }
}

impl ArrayFile {
    /// Reads rows as the file has them: the values of a drawing's pixels row by row, each in all its bytes.
    fn read_stored(&self, first: u64, out: &mut [u8]) -> Result<(), ImageError> {
        self.file.check_unchanged()?;
        self.reading.order.read_rows(&self.file, self.data_offset, first, self.stored_bytes(), out)?;
        // A writer may have come in between; then some of these rows are old and some new.
        self.file.check_unchanged()?;
        Ok(())
    }

    /// Bytes of a drawing in the file.
    fn stored_bytes(&self) -> usize {
        let Reading { height, width, channels, .. } = self.reading;
        height as usize * width as usize * channels as usize * self.stored.element.bytes()
    }

    /// 0 and 1 become 0 and 255; anything else is an error that names its offset in the file.
    fn widen_bools(&self, first: u64, out: &mut [u8]) -> Result<(), ImageError> {
        let drawing = self.stored_bytes();
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
