//! A button that names a column, with the menu of all columns below it.

use egui::{Button, Popup, RectAlign, RichText, Ui};

use super::{Entry, MARGIN, ROW, SHOWN, columns, entry, list};
use crate::app::ui::model::UiModel;
use crate::app::ui::output::UiOutput;
use crate::app::ui::widgets::{joined, named};
use crate::words::shown_text;

/// Shows the button, which screen readers call `name`, and its menu while that is open; answers the column that was chosen.
pub(in crate::app::ui) fn pick_column(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&str>,
    model: &UiModel<'_>,
    out: &mut UiOutput,
) -> Option<String> {
    let text = chosen.map_or_else(|| "a column".to_owned(), |column| shown_text(column, SHOWN));
    let text = joined(ui, [RichText::new(text), RichText::new(" ▼").size(7.0)]);
    let response = named(ui.add(Button::new(text)), name);
    let most = (ui.ctx().content_rect().bottom() - response.rect.bottom() - 3.0 * MARGIN).max(2.0 * ROW);
    let popup = Popup::menu(&response).align(RectAlign::BOTTOM_START).gap(4.0).accessible_name(name);
    let mut taken = None;
    let shown = popup.show(|ui| {
        list(ui, most, |ui| {
            columns(ui, model, |ui, column, title| {
                let (why_not, is_chosen) = (column.why_no_colors(), Some(chosen == Some(column.name)));
                if entry(ui, &Entry { title, detail: column.kind, why_not, is_chosen }) {
                    taken = Some(column.name.to_owned());
                }
            });
        });
    });
    out.covered.extend(shown.map(|shown| shown.response.rect));
    taken
}
