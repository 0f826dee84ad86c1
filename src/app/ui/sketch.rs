//! The pad at the left: strokes drawn with the mouse, and what looks most like them below.

use egui::{Align2, CornerRadius, CursorIcon, FontId, Label, Pos2, RichText, Sense, Shape, Stroke, StrokeKind, Ui};
use egui::{Event, PointerButton, Vec2};

use super::model::{AlikeModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{heading, named, rest_list, strong};
use super::{UiState, alike, drawings};
use crate::app::commands::{CommandId, command};
use crate::data::demo::sketch::PEN;
use crate::likeness::comparison::ComparedBy;
use crate::scene::sketch::Sketch;

/// Look-alikes in a line.
const A_LINE: u32 = 4;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SketchModel<'a> {
    /// The strokes so far.
    pub sketch: &'a Sketch,
    /// What looks most like them.
    pub alike: AlikeModel<'a>,
    /// By what drawings are compared.
    pub compared_by: ComparedBy,
    /// Whether there is a file of rows of numbers to compare them by.
    pub has_embedding: bool,
}

/// What is to be done with the sketch. Places are 0 to 1 across the pad, x to the right, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SketchWish {
    /// The pen comes down here.
    Begin([f32; 2]),
    /// The pen goes on to here.
    Go([f32; 2]),
}

/// Shows what is in the panel.
pub(super) fn show(
    ui: &mut Ui,
    sketch: &SketchModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    if heading(ui, "Draw", "Hide the pad") {
        out.act(UiAction::Run(CommandId::Sketch));
    }
    ui.add(Label::new(RichText::new("What looks most like your drawing appears below.").small().weak()).wrap());
    ui.add_space(6.0);
    show_pad(ui, sketch.sketch, p, state, out);
    ui.add_space(4.0);
    ui.add_enabled_ui(!sketch.sketch.is_empty(), |ui| {
        ui.horizontal(|ui| {
            for (text, id) in [("undo stroke", CommandId::TakeStrokeBack), ("clear", CommandId::ClearSketch)] {
                let (title, key) = command(id).map_or(("", String::new()), |command| (command.title, command.key()));
                if named(ui.button(RichText::new(text).small()), title).on_hover_text(key).clicked() {
                    out.act(UiAction::Run(id));
                }
            }
        });
    });
    ui.add_space(8.0);
    ui.label(strong("Looks alike"));
    ui.add_space(4.0);
    alike::show_measures(ui, sketch.compared_by, sketch.has_embedding, p, out);
    ui.add_space(6.0);
    let is_ready = model.rows_loaded == model.rows && !model.loading_stopped;
    let waits_for_hand = matches!(sketch.alike, AlikeModel::Unknown | AlikeModel::Rows(_)) && is_ready;
    if sketch.sketch.is_empty() && waits_for_hand {
        ui.label(RichText::new("draw something").small().weak());
        return;
    }
    rest_list(ui, "sketch", |ui| {
        // For the ring, which lies outside of a drawing.
        ui.add_space(drawings::GAP / 2.0);
        alike::show_nearest(ui, (sketch.alike, sketch.compared_by), A_LINE, model, out);
    });
}

/// The pad: a press is a dot, a drag a stroke.
fn show_pad(ui: &mut Ui, sketch: &Sketch, p: &Palette, state: &mut UiState, out: &mut UiOutput) {
    let side = ui.available_width().floor();
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::drag());
    named(response, "Pad to draw on").on_hover_cursor(CursorIcon::Crosshair);
    out.pad = Some(rect);
    let place = |at: Pos2| [(at.x - rect.left()) / side, (at.y - rect.top()) / side];
    // Event by event: a quick hand leaves several places in a frame, and begins and ends strokes in one.
    let layer = ui.layer_id();
    let mut is_down = state.pen_is_down;
    for event in ui.input(|input| input.events.clone()) {
        match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed, .. } => {
                is_down = pressed && rect.contains(pos) && ui.ctx().layer_id_at(pos) == Some(layer);
                if is_down {
                    out.act(UiAction::Sketch(SketchWish::Begin(place(pos))));
                }
            }
            Event::PointerMoved(at) if is_down => out.act(UiAction::Sketch(SketchWish::Go(place(at)))),
            Event::PointerGone => is_down = false,
            _ => {}
        }
    }
    state.pen_is_down = is_down;
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect(rect, CornerRadius::ZERO, p.ground, Stroke::new(1.0, p.hairline), StrokeKind::Inside);
    if sketch.is_empty() && !is_down {
        let font = FontId::proportional(13.0);
        painter.text(rect.center(), Align2::CENTER_CENTER, "draw here", font, p.secondary);
    }
    let width = side * PEN;
    let at = |[x, y]: &[f32; 2]| rect.min + Vec2::new(*x, *y) * side;
    for stroke in sketch.strokes() {
        let line: Vec<Pos2> = stroke.iter().map(at).collect();
        // Round joins and ends.
        painter.extend(line.iter().map(|&at| Shape::circle_filled(at, width / 2.0, p.ink)));
        // One by one: a polyline's joins are mitred, which leaves spikes where a hand turns.
        let segments = line.windows(2).filter_map(|ends| <[Pos2; 2]>::try_from(ends).ok());
        painter.extend(segments.map(|ends| Shape::line_segment(ends, Stroke::new(width, p.ink))));
    }
}
