//! Errors and news: a sentence and what to do, on a card that can be closed, never in the way.

use egui::{Align, Rect, Ui, pos2, vec2};

use super::button::cross;
use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::widgets::{self, Run};
use crate::fonts::{BODY, SMALL, regular, semibold};
use crate::words::{counted, shown_text};

/// More than these are only counted.
const MOST: usize = 3;
const PADDING: f32 = 12.0;
const GAP: f32 = 8.0;

/// Draws the newest notices one below the other from `at` on, `width` points wide; answers what they cover, if there are any.
pub(super) fn show(ui: &mut Ui, at: egui::Pos2, width: f32, model: &UiModel<'_>, out: &mut UiOutput) -> Option<Rect> {
    let p = model.theme.palette();
    let hidden = model.notices.len().saturating_sub(MOST);
    let mut y = at.y;
    for (i, notice) in model.notices.iter().enumerate().skip(hidden).rev() {
        let text_width = width - 2.0 * PADDING - 24.0;
        let what = shown_text(notice.what, 400);
        let advice = shown_text(notice.advice, 400);
        let (head, rest) = head_and_rest(&what, notice.is_error);
        let runs = [Run(&head, semibold(BODY), p.ink), Run(&rest, regular(BODY), p.ink)];
        let what_galley = widgets::layout(ui, &runs, text_width, 5);
        let advice_galley = widgets::layout(ui, &[Run(&advice, regular(BODY), p.soft)], text_width, 5);
        let advice_height = if advice.is_empty() { 0.0 } else { advice_galley.size().y + 4.0 };
        let height = what_galley.size().y + advice_height + 2.0 * PADDING;
        let rect = Rect::from_min_size(pos2(at.x, y), vec2(width, height));
        ui.painter().rect_filled(rect, 8, p.panel);
        widgets::frame(ui.painter(), rect, 8.0, p.hairline);
        let mark = Rect::from_min_size(rect.min + vec2(0.0, 8.0), vec2(3.0, height - 16.0));
        ui.painter().rect_filled(mark, 1, if notice.is_error { p.error } else { p.select });
        let text = Rect::from_min_size(rect.min + vec2(PADDING + 2.0, PADDING), what_galley.size());
        let below = Rect::from_min_size(pos2(text.left(), text.bottom() + 4.0), advice_galley.size());
        widgets::put(ui, text, Align::Min, what_galley);
        if !advice.is_empty() {
            widgets::put(ui, below, Align::Min, advice_galley);
        }
        let close = Rect::from_min_size(pos2(rect.right() - 30.0, rect.top() + 8.0), vec2(22.0, 22.0));
        if cross(ui, close, ("close notice", i), "Close notice", p) {
            out.act(UiAction::CloseNotice(i));
        }
        y = rect.bottom() + GAP;
    }
    if hidden > 0 {
        let more = format!("and {} before", counted(hidden as u64, "notice", "notices"));
        let galley = widgets::line(ui, &[Run(&more, regular(SMALL), p.secondary)]);
        widgets::put(ui, Rect::from_min_size(pos2(at.x + PADDING, y), vec2(width, 18.0)), Align::Min, galley);
        y += 18.0 + GAP;
    }
    (!model.notices.is_empty()).then(|| Rect::from_min_max(at, pos2(at.x + width, y - GAP)))
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
