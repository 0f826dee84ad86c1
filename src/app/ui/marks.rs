//! Boxes around what tables mark in the inspector's picture, with the name of each.

use egui::{Align2, Color32, FontId, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::original::Mark;
use crate::scene::palette::Theme;
use crate::scene::rows::categories;
use crate::words::counted;

/// Widths of a box's line and of the dark line on either side of it, in points.
const LINE: f32 = 1.5;
const EDGE: f32 = 0.75;
/// Size of names, and the space around them, in points.
const TEXT: f32 = 11.0;
const PADDING: f32 = 2.0;
/// Boxes with a name: of more the names would hide the picture.
const NAMED: usize = 40;
/// Names of which there are so many are listed.
const LISTED: usize = 8;

/// Shows boxes, each given in parts of `whole`, as far as they lie in `rect`; the largest first, so that none is hidden.
pub(super) fn show<'a>(
    ui: &Ui,
    rect: Rect,
    whole: Rect,
    theme: Theme,
    marks: impl Iterator<Item = (&'a Mark, [f32; 4])>,
) {
    let painter = ui.painter_at(rect);
    let palette = categories::palette(theme);
    let mut marks: Vec<(&Mark, Rect)> = marks
        .map(|(mark, [left, top, width, height])| {
            let min = whole.min + vec2(left, top) * whole.size();
            (mark, Rect::from_min_size(min, vec2(width, height) * whole.size()))
        })
        .filter(|(_, place)| place.intersects(rect))
        .collect();
    marks.sort_by(|(_, a), (_, b)| b.area().total_cmp(&a.area()));
    let names = marks.len() <= NAMED;
    for (mark, place) in marks {
        // The last but one is that of all others.
        let entry = mark.rank.min(palette.len().saturating_sub(2));
        let [red, green, blue] = palette.get(entry).copied().unwrap_or_default();
        let color = Color32::from_rgb(red, green, blue);
        let edge = Stroke::new(LINE + 2.0 * EDGE, Color32::from_black_alpha(150));
        painter.rect_stroke(place, 0, edge, StrokeKind::Middle);
        painter.rect_stroke(place, 0, Stroke::new(LINE, color), StrokeKind::Middle);
        if names && !mark.name.is_empty() {
            // Dark on light colours, light on dark ones.
            let is_light = 2 * u32::from(red) + 5 * u32::from(green) + u32::from(blue) > 8 * 128;
            let ink = if is_light { Color32::BLACK } else { Color32::WHITE };
            let text = painter.layout_no_wrap(mark.name.clone(), FontId::proportional(TEXT), ink);
            let size = text.size() + vec2(2.0 * PADDING, 0.0);
            let corner = pos2(place.left(), place.top() - size.y).max(rect.min);
            painter.rect_filled(Align2::LEFT_TOP.anchor_size(corner, size), 0, color);
            painter.galley(corner + vec2(PADDING, 0.0), text, ink);
        }
    }
}

/// ", 3 boxes: cat, dog, cat", or nothing.
pub(super) fn in_words(marks: &[Mark]) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = marks.iter().take(LISTED).map(|mark| mark.name.as_str()).collect();
    let more = if marks.len() > LISTED { " …" } else { "" };
    format!(", {}: {}{more}", counted(marks.len() as u64, "box", "boxes"), names.join(", "))
}
