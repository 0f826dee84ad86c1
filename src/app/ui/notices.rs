//! Errors and news: a sentence and what to do, on a card that can be closed, never in the way.

use egui::{Align, Area, Frame, Id, Layout, Margin, Order, Rect, RichText, Shadow, Ui, pos2, vec2};

use super::model::{Notice, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{cross, joined, strong};
use crate::words::{counted, shown_text};

/// More than these are only counted.
const MOST: usize = 3;
const GAP: f32 = 8.0;
/// At most this many lines of a notice are shown, and of its advice.
const MOST_LINES: usize = 5;
/// How wide they are where they lie over the viewport.
const WIDTH: f32 = 380.0;

/// Shows the newest notices one below the other; answers whether there are any.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) -> bool {
    let p = model.theme.palette();
    let hidden = model.notices.len().saturating_sub(MOST);
    ui.spacing_mut().item_spacing.y = GAP;
    for (i, notice) in model.notices.iter().enumerate().skip(hidden).rev() {
        let frame =
            Frame::window(ui.style()).shadow(Shadow::NONE).inner_margin(Margin { left: 14, ..Margin::same(10) });
        let card = frame.show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
                if cross(ui, "Close notice") {
                    out.act(UiAction::CloseNotice(i));
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| show_text(ui, notice, p));
            });
        });
        let rect = card.response.rect;
        let mark = Rect::from_min_size(rect.min + vec2(0.0, 8.0), vec2(3.0, rect.height() - 16.0));
        ui.painter().rect_filled(mark, 1, if notice.is_error { p.error } else { p.select });
    }
    if hidden > 0 {
        let more = format!("and {} before", counted(hidden as u64, "notice", "notices"));
        ui.label(RichText::new(more).small().weak());
    }
    !model.notices.is_empty()
}

fn show_text(ui: &mut Ui, notice: &Notice<'_>, p: &Palette) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let (head, rest) = head_and_rest(&shown_text(notice.what, 400), notice.is_error);
    let mut text = joined(ui, [strong(head), RichText::new(rest)]);
    text.wrap.max_rows = MOST_LINES;
    ui.label(text);
    if !notice.advice.is_empty() {
        let mut advice = joined(ui, [RichText::new(shown_text(notice.advice, 400)).color(p.soft)]);
        advice.wrap.max_rows = MOST_LINES;
        ui.label(advice);
    }
}

/// Without an inspector notices lie in the viewport's upper right corner.
pub(super) fn show_floating(ui: &Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    if model.notices.is_empty() {
        return;
    }
    let room = out.scatter_rect.shrink(12.0);
    let width = WIDTH.min(room.width());
    let area = Area::new(Id::unique("inkfield notices"))
        .order(Order::Middle)
        .fixed_pos(pos2(room.right() - width, room.top()))
        .constrain(false)
        .fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        ui.set_width(width);
        show(ui, model, out);
    });
    out.covered.push(shown.response.rect);
}

/// A message in sentence case, parted into what an error is (up to its first colon) and the rest: why, what to do, which file.
/// News has no head.
fn head_and_rest(what: &str, is_error: bool) -> (String, String) {
    let mut letters = what.chars();
    let sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let end = if is_error { sentence.find(": ").unwrap_or(sentence.len()) } else { 0 };
    let (head, rest) = sentence.split_at(end);
    (head.to_owned(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::head_and_rest;

    #[test]
    fn an_error_is_headed_by_what_it_is_and_news_is_plain() {
        let parts = |what, is_error| {
            let (head, rest) = head_and_rest(what, is_error);
            format!("{head}|{rest}")
        };
        let error = "this is a web page, not the data: fetch the file again: /a: b/c.npy";
        assert_eq!(parts(error, true), "This is a web page, not the data|: fetch the file again: /a: b/c.npy");
        assert_eq!(parts("saved /a/b.png", false), "|Saved /a/b.png");
        assert_eq!(parts("ärger", true), "Ärger|");
        assert_eq!(parts("", true), "|");
    }
}
