//! The sizes of pictures, and the cell that all of a set are drawn into.

use super::CELLS;
use super::fit::{CHANNELS, Cell};
use super::picture::Picture;
use crate::room;
use crate::words::counted;

/// Sides of cells, the largest for which there is room.
const SIDES: [u32; 4] = [96, 64, 48, 32];
/// Which part of the memory that is left all cells may take.
const PART_OF_MEMORY: u64 = 4;
/// Sides of cells are multiples of it, as those of canvases are.
const SIDE_STEP: u32 = 4;

/// Height and width of pictures, in pixels: those of the one with the fewest and the one with the most.
pub(super) struct Sizes {
    least: (u32, u32),
    greatest: (u32, u32),
    longest: u32,
    is_one: bool,
}

impl Sizes {
    /// `None` where none can be drawn.
    pub(super) fn of(pictures: &[Picture]) -> Option<Self> {
        let sizes = || pictures.iter().filter_map(|picture| Some(picture.header.as_ref().ok()?.size()));
        let area = |&(height, width): &(u32, u32)| u64::from(height) * u64::from(width);
        let least = sizes().min_by_key(area)?;
        Some(Self {
            least,
            greatest: sizes().max_by_key(area)?,
            longest: sizes().map(|(height, width)| height.max(width)).max()?,
            is_one: sizes().all(|size| size == least),
        })
    }

    /// The cell of all: no larger than the largest picture, and that size itself where there is but one.
    pub(super) fn cell(&self, asked: Option<u32>, rows: usize) -> Cell {
        let most = || room::least().map_or(u64::MAX, |room| room.left / PART_OF_MEMORY);
        let side = match asked {
            Some(side) => side.clamp(*CELLS.start(), *CELLS.end()),
            None => side_within(rows, most()),
        };
        let (height, width) = self.least;
        if self.is_one && self.longest <= side {
            return Cell { height, width };
        }
        let side = side.min(self.longest.next_multiple_of(SIDE_STEP));
        Cell { height: side, width: side }
    }

    pub(super) fn said(&self, rows: usize, cell: Cell) -> String {
        let pixels = |(height, width): (u32, u32)| format!("{height}x{width}");
        let pictures = counted(rows as u64, "picture", "pictures");
        if self.is_one && self.least == (cell.height, cell.width) {
            return format!("{pictures} of {} pixels", pixels(self.least));
        }
        let sizes = if self.is_one {
            pixels(self.least)
        } else {
            format!("{} to {}", pixels(self.least), pixels(self.greatest))
        };
        format!("{pictures} of {sizes} pixels, each drawn into {} pixels", pixels((cell.height, cell.width)))
    }
}

/// The largest side of which the cells of so many rows take no more than `most` bytes.
pub(super) fn side_within(rows: usize, most: u64) -> u32 {
    let bytes = |side: u32| rows as u64 * u64::from(side * side) * CHANNELS as u64;
    let [.., least] = SIDES;
    SIDES.into_iter().find(|side| bytes(*side) <= most).unwrap_or(least)
}
