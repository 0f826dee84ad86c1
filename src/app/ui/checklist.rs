//! The values of a column as lines that can be ticked, each with its count, and a field to search within them.

use egui::accesskit::Role;
use egui::{
    Align, Button, Label, Layout, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::facets::Folded;
use super::output::{FacetPlace, UiOutput};
use super::theme::Palette;
use super::widgets::{keep_in_sight, text_field};
use crate::data::columns::ValueCount;
use crate::data::columns::query::Choice;
use crate::words::{EMPTY, MISSING, shown_text, thousands};

/// Height of a line.
const LINE: f32 = 22.0;
/// Values that are shown at first, and where more are asked for.
const FEW: usize = 6;
const MANY: usize = 200;
/// Letters of a value that are shown.
const SHOWN: usize = 60;

/// The values of a list, ticked or not; another choice where one was clicked.
pub(super) fn show(
    ui: &mut Ui,
    column: &str,
    now: &Choice,
    values: &[ValueCount],
    folded: &mut Folded,
    p: &Palette,
    out: &mut UiOutput,
) -> Option<Choice> {
    if values.len() > FEW {
        text_field(ui, "search", &mut folded.search, f32::INFINITY, false);
    }
    let wanted = folded.search.trim().to_lowercase();
    let most = if folded.more || !wanted.is_empty() { MANY } else { FEW };
    let fits = |value: &&ValueCount| wanted.is_empty() || value.text.to_lowercase().contains(&wanted);
    let mut listed: Vec<&ValueCount> = values.iter().filter(fits).take(most).collect();
    // What is chosen is seen in any case.
    let is_listed = |listed: &[&ValueCount], value: &ValueCount| listed.iter().any(|other| other.text == value.text);
    let chosen = values.iter().filter(|value| now.values.iter().any(|chosen| **chosen == *value.text));
    for value in chosen.take(MANY) {
        if !is_listed(&listed, value) {
            listed.push(value);
        }
    }
    // They stand by their counts; of flags either may be the higher.
    let highest = values.iter().take(2).map(|value| value.count).max().unwrap_or(0);
    let mut changed = None;
    for value in &listed {
        let text = if value.text.is_empty() { EMPTY } else { &*value.text };
        let is_chosen = now.values.iter().any(|chosen| **chosen == *value.text);
        let line =
            Line { text, value: &value.text, count: value.count, most: highest, is_chosen, is_weak: value.count == 0 };
        if line.show(ui, column, p, out).clicked() {
            let mut choice = now.clone();
            choice.toggle(&value.text);
            changed = Some(choice);
        }
    }
    if listed.is_empty() {
        ui.label(RichText::new("no value holds this").small().weak());
    }
    if wanted.is_empty() && values.len() > FEW {
        let more =
            if folded.more { "fewer".to_owned() } else { format!("{} more", thousands((values.len() - FEW) as u64)) };
        if ui.add(Button::new(RichText::new(more).small()).frame_when_inactive(false)).clicked() {
            folded.more = !folded.more;
        }
    }
    changed
}

/// A value that can be ticked.
pub(super) struct Line<'a> {
    text: &'a str,
    value: &'a str,
    count: u32,
    /// The count that has the whole bar; 0 for none.
    most: u32,
    is_chosen: bool,
    is_weak: bool,
}

impl Line<'_> {
    /// Rows without a value.
    pub(super) fn missing(count: u32, is_chosen: bool) -> Self {
        Self { text: MISSING, value: MISSING, count, most: 0, is_chosen, is_weak: true }
    }

    pub(super) fn show(&self, ui: &mut Ui, column: &str, p: &Palette, out: &mut UiOutput) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
        let number = thousands(self.count.into());
        let said = format!("{}: {number}", shown_text(self.text, SHOWN));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, self.is_chosen, &said));
        let response = keep_in_sight(response);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        out.facets.push(FacetPlace { column: column.to_owned(), value: Some(self.value.to_owned()), rect });
        let painter = ui.painter();
        if self.most > 0 {
            let part = self.count as f32 / self.most as f32;
            let bar = Rect::from_min_size(
                pos2(rect.left() + 20.0, rect.bottom() - 3.0),
                vec2((rect.width() - 20.0) * part, 2.0),
            );
            painter.rect_filled(bar, 1.0, if self.is_chosen { p.select } else { p.hairline });
        }
        let tick = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), Vec2::splat(13.0));
        let edge = if response.hovered() || response.has_focus() { p.select } else { p.secondary };
        painter.rect(
            tick,
            3.0,
            if self.is_chosen { p.select } else { p.field },
            Stroke::new(1.0, edge),
            StrokeKind::Inside,
        );
        if self.is_chosen {
            let at = |x: f32, y: f32| tick.min + vec2(x, y) * tick.width();
            let stroke = Stroke::new(1.6, p.on_select);
            painter.line_segment([at(0.24, 0.52), at(0.43, 0.71)], stroke);
            painter.line_segment([at(0.43, 0.71), at(0.77, 0.3)], stroke);
        }
        let texts = UiBuilder::new().max_rect(rect.with_min_x(rect.left() + 20.0));
        let mut texts = ui.new_child(texts.layout(Layout::right_to_left(Align::Center)));
        texts.label(RichText::new(number).small().weak());
        texts.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text = RichText::new(shown_text(self.text, SHOWN));
            ui.add(Label::new(if self.is_weak { text.weak() } else { text }).truncate());
        });
        response
    }
}
