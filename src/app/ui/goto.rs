//! The cards with one text field: go to a row, an id or a name; open a path. What a text may mean besides is a list below the field.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{Align, Area, CursorIcon, Id, Key, Modifiers, Order, Rect, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::UiState;
use super::button::{Button, Kind};
use super::model::{Dialog, GotoModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, Run};
use crate::fonts::{BODY, SMALL, regular, semibold};
use crate::words::shown_text;

const WIDTH: f32 = 380.0;
const PADDING: f32 = 18.0;
/// Height of a line of the list.
const CHOICE: f32 = 30.0;
/// A path or number longer than this is a mistake.
const LONGEST: usize = 4096;

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

/// Draws the card that is open, if one is, in the upper part of the scatter viewport, or of the `middle` of a narrow window.
pub(super) fn show(ui: &Ui, scatter: Rect, middle: Rect, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let (words, initial, error, goto) = match model.dialog {
        Dialog::Goto(goto) => (&GOTO, "", goto.error, goto),
        Dialog::OpenPath { text, error } => (&OPEN, text, error, GotoModel::default()),
        Dialog::None | Dialog::Help => return,
    };
    let opened = state.dialog_opened();
    if opened {
        initial.clone_into(&mut state.dialog_text);
        state.choice = 0;
    }
    // What was answered is no answer to another text.
    let is_answered = state.dialog_text.trim() == goto.asked;
    let choices = if is_answered { goto.choices } else { &[] };
    state.choice = step_choice(ui, state.choice, choices.len());
    let p = model.theme.palette();
    let area = if scatter.width() >= WIDTH + 32.0 { scatter } else { middle };
    let width = WIDTH.min(area.width() - 16.0).max(200.0);
    let note = goto.note.filter(|_| is_answered);
    let help =
        if choices.is_empty() { words.help } else { "This is more than one thing: choose with ↑ ↓ and Enter." };
    let message = shown_text(error.or(note).unwrap_or(help), 300);
    let color = if error.is_some() { p.error } else { p.secondary };
    let message = widgets::layout(ui, &[Run(&message, regular(SMALL), color)], width - 2.0 * PADDING, 4);
    let list = choices.len() as f32 * CHOICE;
    let size = vec2(width, 16.0 + 24.0 + 10.0 + 32.0 + 8.0 + message.size().y + list + 14.0 + 30.0 + 16.0);
    let rect =
        Rect::from_min_size(pos2(area.center().x - width / 2.0, area.top() + 24.0_f32.min(area.height() * 0.1)), size);
    out.covered.push(rect);
    let shown = Area::new(Id::unique("inkfield dialog"))
        .order(Order::Foreground)
        .fixed_pos(rect.min)
        .constrain(false)
        .fade_in(false);
    shown.show(ui.ctx(), |ui| {
        ui.set_clip_rect(ui.ctx().content_rect());
        ui.allocate_rect(rect, Sense::click());
        widgets::card(ui.painter(), rect, p);
        let inner = rect.shrink2(vec2(PADDING, 16.0));
        let title = widgets::line(ui, &[Run(words.title, semibold(BODY), p.ink)]);
        widgets::put(ui, Rect::from_min_size(inner.min, vec2(inner.width(), 24.0)), Align::Min, title);
        let field = Rect::from_min_size(inner.min + vec2(0.0, 34.0), vec2(inner.width(), 32.0));
        let asked = state.dialog_text.clone();
        let submitted = text_field(ui, field, words.hint, &mut state.dialog_text, opened, p);
        // What is listed belongs to the text before: the next frame shows the card without it.
        let is_changed = state.dialog_text != asked;
        if is_changed {
            ui.ctx().request_repaint();
        }
        let below = Rect::from_min_size(pos2(inner.left(), field.bottom() + 8.0), message.size());
        widgets::put(ui, below, Align::Min, message);
        let list = Rect::from_min_size(below.left_bottom() + vec2(0.0, 4.0), vec2(inner.width(), CHOICE));
        let mut chosen = None;
        for (at, label) in choices.iter().enumerate() {
            let rect = list.translate(vec2(0.0, at as f32 * CHOICE));
            if choice(ui, rect, at, label, at == state.choice, p) {
                chosen = Some(at);
            }
        }

        let go = Button::new("go", words.go, Kind::Primary);
        let cancel = Button::new("cancel dialog", "Cancel", Kind::Filled);
        let (go_width, cancel_width) = (go.width(ui, p).max(56.0), cancel.width(ui, p));
        let at = |right: f32, w: f32| {
            Rect::from_min_max(pos2(right - w, inner.bottom() - 30.0), pos2(right, inner.bottom()))
        };
        let cancelled = cancel.show(ui, at(inner.right() - go_width - 8.0, cancel_width), p).clicked();
        let gone = go.show(ui, at(inner.right(), go_width), p).clicked();
        if let Some(at) =
            chosen.or((submitted || gone).then_some(state.choice).filter(|_| !choices.is_empty() && !is_changed))
        {
            out.act(UiAction::GotoChoose(at));
        } else if (submitted || gone) && !state.dialog_text.trim().is_empty() {
            out.act((words.submit)(state.dialog_text.trim().to_owned()));
            state.choice = 0;
        }
        if cancelled || ui.input(|i| i.key_pressed(Key::Escape)) {
            out.act(UiAction::CloseDialog);
        }
    });
}

/// The choice that the arrow keys lead to; they are taken from the field, where they would only move its cursor.
fn step_choice(ui: &Ui, choice: usize, choices: usize) -> usize {
    if choices == 0 {
        return 0;
    }
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
    (choice + down).saturating_sub(up).min(choices - 1)
}

/// One thing that the text may mean; answers whether it was clicked.
fn choice(ui: &Ui, rect: Rect, at: usize, label: &str, is_chosen: bool, p: &Palette) -> bool {
    let response =
        ui.interact(rect, ui.scope_id().with(("choice", at)), Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, label));
    if is_chosen {
        ui.painter().rect_filled(rect, 6, p.field);
    }
    let color = if is_chosen || response.hovered() || response.has_focus() { p.ink } else { p.soft };
    let text = widgets::layout(ui, &[Run(label, regular(BODY), color)], rect.width() - 20.0, 1);
    let left = pos2(rect.left() + 10.0, rect.center().y - text.size().y / 2.0).round_to_pixels(ui.pixels_per_point());
    ui.painter().galley(left, text, color);
    widgets::focus_ring(ui, &response, rect, p);
    response.clicked()
}

/// A text field on a field-coloured ground; answers whether Enter was pressed in it.
pub(super) fn text_field(ui: &mut Ui, rect: Rect, hint: &str, text: &mut String, focus: bool, p: &Palette) -> bool {
    ui.painter().rect_filled(rect, 6, p.field);
    let edit = TextEdit::singleline(text)
        .id(ui.scope_id().with(("field", hint)))
        .hint_text(egui::RichText::new(hint).color(p.secondary))
        .font(regular(BODY))
        .text_color(p.ink)
        .char_limit(LONGEST)
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(rect.width() - 20.0);
    let response = ui.put(rect.shrink2(vec2(10.0, 4.0)), edit);
    if focus {
        response.request_focus();
    }
    let focused = response.has_focus();
    widgets::frame(ui.painter(), rect, 6.0, if focused { p.select } else { p.hairline });
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if entered {
        // Stays ready for a second try when the first is refused.
        response.request_focus();
    }
    entered
}
