//! The card with the condition that decides which drawings are kept.

use egui::{Align, Layout, RichText, Sides, Ui};

use super::model::{Dialog, FilterModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{cross, hide_or_fade, primary, strong};
use super::{UiState, card, completing};
use crate::words::shown_text;

const HELP: &str = "As in countrycode = \"DE\". ↓ lists what fits, Tab takes it. Enter keeps what matches; an empty field shows \
                    all drawings again.";

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
        let (_, closes) = Sides::new().shrink_left().show(ui, |ui| ui.label(strong("Filter")), |ui| cross(ui, "Close"));
        if closes {
            out.act(UiAction::CloseDialog);
        }
        ui.add_space(4.0);
        let (text, list) = (&mut state.dialog_text, &mut state.completing);
        let field = completing::field(ui, &filter, text, opened, list, p, out);
        ui.label(message(&filter, state.dialog_text.trim(), p));
        ui.add_space(8.0);
        let asked = show_foot(ui, &filter, p, out);
        let asked = if field.is_entered { Some(Asked::Filter) } else { asked };
        if let Some(asked) = asked {
            state.completing.close();
            let text = state.dialog_text.trim().to_owned();
            out.act(match asked {
                Asked::Filter => UiAction::FilterSubmit(text),
                Asked::Select => UiAction::SelectWhere(text),
            });
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

/// What is to be done with the condition.
#[derive(Clone, Copy)]
enum Asked {
    Filter,
    Select,
}

/// What becomes of the others, and the buttons; answers what is to be done with the condition.
fn show_foot(ui: &mut Ui, filter: &FilterModel<'_>, p: &Palette, out: &mut UiOutput) -> Option<Asked> {
    ui.horizontal(|ui| {
        if let Some(fades) = hide_or_fade(ui, ["Hide others", "Fade others"], filter.fades, p) {
            out.act(UiAction::FilterFades(fades));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let applies = primary(ui, "Apply", p).clicked();
            let select = ui.button("Select").on_hover_text("Select what the condition is true of, and hide nothing");
            if select.clicked() { Some(Asked::Select) } else { applies.then_some(Asked::Filter) }
        })
        .inner
    })
    .inner
}
