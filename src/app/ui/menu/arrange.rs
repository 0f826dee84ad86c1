//! The menu of layouts: which, and by what.

use egui::Ui;

use super::{Entry, columns, entry, show_command, sub_menu};
use crate::app::commands::{self, CommandId};
use crate::app::ui::model::{ColumnModel, UiModel};
use crate::app::ui::output::{UiAction, UiOutput};
use crate::scene::layout::{LAYOUTS, LayoutKind};

/// Shows every layout, and the columns that they go by.
pub(super) fn show_layouts(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    for &kind in LAYOUTS {
        let is_shown = kind == model.layout;
        let titled = format!("{} by", kind.title);
        let why_none = model.columns.why_none;
        let covered = match kind.by_count() {
            0 => {
                if let Some(command) = commands::command(CommandId::Layout(kind)) {
                    show_command(ui, command, model, out);
                }
                None
            }
            1 => sub_menu(ui, &titled, why_none, |ui| {
                columns(ui, model, |ui, column, name| {
                    let is_chosen = is_shown && model.columns.by.first().is_some_and(|by| by == column.name);
                    if by_column(ui, column, name, kind, is_chosen) {
                        out.act(UiAction::Arrange(kind, vec![column.name.to_owned()]));
                    }
                });
            }),
            _ => sub_menu(ui, &titled, why_none, |ui| show_pairs(ui, kind, is_shown, model, out)),
        };
        out.covered.extend(covered);
        if kind == LayoutKind::GRID {
            let covered = sub_menu(ui, "Sort by", why_none, |ui| show_sorts(ui, model, out));
            out.covered.extend(covered);
        }
        if kind == LayoutKind::SORTED {
            let covered = sub_menu(ui, "Sorted within", why_none, |ui| show_blocks(ui, model, out));
            out.covered.extend(covered);
        }
    }
}

/// One block of all drawings, and the columns whose values can have a block each in which drawings are sorted by likeness.
fn show_blocks(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let within = model.columns.by.first().filter(|_| model.layout == LayoutKind::SORTED);
    let is_whole = Some(model.layout == LayoutKind::SORTED && within.is_none());
    if entry(ui, &Entry { title: "Nothing: in one block", is_chosen: is_whole, ..Entry::default() }) {
        out.act(UiAction::SortWithin(None));
    }
    columns(ui, model, |ui, column, title| {
        let is_chosen = Some(within.is_some_and(|within| within == column.name));
        if entry(ui, &Entry { title, detail: column.kind, why_not: column.why_no_colors(), is_chosen }) {
            out.act(UiAction::SortWithin(Some(column.name.to_owned())));
        }
    });
}

/// The order of the file, and the columns that the grid can be sorted by; the one it is sorted by turns round.
fn show_sorts(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let is_grid = model.layout == LayoutKind::GRID;
    let is_unsorted = Some(is_grid && model.columns.sort.is_none());
    if entry(ui, &Entry { title: "Nothing: as in the file", is_chosen: is_unsorted, ..Entry::default() }) {
        out.act(UiAction::Sort { by: None, descends: false });
    }
    columns(ui, model, |ui, column, name| {
        let sorted = model.columns.sorted_by(column.name).filter(|_| is_grid);
        let detail = match sorted {
            Some(false) => "ascending",
            Some(true) => "descending",
            None => column.kind,
        };
        if entry(ui, &Entry { title: name, detail, is_chosen: Some(sorted.is_some()), ..Entry::default() }) {
            out.act(UiAction::Sort { by: Some(column.name.to_owned()), descends: sorted == Some(false) });
        }
    });
}

/// A column for x, and beside it one for y.
fn show_pairs(ui: &mut Ui, kind: LayoutKind, is_shown: bool, model: &UiModel<'_>, out: &mut UiOutput) {
    columns(ui, model, |ui, x, x_name| {
        let covered = sub_menu(ui, &format!("{x_name} and"), x.why_not_by(kind), |ui| {
            columns(ui, model, |ui, y, name| {
                let is_chosen = is_shown && model.columns.by == [x.name, y.name];
                if by_column(ui, y, name, kind, is_chosen) {
                    out.act(UiAction::Arrange(kind, vec![x.name.to_owned(), y.name.to_owned()]));
                }
            });
        });
        out.covered.extend(covered);
    });
}

fn by_column(ui: &mut Ui, column: &ColumnModel<'_>, title: &str, kind: LayoutKind, is_chosen: bool) -> bool {
    let why_not = column.why_not_by(kind);
    entry(ui, &Entry { title, detail: column.kind, why_not, is_chosen: Some(is_chosen) })
}
