//! Pictures into the cells of a set: shrunk by exact means of areas, centred, the rest transparent; and the cell of a broken one.

use image::RgbaImage;

use super::deep::Deep;
use super::place::{Fault, Place};
use super::shrink::shrunk;
use super::{decode, thumbnail};
use crate::data::source::Ends;

/// Values of a pixel: red, green, blue and alpha.
pub(super) const CHANNELS: usize = 4;

/// The ground and the cross of a picture that cannot be drawn.
const GROUND: [u8; CHANNELS] = [228, 228, 228, 255];
const CROSS: [u8; CHANNELS] = [150, 150, 150, 255];
/// A cross is a side's 16th wide.
const CROSS_PART: u32 = 16;

/// Height and width of a cell in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) height: u32,
    pub(super) width: u32,
}

impl Cell {
    /// Bytes of its values.
    pub(super) fn bytes(self) -> usize {
        self.height as usize * self.width as usize * CHANNELS
    }

    /// Height and width that a picture has in it: its own where that fits; else shrunk to fit, in proportion.
    pub(super) fn fitted(self, (height, width): (u32, u32)) -> (u32, u32) {
        if height <= self.height && width <= self.width {
            return (height, width);
        }
        let part = |side: u32, of: u32, cell: u32| {
            let (side, of, cell) = (u64::from(side), u64::from(of), u64::from(cell));
            ((2 * side * cell + of) / (2 * of)).max(1) as u32
        };
        // Which side fills the cell.
        if u64::from(height) * u64::from(self.width) >= u64::from(width) * u64::from(self.height) {
            (self.height, part(width, height, self.height).min(self.width))
        } else {
            (part(height, width, self.width).min(self.height), self.width)
        }
    }

    /// Draws a picture into a cell, which is `out`; the ends of its own values where it has more than 8 bits a value.
    pub(super) fn draw(
        self,
        place: &Place,
        header: &decode::Header,
        deep: &Deep,
        out: &mut [u8],
    ) -> Result<Option<Ends>, Fault> {
        let (height, width) = self.fitted(header.size());
        // It is turned when it is small.
        let is_turned = header.size() != (header.stored.1, header.stored.0);
        let target = if is_turned { (width, height) } else { (height, width) };
        let (stored, ends) = match thumbnail::of(place, header, target)? {
            Some(small) => (small, None),
            None => decode::stored(place, header, deep)?,
        };
        let small = decode::turned(shrunk(stored, target), header.orientation);
        self.centre(&small, out);
        Ok(ends)
    }

    fn centre(self, picture: &RgbaImage, out: &mut [u8]) {
        out.fill(0);
        let (left, top) = ((self.width - picture.width()) / 2, (self.height - picture.height()) / 2);
        let (line, left) = (self.width as usize * CHANNELS, left as usize * CHANNELS);
        let rows = picture.as_raw().chunks_exact(picture.width() as usize * CHANNELS);
        for (to, from) in out.chunks_exact_mut(line).skip(top as usize).zip(rows) {
            if let Some(to) = to.get_mut(left..left + from.len()) {
                to.copy_from_slice(from);
            }
        }
    }

    /// The cell of a picture that cannot be drawn: a light square with a cross.
    pub(super) fn draw_broken(self, out: &mut [u8]) {
        let (height, width) = (f64::from(self.height), f64::from(self.width));
        let half = (height.min(width) / f64::from(2 * CROSS_PART)).max(0.5);
        for (at, pixel) in out.chunks_exact_mut(CHANNELS).enumerate() {
            let (x, y) = ((at as u32 % self.width) as f64 + 0.5, (at as u32 / self.width) as f64 + 0.5);
            let falling = (x * height - y * width).abs();
            let rising = (x * height + y * width - width * height).abs();
            let on_cross = falling.min(rising) <= half * height.hypot(width);
            pixel.copy_from_slice(if on_cross { &CROSS } else { &GROUND });
        }
    }
}
