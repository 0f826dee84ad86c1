//! Two groups beside each other: both means, the drawing in the middle of each, and where they differ more than by chance.

use egui::{Align, Label, Layout, RichText, Sense, Sides, TextureHandle, Ui, Vec2};

use super::{DifferModel, DifferWish, value_text};
use crate::app::ui::model::UiModel;
use crate::app::ui::output::{UiAction, UiOutput};
use crate::app::ui::selection::difference;
use crate::app::ui::theme::Palette;
use crate::app::ui::waiting::show_why_not;
use crate::app::ui::widgets::{cross, strong};
use crate::app::ui::{UiState, drawings, means};
use crate::headless::likeness::{Differing, SIGNIFICANT};
use crate::likeness::side_by_side::SideBySide;
use crate::scene::palette::{Colormap, Theme, color};
use crate::words::{counted, percent, thousands};
use std::sync::Arc;

/// Side of the drawing in the middle of a group, points.
const SIDE: f32 = 44.0;

/// Both means and their difference, as textures.
#[derive(Clone)]
pub(in crate::app::ui) struct BesidePictures {
    of: Arc<SideBySide>,
    theme: Theme,
    pictures: [TextureHandle; 3],
}

impl std::fmt::Debug for BesidePictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BesidePictures").finish_non_exhaustive()
    }
}

impl BesidePictures {
    fn of(before: Option<Self>, ui: &Ui, beside: &Arc<SideBySide>, size: [u32; 2], theme: Theme) -> Self {
        if let Some(same) = before.filter(|before| Arc::ptr_eq(&before.of, beside) && before.theme == theme) {
            return same;
        }
        let [first, second] = &beside.sides;
        let ink = |value: f64| color(Colormap::Ink, theme, (value / 255.0) as f32);
        // What chance may have made shows nothing.
        let apart = |((first, second), p): ((f64, f64), &f64)| {
            difference(if *p <= SIGNIFICANT { ((first - second) / 255.0) as f32 } else { 0.0 }, theme)
        };
        let pictures = [
            means::texture(ui, "mean of a group", size, first.mean().map(ink).collect()),
            means::texture(ui, "mean of another", size, second.mean().map(ink).collect()),
            means::texture(ui, "difference", size, first.mean().zip(second.mean()).zip(&beside.p).map(apart).collect()),
        ];
        Self { of: Arc::clone(beside), theme, pictures }
    }
}

/// Two groups beside each other, or what there is to do where one has been chosen.
pub(super) fn show_beside(
    ui: &mut Ui,
    differ: &DifferModel<'_>,
    found: &Differing,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    let [Some(first), second] = differ.pair else {
        state.beside = None;
        return;
    };
    let names = [Some(first), second].map(|group| group.map(|group| value_text(found, group)));
    let title = format!("{} · {}", names[0].as_deref().unwrap_or_default(), names[1].as_deref().unwrap_or("…"));
    let (_, is_over) = Sides::new().shrink_left().show(
        ui,
        |ui| ui.add(Label::new(strong(title)).truncate()),
        |ui| cross(ui, "Compare no groups"),
    );
    if is_over {
        out.act(UiAction::Differ(DifferWish::Alone));
    }
    match (names, differ.why_not_beside, differ.beside) {
        ([Some(a), Some(b)], None, Some(beside)) => {
            let pictures = BesidePictures::of(state.beside.take(), ui, beside, differ.size, model.theme);
            show_pair(ui, beside, &pictures, differ.size, [&a, &b], p, out);
            state.beside = Some(pictures);
        }
        ([_, None], ..) => _ = ui.label(RichText::new("compare another group with it").small().weak()),
        (_, Some(why), _) => {
            show_why_not(ui, "", why, p);
        }
        _ => {
            let part = differ.beside_progress.map_or_else(String::new, |part| format!(" {}", percent(part)));
            ui.label(RichText::new(format!("comparing both…{part}")).small().weak());
        }
    }
    ui.add_space(8.0);
    ui.separator();
    ui.add_space(4.0);
}

/// Both means, the drawing in the middle of each, and where they differ.
fn show_pair(
    ui: &mut Ui,
    beside: &SideBySide,
    pictures: &BesidePictures,
    size: [u32; 2],
    names: [&str; 2],
    p: &Palette,
    out: &mut UiOutput,
) {
    let half = ((ui.available_width() - drawings::GAP) / 2.0).floor();
    let size = means::fitted(size, half, ui.pixels_per_point());
    let [first, second, apart] = &pictures.pictures;
    ui.spacing_mut().item_spacing.x = drawings::GAP;
    ui.horizontal_top(|ui| {
        for (at, (picture, side)) in [first, second].into_iter().zip(&beside.sides).enumerate() {
            let name = names[at];
            ui.allocate_ui_with_layout(Vec2::new(half, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(half);
                let rows = counted(side.rows.into(), "drawing", "drawings");
                out.beside.push(means::framed(ui, Some(picture), size, &format!("Mean of {name}: {rows}"), p).rect);
                let text = format!("{name} · mean of {}", thousands(side.rows.into()));
                ui.add(Label::new(RichText::new(text).small().weak()).truncate());
                ui.horizontal(|ui| {
                    let Some(row) = side.medoid else { return };
                    let clicked = ui.push_id(("medoid", at), |ui| {
                        ui.set_max_width(SIDE);
                        drawings::show(ui, &[row], SIDE, None, p, out)
                    });
                    if let Some(row) = clicked.inner {
                        out.act(UiAction::PinRow(row));
                    }
                    ui.label(RichText::new("medoid").small().weak());
                });
            });
        }
    });
    ui.add_space(6.0);
    ui.horizontal_top(|ui| {
        let differing = beside.p.iter().filter(|&&p| p <= SIGNIFICANT).count();
        let text = format!("Difference of {} and {}", names[0], names[1]);
        out.beside.push(means::framed(ui, Some(apart), size, &text, p).rect);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let (some, all) = (thousands(differing as u64), thousands(beside.p.len() as u64));
            let differ = if differing == 1 { "differs" } else { "differ" };
            let text = format!("{some} of {all} pixels {differ} more than by chance (p ≤ {SIGNIFICANT})");
            ui.add(Label::new(RichText::new(text).small()).wrap());
            for (name, color) in names.into_iter().zip([p.select, p.hover]) {
                ui.horizontal(|ui| {
                    let (swatch, _) = ui.allocate_exact_size(Vec2::splat(10.0), Sense::hover());
                    ui.painter().rect_filled(swatch, 2.0, color);
                    ui.add(Label::new(RichText::new(format!("more ink: {name}")).small().weak()).truncate());
                });
            }
        });
    });
}
