//! Values that are wider than a byte, or pixels of three of them, on the way to the bytes that drawings are read as.

use super::ArrayFile;
use crate::data::source::{Element, ImageError, ImageFault, ImageSource, finer_of, refuse_unless_within, spread_of};
use crate::data::values::{PixelValue, Scale};

/// Bytes of the file that are held at a time, or one drawing where that is more.
const BLOCK_BYTES: usize = 4 << 20;

impl ArrayFile {
    /// See [`ImageSource::read_rows`]: of types that need a range, and of three channels.
    pub(super) fn read_converted(&self, first: u64, out: &mut [u8]) -> Result<(), ImageError> {
        let scale = if self.stored.element.needs_range() { Some(self.scale()?) } else { None };
        let (shown, own) = (self.drawing_bytes(), self.reading.channels as usize);
        self.in_blocks(first, (out.len() / shown) as u64, &mut |row, stored| {
            let start = row as usize * shown;
            let out = out.get_mut(start..).unwrap_or_default();
            match (scale, own) {
                (None, _) => widen(stored, out),
                (Some(scale), 1) => {
                    let mut out = out.iter_mut();
                    self.stored.for_each(stored, |value| {
                        if let Some(byte) = out.next() {
                            *byte = scale.byte(value);
                        }
                    });
                }
                (Some(scale), _) => self.convert_colour(stored, scale, out),
            }
        })
    }

    fn convert_colour(&self, stored: &[u8], scale: Scale, out: &mut [u8]) {
        let pixel_bytes = self.reading.channels as usize * self.stored.element.bytes();
        for (stored, pixel) in stored.chunks_exact(pixel_bytes).zip(out.as_chunks_mut::<4>().0) {
            *pixel = [0, 0, 0, 255];
            let mut channel = 0;
            self.stored.for_each(stored, |value| {
                if let Some(byte) = pixel.get_mut(channel) {
                    *byte = if channel == 3 { scale.alpha(value) } else { scale.byte(value) };
                }
                channel += 1;
            });
        }
    }

    /// See [`ImageSource::own_values`].
    pub(super) fn read_own(&self, first: u32, rows: u32, out: &mut Vec<f64>) -> Result<(), ImageError> {
        refuse_unless_within(self, first, rows as usize * self.drawing_bytes())?;
        out.clear();
        self.in_blocks(first.into(), rows.into(), &mut |_, stored| {
            self.stored.for_each(stored, |value| out.push(value));
        })
    }

    /// Hands on the bytes of the file in blocks of whole drawings, each with its row counted from `first`.
    fn in_blocks(&self, first: u64, rows: u64, on: &mut dyn FnMut(u64, &[u8])) -> Result<(), ImageError> {
        let drawing = self.stored_bytes();
        let at_once = (BLOCK_BYTES / drawing).max(1) as u64;
        let mut block = Vec::new();
        let mut row = 0;
        while row < rows {
            let count = at_once.min(rows - row);
            block.resize(count as usize * drawing, 0);
            self.read_stored(first + row, &mut block)?;
            on(row, &block);
            row += count;
        }
        Ok(())
    }

    /// How values become bytes: as was set, else by the range of all that the file holds.
    fn scale(&self) -> Result<Scale, ImageError> {
        if let Some(known) = self.scale.get() {
            return Ok(*known);
        }
        let all: [(&dyn ImageSource, _); 1] = [(self, 0..self.rows())];
        let spread = spread_of(&all, &|_| true)?;
        let range = match spread.range_of_most() {
            Some(range) => range,
            None => finer_of(&all, &spread.finer(), &|_| true)?.range(spread.summary()),
        };
        let scale = Scale::new(range, false, self.stored.element.is_float(), spread.summary());
        Ok(*self.scale.get_or_init(|| scale))
    }

    /// See [`ImageSource::pixel`]: a read of each of its values.
    pub(super) fn own_pixel(&self, row: u32, at: usize) -> Result<Option<PixelValue>, ImageError> {
        refuse_unless_within(self, row, self.drawing_bytes())?;
        if at >= self.drawing_bytes() / self.channels() as usize {
            return Ok(None);
        }
        self.file.check_unchanged()?;
        let (channels, size) = (self.reading.channels as usize, self.stored.element.bytes());
        let mut numbers = Vec::with_capacity(channels);
        for channel in 0..channels {
            let place = (at * channels + channel) * size;
            let offset = self.reading.order.offset_of(self.data_offset, row.into(), place);
            let mut value = [0; 8];
            let bytes = value.get_mut(..size).unwrap_or_default();
            self.file.read_exact_at(bytes, offset)?;
            if self.stored.element == Element::Bool && value > [1, 0, 0, 0, 0, 0, 0, 0] {
                let [value, ..] = value;
                return Err(ImageFault::BadBool { offset, value }.at(self.file.path()));
            }
            numbers.push(self.stored.number(&value));
        }
        Ok(PixelValue::of(numbers))
    }
}

/// Pixels of three bytes as opaque ones of four.
pub(super) fn widen(three: &[u8], four: &mut [u8]) {
    for ([red, green, blue], pixel) in three.as_chunks::<3>().0.iter().zip(four.as_chunks_mut::<4>().0) {
        *pixel = [*red, *green, *blue, 255];
    }
}
