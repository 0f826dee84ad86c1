//! Look-alikes in a panel: by what drawings are compared, and the nearest, or why there are none.

use egui::{RichText, Ui};

use super::drawings;
use super::model::{AlikeModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::waiting::{comparing, show_why_not};
use super::widgets::{choice, track};
use crate::app::commands::CommandId;
use crate::likeness::comparison::ComparedBy;

/// By what drawings are compared, to be chosen.
pub(super) fn show_measures(ui: &mut Ui, by: ComparedBy, has_embedding: bool, p: &Palette, out: &mut UiOutput) {
    track(ui, |ui| {
        for other in ComparedBy::ALL {
            let is_there = other != ComparedBy::File || has_embedding;
            let why_not = (!is_there).then_some("open the set with --embedding FILE.npy: floats, one row a drawing");
            if choice(ui, &other.to_string(), other == by, why_not, p) {
                out.act(UiAction::Run(CommandId::CompareBy(other)));
            }
        }
    });
}

/// The nearest of all drawings, as far as they are known, `a_line` of them beside each other; a click goes to one.
pub(super) fn show_nearest(
    ui: &mut Ui,
    (alike, by): (AlikeModel<'_>, ComparedBy),
    a_line: u32,
    model: &UiModel<'_>,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    match alike {
        AlikeModel::Unknown | AlikeModel::Comparing(_) => {
            let progress = if let AlikeModel::Comparing(part) = alike { Some(part) } else { None };
            ui.label(RichText::new(comparing(progress, model)).small().weak());
        }
        AlikeModel::Failed(why) => {
            show_why_not(ui, "", why, p);
        }
        AlikeModel::Rows([]) => {
            let why = format!("nothing: {}, or no other drawing", by.lacks());
            ui.label(RichText::new(why).small().weak());
        }
        AlikeModel::Rows(rows) => {
            let side = (ui.available_width() + drawings::GAP) / a_line as f32 - drawings::GAP;
            let clicked = ui.push_id("alike", |ui| drawings::show(ui, rows, side.max(1.0), None, p, out)).inner;
            if let Some(row) = clicked {
                out.act(UiAction::GoToRow(row));
            }
        }
    }
}
