//! The frame of the inspector's picture, which the GPU paints over the panel's ground: round corners, a hairline.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{Color32, Label, Mesh, Pos2, Rect, RichText, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use super::UiState;
use super::hand::{self, HandModel};
use super::model::UiModel;
use super::original::OriginalView;
use super::output::{DrawingSlot, UiOutput};
use super::{marks, widgets};
use crate::atlas::canvas_side;
use crate::scene::frame::{PxRect, drawing_fit};

use crate::words::{percent, thousands};

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

/// Where the GPU paints a drawing of so many pixels, which is in the middle of its canvas; `None` where it is shrunk to fit.
fn drawing_in(rect: Rect, size: [u32; 2], pixels_per_point: f32) -> Option<Rect> {
    let px = |points: f32| (points * pixels_per_point).round().max(0.0) as u32;
    let place =
        PxRect { left: px(rect.left()), top: px(rect.top()), width: px(rect.width()), height: px(rect.height()) };
    let canvas = canvas_side(size[0], size[1]);
    let (texel, left, top) = drawing_fit(place, canvas);
    let at = |edge: u32, side: u32| (edge + texel * ((canvas - side) / 2)) as f32 / pixels_per_point;
    let sides = size.map(|side| (texel * side) as f32 / pixels_per_point);
    (texel > 0).then(|| Rect::from_min_size(pos2(at(left, size[0]), at(top, size[1])), vec2(sides[0], sides[1])))
}

/// The picture and its frame, and what is in it while there is none: as wide as the panel allows, in the drawing's proportions,
/// leaving room for some fields. Answers what is said below it of a picture in its own size.
pub(super) fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) -> Option<String> {
    let p = model.theme.palette();
    let room = ui.available_size();
    let [w, h] = model.inspector.as_ref().map_or([1, 1], |i| i.size).map(|v| v.max(1) as f32);
    let most = (room.y * 0.62).max(64.0).min(room.y.max(1.0));
    let (rect, response) = ui.allocate_exact_size(
        vec2(room.x, (room.x * h / w).clamp(48.0, room.x.max(48.0)).min(most)),
        Sense::click_and_drag(),
    );
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    let original = model.inspector.as_ref().and_then(|inspector| inspector.original);
    let strokes = model.inspector.as_ref().and_then(|inspector| inspector.hand.filter(HandModel::is_of_strokes));
    let mut said = None;
    let before = state.original.take();
    if let (Some(inspector), Some(of_hand)) = (&model.inspector, strokes) {
        ui.painter().rect_filled(rect, RADIUS, p.ground);
        // Those of another drawing are seen as a whole again.
        let before = state.strokes_zoomed.take().filter(|(row, _)| *row == inspector.row);
        let (_, zoomed) = state.strokes_zoomed.insert(before.unwrap_or_else(|| (inspector.row, hand::whole())));
        zoomed.take_gestures(ui, rect, &response);
        said = hand::show(ui, rect, &of_hand, (&mut state.under_strokes, zoomed), model.theme);
        let name = format!("Strokes, row {}", thousands(u64::from(inspector.row)));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        ui.painter().add(corners(rect, p.panel, widgets::pixel(ui.painter())));
    } else if let (Some(inspector), Some(original)) = (&model.inspector, original) {
        ui.painter().rect_filled(rect, RADIUS, p.ground);
        let mut view = OriginalView::of(before, original);
        let (under, scale, whole) = view.show(ui, rect, &response);
        marks::show(ui, rect, whole, model.theme, inspector.marks.iter().map(|mark| (mark, mark.of_picture)));
        state.original = Some(view);
        let row = thousands(u64::from(inspector.row));
        let name = format!("Picture, row {row}{}", marks::in_words(inspector.marks));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        ui.painter().add(corners(rect, p.panel, widgets::pixel(ui.painter())));
        let [width, height] = original.size().map(|side| thousands(side.into()));
        said = Some(match under {
            Some(pixel) => pixel.in_words(),
            None => format!("{width} × {height} pixels at {}", percent(scale as f32)),
        });
    } else if let Some(inspector) = &model.inspector {
        out.inspector_picture_rect = Some(rect);
        let seen = rect.intersect(ui.clip_rect());
        out.drawings.push(DrawingSlot { row: inspector.row, rect, seen, on_card: false });
        let row = thousands(u64::from(inspector.row));
        let name = format!("Drawing, row {row}{}", marks::in_words(inspector.marks));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        if let Some(whole) = drawing_in(rect, inspector.size, ui.pixels_per_point()) {
            marks::show(ui, rect, whole, model.theme, inspector.marks.iter().map(|mark| (mark, mark.of_drawing)));
        }
        ui.painter().add(corners(rect, p.panel, widgets::pixel(ui.painter())));
    } else {
        ui.painter().rect_filled(rect, RADIUS, p.ground);
        ui.put(rect, Label::new(RichText::new("Move the pointer over a drawing").weak()));
    }
    widgets::frame(ui.painter(), rect, RADIUS, p.hairline);
    said
}
