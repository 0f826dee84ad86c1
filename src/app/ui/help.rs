//! The page of keys.

use egui::{Button, Frame, Id, Key, Label, Margin, Modal, RichText, ScrollArea, Separator, Sides, Ui, vec2};

use super::UiState;
use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets::{cross, named, strong};
use crate::app::commands::{self, CommandId};
use crate::scene::palette::Theme;
use std::sync::LazyLock;

/// Title of a group, and its keys with what they do.
type Group = (&'static str, Vec<(String, &'static str)>);

static GROUPS: LazyLock<[Group; 3]> =
    LazyLock::new(|| commands::Group::ALL.map(|group| (group.title(), commands::help_rows(group))));

/// Width of a window that has room for two columns of groups.
const TWO_COLUMNS: f32 = 860.0;
/// Width of the card with two columns and with one, as far as the window has it.
const WIDTHS: [f32; 2] = [820.0, 470.0];
/// Around what is on the card.
const MARGINS: Margin = Margin { left: 24, right: 24, top: 18, bottom: 15 };
/// What the list leaves of a low window's height: heading, foot, margins.
const AROUND_LIST: f32 = 136.0;
const KEY_WIDTH: f32 = 150.0;
const ROW: f32 = 25.0;

/// Shows the page of keys over everything, if it is open.
pub(super) fn show(ui: &Ui, model: &UiModel<'_>, state: &UiState, out: &mut UiOutput) {
    if model.dialog != Dialog::Help {
        return;
    }
    let screen = ui.ctx().content_rect();
    out.covered.push(screen);
    let is_wide = screen.width() >= TWO_COLUMNS;
    let width = WIDTHS[usize::from(!is_wide)].min(screen.width() - 16.0) - MARGINS.sum().x;
    let id = Id::unique("inkfield help");
    let page = Modal::new(id)
        .area(Modal::default_area(id).fade_in(false))
        .frame(Frame::window(ui.style()).inner_margin(MARGINS))
        .backdrop_color(model.theme.palette().backdrop);
    let shown = page.show(ui.ctx(), |ui| {
        ui.set_width(width);
        let heading = |ui: &mut Ui| ui.label(RichText::new("Keys").heading());
        let (_, is_crossed) = Sides::new().shrink_left().show(ui, heading, |ui| cross(ui, "Close keys"));
        ui.add_space(10.0);
        let most = (screen.height() - AROUND_LIST).max(2.0 * ROW);
        // As high as it needs from its first frame on: an area offers what it had in the last one.
        let list = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
        list.show(ui, |ui| show_groups(ui, is_wide));
        ui.add(Separator::default().grow(f32::from(MARGINS.left)).spacing(15.0));
        show_foot(ui, model.theme, out);
        is_crossed
    });
    let is_escaped = ui.input(|i| i.key_pressed(Key::Escape)) && !state.dialog_opened();
    if shown.inner || is_escaped || shown.backdrop_response.clicked() {
        out.act(UiAction::CloseDialog);
    }
}

/// The groups in two columns, the first one beside the others, or one below the other.
fn show_groups(ui: &mut Ui, is_wide: bool) {
    let (first, rest) = GROUPS.split_at(if is_wide { 1 } else { GROUPS.len() });
    let columns: &[&[Group]] = if is_wide { &[first, rest] } else { &[first] };
    ui.spacing_mut().item_spacing = vec2(f32::from(MARGINS.left), 0.0);
    ui.spacing_mut().interact_size.y = ROW;
    ui.columns(columns.len(), |uis| {
        for (ui, column) in uis.iter_mut().zip(columns) {
            column.iter().for_each(|group| show_group(ui, group));
        }
    });
}

fn show_group(ui: &mut Ui, (title, keys): &Group) {
    ui.label(strong(*title));
    ui.add(Separator::default().spacing(9.0));
    for (key, does) in keys {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.allocate_ui(vec2(KEY_WIDTH, ROW), |ui| {
                ui.set_width(KEY_WIDTH);
                ui.add(Label::new(key).truncate());
            });
            ui.add(Label::new(RichText::new(*does).weak()).wrap());
        });
    }
    ui.add_space(14.0);
}

fn show_foot(ui: &mut Ui, theme: Theme, out: &mut UiOutput) {
    let text = match theme {
        Theme::Paper => "Switch to night",
        Theme::Night => "Switch to paper",
    };
    let button = ui.add(Button::new((text, RichText::new("T").weak())));
    if named(button, text).clicked() || ui.input(|i| i.key_pressed(Key::T)) {
        out.act(UiAction::Run(CommandId::Theme));
    }
}
