//! What lies over a scatter picture, as plain data: axes, labels, captions, legend, outlines of selected drawings, cards, crosshair, the box or
//! the lasso that is being dragged.

use super::palette::Rgb;
use super::strokes::InStrokes;
use crate::data::Row;
use std::sync::Arc;

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

/// One axis of a scatter plot.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisMarks {
    /// What lies along it.
    pub title: String,
    /// Values in sight, each with its place along the axis in pixels of the viewport.
    pub ticks: Vec<(f32, String)>,
}

/// Axes with their grid lines.
#[derive(Clone, Debug, PartialEq)]
pub struct AxesMarks {
    /// From left to right.
    pub x: AxisMarks,
    /// Upwards.
    pub y: AxisMarks,
    /// Left, top, right and bottom edge of the plot in pixels of the viewport.
    pub plot_px: [f32; 4],
}

/// What the colours of drawings mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Legend {
    /// The column that gives the colours.
    pub title: String,
    /// Colours of a scale from its low end to its high one, and what these are; empty where there is none.
    pub scale: Vec<Rgb>,
    /// See there.
    pub ends: [String; 2],
    /// How often values of a scale occur; there where the scale is.
    pub histogram: Option<Histogram>,
    /// Single colours.
    pub entries: Vec<LegendEntry>,
}

/// How often the values of a scale occur, and where its ends lie among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Drawings that a filter keeps, in bins of one width; values beyond count in the first and the last.
    pub counts: Vec<u32>,
    /// The values at its left and its right edge.
    pub domain: [f64; 2],
    /// Where the scale begins and ends, from 0 at the left edge to 1 at the right one.
    pub ends: [f64; 2],
}

/// One colour of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// Which entry of the palette it is.
    pub entry: u8,
    /// The colour.
    pub color: Rgb,
    /// The value that has it.
    pub text: String,
    /// How many values have it: more than one where they share the last colour.
    pub values: u32,
    /// How many drawings have it.
    pub count: String,
    /// The filter keeps some of them; else it leaves all out that have this value.
    pub is_kept: bool,
}

/// A text at the lower edge of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// What it says.
    pub text: Arc<str>,
    /// Left edge of the drawing in pixels of the viewport.
    pub left_px: f32,
    /// Lower edge of the drawing.
    pub bottom_px: f32,
    /// Width of the drawing, which the text may take.
    pub width_px: f32,
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

/// Everything that is painted over a scatter picture, in this order: near pictures, strokes, outlines, captions, axes, labels, legend, lasso, crosshair, cards, box. The picture itself is kept:
/// whatever lies over it redraws no drawing, and stops neither a scroll copy nor a slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Axes, where the layout has some.
    pub axes: Option<AxesMarks>,
    /// What colours mean, where rows have some.
    pub legend: Option<Arc<Legend>>,
    /// Headings of blocks, those in sight.
    pub labels: Vec<BlockLabel>,
    /// Captions of drawings in sight.
    pub captions: Vec<Caption>,
    /// Cards, the last one on top.
    pub cards: Vec<Card>,
    /// Where the crosshair's lines cross, in pixels of the viewport.
    pub crosshair_px: Option<[f32; 2]>,
    /// Corners of the box that is being dragged.
    pub box_px: Option<[[f32; 2]; 2]>,
    /// Left and top edge and side of each selected drawing in sight, in pixels of the viewport, where these are outlined.
    pub outlines_px: Vec<[f32; 3]>,
    /// The same of pictures in colour whose rows have colours, by these.
    pub colored_px: Vec<(Rgb, Vec<[f32; 3]>)>,
    /// The squares of drawings in sight that are seen larger than their cells: they show the pictures that they were made of.
    pub near_px: Vec<(Row, [f32; 3])>,
    /// Drawings in sight that are shown by their strokes, where these are known.
    pub in_strokes: Vec<InStrokes>,
    /// The squares of drawings that are marked, at least a few pixels wide.
    pub found_px: Vec<[f32; 3]>,
    /// A line runs around it, as around a picture in a picture.
    pub is_framed: bool,
    /// Lines from a drawing to others, wherever these lie, in pixels of the viewport.
    pub links_px: Vec<[[f32; 2]; 2]>,
    /// Corners of the lasso that is being dragged, in pixels of the viewport.
    pub lasso_px: Vec<[f32; 2]>,
}

impl Overlay {
    /// Whether drawings are outlined.
    pub fn has_outlines(&self) -> bool {
        !self.outlines_px.is_empty() || !self.colored_px.is_empty() || !self.found_px.is_empty()
    }
}
