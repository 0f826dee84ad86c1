//! How drawings lie on pages, layers and mip levels: pure arithmetic, the same in Rust and in `shaders/view.wgsl`.
//!
//! A *canvas* is the square a drawing is laid on: its longer side rounded up to a multiple of 4, the drawing centred, the
//! rest without ink. Canvases lie side by side on a *page*, a power of two of them in a row, so that a place is found by
//! shifting; a page is a layer of a texture array; a *chunk* is a set of texture arrays, one a level of the ink pyramid.
//! Values are addressed in *blocks* of four neighbours (2 × 2): a pixel that covers up to 3 × 3 values reads four blocks, and their
//! means are the next level of half the side. Two kinds of pages ([`Pages`]) share all of this: of ink a block is one texel with four
//! channels (top left, top right, bottom left, bottom right), of colour it is 2 × 2 texels.

mod colors;
mod on_the_way;
mod pack;
mod pyramid;
mod texels;

pub use colors::premultiplied;
pub use pack::{Moments, PackedPiece, mean_ink, moments_of, pack_piece};
pub use texels::TEXEL_BYTES;

use crate::data::dataset::Dataset;
use thiserror::Error;

/// The longest side of a page in values.
const PAGE_VALUES: u32 = 2048;
/// Rows of cells that are uploaded at once: few, so that little memory is on its way.
const PIECE_CELL_ROWS: u32 = 16;
/// The sides of the last levels of the ink pyramid.
const SMALL_SIDES: [u32; 3] = [4, 2, 1];

/// Why drawings cannot be laid out for a device.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum AtlasError {
    /// A drawing is larger than a texture of the device may be.
    #[error("a drawing of {width} × {height} needs a texture of {canvas} px; this device allows {limit} px")]
    TooLarge {
        /// Width of a drawing in pixels.
        width: u32,
        /// Height of a drawing in pixels.
        height: u32,
        /// Side of its canvas.
        canvas: u32,
        /// The device's limit.
        limit: u32,
    },
    /// There is nothing to lay out.
    #[error("no drawings: a drawing of {width} × {height}, {rows} rows")]
    Empty {
        /// Width of a drawing in pixels.
        width: u32,
        /// Height of a drawing in pixels.
        height: u32,
        /// Number of drawings.
        rows: u32,
    },
}

/// What a device allows, as far as the atlas is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtlasLimits {
    /// Longest side of a 2D texture.
    pub texture_px: u32,
    /// Most layers of a texture array.
    pub layers: u32,
    /// Most bytes that one texture array (with its mip levels) may take.
    pub chunk_bytes: u64,
}

impl AtlasLimits {
    /// Those of a usual device, where none is asked.
    pub const USUAL: Self = Self { texture_px: 16_384, layers: 256, chunk_bytes: 1 << 30 };
}

/// What the values of drawings are, and how texels hold them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pages {
    /// Ink: a value is a byte, and a texel holds 2 × 2 of them.
    #[default]
    Ink,
    /// Colour: a value is a texel, red, green and blue multiplied by alpha, and alpha.
    Color,
}

impl Pages {
    /// The pages for drawings of so many channels.
    pub fn of(channels: u32) -> Self {
        if channels == 1 { Self::Ink } else { Self::Color }
    }

    /// Bytes of a value.
    pub fn channels(self) -> usize {
        match self {
            Self::Ink => 1,
            Self::Color => 4,
        }
    }

    /// Texels of a side of a block of 2 × 2 values.
    fn block_texels(self) -> u32 {
        match self {
            Self::Ink => 1,
            Self::Color => 2,
        }
    }
}

/// Where a drawing lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which texture array.
    pub chunk: u16,
    /// Its layer.
    pub layer: u32,
    /// Column of cells on the page.
    pub x: u32,
    /// Row of cells on the page.
    pub y: u32,
}

/// How a data set lies in texture arrays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtlasPlan {
    /// Number of drawings.
    pub rows: u32,
    /// Width of a drawing in pixels.
    pub width: u32,
    /// Height of a drawing in pixels.
    pub height: u32,
    /// What its values are.
    pub pages: Pages,
    /// Side of the square canvas in values, a multiple of 4.
    pub canvas: u32,
    /// Cells in a row, and rows of cells, of a page: a power of two.
    pub cells: u32,
    /// Layers a chunk holds at most.
    pub layers_per_chunk: u32,
    /// Rows of cells that are read, packed and uploaded at once, a power of two.
    pub piece_cell_rows: u32,
}

impl AtlasPlan {
    /// Lays `rows` drawings of `width` × `height` pixels out for a device.
    pub fn new(rows: u32, width: u32, height: u32, pages: Pages, limits: AtlasLimits) -> Result<Self, AtlasError> {
        if rows == 0 || width == 0 || height == 0 {
            return Err(AtlasError::Empty { width, height, rows });
        }
        let canvas = canvas_side(width, height);
        let page = PAGE_VALUES.max(canvas).min(limits.texture_px);
        if canvas > page {
            return Err(AtlasError::TooLarge { width, height, canvas, limit: limits.texture_px });
        }
        // A small set gets a small page: the whole set in one square.
        let cells = (1 << (page / canvas).ilog2()).min((f64::from(rows).sqrt().ceil() as u32).next_power_of_two());
        let layer_bytes = u64::from(cells * cells) * cell_bytes(canvas, pages);
        let layers_per_chunk = (limits.chunk_bytes / layer_bytes).clamp(1, u64::from(limits.layers.max(1))) as u32;
        let piece_cell_rows = cells.min(PIECE_CELL_ROWS);
        Ok(Self { rows, width, height, pages, canvas, cells, layers_per_chunk, piece_cell_rows })
    }

    /// Lays a data set out for a device.
    pub fn of(dataset: &Dataset, limits: AtlasLimits) -> Result<Self, AtlasError> {
        let (rows, width, height) = (dataset.rows(), dataset.width(), dataset.height());
        let plan = Self::new(rows, width, height, Pages::of(dataset.channels()), limits)?;
        // Large pictures take their time: the first ones are to be seen soon.
        Ok(if dataset.is_reduced() { Self { piece_cell_rows: 1, ..plan } } else { plan })
    }

    /// Drawings on one page.
    pub fn rows_per_layer(&self) -> u32 {
        self.cells * self.cells
    }

    /// Pages in all.
    pub fn layers(&self) -> u32 {
        self.rows.div_ceil(self.rows_per_layer())
    }

    /// Texture arrays in all.
    pub fn chunks(&self) -> u32 {
        self.layers().div_ceil(self.layers_per_chunk)
    }

    /// Layers of one chunk.
    pub fn layers_in(&self, chunk: u32) -> u32 {
        self.layers().saturating_sub(chunk * self.layers_per_chunk).min(self.layers_per_chunk)
    }

    /// Drawings in a full chunk (saturating: one chunk may hold more than there are row numbers).
    pub fn rows_per_chunk(&self) -> u32 {
        self.rows_per_layer().saturating_mul(self.layers_per_chunk)
    }

    /// The chunk a row lies in.
    pub fn chunk_of(&self, row: u32) -> u16 {
        (row / self.rows_per_chunk()) as u16
    }

    /// Where a row lies. The shader's `place_of` is its twin.
    pub fn place(&self, row: u32) -> Place {
        let in_chunk = row % self.rows_per_chunk();
        let (layer, cell) = (in_chunk / self.rows_per_layer(), in_chunk % self.rows_per_layer());
        Place { chunk: self.chunk_of(row), layer, x: cell % self.cells, y: cell / self.cells }
    }

    /// Sides of all levels of the ink pyramid, finest first: the canvas, its halves while whole and at least 5, then 4, 2, 1.
    pub fn level_sides(&self) -> Vec<u32> {
        level_sides(self.canvas)
    }

    /// Sides of the levels that textures hold: all but the last, which is the mean of the four values before it.
    pub fn stored_sides(&self) -> Vec<u32> {
        stored_sides(self.canvas)
    }

    /// Bytes of one drawing as it is read: one a channel.
    pub fn drawing_bytes(&self) -> usize {
        self.width as usize * self.height as usize * self.pages.channels()
    }

    /// Texels of a drawing's side on a level of `side` values a drawing.
    pub fn cell_texels(&self, side: u32) -> u32 {
        side.div_ceil(2) * self.pages.block_texels()
    }

    /// Texels of a page's side on a level of `side` values a drawing.
    pub fn page_texels(&self, side: u32) -> u32 {
        self.cells * self.cell_texels(side)
    }

    /// Pieces that drawings are read, packed and uploaded in: each is some whole rows of cells of one page.
    pub fn pieces(&self) -> u32 {
        self.rows.div_ceil(self.rows_per_piece())
    }

    /// The rows of one piece (counted over all chunks).
    pub fn piece_rows(&self, piece: u32) -> std::ops::Range<u32> {
        let first = piece.saturating_mul(self.rows_per_piece()).min(self.rows);
        first..first.saturating_add(self.rows_per_piece()).min(self.rows)
    }

    /// Powers of two divide one another: no piece lies on two pages.
    fn rows_per_piece(&self) -> u32 {
        self.cells * self.piece_cell_rows
    }

    /// Bytes of GPU memory that all texture arrays take.
    pub fn gpu_bytes(&self) -> u64 {
        u64::from(self.layers()) * u64::from(self.rows_per_layer()) * cell_bytes(self.canvas, self.pages)
    }
}

/// Side of the square canvas that holds a drawing: the longer side rounded up to a multiple of 4.
pub fn canvas_side(width: u32, height: u32) -> u32 {
    width.max(height).next_multiple_of(4)
}

/// Sides of the levels of the ink pyramid of drawings on a canvas, finest first: the canvas, its halves while they are whole and
/// at least 5, then 4, 2, 1.
pub fn level_sides(canvas: u32) -> Vec<u32> {
    let canvas = canvas.max(1);
    let halves = std::iter::successors(Some(canvas), |side| (side % 2 == 0).then_some(side / 2));
    let large = halves.take_while(|&side| side > SMALL_SIDES[0] || side == canvas);
    large.chain(SMALL_SIDES.into_iter().filter(|&side| side < canvas)).collect()
}

fn stored_sides(canvas: u32) -> Vec<u32> {
    level_sides(canvas).into_iter().filter(|&side| side > 1).collect()
}

/// Bytes of all levels of one drawing, row data included.
fn cell_bytes(canvas: u32, pages: Pages) -> u64 {
    let texels = |side: &u32| u64::from(side.div_ceil(2) * pages.block_texels()).pow(2);
    stored_sides(canvas).iter().map(texels).sum::<u64>() * 4 + 4
}

#[cfg(test)]
mod tests;
