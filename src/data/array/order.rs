//! Where the pixels of a drawing lie in the file, and reading them in blocks of bounded size.

use super::transpose::{Plane, transpose};
use crate::data::file::PlainFile;
use crate::data::source::ImageError;

/// Bytes that are held besides the caller's buffer, or one drawing where that is more.
const BLOCK_BYTES: usize = 4 << 20;

/// Bytes of a plane that are read at a time, at least, where that many are asked for.
const SHORTEST_READ: usize = 4096;

/// Planes that are numbered at a time.
const MOST_PLANES: usize = 1 << 16;

/// An axis of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelAxis {
    /// How long it is.
    pub(super) len: usize,
    /// How many pixels further in the drawing, counted row by row, the next value belongs.
    pub(super) step: usize,
}

/// The order of an array's values in its file: the axes slower than the one that counts drawings, that one, and the
/// faster ones, so that the file is `outer × rows × inner`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    rows: usize,
    /// Slowest first.
    outer: Vec<PixelAxis>,
    /// Slowest first.
    inner: Vec<PixelAxis>,
}

impl Order {
    /// Of `rows` drawings with these axes, slowest first; neighbours that are one axis in the drawing, too, become one.
    pub(super) fn new(rows: usize, outer: &[PixelAxis], inner: &[PixelAxis]) -> Self {
        Self { rows, outer: merged(outer), inner: merged(inner) }
    }

    /// Whether drawings lie one after the other as they are shown.
    pub(super) fn is_plain(&self) -> bool {
        self.outer.is_empty() && matches!(self.inner.as_slice(), [] | [PixelAxis { step: 1, .. }])
    }

    /// Writes rows `first…` into `out`, which holds whole drawings of `drawing` bytes; the values begin at `data_offset`.
    pub(super) fn read_rows(
        &self,
        file: &PlainFile,
        data_offset: u64,
        first: u64,
        drawing: usize,
        out: &mut [u8],
    ) -> Result<(), ImageError> {
        if self.is_plain() {
            return Ok(file.read_exact_at(out, data_offset + first * drawing as u64)?);
        }
        // As many as can be held whole, so that pixels that are neighbours are put to their places together; of large drawings as
        // many as make a read worth its while.
        let block_rows = (BLOCK_BYTES / drawing).max(SHORTEST_READ / size(&self.inner)).max(1);
        let mut first = first;
        for some in out.chunks_mut(block_rows.saturating_mul(drawing)) {
            self.read_block(file, data_offset, first, drawing, some)?;
            first += (some.len() / drawing) as u64;
        }
        Ok(())
    }

    /// One block of rows. Neighbouring planes come in one read where little lies between the rows wanted.
    fn read_block(
        &self,
        file: &PlainFile,
        data_offset: u64,
        first: u64,
        drawing: usize,
        out: &mut [u8],
    ) -> Result<(), ImageError> {
        let (planes, inner) = (size(&self.outer), size(&self.inner));
        let plane_bytes = self.rows * inner;
        let wanted = out.len() / drawing * inner;
        let in_one_read = plane_bytes <= SHORTEST_READ || wanted.saturating_mul(4) >= plane_bytes;
        let stride = if in_one_read { plane_bytes } else { wanted };
        let at_once = (BLOCK_BYTES / stride).clamp(1, MOST_PLANES.min(planes));
        let offset = |plane: usize| data_offset + plane as u64 * plane_bytes as u64 + first * inner as u64;
        let mut buffer = Vec::new();
        let mut plane = 0;
        while plane < planes {
            let count = at_once.min(planes - plane);
            buffer.resize((count - 1) * stride + wanted, 0);
            if in_one_read {
                file.read_exact_at(&mut buffer, offset(plane))?;
            } else {
                for (number, values) in (plane..).zip(buffer.chunks_mut(stride)) {
                    file.read_exact_at(values, offset(number))?;
                }
            }
            let pixels: Vec<usize> = (plane..plane + count).map(|plane| pixel_of(&self.outer, plane)).collect();
            if inner == 1 {
                let mut planes: Vec<Plane<'_>> = pixels.into_iter().zip(buffer.chunks(stride)).collect();
                planes.sort_unstable_by_key(|(pixel, _)| *pixel);
                transpose(&planes, drawing, out);
            } else {
                for (row, target) in out.chunks_mut(drawing).enumerate() {
                    let planes = buffer.get(row * inner..).unwrap_or_default().chunks(stride);
                    for (&pixel, values) in pixels.iter().zip(planes) {
                        spread(values.get(..inner).unwrap_or_default(), &self.inner, target.get_mut(pixel..));
                    }
                }
            }
            plane += count;
        }
        Ok(())
    }

    /// Where in the file the value of a row's pixel lies.
    pub(super) fn offset_of(&self, data_offset: u64, row: u64, pixel: usize) -> u64 {
        let place = |axes: &[PixelAxis]| {
            axes.iter().fold(0, |place, axis| place * axis.len + pixel / axis.step.max(1) % axis.len.max(1))
        };
        let plane = place(&self.outer) as u64 * self.rows as u64 + row;
        data_offset + plane * size(&self.inner) as u64 + place(&self.inner) as u64
    }
}

/// Puts values in the order of the file, `axes` slowest first, to their places in a drawing.
fn spread(values: &[u8], axes: &[PixelAxis], target: Option<&mut [u8]>) {
    let (Some(target), Some((axis, rest))) = (target, axes.split_first()) else { return };
    if rest.is_empty() {
        for (pixel, value) in target.iter_mut().step_by(axis.step).zip(values) {
            *pixel = *value;
        }
        return;
    }
    for (number, values) in values.chunks(values.len() / axis.len.max(1)).enumerate() {
        spread(values, rest, target.get_mut(number * axis.step..));
    }
}

/// The pixel that the `place`-th value of these axes, in the order of the file, begins at.
fn pixel_of(axes: &[PixelAxis], place: usize) -> usize {
    let mut rest = place;
    let mut pixel = 0;
    for axis in axes.iter().rev() {
        pixel += rest % axis.len * axis.step;
        rest /= axis.len;
    }
    pixel
}

fn size(axes: &[PixelAxis]) -> usize {
    axes.iter().map(|axis| axis.len).product()
}

fn merged(axes: &[PixelAxis]) -> Vec<PixelAxis> {
    let mut merged: Vec<PixelAxis> = Vec::new();
    for axis in axes.iter().filter(|axis| axis.len != 1) {
        match merged.last_mut() {
            Some(last) if last.step == axis.step * axis.len => {
                *last = PixelAxis { len: last.len * axis.len, step: axis.step };
            }
            _ => merged.push(*axis),
        }
    }
    merged
}
