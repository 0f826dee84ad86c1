//! Captions: a line of text on a strip of ground, at the lower edge of each drawing.

use super::{Key, rgb};
use crate::fonts::{SMALL, regular};
use crate::scene::palette::Palette;
use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Rect, pos2, vec2};

/// Height of the strip and what is left of it beside the text, points.
const HEIGHT: f32 = 16.0;
const PADDING: f32 = 3.0;
/// How much of the drawing the strip covers.
const COVER: f32 = 0.86;

/// Lays captions out.
pub(super) fn lay_out(painter: &egui::Painter, key: &Key) {
    let palette = Palette::of(key.theme);
    let format = TextFormat { font_id: regular(SMALL), color: rgb(palette.ink), ..TextFormat::default() };
    for caption in &key.captions {
        let [left, bottom, width] = [caption.left_px, caption.bottom_px, caption.width_px].map(|px| px / key.scale);
        let mut job = LayoutJob::single_section(caption.text.to_string(), format.clone());
        job.wrap = TextWrapping {
            max_width: width - 2.0 * PADDING,
            max_rows: 1,
            break_anywhere: true,
            overflow_character: Some('…'),
        };
        let galley = painter.layout_job(job);
        let strip = Rect::from_min_max(pos2(left, bottom - HEIGHT), pos2(left + width, bottom));
        painter.rect_filled(strip, 0.0, rgb(palette.ground).gamma_multiply(COVER));
        let free = (strip.size() - galley.size()) / 2.0;
        painter.galley(strip.min + vec2(free.x.max(PADDING), free.y), galley, rgb(palette.ink));
    }
}
