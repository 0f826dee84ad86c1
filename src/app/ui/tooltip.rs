//! The card beside the pointer: country, recognised, time, row, and far away a loupe.

use egui::emath::GuiRounding as _;
use egui::{
    CursorIcon, Frame, Id, Label, LayerId, Order, Pos2, Rect, RichText, Sense, Ui, UiBuilder, Vec2, pos2, vec2,
};

use super::drawings;
use super::model::{LOUPE_CELLS, LOUPE_COLUMNS, Loupe, UiModel};
use super::output::{DrawingSlot, UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::{joined, named, strong};
use crate::words::{reading, shown_text, thousands};

/// The card beside the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooltipModel<'a> {
    /// The pointer, in logical points.
    pub anchor: Pos2,
    /// The hovered drawing on screen, in logical points.
    pub drawing: Rect,
    /// Its row.
    pub row: u32,
    /// Its word or category: the heading where no country is known.
    pub title: &'a str,
    /// The country's name.
    pub country: Option<&'a str>,
    /// The country's two letters.
    pub code: Option<&'a str>,
    /// Whether the drawing was recognised.
    pub recognised: Option<bool>,
    /// "20 Mar 2017 10:26".
    pub time: Option<&'a str>,
    /// Its record has not arrived; the fraction of records read.
    pub reading: Option<f32>,
    /// Heading and details in place of all that is above, where others are chosen.
    pub chosen: Option<[&'a str; 2]>,
    /// Shown below 12 px a drawing.
    pub loupe: Option<Loupe>,
}

/// What is on the card is no wider.
const WIDEST: f32 = 420.0;
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

/// Shows the tooltip, if there is one; `bounds` is the scatter viewport.
pub(super) fn show(ui: &Ui, bounds: Rect, model: &UiModel<'_>, out: &mut UiOutput) {
    let Some(tip) = &model.tooltip else { return };
    let p = model.theme.palette();
    let screen = ui.ctx().content_rect();
    // Layers of their own. An area would ask for two more frames whenever it comes into view, as a card does with every hover.
    let layer = |name: &'static str, rect: Rect| {
        let id = Id::unique(name);
        (id, UiBuilder::new().layer_id(LayerId::new(Order::Tooltip, id)).max_rect(rect))
    };
    // Laid out unseen, beyond the window: its size decides where it goes.
    let (id, builder) = layer("inkfield tooltip unseen", screen.translate(2.0 * screen.size()));
    let mut unseen = Ui::new(ui.ctx().clone(), id, builder.invisible());
    let loupe = tip.loupe.map(|loupe| Loupe { held: false, ..loupe });
    let size = show_card(&mut unseen, &TooltipModel { loupe, ..*tip }, p, &mut UiOutput::new()).ceil();
    let room = if bounds.width() > size.x + 96.0 { bounds } else { screen };
    let rect = place(size, tip.anchor, tip.drawing, room.shrink(6.0)).round_to_pixels(ui.pixels_per_point());
    let (id, builder) = layer("inkfield tooltip", Rect::from_min_size(rect.min, screen.size()));
    let mut ui = Ui::new(ui.ctx().clone(), id, builder);
    if tip.loupe.is_some_and(|loupe| loupe.held) {
        // It stays where it is and can be pointed at; else it follows the pointer and must take no hover from the panels.
        out.covered.push(rect);
        ui.interact(rect, id.with("card"), Sense::hover());
    }
    show_card(&mut ui, tip, p, out);
}

/// Shows the card from the upper left corner on; answers how large it is.
fn show_card(ui: &mut Ui, tip: &TooltipModel<'_>, p: &Palette, out: &mut UiOutput) -> Vec2 {
    let most = (ui.ctx().content_rect().width() - 48.0).clamp(60.0, WIDEST);
    let (heading, details) = lines(tip);
    let code = tip
        .country
        .and(tip.code)
        .filter(|_| tip.chosen.is_none())
        .map_or(String::new(), |code| format!(" {}", shown_text(code, 12)));
    let card = Frame::popup(ui.style()).show(ui, |ui| {
        ui.set_max_width(most);
        ui.spacing_mut().item_spacing.y = 3.0;
        if let Some(loupe) = &tip.loupe {
            show_loupe(ui, loupe, p, out);
            ui.add_space(5.0);
        }
        let heading = joined(ui, [strong(heading), RichText::new(code).weak()]);
        ui.add(Label::new(heading).truncate().show_tooltip_when_elided(false));
        ui.add(Label::new(RichText::new(details).weak()).truncate().show_tooltip_when_elided(false));
    });
    card.response.rect.size()
}

/// The heading, and the line below it.
fn lines(tip: &TooltipModel<'_>) -> (String, String) {
    let row = row_name(tip.row);
    if let Some([heading, details]) = tip.chosen {
        let details = if details.is_empty() { row } else { format!("{} · {row}", shown_text(details, 120)) };
        return (shown_text(heading, 80), details);
    }
    let heading = shown_text(tip.country.unwrap_or(tip.title), 80);
    if let Some(fraction) = tip.reading {
        return (heading, format!("{} · {row}", reading(fraction)));
    }
    let recognised = tip.recognised.map(|yes| if yes { "recognised" } else { "not recognised" }.to_owned());
    let time = tip.time.map(|time| shown_text(time, 40));
    let details: Vec<String> = [recognised, time, Some(row)].into_iter().flatten().collect();
    (heading, details.join(" · "))
}

/// Shows the hovered drawing amid its neighbours; listens to them when held.
fn show_loupe(ui: &mut Ui, loupe: &Loupe, p: &Palette, out: &mut UiOutput) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(CELL_GAP);
        ui.spacing_mut().interact_size.y = loupe.cell;
        for (line, rows) in loupe.rows.chunks(LOUPE_COLUMNS).enumerate() {
            ui.horizontal(|ui| {
                for (column, row) in rows.iter().enumerate() {
                    let is_middle = line * LOUPE_COLUMNS + column == LOUPE_CELLS / 2;
                    show_cell(ui, *row, is_middle, loupe, p, out);
                }
            });
        }
    });
}

fn show_cell(ui: &mut Ui, row: Option<u32>, is_middle: bool, loupe: &Loupe, p: &Palette, out: &mut UiOutput) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(loupe.cell), Sense::hover());
    let cell = rect.round_to_pixels(ui.pixels_per_point());
    ui.painter().rect_filled(cell, 0, p.ground);
    let mut ring = is_middle.then_some(p.hover);
    if let Some(row) = row {
        out.drawings.push(DrawingSlot { row, rect: cell, seen: cell, on_card: true });
        if loupe.held {
            // Between two cells there is nothing that could be meant besides.
            let response = ui.interact(cell.expand(CELL_GAP / 2.0), ui.next_auto_id().with("cell"), Sense::click());
            let response = named(response.on_hover_cursor(CursorIcon::PointingHand), &row_name(row));
            if response.hovered() {
                ring = Some(p.select);
            }
            if response.clicked() {
                out.act(UiAction::PinRow(row));
            }
        }
    }
    if let Some(color) = ring {
        drawings::ring(ui, cell, color);
    }
}

fn row_name(row: u32) -> String {
    format!("row {}", thousands(u64::from(row)))
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
