//! A button that names a column, with the menu of columns below it.

use egui::{Button, Popup, Rect, RectAlign, RichText, Ui};

use super::{Entry, MARGIN, ROW, SHOWN, columns, entry, list};
use crate::app::ui::model::UiModel;
use crate::app::ui::output::UiOutput;
use crate::app::ui::widgets::{joined, named};
use crate::words::shown_text;

/// Shows a button with a text, which screen readers call `name`, and what is below it while that is open; answers where the button is.
pub(in crate::app::ui) fn menu_below(
    ui: &mut Ui,
    text: RichText,
    name: &str,
    out: &mut UiOutput,
    show: impl FnOnce(&mut Ui, &mut UiOutput),
) -> Rect {
    let text = joined(ui, [text, RichText::new(" ▼").size(7.0)]);
    let button = named(ui.add(Button::new(text).truncate()), name);
    let most = (ui.ctx().content_rect().bottom() - button.rect.bottom() - 3.0 * MARGIN).max(2.0 * ROW);
    let popup = Popup::menu(&button).align(RectAlign::BOTTOM_START).gap(4.0).accessible_name(name);
    let shown = popup.show(|ui| list(ui, most, |ui| show(ui, out)));
    out.covered.extend(shown.map(|shown| shown.response.rect));
    button.rect
}

/// Shows such a button for a column that drawings can be put in groups by; answers the one that was chosen.
pub(in crate::app::ui) fn pick_column(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&str>,
    model: &UiModel<'_>,
    out: &mut UiOutput,
) -> Option<String> {
    let text = chosen.map_or_else(|| "a column".to_owned(), |column| shown_text(column, SHOWN));
    let mut taken = None;
    menu_below(ui, RichText::new(text), name, out, |ui, _| {
        columns(ui, model, |ui, column, title| {
            let (why_not, is_chosen) = (column.why_no_colors(), Some(chosen == Some(column.name)));
            if entry(ui, &Entry { title, detail: column.kind, why_not, is_chosen }) {
                taken = Some(column.name.to_owned());
            }
        });
    });
    taken
}
