//! A picture in its own size, its halves, and the values that its file has.

use rayon::prelude::*;

use super::element::{Element, Stored};
use super::turned::Turned;
use crate::data::values::{Number, PixelValue};

/// Values of a pixel: red, green, blue, alpha.
const CHANNELS: usize = 4;

/// Height and width in pixels of a picture that a row shows smaller than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReducedFrom {
    /// Of the picture.
    pub original: (u32, u32),
    /// Of what the row shows, in the middle of its drawing.
    pub shown: (u32, u32),
}

/// A picture in its own size, however it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalPicture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue and alpha (straight, encoded sRGB) of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
    /// The values of its file, where these are others: of more than 8 bits, or shown by a range.
    pub own: Option<OwnValues>,
}

/// The values of a picture as its file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnValues {
    /// How they lie in [`Self::bytes`].
    pub stored: Stored,
    /// How many a pixel has: 1 (grey), 2 (and alpha), 3 (red, green, blue) or 4.
    pub channels: usize,
    /// All of them, line by line as the picture is stored.
    pub bytes: Vec<u8>,
    /// How that is turned to be seen.
    pub turned: Option<Turned>,
}

impl OwnValues {
    /// Of red, green, blue and alpha of 8 bits each, as the picture is seen.
    pub(in crate::data) fn of_rgba(bytes: Vec<u8>) -> Self {
        let stored = Stored { element: Element::U8, big_endian: false };
        Self { stored, channels: CHANNELS, bytes, turned: None }
    }

    /// Those of a pixel by its column and line in the picture as it is seen, which is so wide. Alpha is left out where it is full.
    fn pixel(&self, at: [u32; 2], width: u32) -> Option<PixelValue> {
        let ([column, line], width) = match self.turned {
            Some(turned) => (turned.stored_pixel(at)?, turned.stored.0),
            None => (at, width),
        };
        let size = self.stored.element.bytes();
        let first = (line as usize * width as usize + column as usize) * self.channels * size;
        let bytes = self.bytes.get(first..first + self.channels * size)?;
        let values = bytes.chunks_exact(size).map(|value| self.stored.number(value));
        let full = match self.stored.element {
            Element::U8 => 255.0,
            Element::U16 => 65_535.0,
            _ => 1.0,
        };
        let is_alpha = |place: usize| place == 3 || (self.channels == 2 && place == 1);
        let shown = values.enumerate().filter(|(place, value)| !is_alpha(*place) || value.value() != full);
        PixelValue::of(shown.map(|(_, value): (usize, Number)| value))
    }
}

impl OriginalPicture {
    /// Half as wide and high. Its pixels, of a picture that was halved so many times from one of `size` (width and height), count by
    /// how much of that they show: of an odd side the last ones show less. Colours are weighted by alpha.
    #[must_use]
    pub fn halved(&self, size: [u32; 2], halvings: usize) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        // In parts of a pixel of the picture.
        let share = |pixel: usize, side: u32| {
            let start = (pixel as u64) << halvings;
            u64::from(side).saturating_sub(start).min(1 << halvings)
        };
        let mut rgba = vec![0; width as usize * height as usize * CHANNELS];
        let line_bytes = self.width as usize * CHANNELS;
        let two_lines = self.rgba.par_chunks(2 * line_bytes.max(1)).enumerate();
        rgba.par_chunks_mut((width as usize * CHANNELS).max(1)).zip(two_lines).for_each(|(out, (number, lines))| {
            for (column, out) in out.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
                let (mut sums, mut all) = ([0_u64; CHANNELS], 0);
                for (line, at) in lines.chunks(line_bytes).zip(2 * number..) {
                    let two = line.as_chunks::<CHANNELS>().0.iter().enumerate().skip(2 * column).take(2);
                    for (at_column, pixel) in two {
                        let weight = share(at, size[1]) * share(at_column, size[0]);
                        let [red, green, blue, alpha] = pixel.map(u64::from);
                        let weighted = [red * alpha, green * alpha, blue * alpha, alpha];
                        sums.iter_mut().zip(weighted).for_each(|(sum, value)| *sum += weight * value);
                        all += weight;
                    }
                }
                let [colours @ .., alpha] = sums;
                let [red, green, blue] = colours.map(|sum| (sum + alpha / 2).checked_div(alpha).unwrap_or(0) as u8);
                *out = [red, green, blue, (alpha + all / 2).checked_div(all).unwrap_or(0) as u8];
            }
        });
        Self { width, height, rgba, own: None }
    }

    /// The values of a pixel in the file, alpha where it is not full; `None` beyond the edges.
    pub fn pixel(&self, at: [u32; 2]) -> Option<PixelValue> {
        let [column, line] = at;
        if column >= self.width || line >= self.height {
            return None;
        }
        if let Some(own) = &self.own {
            return own.pixel(at, self.width);
        }
        let place = line as usize * self.width as usize + column as usize;
        let [red, green, blue, alpha] = *self.rgba.as_chunks::<CHANNELS>().0.get(place)?;
        let values = [red, green, blue].into_iter().chain((alpha < u8::MAX).then_some(alpha));
        PixelValue::of(values.map(|value| Number::Unsigned(value.into())))
    }

    /// Whether each pixel hides what is behind it.
    pub fn is_opaque(&self) -> bool {
        self.rgba.as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX)
    }
}
