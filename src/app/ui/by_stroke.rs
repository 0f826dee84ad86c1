//! Median drawing and mean drawings by stroke, under the mean of the selection.

use egui::{Button, Label, RichText, TextureHandle, Ui, vec2};
use std::sync::Arc;

use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::widgets::named;
use super::{UiState, drawings, means};
use crate::app::commands::CommandId;
use crate::app::hand::ByStroke;
use crate::likeness::apart::APART;
use crate::scene::palette::{Colormap, Theme, color};
use crate::words::{counted, thousands};

/// Pictures in a line.
const A_LINE: usize = 3;

/// What is shown of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByStrokeModel<'a> {
    /// They were asked for.
    pub is_open: bool,
    /// What has been made, of rows that may have changed since.
    pub found: Option<&'a Arc<ByStroke>>,
    /// How far it is, what it takes, or why there is none.
    pub says: &'a str,
    /// How many rows the filter keeps, where there is one.
    pub kept: Option<u32>,
}

/// The pictures as textures, with what stands below each.
#[derive(Clone)]
pub(super) struct ByStrokePictures {
    of: (Arc<ByStroke>, Theme, bool),
    pictures: Vec<([u32; 2], TextureHandle, String, String)>,
}

impl std::fmt::Debug for ByStrokePictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByStrokePictures").field("pictures", &self.pictures.len()).finish_non_exhaustive()
    }
}

impl ByStrokePictures {
    fn new(ui: &Ui, found: &Arc<ByStroke>, theme: Theme, has_mean: bool) -> Self {
        let texture = |name: &str, size: [u32; 2], inks: &[f32], times: f32| {
            let pixels = inks.iter().map(|&ink| color(Colormap::Ink, theme, (ink * times).min(1.0))).collect();
            means::texture(ui, name, size, pixels)
        };
        let mut pictures = Vec::new();
        for (name, inks) in [("mean", &found.mean), ("median", &found.median)] {
            // That of the whole selection is above.
            if !inks.is_empty() && (has_mean || name == "median") {
                let details = format!("{name} of {}", counted(found.rows.into(), "drawing", "drawings"));
                pictures.push((found.size, texture(name, found.size, inks, 1.0), name.to_owned(), details));
            }
        }
        // One scale for all of them: which of two strokes is spread more can be seen.
        let most = found.parts.iter().flat_map(|(_, inks)| inks).copied().fold(0.0, f32::max);
        let times = if most > 0.0 { 1.0 / most } else { 1.0 };
        for (at, (rows, inks)) in found.parts.iter().enumerate().filter(|(_, (rows, _))| *rows > 0) {
            let name = if at < APART { format!("stroke {}", at + 1) } else { "later".to_owned() };
            let strokes = if at < APART { name.clone() } else { format!("all strokes after the first {APART}") };
            let drawings = counted((*rows).into(), "drawing has it", "drawings have it");
            let details = format!("mean of {strokes}: {drawings}; the darkest pixel of all has {most:.2} of full ink");
            let size = [found.side; 2];
            let caption = format!("{name} · {}", thousands((*rows).into()));
            pictures.push((size, texture(&name, size, inks, times), caption, details));
        }
        Self { of: (Arc::clone(found), theme, has_mean), pictures }
    }
}

/// Shows what asks for them, and them.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Some(by_stroke) = model.by_stroke else { return };
    let text = "Median, and mean by stroke";
    let button = ui.add(Button::new(text).selected(by_stroke.is_open));
    if named(button, text).clicked() {
        out.act(UiAction::Run(CommandId::ByStroke));
    }
    if !by_stroke.is_open {
        state.by_stroke = None;
        ui.add_space(8.0);
        return;
    }
    ui.add_space(4.0);
    if let Some(found) = by_stroke.found {
        show_pictures(ui, found, model.theme, by_stroke.kept.is_some(), state);
        if by_stroke.kept.is_some() && model.selected > 0 {
            let of = format!("of the {} selected that the filter keeps", thousands(found.rows.into()));
            ui.add(Label::new(RichText::new(of).small().weak()).truncate());
        }
    }
    ui.add(Label::new(RichText::new(by_stroke.says).small().weak()).wrap());
    ui.add_space(8.0);
}

fn show_pictures(ui: &mut Ui, found: &Arc<ByStroke>, theme: Theme, has_mean: bool, state: &mut UiState) {
    let same = state
        .by_stroke
        .take()
        .filter(|known| Arc::ptr_eq(&known.of.0, found) && (known.of.1, known.of.2) == (theme, has_mean));
    let shown = same.unwrap_or_else(|| ByStrokePictures::new(ui, found, theme, has_mean));
    let gap = drawings::GAP;
    let side = ((ui.available_width() - gap * (A_LINE - 1) as f32) / A_LINE as f32).floor().min(120.0);
    for line in shown.pictures.chunks(A_LINE) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (size, texture, caption, details) in line {
                ui.allocate_ui(vec2(side, side), |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(side);
                        let fitted = means::fitted(*size, side, ui.pixels_per_point());
                        means::framed(ui, Some(texture), fitted, details, theme.palette()).on_hover_text(details);
                        ui.add(Label::new(RichText::new(caption).small().weak()).truncate());
                    });
                });
            }
        });
    }
    state.by_stroke = Some(shown);
}
