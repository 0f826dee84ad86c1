//! The frame of the inspector's picture, which the GPU paints over the panel's ground: round corners, a hairline.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{Align, Color32, Mesh, Pos2, Rect, Sense, Shape, Ui, WidgetInfo, vec2};

use super::model::UiModel;
use super::output::UiOutput;
use super::widgets::{self, Run};
use crate::fonts::{BODY, regular};
use crate::words::thousands;

const RADIUS: f32 = 6.0;

/// The picture's frame: as wide as the panel allows, in the drawing's proportions, leaving room for some fields.
pub(super) fn picture_rect(ui: &Ui, area: Rect, size: [u32; 2]) -> Rect {
    let [w, h] = size.map(|v| v.max(1) as f32);
    let most = (area.height() * 0.62).max(64.0).min(area.height().max(1.0));
    let height = (area.width() * h / w).clamp(48.0, area.width()).min(most);
    Rect::from_min_size(area.min, vec2(area.width(), height)).round_to_pixels(ui.pixels_per_point())
}

/// What rounds the corners of a picture that the GPU has painted.
fn corners(picture: Rect, fill: Color32, pixel: f32) -> Shape {
    let corners = [
        (picture.left_top(), 1.0, 1.0),
        (picture.right_top(), -1.0, 1.0),
        (picture.right_bottom(), -1.0, -1.0),
        (picture.left_bottom(), 1.0, -1.0),
    ];
    let radius = RADIUS - pixel / 2.0;
    Shape::Vec(corners.map(|(corner, sx, sy)| spandrel(corner, (sx, sy), radius, fill)).to_vec())
}

/// What lies between a square corner and its rounding, up to the middle of the hairline; (sx, sy) points into the rectangle.
fn spandrel(corner: Pos2, (sx, sy): (f32, f32), radius: f32, fill: Color32) -> Shape {
    const STEPS: u32 = 8;
    let center = corner + vec2(sx * RADIUS, sy * RADIUS);
    let mut mesh = Mesh::default();
    mesh.colored_vertex(corner, fill);
    for i in 0..=STEPS {
        let angle = std::f32::consts::FRAC_PI_2 * i as f32 / STEPS as f32;
        mesh.colored_vertex(center - vec2(sx * angle.cos(), sy * angle.sin()) * radius, fill);
    }
    for i in 1..=STEPS {
        mesh.add_triangle(0, i, i + 1);
    }
    Shape::mesh(mesh)
}

/// The frame and what is in it while there is no picture.
pub(super) fn show_frame(ui: &Ui, picture: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    if let Some(inspector) = &model.inspector {
        out.inspector_picture_rect = Some(picture);
        let response = ui.interact(picture, ui.scope_id().with("picture"), Sense::hover());
        let name = format!("Drawing, row {}", thousands(u64::from(inspector.row)));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        ui.painter().add(corners(picture, p.panel, widgets::pixel(ui.painter())));
    } else {
        ui.painter().rect_filled(picture, RADIUS, p.ground);
        let galley = widgets::layout(
            ui,
            &[Run("Move the pointer over a drawing", regular(BODY), p.secondary)],
            picture.width() - 24.0,
            2,
        );
        widgets::put(ui, picture, Align::Center, galley);
    }
    widgets::frame(ui.painter(), picture, RADIUS, p.hairline);
}
