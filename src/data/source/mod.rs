//! Where drawings come from, whatever holds them: one trait for files, what is made up and what lies in memory.
//!
//! All that a data set reads of its parts goes through [`ImageSource`]: blocks of rows while loading, single drawings when
//! somebody looks at them. A format (`crate::data::formats`) makes one of a file.

mod column;
mod deep;
mod element;
mod error;
mod lines;
mod memory;
mod original;
mod records;
mod scan;
mod scattered;
mod turned;

pub(in crate::data) use column::{Cells, ColumnArray, OwnColumns};
pub(in crate::data) use deep::both;
pub use deep::{DeepEnds, Ends};
pub use element::{Element, Stored};
pub use error::{ImageError, ImageFault};
pub(in crate::data) use lines::{LinesMaking, RecordLines};
pub use memory::MemoryImages;
pub use original::{OriginalPicture, OwnValues, ReducedFrom};
pub use records::OwnRecords;
pub(in crate::data) use scan::{Watch, finer_of, spread_of};
pub use turned::Turned;

use std::fmt;
use std::path::Path;

use crate::data::array::Axes;
use crate::data::values::Scale;
pub use crate::data::values::{Number, PixelValue};

/// The largest height and width of a drawing, in pixels.
pub const MAX_SIDE: u32 = 4096;

/// The most drawings of one source: a row and "row + 1" both fit 32 bits.
pub const MAX_ROWS: u32 = u32::MAX - 1;

/// What it costs to read a row again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reread {
    /// Nothing but copying it: the values are in memory.
    Memory,
    /// A read at a position of the file.
    Seek,
    /// A read at a position of the temporary file that the content was unpacked into, or kept in.
    Spool,
    /// Making it again, which takes as long as the first time.
    Computed,
}

/// Bytes between two drawings that are read along rather than left out: as many take no longer than another read.
const GAP_BYTES: usize = 16 << 10;

impl Reread {
    /// Bytes of drawings nobody asked for that may be read along to save a read.
    fn gap_bytes(self) -> usize {
        match self {
            Self::Seek | Self::Spool => GAP_BYTES,
            Self::Memory | Self::Computed => 0,
        }
    }
}

/// Drawings of one size, numbered from 0. Reading takes `&self` and is safe from several threads.
pub trait ImageSource: fmt::Debug + Send + Sync {
    /// Drawings, at least 1 and at most [`MAX_ROWS`].
    fn rows(&self) -> u32;

    /// Pixels, at least 1 and at most [`MAX_SIDE`].
    fn height(&self) -> u32;

    /// Pixels, at least 1 and at most [`MAX_SIDE`].
    fn width(&self) -> u32;

    /// Bytes that a pixel is read as: 1, its ink, or 4, its red, green, blue and alpha as they are encoded (sRGB), not multiplied by alpha.
    fn channels(&self) -> u32 {
        1
    }

    /// Values that a pixel has in the file: 1, 3 or 4. Three are read as four, opaque.
    fn file_channels(&self) -> u32 {
        self.channels()
    }

    /// What a value is.
    fn element(&self) -> Element;

    /// What each axis of the values means.
    fn axes(&self) -> Axes {
        Axes::plain()
    }

    /// What reading a row again costs.
    fn reread(&self) -> Reread;

    /// Reads the rows `first, first + 1, …` that fill `out`, whose length is a multiple of [`Self::drawing_bytes`]. A drawing's
    /// pixels come row by row from the top, 0 = paper, 255 = ink, or four bytes of colour each, whatever order and type the file has. Values
    /// of types that need a range become bytes by that of [`Self::show_with`]; where none was set, all are looked at first. Fails when
    /// the file has been changed since it was opened; what `out` holds after an error is of no use. Besides `out` no more is held than
    /// a few megabytes, or one drawing where that is more.
    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError>;

    /// Reads rows from anywhere, in the order in which they are named, as [`Self::read_rows`] does; a row may be named twice.
    /// They are read by position, neighbours at once.
    fn read_scattered(&self, rows: &[u32], out: &mut [u8]) -> Result<(), ImageError> {
        scattered::read(self, rows, out)
    }

    /// One pixel of a drawing, by its place in it; `None` where the drawing has fewer.
    fn pixel(&self, row: u32, at: usize) -> Result<Option<PixelValue>, ImageError> {
        let mut values = vec![0; self.drawing_bytes()];
        self.read_scattered(&[row], &mut values)?;
        let element = self.element();
        let pixel = values.chunks(self.channels() as usize).nth(at).unwrap_or_default();
        Ok(PixelValue::of(pixel.iter().take(self.file_channels() as usize).map(|&read| element.own(read))))
    }

    /// Puts the values of `rows` rows from `first` on into `out`, [`Self::file_channels`] a pixel, as the nearest 64-bit floats, whatever
    /// range they are shown with.
    fn own_values(&self, first: u32, rows: u32, out: &mut Vec<f64>) -> Result<(), ImageError> {
        let mut read = vec![0; self.drawing_bytes() * rows as usize];
        self.read_rows(first, &mut read)?;
        let (element, own) = (self.element(), self.file_channels() as usize);
        let pixels = read.chunks(self.channels() as usize);
        out.clear();
        out.extend(pixels.flat_map(|pixel| pixel.iter().take(own)).map(|&read| element.own(read).value()));
        Ok(())
    }

    /// Sets how values become bytes where their type needs a range. Only the first call counts: what was read once stays as it is.
    fn show_with(&self, _scale: Scale) {}

    /// Whether the range that was asked for is not for bytes: rows whose values have more come by it, all others as they are.
    fn is_by_range(&self) -> bool {
        false
    }

    /// The ends of the values of its pictures that have more than 8 bits a value, as far as these were decoded.
    fn deep_ends(&self) -> DeepEnds {
        DeepEnds::default()
    }

    /// Whether some rows show pictures smaller than these are.
    fn is_reduced(&self) -> bool {
        false
    }

    /// The sizes of a picture that a row shows smaller than it is; `None` of other rows.
    fn reduced_from(&self, _row: u32) -> Option<ReducedFrom> {
        None
    }

    /// Height and width in pixels of the picture that a row was made of, where these are not those of its drawing, or its values are not
    /// the drawing's.
    fn own_size(&self, _row: u32) -> Option<(u32, u32)> {
        None
    }

    /// Whether a row has nothing to show, since its picture cannot be decoded: known once it has been read.
    fn is_broken(&self, _row: u32) -> bool {
        false
    }

    /// How the picture that a row was made of is turned to be seen; `None` where it is not, and of other rows.
    fn turned(&self, _row: u32) -> Option<Turned> {
        None
    }

    /// What the picture of each row is called; `None` of rows that are no pictures.
    fn names(&self) -> Option<Box<dyn Iterator<Item = &str> + '_>> {
        None
    }

    /// The picture that a row was made of, in its own size, with the values of its file where these are others and asked for; `None` where
    /// the row is all that there is, or it cannot be decoded.
    fn original(&self, _row: u32, _with_values: bool) -> Result<Option<OriginalPicture>, ImageError> {
        Ok(None)
    }

    /// The file; `None` where there is none.
    fn path(&self) -> Option<&Path> {
        None
    }

    /// All files that are read.
    fn files(&self) -> Box<dyn Iterator<Item = &Path> + '_> {
        Box::new(self.path().into_iter())
    }

    /// What is drawn, where the source knows; else a file's name says it.
    fn category(&self) -> Option<&str> {
        None
    }

    /// The records that it brings along.
    fn own_records(&self) -> Option<&dyn OwnRecords> {
        None
    }

    /// What its drawings are known again by, where their values and their size depend on how they are opened: bytes that are the same
    /// however that is. `None` where the values themselves will do.
    fn known_by(&self) -> Result<Option<Vec<u8>>, ImageError> {
        Ok(None)
    }

    /// What was done to read it, where that costs something: for the load report.
    fn note(&self) -> Option<&str> {
        None
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    fn fate(&self) -> Option<String> {
        None
    }

    /// Bytes of one drawing, one a value.
    fn drawing_bytes(&self) -> usize {
        self.height() as usize * self.width() as usize * self.channels() as usize
    }

    /// Bytes of all drawings.
    fn bytes(&self) -> u64 {
        u64::from(self.rows()) * self.drawing_bytes() as u64
    }

    /// The usual name of the values' type.
    fn dtype(&self) -> &'static str {
        self.element().name()
    }
}

/// Refuses a read that does not lie within a source.
pub(super) fn refuse_unless_within<S: ImageSource + ?Sized>(
    source: &S,
    first: u32,
    len: usize,
) -> Result<(), ImageError> {
    let drawing = source.drawing_bytes();
    if !len.is_multiple_of(drawing) {
        return Err(at(source, ImageFault::Buffer { len, drawing }));
    }
    let first = u64::from(first);
    let end = first + (len / drawing) as u64;
    if end > u64::from(source.rows()) {
        return Err(at(source, ImageFault::OutOfRange { first, end, rows: source.rows() }));
    }
    Ok(())
}

/// Names the source that has this fault.
fn at<S: ImageSource + ?Sized>(source: &S, fault: ImageFault) -> ImageError {
    fault.at(source.path().unwrap_or(Path::new("these drawings come from no file")))
}
