//! Drawings that lie in memory.

use super::error::{ImageError, ImageFault};
use super::{Element, ImageSource, MAX_ROWS, MAX_SIDE, Reread, refuse_unless_within};
use crate::data::array::shown;

/// Drawings that lie in memory, in ink or in colour.
#[derive(Debug)]
pub struct MemoryImages {
    rows: u32,
    height: u32,
    width: u32,
    channels: u32,
    values: Vec<u8>,
}

impl MemoryImages {
    /// Drawings of `height` × `width` pixels, one byte of ink each, one after the other.
    pub fn new(height: u32, width: u32, values: Vec<u8>) -> Result<Self, ImageFault> {
        Self::of(height, width, 1, values)
    }

    /// Drawings of `height` × `width` pixels in colour, four bytes each: red, green, blue and alpha as they are encoded (sRGB), not
    /// multiplied by alpha.
    pub fn colour(height: u32, width: u32, rgba: Vec<u8>) -> Result<Self, ImageFault> {
        Self::of(height, width, 4, rgba)
    }

    fn of(height: u32, width: u32, channels: u32, values: Vec<u8>) -> Result<Self, ImageFault> {
        let drawing = (height as usize * width as usize).saturating_mul(channels as usize);
        let shape = |what: String| {
            let mut lengths = vec![values.len().checked_div(drawing).unwrap_or(0), height as usize, width as usize];
            lengths.extend((channels > 1).then_some(channels as usize));
            ImageFault::Shape { shape: shown(&lengths), lengths, what }
        };
        if drawing == 0 || height.max(width) > MAX_SIDE {
            return Err(shape(format!("drawings have 1 to {MAX_SIDE} pixels a side")));
        }
        if values.is_empty() || !values.len().is_multiple_of(drawing) {
            return Err(ImageFault::Buffer { len: values.len(), drawing });
        }
        let rows = u32::try_from(values.len() / drawing).ok().filter(|rows| *rows <= MAX_ROWS);
        let rows = rows.ok_or_else(|| shape(format!("at most {MAX_ROWS} drawings are accepted")))?;
        Ok(Self { rows, height, width, channels, values })
    }
}

impl ImageSource for MemoryImages {
    fn rows(&self) -> u32 {
        self.rows
    }

    fn height(&self) -> u32 {
        self.height
    }

    fn width(&self) -> u32 {
        self.width
    }

    fn channels(&self) -> u32 {
        self.channels
    }

    fn element(&self) -> Element {
        Element::U8
    }

    fn reread(&self) -> Reread {
        Reread::Memory
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        refuse_unless_within(self, first, out.len())?;
        let start = first as usize * self.drawing_bytes();
        // Within the values, as was just checked.
        if let Some(values) = self.values.get(start..start + out.len()) {
            out.copy_from_slice(values);
        }
        Ok(())
    }
}
