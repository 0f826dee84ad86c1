//! What lies over a scatter picture, as plain data: labels, cards, crosshair, the box that is being dragged.

use crate::data::Row;

/// A label in the gap above a block.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockLabel {
    /// What it says in strong type.
    pub text: String,
    /// What it says beside that, in secondary colour.
    pub detail: String,
    /// Left end of the text in pixels of the viewport.
    pub left_px: f32,
    /// Baseline box: top of the gap in pixels of the viewport.
    pub top_px: f32,
    /// Width it may take.
    pub width_px: f32,
    /// Height of the gap.
    pub height_px: f32,
}

/// A drawing that is painted once more, on a card, over all others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// Which.
    pub row: Row,
    /// Its square's top-left corner in pixels of the viewport.
    pub left_top_px: [f32; 2],
    /// Its square's side.
    pub side_px: f32,
    /// The pinned drawing has the selection's colour, the hovered one the hover's.
    pub pinned: bool,
}

/// Everything that is painted over a scatter picture, in this order: labels, cards, crosshair, box. The picture itself is kept:
/// whatever lies over it redraws no drawing, and stops neither a scroll copy nor a slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Headings of blocks, those in sight.
    pub labels: Vec<BlockLabel>,
    /// Cards, the last one on top.
    pub cards: Vec<Card>,
    /// Where the crosshair's lines cross, in pixels of the viewport.
    pub crosshair_px: Option<[f32; 2]>,
    /// Corners of the box that is being dragged.
    pub zoom_box_px: Option<[[f32; 2]; 2]>,
}
