//! The list in which fields of drawings are ordered, by dragging or by buttons, and shown or hidden.

use egui::accesskit::Role;
use egui::{
    Align, Button, Color32, CursorIcon, Label, Layout, Rect, RichText, Sense, Shape, Stroke, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};

use super::model::UiModel;
use super::output::{FieldPlace, UiAction, UiOutput};
use super::theme::{self, Palette};
use super::widgets::{focus_ring, keep_in_sight, named, primary, rest_list, strong};
use crate::app::commands::CommandId;
use crate::words::shown_text;

/// Height of a line, in points.
const ROW: f32 = 28.0;
const GRIP: f32 = 18.0;
const EYE: f32 = 24.0;

/// A field that can be moved and hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLine<'a> {
    /// What it is known by.
    pub name: &'a str,
    /// "country", "time".
    pub label: &'a str,
    /// It is shown.
    pub is_shown: bool,
}

/// Shows the list.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    ui.label(strong("Order of fields"));
    let help = "Drag to order; the first ones are in the tooltip. Remembered for data with the same columns.";
    ui.label(RichText::new(help).small().weak());
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button("As in the records").clicked() {
            out.act(UiAction::ResetFields);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if primary(ui, "Done", p).clicked() {
                out.act(UiAction::Run(CommandId::Fields));
            }
        });
    });
    ui.add_space(8.0);
    rest_list(ui, "field order", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.cursor().top();
        for at in 0..model.field_lines.len() {
            show_line(ui, model.field_lines, at, top, p, out);
        }
    });
}

fn show_line(ui: &mut Ui, lines: &[FieldLine<'_>], at: usize, top: f32, p: &Palette, out: &mut UiOutput) {
    let Some(line) = lines.get(at) else { return };
    let label = shown_text(line.label, 60);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // What is dragged keeps its identity wherever it stands.
    let id = ui.scope_id().with(("field", line.name));
    let (left, right) = rect.split_left_right_at_x(rect.right() - 3.0 * EYE - 12.0);
    let drag = ui.interact(left, id.with("drag"), Sense::drag()).on_hover_and_drag_cursor(CursorIcon::Grab);
    if let Some(pointer) = drag.interact_pointer_pos().filter(|_| drag.dragged()) {
        ui.painter().rect_filled(rect, 4.0, p.field);
        let to = (((pointer.y - top) / ROW).max(0.0) as usize).min(lines.len() - 1);
        if to != at {
            out.act(UiAction::MoveField(line.name.to_owned(), to));
        }
    }
    grip(ui, left.with_max_x(left.left() + GRIP), p.secondary);
    let text = RichText::new(&label);
    let text = if line.is_shown { text.color(p.ink) } else { text.weak() };
    ui.put(left.with_min_x(left.left() + GRIP), |ui: &mut Ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(text).truncate().selectable(false)))
            .inner
    });
    let layout = Layout::right_to_left(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(right).layout(layout).id_salt(line.name));
    theme::quiet(&mut ui);
    ui.spacing_mut().item_spacing.x = 0.0;
    let eye = eye(&mut ui, line.is_shown, &format!("Show {label}"), p);
    if eye.0 {
        out.act(UiAction::ShowField(line.name.to_owned(), !line.is_shown));
    }
    for (sign, to, way) in [("↓", (at + 1 < lines.len()).then_some(at + 1), "down"), ("↑", at.checked_sub(1), "up")]
    {
        let button = ui.add_enabled(to.is_some(), Button::new(sign).small().min_size(Vec2::splat(EYE)));
        if keep_in_sight(named(button, &format!("Move {label} {way}"))).clicked() {
            out.actions.extend(to.map(|to| UiAction::MoveField(line.name.to_owned(), to)));
        }
    }
    out.field_places.push(FieldPlace { name: line.name.to_owned(), is_shown: line.is_shown, drag: left, eye: eye.1 });
}

/// Six dots that say that a line can be dragged.
fn grip(ui: &Ui, rect: Rect, color: Color32) {
    for x in [-2.0, 2.0] {
        for y in [-4.0, 0.0, 4.0] {
            ui.painter().circle_filled(rect.center() + vec2(x, y), 1.2, color);
        }
    }
}

/// An eye, crossed out where the field is hidden; answers whether it was clicked, and where it is.
fn eye(ui: &mut Ui, is_shown: bool, name: &str, p: &Palette) -> (bool, Rect) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(EYE), Sense::click());
    let response = keep_in_sight(response.on_hover_cursor(CursorIcon::PointingHand));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, name));
    let stroke = Stroke::new(1.2, if is_shown { p.ink } else { p.secondary });
    let middle = rect.center();
    let lid = |up: f32| {
        let points = (-7..=7_i8).map(f32::from).map(|x| middle + vec2(x, up * 4.5 * (1.0 - (x / 7.0).powi(2))));
        Shape::line(points.collect(), stroke)
    };
    ui.painter().extend([lid(1.0), lid(-1.0)]);
    ui.painter().circle_filled(middle, 2.2, stroke.color);
    if !is_shown {
        ui.painter().line_segment([middle + vec2(-6.0, 6.0), middle + vec2(6.0, -6.0)], stroke);
    }
    focus_ring(ui, &response, rect, p);
    (response.clicked(), rect)
}
