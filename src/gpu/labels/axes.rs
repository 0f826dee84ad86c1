//! Axes of a scatter plot: grid lines at the ticks, the values along the lower and the left edge, titles at their ends.

use super::{Key, rgb};
use crate::fonts::{SMALL, regular, semibold};
use crate::scene::overlay::AxesMarks;
use crate::scene::palette::Palette;
use egui::{Align2, Color32, FontId, Pos2, Rect, Stroke, pos2, vec2};

/// Between a value and the edge of plot or viewport, points.
const GAP: f32 = 4.0;
/// Between two values at least, points.
const APART: f32 = 8.0;
/// How much of the ground covers what lies under a value.
const HALO: f32 = 0.82;

/// Lays axes out. Values stand below and left of the plot, or at the edge of the viewport where the plot reaches beyond it; one
/// that another would touch is left out.
pub(super) fn lay_out(painter: &egui::Painter, axes: &AxesMarks, key: &Key) {
    let palette = Palette::of(key.theme);
    let screen = key.screen();
    let [left, top, right, bottom] = axes.plot_px.map(|px| px / key.scale);
    let plot = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
    let seen = plot.intersect(screen);
    if !seen.is_positive() {
        return;
    }
    let line = Stroke::new(1.0 / key.scale, rgb(palette.hairline));
    // A line of pixels, not half of two.
    let snapped = |at: f32| ((at * key.scale).floor() + 0.5) / key.scale;
    for (px, _) in &axes.x.ticks {
        painter.vline(snapped(px / key.scale), seen.y_range(), line);
    }
    for (px, _) in &axes.y.ticks {
        painter.hline(seen.x_range(), snapped(px / key.scale), line);
    }
    let text = |at: Pos2, anchor: Align2, text: &str, font: FontId, color: [u8; 3], taken: &mut Vec<Rect>| {
        let galley = painter.layout_no_wrap(text.to_owned(), font, rgb(color));
        let rect = anchor.anchor_size(at, galley.size());
        let inside = screen.shrink(GAP);
        let moved = vec2(
            (inside.left() - rect.left()).max(0.0) - (rect.right() - inside.right()).max(0.0),
            (inside.top() - rect.top()).max(0.0) - (rect.bottom() - inside.bottom()).max(0.0),
        );
        let rect = rect.translate(moved);
        if taken.iter().any(|other| other.expand(APART).intersects(rect)) {
            return;
        }
        painter.rect_filled(rect.expand(2.0), 2.0, ground(&palette));
        painter.galley(rect.min, galley, rgb(color));
        taken.push(rect);
    };
    let mut taken = Vec::new();
    let below = pos2(seen.right(), seen.bottom() + GAP);
    text(below, Align2::RIGHT_TOP, &axes.x.title, semibold(SMALL), palette.ink, &mut taken);
    let beside = pos2(seen.left() - GAP, seen.top());
    text(beside, Align2::RIGHT_TOP, &axes.y.title, semibold(SMALL), palette.ink, &mut taken);
    for (px, value) in &axes.x.ticks {
        let at = pos2(px / key.scale, below.y);
        text(at, Align2::CENTER_TOP, value, regular(SMALL), palette.secondary, &mut taken);
    }
    for (px, value) in &axes.y.ticks {
        let at = pos2(beside.x, px / key.scale);
        text(at, Align2::RIGHT_CENTER, value, regular(SMALL), palette.secondary, &mut taken);
    }
}

fn ground(palette: &Palette) -> Color32 {
    rgb(palette.ground).gamma_multiply(HALO)
}
