//! What one picture shows, as plain data: a window and a headless run build the same value and hand it to the same renderer.

use super::palette::{Colormap, Theme};
use super::view::ScatterView;
use crate::data::Row;
use glam::DVec2;

/// A rectangle of the target in physical pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PxRect {
    /// Left edge.
    pub left: u32,
    /// Top edge.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl PxRect {
    /// A rectangle at the target's top-left corner.
    pub fn of_size(size_px: [u32; 2]) -> Self {
        Self { left: 0, top: 0, width: size_px[0], height: size_px[1] }
    }

    /// Width and height.
    pub fn size(&self) -> [u32; 2] {
        [self.width, self.height]
    }

    /// Whether nothing fits in it.
    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The part of it that lies in a target.
    pub fn clipped(&self, target_px: [u32; 2]) -> Self {
        let (left, top) = (self.left.min(target_px[0]), self.top.min(target_px[1]));
        Self { left, top, width: self.width.min(target_px[0] - left), height: self.height.min(target_px[1] - top) }
    }
}

/// Everything that decides the colours of a scatter picture; two equal values give equal bytes on one adapter where both are
/// drawn as a whole, and bytes that differ by one at most where a camera has moved by whole pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterPicture {
    /// Camera and pixel rules.
    pub view: ScatterView,
    /// Which layout the renderer must hold.
    pub layout_revision: u64,
    /// Rows that have been read: only these are drawn.
    pub rows_ready: u32,
    /// Colours of ink and ground.
    pub colormap: Colormap,
    /// Paper or night.
    pub theme: Theme,
    /// Physical pixels per logical pixel (sizes of labels).
    pub scale: f64,
    /// Labels of blocks, those in sight.
    pub labels: Vec<BlockLabel>,
    /// Pixels a side that share a colour where the picture is drawn anew: 1 for the exact one, more for one that stands in.
    pub coarse: u32,
    /// Lines of a coarse picture of the same that this frame makes exact.
    pub lines: u32,
    /// It stands in for a larger one: where many drawings share a pixel, some may stand for their neighbours, too.
    pub stand_in: bool,
}

impl ScatterPicture {
    /// The picture that this one is, or will be when it is exact.
    pub fn exact(&self) -> Self {
        Self { coarse: 1, lines: u32::MAX, ..self.clone() }
    }

    /// The same picture with a pixel for every `coarse` × `coarse` of its own, without labels.
    pub fn reduced(&self) -> Self {
        let coarse = f64::from(self.coarse);
        let view = &self.view;
        let view = ScatterView {
            size_px: view.size_px.map(|side| side.div_ceil(self.coarse)),
            px_per_unit: view.px_per_unit / coarse,
            side_px: view.side_px / coarse,
            // The middle of the reduced picture is that of the full one's left top part that it covers in whole pixels.
            center: view.world_from_px(
                DVec2::from(view.size_px.map(|side| f64::from(side.div_ceil(self.coarse)))) * coarse / 2.0,
            ),
            ..*view
        };
        Self { view, labels: Vec::new(), stand_in: true, ..self.exact() }
    }
}

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

/// What is painted over the scatter; changing it redraws no point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Highlights {
    /// Cards, the last one on top.
    pub cards: Vec<Card>,
    /// Where the crosshair's lines cross, in pixels of the viewport.
    pub crosshair_px: Option<[f32; 2]>,
    /// Corners of the box that is being dragged.
    pub zoom_box_px: Option<[[f32; 2]; 2]>,
}

/// A drawing by itself, enlarged by a whole number of pixels a texel where it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawingPicture {
    /// Which.
    pub row: Row,
    /// A ring marks it (the middle of the loupe).
    pub ringed: bool,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The drawings of the set.
    Scatter(Box<ScatterPicture>, Highlights),
    /// One drawing.
    Drawing(DrawingPicture),
}

/// One rectangle of the target and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Where.
    pub rect: PxRect,
    /// What.
    pub content: Content,
}

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Size of the target in physical pixels.
    pub target_px: [u32; 2],
    /// Physical pixels per logical pixel.
    pub scale: f64,
    /// Paper or night.
    pub theme: Theme,
    /// Colours of ink.
    pub colormap: Colormap,
    /// Back to front.
    pub views: Vec<View>,
}

/// How large a drawing of `canvas` texels is shown in a rectangle: (whole pixels a texel, left, top); 0 pixels where
/// the rectangle is smaller than the drawing, which is then shrunk to fit.
pub fn drawing_fit(rect: PxRect, canvas: u32) -> (u32, u32, u32) {
    let texel = rect.width.min(rect.height) / canvas.max(1);
    let side = if texel == 0 { rect.width.min(rect.height) } else { texel * canvas };
    (texel, rect.left + (rect.width - side) / 2, rect.top + (rect.height - side) / 2)
}
