//! The frame of the inspector's picture, which the GPU paints over the panel's ground: round corners, a hairline.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{Color32, Label, Mesh, Pos2, Rect, RichText, Sense, Shape, Ui, WidgetInfo, vec2};

use super::model::UiModel;
use super::output::{DrawingSlot, UiOutput};
use super::widgets;
use crate::words::thousands;

const RADIUS: f32 = 6.0;

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

/// The picture and its frame, and what is in it while there is none: as wide as the panel allows, in the drawing's proportions,
/// leaving room for some fields.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let room = ui.available_size();
    let [w, h] = model.inspector.as_ref().map_or([1, 1], |i| i.size).map(|v| v.max(1) as f32);
    let most = (room.y * 0.62).max(64.0).min(room.y.max(1.0));
    let (rect, response) =
        ui.allocate_exact_size(vec2(room.x, (room.x * h / w).clamp(48.0, room.x.max(48.0)).min(most)), Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    if let Some(inspector) = &model.inspector {
        out.inspector_picture_rect = Some(rect);
        let seen = rect.intersect(ui.clip_rect());
        out.drawings.push(DrawingSlot { row: inspector.row, rect, seen, on_card: false });
        let name = format!("Drawing, row {}", thousands(u64::from(inspector.row)));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        ui.painter().add(corners(rect, p.panel, widgets::pixel(ui.painter())));
    } else {
        ui.painter().rect_filled(rect, RADIUS, p.ground);
        ui.put(rect, Label::new(RichText::new("Move the pointer over a drawing").weak()));
    }
    widgets::frame(ui.painter(), rect, RADIUS, p.hairline);
}
