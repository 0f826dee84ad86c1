//! Progress: one thin line under the bar, and a quiet page before the first drawing.

use egui::{Align, Rect, Ui, pos2, vec2};

use super::model::{Screen, UiModel};
use super::widgets::{self, Run};
use crate::fonts::{BODY, SMALL, TITLE, regular, semibold};
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

/// Draws the page that is shown until the first drawings arrive.
pub(super) fn show_page(ui: &mut Ui, rect: Rect, model: &UiModel<'_>) {
    let Screen::Loading { needs } = model.screen else { return };
    if rect.width() < 80.0 || rect.height() < 60.0 {
        return;
    }
    let p = model.theme.palette();
    ui.painter().rect_filled(rect, 0, p.ground);
    let title = shown_text(model.title, 200);
    let max = rect.width() - 48.0;
    let line = |y: f32| widgets::centred(rect, vec2(max, 28.0)).translate(vec2(0.0, y));
    let galley = widgets::layout(ui, &[Run(&title, semibold(TITLE), p.ink)], max, 1);
    widgets::put(ui, line(-14.0), Align::Center, galley);
    let galley = widgets::layout(ui, &[Run("reading the first drawings…", regular(BODY), p.secondary)], max, 1);
    widgets::put(ui, line(14.0), Align::Center, galley);
    let galley = widgets::layout(ui, &[Run(needs, regular(SMALL), p.secondary)], max, 1);
    widgets::put(ui, line(38.0), Align::Center, galley);
}
