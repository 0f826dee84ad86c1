//! The bar at the top: what is open on the left, what one can do with it on the right. Things hide as the window narrows.

use egui::text::LayoutJob;
use egui::{Align, Button, Label, Layout, Margin, RichText, Ui, vec2};

use super::menu::Menu;
use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme;
use super::widgets::{choice, joined, named, strong, track, track_width, width_of};
use crate::app::commands::{BarPart, COMMANDS, Command, CommandId, STAYS, When};
use crate::words::{counted, shown_text};

/// Height of the bar in points.
pub const HEIGHT: f32 = 40.0;
/// Between the panel's edges and what is in it.
pub(super) const MARGINS: Margin = Margin { left: 16, right: 10, top: 0, bottom: 0 };
/// Between the left side and the right one.
const GAP: f32 = 14.0;
/// Between one group of buttons and the next.
const SPACING: f32 = 8.0;
/// The title may shrink to this before something else is hidden.
const TITLE_MIN: f32 = 88.0;

/// How much has been left out for want of room: what gives way at this number or below. 0 leaves out nothing, the last one all
/// but what stays.
#[derive(Clone, Copy)]
struct Room(u8);

/// The number of drawings gives way first.
const COUNT: u8 = 1;
/// Then keys beside buttons, and long words.
const KEYS: u8 = 2;
/// At last the menus, when whatever is in them besides is gone.
const MENUS: u8 = 5;

impl Room {
    fn all() -> impl Iterator<Item = Self> {
        (0..=Self::least().0).map(Self)
    }

    fn least() -> Self {
        let numbers = COMMANDS.iter().filter_map(|command| command.bar).map(|bar| bar.gives_way);
        Self(numbers.filter(|&number| number != STAYS).max().unwrap_or(KEYS).max(MENUS))
    }

    fn has(self, gives_way: u8) -> bool {
        self.0 < gives_way
    }
}

/// A command in the bar, with what is written there.
type Shown = (&'static Command, &'static str);

/// Shows the bar.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    theme::quiet(ui);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let title = strong(shown_text(model.title, 200));
        let is_welcome = matches!(model.screen, Screen::Welcome { .. });
        let count = (!is_welcome).then(|| counted(u64::from(model.rows), "drawing", "drawings"));
        let title_width = width_of(ui, joined(ui, [title.clone()]));
        let count_width = count.as_ref().map_or(0.0, |count| GAP + width_of(ui, joined(ui, [RichText::new(count)])));
        let fits = |ui: &Ui, room: Room| {
            let left = if room.has(COUNT) { title_width + count_width } else { title_width.min(TITLE_MIN) };
            left + 2.0 * GAP + right_width(ui, model, room) <= ui.available_width()
        };
        let room = Room::all().find(|&room| fits(ui, room)).unwrap_or(Room::least());
        let left = (ui.available_width() - GAP - right_width(ui, model, room)).max(0.0);
        let size = vec2(left, ui.available_height());
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(left);
            ui.add(Label::new(title).truncate());
            if let Some(count) = count.filter(|_| room.has(COUNT)) {
                ui.label(RichText::new(count).weak());
            }
        });
        show_right(ui, model, room, out);
    });
}

/// The commands in a part of the bar, with what is written there.
fn in_bar(model: &UiModel<'_>, part: BarPart, room: Room) -> Vec<Shown> {
    let shown = |command: &'static Command| {
        let bar = command.bar.filter(|bar| bar.part == part && room.has(bar.gives_way))?;
        // What is open has a × of its own.
        let is_open = command.id == CommandId::Inspector && model.inspector_open;
        let label = if room.has(KEYS) { bar.label } else { bar.short };
        (command.is_available(model.now) && !is_open).then_some((command, label))
    };
    COMMANDS.iter().filter_map(shown).collect()
}

/// The menus of columns, as far as there is room for them.
fn menus(model: &UiModel<'_>, room: Room) -> &'static [Menu] {
    if model.now.contains(&When::Open) && room.has(MENUS) { &[Menu::Arrange, Menu::Color] } else { &[] }
}

/// The key of a button, as far as it is short and there is room for it.
fn key_of((command, label): Shown, room: Room) -> Option<String> {
    Some(command.key()).filter(|key| room.has(KEYS) && key.chars().count() == 1 && key != label)
}

/// What is written on a button.
fn text(ui: &Ui, shown: Shown, room: Room) -> LayoutJob {
    let key = key_of(shown, room).map_or_else(String::new, |key| format!(" {key}"));
    joined(ui, [RichText::new(shown.1), RichText::new(key).weak()])
}

/// How much room the right side takes.
fn right_width(ui: &Ui, model: &UiModel<'_>, room: Room) -> f32 {
    let width = |text: LayoutJob| width_of(ui, text) + 2.0 * ui.spacing().button_padding.x;
    let track = |part: BarPart| {
        let choices = in_bar(model, part, room);
        (!choices.is_empty()).then(|| track_width(ui, choices.iter().map(|(_, label)| *label)))
    };
    let menus = menus(model, room).iter().map(|menu| width(menu.text(ui)));
    let menus = Some(menus.sum::<f32>()).filter(|&width| width > 0.0);
    let buttons = in_bar(model, BarPart::Buttons, room);
    let buttons = buttons.iter().map(|&shown| width(text(ui, shown, room))).sum::<f32>();
    let last = Some(buttons + width(Menu::All.text(ui)));
    let groups = [track(BarPart::Layouts), menus, track(BarPart::Tools), last];
    groups.iter().flatten().map(|width| width + SPACING).sum::<f32>() - SPACING
}

/// Shows what is on the right, from left to right, so that Tab goes that way.
fn show_right(ui: &mut Ui, model: &UiModel<'_>, room: Room, out: &mut UiOutput) {
    ui.spacing_mut().item_spacing.x = SPACING;
    show_track(ui, model, BarPart::Layouts, room, out);
    let menus = menus(model, room);
    if !menus.is_empty() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for menu in menus {
                menu.show(ui, model, out);
            }
        });
    }
    show_track(ui, model, BarPart::Tools, room, out);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for shown in in_bar(model, BarPart::Buttons, room) {
            show_button(ui, shown, room, out);
        }
        Menu::All.show(ui, model, out);
    });
}

fn show_button(ui: &mut Ui, shown: Shown, room: Room, out: &mut UiOutput) {
    let (command, label) = shown;
    // A sign is read as what it means.
    let name = if label.contains(char::is_alphabetic) { label } else { command.title };
    let button = Button::new(text(ui, shown, room)).frame_when_inactive(false);
    let mut response = named(ui.push_id(command.title, |ui| ui.add(button)).inner, name);
    let key = command.key();
    if key_of(shown, room).is_none() && !key.is_empty() {
        response = response.on_hover_text(format!("{} ({key})", command.title));
    }
    if response.clicked() {
        out.act(UiAction::Run(command.id));
    }
}

/// Shows the choices of a part of the bar, if it has any now.
fn show_track(ui: &mut Ui, model: &UiModel<'_>, part: BarPart, room: Room, out: &mut UiOutput) {
    let (choices, p) = (in_bar(model, part, room), model.theme.palette());
    if choices.is_empty() {
        return;
    }
    track(ui, |ui| {
        for (command, label) in choices {
            if choice(ui, label, model.is_chosen(command.id), model.why_not(command.id), p) {
                out.act(UiAction::Run(command.id));
            }
        }
    });
}
