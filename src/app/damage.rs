//! What of the panels has changed since they were painted last, so that only that is painted again.

use egui::Rect;
use egui::epaint::ClippedShape;

/// Rectangles that are painted again, at most: beyond it those are joined that lose least by it.
const MOST_RECTS: usize = 48;
/// Two rectangles are joined when that adds less than this part of what they cover.
const JOIN_WASTE: f32 = 0.3;
/// Panels end on whole pixels, what egui paints in them on 32nds of a point: it may stick out by less than this, in points.
const ROUNDING: f32 = 1.0 / 16.0;
/// What a picture's frame may stick out, in points.
const FRAME: f32 = 4.0;

/// Shapes in the order they are painted: those that lie in the panels, and those painted over everything.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// In the panels, which are opaque.
    pub panels: Vec<ClippedShape>,
    /// Over viewports, panels and the drawings on them.
    pub over: Vec<ClippedShape>,
}

impl Layers {
    /// Divides the shapes of a frame. A shape belongs to the panels when it is seen in one of them only, does not lie on the
    /// `pictures` that the GPU paints over them, and covers nothing of what lies above; all in points.
    pub fn divide(shapes: Vec<ClippedShape>, panels: &[Rect], pictures: &[Rect]) -> Self {
        let mut layers = Self::default();
        let mut above: Vec<Rect> = Vec::new();
        for shape in shapes {
            let Some(seen) = seen(&shape) else { continue };
            // What is larger than a picture and its frame is the ground around it.
            let lies_on = |picture: &Rect| overlap(picture, &seen) && !seen.contains_rect(around(picture, panels));
            let covers = pictures.iter().any(lies_on) || above.iter().any(|rect| overlap(rect, &seen));
            if !covers && panels.iter().any(|panel| panel.expand(ROUNDING).contains_rect(seen)) {
                layers.panels.push(shape);
            } else {
                above.push(seen);
                layers.over.push(shape);
            }
        }
        layers
    }
}

/// The rectangles in which `now` looks different from `before`, in points, on whole pixels: around the shapes that only one of
/// them has. Those that both have in the same order look the same.
pub fn damage(before: &[ClippedShape], now: &[ClippedShape], pixels_per_point: f32) -> Vec<Rect> {
    let mut rects = Vec::new();
    let mut add = |shape: &ClippedShape| {
        if let Some(seen) = seen(shape) {
            join(&mut rects, on_pixels(seen, pixels_per_point));
        }
    };
    let mut rest = now;
    for shape in before {
        match rest.iter().position(|other| other == shape) {
            Some(at) => {
                let (new, after) = rest.split_at(at);
                new.iter().for_each(&mut add);
                rest = after.get(1..).unwrap_or_default();
            }
            None => add(shape),
        }
    }
    rest.iter().for_each(add);
    rects
}

/// The parts of `shapes` that are seen in `rects`, in order, for one rectangle after the other.
pub fn within(shapes: &[ClippedShape], rects: &[Rect]) -> Vec<ClippedShape> {
    let part = |rect: Rect| {
        shapes
            .iter()
            .filter(move |shape| seen(shape).is_some_and(|seen| seen.intersects(rect)))
            .map(move |shape| ClippedShape { clip_rect: shape.clip_rect.intersect(rect), ..shape.clone() })
    };
    rects.iter().copied().flat_map(part).collect()
}

/// Where a shape is seen; `None` where it is not.
fn seen(shape: &ClippedShape) -> Option<Rect> {
    let seen = (shape.transform_after_tessellation * shape.shape.visual_bounding_rect()).intersect(shape.clip_rect);
    seen.is_positive().then_some(seen)
}

/// A picture with its frame, as far as its panel reaches.
fn around(picture: &Rect, panels: &[Rect]) -> Rect {
    let panel = panels.iter().map(|panel| panel.shrink(ROUNDING)).find(|panel| overlap(panel, picture));
    panel.map_or(*picture, |panel| picture.expand(FRAME).intersect(panel))
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.intersect(*b).is_positive()
}

/// The whole pixels that a rectangle may touch: edges are smoothed over one.
fn on_pixels(rect: Rect, pixels_per_point: f32) -> Rect {
    let out =
        Rect { min: (rect.min * pixels_per_point).floor(), max: (rect.max * pixels_per_point).ceil() }.expand(1.0);
    Rect { min: out.min / pixels_per_point, max: out.max / pixels_per_point }
}

/// Adds a rectangle, joining it with others where they lie close.
fn join(rects: &mut Vec<Rect>, mut rect: Rect) {
    loop {
        let waste = |other: &Rect| other.union(rect).area() - (other.area() + rect.area()) * (1.0 + JOIN_WASTE);
        let least = rects.iter().enumerate().map(|(at, other)| (at, waste(other))).min_by(|a, b| a.1.total_cmp(&b.1));
        match least {
            Some((at, waste)) if waste <= 0.0 || rects.len() >= MOST_RECTS => rect = rect.union(rects.swap_remove(at)),
            _ => break,
        }
    }
    rects.push(rect);
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Color32, Shape, pos2, vec2};

    fn shape(left: f32, top: f32, width: f32, color: Color32) -> ClippedShape {
        let rect = Rect::from_min_size(pos2(left, top), vec2(width, 10.0));
        ClippedShape::new(Rect::EVERYTHING, Shape::rect_filled(rect, 0, color))
    }

    #[test]
    fn shapes_in_panels_are_kept_and_what_lies_over_others_is_not() {
        let panel = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let picture = Rect::from_min_size(pos2(20.0, 50.0), vec2(30.0, 30.0));
        let ground = ClippedShape::new(Rect::EVERYTHING, Shape::rect_filled(panel, 0, Color32::GRAY));
        let text = shape(5.0, 5.0, 20.0, Color32::BLACK);
        let on_picture = shape(25.0, 55.0, 4.0, Color32::RED);
        let card = shape(60.0, 20.0, 80.0, Color32::WHITE);
        let on_card = shape(70.0, 22.0, 10.0, Color32::BLACK);
        let hidden = ClippedShape::new(Rect::NOTHING, text.shape.clone());
        let all = vec![ground.clone(), text.clone(), hidden, on_picture.clone(), card.clone(), on_card.clone()];
        let layers = Layers::divide(all, &[panel], &[picture]);
        assert_eq!(layers.panels, [ground, text]);
        assert_eq!(layers.over, [on_picture, card, on_card]);
    }

    #[test]
    fn only_what_changed_is_damaged() {
        let shapes = [0.0, 100.0, 200.0, 300.0].map(|left| shape(left, 0.0, 10.0, Color32::BLACK));
        assert_eq!(damage(&shapes, &shapes, 1.0), []);
        let mut now = shapes.clone();
        now[2] = shape(240.0, 0.5, 10.0, Color32::BLACK);
        let damaged = damage(&shapes, &now, 1.0);
        // Where it was and where it is now, with a pixel around.
        let was = Rect::from_min_max(pos2(199.0, -1.0), pos2(211.0, 11.0));
        let is = Rect::from_min_max(pos2(239.0, -1.0), pos2(251.0, 12.0));
        assert_eq!(damaged, [was, is]);
        let parts = within(&now, &damaged);
        assert_eq!(parts.len(), 1, "nothing else is seen there");
        assert_eq!((parts[0].clip_rect, &parts[0].shape), (is, &now[2].shape));
    }

    #[test]
    fn a_shape_more_or_less_damages_itself_and_so_do_two_that_change_places() {
        let before = [0.0, 100.0, 300.0].map(|left| shape(left, 0.0, 10.0, Color32::BLACK));
        let now = [0.0, 100.0, 200.0, 300.0].map(|left| shape(left, 0.0, 10.0, Color32::BLACK));
        let rect = Rect::from_min_max(pos2(199.0, -1.0), pos2(211.0, 11.0));
        assert_eq!(damage(&before, &now, 1.0), [rect]);
        assert_eq!(damage(&now, &before, 1.0), [rect]);
        assert_eq!(damage(&[], &now, 1.0).len(), 4);
        let swapped = [&now[1], &now[0], &now[2], &now[3]].map(Clone::clone);
        assert!(!damage(&now, &swapped, 1.0).is_empty());
    }

    #[test]
    fn many_rectangles_are_joined_and_none_is_lost() {
        let now: Vec<_> =
            (0..100).map(|i| shape(40.0 * i as f32, 17.0 * (i % 7) as f32, 10.0, Color32::BLACK)).collect();
        let rects = damage(&[], &now, 1.5);
        assert!(rects.len() <= MOST_RECTS, "{}", rects.len());
        for shape in &now {
            assert!(seen(shape).is_some_and(|seen| rects.iter().any(|rect| rect.contains_rect(seen))), "{shape:?}");
        }
    }
}
