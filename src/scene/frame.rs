//! What one picture shows, as plain data: a window and a headless run build the same value and hand it to the same renderer.

use super::overlay::Overlay;
use super::palette::{Colormap, Theme};
use super::picture::ScatterPicture;
use crate::data::Row;

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

/// A drawing by itself, enlarged by a whole number of pixels a texel where it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawingPicture {
    /// Which.
    pub row: Row,
    /// A ring marks it (the middle of the loupe).
    pub ringed: bool,
    /// How many pixels of it would lie beyond the view's left, top, right and bottom edges: a list scrolls under its frame.
    pub hidden_px: [u32; 4],
}

impl DrawingPicture {
    /// All of it fills the view.
    pub fn whole(row: Row) -> Self {
        Self { row, ringed: false, hidden_px: [0; 4] }
    }
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The drawings of the set, and what lies over them.
    Scatter(Box<ScatterPicture>, Box<Overlay>),
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

impl Frame {
    /// The picture of its first scatter, if it shows one.
    pub fn picture(&self) -> Option<&ScatterPicture> {
        self.views.iter().find_map(|view| match &view.content {
            Content::Scatter(picture, _) => Some(&**picture),
            Content::Drawing(_) => None,
        })
    }
}

impl Frame {
    /// The frame of a tile of this one, which shows one scatter and nothing else.
    #[must_use]
    pub fn tile(&self, tile: PxRect) -> Self {
        let of = |content: &Content| match content {
            Content::Scatter(picture, overlay) => {
                let picture = ScatterPicture { tile: Some(tile), ..(**picture).clone() };
                Content::Scatter(Box::new(picture), overlay.clone())
            }
            Content::Drawing(drawing) => Content::Drawing(*drawing),
        };
        let view = |view: &View| View { rect: PxRect::of_size(tile.size()), content: of(&view.content) };
        Self { target_px: tile.size(), views: self.views.iter().map(view).collect(), ..*self }
    }
}

/// How large a drawing of `canvas` texels is shown in a rectangle: (whole pixels a texel, left, top); 0 pixels where
/// the rectangle is smaller than the drawing, which is then shrunk to fit.
pub fn drawing_fit(rect: PxRect, canvas: u32) -> (u32, u32, u32) {
    let texel = rect.width.min(rect.height) / canvas.max(1);
    let side = if texel == 0 { rect.width.min(rect.height) } else { texel * canvas };
    (texel, rect.left + (rect.width - side) / 2, rect.top + (rect.height - side) / 2)
}
