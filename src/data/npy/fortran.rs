//! Rows of an array in Fortran order: one plane per pixel, gathered in blocks of bounded size.

use super::error::NpyError;
use crate::data::file::PlainFile;

/// The most bytes that are held besides the caller's buffer.
const BLOCK_BYTES: u64 = 1 << 20;

/// Where the planes lie and how they are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planes<'a> {
    /// The file.
    pub(super) file: &'a PlainFile,
    /// Where the first plane begins.
    pub(super) data_offset: u64,
    /// Bytes of a plane: one per row of the file.
    pub(super) rows: u64,
    /// Axis lengths behind the first axis.
    pub(super) axes: &'a [usize],
}

impl Planes<'_> {
    /// Writes rows `first..` into `out`, which holds whole drawings of `drawing` bytes.
    pub(super) fn read_rows(&self, first: u64, drawing: usize, out: &mut [u8]) -> Result<(), NpyError> {
        let block_rows = (BLOCK_BYTES as usize).saturating_mul(drawing);
        let mut first = first;
        for some in out.chunks_mut(block_rows.max(1)) {
            self.read_block(first, drawing, some)?;
            first += (some.len() / drawing) as u64;
        }
        Ok(())
    }

    /// At most [`BLOCK_BYTES`] rows. Neighbouring planes come in one read where little lies between the rows wanted.
    fn read_block(&self, first: u64, drawing: usize, out: &mut [u8]) -> Result<(), NpyError> {
        let count = (out.len() / drawing) as u64;
        let gap_is_small = self.rows <= 4096 || count.saturating_mul(4) >= self.rows;
        let planes_at_once = if gap_is_small { (BLOCK_BYTES / self.rows).max(1) } else { 1 };
        let mut buffer = Vec::new();
        let mut plane = 0;
        while plane < drawing as u64 {
            let planes = planes_at_once.min(drawing as u64 - plane);
            let span = (planes - 1) * self.rows + count;
            buffer.resize(span as usize, 0);
            let offset = self.data_offset + plane * self.rows + first;
            self.file.read_exact_at(&mut buffer, offset)?;
            for (i, values) in buffer.chunks(self.rows as usize).enumerate() {
                let pixel = self.pixel_of(plane as usize + i);
                let targets = out.iter_mut().skip(pixel).step_by(drawing);
                for (target, value) in targets.zip(values) {
                    *target = *value;
                }
            }
            plane += planes;
        }
        Ok(())
    }

    /// Where the value of a row's pixel lies in the file.
    pub(super) fn offset_of(&self, row: u64, pixel: usize) -> u64 {
        let mut rest = pixel;
        let mut stride: usize = self.axes.iter().product();
        let mut plane_stride = 1;
        let mut plane = 0;
        for &axis in self.axes {
            stride /= axis.max(1);
            plane += rest / stride.max(1) * plane_stride;
            rest %= stride.max(1);
            plane_stride *= axis;
        }
        self.data_offset + plane as u64 * self.rows + row
    }

    /// The place in a drawing, row by row, of the plane that is `plane`-th with the first axis fastest.
    fn pixel_of(&self, plane: usize) -> usize {
        let mut rest = plane;
        let mut stride: usize = self.axes.iter().product();
        let mut pixel = 0;
        for &axis in self.axes {
            stride /= axis.max(1);
            pixel += rest % axis.max(1) * stride;
            rest /= axis.max(1);
        }
        pixel
    }
}
