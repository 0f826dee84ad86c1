//! Progress: one thin line under the bar, and a quiet page before the first drawing.

use egui::{CentralPanel, Frame, Label, Rect, RichText, Ui, pos2};

use super::model::{Screen, UiModel};
use crate::words::shown_text;

/// Thickness of the progress line in points.
const THICKNESS: f32 = 2.0;
/// Drawings are read in a blink, records take their time: the line's part that belongs to the drawings.
const DRAWINGS_PART: f32 = 0.25;

/// How far loading has come, 0…1: one number for drawings and records, never running backwards as either advances.
pub fn progress(model: &UiModel<'_>) -> f32 {
    let drawings = if model.rows == 0 { 0.0 } else { model.rows_loaded as f32 / model.rows as f32 };
    match model.records {
        None => drawings.clamp(0.0, 1.0),
        Some(records) => (DRAWINGS_PART * drawings + (1.0 - DRAWINGS_PART) * records).clamp(0.0, 1.0),
    }
}

/// Draws the progress line along the bar's lower edge.
pub(super) fn show_line(ui: &Ui, bar: Rect, model: &UiModel<'_>) {
    if !model.is_loading() {
        return;
    }
    let p = model.theme.palette();
    let track = Rect::from_min_max(pos2(bar.left(), bar.bottom() - THICKNESS), bar.max);
    ui.painter().rect_filled(track, 0, p.hairline);
    ui.painter().rect_filled(track.with_max_x(track.left() + track.width() * progress(model)), 0, p.select);
}

/// Shows the page that is there until the first drawings arrive, in what panels leave.
pub(super) fn show_page(ui: &mut Ui, model: &UiModel<'_>) {
    let Screen::Loading { needs } = model.screen else { return };
    let room = ui.available_size();
    if room.x < 80.0 || room.y < 60.0 {
        return;
    }
    let frame = Frame::NONE.fill(model.theme.palette().ground).inner_margin(24);
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space((room.y / 2.0 - 52.0).max(0.0));
            ui.add(Label::new(RichText::new(shown_text(model.title, 200)).heading()).truncate());
            let doing = match model.looked_at {
                Some(_) => "looking at all values for their range…",
                None => "reading the first drawings…",
            };
            ui.add(Label::new(RichText::new(doing).weak()).truncate());
            ui.add(Label::new(RichText::new(needs).small().weak()).truncate());
        });
    });
}
