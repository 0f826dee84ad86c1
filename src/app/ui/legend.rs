//! The legend by hand. The picture paints it; here its entries and the ends of its scale can be pointed at.

use egui::accesskit::Role;
use egui::{CursorIcon, Event, Id, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::UiState;
use super::arrows::{self, Move};
use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets::focus_ring;
use crate::gpu::labels::legend_places;
use crate::scene::overlay::{Histogram, Legend, LegendEntry};
use crate::scene::rows::Pick;

/// Beside an entry, where it is pointed at.
const BESIDE: f32 = 5.0;
/// How near to an end of a scale the pointer takes it.
const NEAR: f32 = 7.0;
/// How much of the ink lies over an entry that is pointed at.
const VEIL: f32 = 0.07;
const HELP: &str = "Click: only these. Ctrl+click: all but these. Once more: as before.";
const HELP_ENDS: &str =
    "Drag the ends of the colours, or Tab to one and use ← and →. Double click or Delete: as before.";

/// Lets the legend of a picture be pointed at, where it has room there.
pub(super) fn show(ui: &Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Some(legend) = model.legend.filter(|_| model.screen == Screen::Viewing) else { return };
    let Some(places) = legend_places(ui.painter(), legend, out.scatter_rect) else { return };
    out.covered.push(places.card);
    for (entry, &line) in legend.entries.iter().zip(&places.lines) {
        show_entry(ui, entry, line, model, out);
    }
    if let (Some(rect), Some(histogram)) = (places.scale, &legend.histogram) {
        show_scale(ui, legend, histogram, rect, model, state, out);
    }
    out.legend = Some(places);
}

fn show_entry(ui: &Ui, entry: &LegendEntry, line: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let rect = line.expand2(vec2(BESIDE, 0.0)).translate(vec2(0.0, -1.0));
    let response = ui.interact(rect, Id::unique(("legend", entry.entry)), Sense::click());
    let name = format!("{}, {}", entry.text, entry.count);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, entry.is_kept, &name));
    // A drag that passes over it is about something else.
    let is_passed = ui.input(|input| input.pointer.any_down()) && !response.is_pointer_button_down_on();
    if response.hovered() && !is_passed {
        let p = model.theme.palette();
        ui.painter().rect_filled(rect, 4.0, p.ink.gamma_multiply(VEIL));
        // What a filter leaves out cannot flash.
        out.flash = Some(entry.entry).filter(|_| entry.is_kept);
    }
    focus_ring(ui, &response, rect, model.theme.palette());
    if response.clicked() {
        let pick = if is_with_command(ui) { Pick::AllBut } else { Pick::Only };
        out.act(UiAction::PickInLegend(entry.entry, pick));
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(HELP);
}

/// Whether Ctrl (or Cmd) was held when the button or the key went up or down, whatever became of it since.
fn is_with_command(ui: &Ui) -> bool {
    let held = |event: &Event| match event {
        Event::PointerButton { pressed: false, modifiers, .. } | Event::Key { pressed: true, modifiers, .. } => {
            Some(modifiers.command)
        }
        _ => None,
    };
    ui.input(|input| input.events.iter().rev().find_map(held).unwrap_or(input.modifiers.command))
}

/// The two ends of a scale, which can be dragged.
fn show_scale(
    ui: &Ui,
    legend: &Legend,
    histogram: &Histogram,
    rect: Rect,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let whole = ui.interact(rect, Id::unique("legend scale"), Sense::click());
    let mut is_reset = whole.double_clicked();
    whole.on_hover_text(HELP_ENDS);
    for (at, name) in ["lower end of the colours", "upper end of the colours"].into_iter().enumerate() {
        let Some(&part) = histogram.ends.get(at) else { continue };
        let x = rect.left() + part as f32 * rect.width();
        let near = Rect::from_center_size(pos2(x, rect.center().y), vec2(2.0 * NEAR, rect.height() + 4.0));
        let response = ui.interact(near, Id::unique(("legend end", at)), Sense::click_and_drag());
        let text = legend.ends.get(at).map_or("", String::as_str);
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, format!("{name}: {text}")));
        focus_ring(ui, &response, near, model.theme.palette());
        is_reset |= response.double_clicked();
        let asked = arrows::moved(ui, &response, out);
        if response.drag_started() {
            // What is shown may change with the ends; what the pointer means stays.
            state.legend_domain = Some(histogram.domain);
        }
        let mut moves = |part: f64, [low, high]: [f64; 2], starts: bool| {
            out.act(UiAction::MoveColorEnd { end: at, value: low * (1.0 - part) + high * part, starts });
        };
        match asked {
            Some(Move::All(by) | Move::Low(by) | Move::High(by)) => {
                let part = (part + by as f64 / histogram.counts.len().max(1) as f64).clamp(0.0, 1.0);
                moves(part, histogram.domain, true);
            }
            Some(Move::Reset) => is_reset = true,
            None => {}
        }
        let pointer = response.interact_pointer_pos().filter(|_| response.dragged());
        if let (Some(pointer), Some(domain)) = (pointer, state.legend_domain) {
            let part = f64::from(((pointer.x - rect.left()) / rect.width().max(1.0)).clamp(0.0, 1.0));
            moves(part, domain, response.drag_started());
        }
        response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }
    if is_reset {
        out.act(UiAction::WholeColorRange);
    }
}
