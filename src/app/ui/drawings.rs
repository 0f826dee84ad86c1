//! Thumbnails: any number of drawings in lines, painted by the GPU; of those in a scroll area only the ones in sight.

use egui::emath::GuiRounding as _;
use egui::{CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use super::output::{DrawingSlot, UiOutput};
use super::theme::Palette;
use super::widgets::{self, keep_in_sight, named};
use crate::words::thousands;

/// Between one drawing and the next, in points.
pub(super) const GAP: f32 = 6.0;

/// Shows drawings, `side` points wide, in as many lines as they take; answers the row that was clicked. One of them is `marked`.
pub(super) fn show(
    ui: &mut Ui,
    rows: &[u32],
    side: f32,
    marked: Option<u32>,
    p: &Palette,
    out: &mut UiOutput,
) -> Option<u32> {
    let step = side + GAP;
    let columns = (((ui.available_width() + GAP + 0.5) / step) as usize).max(1);
    let lines = rows.len().div_ceil(columns);
    let size = vec2(ui.available_width(), (lines as f32 * step - GAP).max(0.0));
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let sight = ui.clip_rect();
    let line_at = |y: f32| ((y - area.top()) / step).max(0.0) as usize;
    let in_sight = line_at(sight.top())..lines.min(line_at(sight.bottom()) + 1);
    let mut clicked = None;
    let (first, last) = (in_sight.start * columns, in_sight.end * columns);
    for (at, &row) in rows.iter().enumerate().take(last).skip(first) {
        let (column, line) = ((at % columns) as f32, (at / columns) as f32);
        let rect = Rect::from_min_size(area.min + vec2(column, line) * step, Vec2::splat(side));
        let rect = rect.round_to_pixels(ui.pixels_per_point());
        let seen = rect.intersect(sight);
        if !seen.is_positive() {
            continue;
        }
        out.drawings.push(DrawingSlot { row, rect, seen, on_card: false });
        let name = format!("Row {}", thousands(u64::from(row)));
        let response = ui.interact(rect, ui.scope_id().with(("drawing", at)), Sense::click());
        let response = keep_in_sight(named(response, &name)).on_hover_cursor(CursorIcon::PointingHand);
        let (is_hovered, has_focus) = (response.hovered(), response.has_focus());
        if response.on_hover_text(name).clicked() {
            clicked = Some(row);
        }
        if is_hovered {
            ring(ui, rect, p.hover);
        } else if has_focus || marked == Some(row) {
            ring(ui, rect, p.select);
        } else {
            widgets::frame(ui.painter(), rect, 0.0, p.hairline);
        }
    }
    clicked
}

/// A ring around a drawing that the GPU paints: outside, where that does not cover it.
pub(super) fn ring(ui: &Ui, drawing: Rect, color: egui::Color32) {
    let ppp = ui.pixels_per_point();
    let width = (1.5 * ppp).round().max(1.0) / ppp;
    ui.painter().rect_stroke(drawing.expand(1.0 / ppp), 0, Stroke::new(width, color), StrokeKind::Outside);
}
