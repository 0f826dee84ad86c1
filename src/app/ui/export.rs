//! The card for exports: which drawings, as what, where to; then how far the export is.

use egui::{Align, Layout, ProgressBar, RichText, Ui};

use super::exporting::{ExportForm, ExportModel, ExportOf, ExportWish};
use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{choice, primary, strong, text_field, track};
use super::{UiState, card};
use crate::app::commands::{CommandId, Taking};
use crate::scene::Background;
use crate::words::{counted, shown_text};

const PATH_HINT: &str = "path of the file";
const SIZE_HINT: &str = "width x height";
/// Room for the button beside the path, and the field of a size, points.
const BROWSE: f32 = 96.0;
const SIZE: f32 = 120.0;
/// Whole pixels a value that a contact sheet may have.
const ENLARGE: [(u32, &str); 4] = [(1, "×1"), (2, "×2"), (4, "×4"), (8, "×8")];

/// What is chosen on the card, from one time to the next.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    of: ExportOf,
    form: ExportForm,
    enlarge: u32,
    is_clear: bool,
    size: String,
    /// The place from the system's dialog that stands in the field.
    taken: Option<String>,
}

impl Default for Choices {
    fn default() -> Self {
        let (of, form) = (ExportOf::default(), ExportForm::default());
        Self { of, form, enlarge: 1, is_clear: false, size: String::new(), taken: None }
    }
}

impl Choices {
    /// What is most likely meant.
    fn begin(&mut self, export: &ExportModel<'_>, path: &mut String) {
        self.of = match export.kept {
            _ if export.selected > 0 => ExportOf::Selection,
            Some(_) => ExportOf::Kept,
            None => ExportOf::All,
        };
        self.form = export.form.unwrap_or(self.form);
        let [width, height] = export.size;
        self.size = format!("{width}x{height}");
        self.taken = export.chosen.map(str::to_owned);
        *path = format!("{}.{}", export.stem, self.form.ending());
    }

    /// Chooses a form; the name in the field ends as its files do.
    fn take_form(&mut self, form: ExportForm, path: &mut String) {
        if let Some(stem) = path.strip_suffix(self.form.ending()).filter(|stem| stem.ends_with('.')) {
            *path = format!("{stem}{}", form.ending());
        }
        self.form = form;
    }

    fn wish(&self, path: &str, replaces: bool) -> ExportWish {
        ExportWish {
            of: self.of,
            form: self.form,
            path: path.to_owned(),
            size: self.size.trim().to_owned(),
            enlarge: self.enlarge,
            background: if self.is_clear { Background::None } else { Background::Paper },
            replaces,
        }
    }
}

/// Shows the card where it is open.
pub(super) fn show(ui: &Ui, room: card::Room, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Dialog::Export(export) = model.dialog else { return };
    let opened = state.dialog_opened();
    let UiState { export: choices, dialog_text: path, .. } = state;
    if opened {
        choices.begin(&export, path);
    }
    if let Some(chosen) = export.chosen.filter(|chosen| choices.taken.as_deref() != Some(*chosen)) {
        choices.taken = Some(chosen.to_owned());
        chosen.clone_into(path);
        choices.form = choices.form.named(path);
    }
    let p = model.theme.palette();
    card::show(ui, room, out, |ui, out| {
        ui.label(strong("Export"));
        ui.add_space(4.0);
        if let Some(running) = export.running {
            show_running(ui, running, p, out);
            return;
        }
        track(ui, |ui| {
            for of in ExportOf::ALL {
                if choice(ui, of.label(), choices.of == of, export.why_not(of), p) {
                    choices.of = of;
                }
            }
        });
        ui.add_space(2.0);
        track(ui, |ui| {
            for form in ExportForm::ALL {
                if choice(ui, form.label(), choices.form == form, None, p) {
                    choices.take_form(form, path);
                }
            }
        });
        ui.label(RichText::new(in_words(&export, choices)).small().weak());
        show_options(ui, choices, p);
        ui.add_space(4.0);
        let is_entered = show_path(ui, &export, choices, path, opened, out);
        let asks = export.asks.filter(|(asked, _)| *asked == path.trim()).map(|(_, there)| there);
        ui.label(message(&export, asks, p));
        ui.add_space(8.0);
        let is_done = show_foot(ui, asks.is_some(), p, out);
        if is_entered || is_done {
            out.act(UiAction::Export(choices.wish(path.trim(), is_done && asks.is_some())));
        }
    });
}

fn in_words(export: &ExportModel<'_>, choices: &Choices) -> String {
    let help = choices.form.help(export.has_records);
    if choices.form == ExportForm::View {
        return help.to_owned();
    }
    let count = counted(export.count(choices.of).into(), "drawing", "drawings");
    format!("{count}. {help}")
}

/// What can be chosen of pictures.
fn show_options(ui: &mut Ui, choices: &mut Choices, p: &Palette) {
    if !matches!(choices.form, ExportForm::Sheet | ExportForm::Replay | ExportForm::View) {
        return;
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        if choices.form == ExportForm::View {
            text_field(ui, SIZE_HINT, &mut choices.size, SIZE, false);
        } else {
            track(ui, |ui| {
                for (times, label) in ENLARGE {
                    if choice(ui, label, choices.enlarge == times, None, p) {
                        choices.enlarge = times;
                    }
                }
            });
        }
        if choices.form != ExportForm::Replay {
            ui.checkbox(&mut choices.is_clear, "Clear paper");
        }
    });
}

/// The field for the path; answers whether Enter was pressed in it.
fn show_path(
    ui: &mut Ui,
    export: &ExportModel<'_>,
    choices: &mut Choices,
    path: &mut String,
    opened: bool,
    out: &mut UiOutput,
) -> bool {
    let before = path.clone();
    let is_entered = if export.can_browse {
        ui.horizontal(|ui| {
            let width = ui.available_width() - BROWSE;
            let field = text_field(ui, PATH_HINT, path, width, opened);
            if ui.button("Browse…").clicked() {
                out.act(UiAction::ExportBrowse(path.trim().to_owned()));
            }
            field.is_entered
        })
        .inner
    } else {
        text_field(ui, PATH_HINT, path, f32::INFINITY, opened).is_entered
    };
    if *path != before {
        choices.form = choices.form.named(path);
        // What stands above the field goes by its text.
        ui.ctx().request_repaint();
    }
    is_entered
}

/// What is wrong, what is asked, or where names lead.
fn message(export: &ExportModel<'_>, asks: Option<&str>, p: &Palette) -> RichText {
    match (asks, export.says) {
        (Some(there), _) => {
            let text = format!("{} there already. Replace?", shown_text(there, 300));
            RichText::new(text).small().color(p.error)
        }
        (None, Some(why)) => RichText::new(shown_text(why, 600)).small().color(p.error),
        (None, None) => RichText::new(format!("In {}", shown_text(export.folder, 200))).small().weak(),
    }
}

/// The card's buttons; answers whether the export is to begin.
fn show_foot(ui: &mut Ui, asks: bool, p: &Palette, out: &mut UiOutput) -> bool {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_done = primary(ui, if asks { "Replace" } else { "Export" }, p).clicked();
        if ui.button("Close").clicked() {
            out.act(UiAction::CloseDialog);
        }
        is_done
    })
    .inner
}

/// How far an export is. It goes on where the card is closed.
fn show_running(ui: &mut Ui, (what, percent): (&str, u32), p: &Palette, out: &mut UiOutput) {
    ui.label(RichText::new(format!("{what}… {percent} %")).small());
    ui.add(ProgressBar::new(percent as f32 / 100.0).desired_height(6.0).corner_radius(3).fill(p.select));
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Hide").clicked() {
            out.act(UiAction::CloseDialog);
        }
        if ui.button("Cancel").clicked() {
            out.act(UiAction::Run(CommandId::Take(Taking::StopExport)));
        }
    });
}
