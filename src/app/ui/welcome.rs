//! The page of a window with nothing open: drop files, open, type a path, the demo, what was open lately.

use egui::epaint::RectShape;
use egui::{
    Button, CentralPanel, CursorIcon, Frame, Id, Label, LayerId, Margin, Order, Pos2, Rect, RichText, ScrollArea,
    Sense, Separator, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::model::{Dialog, Recent, Screen, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{self, joined, named, primary, strong, text_field, width_of};
use super::{UiState, notices, octopus};
use crate::app::commands::CommandId;
use crate::fonts::{BODY, semibold};
use crate::words::{elide_start, shown_text};

const WIDTH: f32 = 520.0;
/// Height of the field for a path.
const FIELD: f32 = 32.0;
const RECENT_MOST: usize = 6;
const OPEN: &str = "Open…";
const DEMO: &str = "See the demo";
/// What can be dropped, in as many words as there is room for.
const WHAT: [&str; 2] = [
    "arrays, pictures, Parquet, HDF5 …, with their records, or a folder",
    "arrays, pictures, their records, or a folder",
];

/// Shows the page in what panels leave.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Screen::Welcome { recent, can_drop } = model.screen else {
        return;
    };
    let p = model.theme.palette();
    CentralPanel::default().frame(Frame::NONE.fill(p.ground)).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let room = ui.available_size();
            let width = WIDTH.min(room.x - 48.0);
            let column = Rect::from_center_size(ui.max_rect().center(), vec2(width, room.y));
            ui.scope_builder(
                UiBuilder::new().max_rect(column.translate(ui.cursor().min.to_vec2() - ui.max_rect().min.to_vec2())),
                |ui| {
                    ui.add_space(24.0);
                    if notices::show(ui, model, out) {
                        ui.add_space(8.0);
                    } else {
                        ui.add_space(room.y * 0.11);
                    }
                    show_zone(ui, can_drop, p, out);
                    ui.add_space(12.0);
                    show_path(ui, model, state, out);
                    show_recent(ui, recent.get(..RECENT_MOST).unwrap_or(recent), out);
                    ui.add_space(16.0);
                },
            );
        });
    });
}

fn show_zone(ui: &mut Ui, can_drop: bool, p: &Palette, out: &mut UiOutput) {
    let zone = Frame::NONE.inner_margin(Margin::symmetric(16, 24)).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            octopus::show(ui, p);
            ui.add_space(6.0);
            ui.label(RichText::new(if can_drop { "Drop drawings here" } else { "Open drawings" }).heading());
            let fits = |what: &&str| width_of(ui, joined(ui, [RichText::new(*what)])) <= ui.available_width();
            ui.label(RichText::new(WHAT.into_iter().find(fits).unwrap_or_default()).weak());
            ui.add_space(14.0);
        });
        // A line of buttons is centred by what it took in the frame before: its width is known beforehand instead.
        let width = |text: &str| width_of(ui, joined(ui, [RichText::new(text)])) + 2.0 * ui.spacing().button_padding.x;
        let both = width(OPEN) + ui.spacing().item_spacing.x + width(DEMO);
        ui.horizontal(|ui| {
            ui.add_space((ui.available_width() - both) / 2.0);
            if named(primary(ui, OPEN, p), "Open files").clicked() {
                out.act(UiAction::Run(CommandId::Open));
            }
            if ui.button(DEMO).clicked() {
                out.act(UiAction::Run(CommandId::Demo));
            }
        });
    });
    let rect = zone.response.rect;
    let is_held = ui.input(|i| !i.raw.hovered_files.is_empty());
    match (can_drop, is_held) {
        (false, _) => widgets::frame(ui.painter(), rect, 10.0, p.hairline),
        (true, false) => dashed(ui, rect, Stroke::new(1.0, p.secondary)),
        (true, true) => dashed(ui, rect, Stroke::new(2.0, p.select)),
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
    let galley = painter.layout_no_wrap("Drop to open".to_owned(), semibold(BODY), p.on_select);
    let plate = Rect::from_center_size(rect.center(), galley.size() + vec2(32.0, 20.0));
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

fn show_path(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let mut is_asked = false;
    ui.horizontal(|ui| {
        let button = width_of(ui, joined(ui, [RichText::new("Open")])) + 2.0 * ui.spacing().button_padding.x;
        let width = ui.available_width() - button - ui.spacing().item_spacing.x;
        is_asked |= text_field(ui, "or type a path, or demo:N:SEED", &mut state.path_text, width, false).is_entered;
        let open = ui.add(Button::new("Open").min_size(vec2(0.0, FIELD)));
        is_asked |= named(open, "Open this path").clicked();
    });
    let text = state.path_text.trim();
    if is_asked && !text.is_empty() && model.dialog == Dialog::None {
        out.act(UiAction::OpenPathSubmit(text.to_owned()));
    }
}

fn show_recent(ui: &mut Ui, recent: &[Recent<'_>], out: &mut UiOutput) {
    if recent.is_empty() {
        return;
    }
    ui.add_space(12.0);
    ui.label(strong("Recent"));
    ui.spacing_mut().item_spacing.y = 0.0;
    for (i, set) in recent.iter().enumerate() {
        let title = shown_text(set.title, 80);
        // The end of a path says more than its start.
        let path = elide_start(&shown_text(set.path, 1000), (ui.available_width() / 6.4) as usize);
        ui.add(Separator::default().spacing(4.0));
        let fill = ui.painter().add(Shape::Noop);
        let row = ui.scope_builder(UiBuilder::new().id_salt(i).sense(Sense::click()), |ui| {
            ui.add_space(4.0);
            ui.add(Label::new(&title).truncate());
            ui.add(Label::new(RichText::new(path).small().weak()).truncate());
            ui.add_space(4.0);
            ui.take_available_width();
        });
        let response = named(row.response.on_hover_cursor(CursorIcon::PointingHand), &format!("Open {title}"));
        if response.hovered() || response.has_focus() {
            let look = ui.style().interact(&response);
            let rect = response.rect.expand2(vec2(8.0, 0.0));
            ui.painter()
                .set(fill, RectShape::new(rect, 6, ui.visuals().extreme_bg_color, look.bg_stroke, StrokeKind::Inside));
        }
        if response.clicked() {
            out.act(UiAction::OpenRecent(i));
        }
    }
}
