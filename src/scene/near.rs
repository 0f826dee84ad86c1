//! Pictures that are seen larger than the cells that they were drawn into: decoded once more, as large as they are seen.

use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::source::OriginalPicture;

/// Pixels a side that are kept of a picture at most: each machine has textures as large as this.
pub const MOST_SIDE: u32 = 4096;

/// A picture of a row in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct NearPicture {
    /// Which.
    pub row: Row,
    /// The picture, halved until its longer side is less than twice as long as it is seen.
    pub picture: OriginalPicture,
    /// Width and height of what its pixels show, in these: of an odd side the last ones show less.
    pub extent: [f32; 2],
    /// Left, top, width and height of its place in the square of its drawing, which is 1 wide.
    pub place: [f32; 4],
    /// It can be seen larger, and no finer: nothing was left out, or there would be more than [`MOST_SIDE`] pixels a side.
    pub is_whole: bool,
}

impl NearPicture {
    /// Decodes the picture of a row that is seen with its longer side `seen_px` pixels of the screen long, in a square of `canvas`
    /// pixels of drawings; `None` where there is no picture but the drawing, or it cannot be decoded.
    pub fn decode(dataset: &Dataset, row: Row, seen_px: u32, canvas: u32) -> Result<Option<Self>, OpenError> {
        let Some(from) = dataset.reduced_from(row) else { return Ok(None) };
        let Some(mut picture) = dataset.shown_picture(row)? else { return Ok(None) };
        let size = [picture.width, picture.height];
        let mut halvings = 0;
        while picture.width.max(picture.height) >= 2 * seen_px.max(1) || picture.width.max(picture.height) > MOST_SIDE {
            picture = picture.halved(size, halvings);
            halvings += 1;
        }
        let extent = size.map(|side| side as f32 / (1_u32 << halvings) as f32);
        let (height, width) = from.shown;
        let place = place_of([width, height], [dataset.width(), dataset.height()], canvas);
        let is_whole = halvings == 0 || picture.width.max(picture.height) > MOST_SIDE / 2;
        Ok(Some(Self { row, picture, extent, place, is_whole }))
    }
}

/// Left, top, width and height of what a row shows in its square, which is 1 wide: drawings lie in the middle of it, pictures in the middle
/// of drawings. Widths and heights are in pixels, `canvas` is the side of the square.
pub(super) fn place_of([width, height]: [u32; 2], drawing: [u32; 2], canvas: u32) -> [f32; 4] {
    let start = |side: u32, of: u32| (canvas.saturating_sub(of) / 2 + of.saturating_sub(side) / 2) as f32;
    let [left, top] = [start(width, drawing[0]), start(height, drawing[1])];
    [left, top, width as f32, height as f32].map(|edge| edge / canvas.max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_lies_where_its_cell_shows_it() {
        // A cell of 96 by 96 on a canvas of 100; the picture is shown with 96 by 31 pixels in its middle.
        assert_eq!(place_of([96, 31], [96, 96], 100), [0.02, 0.34, 0.96, 0.31]);
    }
}
