//! The menu "⋯" at the right end of the bar: every command that is available, by group, with its key.

use egui::accesskit::Role;
use egui::{
    Align, Button, CursorIcon, Popup, Rect, RectAlign, Response, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};

use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, Run, focus_ring, keep_in_sight};
use crate::app::commands::{COMMANDS, Command, CommandId, Group};
use crate::fonts::{BODY, SMALL, regular, semibold};

/// Width of its button in points.
pub(super) const BUTTON_WIDTH: f32 = 28.0;
const WIDTH: f32 = 230.0;
const ROW: f32 = 24.0;
const PADDING: f32 = 8.0;
/// What stays free between the menu and the window's lower edge.
const MARGIN: f32 = 16.0;

/// Draws its button into `rect`, and the menu below it while it is open.
pub(super) fn show(ui: &Ui, rect: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let response = show_button(ui, rect, p);
    let most = (ui.ctx().content_rect().bottom() - rect.bottom() - 3.0 * MARGIN).max(2.0 * ROW);
    let popup = Popup::menu(&response).align(RectAlign::BOTTOM_END).gap(4.0).accessible_name("All commands");
    let shown = popup.show(|ui| {
        ui.set_width(WIDTH);
        ui.set_max_height(most);
        ui.spacing_mut().button_padding = vec2(PADDING, 0.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(most).show(ui, |ui| show_groups(ui, model, out));
    });
    out.covered.extend(shown.map(|shown| shown.response.rect));
}

fn show_button(ui: &Ui, rect: Rect, p: &Palette) -> Response {
    let response =
        ui.interact(rect, ui.scope_id().with("menu"), Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "All commands"));
    let hot = response.hovered() || response.has_focus();
    if hot {
        ui.painter().rect_filled(rect, 6, p.field);
    }
    for step in [-5.0, 0.0, 5.0] {
        let middle = pos2(rect.center().x + step, rect.center().y);
        ui.painter().circle_filled(middle, 1.5, if hot { p.ink } else { p.soft });
    }
    focus_ring(ui, &response, rect, p);
    response
}

fn show_groups(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    for group in Group::ALL {
        let entries: Vec<&Command> = COMMANDS
            .iter()
            .filter(|command| command.group == group && command.in_menu && command.is_available(model.now))
            .collect();
        if entries.is_empty() {
            continue;
        }
        let (head, _) = ui.allocate_exact_size(vec2(WIDTH, ROW), Sense::hover());
        let title = widgets::line(ui, &[Run(group.title(), semibold(SMALL), p.secondary)]);
        widgets::put(ui, head.with_min_x(head.left() + PADDING), Align::Min, title);
        for command in entries {
            if show_entry(ui, command, model) {
                out.act(UiAction::Run(command.id));
                ui.close();
            }
        }
        ui.add_space(4.0);
    }
}

/// Draws one line; answers whether it was chosen.
fn show_entry(ui: &mut Ui, command: &Command, model: &UiModel<'_>) -> bool {
    let p = model.theme.palette();
    let why_not = model.why_not(command.id);
    let color = if why_not.is_some() { p.secondary } else { p.ink };
    let text = RichText::new(command.title).font(regular(BODY)).color(color);
    let key = RichText::new(command.key()).font(regular(SMALL)).color(p.secondary);
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
