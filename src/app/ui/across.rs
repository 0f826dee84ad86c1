//! Duplicates on both sides of a column: which column, chosen from all there are, and what is to be said of its values.

use egui::{RichText, Ui};

use super::menu::{Entry, entry, menu_below};
use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::suspects::{SuspectWish, SuspectsModel};
use super::theme::Palette;
use super::waiting::show_why_not;
use crate::words::{counted, shown_text};

/// Letters of a column's name that are shown.
const SHOWN: usize = 40;

/// The column on both sides of which duplicates are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AcrossModel<'a> {
    /// Its name; `None` where no column gives colours and none was chosen.
    pub column: Option<&'a str>,
    /// It was chosen, whatever gives the colours.
    pub is_chosen: bool,
    /// Its values have been looked up.
    pub is_known: bool,
    /// Duplicates that have no value there.
    pub without_value: usize,
    /// Why its values are not known.
    pub why_not: Option<&'a str>,
}

/// Shows the choice of the column, and what is to be said of it.
pub(super) fn show(ui: &mut Ui, suspects: &SuspectsModel<'_>, model: &UiModel<'_>, p: &Palette, out: &mut UiOutput) {
    let across = &suspects.across;
    ui.horizontal(|ui| {
        ui.label(RichText::new("column").small().weak());
        let name = across.column.map_or_else(|| "choose".to_owned(), |name| shown_text(name, SHOWN));
        let (text, button) = (RichText::new(&name).small(), format!("On both sides of which column: {name}"));
        let rect = menu_below(ui, text, &button, out, |ui, out| show_columns(ui, across, model, out));
        out.across[1] = Some(rect);
    });
    if let Some(why) = across.why_not {
        show_why_not(ui, "", why, p);
    } else if across.column.is_some() && !across.is_known {
        ui.label(RichText::new("looking up its values…").small().weak());
    } else if across.without_value > 0 {
        let lack = counted(across.without_value as u64, "duplicate has no value", "duplicates have no value");
        ui.label(RichText::new(format!("{lack}, and are on no side")).small().weak());
    }
}

fn show_columns(ui: &mut Ui, across: &AcrossModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let colors = model.columns.color_by.map_or("none", |name| name);
    let usual = Entry {
        title: "What gives the colours",
        detail: &shown_text(colors, SHOWN),
        is_chosen: Some(!across.is_chosen),
        ..Entry::default()
    };
    if entry(ui, &usual) {
        out.act(UiAction::Suspects(SuspectWish::Across(None)));
    }
    for column in model.columns.all {
        let is_chosen = Some(across.is_chosen && across.column == Some(column.name));
        let title = shown_text(column.name, SHOWN);
        if entry(ui, &Entry { title: &title, detail: column.kind, is_chosen, ..Entry::default() }) {
            out.act(UiAction::Suspects(SuspectWish::Across(Some(column.name.to_owned()))));
        }
    }
}
