//! What egui writes over the scatter viewport: the labels of groups, and the box while it is drawn.

use egui::emath::GuiRounding as _;
use egui::{Color32, Rect, Stroke, StrokeKind, Ui, pos2};

use crate::fonts::{regular, semibold};
use super::model::{GroupLabel, UiModel};
use crate::words::{shown_text, thousands};
use super::theme::Palette;
use super::widgets::{self, Run};

/// Labels grow with the zoom between these sizes in points; smaller ones are left out.
const SMALLEST: f32 = 8.0;
const LARGEST: f32 = 13.0;
/// Size of a label by the height of its gap.
const SIZE_BY_GAP: f32 = 0.62;

/// Draws into the scatter viewport.
pub(super) fn show(ui: &mut Ui, scatter: Rect, model: &UiModel<'_>) {
    if !scatter.is_positive() {
        return;
    }
    let p = model.theme.palette();
    let ui = widgets::part(ui, scatter, "overlay");
    for label in model.group_labels {
        if label.gap.intersects(scatter) {
            show_label(&ui, label, p);
        }
    }
    if let Some(zoom_box) = model.zoom_box {
        let rect = zoom_box
            .intersect(scatter)
            .round_to_pixels(ui.pixels_per_point());
        ui.painter()
            .rect_filled(rect, 0, p.select.gamma_multiply(0.12));
        // Two lines, so that one of them is seen on any picture.
        let pixel = widgets::pixel(ui.painter());
        ui.painter()
            .rect_stroke(rect, 0, Stroke::new(pixel, p.ground), StrokeKind::Outside);
        ui.painter().rect_stroke(
            rect,
            0,
            Stroke::new(pixel.max(1.0), p.select),
            StrokeKind::Inside,
        );
    }
}

fn show_label(ui: &Ui, label: &GroupLabel<'_>, p: &Palette) {
    // Half points: zooming does not fill the glyph atlas with a size for every frame.
    let size = ((label.gap.height() * SIZE_BY_GAP).min(LARGEST) * 2.0).floor() / 2.0;
    if size < SMALLEST || label.gap.width() < 2.0 * size {
        return;
    }
    let value = if label.value.is_empty() {
        "none".to_owned()
    } else {
        shown_text(label.value, 60)
    };
    let name = if label.name.is_empty() {
        String::new()
    } else {
        format!(" {}", shown_text(label.name, 60))
    };
    let count = format!(" · {}", thousands(u64::from(label.count)));
    let runs = [
        Run(&value, semibold(size), p.ink),
        Run(&name, regular(size), p.soft),
        Run(&count, regular(size), p.secondary),
    ];
    let galley = widgets::layout(ui, &runs, label.gap.width(), 1);
    let at = pos2(
        label.gap.left(),
        label.gap.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(
        at.round_to_pixels(ui.pixels_per_point()),
        galley,
        Color32::PLACEHOLDER,
    );
}
