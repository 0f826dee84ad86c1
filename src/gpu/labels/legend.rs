//! A legend in the upper right corner: colours, values, how many drawings have them.

use super::{Key, rgb};
use crate::fonts::{SMALL, regular, semibold};
use crate::scene::overlay::{Histogram, Legend, LegendEntry};
use crate::scene::palette::{Palette, Rgb, Theme};
use crate::words::counted;
use egui::{Align2, FontId, Galley, Painter, Rect, Stroke, StrokeKind, pos2, vec2};
use std::sync::Arc;

const MARGIN: f32 = 12.0;
const PADDING: f32 = 10.0;
const LINE: f32 = 18.0;
const SWATCH: f32 = 10.0;
const GAP: f32 = 14.0;
/// Least width of a scale, and the height of its histogram.
const BAR: f32 = 160.0;
const HISTOGRAM: f32 = 40.0;
/// What marks an end of a scale is so wide, and so much higher than the bar above and below it.
const END: [f32; 2] = [5.0, 2.0];
/// Most lines of values, and the part of the viewport's height that they may take.
const MOST: usize = 16;
const HEIGHT: f32 = 0.7;
/// A viewport that is smaller, points, has no room for a legend.
const LEAST: [f32; 2] = [360.0, 220.0];

/// Where the parts of a legend lie, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendPlaces {
    /// All of it.
    pub card: Rect,
    /// The histogram of a scale, with the bar of its colours below.
    pub scale: Option<Rect>,
    /// The entries that are shown, a line each.
    pub lines: Vec<Rect>,
}

/// A legend with its texts laid out.
struct Arranged {
    places: LegendPlaces,
    title: Arc<Galley>,
    /// The text and the number of each line.
    lines: Vec<[Arc<Galley>; 2]>,
    more: Option<Arc<Galley>>,
    ends: [Arc<Galley>; 2],
}

/// Where the parts of a legend lie in a viewport; `None` where that has no room for it. The painter's context has the same fonts and
/// scale as the picture.
pub fn legend_places(painter: &Painter, legend: &Legend, screen: Rect) -> Option<LegendPlaces> {
    // Colours decide no places.
    arrange(painter, legend, screen, &Palette::of(Theme::Paper)).map(|arranged| arranged.places)
}

fn arrange(painter: &Painter, legend: &Legend, screen: Rect, palette: &Palette) -> Option<Arranged> {
    if screen.width() < LEAST[0] || screen.height() < LEAST[1] {
        return None;
    }
    let galley = |text: &str, font: FontId, color| painter.layout_no_wrap(text.to_owned(), font, rgb(color));
    let scale_height = if legend.scale.is_empty() { 0.0 } else { 2.0 + HISTOGRAM + SWATCH + 2.0 + LINE };
    let room = ((screen.height() * HEIGHT - LINE - scale_height) / LINE) as usize;
    let most = room.clamp(1, MOST);
    let shown = if legend.entries.len() > most { most - 1 } else { legend.entries.len() };
    let left_out: u32 = legend.entries.iter().skip(shown).map(|entry| entry.values).sum();
    let title = galley(&legend.title, semibold(SMALL), palette.ink);
    let line = |entry: &LegendEntry| {
        let color = if entry.is_kept { palette.ink } else { palette.secondary };
        [galley(&entry.text, regular(SMALL), color), galley(&entry.count, regular(SMALL), palette.secondary)]
    };
    let lines: Vec<_> = legend.entries.iter().take(shown).map(line).collect();
    let more = (left_out > 0).then(|| {
        galley(&format!("{} more", counted(left_out.into(), "value", "values")), regular(SMALL), palette.secondary)
    });
    let ends = legend.ends.each_ref().map(|end| galley(end, regular(SMALL), palette.secondary));
    let bar_width = if scale_height > 0.0 { BAR.max(ends[0].size().x + GAP + ends[1].size().x) } else { 0.0 };
    let widest = lines.iter().map(|[text, count]| SWATCH + 8.0 + text.size().x + GAP + count.size().x);
    let last = more.as_ref().map_or(0.0, |more| more.size().x);
    let width = widest.fold(title.size().x.max(bar_width).max(last), f32::max);
    let height = LINE * (1 + lines.len() + usize::from(more.is_some())) as f32 + scale_height;
    let size = vec2(width, height) + vec2(2.0, 2.0) * PADDING;
    let card = Align2::RIGHT_TOP.anchor_size(screen.right_top() + vec2(-MARGIN, MARGIN), size);
    let inside = card.shrink(PADDING);
    let below_title = inside.top() + LINE;
    let scale = (scale_height > 0.0).then(|| {
        let left_top = pos2(inside.left(), below_title + 2.0);
        Rect::from_min_size(left_top, vec2(inside.width(), HISTOGRAM + SWATCH))
    });
    let first = below_title + scale_height;
    let rect =
        |at: usize| Rect::from_min_size(pos2(inside.left(), first + at as f32 * LINE), vec2(inside.width(), LINE));
    let places = LegendPlaces { card, scale, lines: (0..lines.len()).map(rect).collect() };
    Some(Arranged { places, title, lines, more, ends })
}

/// Lays a legend out and says where it lies; what has no room is counted in a last line.
pub(super) fn lay_out(painter: &Painter, legend: &Legend, key: &Key) -> Option<Rect> {
    let palette = Palette::of(key.theme);
    let Arranged { places, title, lines, more, ends } = arrange(painter, legend, key.screen(), &palette)?;
    painter.rect(
        places.card,
        4.0,
        rgb(palette.panel).gamma_multiply(0.94),
        Stroke::new(1.0, rgb(palette.hairline)),
        StrokeKind::Inside,
    );
    let inside = places.card.shrink(PADDING);
    painter.galley(inside.min, title, rgb(palette.ink));
    if let Some(rect) = places.scale {
        lay_out_scale(painter, rect, legend, &palette);
        let below = rect.bottom() + 2.0;
        let [low, high] = ends;
        let right = inside.right() - high.size().x;
        painter.galley(pos2(inside.left(), below), low, rgb(palette.ink));
        painter.galley(pos2(right, below), high, rgb(palette.ink));
    }
    for ((entry, [text, count]), line) in legend.entries.iter().zip(lines).zip(&places.lines) {
        let middle = line.top() + text.size().y / 2.0;
        let swatch = Rect::from_center_size(pos2(inside.left() + SWATCH / 2.0, middle), vec2(SWATCH, SWATCH));
        if entry.is_kept {
            painter.rect_filled(swatch, 2.0, rgb(entry.color));
        } else {
            painter.rect_stroke(swatch, 2.0, Stroke::new(1.5, rgb(entry.color)), StrokeKind::Inside);
        }
        painter.galley(pos2(swatch.right() + 8.0, line.top()), text, rgb(palette.ink));
        painter.galley(pos2(inside.right() - count.size().x, line.top()), count, rgb(palette.secondary));
    }
    if let Some(more) = more {
        painter.galley(pos2(inside.left(), inside.bottom() - LINE), more, rgb(palette.secondary));
    }
    Some(places.card)
}

/// The histogram of a scale, the bar of its colours below, and its two ends.
fn lay_out_scale(painter: &Painter, rect: Rect, legend: &Legend, palette: &Palette) {
    let Some(Histogram { counts, ends, .. }) = &legend.histogram else { return };
    let bar = rect.with_min_y(rect.bottom() - SWATCH);
    let x = |part: f64| rect.left() + (part as f32) * rect.width();
    let [low, high] = *ends;
    let color = |part: f64| -> Rgb {
        let along = if high > low { (part - low) / (high - low) } else { f64::from(u8::from(part > low)) };
        let at = (along.clamp(0.0, 1.0) * legend.scale.len().saturating_sub(1) as f64).round() as usize;
        legend.scale.get(at).copied().unwrap_or(palette.ink)
    };
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bins = counts.len().max(1) as f64;
    for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (left, right) = (x(at as f64 / bins), x((at + 1) as f64 / bins));
        // A single drawing is to be seen, too.
        let height = ((count as f32 / most as f32) * HISTOGRAM).max(1.0);
        let column = Rect::from_min_max(pos2(left, bar.top() - height), pos2(right, bar.top()));
        painter.rect_filled(column, 0.0, rgb(color((at as f64 + 0.5) / bins)));
    }
    // As far as the end: soft edges of single steps would let the ground through.
    let fill = |part: f64, color: Rgb| painter.rect_filled(bar.with_min_x(x(part)), 0.0, rgb(color));
    fill(0.0, color(0.0));
    for (at, &color) in legend.scale.iter().enumerate() {
        fill(low + (high - low) * at as f64 / legend.scale.len() as f64, color);
    }
    fill(high, color(1.0));
    let [width, more] = END;
    for part in [low, high] {
        let line = Rect::from_min_max(pos2(x(part) - 0.5, rect.top()), pos2(x(part) + 0.5, bar.top()));
        painter.rect_filled(line, 0.0, rgb(palette.secondary));
        let grip = Rect::from_center_size(pos2(x(part), bar.center().y), vec2(width, bar.height() + 2.0 * more));
        painter.rect(grip, 2.0, rgb(palette.ink), Stroke::new(1.0, rgb(palette.panel)), StrokeKind::Outside);
    }
}
