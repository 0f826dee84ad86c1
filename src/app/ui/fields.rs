//! The inspector's table of fields, and the button that copies the record.

use egui::accesskit::Role;
use egui::{Align, CursorIcon, Id, Label, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::button::{Button, Kind};
use super::model::{Field, FieldState, InspectorModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, Run};
use crate::app::commands::CommandId;
use crate::fonts::{BODY, SMALL, regular};
use crate::words::{EMPTY, MISSING, reading, shown, shown_text};

/// Where values begin, from the table's left edge.
const LABEL_WIDTH: f32 = 104.0;
const ROW_MIN: f32 = 34.0;
/// At most this many characters and rows of a value are shown; the rest can be copied.
const VALUE_CHARS: usize = 400;
const VALUE_ROWS: usize = 4;
const COPY_WIDTH: f32 = 40.0;

/// Draws the table into `rect`; what does not fit scrolls.
pub(super) fn show(ui: &mut Ui, rect: Rect, inspector: &InspectorModel<'_>, p: &Palette, out: &mut UiOutput) {
    widgets::hairline_h(ui.painter(), rect.x_range(), rect.top(), p.hairline);
    // The scroll bar lies in the panel's padding, not on the values.
    let outer = rect.with_min_y(rect.top() + 1.0).with_max_x(rect.right() + 14.0);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(outer).id_salt("fields"));
    ScrollArea::vertical().id_salt("table").auto_shrink([false, false]).show(&mut ui, |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(outer));
        for (i, field) in inspector.fields.iter().enumerate() {
            show_field(ui, rect.width(), i, field, p);
        }
        show_foot(ui, rect.width(), inspector, p, out);
    });
}

fn show_field(ui: &mut Ui, width: f32, i: usize, field: &Field<'_>, p: &Palette) {
    let label_width = LABEL_WIDTH.min(width * 0.4);
    let value_width = width - label_width - COPY_WIDTH;
    let (text, altered) = match field.state {
        // A missing value shows otherwise.
        FieldState::Known if field.value.is_empty() => (EMPTY.to_owned(), false),
        FieldState::Known => {
            let shown = shown(field.value, VALUE_CHARS);
            (shown.text, shown.altered)
        }
        FieldState::Reading(fraction) => (reading(fraction), false),
        FieldState::Unknown => (MISSING.to_owned(), false),
    };
    let known = field.state == FieldState::Known;
    let detail =
        if known && !field.detail.is_empty() { format!(" {}", shown_text(field.detail, 60)) } else { String::new() };
    let ink = if known { p.ink } else { p.secondary };
    let runs = [Run(&text, regular(BODY), ink), Run(&detail, regular(BODY), p.secondary)];
    let value = widgets::layout(ui, &runs, value_width, VALUE_ROWS);
    let altered = altered || value.elided;
    let height = (value.size().y + 18.0).max(ROW_MIN);
    let (row, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    // Rows start on the same line whether the value has one row or four.
    let first = Rect::from_min_size(row.min, vec2(width, ROW_MIN));

    let name = shown_text(field.label, 60);
    let galley = widgets::layout(ui, &[Run(&name, regular(BODY), p.secondary)], label_width - 8.0, 1);
    widgets::put(ui, first, Align::Min, galley);
    let top = row.top() + (ROW_MIN - widgets::line(ui, &[Run("0", regular(BODY), ink)]).size().y) / 2.0;
    let value_rect = Rect::from_min_size(pos2(row.left() + label_width, top), value.size());
    let mut child = ui.new_child(UiBuilder::new().max_rect(value_rect).id_salt(("value", i)));
    child.add(Label::new(value).selectable(known).show_tooltip_when_elided(false));
    if known {
        let whole = Whole { value: field.value, name: &name, altered };
        show_copy(ui, ui.scope_id().with(("copy", i)), first, row, &whole, p);
    }
    widgets::hairline_h(ui.painter(), row.x_range(), row.bottom() - widgets::pixel(ui.painter()), p.hairline);
}

/// A value as it is in the record.
struct Whole<'a> {
    value: &'a str,
    name: &'a str,
    /// What is shown is not all of it.
    altered: bool,
}

/// Copies the whole value as it is in the record. Seen where the pointer or the focus is, and where what is shown is not all.
fn show_copy(ui: &Ui, id: Id, line: Rect, row: Rect, whole: &Whole<'_>, p: &Palette) {
    let rect = Rect::from_min_max(
        pos2(line.right() - COPY_WIDTH + 4.0, line.top() + 7.0),
        pos2(line.right(), line.bottom() - 7.0),
    );
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Copy {}", whole.name)));
    let hot = response.hovered() || response.has_focus();
    if whole.altered || hot || ui.rect_contains_pointer(row) {
        let color = if hot { p.ink } else { p.secondary };
        let galley = widgets::line(ui, &[Run("copy", regular(SMALL), color)]);
        if hot {
            ui.painter().rect_filled(rect, 5, p.field);
        }
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
        widgets::focus_ring(ui, &response, rect, p);
    }
    if response.clicked() {
        ui.ctx().copy_text(whole.value.to_owned());
    }
    keep_in_sight(&response);
}

/// Tab scrolls to what it reaches.
fn keep_in_sight(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

fn show_foot(ui: &mut Ui, width: f32, inspector: &InspectorModel<'_>, p: &Palette, out: &mut UiOutput) {
    let button = Button::new("copy record", "Copy record", Kind::Filled).key("Ctrl+C");
    let w = button.width(ui, p).min(width);
    let (row, _) = ui.allocate_exact_size(vec2(width, 28.0 + 14.0), Sense::hover());
    let rect = Rect::from_min_size(row.min + vec2(0.0, 14.0), vec2(w, 28.0));
    let response = button.show(ui, rect, p);
    keep_in_sight(&response);
    if response.clicked() {
        out.act(UiAction::Run(CommandId::Copy));
    }
    if let Some(note) = inspector.footnote {
        let note = shown_text(note, 200);
        let galley = widgets::layout(ui, &[Run(&note, regular(SMALL), p.secondary)], width, 3);
        let (row, _) = ui.allocate_exact_size(vec2(width, galley.size().y + 18.0), Sense::hover());
        widgets::put(ui, row, Align::Min, galley);
    }
}
