//! The selected drawings, drawn at once: a card over everything with a contact sheet that is played.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{
    Button, Color32, ColorImage, Frame, Id, Key, Margin, Modal, Modifiers, Rect, RichText, Sense, Sides, TextureHandle,
    TextureOptions, Ui, Vec2, WidgetInfo, pos2,
};
use std::sync::Arc;

use super::UiState;
use super::model::{Dialog, UiModel};
use super::output::{UiAction, UiOutput};
use super::playing::{self, Playing};
use super::theme::Palette;
use super::widgets::{cross, frame, named};
use crate::app::hand::{HandWish, PlayWish};
use crate::words::{counted, thousands};

/// Around what is on the card, and what else the sheet leaves of a window, points.
const MARGINS: Margin = Margin { left: 24, right: 24, top: 18, bottom: 15 };
const AROUND: Vec2 = Vec2::new(32.0, 168.0);
/// A line of controls needs so much.
const LEAST_WIDTH: f32 = 460.0;
/// So many records without strokes are named.
const NAMED: usize = 3;

/// What is shown of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TogetherModel<'a> {
    /// How many are selected.
    pub selected: u32,
    /// How many of them are shown.
    pub shown: usize,
    /// How many of these have been read; `None` where all have.
    pub read: Option<usize>,
    /// Those without strokes, and why.
    pub without: &'a [(u32, String)],
    /// How far they have been played.
    pub playing: Playing,
    /// How they look now; physical pixels.
    pub picture: Option<&'a Arc<ColorImage>>,
}

/// The picture on the screen, and what it was made of.
#[derive(Clone)]
pub(super) struct Sheet {
    of: Arc<ColorImage>,
    texture: TextureHandle,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("size", &self.of.size).finish_non_exhaustive()
    }
}

/// How much room a window of this size has for the sheet, points.
pub fn room([width, height]: [f32; 2]) -> [f32; 2] {
    let around = MARGINS.sum() + AROUND;
    [(width - around.x).max(1.0), (height - around.y).max(1.0)]
}

/// Shows them over everything, where they are open.
pub(super) fn show(ui: &Ui, model: &UiModel<'_>, state: &mut UiState, out: &mut UiOutput) {
    let Dialog::Together(together) = model.dialog else {
        state.together = None;
        return;
    };
    let (screen, p) = (ui.ctx().content_rect(), model.theme.palette());
    out.covered.push(screen);
    // Whatever has the focus.
    let is_toggled = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space)) && !state.dialog_opened();
    if is_toggled {
        out.act(UiAction::Hand(HandWish::PlayAll(PlayWish::Toggle)));
    }
    let size = size_of(&together, room(screen.size().into()), ui.pixels_per_point());
    let id = Id::unique("inkfield together");
    let page = Modal::new(id)
        .area(Modal::default_area(id).fade_in(false))
        .frame(Frame::window(ui.style()).inner_margin(MARGINS))
        .backdrop_color(p.backdrop);
    let shown = page.show(ui.ctx(), |ui| {
        ui.set_width(size.x.max(LEAST_WIDTH.min(screen.width() - AROUND.x - MARGINS.sum().x)));
        let heading = |ui: &mut Ui| ui.label(RichText::new(title(&together)).heading());
        let (_, is_crossed) = Sides::new().shrink_left().show(ui, heading, |ui| cross(ui, "Close"));
        ui.add_space(8.0);
        ui.vertical_centered(|ui| show_sheet(ui, &together, size, state, p));
        ui.add_space(8.0);
        match together.read {
            Some(read) => _ = ui.label(RichText::new(format!("reading strokes… {read} of {}", together.shown)).weak()),
            None => {
                if let Some(asked) = playing::show(ui, together.playing, "these drawings", p) {
                    out.act(UiAction::Hand(HandWish::PlayAll(asked)));
                }
            }
        }
        show_foot(ui, &together, out);
        is_crossed
    });
    let is_escaped = ui.input(|i| i.key_pressed(Key::Escape)) && !state.dialog_opened();
    if shown.inner || is_escaped || shown.backdrop_response.clicked() {
        out.act(UiAction::CloseDialog);
    }
}

/// "50 drawings, drawn at once", "The first 400 of 1,204 drawings, drawn at once".
fn title(together: &TogetherModel<'_>) -> String {
    let shown = together.shown as u64;
    if shown < u64::from(together.selected) {
        format!("The first {shown} of {} drawings, drawn at once", thousands(together.selected.into()))
    } else if shown == 1 {
        "1 drawing, as it was drawn".to_owned()
    } else {
        format!("{shown} drawings, drawn at once")
    }
}

/// How large the picture is shown, points: its pixels are those of the screen, unless there is no room for that.
fn size_of(together: &TogetherModel<'_>, room: [f32; 2], pixels_per_point: f32) -> Vec2 {
    let Some(picture) = together.picture.filter(|picture| picture.size.iter().all(|&side| side > 0)) else {
        return Vec2::ZERO;
    };
    let size = Vec2::from(picture.size.map(|side| side as f32 / pixels_per_point));
    size * (room[0] / size.x).min(room[1] / size.y).min(1.0)
}

fn show_sheet(ui: &mut Ui, together: &TogetherModel<'_>, size: Vec2, state: &mut UiState, p: &Palette) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, title(together)));
    let Some(picture) = together.picture.filter(|_| size.x > 0.0) else { return };
    let mut sheet = state.together.take().filter(|sheet| sheet.of.size == picture.size).unwrap_or_else(|| {
        let texture = ui.ctx().load_texture("drawings at once", Arc::clone(picture), TextureOptions::LINEAR);
        Sheet { of: Arc::clone(picture), texture }
    });
    if !Arc::ptr_eq(&sheet.of, picture) {
        // As a part of it: a texture that comes whole has panels painted again.
        sheet.texture.set_partial([0, 0], Arc::clone(picture), TextureOptions::LINEAR);
        sheet.of = Arc::clone(picture);
    }
    ui.painter().image(sheet.texture.id(), rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::WHITE);
    frame(ui.painter(), rect, 0.0, p.hairline);
    state.together = Some(sheet);
}

/// Which have no strokes, and a way to take all of them along.
fn show_foot(ui: &mut Ui, together: &TogetherModel<'_>, out: &mut UiOutput) {
    ui.add_space(4.0);
    let left = |ui: &mut Ui| {
        let response = ui.label(RichText::new(without(together)).small().weak());
        if !together.without.is_empty() {
            let lines: Vec<String> = together.without.iter().map(|(row, why)| format!("row {row}: {why}")).collect();
            response.on_hover_text(lines.join("\n"));
        }
    };
    let right = |ui: &mut Ui| {
        let text = "Save as animation…";
        named(ui.add(Button::new(text)), text).clicked()
    };
    let ((), is_saved) = Sides::new().shrink_left().truncate().show(ui, left, right);
    if is_saved {
        out.act(UiAction::Hand(HandWish::SaveAll));
    }
}

/// "2 records have no strokes that can be read: rows 7, 12"; empty where all have.
fn without(together: &TogetherModel<'_>) -> String {
    let count = together.without.len();
    if count == 0 {
        return String::new();
    }
    let rows: Vec<String> = together.without.iter().take(NAMED).map(|(row, _)| row.to_string()).collect();
    let more = if count > NAMED { ", …" } else { "" };
    let records = counted(count as u64, "record has no strokes", "records have no strokes");
    format!("{records} that can be read: {} {}{more}", if count == 1 { "row" } else { "rows" }, rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_says_how_many_of_how_many_and_the_foot_which_have_no_strokes() {
        let of = |selected, shown| TogetherModel { selected, shown, ..TogetherModel::default() };
        assert_eq!(title(&of(50, 50)), "50 drawings, drawn at once");
        assert_eq!(title(&of(1_204, 400)), "The first 400 of 1,204 drawings, drawn at once");
        let broken: Vec<(u32, String)> = [7, 12, 20, 31].map(|row| (row, "no record".to_owned())).into();
        let without = |count| without(&TogetherModel { without: &broken[..count], ..of(50, 50) });
        assert_eq!(without(0), "");
        assert_eq!(without(1), "1 record has no strokes that can be read: row 7");
        assert_eq!(without(4), "4 records have no strokes that can be read: rows 7, 12, 20, …");
    }

    #[test]
    fn pixels_are_those_of_the_screen_unless_there_is_no_room() {
        let picture = Arc::new(ColorImage::filled([400, 200], Color32::BLACK));
        let model = TogetherModel { picture: Some(&picture), ..TogetherModel::default() };
        assert_eq!(size_of(&model, [800.0, 600.0], 1.0), Vec2::new(400.0, 200.0));
        assert_eq!(size_of(&model, [800.0, 600.0], 2.0), Vec2::new(200.0, 100.0));
        assert_eq!(size_of(&model, [100.0, 600.0], 1.0), Vec2::new(100.0, 50.0));
    }
}
