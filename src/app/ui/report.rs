//! The load report: a small badge in the status line, and the list it opens.

use egui::accesskit::Role;
use egui::{Area, CursorIcon, Id, Key, Order, Pos2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::model::UiModel;
use super::output::UiOutput;
use super::widgets::{self, Run};
use super::{UiState, status};
use crate::fonts::{BODY, SMALL, regular, semibold};
use crate::words::{counted, shown_text};

const LIST_WIDTH: f32 = 460.0;
const LIST_HEIGHT: f32 = 320.0;
const HEIGHT: f32 = 18.0;

fn words(model: &UiModel<'_>) -> String {
    let warnings = model.report.iter().filter(|line| line.is_warning).count();
    match warnings {
        0 => counted(model.report.len() as u64, "note", "notes"),
        n => counted(n as u64, "warning", "warnings"),
    }
}

/// The badge's width in points, with the gap after it; 0 without a report.
pub(super) fn badge_width(ui: &Ui, model: &UiModel<'_>) -> f32 {
    if model.report.is_empty() { 0.0 } else { widgets::width(ui, &words(model), regular(SMALL)) + 16.0 + 12.0 }
}

/// Draws the badge with its left middle at `at`; a click opens and closes the list.
pub(super) fn badge(ui: &mut Ui, at: Pos2, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    if model.report.is_empty() {
        state.report_open = false;
        return;
    }
    let p = model.theme.palette();
    let words = words(model);
    let has_warnings = model.report.iter().any(|line| line.is_warning);
    let color = if has_warnings { p.error } else { p.soft };
    let galley = widgets::line(ui, &[Run(&words, regular(SMALL), color)]);
    let rect = Rect::from_min_size(pos2(at.x, at.y - HEIGHT / 2.0), vec2(galley.size().x + 16.0, HEIGHT));
    let response =
        ui.interact(rect, ui.scope_id().with("badge"), Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Load report: {words}")));
    let fill = if response.hovered() || state.report_open { p.hairline } else { p.field };
    ui.painter().rect_filled(rect, 9, fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    widgets::focus_ring(ui, &response, rect, p);
    if response.clicked() {
        state.report_open = !state.report_open;
    }
    if state.report_open {
        let listed = list(ui, rect, model);
        out.covered.push(listed);
        let elsewhere = ui.input(|i| {
            i.pointer.any_pressed()
                && i.pointer.interact_pos().is_some_and(|at| !listed.contains(at) && !rect.contains(at))
        });
        if elsewhere || ui.input(|i| i.key_pressed(Key::Escape)) {
            state.report_open = false;
        }
    }
}

/// Draws the list above the badge and answers what it covers.
fn list(ui: &Ui, badge: Rect, model: &UiModel<'_>) -> Rect {
    let p = model.theme.palette();
    let screen = ui.ctx().content_rect();
    let width = LIST_WIDTH.min(screen.width() - 24.0);
    let left = badge.left().min(screen.right() - 12.0 - width).max(screen.left() + 12.0);
    let foot = screen.bottom() - status::HEIGHT - 8.0;
    let text_width = width - 2.0 * 16.0 - 14.0;
    let rows: Vec<_> = model
        .report
        .iter()
        .map(|line| {
            let color = if line.is_warning { p.error } else { p.secondary };
            let text = shown_text(line.text, 600);
            (color, widgets::layout(ui, &[Run(&text, regular(BODY), p.ink)], text_width, 8))
        })
        .collect();
    let content: f32 = rows.iter().map(|(_, galley)| galley.size().y + 8.0).sum();
    let height = (content + 44.0 + 8.0).min(LIST_HEIGHT).min(foot - screen.top() - 8.0);
    let rect = Rect::from_min_size(pos2(left, foot - height), vec2(width, height));
    Area::new(Id::unique("inkfield report"))
        .order(Order::Foreground)
        .fixed_pos(rect.min)
        .constrain(false)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(ui.ctx().content_rect());
            ui.allocate_rect(rect, Sense::click());
            widgets::card(ui.painter(), rect, p);
            let head = Rect::from_min_size(rect.min + vec2(16.0, 8.0), vec2(width - 32.0, 28.0));
            let galley = widgets::line(ui, &[Run("Load report", semibold(BODY), p.ink)]);
            widgets::put(ui, head, egui::Align::Min, galley);
            let body = Rect::from_min_max(pos2(rect.left() + 16.0, head.bottom() + 4.0), rect.max - vec2(4.0, 8.0));
            let mut body_ui = widgets::part(ui, body, "lines");
            ScrollArea::vertical().auto_shrink([false, false]).show(&mut body_ui, |ui| {
                for (color, galley) in rows {
                    let (row, _) =
                        ui.allocate_exact_size(vec2(text_width + 14.0, galley.size().y + 8.0), Sense::hover());
                    ui.painter().circle_filled(pos2(row.left() + 3.0, row.top() + 8.0), 2.5, color);
                    widgets::put(
                        ui,
                        row.with_min_x(row.left() + 14.0).with_max_y(row.bottom() - 8.0),
                        egui::Align::Min,
                        galley,
                    );
                }
            });
        });
    rect
}
