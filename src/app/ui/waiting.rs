//! What panels say in place of what is found out by comparing drawings: how far that is, what it waits for, why it cannot be had.

use egui::{Label, RichText, Ui};

use super::model::UiModel;
use super::theme::Palette;
use crate::words::{percent, shown_text};

/// Letters of a reason that are shown.
const SHOWN: usize = 400;

/// How far the comparison is, 0 to 1, or what it waits for.
pub(super) fn comparing(progress: Option<f32>, model: &UiModel<'_>) -> String {
    match progress {
        Some(part) => format!("comparing all drawings… {}", percent(part)),
        None if model.loading_stopped => "the drawings were not read to their end".to_owned(),
        None if model.rows_loaded < model.rows => "once all drawings have been read".to_owned(),
        None => "…".to_owned(),
    }
}

/// Shows why something cannot be had; `what` that is stands before it, where the panel does not say so.
pub(super) fn show_why_not(ui: &mut Ui, what: &str, why: &str, p: &Palette) {
    let text = format!("{what}{}", shown_text(why, SHOWN));
    ui.add(Label::new(RichText::new(text).small().color(p.error)).wrap());
}
