//! The inspector: the last hovered or pinned drawing, its picture (painted by the GPU between ground and frame), its fields.

use egui::{Align, CursorIcon, Id, Rect, Sense, Ui, pos2, vec2};

use super::button::{Button, Kind, cross};
use super::fields;
use super::model::{InspectorModel, UiModel};
use super::notices;
use super::output::{UiAction, UiOutput};
use super::picture;
use super::theme::Palette;
use super::widgets::{self, Run};
use crate::app::commands::CommandId;
use crate::fonts::{BODY, SMALL, TITLE, regular, semibold};
use crate::words::{counted, shown_text, thousands};

/// The panel's width in points at first.
pub const DEFAULT_WIDTH: f32 = 372.0;
/// What the panel's width may be.
pub const WIDTHS: std::ops::RangeInclusive<f32> = 280.0..=640.0;
/// The scatter viewport keeps this much of a narrow window.
const SCATTER_MIN: f32 = 220.0;
const PADDING: f32 = 18.0;
/// Half the width of the strip that takes hold of the panel's edge.
const GRIP: f32 = 4.0;

/// The panel's width in a window of `window` points, or `None` where it has no room.
pub fn width(wanted: f32, window: f32) -> Option<f32> {
    let most = window - SCATTER_MIN;
    (most >= *WIDTHS.start()).then(|| clamped(wanted).min(most))
}

fn clamped(wanted: f32) -> f32 {
    if wanted.is_finite() { wanted.clamp(*WIDTHS.start(), *WIDTHS.end()) } else { DEFAULT_WIDTH }
}

/// Draws the panel into `rect`.
pub(super) fn show(ui: &mut Ui, rect: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let mut ui = widgets::part(ui, rect, "inspector");
    let ui = &mut ui;
    ui.painter().rect_filled(rect, 0, p.panel);
    let inner = rect.shrink2(vec2(PADDING, 0.0)).with_min_y(rect.top() + PADDING);
    let mut y = inner.top();
    if let Some(covered) = notices::show(ui, inner.min, inner.width(), model, out) {
        y = covered.bottom() + 16.0;
    }
    y = show_head(ui, inner.with_min_y(y), model, out);
    let picture = picture::picture_rect(ui, inner.with_min_y(y), model.inspector.as_ref().map_or([1, 1], |i| i.size));
    picture::show_frame(ui, picture, model, out);
    if let Some(inspector) = &model.inspector {
        let y = show_stepper(ui, inner.with_min_y(picture.bottom()), inspector, model, out);
        let table = Rect::from_min_max(pos2(inner.left(), y), pos2(inner.right(), rect.bottom() - 8.0));
        if table.height() > 20.0 {
            fields::show(ui, table, inspector, p, out);
        }
    }
    widgets::hairline_v(ui.painter(), rect.left(), rect.y_range(), p.hairline);
}

/// Title, row, ×; answers where the picture begins.
fn show_head(ui: &mut Ui, area: Rect, model: &UiModel<'_>, out: &mut UiOutput) -> f32 {
    let p = model.theme.palette();
    let head = Rect::from_min_size(area.min, vec2(area.width() - 28.0, 28.0));
    let title = model.inspector.as_ref().map_or_else(|| "Inspector".to_owned(), |i| shown_text(i.title, 120));
    let galley = widgets::layout(ui, &[Run(&title, semibold(TITLE), p.ink)], head.width(), 1);
    widgets::put(ui, head, Align::Min, galley);
    let close = Rect::from_min_size(pos2(area.right() - 22.0, head.top() + 2.0), vec2(22.0, 22.0));
    if cross(ui, close, "hide", "Hide inspector", p) {
        out.act(UiAction::Run(CommandId::Inspector));
    }
    let below = Rect::from_min_size(pos2(area.left(), head.bottom()), vec2(area.width(), 20.0));
    let drawings = counted(u64::from(model.rows), "drawing", "drawings");
    let (text, mark) = match &model.inspector {
        None => ("nothing under the pointer".to_owned(), ""),
        Some(i) => {
            let mark = if i.pinned { " · pinned" } else { "" };
            (format!("row {} · {drawings}", thousands(u64::from(i.row))), mark)
        }
    };
    let runs = [Run(&text, regular(BODY), p.secondary), Run(mark, regular(BODY), p.select)];
    let galley = widgets::layout(ui, &runs, below.width(), 1);
    widgets::put(ui, below, Align::Min, galley);
    below.bottom() + 12.0
}

/// The readout, the stepper and the pin; answers where the table begins.
fn show_stepper(ui: &Ui, area: Rect, inspector: &InspectorModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) -> f32 {
    let p: &Palette = model.theme.palette();
    let [w, h] = inspector.size;
    let readout = inspector.pixel.map_or_else(|| format!("{w} × {h} pixels"), |pixel| pixel.in_words());
    let color = if inspector.pixel.is_some() { p.ink } else { p.secondary };
    let under = Rect::from_min_size(area.min + vec2(0.0, 5.0), vec2(area.width(), 18.0));
    let galley = widgets::layout(ui, &[Run(&readout, regular(SMALL), color)], under.width(), 1);
    widgets::put(ui, under, Align::Min, galley);

    let line = Rect::from_min_size(pos2(area.left(), under.bottom() + 6.0), vec2(area.width(), 28.0));
    let middle = |x: f32, w: f32| Rect::from_min_size(pos2(x, line.top()), vec2(w, line.height()));
    let number = thousands(u64::from(inspector.row));
    let back = Button::new("previous", "‹", Kind::Quiet).named("Previous row");
    let goto = Button::new("goto", &number, Kind::Quiet).named("Go to row");
    let forth = Button::new("next", "›", Kind::Quiet).named("Next row");
    let last = u64::from(model.rows.saturating_sub(1));
    let number_width = widgets::width(ui, &thousands(last), regular(BODY)).max(goto.width(ui, p) - 12.0) + 12.0;
    // The arrow stands under the picture's edge, its hover field may stick out.
    let mut x = line.left() - 6.0;
    if back.show(ui, middle(x, 24.0), p).clicked() {
        out.act(UiAction::Run(CommandId::StepBack));
    }
    x += 26.0;
    if goto.show(ui, middle(x, number_width), p).clicked() {
        out.act(UiAction::Run(CommandId::Goto));
    }
    x += number_width + 2.0;
    if forth.show(ui, middle(x, 24.0), p).clicked() {
        out.act(UiAction::Run(CommandId::StepOn));
    }
    let (text, action) = if inspector.pinned { ("Unpin", CommandId::Unpin) } else { ("Pin", CommandId::Pin) };
    let pin = Button::new("pin", text, Kind::Filled);
    let w = pin.width(ui, p);
    if pin.show(ui, middle(line.right() - w, w), p).clicked() {
        out.act(UiAction::Run(action));
    }
    line.bottom() + 9.0
}

/// Lets the panel's left edge be dragged; call after everything else in the panel.
pub(super) fn show_grip(ui: &Ui, rect: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let grip = Rect::from_min_max(rect.left_top() - vec2(GRIP, 0.0), rect.left_bottom() + vec2(GRIP, 0.0));
    let response = ui.interact(grip, Id::unique("inkfield inspector grip"), Sense::click_and_drag());
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    out.covered.push(grip);
    if let (true, Some(at)) = (response.dragged(), response.interact_pointer_pos()) {
        let window = ui.ctx().content_rect();
        if let Some(w) = width(window.right() - at.x, window.width()) {
            out.act(UiAction::InspectorWidth(w));
        }
    }
    if response.double_clicked() {
        out.act(UiAction::InspectorWidth(DEFAULT_WIDTH));
    }
    if response.hovered() || response.dragged() {
        let p = model.theme.palette();
        let edge = Rect::from_min_max(rect.left_top() - vec2(1.0, 0.0), rect.left_bottom() + vec2(1.0, 0.0));
        ui.painter().rect_filled(edge, 0, p.select);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_keeps_its_limits_and_leaves_the_scatter_room() {
        assert_eq!(width(372.0, 1440.0), Some(372.0));
        assert_eq!(width(100.0, 1440.0), Some(280.0));
        assert_eq!(width(9000.0, 1440.0), Some(640.0));
        assert_eq!(width(f32::NAN, 1440.0), Some(DEFAULT_WIDTH));
        assert_eq!(width(372.0, 540.0), Some(320.0));
        assert_eq!(width(372.0, 499.0), None);
    }
}
