//! Buttons of two weights, and the small × that closes something.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{CursorIcon, Galley, Rect, Response, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::theme::Palette;
use super::widgets::{Run, focus_ring, line};
use crate::fonts::{BODY, regular};

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text alone.
    Quiet,
    /// On a field.
    Filled,
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
        Self { id, text, name: "", key: "", kind }
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
            _ => p.ink,
        };
        let key_color = match self.kind {
            _ if hot => p.soft,
            _ => p.secondary,
        };
        let key = if self.key.is_empty() { String::new() } else { format!(" {}", self.key) };
        line(ui, &[Run(self.text, regular(BODY), text), Run(&key, regular(BODY), key_color)])
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
        let response =
            ui.interact(rect, ui.scope_id().with(self.id), Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        let name = if self.name.is_empty() { self.text } else { self.name };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let hot = response.hovered() || response.has_focus();
        let fill = match self.kind {
            Kind::Quiet if hot => Some(p.field),
            Kind::Quiet => None,
            Kind::Filled if hot => Some(p.hairline),
            Kind::Filled => Some(p.field),
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

/// A small × that closes something; answers whether it was clicked.
pub(super) fn cross(ui: &Ui, rect: Rect, id: impl egui::AsIdSalt, name: &str, p: &Palette) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(id), Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let hot = response.hovered() || response.has_focus();
    if hot {
        ui.painter().rect_filled(rect, 6, p.field);
    }
    let stroke = Stroke::new(1.2, if hot { p.ink } else { p.secondary });
    let (c, r) = (rect.center(), 4.0);
    ui.painter().line_segment([c + vec2(-r, -r), c + vec2(r, r)], stroke);
    ui.painter().line_segment([c + vec2(-r, r), c + vec2(r, -r)], stroke);
    focus_ring(ui, &response, rect, p);
    response.clicked()
}
