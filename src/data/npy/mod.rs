//! Bitmap files: `.npy` arrays of uint8 or bool, whose headers are checked against the file before anything is believed.

mod dtype;
mod error;
mod fortran;
mod header;
mod shape;
mod sniff;

use std::path::Path;

use crate::data::file::{PlainFile, Spool};

pub use error::{NpyError, NpyFault};
pub use shape::MAX_SIDE;

use dtype::Element;
use fortran::Planes;
use header::Header;
use shape::Geometry;

/// The most drawings of one file: a row and "row + 1" both fit 32 bits.
pub const MAX_ROWS: u32 = u32::MAX - 1;

/// An opened bitmap file. Only its header was read; rows are read at positions, from any thread.
#[derive(Debug)]
pub struct NpyFile {
    file: PlainFile,
    element: Element,
    fortran_order: bool,
    /// Axis lengths behind the first, for Fortran order.
    axes: Vec<usize>,
    data_offset: u64,
    rows: u32,
    height: u32,
    width: u32,
}

impl NpyFile {
    /// Opens `path` and checks its header against its length. `shape` is the (height, width) that the user named, in pixels.
    pub fn open(path: &Path, shape: Option<(u32, u32)>) -> Result<Self, NpyError> {
        Self::of(PlainFile::open(path, &Spool::default(), &may_be)?, shape)
    }

    /// The same of a file that is open already.
    pub fn of(file: PlainFile, shape: Option<(u32, u32)>) -> Result<Self, NpyError> {
        let mut start = vec![0; file.len().min(header::HEADER_BYTES as u64) as usize];
        let got = file.read_up_to_at(&mut start, 0)?;
        start.truncate(got);
        let opened = Self::check(&start, file.len(), shape).map_err(|fault| fault.at(file.path()))?;
        let Checked { header, element, geometry, rows } = opened;
        Ok(Self {
            file,
            element,
            fortran_order: header.fortran_order,
            axes: header.shape.get(1..).unwrap_or_default().to_vec(),
            data_offset: header.data_offset,
            rows,
            height: geometry.height,
            width: geometry.width,
        })
    }

    fn check(start: &[u8], file_len: u64, shape: Option<(u32, u32)>) -> Result<Checked, NpyFault> {
        if let Some(fault) = sniff::fault_of(start) {
            return Err(fault);
        }
        let header = header::parse(start)?;
        let element = Element::of(&header.descr)?;
        let geometry = Geometry::of(&header.shape, shape)?;
        let has = file_len.saturating_sub(header.data_offset);
        let claimed = geometry.rows.checked_mul(geometry.drawing_bytes());
        if claimed != Some(has) {
            let spare = claimed.is_some_and(|claimed| claimed < has);
            return Err(NpyFault::Length {
                claimed: format!("{} × {}", geometry.rows, geometry.drawing_bytes()),
                has,
                verdict: if spare { "there are bytes to spare" } else { "it was cut short; get it again" },
            });
        }
        let rows = u32::try_from(geometry.rows).ok().filter(|rows| *rows <= MAX_ROWS);
        let rows = rows.ok_or_else(|| NpyFault::Shape {
            shape: shape::shown(&header.shape),
            what: format!("at most {MAX_ROWS} drawings are accepted"),
        })?;
        Ok(Checked { header, element, geometry, rows })
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Drawings in the file, at least 1.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// `"uint8"` or `"bool"`.
    pub fn dtype(&self) -> &'static str {
        self.element.name()
    }

    /// Bytes of all drawings, without the header.
    pub fn bytes(&self) -> u64 {
        u64::from(self.rows) * self.drawing_bytes() as u64
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
        if end > u64::from(self.rows) {
            return Err(NpyFault::OutOfRange { first, end, rows: self.rows }.at(self.path()));
        }
        self.file.check_unchanged()?;
        if self.fortran_order {
            self.planes().read_rows(first, drawing, out)?;
        } else {
            self.file.read_exact_at(out, self.data_offset + first * drawing as u64)?;
        }
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

    fn planes(&self) -> Planes<'_> {
        Planes { file: &self.file, data_offset: self.data_offset, rows: u64::from(self.rows), axes: &self.axes }
    }

    fn drawing_bytes(&self) -> usize {
        self.height as usize * self.width as usize
    }

    /// 0 and 1 become 0 and 255; anything else is an error that names its offset in the file.
    fn widen_bools(&self, first: u64, out: &mut [u8]) -> Result<(), NpyError> {
        let drawing = self.drawing_bytes();
        if let Some(i) = out.iter().position(|value| *value > 1) {
            let value = out.get(i).copied().unwrap_or_default();
            let row = first + (i / drawing) as u64;
            let offset = if self.fortran_order {
                self.planes().offset_of(row, i % drawing)
            } else {
                self.data_offset + first * drawing as u64 + i as u64
            };
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

/// What the gate lets through.
struct Checked {
    header: Header,
    element: Element,
    geometry: Geometry,
    rows: u32,
}
