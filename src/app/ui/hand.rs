//! A drawing as its hand made it: strokes in the place of the inspector's picture, how they are coloured, and playing them again.

use egui::emath::GuiRounding as _;
use egui::{Color32, Label, Pos2, Rect, RichText, Shape, Stroke, TextureHandle, TextureOptions, Ui, Vec2, pos2};
use std::sync::Arc;

use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::playing::{self, Playing, seconds};
use super::widgets::{choice, track};
use super::zoomed::Zoomed;
use crate::app::hand::{HandWish, Shade, Shown};
use crate::data::strokes::{PEN_WIDTH, Written};
use crate::scene::palette::Theme;
use crate::scene::rows::{RowColors, ScalePalette};
use crate::words::counted;

/// The pen of the published bitmaps, by their side; over pixels and where a hand is coloured it is thinner.
const PEN: f32 = PEN_WIDTH as f32;
const THIN: f32 = 5.0 / 304.0;
/// How much is seen of what has not been drawn yet.
const GHOST: f32 = 0.12;

/// How a drawing was made, in the inspector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandModel<'a> {
    /// What is shown of it.
    pub shown: Shown,
    /// What colours strokes.
    pub shade: Shade,
    /// Its strokes, or why there are none; `None` where they are not looked at.
    pub strokes: Option<Result<&'a Arc<Written>, &'a str>>,
    /// Its bitmap as it is seen, where strokes lie over it.
    pub pixels: Option<&'a Arc<egui::ColorImage>>,
    /// How far it has been played, ms; `None` where it is whole.
    pub at_ms: Option<f64>,
    /// The hand moves.
    pub plays: bool,
    /// It is played again and again.
    pub loops: bool,
}

impl HandModel<'_> {
    /// Whether strokes take the place of the picture.
    pub(super) fn is_of_strokes(&self) -> bool {
        self.shown != Shown::Pixels
    }
}

/// How strokes are looked at that are to be seen as a whole, in units of the published bitmaps.
pub(super) fn whole() -> Zoomed {
    Zoomed::whole([304.0; 2])
}

/// The bitmap under strokes on the screen, and what it was made of.
#[derive(Clone)]
pub(super) struct UnderStrokes {
    of: Arc<egui::ColorImage>,
    texture: TextureHandle,
}

impl std::fmt::Debug for UnderStrokes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnderStrokes").field("size", &self.of.size).finish_non_exhaustive()
    }
}

/// Shows strokes in `rect`. What is said below is their number and time.
pub(super) fn show(
    ui: &mut Ui,
    rect: Rect,
    hand: &HandModel<'_>,
    (under, zoomed): (&mut Option<UnderStrokes>, &Zoomed),
    theme: Theme,
) -> Option<String> {
    let p = theme.palette();
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    // Whole pixels of the screen each, as the bitmap has them elsewhere.
    let square = zoomed.whole_in(rect, ui.pixels_per_point()).round_to_pixels(ui.pixels_per_point());
    let before = under.take();
    if let Some(pixels) = hand.pixels.filter(|_| hand.shown == Shown::Both) {
        let same = before.filter(|before| Arc::ptr_eq(&before.of, pixels));
        let of = under.insert(same.unwrap_or_else(|| UnderStrokes {
            of: Arc::clone(pixels),
            texture: ui.ctx().load_texture("drawing under strokes", (**pixels).clone(), TextureOptions::NEAREST),
        }));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(of.texture.id(), square, whole, Color32::WHITE);
    }
    let written = match hand.strokes? {
        Ok(written) => written,
        Err(why) => {
            ui.put(rect.shrink(16.0), Label::new(RichText::new(format!("no strokes: {why}")).weak()).wrap());
            return None;
        }
    };
    let is_thin = hand.shown == Shown::Both || hand.shade != Shade::Plain;
    let width = square.width() * if is_thin { THIN } else { PEN };
    let colors = Colors::of(written, hand.shade, hand.shown, theme);
    let at = |[x, y]: [f32; 2]| square.min + Vec2::new(x, y) * square.size();
    if let Some(ms) = hand.at_ms.filter(|ms| *ms < written.timeline.length_ms()) {
        let ghost = p.ink.gamma_multiply(GHOST);
        for (points, _) in written.strokes() {
            let line: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
            painter.add(Shape::line(line, Stroke::new(1.0, ghost)));
        }
        paint(&painter, written.drawn(ms), width, &colors, &at);
    } else {
        paint(&painter, written.drawn(f64::INFINITY), width, &colors, &at);
    }
    // Of what is fitted the side may be rounded to a pixel.
    let times = square.width() / rect.width().min(rect.height());
    let zoom = if times > 1.05 { format!(" · {times:.1} times as large") } else { String::new() };
    Some(said(written) + &zoom)
}

/// Paints strokes: round joins and ends.
fn paint(
    painter: &egui::Painter,
    drawn: impl Iterator<Item = Vec<[f32; 2]>>,
    width: f32,
    colors: &Colors,
    at: &impl Fn([f32; 2]) -> Pos2,
) {
    for (number, points) in drawn.enumerate() {
        let line: Vec<Pos2> = points.into_iter().map(at).collect();
        for (index, place) in line.iter().enumerate() {
            painter.add(Shape::circle_filled(*place, width / 2.0, colors.of_segment(number, index.max(1))));
        }
        // One by one: a polyline's joins are mitred, which leaves spikes where a hand turns.
        for (index, ends) in line.array_windows::<2>().enumerate() {
            painter.add(Shape::line_segment(*ends, Stroke::new(width, colors.of_segment(number, index + 1))));
        }
    }
}

/// "3 strokes · drawn in 4.2 s", "3 strokes · no times in the record: an even pace".
fn said(written: &Written) -> String {
    let strokes = counted(written.len() as u64, "stroke", "strokes");
    match written.timeline.took_ms() {
        None => format!("{strokes} · no times in the record: an even pace"),
        Some(ms) => format!("{strokes} · drawn in {} s", seconds(ms)),
    }
}

/// The colour of each segment of each stroke.
struct Colors {
    /// By stroke, by the point that a segment ends with.
    of: Vec<Vec<Color32>>,
    else_one: Color32,
}

impl Colors {
    fn of(written: &Written, shade: Shade, shown: Shown, theme: Theme) -> Self {
        let p = theme.palette();
        let else_one = if shown == Shown::Both { p.select } else { p.ink };
        let of = match shade {
            Shade::Plain => Vec::new(),
            Shade::Order => by_order(written, theme),
            Shade::Speed => by_speed(written, theme),
            Shade::Direction => by_direction(written, theme),
        };
        Self { of, else_one }
    }

    fn of_segment(&self, stroke: usize, ends_with: usize) -> Color32 {
        let of = self.of.get(stroke);
        of.and_then(|of| of.get(ends_with).or(of.last())).copied().unwrap_or(self.else_one)
    }
}

/// A colour of the scale for 0 to 1; its ends are left out that a theme's ground swallows.
fn on_scale(part: f64, theme: Theme) -> Color32 {
    let last = f64::from(RowColors::SCALE_STEPS - 1);
    let part = if theme == Theme::Paper { part * 0.86 } else { 0.14 + part * 0.86 };
    let [red, green, blue] = ScalePalette::Viridis.step(theme, (part.clamp(0.0, 1.0) * last).round() as u8);
    Color32::from_rgb(red, green, blue)
}

fn by_order(written: &Written, theme: Theme) -> Vec<Vec<Color32>> {
    let last = written.len().saturating_sub(1).max(1) as f64;
    (0..written.len()).map(|number| vec![on_scale(number as f64 / last, theme)]).collect()
}

/// How fast the hand came to each point, by the 95th percentile of the drawing; nothing where no times are known.
fn by_speed(written: &Written, theme: Theme) -> Vec<Vec<Color32>> {
    let speeds: Vec<Vec<f64>> = written.strokes().filter_map(|(points, times)| Some(speeds(points, times?))).collect();
    let mut all: Vec<f64> = speeds.iter().flat_map(|of| of.iter().skip(1)).copied().collect();
    all.sort_by(f64::total_cmp);
    let most = all.get((all.len() * 95 / 100).min(all.len().saturating_sub(1))).copied().unwrap_or(1.0).max(1e-12);
    speeds.iter().map(|of| of.iter().map(|speed| on_scale(speed / most, theme)).collect()).collect()
}

/// Parts of the side a ms, with which each point was come to; the first has that of the second.
fn speeds(points: &[[f32; 2]], times: &[f64]) -> Vec<f64> {
    let between = points.array_windows::<2>().zip(times.array_windows::<2>());
    let speeds = between
        .map(|([from, to], [start, end])| f64::from((to[0] - from[0]).hypot(to[1] - from[1])) / (end - start).max(1.0));
    let speeds: Vec<f64> = speeds.collect();
    speeds.first().copied().into_iter().chain(speeds.iter().copied()).collect()
}

/// A hue for each direction: equal ones have one, opposite ones are as far apart as can be.
fn by_direction(written: &Written, theme: Theme) -> Vec<Vec<Color32>> {
    // Of linear light: dark enough on paper, bright enough at night.
    let value = if theme == Theme::Paper { 0.45 } else { 0.9 };
    let color = |[from, to]: &[[f32; 2]; 2]| {
        let angle = (to[1] - from[1]).atan2(to[0] - from[0]);
        Color32::from(egui::ecolor::Hsva::new((angle / std::f32::consts::TAU).rem_euclid(1.0), 0.82, value, 1.0))
    };
    let of = |points: &[[f32; 2]]| {
        let colors: Vec<Color32> = points.array_windows::<2>().map(color).collect();
        colors.first().copied().into_iter().chain(colors.iter().copied()).collect()
    };
    written.strokes().map(|(points, _)| of(points)).collect()
}

/// What is shown, what colours strokes, and how they are played.
pub(super) fn show_choices(ui: &mut Ui, hand: &HandModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    let mut wish = |wish| out.act(UiAction::Hand(wish));
    track(ui, |ui| {
        for shown in Shown::ALL {
            if choice(ui, shown.title(), hand.shown == shown, None, p) {
                wish(HandWish::Show(shown));
            }
        }
    });
    let Some(Ok(written)) = hand.strokes.filter(|_| hand.shown != Shown::Pixels) else {
        ui.add_space(6.0);
        return;
    };
    ui.add_space(4.0);
    let no_times = "the record has no times";
    track(ui, |ui| {
        for shade in Shade::ALL {
            let why_not = (shade == Shade::Speed && written.timeline.took_ms().is_none()).then_some(no_times);
            if choice(ui, shade.title(), hand.shade == shade, why_not, p) {
                wish(HandWish::Shade(shade));
            }
        }
    });
    ui.add_space(4.0);
    let length_ms = written.timeline.length_ms();
    let at_ms = hand.at_ms.unwrap_or(length_ms);
    let playing = Playing { at_ms, length_ms, plays: hand.plays, loops: hand.loops };
    if let Some(asked) = playing::show(ui, playing, "the drawing", p) {
        wish(HandWish::Play(asked));
    }
    ui.add_space(6.0);
}
