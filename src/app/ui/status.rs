//! The line at the bottom: how much is shown and how large, what is under the pointer, how fast, on what.

use egui::text::LayoutJob;
use egui::{Align, Button, Label, Layout, Margin, RichText, Ui};

use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets::{joined, width_of};
use super::{UiState, report, ruler};
use crate::app::commands::CommandId;
use crate::fonts::{SMALL, semibold};
use crate::words::{counted, length, percent, shown_text, thousands, zoom};

/// Height of the status line in points.
pub const HEIGHT: f32 = 26.0;
/// Between the panel's edges and what is in it.
pub(super) const MARGINS: Margin = Margin { left: 16, right: 16, top: 0, bottom: 0 };
const GAP: f32 = 22.0;

/// One part of the line: what stands out in it, and the rest.
struct Part(String, String);

impl Part {
    fn plain(text: String) -> Self {
        Self(String::new(), text)
    }

    fn label(&self, ui: &Ui) -> LayoutJob {
        let strong = RichText::new(&self.0).font(semibold(SMALL));
        joined(ui, [strong, RichText::new(&self.1).small().weak()])
    }

    fn width(&self, ui: &Ui) -> f32 {
        width_of(ui, self.label(ui)) + GAP
    }
}

/// Shows the status line.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    if matches!(model.screen, Screen::Welcome { .. }) {
        return;
    }
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let (left, right) = (left_parts(model), right_parts(model));
        // The first part, the report and the button always stay; the others leave by rank.
        let cancel = model.is_loading().then(|| Part::plain("Cancel".to_owned()).width(ui) + 24.0);
        let always = left.first().map_or(0.0, |part| part.width(ui)) + report::width(ui, model) + cancel.unwrap_or(0.0);
        let mut free = ui.available_width() - always;
        let mut keep = |width: f32| {
            let fits = width <= free;
            free -= if fits { width } else { 0.0 };
            fits
        };
        let left: Vec<Part> = left
            .into_iter()
            .enumerate()
            .filter(|(i, part)| *i == 0 || keep(part.width(ui)))
            .map(|(_, part)| part)
            .collect();
        let ruler = model.ruler.filter(|_| keep(ruler::WIDTH + GAP));
        let right: Vec<Part> = right.into_iter().filter(|part| keep(part.width(ui))).collect();
        for part in left {
            ui.add(Label::new(part.label(ui)).truncate());
        }
        report::badge(ui, model, state, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if cancel.is_some() {
                let cancel = Button::new(RichText::new("Cancel").small()).small().frame_when_inactive(false);
                if ui.add(cancel).clicked() {
                    out.act(UiAction::Run(CommandId::StopReading));
                }
            }
            if let Some(ruler) = ruler {
                ruler::show(ui, &ruler, model.theme.palette(), out);
            }
            for part in right {
                ui.label(part.label(ui));
            }
        });
    });
}

fn left_parts(model: &UiModel<'_>) -> Vec<Part> {
    let of = format!(" of {}", counted(u64::from(model.rows), "drawing", "drawings"));
    let records = model.records.filter(|_| model.is_loading());
    let records = records.map_or_else(String::new, |part| format!(" · {} of records", percent(part)));
    let looked_at = model.looked_at.filter(|_| model.is_loading());
    let looked_at = looked_at.map_or_else(String::new, |part| format!(" · {} of values looked at", percent(part)));
    let mut parts = vec![Part(thousands(u64::from(model.rows_loaded)), of + &looked_at + &records)];
    if model.screen != Screen::Viewing {
        return parts;
    }
    if let Some(matching) = model.matching {
        parts.push(Part::plain(matching.to_owned()));
    }
    if model.selected > 0 {
        parts.push(Part(thousands(u64::from(model.selected)), " selected".to_owned()));
    }
    if let Some(values) = model.values {
        parts.push(Part::plain(values.to_owned()));
    }
    if let Some(opened) = model.rows_opened {
        parts.push(Part::plain(shown_text(opened, 60)));
    }
    parts.push(Part::plain(format!("{} px a drawing · {}", length(model.side_px), zoom(model.zoom))));
    if let Some(row) = model.hovered {
        parts.push(Part::plain(format!("row {}", thousands(u64::from(row)))));
    }
    parts.extend(
        [model.arranging, model.exporting].into_iter().flatten().map(|goes_on| Part::plain(goes_on.to_owned())),
    );
    parts.extend(model.quality.map(|quality| Part::plain(quality.to_owned())));
    if model.refining {
        parts.push(Part::plain("refining…".to_owned()));
    }
    parts
}

/// From the right edge inwards.
fn right_parts(model: &UiModel<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    if !model.adapter.is_empty() {
        parts.push(Part::plain(shown_text(model.adapter, 48)));
    }
    if let Some(ms) = model.frame_ms {
        parts.push(Part::plain(format!("{ms:.1} ms")));
    }
    parts
}
