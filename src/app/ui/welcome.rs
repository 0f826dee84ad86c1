//! The page of a window with nothing open: drop files, open, type a path, the demo, what was open lately.

use egui::accesskit::Role;
use egui::{
    Align, CursorIcon, Id, LayerId, Order, Pos2, Rect, ScrollArea, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::UiState;
use super::button::{Button, Kind};
use super::goto::text_field;
use super::model::{Dialog, Recent, Screen, UiModel};
use super::notices;
use super::octopus;
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, Run};
use crate::app::commands::CommandId;
use crate::fonts::{BODY, SMALL, TITLE, regular, semibold};
use crate::words::{elide_start, shown_text};

const WIDTH: f32 = 520.0;
const ZONE_HEIGHT: f32 = 236.0;
const RECENT_ROW: f32 = 44.0;
const RECENT_MOST: usize = 6;
/// What can be dropped, in as many words as there is room for.
const WHAT: [&str; 2] =
    ["a .npy file of bitmaps, its .ndjson records, or a folder of them", "a .npy file, its records, or a folder"];

/// Draws the page into `rect`.
pub(super) fn show(ui: &mut Ui, rect: Rect, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Screen::Welcome { recent, can_drop } = model.screen else {
        return;
    };
    let p = model.theme.palette();
    let mut ui = widgets::part(ui, rect, "welcome");
    ui.painter().rect_filled(rect, 0, p.ground);
    let recent = &recent[..recent.len().min(RECENT_MOST)];
    let recent_height = if recent.is_empty() { 0.0 } else { 44.0 + recent.len() as f32 * RECENT_ROW };
    let content = ZONE_HEIGHT + 20.0 + 32.0 + 20.0 + recent_height;
    let width = WIDTH.min(rect.width() - 48.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut ui, |ui| {
        let left = rect.center().x - width / 2.0;
        let top = ui.cursor().top() + 24.0;
        let mut y = top;
        if let Some(covered) = notices::show(ui, pos2(left, y), width, model, out) {
            y = covered.bottom() + 16.0;
        }
        // A third of the spare height above, two thirds below: the eye's middle.
        y += ((rect.height() - content - 48.0 - (y - top)) * 0.36).max(0.0);
        let zone = Rect::from_min_size(pos2(left, y), vec2(width, ZONE_HEIGHT));
        show_zone(ui, zone, can_drop, p, out);
        let field = Rect::from_min_size(pos2(left, zone.bottom() + 20.0), vec2(width, 32.0));
        show_path(ui, field, model, state, p, out);
        y = field.bottom();
        if !recent.is_empty() {
            y = show_recent(ui, pos2(left, y + 24.0), width, recent, p, out);
        }
        ui.allocate_rect(Rect::from_min_max(pos2(left, top), pos2(left + width, y + 16.0)), Sense::hover());
    });
}

fn show_zone(ui: &Ui, zone: Rect, can_drop: bool, p: &Palette, out: &mut UiOutput) {
    let hovering = ui.input(|i| !i.raw.hovered_files.is_empty());
    if can_drop {
        let stroke = Stroke::new(if hovering { 2.0 } else { 1.0 }, if hovering { p.select } else { p.secondary });
        dashed(ui, zone, stroke);
    } else {
        widgets::frame(ui.painter(), zone, 10.0, p.hairline);
    }
    octopus::paint(ui, pos2(zone.center().x, zone.top() + 56.0), p);
    let line = |y: f32| Rect::from_min_size(pos2(zone.left(), zone.top() + y), vec2(zone.width(), 28.0));
    let title = if can_drop { "Drop drawings here" } else { "Open drawings" };
    let galley = widgets::line(ui, &[Run(title, semibold(TITLE), p.ink)]);
    widgets::put(ui, line(104.0), Align::Center, galley);
    let room = zone.width() - 32.0;
    let fits = |what: &&str| widgets::width(ui, what, regular(BODY)) <= room;
    let what = WHAT.into_iter().find(fits).unwrap_or_default();
    let galley = widgets::line(ui, &[Run(what, regular(BODY), p.secondary)]);
    widgets::put(ui, line(132.0), Align::Center, galley);

    let open = Button::new("open", "Open…", Kind::Primary).named("Open files");
    let demo = Button::new("demo", "See the demo", Kind::Filled);
    let (a, b) = (open.width(ui, p) + 8.0, demo.width(ui, p) + 8.0);
    let x = zone.center().x - (a + 10.0 + b) / 2.0;
    let at = |x: f32, w: f32| Rect::from_min_size(pos2(x, zone.top() + 180.0), vec2(w, 32.0));
    if open.show(ui, at(x, a), p).clicked() {
        out.act(UiAction::Run(CommandId::Open));
    }
    if demo.show(ui, at(x + a + 10.0, b), p).clicked() {
        out.act(UiAction::Run(CommandId::Demo));
    }
}

/// Says that a file held over a window that shows something else may be dropped.
pub(super) fn show_drop(ui: &Ui, rect: Rect, model: &UiModel<'_>) {
    let holds = ui.input(|i| !i.raw.hovered_files.is_empty());
    if !holds || matches!(model.screen, Screen::Welcome { .. }) || !rect.is_positive() {
        return;
    }
    let p = model.theme.palette();
    let layer = LayerId::new(Order::Foreground, Id::unique("inkfield drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_stroke(rect, 0, Stroke::new(2.0, p.select), StrokeKind::Inside);
    let galley = widgets::line(ui, &[Run("Drop to open", semibold(BODY), p.on_select)]);
    let plate = widgets::centred(rect, galley.size() + vec2(32.0, 20.0));
    painter.rect_filled(plate, 8, p.select);
    painter.galley(plate.center() - galley.size() / 2.0, galley, p.on_select);
}

/// A dashed outline with round corners.
fn dashed(ui: &Ui, rect: Rect, stroke: Stroke) {
    const RADIUS: f32 = 10.0;
    const STEPS: u32 = 6;
    let rect = rect.shrink(0.5);
    let corners = [
        (pos2(rect.right() - RADIUS, rect.top() + RADIUS), -0.25),
        (pos2(rect.right() - RADIUS, rect.bottom() - RADIUS), 0.0),
        (pos2(rect.left() + RADIUS, rect.bottom() - RADIUS), 0.25),
        (pos2(rect.left() + RADIUS, rect.top() + RADIUS), 0.5),
    ];
    let mut path: Vec<Pos2> = Vec::new();
    for (center, from) in corners {
        for i in 0..=STEPS {
            let turn: f32 = from + 0.25 * i as f32 / STEPS as f32;
            path.push(center + RADIUS * egui::Vec2::angled(turn * std::f32::consts::TAU));
        }
    }
    path.extend(path.first().copied());
    ui.painter().extend(Shape::dashed_line(&path, stroke, 5.0, 4.0));
}

fn show_path(ui: &mut Ui, field: Rect, model: &UiModel<'_>, state: &mut UiState, p: &Palette, out: &mut UiOutput) {
    let open = Button::new("open path", "Open", Kind::Filled).named("Open this path");
    let w = open.width(ui, p);
    let edit = field.with_max_x(field.right() - w - 8.0);
    let entered = text_field(ui, edit, "or type a path, or demo:N:SEED", &mut state.path_text, false, p);
    let clicked = open.show(ui, field.with_min_x(field.right() - w), p).clicked();
    let text = state.path_text.trim();
    if (entered || clicked) && !text.is_empty() && model.dialog == Dialog::None {
        out.act(UiAction::OpenPathSubmit(text.to_owned()));
    }
}

/// Draws the list and answers where it ends.
fn show_recent(ui: &Ui, at: Pos2, width: f32, recent: &[Recent<'_>], p: &Palette, out: &mut UiOutput) -> f32 {
    let head = Rect::from_min_size(at, vec2(width, 20.0));
    let galley = widgets::line(ui, &[Run("Recent", semibold(BODY), p.ink)]);
    widgets::put(ui, head, Align::Min, galley);
    let mut y = head.bottom() + 4.0;
    for (i, set) in recent.iter().enumerate() {
        let row = Rect::from_min_size(pos2(at.x, y), vec2(width, RECENT_ROW));
        widgets::hairline_h(ui.painter(), row.x_range(), row.top(), p.hairline);
        let target = row.shrink2(vec2(-8.0, 2.0));
        let response = ui
            .interact(target, ui.scope_id().with(("recent", i)), Sense::click())
            .on_hover_cursor(CursorIcon::PointingHand);
        let title = shown_text(set.title, 80);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open {title}")));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(target, 6, p.field);
        }
        widgets::focus_ring(ui, &response, target, p);
        let half = row.height() / 2.0;
        let galley = widgets::layout(ui, &[Run(&title, regular(BODY), p.ink)], width, 1);
        widgets::put(ui, row.with_max_y(row.top() + half + 2.0).translate(vec2(0.0, 2.0)), Align::Min, galley);
        // The end of a path says more than its start.
        let path = elide_start(&shown_text(set.path, 1000), (width / 6.4) as usize);
        let galley = widgets::layout(ui, &[Run(&path, regular(SMALL), p.secondary)], width, 1);
        widgets::put(ui, row.with_min_y(row.top() + half - 2.0).translate(vec2(0.0, -2.0)), Align::Min, galley);
        if response.clicked() {
            out.act(UiAction::OpenRecent(i));
        }
        y = row.bottom();
    }
    y
}
