//! The bar at the top: what is open on the left, what one can do with it on the right. Things hide as the window narrows.

use egui::{Align, Rect, Ui, pos2, vec2};

use super::button::{Button, Kind};
use super::model::{Screen, Tool, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::track::{self, Segment};
use super::widgets::{self, Run};
use crate::fonts::{BODY, regular, semibold};
use crate::scene::layout::{LAYOUTS, LayoutKind};
use crate::words::{counted, shown_text};

/// Height of the bar in points.
pub const HEIGHT: f32 = 40.0;
const PADDING: f32 = 16.0;
const GAP: f32 = 14.0;
/// The title may shrink to this before something else is hidden.
const TITLE_MIN: f32 = 88.0;

/// How much has been left out for want of room: 0 nothing … 4 all but the layouts and "?".
#[derive(Clone, Copy)]
struct Room(u8);

impl Room {
    const LEAST: Self = Self(4);

    fn all() -> impl Iterator<Item = Self> {
        (0..=Self::LEAST.0).map(Self)
    }

    fn count(self) -> bool {
        self.0 < 1
    }

    fn keys(self) -> bool {
        self.0 < 2
    }

    fn box_word(self) -> &'static str {
        if self.0 < 2 { "Box zoom" } else { "Box" }
    }

    fn tools(self) -> bool {
        self.0 < 3
    }

    fn commands(self) -> bool {
        self.0 < 4
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
        let left = if room.count() { title_width + count_width } else { title_width.min(TITLE_MIN) };
        left + 2.0 * GAP + right_width(ui, model, room, p) <= inner.width()
    };
    let room = Room::all().find(|&room| fits(ui, room)).unwrap_or(Room::LEAST);

    let right = show_right(ui, inner, model, room, out);
    let left = Rect::from_min_max(inner.min, pos2((right - GAP).max(inner.left()), inner.bottom()));
    let runs = [Run(&title, semibold(BODY), p.ink)];
    let galley = widgets::layout(ui, &runs, left.width(), 1);
    let title_end = left.left() + galley.size().x;
    widgets::put(ui, left, Align::Min, galley);
    if room.count() && viewing {
        let galley = widgets::line(ui, &[Run(&count, regular(BODY), p.secondary)]);
        widgets::put(ui, left.with_min_x(title_end + GAP), Align::Min, galley);
    }
}

fn commands<'a>(model: &UiModel<'_>, room: Room) -> Vec<(Button<'a>, UiAction)> {
    let key = |key: &'a str| if room.keys() { key } else { "" };
    let mut all = Vec::with_capacity(4);
    if room.commands() && model.screen == Screen::Viewing {
        all.push((Button::new("fit", "Fit", Kind::Quiet).key(key("0")), UiAction::Fit));
        all.push((Button::new("save", "Save", Kind::Quiet).key(key("S")), UiAction::Save));
        if !model.inspector_open && room.keys() {
            all.push((Button::new("inspector", "Inspector", Kind::Quiet).key("I"), UiAction::ToggleInspector));
        }
    }
    all.push((Button::new("help", "?", Kind::Quiet).named("Keys"), UiAction::ToggleHelp));
    all
}

fn layout_titles() -> Vec<&'static str> {
    LAYOUTS.iter().map(|kind| kind.title).collect()
}

fn right_width(ui: &Ui, model: &UiModel<'_>, room: Room, p: &Palette) -> f32 {
    let commands: f32 = commands(model, room).iter().map(|(button, _)| button.width(ui, p)).sum();
    if matches!(model.screen, Screen::Welcome { .. }) {
        return commands;
    }
    let tools = if room.tools() { GAP + track::width(ui, &["Pan", room.box_word()]) } else { 0.0 };
    commands + 8.0 + tools + track::width(ui, &layout_titles())
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
    if !matches!(model.screen, Screen::Welcome { .. }) {
        let why_not = |kind| model.unavailable.iter().find(|(other, _)| *other == kind).map(|(_, reason)| *reason);
        let segment =
            |&kind: &LayoutKind| Segment { text: kind.title, chosen: kind == model.layout, unavailable: why_not(kind) };
        let segments: Vec<Segment<'_>> = LAYOUTS.iter().map(segment).collect();
        let after = if room.tools() { GAP } else { 8.0 };
        let rect = place(track::width(ui, &layout_titles()), after);
        if let Some(&kind) = track::show(ui, rect, &segments, p).and_then(|i| LAYOUTS.get(i)) {
            out.act(UiAction::SetLayout(kind));
        }
        if room.tools() {
            let tools = [(Tool::Pan, "Pan"), (Tool::BoxZoom, room.box_word())];
            let segments = tools.map(|(tool, text)| Segment { text, chosen: tool == model.tool, unavailable: None });
            let rect = place(track::width(ui, &["Pan", room.box_word()]), 8.0);
            if let Some(i) = track::show(ui, rect, &segments, p) {
                out.act(UiAction::SetTool(tools[i].0));
            }
        }
    }
    for (button, action) in commands(model, room) {
        let rect = place(button.width(ui, p), 0.0);
        if button.show(ui, rect, p).clicked() {
            out.act(action);
        }
    }
    start
}
