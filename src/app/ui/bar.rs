//! The bar at the top: what is open on the left, what one can do with it on the right. Things hide as the window narrows.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{Align, Button, CursorIcon, Frame, Label, Layout, Margin, RichText, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::menu;
use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme;
use super::widgets::{joined, named, pixel, strong, width_of};
use crate::app::commands::{BarPart, COMMANDS, Command, CommandId, STAYS};
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
/// Around a choice of a track, and around all of them.
const CHOICE: Vec2 = vec2(11.0, 2.0);
const TRACK: f32 = 2.0;

/// How much has been left out for want of room: what gives way at this number or below. 0 leaves out nothing, the last one all
/// but what stays.
#[derive(Clone, Copy)]
struct Room(u8);

/// The number of drawings gives way first.
const COUNT: u8 = 1;
/// Then keys beside buttons, and long words.
const KEYS: u8 = 2;

impl Room {
    fn all() -> impl Iterator<Item = Self> {
        (0..=Self::least().0).map(Self)
    }

    fn least() -> Self {
        let numbers = COMMANDS.iter().filter_map(|command| command.bar).map(|bar| bar.gives_way);
        Self(numbers.filter(|&number| number != STAYS).max().unwrap_or(KEYS))
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

/// What is written on a button: its label and, as far as there is room for it, its key.
fn text(ui: &Ui, (command, label): Shown, room: Room) -> LayoutJob {
    let key = Some(command.key()).filter(|key| room.has(KEYS) && !key.is_empty() && key != label);
    let key = key.map_or_else(String::new, |key| format!(" {key}"));
    joined(ui, [RichText::new(label), RichText::new(key).weak()])
}

/// How much room the right side takes.
fn right_width(ui: &Ui, model: &UiModel<'_>, room: Room) -> f32 {
    let width = |text: LayoutJob, padding: f32| width_of(ui, text) + 2.0 * padding;
    let padding = ui.spacing().button_padding.x;
    let mut groups = Vec::new();
    for part in [BarPart::Layouts, BarPart::Tools] {
        let choices = in_bar(model, part, room);
        let choice = |(_, label): &Shown| width(joined(ui, [RichText::new(*label)]), CHOICE.x);
        if !choices.is_empty() {
            groups.push(choices.iter().map(choice).sum::<f32>() + 2.0 * TRACK);
        }
    }
    let buttons = in_bar(model, BarPart::Buttons, room);
    let buttons = buttons.iter().map(|&shown| width(text(ui, shown, room), padding)).sum::<f32>();
    groups.push(buttons + width(menu::text(ui), padding));
    groups.iter().sum::<f32>() + SPACING * (groups.len() - 1) as f32
}

/// Shows what is on the right, from left to right, so that Tab goes that way.
fn show_right(ui: &mut Ui, model: &UiModel<'_>, room: Room, out: &mut UiOutput) {
    ui.spacing_mut().item_spacing.x = SPACING;
    for part in [BarPart::Layouts, BarPart::Tools] {
        show_track(ui, model, &in_bar(model, part, room), out);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for shown in in_bar(model, BarPart::Buttons, room) {
            let (command, label) = shown;
            // A sign is read as what it means.
            let name = if label.contains(char::is_alphabetic) { label } else { command.title };
            let button = Button::new(text(ui, shown, room)).frame_when_inactive(false);
            if named(ui.push_id(command.title, |ui| ui.add(button)).inner, name).clicked() {
                out.act(UiAction::Run(command.id));
            }
        }
        menu::show(ui, model, out);
    });
}

/// Shows choices side by side on a field, one of which is taken.
fn show_track(ui: &mut Ui, model: &UiModel<'_>, choices: &[Shown], out: &mut UiOutput) {
    if choices.is_empty() {
        return;
    }
    let track = Frame::NONE.fill(model.theme.palette().field).corner_radius(7).inner_margin(TRACK);
    ui.horizontal(|ui| {
        track.show(ui, |ui| {
            let spacing = ui.spacing_mut();
            spacing.interact_size.y -= 2.0 * TRACK;
            spacing.item_spacing.x = 0.0;
            spacing.button_padding = CHOICE;
            for &(command, label) in choices {
                ui.push_id(label, |ui| {
                    if show_choice(ui, label, model.is_chosen(command.id), model.why_not(command.id), model) {
                        out.act(UiAction::Run(command.id));
                    }
                });
            }
        });
    });
}

/// Shows one of several; answers whether it was taken instead of another one.
fn show_choice(ui: &mut Ui, label: &str, is_chosen: bool, why_not: Option<&str>, model: &UiModel<'_>) -> bool {
    let p = model.theme.palette();
    let mut text = RichText::new(label);
    if why_not.is_some() {
        text = text.weak();
    } else if is_chosen {
        text = text.color(p.ink);
        let line = Stroke::new(pixel(ui.painter()), p.hairline);
        let looks = &mut ui.visuals_mut().widgets;
        for look in [&mut looks.inactive, &mut looks.hovered] {
            look.bg_stroke = line;
        }
        for look in [&mut looks.inactive, &mut looks.hovered, &mut looks.active] {
            look.weak_bg_fill = p.raised;
        }
    }
    let button = Button::new(text).corner_radius(5).frame_when_inactive(is_chosen);
    let response = ui.add_enabled(why_not.is_none(), button);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, why_not.is_none(), is_chosen, label));
    let is_taken = response.clicked() && !is_chosen;
    if let Some(reason) = why_not {
        response.on_hover_cursor(CursorIcon::NotAllowed).on_disabled_hover_text(reason);
    }
    is_taken
}
