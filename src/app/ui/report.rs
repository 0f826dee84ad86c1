//! The load report: a small badge in the status line, and the list it opens.

use egui::{Button, Label, Popup, PopupCloseBehavior, RectAlign, RichText, ScrollArea, Ui};

use super::UiState;
use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::widgets::{joined, named, strong, width_of};
use crate::words::{counted, shown_text};

const PADDING: f32 = 8.0;
const LIST_WIDTH: f32 = 426.0;
const LIST_HEIGHT: f32 = 270.0;
/// At most this many lines of a note are shown.
const MOST_LINES: usize = 8;

/// One line of the load report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportLine<'a> {
    /// What was odd.
    pub text: &'a str,
    /// It may change what is seen; otherwise it is for information.
    pub is_warning: bool,
    /// The number of the file that it offers to add; a click does.
    pub offer: Option<usize>,
}

fn words(model: &UiModel<'_>) -> String {
    let warnings = model.report.iter().filter(|line| line.is_warning).count();
    match warnings {
        0 => counted(model.report.iter().filter(|line| line.offer.is_none()).count() as u64, "note", "notes"),
        n => counted(n as u64, "warning", "warnings"),
    }
}

/// The badge's width in points, with the gap after it; 0 without a report.
pub(super) fn width(ui: &Ui, model: &UiModel<'_>) -> f32 {
    if model.report.is_empty() {
        return 0.0;
    }
    width_of(ui, joined(ui, [RichText::new(words(model)).small()])) + 2.0 * PADDING + ui.spacing().item_spacing.x
}

/// Shows the badge; a click opens and closes the list.
pub(super) fn badge(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    if model.report.is_empty() {
        state.report_open = false;
        return;
    }
    let p = model.theme.palette();
    let words = words(model);
    let has_warnings = model.report.iter().any(|line| line.is_warning);
    let color = if has_warnings { p.error } else { p.soft };
    let response = ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = PADDING;
        let badge = Button::new(RichText::new(&words).small().color(color)).small().corner_radius(9);
        ui.add(if state.report_open { badge.fill(p.hairline) } else { badge })
    });
    let response = named(response.inner, &format!("Load report: {words}"));
    if response.clicked() {
        state.report_open = !state.report_open;
    }
    let list = Popup::from_response(&response)
        .open_bool(&mut state.report_open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(RectAlign::TOP_START)
        .gap(8.0)
        .width(LIST_WIDTH.min(ui.ctx().content_rect().width() - 60.0))
        .show(|ui| show_list(ui, model));
    if let Some(list) = list {
        out.covered.push(list.response.rect);
        if let Some(at) = list.inner {
            state.report_open = false;
            out.act(UiAction::TakeOffer(at));
        }
    }
}

/// The list; which file somebody wants to add.
fn show_list(ui: &mut Ui, model: &UiModel<'_>) -> Option<usize> {
    let p = model.theme.palette();
    ui.label(strong("Load report"));
    ui.add_space(4.0);
    let mut wanted = None;
    ScrollArea::vertical().max_height(LIST_HEIGHT).show(ui, |ui| {
        for line in model.report {
            if let Some(at) = line.offer {
                if ui.button(shown_text(line.text, 600)).clicked() {
                    wanted = Some(at);
                }
                continue;
            }
            ui.horizontal_top(|ui| {
                ui.colored_label(if line.is_warning { p.error } else { p.secondary }, "•");
                let mut text = joined(ui, [RichText::new(shown_text(line.text, 600))]);
                text.wrap.max_rows = MOST_LINES;
                ui.add(Label::new(text).wrap());
            });
        }
    });
    wanted
}
