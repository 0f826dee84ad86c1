//! What fits where one types in a condition: the field, and a list below it from which keys or the pointer take something.

use egui::accesskit::Role;
use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::text_edit::TextEditState;
use egui::{Atom, Button, EventFilter, Id, Key, Modifiers, Response, RichText, ScrollArea, Ui, WidgetInfo, vec2};
use std::ops::Range;

use super::columns::FilterModel;
use super::output::{UiAction, UiOutput};
use super::theme::{self, Palette};
use super::widgets::{Field, marked_field};
use crate::data::columns::query::{Candidate, Completion};
use crate::words::shown_text;

const HINT: &str = "column = value";
/// Letters of a candidate that are shown.
const SHOWN: usize = 60;
/// The list is no higher, in points.
const HEIGHT: f32 = 190.0;

/// What fits at a place of a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    /// The condition.
    pub text: String,
    /// The byte of it where something is typed.
    pub cursor: usize,
    /// What fits there.
    pub fits: Completion,
}

/// What the list keeps between frames.
#[derive(Clone, Debug, Default)]
pub(super) struct Completing {
    is_open: bool,
    /// The line that keys have led to.
    choice: Option<usize>,
    /// The text and the place in it that were asked for last.
    asked: Option<(String, usize)>,
}

impl Completing {
    /// Closes the list until something else is typed.
    pub(super) fn close(&mut self) {
        (self.is_open, self.choice) = (false, None);
    }
}

/// Shows the field with its list. It is `opened` in its first frame.
pub(super) fn field(
    ui: &mut Ui,
    filter: &FilterModel<'_>,
    text: &mut String,
    opened: bool,
    list: &mut Completing,
    p: &Palette,
    out: &mut UiOutput,
) -> Field {
    if opened {
        *list = Completing::default();
    }
    let known = filter.completed.filter(|_| list.is_open);
    let candidates = known.map_or(&[][..], |known| known.fits.candidates.as_slice());
    let (choice, before) = (list.choice, text.clone());
    // What the list answers to, the field never sees.
    let mut taken = keys(ui, list, candidates.len());
    let mark = wrong_bytes(filter, text).map(|bytes| (bytes, p.error));
    let field = marked_field(ui, HINT, text, f32::INFINITY, opened, mark);
    if *text != before {
        (list.is_open, list.choice) = (true, None);
    }
    let mut cursor = cursor_in(ui, field.id, text);
    if list.is_open && !candidates.is_empty() {
        let own = EventFilter { tab: true, escape: true, horizontal_arrows: true, vertical_arrows: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(field.id, own));
        taken = show_list(ui, candidates, list.choice, choice != list.choice, field.id).or(taken);
    }
    // An answer to what stood there before stays in sight until the next one comes, but fits no more.
    let is_current = |known: &&Completed| known.text == *text && known.cursor == cursor;
    if let (Some(known), Some(at)) = (known.filter(is_current), taken)
        && let Some(candidate) = candidates.get(at)
    {
        (*text, cursor) = with(text, &known.fits.replaces, candidate);
        place_cursor(ui, field.id, text, cursor);
        list.choice = None;
    }
    let place = Some((text.clone(), cursor));
    if list.is_open && list.asked != place {
        list.asked = place;
        out.act(UiAction::Complete(text.clone(), cursor));
    }
    field
}

/// Takes the keys that are the list's: the line that they take.
fn keys(ui: &Ui, list: &mut Completing, lines: usize) -> Option<usize> {
    let pressed = |key| {
        ui.input_mut(|input| if input.modifiers.any() { 0 } else { input.count_and_consume_key(Modifiers::NONE, key) })
    };
    let down = pressed(Key::ArrowDown);
    if down > 0 && !list.is_open {
        list.is_open = true;
        ui.ctx().request_repaint();
        return None;
    }
    if lines == 0 {
        list.choice = None;
        return None;
    }
    if pressed(Key::Escape) > 0 {
        list.close();
        return None;
    }
    // One line above the first there is none.
    let at = (list.choice.map_or(0, |at| at + 1) + down).saturating_sub(pressed(Key::ArrowUp)).min(lines);
    list.choice = at.checked_sub(1);
    let is_taken = pressed(Key::Tab) > 0 || (list.choice.is_some() && pressed(Key::Enter) > 0);
    is_taken.then_some(list.choice.unwrap_or(0))
}

/// Shows the list; answers which line was clicked. `moves` brings the chosen one into sight.
fn show_list(ui: &mut Ui, lines: &[Candidate], choice: Option<usize>, moves: bool, field: Id) -> Option<usize> {
    let mut clicked = None;
    ScrollArea::vertical().max_height(HEIGHT).min_scrolled_height(HEIGHT).show(ui, |ui| {
        theme::quiet(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, candidate) in lines.iter().enumerate() {
            let is_chosen = choice == Some(at);
            let response = show_line(ui, candidate, is_chosen);
            if response.clicked() {
                clicked = Some(at);
                ui.memory_mut(|memory| memory.request_focus(field));
            }
            if is_chosen {
                // The keyboard stays in the field; what is read aloud is the line.
                let line = response.id.accesskit_id();
                ui.ctx().accesskit_node_builder(field, |node| node.set_active_descendant(line));
            }
            if is_chosen && moves {
                response.scroll_to_me(None);
            }
        }
    });
    clicked
}

fn show_line(ui: &mut Ui, candidate: &Candidate, is_chosen: bool) -> Response {
    let text = shown_text(&candidate.text, SHOWN);
    let detail = RichText::new(&candidate.detail).small().weak();
    let title = RichText::new(&text).color(ui.visuals().text_color());
    let size = vec2(ui.available_width(), 0.0);
    let mut button = Button::new((title, Atom::grow(), detail)).truncate().min_size(size);
    button = button.frame_when_inactive(is_chosen);
    if is_chosen {
        button = button.fill(ui.visuals().extreme_bg_color);
    }
    let response = ui.add(button);
    let name = if candidate.detail.is_empty() { text } else { format!("{text}, {}", candidate.detail) };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &name));
    response
}

/// The bytes that are wrong in a refused condition, where it still stands in the field; at its end, the character before.
fn wrong_bytes(filter: &FilterModel<'_>, text: &str) -> Option<Range<usize>> {
    let (refused, _) = filter.refused.filter(|(refused, _)| *refused == text.trim())?;
    let [start, end] = filter.refused_at?;
    let blanks = text.len() - text.trim_start().len();
    let last = refused.get(..start)?.char_indices().next_back().map_or(start, |(at, _)| at);
    let start = if start == end { last } else { start };
    Some(start + blanks..end + blanks)
}

/// The byte of a text before which the cursor of its field stands.
fn cursor_in(ui: &Ui, field: Id, text: &str) -> usize {
    let range = TextEditState::load(ui.ctx(), field).and_then(|state| state.cursor.char_range());
    let at = range.and_then(|range| text.char_indices().nth(range.primary.index.0));
    at.map_or(text.len(), |(at, _)| at)
}

fn place_cursor(ui: &Ui, field: Id, text: &str, cursor: usize) {
    let characters = text.get(..cursor).map_or(0, |before| before.chars().count());
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(CharIndex(characters)))));
    state.store(ui.ctx(), field);
    ui.ctx().request_repaint();
}

/// A condition with a candidate in place of what was typed of it, and where the cursor is then: behind the blank that follows.
fn with(text: &str, replaces: &Range<usize>, candidate: &Candidate) -> (String, usize) {
    let before = text.get(..replaces.start).unwrap_or(text);
    let behind = text.get(replaces.end..).unwrap_or_default();
    let is_close = matches!(candidate.text.as_str(), "," | ")");
    let before = if is_close { before.trim_end() } else { before };
    let blank = if candidate.text == "(" { "" } else { " " };
    let typed = format!("{before}{}{blank}", candidate.text);
    let behind = behind.strip_prefix(blank).unwrap_or(behind);
    (format!("{typed}{behind}"), typed.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::columns::query::CandidateKind;

    /// What becomes of a text where `|` is, and `[` `]` are around what is replaced.
    fn taken(text: &str, candidate: &str) -> String {
        let bare = text.replace(['[', ']'], "");
        let start = text.find('[').unwrap_or(bare.len());
        let end = text.find(']').map_or(bare.len(), |end| end - 1);
        let kind = CandidateKind::Keyword;
        let candidate = Candidate { kind, text: candidate.to_owned(), detail: String::new() };
        let (text, cursor) = with(&bare, &(start..end), &candidate);
        format!("{}|{}", &text[..cursor], &text[cursor..])
    }

    #[test]
    fn a_candidate_takes_the_place_of_what_was_typed_of_it() {
        assert_eq!(taken("[cou]", "countrycode"), "countrycode |");
        assert_eq!(taken("not [cou] = DE", "countrycode"), "not countrycode |= DE");
        assert_eq!(taken("größe = [\"k]", "\"klein\""), "größe = \"klein\" |");
        assert_eq!(taken("word in []", "("), "word in (|");
        assert_eq!(taken("word in (cat []", ","), "word in (cat, |");
        assert_eq!(taken("word in (cat []", ")"), "word in (cat) |");
    }

    #[test]
    fn what_is_wrong_is_marked_as_long_as_it_stands_there() {
        let filter =
            |at| FilterModel { refused: Some(("land = é", "why")), refused_at: Some(at), ..FilterModel::default() };
        assert_eq!(wrong_bytes(&filter([0, 4]), "  land = é "), Some(2..6));
        assert_eq!(wrong_bytes(&filter([9, 9]), "land = é"), Some(7..9), "at the end, what is before it");
        assert_eq!(wrong_bytes(&filter([0, 4]), "land = e"), None);
        assert_eq!(wrong_bytes(&FilterModel::default(), "land = é"), None);
    }
}
