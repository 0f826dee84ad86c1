//! The menus of the bar: by which columns drawings are arranged, what colours them, and “•••”, every command that is available, by
//! group, with its key.

mod arrange;
mod column;

use egui::accesskit::Role;
use egui::containers::menu::SubMenuButton;
use egui::text::LayoutJob;
use egui::{Button, Popup, Rect, RectAlign, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::model::{ColumnModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme;
use super::widgets::{joined, keep_in_sight, named};
use crate::app::commands::{COMMANDS, Command, CommandId, Group, When};
use crate::fonts::{SMALL, semibold};
use crate::scene::rows::{ScalePalette, Spread};
use crate::words::shown_text;
use arrange::show_layouts;
pub(super) use column::{menu_below, pick_column};

const WIDTH: f32 = 230.0;
const ROW: f32 = 24.0;
const PADDING: f32 = 8.0;
/// What stays free between a menu and the window's lower edge.
const MARGIN: f32 = 16.0;
/// Letters of a column's name that are shown.
const SHOWN: usize = 32;

/// One of the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Menu {
    /// The layouts, and the columns that they go by.
    Arrange,
    /// The columns that give colours.
    Color,
    /// Every command.
    All,
}

impl Menu {
    fn name(self) -> &'static str {
        match self {
            Self::Arrange => "Arrange",
            Self::Color => "Colour",
            Self::All => "All commands",
        }
    }

    /// What is written on its button.
    pub(super) fn text(self, ui: &Ui) -> LayoutJob {
        match self {
            Self::All => joined(ui, [RichText::new("•••").size(8.0)]),
            _ => joined(ui, [RichText::new(self.name()), RichText::new(" ▼").size(7.0)]),
        }
    }

    /// Shows its button, and the menu below it while it is open.
    pub(super) fn show(self, ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
        let button = Button::new(self.text(ui)).frame_when_inactive(false);
        let response = named(ui.push_id(self, |ui| ui.add(button)).inner, self.name());
        let most = (ui.ctx().content_rect().bottom() - response.rect.bottom() - 3.0 * MARGIN).max(2.0 * ROW);
        let align = if self == Self::All { RectAlign::BOTTOM_END } else { RectAlign::BOTTOM_START };
        let popup = Popup::menu(&response).align(align).gap(4.0).accessible_name(self.name());
        let shown = popup.show(|ui| {
            list(ui, most, |ui| match self {
                Self::Arrange => show_layouts(ui, model, out),
                Self::Color => show_colors(ui, model, out),
                Self::All => show_groups(ui, model, out),
            });
        });
        out.covered.extend(shown.map(|shown| shown.response.rect));
    }
}

/// Lines of a menu, no higher than `most`.
pub(super) fn list(ui: &mut Ui, most: f32, contents: impl FnOnce(&mut Ui)) {
    theme::quiet(ui);
    ui.set_width(WIDTH);
    ui.set_max_height(most);
    ui.spacing_mut().button_padding = vec2(PADDING, 0.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = ROW;
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, contents);
}

/// A line that opens another menu beside it; answers what that covers.
fn sub_menu(ui: &mut Ui, title: &str, why_not: Option<&str>, contents: impl FnOnce(&mut Ui)) -> Option<Rect> {
    if why_not.is_some() {
        entry(ui, &Entry { title, why_not, ..Entry::default() });
        return None;
    }
    let most = ui.ctx().content_rect().height() - 3.0 * MARGIN;
    let text = RichText::new(title).color(ui.visuals().text_color());
    let button = Button::new(text).right_text(SubMenuButton::arrow_atom(None));
    let button = button.min_size(vec2(WIDTH, ROW)).corner_radius(5);
    let (response, shown) = SubMenuButton::from_button(button).ui(ui, |ui| list(ui, most, contents));
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, title));
    keep_in_sight(response);
    shown.map(|shown| shown.response.rect)
}

/// A line of a menu.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry<'a> {
    pub(super) title: &'a str,
    /// What stands at its right end: a key, the kind of a column.
    pub(super) detail: &'a str,
    pub(super) why_not: Option<&'a str>,
    /// Whether it is in force, where it is one of several.
    pub(super) is_chosen: Option<bool>,
}

/// Shows a line; answers whether it was chosen.
pub(super) fn entry(ui: &mut Ui, entry: &Entry<'_>) -> bool {
    let Entry { title, detail, why_not, is_chosen } = *entry;
    let text = RichText::new(title);
    let text = if why_not.is_some() { text.weak() } else { text.color(ui.visuals().text_color()) };
    let button = Button::new(text).right_text(RichText::new(detail).small().weak());
    let mut button = button.min_size(vec2(WIDTH, ROW)).corner_radius(5);
    if is_chosen == Some(true) {
        button = button.fill(ui.visuals().extreme_bg_color);
    }
    let mut response = ui.add_enabled(why_not.is_none(), button);
    response.widget_info(|| match is_chosen {
        Some(is_chosen) => WidgetInfo::selected(Role::MenuItemRadio, why_not.is_none(), is_chosen, title),
        None => WidgetInfo::labeled(Role::MenuItem, why_not.is_none(), title),
    });
    response = keep_in_sight(response);
    if let Some(reason) = why_not {
        response = response.on_disabled_hover_text(reason);
    }
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}

/// Shows every column, by `line`; why there are none otherwise.
fn columns(ui: &mut Ui, model: &UiModel<'_>, mut line: impl FnMut(&mut Ui, &ColumnModel<'_>, &str)) {
    if model.columns.all.is_empty() {
        let why = model.columns.why_none.unwrap_or("the records hold no values");
        entry(ui, &Entry { title: why, why_not: Some(why), ..Entry::default() });
    }
    for column in model.columns.all {
        line(ui, column, &shown_text(column.name, SHOWN));
    }
}

fn show_colors(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let color_by = model.columns.color_by;
    if entry(ui, &Entry { title: "Nothing", is_chosen: Some(color_by.is_none()), ..Entry::default() }) {
        out.act(UiAction::ColorBy(None));
    }
    columns(ui, model, |ui, column, title| {
        let (why_not, is_chosen) = (column.why_no_colors(), Some(color_by == Some(column.name)));
        if entry(ui, &Entry { title, detail: column.kind, why_not, is_chosen }) {
            out.act(UiAction::ColorBy(Some(column.name.to_owned())));
        }
    });
    ui.separator();
    heading(ui, "Numbers and times");
    let scale = model.columns.scale;
    for palette in ScalePalette::ALL {
        let is_chosen = Some(scale.palette == palette);
        if entry(ui, &Entry { title: palette.title(), is_chosen, ..Entry::default() }) {
            out.act(UiAction::Palette(palette));
        }
    }
    ui.separator();
    for spread in Spread::ALL {
        let is_chosen = Some(scale.spread == spread);
        if entry(ui, &Entry { title: spread.title(), is_chosen, ..Entry::default() }) {
            out.act(UiAction::Spread(spread));
        }
    }
    if scale.has_range && entry(ui, &Entry { title: "Between the usual ends", ..Entry::default() }) {
        out.act(UiAction::WholeColorRange);
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        ui.add_space(PADDING);
        ui.label(RichText::new(text).font(semibold(SMALL)).weak());
    });
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
        heading(ui, group.title());
        for command in entries {
            show_command(ui, command, model, out);
        }
        if group == Group::Look && model.now.contains(&When::Open) {
            // The bar may have no room for them.
            let covered = sub_menu(ui, "Arrange by columns", None, |ui| show_layouts(ui, model, out));
            out.covered.extend(covered);
            let covered = sub_menu(ui, "Colour by", None, |ui| show_colors(ui, model, out));
            out.covered.extend(covered);
        }
        ui.add_space(4.0);
    }
}

fn show_command(ui: &mut Ui, command: &Command, model: &UiModel<'_>, out: &mut UiOutput) {
    let is_choice = matches!(command.id, CommandId::Layout(_) | CommandId::Tool(_));
    let line = Entry {
        title: command.title,
        detail: &command.key(),
        why_not: model.why_not(command.id),
        is_chosen: is_choice.then(|| model.is_chosen(command.id)),
    };
    if entry(ui, &line) {
        out.act(UiAction::Run(command.id));
    }
}
