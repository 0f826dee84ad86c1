//! The bar at the top: what is open on the left, what one can do with it on the right. Things hide as the window narrows.

use egui::{Align, Rect, Ui, pos2, vec2};

use super::button::{Button, Kind};
use super::menu;
use super::model::{Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::track::{self, Segment};
use super::widgets::{self, Run};
use crate::app::commands::{BarPart, COMMANDS, Command, CommandId, STAYS};
use crate::fonts::{BODY, regular, semibold};
use crate::words::{counted, shown_text};

/// Height of the bar in points.
pub const HEIGHT: f32 = 40.0;
const PADDING: f32 = 16.0;
const GAP: f32 = 14.0;
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

/// Draws the bar into `rect`.
pub(super) fn show(ui: &mut Ui, rect: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let mut ui = widgets::part(ui, rect, "bar");
    let ui = &mut ui;
    ui.painter().rect_filled(rect, 0, p.panel);
    widgets::hairline_h(ui.painter(), rect.x_range(), rect.bottom() - widgets::pixel(ui.painter()), p.hairline);

    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let title = shown_text(model.title, 200);
    let viewing = !matches!(model.screen, Screen::Welcome { .. });
    let count = if viewing { counted(u64::from(model.rows), "drawing", "drawings") } else { String::new() };
    let title_width = widgets::width(ui, &title, semibold(BODY));
    let count_width = if count.is_empty() { 0.0 } else { GAP + widgets::width(ui, &count, regular(BODY)) };
    let fits = |ui: &Ui, room: Room| {
        let left = if room.has(COUNT) { title_width + count_width } else { title_width.min(TITLE_MIN) };
        left + 2.0 * GAP + right_width(ui, model, room, p) <= inner.width()
    };
    let room = Room::all().find(|&room| fits(ui, room)).unwrap_or(Room::least());

    let right = show_right(ui, inner, model, room, out);
    let left = Rect::from_min_max(inner.min, pos2((right - GAP).max(inner.left()), inner.bottom()));
    let runs = [Run(&title, semibold(BODY), p.ink)];
    let galley = widgets::layout(ui, &runs, left.width(), 1);
    let title_end = left.left() + galley.size().x;
    widgets::put(ui, left, Align::Min, galley);
    if room.has(COUNT) && viewing {
        let galley = widgets::line(ui, &[Run(&count, regular(BODY), p.secondary)]);
        widgets::put(ui, left.with_min_x(title_end + GAP), Align::Min, galley);
    }
}

/// The commands in a part of the bar, with what is written there.
fn in_bar(model: &UiModel<'_>, part: BarPart, room: Room) -> Vec<(&'static Command, &'static str)> {
    let shown = |command: &'static Command| {
        let bar = command.bar.filter(|bar| bar.part == part && room.has(bar.gives_way))?;
        // What is open has a × of its own.
        let is_open = command.id == CommandId::Inspector && model.inspector_open;
        let label = if room.has(KEYS) { bar.label } else { bar.short };
        (command.is_available(model.now) && !is_open).then_some((command, label))
    };
    COMMANDS.iter().filter_map(shown).collect()
}

/// The keys of buttons, as far as there is room for them.
fn keys(buttons: &[(&'static Command, &'static str)], room: Room) -> Vec<String> {
    let key = |&(command, label): &(&Command, &str)| {
        let key = command.key();
        if room.has(KEYS) && key != label { key } else { String::new() }
    };
    buttons.iter().map(key).collect()
}

fn button<'a>(command: &Command, label: &'a str, key: &'a str) -> Button<'a> {
    // A sign is read as what it means.
    let name = if label.contains(char::is_alphabetic) { label } else { command.title };
    Button::new(label, label, Kind::Quiet).named(name).key(key)
}

/// The tracks of choices, from left to right.
const TRACKS: [BarPart; 2] = [BarPart::Layouts, BarPart::Tools];

fn labels(choices: &[(&'static Command, &'static str)]) -> Vec<&'static str> {
    choices.iter().map(|(_, label)| *label).collect()
}

fn right_width(ui: &Ui, model: &UiModel<'_>, room: Room, p: &Palette) -> f32 {
    let tracks: Vec<f32> = TRACKS
        .iter()
        .map(|&part| in_bar(model, part, room))
        .filter(|choices| !choices.is_empty())
        .map(|choices| track::width(ui, &labels(&choices)))
        .collect();
    let gaps = if tracks.is_empty() { 0.0 } else { 8.0 + GAP * (tracks.len() - 1) as f32 };
    let buttons = in_bar(model, BarPart::Buttons, room);
    let keys = keys(&buttons, room);
    let widths = buttons.iter().zip(&keys).map(|(&(command, label), key)| button(command, label, key).width(ui, p));
    tracks.iter().sum::<f32>() + gaps + widths.sum::<f32>() + menu::BUTTON_WIDTH
}

/// Draws what is on the right and answers where it begins. From left to right, so that Tab goes that way.
fn show_right(ui: &mut Ui, inner: Rect, model: &UiModel<'_>, room: Room, out: &mut UiOutput) -> f32 {
    let p = model.theme.palette();
    let start = inner.right() + 6.0 - right_width(ui, model, room, p);
    let mut x = start;
    let mut place = |w: f32, after: f32| {
        let rect = Rect::from_center_size(pos2(x + w / 2.0, inner.center().y), vec2(w, track::HEIGHT));
        x += w + after;
        rect
    };
    let tracks = TRACKS.map(|part| in_bar(model, part, room));
    let mut rest = tracks.iter().filter(|choices| !choices.is_empty()).peekable();
    while let Some(choices) = rest.next() {
        let segments: Vec<Segment<'_>> = choices
            .iter()
            .map(|&(command, text)| Segment {
                text,
                chosen: model.is_chosen(command.id),
                unavailable: model.why_not(command.id),
            })
            .collect();
        let rect = place(track::width(ui, &labels(choices)), if rest.peek().is_some() { GAP } else { 8.0 });
        if let Some((command, _)) = track::show(ui, rect, &segments, p).and_then(|i| choices.get(i)) {
            out.act(UiAction::Run(command.id));
        }
    }
    let buttons = in_bar(model, BarPart::Buttons, room);
    let keys = keys(&buttons, room);
    for (&(command, label), key) in buttons.iter().zip(&keys) {
        let button = button(command, label, key);
        let rect = place(button.width(ui, p), 0.0);
        if button.show(ui, rect, p).clicked() {
            out.act(UiAction::Run(command.id));
        }
    }
    menu::show(ui, place(menu::BUTTON_WIDTH, 0.0), model, out);
    start
}
