//! The card for finding: a text, how many drawings hold it, and ways through them.

use egui::{Align, Layout, RichText, Ui};

use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets::{named, primary, strong, text_field};
use super::{UiState, card};
use crate::words::{counted, thousands};

/// What the card shows besides its field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindModel<'a> {
    /// The text that the rest answers.
    pub asked: &'a str,
    /// How many drawings hold it.
    pub count: u32,
    /// Of these the place of the one that was flown to, from 0, and its row.
    pub at: Option<(u32, u32)>,
}

/// Shows the card where it is open.
pub(super) fn show(ui: &Ui, room: card::Room, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Dialog::Find(find) = model.dialog else { return };
    let opened = state.dialog_opened();
    if opened {
        find.asked.clone_into(&mut state.dialog_text);
    }
    card::show(ui, room, out, |ui, out| {
        ui.label(strong("Find drawings"));
        ui.add_space(4.0);
        let hint = "text, id, file name or row";
        let is_entered = text_field(ui, hint, &mut state.dialog_text, f32::INFINITY, opened).is_entered;
        let is_answered = state.dialog_text == find.asked;
        if !is_answered {
            out.act(UiAction::Find(state.dialog_text.clone()));
        }
        ui.label(RichText::new(in_words(&find, model)).small().weak());
        ui.add_space(6.0);
        let back = ui.input(|input| input.modifiers.shift);
        let mut step = (is_entered && is_answered).then_some(back);
        ui.horizontal(|ui| {
            ui.add_enabled_ui(find.count > 0, |ui| {
                if named(ui.button("‹"), "Previous match").clicked() {
                    step = Some(true);
                }
                if named(ui.button("›"), "Next match").clicked() {
                    step = Some(false);
                }
                if ui.button("Select all matches").clicked() {
                    out.act(UiAction::SelectFound);
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if primary(ui, "Done", model.theme.palette()).clicked() {
                    out.act(UiAction::CloseDialog);
                }
            });
        });
        if let Some(back) = step {
            out.act(UiAction::FindStep { back });
        }
    });
}

fn in_words(find: &FindModel<'_>, model: &UiModel<'_>) -> String {
    let drawings = counted(model.rows.into(), "drawing", "drawings");
    match (find.count, find.at) {
        (_, _) if find.asked.trim().is_empty() => {
            "Looks through ids, names, categories and texts of the records. Enter shows one after the other.".to_owned()
        }
        (0, _) if model.records.is_some_and(|part| part < 1.0) => {
            format!("none of {drawings} so far: records are being read")
        }
        (0, _) => format!("none of {drawings}"),
        (count, None) => format!("{} of {drawings}; Enter shows the first", thousands(count.into())),
        (count, Some((at, row))) => {
            let [at, count, row] = [at + 1, count, row].map(|number| thousands(number.into()));
            format!("{at} of {count}: row {row}")
        }
    }
}
