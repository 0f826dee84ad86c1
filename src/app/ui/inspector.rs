//! The inspector: the last hovered or pinned drawing, its picture (painted by the GPU between ground and frame), its fields.

use egui::{Align, Button, CursorIcon, Id, Label, Layout, Margin, Rect, RichText, Sense, Ui, vec2};

use super::model::{InspectorModel, InspectorPage, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::MARGIN;
use super::widgets::{hairline_v, heading, joined, named, rest_list, strong, width_of};
use super::{UiState, alike, compare, drawings, field_order, fields, hand, notices, picture, selection};
use crate::app::commands::CommandId;
use crate::words::{counted, shown_text, thousands};

/// The panel's width in points at first.
pub const DEFAULT_WIDTH: f32 = 372.0;
/// What the panel's width may be.
pub const WIDTHS: std::ops::RangeInclusive<f32> = 280.0..=640.0;
/// The scatter viewport keeps this much of a narrow window.
const SCATTER_MIN: f32 = 220.0;
/// Between the panel's edges and what is in it.
pub(super) const MARGINS: Margin = Margin { left: MARGIN, right: MARGIN, top: MARGIN, bottom: 8 };
/// So many drawings of the file are shown, the one in the panel in their middle.
const NEIGHBOURS: u32 = 7;
/// So many look-alikes stand in a line.
const ALIKE_A_LINE: u32 = 6;
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

/// Shows what is in the panel.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    if notices::show(ui, model, out) {
        ui.add_space(10.0);
    }
    selection::show_tabs(ui, model, out);
    if let Some(selection) = model.selection.as_ref().filter(|_| model.page == InspectorPage::Selection) {
        selection::show(ui, selection, model, state, out);
        return;
    }
    if model.page == InspectorPage::Selection && selection::show_kept(ui, model, state, out) {
        return;
    }
    if let Some(compared) = &model.compared {
        compare::show(ui, compared, model, state, out);
        return;
    }
    show_head(ui, model, out);
    if model.orders_fields {
        field_order::show(ui, model, out);
        return;
    }
    let said = picture::show(ui, model, state, out);
    if let Some(inspector) = &model.inspector {
        show_stepper(ui, inspector, said, model, out);
        if let Some(of_hand) = &inspector.hand {
            hand::show_choices(ui, of_hand, model, out);
        }
        rest_list(ui, "list", |ui| {
            show_neighbours(ui, inspector.row, model, out);
            show_alike(ui, inspector, model, out);
            fields::show(ui, inspector, model, out);
        });
    }
}

/// Title, row, ×.
fn show_head(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let title = model.inspector.as_ref().map_or_else(|| "Inspector".to_owned(), |i| shown_text(i.title, 120));
    ui.spacing_mut().item_spacing.y = 0.0;
    if heading(ui, title, "Hide inspector") {
        out.act(UiAction::Run(CommandId::Inspector));
    }
    let drawings = counted(u64::from(model.rows), "drawing", "drawings");
    let (text, mark) = match &model.inspector {
        None => ("nothing under the pointer".to_owned(), ""),
        Some(i) => {
            let mark = if i.pinned { " · pinned" } else { "" };
            (format!("row {} · {drawings}", thousands(u64::from(i.row))), mark)
        }
    };
    let line = joined(ui, [RichText::new(text).weak(), RichText::new(mark).color(p.select)]);
    ui.add(Label::new(line).truncate());
    ui.add_space(12.0);
}

/// The readout, the stepper and the pin.
fn show_stepper(
    ui: &mut Ui,
    inspector: &InspectorModel<'_>,
    said: Option<String>,
    model: &UiModel<'_>,
    out: &mut UiOutput,
) {
    let [w, h] = inspector.size;
    let readout = match (said, inspector.pixel) {
        (Some(said), _) => RichText::new(said).weak(),
        (None, Some(pixel)) => RichText::new(pixel.in_words()),
        (None, None) => RichText::new(format!("{w} × {h} pixels")).weak(),
    };
    ui.add_space(6.0);
    ui.add(Label::new(readout.small()).truncate());
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let number = thousands(u64::from(inspector.row));
        let longest = thousands(u64::from(model.rows.saturating_sub(1)));
        // As wide as the longest number, so that the arrows stay where they are.
        let width = width_of(ui, joined(ui, [RichText::new(longest)])) + 12.0;
        let quiet = |text: &str, width| Button::new(text).frame_when_inactive(false).min_size(vec2(width, 0.0));
        ui.scope(|ui| {
            ui.spacing_mut().button_padding.x = 6.0;
            if named(ui.add(quiet("‹", 24.0)), "Previous row").clicked() {
                out.act(UiAction::Run(CommandId::StepBack));
            }
            if named(ui.add(quiet(&number, width)), "Go to row").clicked() {
                out.act(UiAction::Run(CommandId::Goto));
            }
            if named(ui.add(quiet("›", 24.0)), "Next row").clicked() {
                out.act(UiAction::Run(CommandId::StepOn));
            }
        });
        let (text, action) = if inspector.pinned { ("Unpin", CommandId::Unpin) } else { ("Pin", CommandId::Pin) };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(text).clicked() {
                out.act(UiAction::Run(action));
            }
        });
    });
    ui.add_space(9.0);
}

/// What comes before and after in the file.
fn show_neighbours(ui: &mut Ui, row: u32, model: &UiModel<'_>, out: &mut UiOutput) {
    let first = row.saturating_sub(NEIGHBOURS / 2).min(model.rows.saturating_sub(NEIGHBOURS));
    let rows: Vec<u32> = (first..model.rows.min(first + NEIGHBOURS)).collect();
    let side = (ui.available_width() + drawings::GAP) / NEIGHBOURS as f32 - drawings::GAP;
    let p = model.theme.palette();
    // For the ring, which lies outside of a drawing.
    ui.add_space(drawings::GAP / 2.0);
    if let Some(row) = drawings::show(ui, &rows, side.max(1.0), Some(row), p, out) {
        out.act(UiAction::PinRow(row));
    }
    ui.add_space(9.0);
}

/// What looks like it: the nearest of all drawings.
fn show_alike(ui: &mut Ui, inspector: &InspectorModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let Some(found) = inspector.alike else { return };
    let p = model.theme.palette();
    ui.label(strong("Looks alike"));
    ui.add_space(4.0);
    alike::show_measures(ui, inspector.compared_by, inspector.has_embedding, p, out);
    ui.add_space(6.0);
    alike::show_nearest(ui, (found, inspector.compared_by), ALIKE_A_LINE, model, out);
    ui.add_space(9.0);
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
    let p = model.theme.palette();
    hairline_v(ui.painter(), rect.left(), rect.y_range(), p.hairline);
    if response.hovered() || response.dragged() {
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
