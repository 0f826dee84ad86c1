//! A track of choices side by side, one of which is taken.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{CursorIcon, Id, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::theme::Palette;
use super::widgets::{self, Run, focus_ring, line};
use crate::fonts::{BODY, regular};

/// One choice of a track.
pub(super) struct Segment<'a> {
    pub text: &'a str,
    pub chosen: bool,
    /// Why it cannot be chosen.
    pub unavailable: Option<&'a str>,
}

const SEGMENT_PADDING: f32 = 11.0;
/// Height of a track of choices.
pub(super) const HEIGHT: f32 = 28.0;

/// The width of a track of choices.
pub(super) fn width(ui: &Ui, texts: &[&str]) -> f32 {
    texts.iter().map(|t| (widgets::width(ui, t, regular(BODY)) + 2.0 * SEGMENT_PADDING).ceil()).sum::<f32>() + 4.0
}

/// Paints choices side by side and answers which one was clicked.
pub(super) fn show(ui: &mut Ui, rect: Rect, segments: &[Segment<'_>], p: &Palette) -> Option<usize> {
    ui.painter().rect_filled(rect, 7, p.field);
    let mut clicked = None;
    let mut x = rect.left() + 2.0;
    for (i, segment) in segments.iter().enumerate() {
        let w = (widgets::width(ui, segment.text, regular(BODY)) + 2.0 * SEGMENT_PADDING).ceil();
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
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, segment.chosen, segment.text));
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
        response = response.on_hover_cursor(CursorIcon::NotAllowed).on_disabled_hover_text(reason);
    } else if !segment.chosen {
        response = response.on_hover_cursor(CursorIcon::PointingHand);
    }
    response
}
