//! Something in the inspector that is fitted into its place, zoomed and moved by hand.

use egui::{CursorIcon, Rect, Response, Ui, Vec2, vec2};

use crate::app::original::Part;

/// Pixels of the screen that a pixel takes at most.
const NEAREST: f64 = 32.0;
/// Points of a wheel by which the zoom doubles.
const WHEEL_POINTS: f64 = 120.0;

/// How it is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zoomed {
    /// Width and height in its own pixels.
    size: [f64; 2],
    /// Pixels of the screen a pixel; `None` fits all of it into its place.
    scale: Option<f64>,
    /// The pixel in the middle, as long as it is not fitted.
    center: [f64; 2],
}

impl Zoomed {
    /// All of something of this width and height.
    pub(super) fn whole(size: [f64; 2]) -> Self {
        Self { size, scale: None, center: size.map(|side| side / 2.0) }
    }

    /// Where all of it would lie, in points.
    pub(super) fn whole_in(&self, rect: Rect, pixels_per_point: f32) -> Rect {
        let place = [rect.width(), rect.height()].map(|side| f64::from(side * pixels_per_point));
        let (scale, part) = (self.scale_in(place), self.part_in(place));
        let points = |pixels: [f64; 2]| {
            let [x, y] = pixels.map(|pixels| (pixels * scale) as f32 / pixels_per_point);
            vec2(x, y)
        };
        let free = (rect.size() - points(part.size)) / 2.0;
        Rect::from_min_size(rect.min + free.max(Vec2::ZERO) - points(part.min), points(self.size))
    }

    /// Pixels of the screen a pixel that shows all of it, at most as many as it may be zoomed to.
    fn fitting(&self, place: [f64; 2]) -> f64 {
        let [width, height] = self.size;
        (place[0] / width).min(place[1] / height).clamp(1e-6, NEAREST)
    }

    /// Pixels of the screen a pixel.
    pub(super) fn scale_in(&self, place: [f64; 2]) -> f64 {
        self.scale.unwrap_or_else(|| self.fitting(place))
    }

    /// What is seen.
    pub(super) fn part_in(&self, place: [f64; 2]) -> Part {
        let (scale, size) = (self.scale_in(place), self.size);
        let seen = [0, 1].map(|axis| (place[axis] / scale).min(size[axis]));
        let min = [0, 1].map(|axis| (self.center[axis] - seen[axis] / 2.0).clamp(0.0, size[axis] - seen[axis]));
        Part { min, size: seen }
    }

    /// Zooms and moves by wheel, pinch, drag and double click.
    pub(super) fn take_gestures(&mut self, ui: &Ui, rect: Rect, response: &Response) {
        let ppp = f64::from(ui.pixels_per_point());
        let place = [rect.width(), rect.height()].map(|side| f64::from(side) * ppp);
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
    pub(super) fn zoom_to(&mut self, wanted: f64, from: [f64; 2], place: [f64; 2]) {
        let (fitting, scale) = (self.fitting(place), self.scale_in(place));
        let wanted = wanted.clamp(fitting, NEAREST.max(fitting));
        let by = from.map(|from| from / scale - from / wanted);
        self.scale = (wanted > fitting * 1.000_001).then_some(wanted);
        self.move_by(by, place);
    }

    /// Moves the middle, as far as the picture goes.
    fn move_by(&mut self, by: [f64; 2], place: [f64; 2]) {
        let (scale, size) = (self.scale_in(place), self.size);
        for (axis, center) in self.center.iter_mut().enumerate() {
            let half = (place[axis] / scale / 2.0).min(size[axis] / 2.0);
            *center = (*center + by[axis]).clamp(half, size[axis] - half);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: [f64; 2] = [300.0, 200.0];

    /// Of 1,200 by 400 pixels: a fourth of its size fits, with the height to spare.
    fn view() -> Zoomed {
        Zoomed::whole([1_200.0, 400.0])
    }

    /// The pixel that is so many pixels of the screen from the middle of the place.
    fn under(view: &Zoomed, from: [f64; 2]) -> [f64; 2] {
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
    fn all_of_it_lies_where_the_part_that_is_seen_says() {
        let rect = Rect::from_min_size(egui::pos2(10.0, 20.0), vec2(150.0, 100.0));
        let mut view = view();
        // At two pixels a point the place is that of the other tests.
        assert_eq!(view.whole_in(rect, 2.0), Rect::from_min_size(egui::pos2(10.0, 45.0), vec2(150.0, 50.0)));
        view.zoom_to(1.0, [0.0; 2], PLACE);
        assert_eq!(view.whole_in(rect, 2.0), Rect::from_min_size(egui::pos2(-215.0, -30.0), vec2(600.0, 200.0)));
    }
}
