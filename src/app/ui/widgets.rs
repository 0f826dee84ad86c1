//! What panels are painted with: lines of text, hairlines that are one physical pixel, cards, focus.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Painter, Rangef, Rect, Response, Sense, Stroke, StrokeKind};
use egui::{Ui, UiBuilder, Vec2, WidgetInfo, pos2};

use super::theme::Palette;

/// Text in one font and colour.
pub(super) struct Run<'a>(pub &'a str, pub FontId, pub Color32);

/// Lays runs out one after the other, on at most `max_rows` rows of `max_width` points; what does not fit ends in "…".
pub(super) fn layout(ui: &Ui, runs: &[Run<'_>], max_width: f32, max_rows: usize) -> Arc<Galley> {
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_width: max_width.max(1.0),
            max_rows,
            break_anywhere: max_rows == 1,
            ..TextWrapping::default()
        },
        break_on_newline: false,
        ..LayoutJob::default()
    };
    for Run(text, font, color) in runs {
        job.append(text, 0.0, TextFormat::simple(font.clone(), *color));
    }
    ui.painter().layout_job(job)
}

/// One row of runs as wide as it likes.
pub(super) fn line(ui: &Ui, runs: &[Run<'_>]) -> Arc<Galley> {
    layout(ui, runs, f32::INFINITY, 1)
}

/// The width of a text in points.
pub(super) fn width(ui: &Ui, text: &str, font: FontId) -> f32 {
    line(ui, &[Run(text, font, Color32::PLACEHOLDER)]).size().x
}

/// Paints a galley into a rectangle, centred vertically, and tells screen readers of it.
pub(super) fn put(ui: &Ui, rect: Rect, align: Align, galley: Arc<Galley>) -> Response {
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.center().x - galley.size().x / 2.0,
        Align::Max => rect.right() - galley.size().x,
    };
    let at = pos2(x, rect.center().y - galley.size().y / 2.0).round_to_pixels(ui.pixels_per_point());
    let area = Rect::from_min_size(at, galley.size());
    let response =
        ui.interact(area, ui.scope_id().with(("line", galley.text(), at.x as i32, at.y as i32)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, galley.text()));
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    response
}

/// One physical pixel in points.
pub(super) fn pixel(painter: &Painter) -> f32 {
    1.0 / painter.pixels_per_point()
}

/// A horizontal line of one physical pixel, its upper edge at `y`.
pub(super) fn hairline_h(painter: &Painter, x: Rangef, y: f32, color: Color32) {
    let y = y.round_to_pixels(painter.pixels_per_point());
    painter.rect_filled(Rect::from_min_max(pos2(x.min, y), pos2(x.max, y + pixel(painter))), 0, color);
}

/// A vertical line of one physical pixel, its left edge at `x`.
pub(super) fn hairline_v(painter: &Painter, x: f32, y: Rangef, color: Color32) {
    let x = x.round_to_pixels(painter.pixels_per_point());
    painter.rect_filled(Rect::from_min_max(pos2(x, y.min), pos2(x + pixel(painter), y.max)), 0, color);
}

/// A frame of one physical pixel just inside `rect`.
pub(super) fn frame(painter: &Painter, rect: Rect, radius: f32, color: Color32) {
    painter.rect_stroke(rect, radius, Stroke::new(pixel(painter), color), StrokeKind::Inside);
}

/// The mark of the keyboard's focus, outside the widget so that it covers nothing.
pub(super) fn focus_ring(ui: &Ui, response: &Response, rect: Rect, p: &Palette) {
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(1.0), 7.0, Stroke::new(1.5, p.select), StrokeKind::Outside);
    }
}

/// A card's body: fill, hairline, shadow.
pub(super) fn card(painter: &Painter, rect: Rect, p: &Palette) {
    let shadow = egui::Shadow { offset: [0, 3], blur: 16, spread: 0, color: p.shadow };
    painter.add(shadow.as_shape(rect, 8));
    painter.rect_filled(rect, 8, p.panel);
    frame(painter, rect, 8.0, p.hairline);
}

/// A part of a panel with its own ids and clip rectangle.
pub(super) fn part(ui: &mut Ui, rect: Rect, id: &str) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

/// The rectangle of this size in the middle of another.
pub(super) fn centred(rect: Rect, size: Vec2) -> Rect {
    Rect::from_center_size(rect.center(), size)
}
