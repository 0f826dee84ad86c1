//! The palette: a field over the list of everything that can be asked for, found by typing a part of its name.

use egui::accesskit::Role;
use egui::{Atom, Button, Id, Response, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::model::{ColumnModel, Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::search::rank;
use super::widgets::{step, strong, text_field};
use super::{UiState, card, theme};
use crate::app::commands::{COMMANDS, Command, CommandId};
use crate::scene::layout::{LAYOUTS, LayoutKind};
use crate::scene::rows::{ScalePalette, Spread};
use crate::words::{counted, shown_text};

/// Lines that are shown at most.
const MOST: usize = 100;
/// Columns of which every pair is offered.
const PAIRED: usize = 24;
/// Letters of a column's name that are shown.
const SHOWN: usize = 40;
/// What stands on the card besides its list, in points.
const AROUND_LIST: f32 = 150.0;

/// Something that can be asked for.
struct Entry<'a> {
    title: String,
    /// What it does, where that is said in other words.
    more: &'a str,
    /// Where it belongs.
    group: &'static str,
    key: String,
    why_not: Option<&'a str>,
    action: UiAction,
}

/// Shows the palette, if it is open.
pub(super) fn show(ui: &Ui, room: card::Room, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    if model.dialog != Dialog::Palette {
        return;
    }
    let opened = state.dialog_opened();
    if opened {
        state.dialog_text.clear();
        state.choice = 0;
    }
    card::show(ui, room, out, |ui, out| {
        ui.label(strong("Find a command"));
        ui.add_space(4.0);
        let asked = (state.dialog_text.clone(), state.choice);
        // Taken before the field sees them.
        let choice = step(ui, state.choice, usize::MAX);
        let field = text_field(ui, "a part of its name", &mut state.dialog_text, f32::INFINITY, opened);
        let found = found(&state.dialog_text, model);
        let is_changed = state.dialog_text != asked.0;
        state.choice = if is_changed { 0 } else { choice.min(found.len().min(MOST).saturating_sub(1)) };
        let moves = opened || is_changed || state.choice != asked.1;
        let clicked = show_list(ui, room, &found, state.choice, moves, field.id);
        let entered = field.is_entered.then_some(state.choice);
        if let Some(entry) = clicked.or(entered).and_then(|at| found.get(at)).filter(|entry| entry.why_not.is_none()) {
            // Before what opens a card of its own.
            out.act(UiAction::CloseDialog);
            out.act(entry.action.clone());
        }
    });
}

/// Shows what was found; answers which line was clicked. `moves` brings the chosen one into sight.
fn show_list(
    ui: &mut Ui,
    room: card::Room,
    found: &[Entry<'_>],
    choice: usize,
    moves: bool,
    field: Id,
) -> Option<usize> {
    let mut clicked = None;
    let more = found.len().saturating_sub(MOST);
    ScrollArea::vertical().max_height(room.list_height(AROUND_LIST)).show(ui, |ui| {
        theme::quiet(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, entry) in found.iter().take(MOST).enumerate() {
            let is_chosen = at == choice;
            let response = show_entry(ui, entry, is_chosen);
            if response.clicked() {
                clicked = Some(at);
            }
            if is_chosen {
                // The keyboard stays in the field; what is read aloud is the line.
                let line = response.id.accesskit_id();
                ui.ctx().accesskit_node_builder(field, |node| node.set_active_descendant(line));
            }
            if is_chosen && moves {
                response.scroll_to_me(None);
            }
        }
    });
    let text = match (found.is_empty(), more) {
        (true, _) => "Nothing is called so.".to_owned(),
        (false, 0) => "↑ ↓ choose, Enter does it, Esc closes.".to_owned(),
        (false, more) => format!("and {}: type more of the name", counted(more as u64, "more", "more")),
    };
    ui.label(RichText::new(text).small().weak());
    clicked
}

fn show_entry(ui: &mut Ui, entry: &Entry<'_>, is_chosen: bool) -> Response {
    let is_free = entry.why_not.is_none();
    let title = RichText::new(&entry.title);
    let title = if is_free { title.color(ui.visuals().text_color()) } else { title.weak() };
    let detail = RichText::new(entry.why_not.unwrap_or(entry.group)).small().weak();
    let key = RichText::new(&entry.key).small().weak();
    let width = ui.available_width();
    let mut button = Button::new((title, Atom::grow(), detail, key)).truncate().min_size(vec2(width, 0.0));
    button = button.frame_when_inactive(is_chosen);
    if is_chosen {
        button = button.fill(ui.visuals().extreme_bg_color);
    }
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, is_free, is_chosen, &entry.title));
    response
}

/// What a text means, the likeliest first.
fn found<'a>(text: &str, model: &UiModel<'a>) -> Vec<Entry<'a>> {
    let entries = entries(model).into_iter();
    let mut ranked: Vec<_> = entries.filter_map(|entry| Some((rank(text, &entry.title, entry.more)?, entry))).collect();
    // Of those that are met as well the table's order stays.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Everything that can be asked for now.
fn entries<'a>(model: &UiModel<'a>) -> Vec<Entry<'a>> {
    let commands = COMMANDS.iter().filter(|command| {
        let is_itself = command.id == CommandId::Palette;
        !is_itself && command.is_available(model.now)
    });
    let mut entries: Vec<Entry<'a>> = commands.map(|command| of_command(command, model)).collect();
    let columns = model.columns.all;
    if !columns.is_empty() {
        for &kind in LAYOUTS {
            match kind.by_count() {
                0 => {}
                1 => entries.extend(columns.iter().filter_map(|column| by_columns(kind, &[column]))),
                _ => {
                    let fits = move |column: &&ColumnModel<'_>| column.why_not_by(kind).is_none();
                    let all = || columns.iter().filter(fits).take(PAIRED);
                    let pairs = all().flat_map(|x| all().map(move |y| [x, y]));
                    entries.extend(pairs.filter(|[x, y]| x != y).filter_map(|pair| by_columns(kind, &pair)));
                }
            }
        }
        entries.push(colored("nothing", None));
        let colored_by =
            |column: &ColumnModel<'_>| colored(&shown_text(column.name, SHOWN), Some(column.name.to_owned()));
        entries.extend(columns.iter().filter(|column| column.why_no_colors().is_none()).map(colored_by));
        entries.extend(scales());
        entries.extend(sorts(columns));
        entries.extend(blocks(columns));
    }
    entries
}

fn of_command<'a>(command: &'static Command, model: &UiModel<'a>) -> Entry<'a> {
    let title = match command.id {
        CommandId::Layout(kind) => format!("Arrange: {}", kind.title),
        _ => command.title.to_owned(),
    };
    Entry {
        title,
        more: command.help,
        group: command.group.title(),
        key: command.key(),
        why_not: model.why_not(command.id),
        action: UiAction::Run(command.id),
    }
}

/// A layout by these columns, where it can go by them.
fn by_columns<'a>(kind: LayoutKind, columns: &[&ColumnModel<'_>]) -> Option<Entry<'a>> {
    if columns.iter().any(|column| column.why_not_by(kind).is_some()) {
        return None;
    }
    let shown = columns.iter().map(|column| shown_text(column.name, SHOWN)).collect::<Vec<_>>().join(", ");
    let title = if kind == LayoutKind::GROUPS {
        format!("Group by {shown}")
    } else {
        format!("Arrange: {} by {shown}", kind.title)
    };
    let names = columns.iter().map(|column| column.name.to_owned()).collect();
    let action = UiAction::Arrange(kind, names);
    Some(Entry { title, more: kind.about, group: "Arrange", key: String::new(), why_not: None, action })
}

/// How numbers and times are coloured.
fn scales<'a>() -> impl Iterator<Item = Entry<'a>> {
    let palettes = ScalePalette::ALL.map(|palette| (palette.title(), UiAction::Palette(palette)));
    let spreads = Spread::ALL.map(|spread| (spread.title(), UiAction::Spread(spread)));
    palettes.into_iter().chain(spreads).map(|(title, action)| Entry {
        title: format!("Colours: {title}"),
        more: "color palette scale",
        group: "Colour",
        key: String::new(),
        why_not: None,
        action,
    })
}

/// The grid in the order of any column, either way.
fn sorts<'a>(columns: &[ColumnModel<'_>]) -> impl Iterator<Item = Entry<'a>> {
    let sorted = |title: String, by: Option<&str>, descends: bool| Entry {
        title,
        more: "arrange grid order",
        group: "Arrange",
        key: String::new(),
        why_not: None,
        action: UiAction::Sort { by: by.map(str::to_owned), descends },
    };
    let by = columns.iter().flat_map(move |column| {
        let name = shown_text(column.name, SHOWN);
        [("", false), (", descending", true)]
            .map(|(way, descends)| sorted(format!("Sort by {name}{way}"), Some(column.name), descends))
    });
    std::iter::once(sorted("Sort by nothing: as in the file".to_owned(), None, false)).chain(by)
}

/// Drawings sorted by likeness in a block for each value of a column, or in one block.
fn blocks<'a>(columns: &[ColumnModel<'_>]) -> impl Iterator<Item = Entry<'a>> {
    let within = |name: &str, column: Option<String>| Entry {
        title: format!("Sort by likeness within {name}"),
        more: "arrange sorted blocks groups",
        group: "Arrange",
        key: String::new(),
        why_not: None,
        action: UiAction::SortWithin(column),
    };
    let can_be = columns.iter().filter(|column| column.why_no_colors().is_none());
    let by = can_be.map(move |column| within(&shown_text(column.name, SHOWN), Some(column.name.to_owned())));
    std::iter::once(within("nothing: in one block", None)).chain(by)
}

fn colored<'a>(name: &str, column: Option<String>) -> Entry<'a> {
    let action = UiAction::ColorBy(column);
    Entry {
        title: format!("Colour by {name}"),
        more: "color",
        group: "Colour",
        key: String::new(),
        why_not: None,
        action,
    }
}
