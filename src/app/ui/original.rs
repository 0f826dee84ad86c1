//! A picture in its own size in the inspector: fitted into the place of the drawing, zoomed and moved by hand.

use egui::{Color32, CursorIcon, Rect, Response, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2};

use super::inspected::PixelReadout;
use crate::app::original::{Original, Part};
use crate::data::source::{Number, PixelValue};
use std::sync::Arc;

/// Pixels of the screen that a pixel takes at most.
const NEAREST: f64 = 32.0;
/// Points of a wheel by which the zoom doubles.
const WHEEL_POINTS: f64 = 120.0;

/// How a picture is looked at.
#[derive(Clone)]
pub(super) struct OriginalView {
    of: Arc<Original>,
    /// Pixels of the screen a pixel; `None` fits the picture into its place.
    scale: Option<f64>,
    /// The pixel in the middle, as long as it is not fitted.
    center: [f64; 2],
    shown: Option<(Part, [usize; 2], TextureHandle)>,
}

impl std::fmt::Debug for OriginalView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OriginalView").field("scale", &self.scale).field("center", &self.center).finish_non_exhaustive()
    }
}

impl OriginalView {
    /// The view of a picture: that of before where it is the same one, else all of it.
    pub(super) fn of(before: Option<Self>, original: &Arc<Original>) -> Self {
        let same = before.filter(|before| Arc::ptr_eq(&before.of, original));
        let center = original.size().map(|side| f64::from(side) / 2.0);
        same.unwrap_or_else(|| Self { of: Arc::clone(original), scale: None, center, shown: None })
    }

    /// Shows the picture in `rect`, whose response takes hold of it; which pixel is under the pointer, how many pixels of the screen a
    /// pixel takes, and where all of the picture would lie.
    pub(super) fn show(&mut self, ui: &Ui, rect: Rect, response: &Response) -> (Option<PixelReadout>, f64, Rect) {
        let ppp = f64::from(ui.pixels_per_point());
        let place = [f64::from(rect.width()) * ppp, f64::from(rect.height()) * ppp];
        self.take_gestures(ui, rect, response, place);
        let (scale, part) = (self.scale_in(place), self.part_in(place));
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
            let [red, green, blue, alpha] = self.of.pixel([column, row])?;
            let alpha = (alpha < u8::MAX).then_some(alpha);
            let values = [red, green, blue].into_iter().chain(alpha);
            let value = PixelValue::of(values.map(|value| Number::Unsigned(value.into())));
            Some(PixelReadout { column, row, value, ink: None })
        });
        let points = |pixels: f64| (pixels * scale / ppp) as f32;
        let whole = self.of.size().map(|side| points(f64::from(side)));
        let whole = Rect::from_min_size(at.min - vec2(points(min[0]), points(min[1])), vec2(whole[0], whole[1]));
        (under, scale, whole)
    }

    /// Pixels of the screen a pixel that shows all of it, at most as many as it may be zoomed to.
    fn fitting(&self, place: [f64; 2]) -> f64 {
        let [width, height] = self.of.size().map(f64::from);
        (place[0] / width).min(place[1] / height).clamp(1e-6, NEAREST)
    }

    fn scale_in(&self, place: [f64; 2]) -> f64 {
        self.scale.unwrap_or_else(|| self.fitting(place))
    }

    /// What is seen.
    fn part_in(&self, place: [f64; 2]) -> Part {
        let (scale, size) = (self.scale_in(place), self.of.size().map(f64::from));
        let seen = [0, 1].map(|axis| (place[axis] / scale).min(size[axis]));
        let min = [0, 1].map(|axis| (self.center[axis] - seen[axis] / 2.0).clamp(0.0, size[axis] - seen[axis]));
        Part { min, size: seen }
    }

    fn take_gestures(&mut self, ui: &Ui, rect: Rect, response: &Response, place: [f64; 2]) {
        let ppp = f64::from(ui.pixels_per_point());
        let (fitting, scale) = (self.fitting(place), self.scale_in(place));
        let from_middle = |pos: egui::Pos2| {
            let from = pos - rect.center();
            [f64::from(from.x) * ppp, f64::from(from.y) * ppp]
        };
        if self.scale.is_some() {
            response.clone().on_hover_and_drag_cursor(if response.dragged() {
                CursorIcon::Grabbing
            } else {
                CursorIcon::Grab
            });
            let by = response.drag_delta();
            self.move_by([-f64::from(by.x) * ppp / scale, -f64::from(by.y) * ppp / scale], place);
        }
        let Some(pointer) = response.hover_pos() else { return };
        let mut zoom = None;
        if response.double_clicked() {
            // Whole pixels, then all of it again.
            zoom = Some(if self.scale.is_some() { fitting } else { fitting.max(1.0) });
        } else {
            let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
            let factor = (f64::from(wheel) / WHEEL_POINTS).exp2() * f64::from(pinch);
            if factor != 1.0 {
                zoom = Some(scale * factor);
            }
        }
        let Some(wanted) = zoom else { return };
        self.zoom_to(wanted, from_middle(pointer), place);
    }

    /// Takes another scale; what is so many pixels of the screen from the middle stays there, as far as the picture goes.
    fn zoom_to(&mut self, wanted: f64, from: [f64; 2], place: [f64; 2]) {
        let (fitting, scale) = (self.fitting(place), self.scale_in(place));
        let wanted = wanted.clamp(fitting, NEAREST.max(fitting));
        let by = from.map(|from| from / scale - from / wanted);
        self.scale = (wanted > fitting * 1.000_001).then_some(wanted);
        self.move_by(by, place);
    }

    /// Moves the middle, as far as the picture goes.
    fn move_by(&mut self, by: [f64; 2], place: [f64; 2]) {
        let (scale, size) = (self.scale_in(place), self.of.size().map(f64::from));
        for (axis, center) in self.center.iter_mut().enumerate() {
            let half = (place[axis] / scale / 2.0).min(size[axis] / 2.0);
            *center = (*center + by[axis]).clamp(half, size[axis] - half);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::source::OriginalPicture;

    const PLACE: [f64; 2] = [300.0, 200.0];

    /// A picture of 1,200 by 400 pixels: a fourth of its size fits, with the height to spare.
    fn view() -> OriginalView {
        let (width, height) = (1_200, 400);
        let rgba = vec![9; width as usize * height as usize * 4];
        OriginalView::of(None, &Arc::new(Original::new(OriginalPicture { width, height, rgba })))
    }

    /// The pixel that is so many pixels of the screen from the middle of the place.
    fn under(view: &OriginalView, from: [f64; 2]) -> [f64; 2] {
        let (part, scale) = (view.part_in(PLACE), view.scale_in(PLACE));
        [0, 1].map(|axis| part.min[axis] + part.size[axis] / 2.0 + from[axis] / scale)
    }

    #[test]
    fn all_of_a_picture_is_seen_until_it_is_zoomed_and_what_is_pointed_at_stays() {
        let mut view = view();
        assert_eq!((view.scale_in(PLACE), view.part_in(PLACE)), (0.25, Part { min: [0.0; 2], size: [1_200.0, 400.0] }));
        let from = [60.0, 10.0];
        let column = under(&view, from)[0];
        // At half the size all of its height is still seen, in the middle.
        view.zoom_to(0.5, from, PLACE);
        let before = under(&view, from);
        assert_eq!(before, [column, 220.0]);
        for wanted in [1.0, 2.0, 8.0] {
            view.zoom_to(wanted, from, PLACE);
            assert_eq!(view.scale_in(PLACE), wanted);
            assert!(under(&view, from).iter().zip(before).all(|(at, before)| (at - before).abs() < 1e-9), "{wanted}");
        }
        view.zoom_to(1e9, from, PLACE);
        assert_eq!(view.scale_in(PLACE), NEAREST);
        view.zoom_to(0.0, from, PLACE);
        assert_eq!((view.scale, view.part_in(PLACE).size), (None, [1_200.0, 400.0]));
    }

    #[test]
    fn a_picture_is_not_moved_beyond_its_edges() {
        let mut view = view();
        view.zoom_to(1.0, [0.0; 2], PLACE);
        assert_eq!(view.part_in(PLACE), Part { min: [450.0, 100.0], size: PLACE });
        view.move_by([-1e6, 1e6], PLACE);
        assert_eq!(view.part_in(PLACE), Part { min: [0.0, 200.0], size: PLACE });
        view.move_by([20.0, -30.0], PLACE);
        assert_eq!(view.part_in(PLACE).min, [20.0, 170.0]);
    }

    #[test]
    fn another_picture_is_seen_as_a_whole_and_the_same_one_as_it_was() {
        let mut seen = view();
        seen.zoom_to(2.0, [0.0; 2], PLACE);
        let of = Arc::clone(&seen.of);
        let again = OriginalView::of(Some(seen), &of);
        assert_eq!(again.scale, Some(2.0));
        let other = view().of;
        assert_eq!(OriginalView::of(Some(again), &other).scale, None);
    }
}
