//! A card with a text field, below the bar.

use egui::{Area, Frame, Id, InnerResponse, Key, Order, Rect, Ui, pos2};

use super::output::{UiAction, UiOutput};
use super::theme::MARGIN;

const WIDTH: f32 = 380.0;

/// Where cards go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// The scatter viewport, in whose upper part they lie.
    pub scatter: Rect,
    /// What lies between bar and status line: theirs in a narrow window.
    pub middle: Rect,
}

impl Room {
    fn area(&self) -> Rect {
        if self.scatter.width() >= WIDTH + 32.0 { self.scatter } else { self.middle }
    }

    /// How high a list on a card may be, with so much besides.
    pub(super) fn list_height(&self, besides: f32) -> f32 {
        (self.area().height() * 0.9 - besides).max(48.0)
    }
}

/// Shows a card, which Esc closes.
pub(super) fn show(ui: &Ui, room: Room, out: &mut UiOutput, contents: impl FnOnce(&mut Ui, &mut UiOutput)) {
    let area = room.area();
    let width = WIDTH.min(area.width() - 16.0).max(200.0);
    let card = Area::new(Id::unique("inkfield dialog"))
        .order(Order::Foreground)
        .fixed_pos(pos2(area.center().x - width / 2.0, area.top() + 24.0_f32.min(area.height() * 0.1)))
        .constrain(false)
        .fade_in(false);
    let InnerResponse { response, .. } = card.show(ui.ctx(), |ui| {
        Frame::window(ui.style()).show(ui, |ui| {
            ui.set_width(width - 2.0 * f32::from(MARGIN));
            contents(ui, out);
        });
    });
    if ui.input(|i| i.key_pressed(Key::Escape)) {
        out.act(UiAction::CloseDialog);
    }
    out.covered.push(response.rect);
}
