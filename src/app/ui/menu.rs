//! The menu “•••” at the right end of the bar: every command that is available, by group, with its key.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{Button, Popup, RectAlign, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::theme;
use super::widgets::{joined, keep_in_sight, named};
use crate::app::commands::{COMMANDS, Command, CommandId, Group};
use crate::fonts::{SMALL, semibold};

const NAME: &str = "All commands";
const WIDTH: f32 = 230.0;
const ROW: f32 = 24.0;
const PADDING: f32 = 8.0;
/// What stays free between the menu and the window's lower edge.
const MARGIN: f32 = 16.0;

/// What is written on its button.
pub(super) fn text(ui: &Ui) -> LayoutJob {
    joined(ui, [RichText::new("•••").size(8.0)])
}

/// Shows its button, and the menu below it while it is open.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let button = Button::new(text(ui)).frame_when_inactive(false);
    let response = named(ui.push_id(NAME, |ui| ui.add(button)).inner, NAME);
    let most = (ui.ctx().content_rect().bottom() - response.rect.bottom() - 3.0 * MARGIN).max(2.0 * ROW);
    let popup = Popup::menu(&response).align(RectAlign::BOTTOM_END).gap(4.0).accessible_name(NAME);
    let shown = popup.show(|ui| {
        theme::quiet(ui);
        ui.set_width(WIDTH);
        ui.set_max_height(most);
        ui.spacing_mut().button_padding = vec2(PADDING, 0.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = ROW;
        ScrollArea::vertical().max_height(most).show(ui, |ui| show_groups(ui, model, out));
    });
    out.covered.extend(shown.map(|shown| shown.response.rect));
}

fn show_groups(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    for group in Group::ALL {
        let entries: Vec<&Command> = COMMANDS
            .iter()
            .filter(|command| command.group == group && command.in_menu && command.is_available(model.now))
            .collect();
        if entries.is_empty() {
            continue;
        }
        ui.horizontal(|ui| {
            ui.add_space(PADDING);
            ui.label(RichText::new(group.title()).font(semibold(SMALL)).weak());
        });
        for command in entries {
            if show_entry(ui, command, model) {
                out.act(UiAction::Run(command.id));
                ui.close();
            }
        }
        ui.add_space(4.0);
    }
}

/// Shows one line; answers whether it was chosen.
fn show_entry(ui: &mut Ui, command: &Command, model: &UiModel<'_>) -> bool {
    let p = model.theme.palette();
    let why_not = model.why_not(command.id);
    let text = RichText::new(command.title).color(if why_not.is_some() { p.secondary } else { p.ink });
    let key = RichText::new(command.key()).small().weak();
    let mut button = Button::new(text).right_text(key).min_size(vec2(WIDTH, ROW)).corner_radius(5);
    let is_choice = matches!(command.id, CommandId::Layout(_) | CommandId::Tool(_));
    let chosen = model.is_chosen(command.id);
    if chosen {
        button = button.fill(p.field);
    }
    let mut response = ui.add_enabled(why_not.is_none(), button);
    response.widget_info(|| {
        if is_choice {
            WidgetInfo::selected(Role::MenuItemRadio, why_not.is_none(), chosen, command.title)
        } else {
            WidgetInfo::labeled(Role::MenuItem, why_not.is_none(), command.title)
        }
    });
    response = keep_in_sight(response);
    if let Some(reason) = why_not {
        response = response.on_disabled_hover_text(reason);
    }
    response.clicked()
}
