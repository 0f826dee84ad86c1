//! The few things panels are made of: hairlines that are one physical pixel, lines of text, buttons, tracks of choices.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Color32, CursorIcon, FontId, Galley, Id, Painter, Rangef, Rect, Response, Sense, Stroke,
    StrokeKind,
};
use egui::{Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::fonts::{BODY, regular};
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
    let at =
        pos2(x, rect.center().y - galley.size().y / 2.0).round_to_pixels(ui.pixels_per_point());
    let area = Rect::from_min_size(at, galley.size());
    let response = ui.interact(
        area,
        ui.scope_id()
            .with(("line", galley.text(), at.x as i32, at.y as i32)),
        Sense::hover(),
    );
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
    painter.rect_filled(
        Rect::from_min_max(pos2(x.min, y), pos2(x.max, y + pixel(painter))),
        0,
        color,
    );
}

/// A vertical line of one physical pixel, its left edge at `x`.
pub(super) fn hairline_v(painter: &Painter, x: f32, y: Rangef, color: Color32) {
    let x = x.round_to_pixels(painter.pixels_per_point());
    painter.rect_filled(
        Rect::from_min_max(pos2(x, y.min), pos2(x + pixel(painter), y.max)),
        0,
        color,
    );
}

/// A frame of one physical pixel just inside `rect`.
pub(super) fn frame(painter: &Painter, rect: Rect, radius: f32, color: Color32) {
    painter.rect_stroke(
        rect,
        radius,
        Stroke::new(pixel(painter), color),
        StrokeKind::Inside,
    );
}

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text alone.
    Quiet,
    /// On a field.
    Filled,
    /// The one thing to do here.
    Primary,
}

/// A button before it is placed.
pub(super) struct Button<'a> {
    /// Unique within the panel.
    pub id: &'a str,
    /// What is written on it.
    pub text: &'a str,
    /// What a screen reader says; the text where empty.
    pub name: &'a str,
    /// Its key, written after the text.
    pub key: &'a str,
    /// How much it asks for attention.
    pub kind: Kind,
}

impl<'a> Button<'a> {
    pub(super) fn new(id: &'a str, text: &'a str, kind: Kind) -> Self {
        Self {
            id,
            text,
            name: "",
            key: "",
            kind,
        }
    }

    pub(super) fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    pub(super) fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    fn galley(&self, ui: &Ui, p: &Palette, hot: bool) -> Arc<Galley> {
        let text = match self.kind {
            Kind::Quiet if !hot => p.soft,
            Kind::Primary => p.on_select,
            _ => p.ink,
        };
        let key_color = if self.kind == Kind::Primary {
            p.on_select
        } else {
            p.secondary
        };
        let key = if self.key.is_empty() {
            String::new()
        } else {
            format!(" {}", self.key)
        };
        line(
            ui,
            &[
                Run(self.text, regular(BODY), text),
                Run(&key, regular(BODY), key_color),
            ],
        )
    }

    fn padding(&self) -> f32 {
        if self.kind == Kind::Quiet { 6.0 } else { 12.0 }
    }

    /// Its width in points.
    pub(super) fn width(&self, ui: &Ui, p: &Palette) -> f32 {
        (self.galley(ui, p, false).size().x + 2.0 * self.padding()).ceil()
    }

    /// Paints it into `rect` and listens.
    pub(super) fn show(&self, ui: &Ui, rect: Rect, p: &Palette) -> Response {
        let response = ui
            .interact(rect, ui.scope_id().with(self.id), Sense::click())
            .on_hover_cursor(CursorIcon::PointingHand);
        let name = if self.name.is_empty() {
            self.text
        } else {
            self.name
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let hot = response.hovered() || response.has_focus();
        let fill = match self.kind {
            Kind::Quiet if hot => Some(p.field),
            Kind::Quiet => None,
            Kind::Filled if hot => Some(p.hairline),
            Kind::Filled => Some(p.field),
            Kind::Primary => Some(p.select),
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 6, fill);
        }
        let galley = self.galley(ui, p, hot);
        let at = (rect.center() - galley.size() / 2.0).round_to_pixels(ui.pixels_per_point());
        ui.painter().galley(at, galley, p.ink);
        focus_ring(ui, &response, rect, p);
        response
    }
}

/// The mark of the keyboard's focus, outside the widget so that it covers nothing.
pub(super) fn focus_ring(ui: &Ui, response: &Response, rect: Rect, p: &Palette) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(1.0),
            7.0,
            Stroke::new(1.5, p.select),
            StrokeKind::Outside,
        );
    }
}

/// One choice of a track.
pub(super) struct Segment<'a> {
    pub text: &'a str,
    pub chosen: bool,
    /// Why it cannot be chosen.
    pub unavailable: Option<&'a str>,
}

const SEGMENT_PADDING: f32 = 11.0;
/// Height of a track of choices.
pub(super) const TRACK_HEIGHT: f32 = 28.0;

/// The width of a track of choices.
pub(super) fn track_width(ui: &Ui, texts: &[&str]) -> f32 {
    texts
        .iter()
        .map(|t| (width(ui, t, regular(BODY)) + 2.0 * SEGMENT_PADDING).ceil())
        .sum::<f32>()
        + 4.0
}

/// Paints choices side by side and answers which one was clicked.
pub(super) fn track(
    ui: &mut Ui,
    rect: Rect,
    segments: &[Segment<'_>],
    p: &Palette,
) -> Option<usize> {
    ui.painter().rect_filled(rect, 7, p.field);
    let mut clicked = None;
    let mut x = rect.left() + 2.0;
    for (i, segment) in segments.iter().enumerate() {
        let w = (width(ui, segment.text, regular(BODY)) + 2.0 * SEGMENT_PADDING).ceil();
        let cell = Rect::from_min_size(pos2(x, rect.top() + 2.0), vec2(w, rect.height() - 4.0));
        x += w;
        let id = ui.scope_id().with(("segment", segment.text));
        let response = choice(ui, cell, id, segment, p);
        if response.clicked() && !segment.chosen && segment.unavailable.is_none() {
            clicked = Some(i);
        }
    }
    clicked
}

fn choice(ui: &mut Ui, cell: Rect, id: Id, segment: &Segment<'_>, p: &Palette) -> Response {
    let enabled = segment.unavailable.is_none();
    let mut builder = UiBuilder::new().max_rect(cell).id_salt(id);
    if !enabled {
        builder = builder.disabled();
    }
    let child = ui.new_child(builder);
    let mut response = child.interact(cell, id, Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, enabled, segment.chosen, segment.text)
    });
    let painter = ui.painter();
    if segment.chosen {
        painter.rect_filled(cell.translate(vec2(0.0, 0.5)).expand(0.5), 6, p.hairline);
        painter.rect_filled(cell, 5, p.raised);
    }
    let color = match (enabled, segment.chosen || response.hovered()) {
        (false, _) => p.secondary,
        (true, true) => p.ink,
        (true, false) => p.soft,
    };
    let galley = line(ui, &[Run(segment.text, regular(BODY), color)]);
    let at = (cell.center() - galley.size() / 2.0).round_to_pixels(ui.pixels_per_point());
    painter.galley(at, galley, color);
    focus_ring(ui, &response, cell, p);
    if let Some(reason) = segment.unavailable {
        response = response
            .on_hover_cursor(CursorIcon::NotAllowed)
            .on_disabled_hover_text(reason);
    } else if !segment.chosen {
        response = response.on_hover_cursor(CursorIcon::PointingHand);
    }
    response
}

/// A card's body: fill, hairline, shadow.
pub(super) fn card(painter: &Painter, rect: Rect, p: &Palette) {
    let shadow = egui::Shadow {
        offset: [0, 3],
        blur: 16,
        spread: 0,
        color: p.shadow,
    };
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
