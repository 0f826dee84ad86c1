//! What panels are painted with: lines of text, hairlines that are one physical pixel, cards, focus.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Button, Color32, CursorIcon, FontId, FontSelection, Galley, Key, Margin, Painter, Rangef, Rect, Response,
    RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::theme::Palette;
use crate::fonts::{BODY, semibold};

/// A path or number longer than this is a mistake.
const LONGEST: usize = 4096;

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

/// Texts one after the other, as one.
pub(super) fn joined<const N: usize>(ui: &Ui, texts: [RichText; N]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for text in texts {
        text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    }
    job
}

/// How wide a text is on one line, in points.
pub(super) fn width_of(ui: &Ui, text: LayoutJob) -> f32 {
    ui.painter().layout_job(text).size().x
}

/// Text that stands out.
pub(super) fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).font(semibold(BODY))
}

/// Gives a widget another name than what is written on it, for screen readers.
pub(super) fn named(response: Response, name: &str) -> Response {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, response.enabled(), name));
    response
}

/// Tab scrolls to what it reaches.
pub(super) fn keep_in_sight(response: Response) -> Response {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// A small × that closes something; answers whether it was clicked.
pub(super) fn cross(ui: &mut Ui, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(22.0), Sense::click());
    let response = named(response.on_hover_cursor(CursorIcon::PointingHand), name);
    let look = *ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter().rect(rect, look.corner_radius, look.weak_bg_fill, look.bg_stroke, StrokeKind::Inside);
    }
    let (c, r) = (rect.center(), 4.0);
    ui.painter().line_segment([c + vec2(-r, -r), c + vec2(r, r)], look.fg_stroke);
    ui.painter().line_segment([c + vec2(-r, r), c + vec2(r, -r)], look.fg_stroke);
    response.clicked()
}

/// A text field; answers whether Enter was pressed in it. `focus` gives it the keyboard.
pub(super) fn text_field(ui: &mut Ui, hint: &str, text: &mut String, width: f32, focus: bool) -> bool {
    let visuals = ui.visuals();
    let (ink, weak) = (visuals.text_color(), visuals.weak_text_color());
    let line = if focus { visuals.selection.stroke } else { visuals.window_stroke };
    let edit = TextEdit::singleline(text)
        .id_salt(hint)
        .hint_text(RichText::new(hint).color(weak))
        .text_color(ink)
        .char_limit(LONGEST)
        .margin(Margin::symmetric(10, 8))
        .desired_width(width);
    let response = ui
        .scope(|ui| {
            let widgets = &mut ui.visuals_mut().widgets;
            widgets.inactive.bg_stroke = line;
            widgets.hovered.bg_stroke = line;
            ui.add(edit)
        })
        .inner;
    if focus {
        response.request_focus();
    }
    let is_entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if is_entered {
        // Stays ready for a second try when the first is refused.
        response.request_focus();
    }
    is_entered
}

/// The button for the one thing to do here.
pub(super) fn primary(ui: &mut Ui, text: &str, p: &Palette) -> Response {
    let button = Button::new(RichText::new(text).color(p.on_select)).fill(p.select).min_size(vec2(56.0, 0.0));
    let response = ui.add(button);
    // Its outline would not be seen on its fill.
    focus_ring(ui, &response, response.rect, p);
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
