//! The inspector's page of the selected drawings: how many, what they have in common, their mean, and each of them.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, Rect, RichText, Sense, TextureHandle, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::model::{InspectorPage, MeanDrawing, SelectionModel, UiModel};
use super::output::{UiAction, UiOutput};
use super::widgets;
use super::{UiState, by_stroke, drawings, means};
use crate::app::commands::{CommandId, Taking, When};
use crate::scene::palette::{Colormap, Palette, Rgb, Theme, color, ground, over};
use crate::scene::selection::{ColumnMakeup, ValueShare};
use crate::words::{counted, percent, thousands};

/// Side of a drawing in the list, points.
const SIDE: f32 = 44.0;
/// Height of a value's line, and the parts of its width for the value and the numbers.
const LINE: f32 = 20.0;
const TEXT_PART: f32 = 0.34;
const NUMBERS: f32 = 92.0;
/// A difference of this much ink has the full colour.
const FULL_DIFFERENCE: f32 = 0.5;

/// The two pictures of a mean, as textures.
#[derive(Clone)]
pub(super) struct MeanTextures {
    of: (MeanDrawing, Theme),
    pictures: [TextureHandle; 2],
}

impl std::fmt::Debug for MeanTextures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeanTextures").finish_non_exhaustive()
    }
}

/// The choice between one drawing and the selected ones, or those that the filter keeps; nothing where there is neither.
pub(super) fn show_tabs(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let kept = model.by_stroke.and_then(|by_stroke| by_stroke.kept);
    let selection = match kept {
        Some(kept) if model.selected == 0 => format!("Filtered · {}", thousands(kept.into())),
        None if model.selected == 0 => return,
        _ => format!("Selection · {}", thousands(model.selected.into())),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (page, text) in [(InspectorPage::Drawing, "Drawing".to_owned()), (InspectorPage::Selection, selection)] {
            if ui.selectable_label(model.page == page, text).clicked() {
                out.act(UiAction::Page(page));
            }
        }
    });
    ui.add_space(8.0);
}

/// Shows the page.
pub(super) fn show(
    ui: &mut Ui,
    selection: &SelectionModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let part = percent(model.selected as f32 / model.rows.max(1) as f32);
    let of = format!("{part} of {}", counted(model.rows.into(), "drawing", "drawings"));
    ui.add(Label::new(RichText::new(format!("{} selected", thousands(model.selected.into()))).heading()).truncate());
    ui.add(Label::new(RichText::new(of).weak()).truncate());
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        for (text, id) in [
            ("Invert", CommandId::InvertSelection),
            ("Select none", CommandId::SelectNone),
            ("Export…", CommandId::Take(Taking::Export)),
            ("Replay…", CommandId::ReplaySelection),
        ] {
            let is_there = id != CommandId::ReplaySelection || model.now.contains(&When::SelectedStroked);
            if is_there && ui.button(text).clicked() {
                out.act(UiAction::Run(id));
            }
        }
    });
    ui.add_space(8.0);
    widgets::rest_list(ui, "selection", |ui| {
        if let Some(mean) = selection.mean {
            show_mean(ui, mean, model.theme, state);
        }
        by_stroke::show(ui, model, state, out);
        for column in selection.makeup {
            show_column(ui, column, model);
        }
        ui.add_space(drawings::GAP);
        if let Some(row) = drawings::show(ui, selection.rows, SIDE, None, model.theme.palette(), out) {
            out.act(UiAction::PinRow(row));
        }
        let more = model.selected as usize - selection.rows.len().min(model.selected as usize);
        if more > 0 {
            ui.label(RichText::new(format!("and {} more", thousands(more as u64))).weak());
        }
        ui.add_space(drawings::GAP);
    });
}

/// Shows the page where nothing is selected and a filter keeps some drawings; answers whether it does.
pub(super) fn show_kept(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) -> bool {
    let Some(kept) = model.by_stroke.and_then(|by_stroke| by_stroke.kept).filter(|_| model.selected == 0) else {
        return false;
    };
    ui.add(Label::new(RichText::new(format!("{} kept", thousands(kept.into()))).heading()).truncate());
    let of = format!("by the filter, of {}", counted(model.rows.into(), "drawing", "drawings"));
    ui.add(Label::new(RichText::new(of).weak()).truncate());
    ui.add_space(8.0);
    by_stroke::show(ui, model, state, out);
    true
}

/// The mean drawing, and what sets it apart from that of all.
fn show_mean(ui: &mut Ui, mean: &MeanDrawing, theme: Theme, state: &mut UiState) {
    let known = state.mean.take().filter(|known| known.of.0 == *mean && known.of.1 == theme);
    let textures = known.unwrap_or_else(|| {
        let texture = |name: &str, pixels: Vec<Rgb>| means::texture(ui, name, mean.size, pixels);
        let pictures = [
            texture("mean of the selection", seen(mean, theme)),
            texture("against the mean of all", differences(mean, theme)),
        ];
        MeanTextures { of: (mean.clone(), theme), pictures }
    });
    let side = ((ui.available_width() - drawings::GAP) / 2.0).min(140.0).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = drawings::GAP;
        for (picture, text) in textures.pictures.iter().zip(["mean", "against the mean of all"]) {
            ui.vertical(|ui| {
                let [w, h] = mean.size.map(|side| side.max(1) as f32);
                let size = vec2(side, (side * h / w).round());
                means::framed(ui, Some(picture), size, text, theme.palette());
                ui.label(RichText::new(text).small().weak());
            });
        }
    });
    ui.add_space(8.0);
    state.mean = Some(textures);
}

/// The mean of the selection as it is seen.
fn seen(mean: &MeanDrawing, theme: Theme) -> Vec<Rgb> {
    match &mean.colors {
        Some(colors) => colors.iter().map(|&color| over(color, ground(Colormap::Ink, theme))).collect(),
        None => mean.selected.iter().map(|&ink| color(Colormap::Ink, theme, ink)).collect(),
    }
}

/// By how much the mean of the selection differs, as colours.
pub(super) fn differences(mean: &MeanDrawing, theme: Theme) -> Vec<Rgb> {
    mean.selected.iter().zip(mean.all.iter()).map(|(own, all)| difference(own - all, theme)).collect()
}

/// More ink than usual in the selection's colour, less in the hover's.
pub(super) fn difference(by: f32, theme: Theme) -> Rgb {
    let palette = Palette::of(theme);
    let toward = if by > 0.0 { palette.selection } else { palette.hover };
    let part = (by.abs() / FULL_DIFFERENCE).min(1.0);
    std::array::from_fn(|i| {
        let (from, to) = (f32::from(palette.ground[i]), f32::from(toward[i]));
        (from + (to - from) * part).round() as u8
    })
}

/// The values of a column: a bar each, its share among the selected rows and how that compares with all.
fn show_column(ui: &mut Ui, column: &ColumnMakeup, model: &UiModel<'_>) {
    ui.add(Label::new(widgets::strong(&column.name)).truncate());
    for value in &column.values {
        show_value(ui, value, model);
    }
    if column.others > 0 {
        let text = format!("{} more", counted(column.others as u64, "value", "values"));
        ui.label(RichText::new(text).small().weak());
    }
    ui.add_space(8.0);
}

fn show_value(ui: &mut Ui, value: &ValueShare, model: &UiModel<'_>) {
    let p = model.theme.palette();
    let share = value.selected as f32 / model.selected.max(1) as f32;
    let lift = value.lift(model.selected, model.rows).map(|lift| format!(" · × {}", short(lift)));
    let numbers = format!("{}{}", percent(share), lift.unwrap_or_default());
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let all = value.all as f32 / model.rows.max(1) as f32;
    let said = format!("{}: {} of the selection, {} of all", value.text, percent(share), percent(all));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let [text_end, bar_end] = [line.left() + line.width() * TEXT_PART, line.right() - NUMBERS];
    let mut text =
        ui.new_child(UiBuilder::new().max_rect(line.with_max_x(text_end)).layout(Layout::left_to_right(Align::Center)));
    text.add(Label::new(RichText::new(&value.text).small()).truncate());
    let bar = Rect::from_min_max(
        pos2(text_end + 6.0, line.top() + 5.0),
        pos2(bar_end.max(text_end + 6.0), line.bottom() - 5.0),
    );
    let filled = |part: f32| Rect::from_min_size(bar.min, vec2(bar.width() * part.clamp(0.0, 1.0), bar.height()));
    ui.painter().rect_filled(bar, 2.0, p.field);
    ui.painter().rect_filled(filled(share), 2.0, p.select);
    // Where the bar would end for all drawings.
    let mark =
        Rect::from_center_size(filled(all).right_center(), Vec2::new(widgets::pixel(ui.painter()), bar.height() + 4.0));
    ui.painter().rect_filled(mark, 0.0, p.ink);
    let mut end =
        ui.new_child(UiBuilder::new().max_rect(line.with_min_x(bar_end)).layout(Layout::right_to_left(Align::Center)));
    end.label(RichText::new(numbers).small().weak());
}

/// A ratio in two digits.
fn short(lift: f64) -> String {
    if lift < 9.95 { format!("{lift:.1}") } else { thousands(lift.round() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_in_colour_is_seen_in_colour_over_the_ground() {
        // Opaque, half transparent, nothing.
        let colors = vec![[1.0, 0.0, 0.2, 1.0], [0.5, 0.0, 0.0, 0.5], [0.0; 4]];
        let mut mean =
            MeanDrawing { size: [3, 1], selected: vec![1.0; 3], all: vec![0.0; 3].into(), colors: Some(colors) };
        for theme in [Theme::Paper, Theme::Night] {
            let paper = ground(Colormap::Ink, theme);
            let half = [0, 1, 2].map(|i| (f32::from(paper[i]) / 2.0 + if i == 0 { 127.5 } else { 0.0 }).round() as u8);
            assert_eq!(seen(&mean, theme), [[255, 0, 51], half, paper]);
        }
        mean.colors = None;
        assert_eq!(seen(&mean, Theme::Paper), [color(Colormap::Ink, Theme::Paper, 1.0); 3]);
    }
}
