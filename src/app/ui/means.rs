//! Mean drawings in panels: as textures, and where they lie.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{
    Color32, ColorImage, Rect, Response, Sense, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::theme::Palette;
use super::widgets;
use crate::likeness::means::Means;
use crate::scene::clusters::seen;
use crate::scene::palette::{Rgb, Theme};
use std::sync::Arc;

/// A picture with more pixels a side is shown smoothly: where it has little room, pixels would not have the same width.
const SHARP: u32 = 47;
/// Pixels a side of a texture that every machine can have.
const LONGEST: u32 = 1_024;

/// The mean drawings of groups as textures, of those that have been in sight.
#[derive(Clone)]
pub(super) struct MeanPictures {
    of: Arc<Means>,
    theme: Theme,
    made: Vec<Option<TextureHandle>>,
}

impl std::fmt::Debug for MeanPictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeanPictures").field("size", &self.of.size).finish_non_exhaustive()
    }
}

impl MeanPictures {
    /// The pictures of these drawings: those of before where they are the same ones.
    pub(super) fn of(before: Option<Self>, means: &Arc<Means>, theme: Theme) -> Self {
        let same = before.filter(|before| Arc::ptr_eq(&before.of, means) && before.theme == theme);
        same.unwrap_or_else(|| Self { of: Arc::clone(means), theme, made: vec![None; means.of.len()] })
    }

    /// The picture of a group.
    pub(super) fn get(&mut self, ui: &Ui, group: usize) -> Option<&TextureHandle> {
        let (place, mean) = (self.made.get_mut(group)?, self.of.of.get(group)?);
        Some(place.get_or_insert_with(|| texture(ui, "mean of a group", self.of.size, seen(mean, self.theme))))
    }
}

/// A picture of these colours, line by line. Of one with a side that is longer than textures can be on any machine, some pixels are
/// left out: there are more of them than it is shown with.
pub(super) fn texture(ui: &Ui, name: &str, size: [u32; 2], pixels: Vec<Rgb>) -> TextureHandle {
    let step = size.map(|side| side.div_ceil(LONGEST).max(1));
    let is_kept = |at: usize| {
        let width = size[0].max(1) as usize;
        (at % width).is_multiple_of(step[0] as usize) && (at / width).is_multiple_of(step[1] as usize)
    };
    let pixels = pixels.into_iter().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, pixel)| pixel);
    let size = [0, 1].map(|axis| size[axis].div_ceil(step[axis]));
    let pixels = pixels.map(|[r, g, b]| Color32::from_rgb(r, g, b)).collect();
    let is_sharp = size.iter().all(|&side| side <= SHARP);
    let options = if is_sharp { TextureOptions::NEAREST } else { TextureOptions::LINEAR };
    ui.ctx().load_texture(name, ColorImage::new(size.map(|side| side as usize), pixels), options)
}

/// How large a picture is shown where it may be so many points wide and high: by whole pixels of the screen a pixel, where these
/// are at least two, so that all have the same width.
pub(super) fn fitted(size: [u32; 2], most: f32, pixels_per_point: f32) -> Vec2 {
    let [width, height] = size.map(|side| side.max(1) as f32);
    let longest = width.max(height);
    let whole = (most * pixels_per_point / longest).floor();
    let scale = if whole >= 2.0 { whole / pixels_per_point } else { most / longest };
    vec2(width, height) * scale
}

/// Shows a picture of this size with a frame around it; `text` is what it is, for screen readers. Without one its place is kept.
pub(super) fn framed(ui: &mut Ui, picture: Option<&TextureHandle>, size: Vec2, text: &str, p: &Palette) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, text));
    match picture {
        Some(picture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(picture.id(), rect, whole, Color32::WHITE);
        }
        None => _ = ui.painter().rect_filled(rect, 0.0, p.ground),
    }
    widgets::frame(ui.painter(), rect, 0.0, p.hairline);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_of_a_picture_have_the_same_width_where_there_is_room() {
        assert_eq!(fitted([28, 28], 94.0, 1.0), vec2(84.0, 84.0));
        assert_eq!(fitted([28, 14], 94.0, 2.0), vec2(84.0, 42.0));
        assert_eq!(fitted([28, 28], 94.0, 1.25), vec2(89.6, 89.6));
        // With more pixels than fit twice the room is filled.
        assert_eq!(fitted([128, 64], 94.0, 1.0), vec2(94.0, 47.0));
        assert_eq!(fitted([0, 0], 94.0, 1.0), vec2(94.0, 94.0));
    }
}
