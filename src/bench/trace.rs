//! A minute of scripted use in the real window, frame by frame.

use super::figure::Figure;
use super::phase::{LAYOUT, Phase, Sample};
use super::samples::Summary;
use super::svg::{BAND, BLUE, GRID, INK, LogAxis, ORANGE, QUIET, Svg};
use super::worker::Own;
use super::{BenchError, BenchOptions, window};
use crate::scene::layout::LayoutKind;

/// What goes on, and for how many seconds.
const ACTS: [(LayoutKind, Act, u32); 8] = [
    (LayoutKind::GRID, Act::Frames(Figure::Moving), 12),
    (LayoutKind::GRID, Act::Hover { moving: false }, 6),
    (LayoutKind::GRID, Act::Frames(Figure::OverviewThumbnails), 6),
    (LayoutKind::GRID, Act::Frames(Figure::Visible1Pct), 6),
    (LayoutKind::INDEX, Act::Frames(Figure::Moving), 12),
    (LayoutKind::INDEX, Act::Hover { moving: true }, 6),
    (LayoutKind::INDEX, Act::Frames(Figure::OverviewDots), 6),
    (LayoutKind::INDEX, Act::Frames(Figure::Visible10Pct), 6),
];
const SIZE: [f64; 2] = [1220.0, 420.0];
/// A frame of a screen that shows 60 a second, ms.
const SIXTY_MS: f64 = 1e3 / 60.0;

#[derive(Clone, Copy)]
enum Act {
    Frames(Figure),
    Hover { moving: bool },
}

/// Plays a minute in the window; `seconds` is how long all of it takes after everything has been read.
pub fn play(options: &BenchOptions, own: Own, seconds: f64) -> Result<Vec<Sample>, BenchError> {
    let total: u32 = ACTS.iter().map(|act| act.2).sum();
    let mut phases = vec![Phase::Load];
    for (kind, act, share) in ACTS {
        let length = seconds * f64::from(share) / f64::from(total);
        phases.push(Phase::Layout(kind));
        let inner = match act {
            Act::Frames(figure) => Phase::frames(figure, kind.to_string(), u32::MAX),
            Act::Hover { moving } => Phase::Hover { case: kind.to_string(), count: u32::MAX, moving },
        };
        phases.push(Phase::Timed { seconds: length, inner: Box::new(inner) });
    }
    let mut trace = window::play(options, own, phases)?.trace;
    // The start is told by other figures.
    trace.retain(|sample| sample.phase != Phase::Load.name());
    // The frames of a change of layouts belong to what follows it.
    let mut follows = None;
    for sample in trace.iter_mut().rev() {
        if sample.phase.starts_with(LAYOUT) {
            sample.phase = follows.clone().unwrap_or_default();
        } else {
            follows = Some(sample.phase.clone());
        }
    }
    Ok(trace)
}

/// The picture of a trace (SVG): each frame at its time, what was going on above.
pub fn picture(trace: &[Sample], title: &str) -> String {
    let mut svg = Svg::new(SIZE[0], SIZE[1]);
    let (x0, x1, y0, y1) = (56.0, SIZE[0] - 20.0, SIZE[1] - 44.0, 92.0);
    let (from, to) = trace.first().zip(trace.last()).map_or((0.0, 1.0), |(a, b)| (a.at_s, b.at_s));
    let x = |at_s: f64| x0 + (x1 - x0) * ((at_s - from) / (to - from).max(1e-9)).clamp(0.0, 1.0);
    let y = LogAxis::of(trace.iter().map(|sample| sample.ms).chain([SIXTY_MS]), y0, y1);
    svg.text([20.0, 30.0], "Frame times of scripted use in the window", 18.0, INK, "start");
    let all: Vec<f64> = trace.iter().map(|sample| sample.ms).collect();
    let numbers = Summary::of(&all).map_or_else(String::new, |s| {
        format!(
            " · {} frames · median {:.1} ms · 99th percentile {:.1} ms · longest {:.1} ms",
            s.n, s.p50, s.p99, s.max
        )
    });
    svg.text([20.0, 50.0], &format!("{title}{numbers}"), 12.0, QUIET, "start");
    for (i, part) in trace.chunk_by(|a, b| a.phase == b.phase).enumerate() {
        let Some((first, last)) = part.first().zip(part.last()) else { continue };
        let (a, b) = (x(first.at_s), x(last.at_s));
        if i % 2 == 1 {
            svg.area(&[[a, y1], [b, y1], [b, y0], [a, y0]], BAND);
        }
        // Names of neighbours stand on two lines.
        let line = if i % 2 == 1 { 12.0 } else { 0.0 };
        svg.text([f64::midpoint(a, b), y1 - 8.0 - line], &first.phase, 11.0, INK, "middle");
    }
    for (value, label) in y.ticks() {
        svg.line([x0, y.px(value)], [x1, y.px(value)], GRID, "");
        svg.text([x0 - 6.0, y.px(value) + 4.0], &label, 11.0, QUIET, "end");
    }
    for second in (0..=(to - from).ceil() as u32).step_by(10) {
        let at = x(from + f64::from(second));
        svg.text([at, y0 + 16.0], &second.to_string(), 11.0, QUIET, "middle");
    }
    svg.text([f64::midpoint(x0, x1), y0 + 34.0], "seconds", 11.0, QUIET, "middle");
    svg.text([20.0, y1 - 8.0], "ms", 11.0, QUIET, "start");
    svg.dots(trace.iter().map(|sample| [x(sample.at_s), y.px(sample.ms)]), 1.4, BLUE);
    svg.line([x0, y.px(SIXTY_MS)], [x1, y.px(SIXTY_MS)], ORANGE, "5 4");
    svg.text([x1, y.px(SIXTY_MS) - 5.0], "60 a second", 11.0, ORANGE, "end");
    svg.line([x0, y0], [x1, y0], QUIET, "");
    svg.finish()
}
