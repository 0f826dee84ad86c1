//! The line at the bottom: how much is shown and how large, what is under the pointer, how fast, on what.

use egui::{Align, Rect, Ui, pos2};

use super::button::{Button, Kind};
use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets::{self, Run};
use super::{UiState, report};
use crate::app::commands::CommandId;
use crate::fonts::{SMALL, regular, semibold};
use crate::words::{counted, length, percent, shown_text, thousands, zoom};

/// Height of the status line in points.
pub const HEIGHT: f32 = 26.0;
const PADDING: f32 = 16.0;
const GAP: f32 = 22.0;

/// One part of the line: runs of text, strong or not.
struct Part(Vec<(String, bool)>);

impl Part {
    fn plain(text: String) -> Self {
        Self(vec![(text, false)])
    }
}

/// Draws the status line into `rect`.
pub(super) fn show(ui: &mut Ui, rect: Rect, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let p = model.theme.palette();
    let mut ui = widgets::part(ui, rect, "status");
    let ui = &mut ui;
    ui.painter().rect_filled(rect, 0, p.panel);
    widgets::hairline_h(ui.painter(), rect.x_range(), rect.top(), p.hairline);
    if matches!(model.screen, Screen::Welcome { .. }) {
        return;
    }
    let mut inner = rect.shrink2(egui::vec2(PADDING, 0.0)).with_min_y(rect.top() + 1.0);
    if model.is_loading() {
        let button = Button::new("cancel", "Cancel", Kind::Quiet).small();
        let w = button.width(ui, p);
        let at = Rect::from_min_max(
            pos2(inner.right() - w + 6.0, inner.top() + 1.0),
            pos2(inner.right() + 6.0, inner.bottom() - 1.0),
        );
        if button.show(ui, at, p).clicked() {
            out.act(UiAction::Run(CommandId::StopReading));
        }
        inner.max.x = at.left() - 10.0;
    }
    let galley =
        |ui: &Ui, part: &Part, max: f32| {
            let runs: Vec<Run<'_>> =
                part.0
                    .iter()
                    .map(|(text, strong)| {
                        if *strong { Run(text, semibold(SMALL), p.ink) } else { Run(text, regular(SMALL), p.secondary) }
                    })
                    .collect();
            widgets::layout(ui, &runs, max, 1)
        };
    // The first part and the report always stay; the others leave by rank.
    let left = left_parts(model);
    let right = right_parts(model);
    let badge = report::badge_width(ui, model);
    let first = left.first().map_or(0.0, |part| galley(ui, part, f32::INFINITY).size().x);
    let mut free = inner.width() - first.min(inner.width()) - badge;
    let mut keep = |ui: &Ui, part: &Part| {
        let w = galley(ui, part, f32::INFINITY).size().x + GAP;
        let fits = w <= free;
        if fits {
            free -= w;
        }
        fits
    };
    let left: Vec<&Part> =
        left.iter().enumerate().filter(|(i, part)| *i == 0 || keep(ui, part)).map(|(_, part)| part).collect();
    let right: Vec<&Part> = right.iter().filter(|part| keep(ui, part)).collect();

    let mut x = inner.left();
    for part in left {
        let galley = galley(ui, part, inner.right() - badge - x);
        let w = galley.size().x;
        widgets::put(ui, inner.with_min_x(x), Align::Min, galley);
        x += w + GAP;
    }
    report::badge(ui, pos2(x, inner.center().y), model, state, out);
    let mut x = inner.right();
    for part in right {
        let galley = galley(ui, part, f32::INFINITY);
        let w = galley.size().x;
        widgets::put(ui, inner.with_max_x(x), Align::Max, galley);
        x -= w + GAP;
    }
}

fn left_parts(model: &UiModel<'_>) -> Vec<Part> {
    let of = format!(" of {}", counted(u64::from(model.rows), "drawing", "drawings"));
    let mut shown = vec![(thousands(u64::from(model.rows_loaded)), true), (of, false)];
    if model.is_loading()
        && let Some(records) = model.records
    {
        shown.push((format!(" · {} of records", percent(records)), false));
    }
    let mut parts = vec![Part(shown)];
    if model.screen != Screen::Viewing {
        return parts;
    }
    if let Some(matching) = model.matching {
        parts.push(Part::plain(matching.to_owned()));
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
