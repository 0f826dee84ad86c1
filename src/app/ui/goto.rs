//! The cards with one text field: go to a row, an id or a name; open a path. What a text may mean besides is a list below the field.

use egui::accesskit::Role;
use egui::{Align, Atom, Button, Layout, RichText, Ui, WidgetInfo, vec2};

use super::UiState;
use super::card;
use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{primary, step, strong, text_field};
use crate::words::shown_text;

/// What the card for going somewhere shows besides its field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GotoModel<'a> {
    /// The text that the rest answers.
    pub asked: &'a str,
    /// Why it leads nowhere.
    pub error: Option<&'a str>,
    /// Where it has led, and what Enter does next.
    pub note: Option<&'a str>,
    /// What it may mean, where that is more than one thing.
    pub choices: &'a [&'a str],
}

/// What differs between the cards.
struct Words {
    title: &'static str,
    hint: &'static str,
    help: &'static str,
    go: &'static str,
    submit: fn(String) -> UiAction,
}

const GOTO: Words = Words {
    title: "Go to a drawing",
    hint: "row, id or file name",
    help: "Rows count from 0; −1 is the last one. Ids and names as the records have them; the beginning of one will do.",
    go: "Go",
    submit: UiAction::GotoSubmit,
};

const OPEN: Words = Words {
    title: "Open a path",
    hint: "path of a bitmap file, its records, or a folder",
    help: ".npy bitmaps; records (.ndjson) beside them are found.",
    go: "Open",
    submit: UiAction::OpenPathSubmit,
};

/// Shows the card that is open, if one is.
pub(super) fn show(ui: &Ui, room: card::Room, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let (words, initial, error, goto) = match model.dialog {
        Dialog::Goto(goto) => (&GOTO, "", goto.error, goto),
        Dialog::OpenPath { text, error } => (&OPEN, text, error, GotoModel::default()),
        _ => return,
    };
    let opened = state.dialog_opened();
    if opened {
        initial.clone_into(&mut state.dialog_text);
        state.choice = 0;
    }
    // What was answered is no answer to another text.
    let is_answered = state.dialog_text.trim() == goto.asked;
    let choices = if is_answered { goto.choices } else { &[] };
    state.choice = step(ui, state.choice, choices.len());
    let p = model.theme.palette();
    let note = goto.note.filter(|_| is_answered);
    let help =
        if choices.is_empty() { words.help } else { "This is more than one thing: choose with ↑ ↓ and Enter." };
    let message = RichText::new(shown_text(error.or(note).unwrap_or(help), 300)).small();
    let message = if error.is_some() { message.color(p.error) } else { message.weak() };
    card::show(ui, room, out, |ui, out| {
        ui.label(strong(words.title));
        ui.add_space(4.0);
        let asked = state.dialog_text.clone();
        let field = text_field(ui, words.hint, &mut state.dialog_text, f32::INFINITY, opened);
        // What is listed belongs to the text before: the next frame shows the card without it.
        let is_changed = state.dialog_text != asked;
        if is_changed {
            ui.ctx().request_repaint();
        }
        ui.label(message);
        let mut chosen = None;
        for (at, label) in choices.iter().enumerate() {
            if choice(ui, label, at == state.choice) {
                chosen = Some(at);
            }
        }
        ui.add_space(8.0);
        let (is_done, is_cancelled) = buttons(ui, words.go, p);
        let is_asked = field.is_entered || is_done;
        if let Some(at) = chosen.or(is_asked.then_some(state.choice).filter(|_| !choices.is_empty() && !is_changed)) {
            out.act(UiAction::GotoChoose(at));
        } else if is_asked && !state.dialog_text.trim().is_empty() {
            out.act((words.submit)(state.dialog_text.trim().to_owned()));
            state.choice = 0;
        }
        if is_cancelled {
            out.act(UiAction::CloseDialog);
        }
    });
}

/// The card's two buttons at its right edge; answers which was clicked.
fn buttons(ui: &mut Ui, go: &str, p: &Palette) -> (bool, bool) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_done = primary(ui, go, p).clicked();
        (is_done, ui.button("Cancel").clicked())
    })
    .inner
}

/// One thing that the text may mean; answers whether it was clicked.
fn choice(ui: &mut Ui, label: &str, is_chosen: bool) -> bool {
    let width = ui.available_width();
    let button =
        Button::new((label, Atom::grow())).frame_when_inactive(is_chosen).truncate().min_size(vec2(width, 0.0));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, label));
    response.clicked()
}
