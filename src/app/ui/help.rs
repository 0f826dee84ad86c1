//! The page of keys.

use egui::{Align, Area, Id, Key, Order, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::UiState;
use super::button::{Button, Kind, cross};
use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, Run};
use crate::app::commands::{self, CommandId};
use crate::fonts::{BODY, TITLE, regular, semibold};
use crate::scene::palette::Theme;
use std::sync::LazyLock;

/// Title of a group, and its keys with what they do.
type Group = (&'static str, Vec<(String, &'static str)>);

static GROUPS: LazyLock<[Group; 3]> =
    LazyLock::new(|| commands::Group::ALL.map(|group| (group.title(), commands::help_rows(group))));

const ROW: f32 = 25.0;
const HEAD: f32 = 30.0;
const KEY_WIDTH: f32 = 136.0;
const PADDING: f32 = 24.0;
const TOP: f32 = 62.0;
const FOOT: f32 = 58.0;

fn group_height(group: &Group) -> f32 {
    HEAD + group.1.len() as f32 * ROW + 14.0
}

/// Draws the page of keys over everything, if it is open.
pub(super) fn show(ui: &Ui, model: &UiModel<'_>, state: &UiState, out: &mut UiOutput) {
    if model.dialog != Dialog::Help {
        return;
    }
    let p = model.theme.palette();
    let screen = ui.ctx().content_rect();
    out.covered.push(screen);
    let two = screen.width() >= 860.0;
    let width = (if two { 820.0_f32 } else { 470.0 }).min(screen.width() - 16.0);
    let (first, rest) = GROUPS.split_at(if two { 1 } else { GROUPS.len() });
    let columns: &[&[Group]] = if two { &[first, rest] } else { &[first] };
    let tall = |column: &[Group]| column.iter().map(group_height).sum::<f32>();
    let content = columns.iter().map(|column| tall(column)).fold(0.0, f32::max);
    let height = (TOP + content + FOOT).min(screen.height() - 16.0);
    let rect = Rect::from_center_size(screen.center(), vec2(width, height));
    Area::new(Id::unique("inkfield help"))
        .order(Order::Foreground)
        .fixed_pos(screen.min)
        .constrain(false)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(screen);
            let outside = ui.allocate_rect(screen, Sense::click());
            ui.painter().rect_filled(screen, 0, p.backdrop);
            widgets::card(ui.painter(), rect, p);
            let card = ui.interact(rect, ui.scope_id().with("card"), Sense::click());
            let title = Rect::from_min_size(rect.min + vec2(PADDING, 18.0), vec2(width - 2.0 * PADDING, 28.0));
            let galley = widgets::line(ui, &[Run("Keys", semibold(TITLE), p.ink)]);
            widgets::put(ui, title, Align::Min, galley);
            let corner = Rect::from_min_size(pos2(rect.right() - PADDING - 18.0, title.top() + 3.0), vec2(22.0, 22.0));
            let crossed = cross(ui, corner, "close help", "Close keys", p);
            let body =
                Rect::from_min_max(pos2(rect.left(), rect.top() + TOP), pos2(rect.right() - 4.0, rect.bottom() - FOOT));
            show_columns(ui, body, columns, content, p);
            show_foot(ui, Rect::from_min_max(pos2(rect.left(), rect.bottom() - FOOT), rect.max), model.theme, out);
            let escaped = ui.input(|i| i.key_pressed(Key::Escape)) && !state.dialog_opened();
            if crossed || escaped || (outside.clicked() && !card.clicked()) {
                out.act(UiAction::CloseDialog);
            }
        });
}

fn show_columns(ui: &mut Ui, body: Rect, columns: &[&[Group]], content: f32, p: &Palette) {
    let mut ui = widgets::part(ui, body, "keys");
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut ui, |ui| {
        let (area, _) = ui.allocate_exact_size(vec2(body.width(), content), Sense::hover());
        let inner = area.shrink2(vec2(PADDING, 0.0));
        let step = (inner.width() + PADDING) / columns.len() as f32;
        for (i, column) in columns.iter().enumerate() {
            let x = inner.left() + i as f32 * step;
            let mut y = inner.top();
            for group in *column {
                let at = Rect::from_min_size(pos2(x, y), vec2(step - PADDING, group_height(group)));
                show_group(ui, at, group, p);
                y = at.bottom();
            }
        }
    });
}

fn show_group(ui: &Ui, area: Rect, (title, keys): &Group, p: &Palette) {
    let head = Rect::from_min_size(area.min, vec2(area.width(), HEAD - 6.0));
    let galley = widgets::line(ui, &[Run(title, semibold(BODY), p.ink)]);
    widgets::put(ui, head, Align::Min, galley);
    widgets::hairline_h(ui.painter(), area.x_range(), head.bottom(), p.hairline);
    for (i, (key, does)) in keys.iter().enumerate() {
        let row = Rect::from_min_size(pos2(area.left(), area.top() + HEAD + i as f32 * ROW), vec2(area.width(), ROW));
        let galley = widgets::layout(ui, &[Run(key, regular(BODY), p.ink)], KEY_WIDTH - 8.0, 1);
        widgets::put(ui, row, Align::Min, galley);
        let rest = row.with_min_x(row.left() + KEY_WIDTH);
        let galley = widgets::layout(ui, &[Run(does, regular(BODY), p.secondary)], rest.width(), 1);
        widgets::put(ui, rest, Align::Min, galley);
    }
}

fn show_foot(ui: &Ui, foot: Rect, theme: Theme, out: &mut UiOutput) {
    let p = theme.palette();
    widgets::hairline_h(ui.painter(), foot.x_range(), foot.top(), p.hairline);
    let inner = foot.shrink2(vec2(PADDING, 0.0));
    let text = match theme {
        Theme::Paper => "Switch to night",
        Theme::Night => "Switch to paper",
    };
    let button = Button::new("theme", text, Kind::Filled).key("T");
    let w = button.width(ui, p);
    let at = Rect::from_center_size(pos2(inner.left() + w / 2.0, inner.center().y), vec2(w, 28.0));
    if button.show(ui, at, p).clicked() || ui.input(|i| i.key_pressed(Key::T)) {
        out.act(UiAction::Run(CommandId::Theme));
    }
}
