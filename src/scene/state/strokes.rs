//! Which drawings in sight are shown by their strokes.

use super::Scene;
use crate::data::Row;
use crate::scene::palette::{color, ground, mixed};
use crate::scene::rows::{Styling, WASH};
use crate::scene::strokes::InStrokes;

/// From this side on, logical pixels, drawings can be shown by their strokes.
pub const STROKES_FROM_PX: f64 = 120.0;
/// Where more are in sight, as in a crowd, all are shown by their pixels.
const MOST: usize = 400;

impl Scene {
    /// Whether drawings in sight are large enough to be shown by their strokes.
    pub fn is_near_enough_for_strokes(&self) -> bool {
        self.view().side_px >= STROKES_FROM_PX * self.viewport.scale
    }

    /// The drawings in sight that are shown by their strokes where these are known, if that is wished for; none while rows are on
    /// the way.
    pub fn in_strokes(&self) -> Vec<InStrokes> {
        if !self.settings.strokes || !self.is_near_enough_for_strokes() {
            return Vec::new();
        }
        let (theme, colormap) = (self.settings.theme, self.settings.colormap);
        let paper = ground(colormap, theme);
        let paints = self.row_table.paints(theme, self.view().side_px);
        let is_colored = self.row_table.styling() == Styling::Colors;
        let shown = |(row, square_px)| {
            let style = self.row_table.style(row);
            let weight = style.weight() as f32;
            let paint = paints.get(style.paint()).filter(|_| is_colored);
            // As pixels of full ink and of none have it.
            let (ground, ink) = match paint {
                None => (paper, color(colormap, theme, weight)),
                Some(paint) => {
                    let washed = if paint.washes { WASH as f32 * weight } else { 0.0 };
                    let ground = mixed(paper, paint.color, washed);
                    (ground, mixed(ground, paint.color, weight))
                }
            };
            InStrokes { row: Row(row), square_px, ground, ink }
        };
        let shown: Vec<InStrokes> = self.outlined_in_sight(|_| true).take(MOST + 1).map(shown).collect();
        if shown.len() > MOST { Vec::new() } else { shown }
    }
}
