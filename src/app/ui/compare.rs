//! Two drawings beside each other in the inspector: at one scale, with their difference, and their fields in two columns.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{
    Color32, ColorImage, Label, Rect, RichText, Sense, Separator, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::model::{CompareModel, ComparedField, MeanDrawing, UiModel};
use super::output::{DrawingSlot, UiAction, UiOutput};
use super::selection::differences;
use super::theme::Palette;
use super::widgets::{frame, heading, rest_list, strong};
use super::{UiState, drawings, fields};
use crate::app::commands::CommandId;
use crate::scene::palette::Theme;
use crate::words::{percent, shown_text, thousands};

/// The part of the width that names of fields take.
const LABEL_PART: f32 = 0.28;
/// A picture is no higher than this part of the panel.
const PICTURE_PART: f32 = 0.3;
/// Before the name of a field in which the drawings differ.
const DIFFERS: &str = "≠";

/// By how much two drawings differ, as a texture.
#[derive(Clone)]
pub(super) struct DifferenceTexture {
    of: (MeanDrawing, Theme),
    texture: TextureHandle,
}

impl std::fmt::Debug for DifferenceTexture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DifferenceTexture").finish_non_exhaustive()
    }
}

/// Shows both.
pub(super) fn show(
    ui: &mut Ui,
    compared: &CompareModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    if heading(ui, "Compare", "End comparing") {
        out.act(UiAction::Run(CommandId::Compare));
    }
    ui.label(RichText::new("Hover or click another drawing; Esc ends.").small().weak());
    ui.add_space(8.0);
    let most = ui.available_height() * PICTURE_PART;
    let side = ((ui.available_width() - drawings::GAP) / 2.0).min(most).max(28.0).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = drawings::GAP;
        show_drawing(ui, Some(compared.first), side, p, out);
        show_drawing(ui, compared.second, side, p, out);
    });
    if let Some(inks) = compared.inks {
        show_difference(ui, inks, side, model.theme, state);
    }
    ui.add_space(8.0);
    rest_list(ui, "compared", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for field in compared.fields {
            ui.add(Separator::default().spacing(12.0));
            show_field(ui, field, compared.second.is_some(), p);
        }
    });
}

/// One of the two with its row, or what there is to do where it is missing.
fn show_drawing(ui: &mut Ui, row: Option<u32>, side: f32, p: &Palette, out: &mut UiOutput) {
    ui.vertical(|ui| {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        let rect = rect.round_to_pixels(ui.pixels_per_point());
        let text =
            row.map_or_else(|| "no other drawing yet".to_owned(), |row| format!("row {}", thousands(row.into())));
        if let Some(row) = row {
            let seen = rect.intersect(ui.clip_rect());
            out.drawings.push(DrawingSlot { row, rect, seen, on_card: false });
        } else {
            ui.painter().rect_filled(rect, 0.0, p.ground);
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Drawing, {text}")));
        frame(ui.painter(), rect, 0.0, p.hairline);
        ui.label(RichText::new(text).small().weak());
    });
}

/// Where the second has more ink and where less, at the scale of the drawings above, and how much that is on average.
fn show_difference(ui: &mut Ui, inks: &MeanDrawing, side: f32, theme: Theme, state: &mut UiState) {
    let known = state.difference.take().filter(|known| known.of.0 == *inks && known.of.1 == theme);
    let shown = known.unwrap_or_else(|| {
        let pixels = differences(inks, theme).into_iter().map(|[r, g, b]| Color32::from_rgb(r, g, b)).collect();
        let image = ColorImage::new(inks.size.map(|side| side as usize), pixels);
        let texture = ui.ctx().load_texture("difference of two drawings", image, TextureOptions::NEAREST);
        DifferenceTexture { of: (inks.clone(), theme), texture }
    });
    let p = theme.palette();
    let sum: f32 = inks.selected.iter().zip(inks.all.iter()).map(|(second, first)| (second - first).abs()).sum();
    let mean = sum / inks.selected.len().max(1) as f32;
    ui.add_space(4.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = drawings::GAP;
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        let rect = rect.round_to_pixels(ui.pixels_per_point());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Difference"));
        ui.painter().rect_filled(rect, 0.0, p.ground);
        let place = placed(inks.size, rect, ui.pixels_per_point());
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(shown.texture.id(), place, whole, Color32::WHITE);
        frame(ui.painter(), rect, 0.0, p.hairline);
        ui.vertical(|ui| {
            ui.label(strong(format!("difference {}", percent(mean))));
            for (text, color) in [("more ink on the right", p.select), ("less ink on the right", p.hover)] {
                ui.horizontal(|ui| {
                    let (swatch, _) = ui.allocate_exact_size(Vec2::splat(10.0), Sense::hover());
                    ui.painter().rect_filled(swatch, 2.0, color);
                    ui.label(RichText::new(text).small().weak());
                });
            }
        });
    });
    state.difference = Some(shown);
}

/// Where a picture lies in the place of a drawing, as the GPU lays drawings: by whole pixels a value, in the middle of a square.
fn placed([width, height]: [u32; 2], rect: Rect, pixels_per_point: f32) -> Rect {
    let canvas = width.max(height).next_multiple_of(4).max(1);
    let side_px = (rect.width().min(rect.height()) * pixels_per_point).round();
    let texel = (side_px / canvas as f32).floor().max(1.0) / pixels_per_point;
    let left = (canvas - width) / 2;
    let top = (canvas - height) / 2;
    let free = (rect.size() - Vec2::splat(canvas as f32 * texel)) / 2.0;
    let free = (free * pixels_per_point).floor() / pixels_per_point;
    Rect::from_min_size(
        rect.min + free + vec2(left as f32, top as f32) * texel,
        vec2(width as f32, height as f32) * texel,
    )
}

/// A field of both; where they differ a sign says so, and the values stand out. There may be one drawing yet.
fn show_field(ui: &mut Ui, field: &ComparedField<'_>, are_two: bool, p: &Palette) {
    let width = ui.available_width();
    let label = (width * LABEL_PART).floor();
    let value = ((width - label) / 2.0 - drawings::GAP).max(1.0).floor();
    let is_same = !are_two || field.is_same();
    let name = shown_text(field.label, 60);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = drawings::GAP;
        let name = if is_same { name } else { format!("{DIFFERS} {name}") };
        cell(ui, label, RichText::new(name).weak());
        for shown in field.values.iter().take(if are_two { 2 } else { 1 }) {
            let (mut text, _) = fields::value_text(shown);
            if !shown.detail.is_empty() {
                text = format!("{text} {}", shown_text(shown.detail, 60));
            }
            let text = if is_same { RichText::new(text).color(p.ink) } else { strong(text).color(p.ink) };
            cell(ui, value, text);
        }
    });
}

fn cell(ui: &mut Ui, width: f32, text: RichText) {
    let height = ui.text_style_height(&egui::TextStyle::Body);
    ui.allocate_ui(vec2(width, height), |ui| {
        ui.set_width(width);
        ui.add(Label::new(text).truncate());
    });
}
