//! Packs drawings into a piece of a page: the levels of the pyramid and mean inks.
//!
//! Of colour each channel is a pyramid of its own, made as that of ink is; the ink of a colour is its luma.

use super::colors::multiply;
use super::pyramid::Pyramid;
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
        let drawings = drawings.chunks_exact(drawing_bytes).enumerate();
        let of_drawings = drawings.zip(means.iter_mut().zip(moments));
        match plan.pages {
            Pages::Ink => {
                let mut cell = Pyramid::new(plan.canvas, &sides);
                for ((at, drawing), (mean, moments)) in of_drawings {
                    cell.fill(|canvas| lay_on_canvas(plan, drawing, canvas, <[u8]>::copy_from_slice));
                    // Around the drawing its canvas is blank: the totals of both are one.
                    let total = cell.total();
                    *mean = mean_ink(plan.canvas, total);
                    *moments = moments_of(drawing, total);
                    for (i, (level, &pitch)) in strip.iter_mut().zip(&pitches).enumerate() {
                        write_texels(cell.level(i), level, pitch, at);
                    }
                }
            }
            Pages::Color => {
                let (mut cell, mut ink) = (Pyramid::new(plan.canvas, &sides), Vec::new());
                for ((at, drawing), (mean, moments)) in of_drawings {
                    let pixels = drawing.as_chunks().0;
                    cell.fill(|canvas| lay_on_canvas(plan, pixels, canvas, multiply));
                    for (i, (level, &pitch)) in strip.iter_mut().zip(&pitches).enumerate() {
                        write_colors(cell.level(i), level, pitch, at);
                    }
                    ink.clear();
                    ink.extend(pixels.iter().map(|&pixel| luma(pixel)));
                    let total = ink.iter().map(|&ink| u64::from(ink)).sum();
                    *mean = mean_ink(plan.canvas, total);
                    *moments = moments_of(&ink, total);
                }
            }
        }
    });
    PackedPiece { first_row, rows, levels, means, moments }
}

/// Mean and standard deviation of the ink of a drawing whose values have this sum: exact sums, each rounded once.
pub fn moments_of(drawing: &[u8], sum: u64) -> Moments {
    // So many squares of bytes fit 32 bits, in which the compiler adds several at once.
    let squares =
        drawing.chunks(1 << 16).map(|values| values.iter().map(|&value| u32::from(value).pow(2)).sum::<u32>());
    let squares: u64 = squares.map(u64::from).sum();
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

/// Centres a drawing on its canvas (offsets rounded down): `lay` puts a line of it, or all of it, there.
fn lay_on_canvas<V: Copy + Default>(plan: &AtlasPlan, drawing: &[V], square: &mut [V], lay: fn(&mut [V], &[V])) {
    let (width, height, canvas) = (plan.width as usize, plan.height as usize, plan.canvas as usize);
    if width == canvas && height == canvas {
        lay(square, drawing);
        return;
    }
    let (left, top) = ((canvas - width) / 2, (canvas - height) / 2);
    square.fill(V::default());
    for (y, line) in drawing.chunks_exact(width).enumerate() {
        let start = (top + y) * canvas + left;
        lay(&mut square[start..start + width], line);
    }
}
