//! Packs drawings into a page: canvases, mip levels, small means and mean inks.

use super::{AtlasPlan, SMALL_SIDES};
use rayon::prelude::*;

/// One page ready for upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedPage {
    /// Number of the page over all chunks.
    pub page: u32,
    /// How many drawings lie on it.
    pub rows: u32,
    /// One square of ink bytes per mip level, finest first; rows of cells that hold no drawing are left out at the bottom.
    pub levels: Vec<Vec<u8>>,
    /// The 4×4, 2×2 and 1×1 area means, likewise.
    pub small: [Vec<u8>; 3],
    /// Mean ink of each drawing's canvas, 0…65535.
    pub means: Vec<u16>,
}

impl PackedPage {
    /// Rows of cells that hold drawings.
    pub fn cell_rows(&self, plan: &AtlasPlan) -> u32 {
        self.rows.div_ceil(plan.cells)
    }
}

/// Packs the drawings of one page. `ink` holds them one after the other, `height × width` bytes each.
///
/// Rows of cells are packed on all cores.
pub fn pack_page(plan: &AtlasPlan, page: u32, ink: &[u8]) -> PackedPage {
    let drawing_bytes = (plan.width * plan.height) as usize;
    let rows = (ink.len() / drawing_bytes) as u32;
    let cells = plan.cells as usize;
    let strips: Vec<Strip> = ink
        .par_chunks(drawing_bytes * cells)
        .map(|drawings| Strip::pack(plan, drawings.chunks_exact(drawing_bytes)))
        .collect();
    let mut packed = PackedPage {
        page,
        rows,
        levels: vec![Vec::new(); plan.mips as usize],
        small: [Vec::new(), Vec::new(), Vec::new()],
        means: Vec::with_capacity(rows as usize),
    };
    for (mip, level) in packed.levels.iter_mut().enumerate() {
        level.reserve_exact(strips.iter().map(|strip| strip.levels[mip].len()).sum());
    }
    for mut strip in strips {
        for (level, part) in packed.levels.iter_mut().zip(&strip.levels) {
            level.extend_from_slice(part);
        }
        for (level, part) in packed.small.iter_mut().zip(&strip.small) {
            level.extend_from_slice(part);
        }
        packed.means.append(&mut strip.means);
    }
    packed
}

/// One row of cells.
struct Strip {
    levels: Vec<Vec<u8>>,
    small: [Vec<u8>; 3],
    means: Vec<u16>,
}

impl Strip {
    fn pack<'a>(plan: &AtlasPlan, drawings: impl Iterator<Item = &'a [u8]>) -> Self {
        let (canvas, cells) = (plan.canvas as usize, plan.cells as usize);
        let mut levels: Vec<Vec<u8>> =
            (0..plan.mips).map(|mip| vec![0; ((cells * canvas) >> mip) * (canvas >> mip)]).collect();
        let mut small = SMALL_SIDES.map(|side| vec![0; cells * (side * side) as usize]);
        let mut means = Vec::with_capacity(cells);
        let mut square = vec![0_u8; canvas * canvas];
        for (cell, drawing) in drawings.enumerate() {
            lay_on_canvas(plan, drawing, &mut square);
            for (mip, level) in levels.iter_mut().enumerate() {
                let side = canvas >> mip;
                write_means(&square, canvas, side, level, cells * side, cell * side);
            }
            for (level, side) in small.iter_mut().zip(SMALL_SIDES) {
                let side = side as usize;
                write_means(&square, canvas, side, level, cells * side, cell * side);
            }
            let sum: u64 = square.iter().map(|&byte| u64::from(byte)).sum();
            let most = (canvas * canvas * 255) as u64;
            means.push(((sum * 65535 + most / 2) / most) as u16);
        }
        Self { levels, small, means }
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

/// Writes the `side` × `side` area means of a square into a strip at column `x0`, rounded to the nearest byte.
///
/// `side` divides the canvas, except for 4 into canvases that are a multiple of 4 anyway.
fn write_means(square: &[u8], canvas: usize, side: usize, out: &mut [u8], pitch: usize, x0: usize) {
    if side == canvas {
        for (y, line) in square.chunks_exact(canvas).enumerate() {
            out[y * pitch + x0..][..canvas].copy_from_slice(line);
        }
        return;
    }
    let block = canvas / side;
    let area = (block * block) as u32;
    for y in 0..side {
        for x in 0..side {
            let mut sum = 0_u32;
            for line in square[y * block * canvas..].chunks(canvas).take(block) {
                sum += line[x * block..][..block].iter().map(|&byte| u32::from(byte)).sum::<u32>();
            }
            out[y * pitch + x0 + x] = ((sum + area / 2) / area) as u8;
        }
    }
}
