//! The inspector's table of fields, and the button that copies the record.

use egui::{Align, Button, Color32, Label, Layout, RichText, Separator, Ui, vec2};

use super::model::{Field, FieldState, InspectorModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{joined, keep_in_sight, named};
use crate::app::commands::CommandId;
use crate::words::{EMPTY, MISSING, reading, shown, shown_text};

/// Where values begin, from the table's left edge.
const LABEL_WIDTH: f32 = 104.0;
/// At most this many characters and rows of a value are shown; the rest can be copied.
const VALUE_CHARS: usize = 400;
const VALUE_ROWS: usize = 4;
const COPY_WIDTH: f32 = 36.0;
/// From a line between two fields to the next.
const SPACING: f32 = 18.0;

/// Shows the table and what is below it.
pub(super) fn show(ui: &mut Ui, inspector: &InspectorModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add(Separator::default().spacing(SPACING / 2.0));
    ui.add_space(SPACING / 4.0);
    for field in inspector.fields {
        show_field(ui, field, p);
        ui.add(Separator::default().spacing(SPACING));
    }
    ui.add_space(5.0);
    ui.horizontal_wrapped(|ui| {
        let response = ui.button(("Copy record", RichText::new("Ctrl+C").weak()));
        if keep_in_sight(named(response, "Copy record")).clicked() {
            out.act(UiAction::Run(CommandId::Copy));
        }
        if keep_in_sight(ui.button("Order fields…")).clicked() {
            out.act(UiAction::Run(CommandId::Fields));
        }
    });
    if let Some(note) = inspector.footnote {
        ui.add_space(9.0);
        ui.label(RichText::new(shown_text(note, 200)).small().weak());
    }
}

/// What is shown for a value, and whether that is not all of it.
pub(super) fn value_text(field: &Field<'_>) -> (String, bool) {
    match field.state {
        // A missing value shows otherwise.
        FieldState::Known if field.value.is_empty() => (EMPTY.to_owned(), false),
        FieldState::Known => {
            let shown = shown(field.value, VALUE_CHARS);
            (shown.text, shown.altered)
        }
        FieldState::Reading(fraction) => (reading(fraction), false),
        FieldState::Unknown => (MISSING.to_owned(), false),
    }
}

fn show_field(ui: &mut Ui, field: &Field<'_>, p: &Palette) {
    let (text, is_cut) = value_text(field);
    let known = field.state == FieldState::Known;
    let name = shown_text(field.label, 60);
    let detail =
        if known && !field.detail.is_empty() { format!(" {}", shown_text(field.detail, 60)) } else { String::new() };
    let row = ui.horizontal_top(|ui| {
        let label_width = LABEL_WIDTH.min(ui.available_width() * 0.4);
        let height = ui.text_style_height(&egui::TextStyle::Body);
        ui.allocate_ui(vec2(label_width - ui.spacing().item_spacing.x, height), |ui| {
            ui.take_available_width();
            ui.add(Label::new(RichText::new(&name).weak()).truncate());
        });
        let value = RichText::new(text).color(if known { p.ink } else { p.secondary });
        let mut job = joined(ui, [value, RichText::new(detail).weak()]);
        job.wrap.max_width = ui.available_width() - COPY_WIDTH;
        job.wrap.max_rows = VALUE_ROWS;
        let galley = ui.painter().layout_job(job);
        let is_cut = is_cut || galley.elided;
        ui.add(Label::new(galley).selectable(known).show_tooltip_when_elided(false));
        is_cut
    });
    if known {
        let line = row.response.rect.with_max_x(ui.max_rect().right());
        let is_shown = row.inner || ui.rect_contains_pointer(line.expand2(vec2(0.0, SPACING / 2.0)));
        let layout = Layout::right_to_left(Align::TOP);
        let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(line).layout(layout).id_salt(("copy", &name)));
        show_copy(&mut corner, field.value, &name, is_shown);
    }
}

/// Copies the whole value as it is in the record. Seen where the pointer or the focus is, and where what is shown is not all.
fn show_copy(ui: &mut Ui, value: &str, name: &str, is_shown: bool) {
    ui.spacing_mut().button_padding.x = 5.0;
    if !is_shown {
        ui.visuals_mut().widgets.inactive.fg_stroke.color = Color32::TRANSPARENT;
    }
    let button = Button::new(RichText::new("copy").small()).small().frame_when_inactive(false);
    if keep_in_sight(named(ui.add(button), &format!("Copy {name}"))).clicked() {
        ui.copy_text(value.to_owned());
    }
}
