//! What egui lacks: texts in several styles, names for screen readers, hairlines that are one physical pixel, the mark of focus.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Button, Color32, CursorIcon, FontSelection, Frame, Id, Key, Label, Margin, Modifiers, Painter, Rangef, Rect,
    Response, RichText, ScrollArea, Sense, Sides, Stroke, StrokeKind, TextBuffer, TextEdit, TextStyle, Ui, UiBuilder,
    Vec2, WidgetInfo, pos2, vec2,
};
use std::ops::Range;

use super::theme::{MARGIN, Palette};
use crate::fonts::{BODY, semibold};

/// A path or number longer than this is a mistake.
const LONGEST: usize = 4096;
/// Beside what is written on a choice of a track, and around the choices.
const CHOICE: f32 = 11.0;
const TRACK: f32 = 2.0;

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

/// The heading of a panel with a cross behind it; answers whether that was clicked.
pub(super) fn heading(ui: &mut Ui, title: impl Into<String>, close: &str) -> bool {
    let title = RichText::new(title.into()).heading();
    Sides::new().shrink_left().show(ui, |ui| ui.add(Label::new(title).truncate()), |ui| cross(ui, close)).1
}

/// A list that takes what is left of a panel. The scroll bar lies in the panel's margin, not on what is listed.
pub(super) fn rest_list(ui: &mut Ui, id: &str, contents: impl FnOnce(&mut Ui)) {
    let margin = MARGIN - 4;
    let area = ui.available_rect_before_wrap();
    let area = UiBuilder::new().max_rect(area.with_max_x(area.right() + f32::from(margin)));
    ScrollArea::vertical()
        .auto_shrink(false)
        .min_scrolled_height(0.0)
        .content_margin(Margin { right: margin, ..Margin::ZERO })
        .show(&mut ui.new_child(area.id_salt(id)), contents);
}

/// Whether what a filter leaves out is hidden or fades; answers what was chosen instead.
pub(super) fn hide_or_fade(ui: &mut Ui, labels: [&str; 2], fades: bool, p: &Palette) -> Option<bool> {
    let mut chosen = None;
    track(ui, |ui| {
        for (label, wanted) in labels.into_iter().zip([false, true]) {
            if choice(ui, label, fades == wanted, None, p) {
                chosen = Some(wanted);
            }
        }
    });
    chosen
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

/// What came of a text field.
pub(super) struct Field {
    /// Its id.
    pub id: Id,
    /// Enter was pressed in it.
    pub is_entered: bool,
}

/// A text field. `focus` gives it the keyboard.
pub(super) fn text_field(ui: &mut Ui, hint: &str, text: &mut String, width: f32, focus: bool) -> Field {
    marked_field(ui, hint, text, width, focus, None)
}

/// A text field in which some bytes are underlined.
pub(super) fn marked_field(
    ui: &mut Ui,
    hint: &str,
    text: &mut String,
    width: f32,
    focus: bool,
    mark: Option<(Range<usize>, Color32)>,
) -> Field {
    let visuals = ui.visuals();
    let (ink, weak) = (visuals.text_color(), visuals.weak_text_color());
    let line = if focus { visuals.selection.stroke } else { visuals.window_stroke };
    let is_marked = mark.is_some();
    let (bytes, color) = mark.unwrap_or_default();
    let mut marked = |ui: &Ui, text: &dyn TextBuffer, _width: f32| {
        let line = Stroke::new(1.5, color);
        ui.painter().layout_job(underlined(ui, text.as_str(), ink, bytes.clone(), line))
    };
    let edit = TextEdit::singleline(text)
        .id_salt(hint)
        .hint_text(RichText::new(hint).color(weak))
        .text_color(ink)
        .char_limit(LONGEST)
        .margin(Margin::symmetric(10, 8))
        .desired_width(width);
    let edit = if is_marked { edit.layouter(&mut marked) } else { edit };
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
    Field { id: response.id, is_entered }
}

/// A text of which some bytes are underlined.
fn underlined(ui: &Ui, text: &str, ink: Color32, bytes: Range<usize>, line: Stroke) -> LayoutJob {
    let mut job = LayoutJob { break_on_newline: false, keep_trailing_whitespace: true, ..LayoutJob::default() };
    let (font, height) = (TextStyle::Body.resolve(ui.style()), ui.text_style_height(&TextStyle::Body));
    let parts = [(0..bytes.start, Stroke::NONE), (bytes.clone(), line), (bytes.end..text.len(), Stroke::NONE)];
    for (part, underline) in parts {
        let format = TextFormat { underline, line_height: Some(height), ..TextFormat::simple(font.clone(), ink) };
        job.append(text.get(part).unwrap_or_default(), 0.0, format);
    }
    job
}

/// The choice of so many that the arrow keys lead to; they are taken from the field, where they would only move its cursor.
pub(super) fn step(ui: &Ui, choice: usize, choices: usize) -> usize {
    if choices == 0 {
        return 0;
    }
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
    (choice + down).saturating_sub(up).min(choices - 1)
}

/// Choices side by side on a field.
pub(super) fn track<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let track = Frame::NONE.fill(ui.visuals().extreme_bg_color).corner_radius(7).inner_margin(TRACK);
    let shown = ui.horizontal(|ui| {
        track.show(ui, |ui| {
            let spacing = ui.spacing_mut();
            spacing.interact_size.y -= 2.0 * TRACK;
            spacing.item_spacing.x = 0.0;
            spacing.button_padding = vec2(CHOICE, 2.0);
            contents(ui)
        })
    });
    shown.inner.inner
}

/// How wide a track of these choices is, in points.
pub(super) fn track_width<'a>(ui: &Ui, labels: impl Iterator<Item = &'a str>) -> f32 {
    let width = |label: &str| width_of(ui, joined(ui, [RichText::new(label)])) + 2.0 * CHOICE;
    labels.map(width).sum::<f32>() + 2.0 * TRACK
}

/// One choice of a track; answers whether it was taken instead of another one.
pub(super) fn choice(ui: &mut Ui, label: &str, is_chosen: bool, why_not: Option<&str>, p: &Palette) -> bool {
    let is_free = why_not.is_none();
    let mut text = RichText::new(label);
    if !is_free {
        text = text.weak();
    } else if is_chosen {
        text = text.color(p.ink);
    }
    let response = ui.push_id(label, |ui| {
        if is_chosen {
            raise(ui, p);
        }
        let button = Button::new(text).corner_radius(5).frame_when_inactive(is_chosen);
        ui.add_enabled(is_free, button)
    });
    let response = response.inner;
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, is_free, is_chosen, label));
    let is_taken = response.clicked() && !is_chosen;
    if let Some(reason) = why_not {
        response.on_hover_cursor(CursorIcon::NotAllowed).on_disabled_hover_text(reason);
    }
    is_taken
}

/// Buttons lie on their field.
fn raise(ui: &mut Ui, p: &Palette) {
    let line = Stroke::new(pixel(ui.painter()), p.hairline);
    let looks = &mut ui.visuals_mut().widgets;
    for look in [&mut looks.inactive, &mut looks.hovered] {
        look.bg_stroke = line;
    }
    for look in [&mut looks.inactive, &mut looks.hovered, &mut looks.active] {
        look.weak_bg_fill = p.raised;
    }
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
