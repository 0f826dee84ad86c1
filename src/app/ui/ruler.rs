//! The ruler of sizes in the status line: a slider for how large drawings are shown.

use egui::{Response, Slider, SliderClamping, Ui, WidgetInfo};

use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::widgets::focus_ring;
use crate::words::length;

/// How wide it is, in points.
pub(super) const WIDTH: f32 = 120.0;
const NAME: &str = "Size of drawings";

/// How large drawings are, physical pixels a cell of their layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RulerModel {
    /// Now.
    pub side: f32,
    /// As far away and as near as one can go.
    pub sides: [f32; 2],
}

/// Shows it; each step of it is the same ratio.
pub(super) fn show(ui: &mut Ui, model: &RulerModel, p: &Palette, out: &mut UiOutput) {
    let [least, most] = model.sides;
    let mut side = model.side.clamp(least, most.max(least));
    let response = ui
        .scope(|ui| {
            let spacing = ui.spacing_mut();
            (spacing.slider_width, spacing.interact_size.y) = (WIDTH, 16.0);
            let slider = Slider::new(&mut side, least..=most.max(least)).logarithmic(true).show_value(false);
            // What is in force stays as it is until somebody moves the handle.
            ui.add(slider.clamping(SliderClamping::Never).smallest_positive(f64::from(least)))
        })
        .inner;
    let response = named(response, side);
    focus_ring(ui, &response, response.rect, p);
    out.ruler = Some(response.rect);
    // Arrows move the handle and not the picture.
    out.takes_keys |= response.has_focus();
    // A press begins a step of undo, wherever on the handle it was.
    let begins = response.drag_started();
    if (begins || response.changed()) && side.is_finite() {
        out.act(UiAction::Size { side, goes_on: response.dragged() && !begins });
    }
    response.on_hover_text(format!("{NAME}: {} px", length(model.side)));
}

fn named(response: Response, side: f32) -> Response {
    response.widget_info(|| WidgetInfo::slider(true, f64::from(side), NAME));
    response
}
