//! The welcome page's ornament: a small octopus as the viewer would show it, a block of pixels.

use egui::emath::GuiRounding as _;
use egui::{Color32, Rect, Sense, Ui, pos2, vec2};

use super::theme::Palette;

/// Ink of each texel, 0 (space) to 3.
const INK: [&str; 14] = [
    "     123321     ",
    "   1333333331   ",
    "  13333333333 1 ",
    "  333333333333  ",
    " 1333 333 33331 ",
    " 1333 333 33331 ",
    "  333333333333  ",
    "  133333333331  ",
    "   3333333333   ",
    " 133233233 3321 ",
    "132 132 33 1333 ",
    "33  33  133  33 ",
    "23 13 1  33 1331",
    " 1  1    1   1  ",
];

/// Side of a texel in points.
const TEXEL: f32 = 5.0;

/// Shows it.
pub(super) fn show(ui: &mut Ui, p: &Palette) {
    let ppp = ui.pixels_per_point();
    let side = (TEXEL * ppp).round().max(1.0) / ppp;
    let columns = INK[0].len() as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(columns, INK.len() as f32) * side, Sense::hover());
    let origin = rect.min.round_to_pixels(ppp);
    for (j, row) in INK.iter().enumerate() {
        for (i, ink) in row.chars().enumerate() {
            let Some(level) = ink.to_digit(4) else {
                continue;
            };
            let min = pos2(origin.x + i as f32 * side, origin.y + j as f32 * side);
            let color: Color32 = p.ground.lerp_to_gamma(p.ink, level as f32 / 3.0);
            ui.painter().rect_filled(Rect::from_min_size(min, vec2(side, side)), 0, color);
        }
    }
}
