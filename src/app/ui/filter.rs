//! The card with the condition that decides which drawings are kept.

use egui::{Align, Layout, RichText, Ui};

use super::model::{Dialog, FilterModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{choice, primary, strong, text_field, track};
use super::{UiState, card};
use crate::words::shown_text;

const HINT: &str = "column = value";
const HELP: &str = "As in countrycode = \"DE\". Enter keeps what matches; an empty field shows all drawings again.";

/// Shows the card, if it is open.
pub(super) fn show(ui: &Ui, room: card::Room, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Dialog::Filter(filter) = model.dialog else { return };
    let opened = state.dialog_opened();
    // What is chosen in facets meanwhile is seen here.
    if opened || state.filter_text != filter.text {
        filter.text.clone_into(&mut state.dialog_text);
        filter.text.clone_into(&mut state.filter_text);
    }
    let p = model.theme.palette();
    card::show(ui, room, out, |ui, out| {
        ui.label(strong("Filter"));
        ui.add_space(4.0);
        let field = text_field(ui, HINT, &mut state.dialog_text, f32::INFINITY, opened);
        ui.label(message(&filter, state.dialog_text.trim(), p));
        ui.add_space(8.0);
        let is_asked = field.is_entered | show_foot(ui, &filter, p, out);
        if is_asked {
            out.act(UiAction::FilterSubmit(state.dialog_text.trim().to_owned()));
        }
    });
}

/// What is wrong with the text, how much matches, or how conditions are written.
fn message(filter: &FilterModel<'_>, text: &str, p: &Palette) -> RichText {
    // What was refused is no answer to another text.
    match (filter.refused.filter(|(refused, _)| *refused == text), filter.matching) {
        (Some((_, why)), _) => RichText::new(shown_text(why, 600)).small().color(p.error),
        (None, Some(matching)) => RichText::new(matching).small(),
        (None, None) => RichText::new(HELP).small().weak(),
    }
}

/// What becomes of the others, and the buttons; answers whether the condition is to be applied.
fn show_foot(ui: &mut Ui, filter: &FilterModel<'_>, p: &Palette, out: &mut UiOutput) -> bool {
    ui.horizontal(|ui| {
        track(ui, |ui| {
            for (label, fades) in [("Hide others", false), ("Fade others", true)] {
                if choice(ui, label, filter.fades == fades, None, p) {
                    out.act(UiAction::FilterFades(fades));
                }
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_asked = primary(ui, "Apply", p).clicked();
            if ui.button("Close").clicked() {
                out.act(UiAction::CloseDialog);
            }
            is_asked
        })
        .inner
    })
    .inner
}
