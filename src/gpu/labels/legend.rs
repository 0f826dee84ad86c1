//! A legend in the upper right corner: colours, values, how many drawings have them.

use super::{Key, rgb};
use crate::fonts::{SMALL, regular, semibold};
use crate::scene::overlay::Legend;
use crate::scene::palette::Palette;
use crate::words::counted;
use egui::{Align2, FontId, Rect, Stroke, StrokeKind, pos2, vec2};

const MARGIN: f32 = 12.0;
const PADDING: f32 = 10.0;
const LINE: f32 = 18.0;
const SWATCH: f32 = 10.0;
const GAP: f32 = 14.0;
const BAR: f32 = 160.0;
/// Most lines of values, and the part of the viewport's height that they may take.
const MOST: usize = 16;
const HEIGHT: f32 = 0.7;
/// A viewport that is smaller, points, has no room for a legend.
const LEAST: [f32; 2] = [360.0, 220.0];

/// Lays a legend out; what has no room is counted in a last line.
pub(super) fn lay_out(painter: &egui::Painter, legend: &Legend, key: &Key) {
    let palette = Palette::of(key.theme);
    let screen = key.screen();
    if screen.width() < LEAST[0] || screen.height() < LEAST[1] {
        return;
    }
    let galley = |text: &str, font: FontId, color| painter.layout_no_wrap(text.to_owned(), font, rgb(color));
    let bar = if legend.scale.is_empty() { 0.0 } else { LINE * 2.0 };
    let room = ((screen.height() * HEIGHT - LINE - bar) / LINE) as usize;
    let most = room.clamp(1, MOST);
    let shown = if legend.entries.len() > most { most - 1 } else { legend.entries.len() };
    let left_out = legend.entries.len() - shown;
    let title = galley(&legend.title, semibold(SMALL), palette.ink);
    let lines: Vec<_> = legend
        .entries
        .iter()
        .take(shown)
        .map(|entry| {
            let text = galley(&entry.text, regular(SMALL), palette.ink);
            (entry.color, text, galley(&entry.count, regular(SMALL), palette.secondary))
        })
        .collect();
    let more = (left_out > 0).then(|| {
        galley(&format!("{} more", counted(left_out as u64, "value", "values")), regular(SMALL), palette.secondary)
    });
    let ends = legend.ends.each_ref().map(|end| galley(end, regular(SMALL), palette.secondary));
    let bar_width = if bar > 0.0 { BAR.max(ends[0].size().x + GAP + ends[1].size().x) } else { 0.0 };
    let widest = lines.iter().map(|(_, text, count)| SWATCH + 8.0 + text.size().x + GAP + count.size().x);
    let width = widest.fold(title.size().x.max(bar_width), f32::max);
    let height = LINE * (1 + lines.len() + usize::from(more.is_some())) as f32 + bar;
    let size = vec2(width, height) + vec2(2.0, 2.0) * PADDING;
    let card = Align2::RIGHT_TOP.anchor_size(screen.right_top() + vec2(-MARGIN, MARGIN), size);
    painter.rect(
        card,
        4.0,
        rgb(palette.panel).gamma_multiply(0.94),
        Stroke::new(1.0, rgb(palette.hairline)),
        StrokeKind::Inside,
    );
    let inside = card.shrink(PADDING);
    let mut y = inside.top();
    painter.galley(pos2(inside.left(), y), title, rgb(palette.ink));
    y += LINE;
    if bar > 0.0 {
        let step = inside.width() / legend.scale.len() as f32;
        for (at, &color) in legend.scale.iter().enumerate() {
            let left = inside.left() + at as f32 * step;
            let part = Rect::from_min_size(pos2(left, y + 2.0), vec2(step, SWATCH));
            // As far as the end: soft edges of single steps would let the ground through.
            let part = part.with_max_x(inside.right());
            painter.rect_filled(part, 0.0, rgb(color));
        }
        let below = y + LINE - 2.0;
        let [low, high] = ends;
        let right = inside.right() - high.size().x;
        painter.galley(pos2(inside.left(), below), low, rgb(palette.ink));
        painter.galley(pos2(right, below), high, rgb(palette.ink));
        y += bar;
    }
    for (color, text, count) in lines {
        let middle = y + text.size().y / 2.0;
        let swatch = Rect::from_center_size(pos2(inside.left() + SWATCH / 2.0, middle), vec2(SWATCH, SWATCH));
        painter.rect_filled(swatch, 2.0, rgb(color));
        painter.galley(pos2(swatch.right() + 8.0, y), text, rgb(palette.ink));
        painter.galley(pos2(inside.right() - count.size().x, y), count, rgb(palette.secondary));
        y += LINE;
    }
    if let Some(more) = more {
        painter.galley(pos2(inside.left(), y), more, rgb(palette.secondary));
    }
}
