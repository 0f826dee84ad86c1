//! The line by which something is played again: play and stop, how far, loop.

use egui::{Button, RichText, Slider, Ui, vec2};
use std::time::Duration;

use super::theme::Palette;
use super::widgets::{joined, named, width_of};
use crate::app::hand::PlayWish;
use crate::data::strokes::MOST_PAUSE_MS;

/// Points that the button takes whatever it says, and what follows the slider besides the time.
const PLAY_WIDTH: f32 = 58.0;
const AFTER_SLIDER: f32 = 73.0;
/// Between two pictures of what is played: more of them show nothing more.
const STEP: Duration = Duration::from_millis(16);

/// How far something has been played.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Playing {
    /// So far, ms.
    pub at_ms: f64,
    /// Of so much, ms.
    pub length_ms: f64,
    /// The hand moves.
    pub plays: bool,
    /// It is played again and again.
    pub loops: bool,
}

/// With one decimal.
pub(super) fn seconds(ms: f64) -> String {
    format!("{:.1}", ms / 1e3)
}

/// Shows it, and asks for the next frame while the hand moves; `what` is played. Answers what was asked for.
pub(super) fn show(ui: &mut Ui, playing: Playing, what: &str, p: &Palette) -> Option<PlayWish> {
    let Playing { at_ms, length_ms, plays, loops } = playing;
    if plays {
        ui.ctx().request_repaint_after(STEP);
    }
    let at = at_ms.min(length_ms);
    let mut wish = None;
    ui.horizontal(|ui| {
        let (text, name) =
            if plays { ("Pause", "Pause (Space)".to_owned()) } else { ("Play", format!("Play {what} again (Space)")) };
        let button = Button::new(text).min_size(vec2(PLAY_WIDTH, 0.0));
        if named(ui.add(button), &name).on_hover_text(&name).clicked() {
            wish = Some(PlayWish::Toggle);
        }
        let so_far = format!("{} of {} s", seconds(at), seconds(length_ms));
        // As wide as the longest time, so that the slider stays as it is.
        let longest = RichText::new(format!("{0} of {0} s", seconds(length_ms))).small();
        let after = width_of(ui, joined(ui, [longest])) + AFTER_SLIDER;
        ui.spacing_mut().slider_width = (ui.available_width() - after).max(40.0);
        let mut to = at;
        let slider = ui.add(Slider::new(&mut to, 0.0..=length_ms.max(1.0)).show_value(false).trailing_fill(true));
        if named(slider, &format!("How much of {what}")).changed() {
            wish = Some(PlayWish::Seek(to));
        }
        let pauses = format!("pauses longer than {} s are cut short", seconds(MOST_PAUSE_MS));
        ui.label(RichText::new(so_far).small().color(p.secondary)).on_hover_text(pauses);
        if named(ui.selectable_label(loops, "Loop"), "Play again and again").clicked() {
            wish = Some(PlayWish::Loop(!loops));
        }
    });
    wish
}
