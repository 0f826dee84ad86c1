//! What a scatter picture shows, as plain data: its content alone. How much of it is drawn in a frame, and from which earlier
//! picture, is the business of `gpu::progressive`.

use super::frame::PxRect;
use super::palette::{Colormap, Theme};
use super::transition::OnTheWay;
use super::view::ScatterView;

/// Everything that decides the colours of a scatter picture; two equal values give equal bytes on one adapter where both are
/// drawn as a whole, and bytes that differ by one at most where a camera has moved by whole pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterPicture {
    /// Camera and pixel rules.
    pub view: ScatterView,
    /// Which layout the renderer must hold.
    pub layout_revision: u64,
    /// Rows are on the way to that layout; `None` where they have arrived.
    pub on_the_way: Option<OnTheWay>,
    /// Which looks of the rows the renderer must hold.
    pub rows_revision: u64,
    /// Rows that have been read: only these are drawn.
    pub rows_ready: u32,
    /// Colours of ink and ground.
    pub colormap: Colormap,
    /// Paper or night.
    pub theme: Theme,
    /// The part of the viewport that is drawn, where that is one of several tiles; else all of it.
    pub tile: Option<PxRect>,
}

impl ScatterPicture {
    /// The part of the viewport that is drawn.
    pub fn part(&self) -> PxRect {
        self.tile.unwrap_or_else(|| PxRect::of_size(self.view.size_px))
    }
}
