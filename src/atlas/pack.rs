//! Packs drawings into a piece of a page: the levels of the pyramid and mean inks.
//!
//! Of colour each channel is a pyramid of its own, made as that of ink is; the ink of a colour is its luma.

use super::colors::{CHANNELS, split};
use super::texels::{write_colors, write_texels};
use super::{AtlasPlan, Pages, TEXEL_BYTES};
use crate::data::dataset::luma;
use rayon::prelude::*;

/// Some rows of cells of one page, ready for upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedPiece {
    /// Its first row, the first of a row of cells.
    pub first_row: u32,
    /// How many drawings lie on it.
    pub rows: u32,
    /// The texels of each of [`AtlasPlan::stored_sides`], lines from the top; rows of cells that hold no drawing are left out
    /// at the bottom.
    pub levels: Vec<Vec<u8>>,
    /// Mean ink of each drawing's canvas, 0…65535.
    pub means: Vec<u16>,
    /// Mean and standard deviation of the ink of each drawing itself, 0…65535.
    pub moments: Vec<Moments>,
}

/// Mean and standard deviation of the values of a drawing's ink, 65535 for full ink.
pub type Moments = [u16; 2];

impl PackedPiece {
    /// Rows of cells that hold drawings.
    pub fn cell_rows(&self, plan: &AtlasPlan) -> u32 {
        self.rows.div_ceil(plan.cells)
    }
}

/// Packs the drawings of one piece from `first_row` on. `values` holds them one after the other,
/// [`AtlasPlan::drawing_bytes`] each: ink, or red, green, blue and alpha of a pixel side by side, not multiplied by alpha.
///
/// Rows of cells are packed on all cores.
pub fn pack_piece(plan: &AtlasPlan, first_row: u32, values: &[u8]) -> PackedPiece {
    let drawing_bytes = plan.drawing_bytes();
    let rows = (values.len() / drawing_bytes) as u32;
    let cells = plan.cells as usize;
    let cell_rows = rows.div_ceil(plan.cells) as usize;
    let sides = plan.stored_sides();
    let pitches: Vec<usize> = sides.iter().map(|&side| plan.page_texels(side) as usize * TEXEL_BYTES).collect();
    // Bytes of one row of cells on each level.
    let strips: Vec<usize> =
        sides.iter().zip(&pitches).map(|(&side, pitch)| plan.cell_texels(side) as usize * pitch).collect();
    let mut levels: Vec<Vec<u8>> = strips.iter().map(|bytes| vec![0; bytes * cell_rows]).collect();
    let mut means = vec![0; rows as usize];
    let mut moments = vec![[0; 2]; rows as usize];
    let mut rest: Vec<&mut [u8]> = levels.iter_mut().map(Vec::as_mut_slice).collect();
    let mut work = Vec::with_capacity(cell_rows);
    let of_drawings = means.chunks_mut(cells).zip(moments.chunks_mut(cells));
    for (drawings, (means, moments)) in values.chunks(drawing_bytes * cells).zip(of_drawings) {
        let mut strip = Vec::with_capacity(sides.len());
        for (level, bytes) in rest.iter_mut().zip(&strips) {
            let (here, after) = std::mem::take(level).split_at_mut(*bytes);
            strip.push(here);
            *level = after;
        }
        work.push((drawings, means, moments, strip));
    }
    work.into_par_iter().for_each(|(drawings, means, moments, mut strip)| {
        let mut cell = Cell::new(plan, &sides);
        let mut channels = match plan.pages {
            Pages::Ink => None,
            Pages::Color => Some((<[Vec<u8>; CHANNELS]>::default(), [0; CHANNELS].map(|_| Cell::new(plan, &sides)))),
        };
        let of_drawings = means.iter_mut().zip(moments);
        for ((at, drawing), (mean, moments)) in drawings.chunks_exact(drawing_bytes).enumerate().zip(of_drawings) {
            match &mut channels {
                None => {
                    cell.fill(plan, drawing);
                    *mean = cell.mean();
                    *moments = moments_of(drawing);
                    for (i, (level, &pitch)) in strip.iter_mut().zip(&pitches).enumerate() {
                        cell.write(i, level, pitch, at);
                    }
                }
                Some((planes, cells)) => {
                    split(drawing, planes);
                    for (cell, plane) in cells.iter_mut().zip(planes.iter()) {
                        cell.fill(plan, plane);
                    }
                    for (i, (level, &pitch)) in strip.iter_mut().zip(&pitches).enumerate() {
                        let planes = cells.each_ref().map(|cell| cell.level(i));
                        write_colors(planes, level, pitch, at);
                    }
                    let ink: Vec<u8> = drawing.as_chunks().0.iter().map(|&pixel| luma(pixel)).collect();
                    *mean = mean_ink(plan.canvas, ink.iter().map(|&ink| u64::from(ink)).sum());
                    *moments = moments_of(&ink);
                }
            }
        }
    });
    PackedPiece { first_row, rows, levels, means, moments }
}

/// Mean and standard deviation of the ink of a drawing: exact sums, each rounded once.
pub fn moments_of(drawing: &[u8]) -> Moments {
    let (mut sum, mut squares) = (0_u64, 0_u64);
    // So many squares of bytes fit 32 bits, in which the compiler adds several at once.
    for values in drawing.chunks(1 << 16) {
        let wide = || values.iter().map(|&value| u32::from(value));
        sum += u64::from(wide().sum::<u32>());
        squares += u64::from(wide().map(|value| value * value).sum::<u32>());
    }
    let count = drawing.len().max(1) as f64;
    let mean = sum as f64 / count;
    let variance = (squares as f64 / count - mean * mean).max(0.0);
    [mean, variance.sqrt()].map(|ink| (ink * 257.0).round() as u16)
}

/// Mean ink of a drawing's canvas, 0…65535, of the sum of its ink.
pub fn mean_ink(canvas: u32, total: u64) -> u16 {
    let most = (u64::from(canvas) * u64::from(canvas) * 255).max(1);
    ((total * 65535 + most / 2) / most) as u16
}

/// One drawing's canvas on every level, as bytes; scratch memory that is used again for each drawing.
struct Cell {
    canvas: usize,
    levels: Vec<Level>,
    /// Sums of the finest level over blocks, from 2 × 2 on, each a quarter of the one before.
    sums: Vec<u32>,
    /// Sums of columns over the rows of a block.
    columns: Vec<u32>,
    total: u32,
}

struct Level {
    side: usize,
    bytes: Vec<u8>,
}

impl Cell {
    fn new(plan: &AtlasPlan, sides: &[u32]) -> Self {
        let canvas = plan.canvas as usize;
        // Sides that are odd are filled up with a line and a column without ink.
        let level = |&side: &u32| {
            let even = side.next_multiple_of(2) as usize;
            Level { side: side as usize, bytes: vec![0; even * even] }
        };
        let levels = sides.iter().map(level).collect();
        Self { canvas, levels, sums: vec![0; canvas * canvas / 4], columns: vec![0; canvas], total: 0 }
    }

    /// Mean ink of the canvas, 0…65535.
    fn mean(&self) -> u16 {
        mean_ink(self.canvas as u32, self.total.into())
    }

    fn fill(&mut self, plan: &AtlasPlan, drawing: &[u8]) {
        // The usual size gets code of its own: with a width known beforehand the compiler unrolls and vectorises.
        if self.canvas == 28 { self.fill_sized::<28>(plan, drawing) } else { self.fill_sized::<0>(plan, drawing) }
    }

    /// `SIDE` is the canvas, or 0 where it is known only now.
    #[inline]
    fn fill_sized<const SIDE: usize>(&mut self, plan: &AtlasPlan, drawing: &[u8]) {
        let canvas = if SIDE > 0 { SIDE } else { self.canvas };
        let Some((finest, coarser)) = self.levels.split_first_mut() else { return };
        lay_on_canvas(plan, drawing, &mut finest.bytes);
        let ink = &finest.bytes[..canvas * canvas];
        halve::<SIDE, u8>(ink, canvas, &mut self.sums);
        let mut block = 2;
        let mut rest = coarser.iter_mut().peekable();
        while let Some(level) = rest.next_if(|level| level.side * block == canvas && level.side > 4) {
            let area = (block * block) as u32;
            write_means(&self.sums, area, level);
            halve_in_place(&mut self.sums, level.side);
            block *= 2;
        }
        self.total = 0;
        for (i, level) in rest.enumerate() {
            let block = canvas / level.side;
            let total = block_means::<SIDE>(ink, canvas, block, &mut self.columns, level);
            if i == 0 {
                self.total = total;
            }
        }
    }

    /// The values of a level, and how many there are a line.
    fn level(&self, level: usize) -> (&[u8], usize) {
        let Level { side, bytes } = &self.levels[level];
        (bytes, side.next_multiple_of(2))
    }

    /// Writes a level's texels into a strip of cells, `pitch` bytes a line, as cell number `at`.
    fn write(&self, level: usize, strip: &mut [u8], pitch: usize, at: usize) {
        let (values, side) = self.level(level);
        if level == 0 && self.canvas == 28 {
            return write_texels::<28>(values, 28, strip, pitch, at);
        }
        write_texels::<0>(values, side, strip, pitch, at);
    }
}

/// Centres a drawing on its canvas (offsets rounded down).
fn lay_on_canvas(plan: &AtlasPlan, drawing: &[u8], square: &mut [u8]) {
    let (width, height, canvas) = (plan.width as usize, plan.height as usize, plan.canvas as usize);
    if width == canvas && height == canvas {
        square.copy_from_slice(drawing);
        return;
    }
    let (left, top) = ((canvas - width) / 2, (canvas - height) / 2);
    square.fill(0);
    for (y, line) in drawing.chunks_exact(width).enumerate() {
        let start = (top + y) * canvas + left;
        square[start..start + width].copy_from_slice(line);
    }
}

/// Sums over blocks of 2 × 2.
#[inline]
fn halve<const SIDE: usize, T: Copy + Into<u32>>(values: &[T], side: usize, sums: &mut [u32]) {
    let side = if SIDE > 0 { SIDE } else { side };
    for (lines, sums) in values.chunks_exact(2 * side).zip(sums.chunks_exact_mut(side / 2)) {
        let (upper, lower) = lines.split_at(side);
        for ((a, b), sum) in upper.chunks_exact(2).zip(lower.chunks_exact(2)).zip(sums) {
            *sum = a[0].into() + a[1].into() + b[0].into() + b[1].into();
        }
    }
}

/// Replaces `side × side` sums by their sums over blocks of 2 × 2, where that goes up evenly.
fn halve_in_place(sums: &mut [u32], side: usize) {
    if side % 2 == 1 {
        return;
    }
    let half = side / 2;
    for y in 0..half {
        for x in 0..half {
            let at = 2 * y * side + 2 * x;
            // What is written lies before all that is still to be read.
            sums[y * half + x] = sums[at] + sums[at + 1] + sums[at + side] + sums[at + side + 1];
        }
    }
}

/// Rounds sums over `area` values to the nearest byte.
fn write_means(sums: &[u32], area: u32, level: &mut Level) {
    let side = level.side;
    for (sums, line) in sums.chunks_exact(side).zip(level.bytes.chunks_exact_mut(side.next_multiple_of(2))).take(side) {
        for (sum, byte) in sums.iter().zip(line) {
            *byte = ((sum + area / 2) / area) as u8;
        }
    }
}

/// Writes the means of `block × block` values each; returns the sum of all.
#[inline]
fn block_means<const SIDE: usize>(
    ink: &[u8],
    canvas: usize,
    block: usize,
    columns: &mut [u32],
    level: &mut Level,
) -> u32 {
    let canvas = if SIDE > 0 { SIDE } else { canvas };
    let area = (block * block) as u32;
    let columns = &mut columns[..canvas];
    let mut total = 0;
    for (lines, out) in ink.chunks_exact(block * canvas).zip(level.bytes.chunks_exact_mut(level.side)) {
        columns.fill(0);
        for line in lines.chunks_exact(canvas) {
            for (column, &byte) in columns.iter_mut().zip(line) {
                *column += u32::from(byte);
            }
        }
        for (sums, byte) in columns.chunks_exact(block).zip(out) {
            let sum: u32 = sums.iter().sum();
            total += sum;
            *byte = ((sum + area / 2) / area) as u8;
        }
    }
    total
}
