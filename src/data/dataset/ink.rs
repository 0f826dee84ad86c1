//! Drawings as ink, whatever they are: colour by how light it is. For all that knows ink alone.

use super::Dataset;
use super::error::OpenError;
use crate::data::values::InkTable;

/// Bytes of colour that are held at a time, or one drawing where that is more.
const BLOCK_BYTES: usize = 4 << 20;

/// Reads the next drawings, as many as are asked for, in colour.
type ReadColour<'a> = dyn FnMut(usize, &mut [u8]) -> Result<(), OpenError> + 'a;

impl Dataset {
    /// Fills `out`, a byte a pixel, with the rows `first, first + 1, …` as ink: 0 = paper, 255 = full ink. Of colour it is the luma times
    /// alpha, `(299·R + 587·G + 114·B)·A / (1000·255)` to the nearest, and `table` counts for nothing.
    pub fn read_ink(&self, first: u32, out: &mut [u8], table: &InkTable) -> Result<(), OpenError> {
        if self.channels == 1 {
            self.read_rows(first, out)?;
            table.apply(out);
            return Ok(());
        }
        let mut first = first;
        self.by_colour(out, &mut |rows, rgba| {
            self.read_rows(first, rgba)?;
            first = first.saturating_add(rows as u32);
            Ok(())
        })
    }

    /// The same of rows from anywhere, in the order in which they are named.
    pub fn read_ink_scattered(&self, rows: &[u32], out: &mut [u8], table: &InkTable) -> Result<(), OpenError> {
        if self.channels == 1 {
            self.read_scattered(rows, out)?;
            table.apply(out);
            return Ok(());
        }
        if rows.len().checked_mul(self.pixels()) != Some(out.len()) {
            return Err(self.no_whole_drawings(out.len(), self.pixels()));
        }
        let mut rest = rows;
        self.by_colour(out, &mut |count, rgba| {
            let (some, after) = rest.split_at(count.min(rest.len()));
            rest = after;
            self.read_scattered(some, rgba)
        })
    }

    /// Fills `out` with the ink of drawings in colour that `read` gives, so many at a time.
    fn by_colour(&self, out: &mut [u8], read: &mut ReadColour<'_>) -> Result<(), OpenError> {
        let pixels = self.pixels();
        if !out.len().is_multiple_of(pixels) {
            return Err(self.no_whole_drawings(out.len(), pixels));
        }
        let mut rgba = Vec::new();
        for some in out.chunks_mut((BLOCK_BYTES / self.drawing_bytes()).max(1) * pixels) {
            rgba.resize(some.len() * 4, 0);
            read(some.len() / pixels, &mut rgba)?;
            some.iter_mut().zip(rgba.as_chunks::<4>().0).for_each(|(ink, pixel)| *ink = luma(*pixel));
        }
        Ok(())
    }
}

/// The ink of a colour (red, green, blue, alpha): its luma (BT.601), of which there is the less the more it lets shine through, to the
/// nearest.
pub fn luma([red, green, blue, alpha]: [u8; 4]) -> u8 {
    let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    ((light * u32::from(alpha) + 127_500) / 255_000) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luma_is_the_nearest_byte() {
        for (pixel, expected) in [
            ([0, 0, 0, 255], 0),
            ([255, 255, 255, 255], 255),
            ([255, 255, 255, 0], 0),
            // 76.245, 149.685 and 29.07.
            ([255, 0, 0, 255], 76),
            ([0, 255, 0, 255], 150),
            ([0, 0, 255, 255], 29),
            // 127·128/255 = 63.75.
            ([127, 127, 127, 128], 64),
        ] {
            assert_eq!(luma(pixel), expected, "{pixel:?}");
        }
    }
}
