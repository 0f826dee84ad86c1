//! The card beside the pointer: country, recognised, time, row, and far away a loupe.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    CursorIcon, Frame, Id, LayerId, Order, Pos2, Rect, RichText, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::drawings;
use super::model::{LOUPE_CELLS, LOUPE_COLUMNS, LOUPE_ROWS, Loupe, TooltipModel, UiModel};
use super::output::{DrawingSlot, UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{joined, strong};
use crate::words::{reading, shown_text, thousands};

const PADDING: Vec2 = vec2(12.0, 9.0);
const CELL_GAP: f32 = 4.0;
/// From the pointer to the card.
const POINTER_GAP: Vec2 = vec2(14.0, 18.0);
/// From the hovered drawing to the card, and how far a large drawing may push the card away.
const DRAWING_GAP: f32 = 10.0;
const PUSH_MOST: f32 = 72.0;

/// Where a card goes: beside `anchor` and the drawing, inside `bounds`, never under the pointer.
///
/// Right and below is tried first, then left, then above. A card larger than `bounds` keeps its upper left corner inside.
pub fn place(size: Vec2, anchor: Pos2, drawing: Rect, bounds: Rect) -> Rect {
    let right = (anchor.x + POINTER_GAP.x).max((drawing.right() + DRAWING_GAP).min(anchor.x + PUSH_MOST));
    let left = (anchor.x - POINTER_GAP.x).min((drawing.left() - DRAWING_GAP).max(anchor.x - PUSH_MOST)) - size.x;
    let below = anchor.y + POINTER_GAP.y;
    let above = anchor.y - POINTER_GAP.y - size.y;
    let fits = |at: Pos2| bounds.contains_rect(Rect::from_min_size(at, size));
    let beside = [pos2(right, below), pos2(left, below), pos2(right, above), pos2(left, above)];
    if let Some(at) = beside.into_iter().find(|&at| fits(at)) {
        return Rect::from_min_size(at, size);
    }
    // No corner is free: slide along one axis and keep clear of the pointer on the other.
    let slide_x = |x: f32| x.min(bounds.right() - size.x).max(bounds.left());
    let slide_y = |y: f32| y.min(bounds.bottom() - size.y).max(bounds.top());
    let slid = [
        pos2(slide_x(right), below),
        pos2(slide_x(right), above),
        pos2(right, slide_y(below)),
        pos2(left, slide_y(below)),
    ];
    let at = slid.into_iter().find(|&at| fits(at)).unwrap_or_else(|| pos2(slide_x(right), slide_y(below)));
    Rect::from_min_size(at, size)
}

/// Draws the tooltip, if there is one; `bounds` is the scatter viewport.
pub(super) fn show(ui: &Ui, bounds: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let Some(tip) = &model.tooltip else { return };
    let p = model.theme.palette();
    let screen = ui.ctx().content_rect();
    let (heading, details) = lines(tip);
    let code = tip.country.and(tip.code).map_or(String::new(), |code| format!(" {}", shown_text(code, 12)));
    let most = (screen.width() - 48.0).clamp(60.0, 420.0);
    let line = |mut text: LayoutJob| {
        text.wrap = TextWrapping::truncate_at_width(most);
        ui.painter().layout_job(text)
    };
    let first = line(joined(ui, [strong(heading), RichText::new(code).weak()]));
    let second = line(joined(ui, [RichText::new(details).weak()]));
    let text = vec2(first.size().x.max(second.size().x), first.size().y + second.size().y + 3.0);
    let loupe_size = tip.loupe.map_or(Vec2::ZERO, |loupe| grid_size(loupe.cell));
    let gap = if tip.loupe.is_some() { 8.0 } else { 0.0 };
    let size = (vec2(text.x.max(loupe_size.x), text.y + gap + loupe_size.y) + 2.0 * PADDING).ceil();
    let room = if bounds.width() > size.x + 96.0 { bounds } else { screen };
    let rect = place(size, tip.anchor, tip.drawing, room.shrink(6.0)).round_to_pixels(ui.pixels_per_point());
    let id = Id::unique("inkfield tooltip");
    // A layer of its own. An area would ask for two more frames whenever it comes into view, as a card does with every hover.
    let builder = UiBuilder::new().layer_id(LayerId::new(Order::Tooltip, id)).max_rect(screen);
    let mut ui = Ui::new(ui.ctx().clone(), id, builder);
    if tip.loupe.is_some_and(|loupe| loupe.held) {
        // It stays where it is and can be pointed at; else it follows the pointer and must take no hover from the panels.
        out.covered.push(rect);
        ui.allocate_rect(rect, Sense::hover());
    }
    // Its size is known beforehand, to place it.
    let card = Frame::popup(ui.style());
    ui.painter().add(card.paint(rect - card.total_margin()));
    let inner = rect.shrink2(PADDING);
    if let Some(loupe) = &tip.loupe {
        show_loupe(&ui, inner.min, loupe, p, out);
    }
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.scope_builder(UiBuilder::new().max_rect(inner.with_min_y(inner.top() + loupe_size.y + gap)), |ui| {
        ui.label(first);
        ui.label(second);
    });
}

/// The heading, and the line below it.
fn lines(tip: &TooltipModel<'_>) -> (String, String) {
    let row = format!("row {}", thousands(u64::from(tip.row)));
    let heading = shown_text(tip.country.unwrap_or(tip.title), 80);
    if let Some(fraction) = tip.reading {
        return (heading, format!("{} · {row}", reading(fraction)));
    }
    let recognised = tip.recognised.map(|yes| if yes { "recognised" } else { "not recognised" }.to_owned());
    let time = tip.time.map(|time| shown_text(time, 40));
    let details: Vec<String> = [recognised, time, Some(row)].into_iter().flatten().collect();
    (heading, details.join(" · "))
}

fn grid_size(cell: f32) -> Vec2 {
    let span = |n: usize| n as f32 * cell + (n - 1) as f32 * CELL_GAP;
    vec2(span(LOUPE_COLUMNS), span(LOUPE_ROWS))
}

/// Draws the ring, listens to the cells when held, and answers the cells' rectangles.
fn show_loupe(ui: &Ui, at: Pos2, loupe: &Loupe, p: &Palette, out: &mut UiOutput) {
    let ppp = ui.pixels_per_point();
    for (i, row) in loupe.rows.iter().enumerate() {
        let (column, line) = (i % LOUPE_COLUMNS, i / LOUPE_COLUMNS);
        let step = loupe.cell + CELL_GAP;
        let min = at + vec2(column as f32 * step, line as f32 * step);
        let cell = Rect::from_min_size(min, Vec2::splat(loupe.cell)).round_to_pixels(ppp);
        out.drawings.extend(row.map(|row| DrawingSlot { row, rect: cell, seen: cell, on_card: true }));
        ui.painter().rect_filled(cell, 0, p.ground);
        let mut ring = (i == LOUPE_CELLS / 2).then_some(p.hover);
        if let (Some(row), true) = (row, loupe.held) {
            let response = ui.interact(cell.expand(CELL_GAP / 2.0), ui.scope_id().with(("cell", i)), Sense::click());
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            response
                .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("row {}", thousands(u64::from(*row)))));
            if response.hovered() {
                ring = Some(p.select);
            }
            if response.clicked() {
                out.act(UiAction::PinRow(*row));
            }
        }
        if let Some(color) = ring {
            drawings::ring(ui, cell, color);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_is_never_under_the_pointer_and_never_outside() {
        let bounds = Rect::from_min_size(pos2(0.0, 40.0), vec2(700.0, 500.0));
        for size in [vec2(180.0, 54.0), vec2(300.0, 160.0), vec2(420.0, 160.0)] {
            for ix in 0..=70 {
                for iy in 0..=50 {
                    let anchor = pos2(ix as f32 * 10.0, 40.0 + iy as f32 * 10.0);
                    for side in [2.4, 44.0, 900.0] {
                        let drawing = Rect::from_center_size(anchor + vec2(0.3 * side, 0.0), Vec2::splat(side));
                        let card = place(size, anchor, drawing, bounds);
                        assert!(bounds.contains_rect(card), "{card:?} at {anchor:?}");
                        assert!(!card.contains(anchor), "{card:?} under {anchor:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_drawing_is_not_covered() {
        let bounds = Rect::from_min_size(Pos2::ZERO, vec2(1068.0, 834.0));
        let drawing = Rect::from_min_size(pos2(471.0, 419.0), Vec2::splat(44.0));
        let card = place(vec2(300.0, 54.0), pos2(496.0, 444.0), drawing, bounds);
        assert!(!card.intersects(drawing));
    }
}
