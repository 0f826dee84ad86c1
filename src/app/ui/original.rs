//! A picture in its own size in the inspector: fitted into the place of the drawing, zoomed and moved by hand.

use egui::{Color32, Rect, Response, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2};

use super::inspected::PixelReadout;
use super::zoomed::Zoomed;
use crate::app::original::{Original, Part};
use std::sync::Arc;

/// How a picture is looked at.
#[derive(Clone)]
pub(super) struct OriginalView {
    of: Arc<Original>,
    zoomed: Zoomed,
    shown: Option<(Part, [usize; 2], TextureHandle)>,
}

impl std::fmt::Debug for OriginalView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OriginalView").field("zoomed", &self.zoomed).finish_non_exhaustive()
    }
}

impl OriginalView {
    /// The view of a picture: that of before where it is the same one, else all of it.
    pub(super) fn of(before: Option<Self>, original: &Arc<Original>) -> Self {
        let same = before.filter(|before| Arc::ptr_eq(&before.of, original));
        let zoomed = || Zoomed::whole(original.size().map(f64::from));
        same.unwrap_or_else(|| Self { of: Arc::clone(original), zoomed: zoomed(), shown: None })
    }

    /// Shows the picture in `rect`, whose response takes hold of it; which pixel is under the pointer, how many pixels of the screen a
    /// pixel takes, and where all of the picture would lie.
    pub(super) fn show(&mut self, ui: &Ui, rect: Rect, response: &Response) -> (Option<PixelReadout>, f64, Rect) {
        let ppp = f64::from(ui.pixels_per_point());
        let place = [f64::from(rect.width()) * ppp, f64::from(rect.height()) * ppp];
        self.zoomed.take_gestures(ui, rect, response);
        let (scale, part) = (self.zoomed.scale_in(place), self.zoomed.part_in(place));
        let Part { min, size: seen } = part;
        let pixels = seen.map(|side| ((side * scale).round() as usize).max(1));
        let painted = vec2(pixels[0] as f32, pixels[1] as f32) / ui.pixels_per_point();
        let free = ((rect.size() - painted) / 2.0 * ui.pixels_per_point()).floor() / ui.pixels_per_point();
        let at = Rect::from_min_size(rect.min + free.max(Vec2::ZERO), painted);
        let same = self.shown.take().filter(|(of, size, _)| *of == part && *size == pixels);
        let (.., texture) = self.shown.insert(same.unwrap_or_else(|| {
            let image = self.of.painted(part, pixels);
            (part, pixels, ui.ctx().load_texture("picture in its own size", image, TextureOptions::NEAREST))
        }));
        ui.painter().image(texture.id(), at, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::WHITE);
        let under = response.hover_pos().filter(|pos| at.contains(*pos)).and_then(|pos| {
            let from = (pos - at.min) * ui.pixels_per_point();
            let pixel = [from.x, from.y].into_iter().zip(min).map(|(from, min)| (min + f64::from(from) / scale) as u32);
            let [column, row] = <[u32; 2]>::try_from(pixel.collect::<Vec<_>>()).ok()?;
            let value = Some(self.of.pixel([column, row])?);
            Some(PixelReadout { column, row, value, ink: None })
        });
        let points = |pixels: f64| (pixels * scale / ppp) as f32;
        let whole = self.of.size().map(|side| points(f64::from(side)));
        let whole = Rect::from_min_size(at.min - vec2(points(min[0]), points(min[1])), vec2(whole[0], whole[1]));
        (under, scale, whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::source::OriginalPicture;

    #[test]
    fn another_picture_is_seen_as_a_whole_and_the_same_one_as_it_was() {
        let picture = || OriginalPicture { width: 60, height: 20, rgba: vec![9; 60 * 20 * 4], own: None };
        let [of, other] = [picture(), picture()].map(|picture| Arc::new(Original::new(picture)));
        let mut seen = OriginalView::of(None, &of);
        let place = [30.0, 20.0];
        seen.zoomed.zoom_to(2.0, [0.0; 2], place);
        let again = OriginalView::of(Some(seen), &of);
        assert_eq!(again.zoomed.scale_in(place), 2.0);
        assert_eq!(OriginalView::of(Some(again), &other).zoomed.scale_in(place), 0.5);
    }
}
