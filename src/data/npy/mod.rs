//! Bitmap files: `.npy` arrays of uint8 or bool, whose headers are checked against the file before anything is believed.

mod axes;
mod candidates;
mod dtype;
mod error;
mod header;
mod order;
mod pairs;
mod readings;
mod refusal;
mod shape;
mod sniff;
mod transpose;
mod zip;

use std::path::Path;

use crate::data::file::{PlainFile, Spool};

pub use axes::{Axes, AxesError};
pub use error::{NpyError, NpyFault};
pub use pairs::PairsFile;
pub use readings::{Counted, ShapeOptions, Told};
pub use shape::{MAX_ROWS, MAX_SIDE};

use dtype::Element;
use readings::Readings;
use shape::{Array, Reading};

/// An opened bitmap file. Only its header was read; rows are read at positions, from any thread.
#[derive(Debug)]
pub struct NpyFile {
    file: PlainFile,
    element: Element,
    data_offset: u64,
    reading: Reading,
}

/// A bitmap file whose header was checked, before it is decided which of its axes counts the drawings.
#[derive(Debug)]
pub struct NpyProbe {
    file: PlainFile,
    element: Element,
    data_offset: u64,
    readings: Readings,
}

impl NpyProbe {
    /// Opens `path` and checks its header against its length.
    pub fn open(path: &Path, options: &ShapeOptions) -> Result<Self, NpyError> {
        Self::of(PlainFile::open(path, &Spool::default(), &may_be)?, options)
    }

    /// The same of a file that is open already.
    pub fn of(file: PlainFile, options: &ShapeOptions) -> Result<Self, NpyError> {
        let mut start = vec![0; file.len().min(header::HEADER_BYTES as u64) as usize];
        let got = file.read_up_to_at(&mut start, 0)?;
        start.truncate(got);
        if let Some(fault) = Some(&file).filter(|_| start.starts_with(zip::MAGIC)).and_then(zip::fault_of) {
            return Err(fault.at(file.path()));
        }
        let checked = check(&start, file.len(), options).map_err(|fault| fault.at(file.path()))?;
        let (element, data_offset, readings) = checked;
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
    pub fn decide(self, counted: Option<Counted>) -> Result<(NpyFile, Told), NpyError> {
        let Self { file, element, data_offset, readings } = self;
        let (reading, told) = readings.decide(counted).map_err(|fault| fault.at(file.path()))?;
        Ok((NpyFile { file, element, data_offset, reading }, told))
    }
}

/// Element type, where the values begin, and what the shape may mean, by the header and the file's length.
fn check(start: &[u8], file_len: u64, options: &ShapeOptions) -> Result<(Element, u64, Readings), NpyFault> {
    if let Some(fault) = sniff::fault_of(start) {
        return Err(fault);
    }
    let header = header::parse(start)?;
    let element = Element::of(&header.descr).map_err(|fault| match fault {
        NpyFault::Dtype { dtype, meaning, .. } => NpyFault::Dtype { dtype, meaning, lengths: header.shape.clone() },
        fault => fault,
    })?;
    let array = Array { shape: header.shape, fortran_order: header.fortran_order };
    if array.shape.iter().skip(1).any(|&axis| axis == 0) {
        return Err(array.refuse("an axis of length 0 has no pixels".to_owned()));
    }
    if array.shape.first() == Some(&0) {
        return Err(NpyFault::NoDrawings { shape: shape::shown(&array.shape) });
    }
    let has = file_len.saturating_sub(header.data_offset);
    let claimed = array.values();
    let length = (claimed != Some(has)).then(|| NpyFault::Length {
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
        (Ok(readings), None) => Ok((element, header.data_offset, readings)),
        // What the shape is comes first, unless it is a number that the file belies.
        (Ok(readings), Some(length)) => Err(readings.decide(None).err().unwrap_or(length)),
        (Err(_), Some(length)) if too_many => Err(length),
        (Err(fault), _) => Err(fault),
    }
}

impl NpyFile {
    /// Opens a file of which nothing else is known; `shape` is the (height, width) that the user named, in pixels.
    pub fn open(path: &Path, shape: Option<(u32, u32)>) -> Result<Self, NpyError> {
        let probe = NpyProbe::open(path, &ShapeOptions { size: shape, axes: None })?;
        Ok(probe.decide(None)?.0)
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Drawings in the file, at least 1.
    pub fn rows(&self) -> u32 {
        self.reading.rows
    }

    /// Pixels.
    pub fn height(&self) -> u32 {
        self.reading.height
    }

    /// Pixels.
    pub fn width(&self) -> u32 {
        self.reading.width
    }

    /// What each axis of the array means.
    pub fn axes(&self) -> &Axes {
        &self.reading.axes
    }

    /// `"uint8"` or `"bool"`.
    pub fn dtype(&self) -> &'static str {
        self.element.name()
    }

    /// Bytes of all drawings, without the header.
    pub fn bytes(&self) -> u64 {
        u64::from(self.rows()) * self.drawing_bytes() as u64
    }

    /// Reads the rows `first, first + 1, …` that fill `out`, whose length is a multiple of height × width. A drawing's
    /// pixels come row by row from the top, 0 = paper, 255 = ink, whatever order and type the file has. Fails when the file has
    /// been changed since it was opened; what `out` holds after an error is of no use.
    pub fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), NpyError> {
        let drawing = self.drawing_bytes();
        if !out.len().is_multiple_of(drawing) {
            return Err(NpyFault::Buffer { len: out.len(), drawing }.at(self.path()));
        }
        let first = u64::from(first);
        let end = first + (out.len() / drawing) as u64;
        if end > u64::from(self.rows()) {
            return Err(NpyFault::OutOfRange { first, end, rows: self.rows() }.at(self.path()));
        }
        self.file.check_unchanged()?;
        self.reading.order.read_rows(&self.file, self.data_offset, first, drawing, out)?;
        // A writer may have come in between; then some of these rows are old and some new.
        self.file.check_unchanged()?;
        match self.element {
            Element::U8 => Ok(()),
            Element::Bool => self.widen_bools(first, out),
        }
    }

    /// What was done to read it, where that costs something: for the load report.
    pub fn note(&self) -> Option<&str> {
        self.file.note()
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    pub fn fate(&self) -> Option<String> {
        self.file.fate()
    }

    fn drawing_bytes(&self) -> usize {
        self.height() as usize * self.width() as usize
    }

    /// 0 and 1 become 0 and 255; anything else is an error that names its offset in the file.
    fn widen_bools(&self, first: u64, out: &mut [u8]) -> Result<(), NpyError> {
        let drawing = self.drawing_bytes();
        if let Some(i) = out.iter().position(|value| *value > 1) {
            let value = out.get(i).copied().unwrap_or_default();
            let row = first + (i / drawing) as u64;
            let offset = self.reading.order.offset_of(self.data_offset, row, i % drawing);
            return Err(NpyFault::BadBool { offset, value }.at(self.path()));
        }
        for value in out {
            *value *= 255;
        }
        Ok(())
    }
}

/// Whether a file that begins with `head` is a `.npy` file at all.
pub fn is_npy(head: &[u8]) -> bool {
    head.starts_with(sniff::MAGIC)
}

/// Whether a file that begins with `head` may be opened, its length apart: nothing large is unpacked only to be refused.
pub fn may_be(head: &[u8]) -> bool {
    let head = head.get(..header::HEADER_BYTES).unwrap_or(head);
    sniff::fault_of(head).is_none() && header::parse(head).is_ok_and(|header| Element::of(&header.descr).is_ok())
}
