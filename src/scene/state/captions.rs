//! Captions of the drawings in sight.

use super::Scene;
use crate::data::Row;
use crate::scene::camera::Bounds;
use crate::scene::overlay::Caption;
use glam::DVec2;
use std::sync::Arc;

/// From this side on, logical pixels, drawings have captions.
const CAPTIONED_FROM_PX: f64 = 48.0;
/// Where more drawings are in sight, as in a crowd, none has a caption.
pub const MOST_CAPTIONS: usize = 1000;

impl Scene {
    /// The rows in sight that are large enough for a caption, in ascending order; none where they are too many, or on the way.
    pub fn rows_to_caption(&self) -> Vec<u32> {
        let view = self.view();
        if view.side_px < CAPTIONED_FROM_PX * self.viewport.scale || self.transition.is_some() {
            return Vec::new();
        }
        let size = self.viewport.size_px();
        let reach = DVec2::splat(view.side_px / 2.0);
        let (a, b) = (view.world_from_px(-reach), view.world_from_px(size + reach));
        let world = Bounds::new(a.min(b), a.max(b));
        let is_in_sight = |row: u32| self.placed.layout.center(row).is_some_and(|center| world.contains(center));
        let in_sight = self.placed.index.candidates(&world).filter(|&row| self.is_found(row) && is_in_sight(row));
        let mut rows: Vec<u32> = in_sight.take(MOST_CAPTIONS + 1).collect();
        if rows.len() > MOST_CAPTIONS {
            rows.clear();
        }
        rows.sort_unstable();
        rows
    }

    /// What stands under some drawings.
    pub fn set_captions(&mut self, captions: Vec<(u32, Arc<str>)>) {
        self.captions = captions;
    }

    /// Where captions lie now.
    pub(super) fn captions_px(&self) -> Vec<Caption> {
        if self.transition.is_some() {
            return Vec::new();
        }
        let caption = |(row, text): &(u32, Arc<str>)| {
            let [left, top, side] = self.square_px(Row(*row))?.map(|edge| edge as f32);
            Some(Caption { text: Arc::clone(text), left_px: left, bottom_px: top + side, width_px: side })
        };
        self.captions.iter().filter_map(caption).collect()
    }
}
