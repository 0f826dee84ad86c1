//! What strokes say of a drawing in numbers: columns to sort, colour, filter and group by.

use super::drawing::Drawing;

/// The side of the canvas that lengths are told in: the longer side of every drawing.
const CANVAS: f64 = 255.0;
/// Areas below it, in square units of the canvas, run neither way round.
const LEAST_AREA: f64 = 1.0;
/// A stroke is closed where its ends are nearer to each other than this part of its length.
const CLOSED: f64 = 0.1;

/// Numbers of one drawing; `None` where there is none, as of times in simplified strokes. Lengths are in units of which the longer side
/// of the drawing has 255, whatever screen it was drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Strokes.
    pub strokes: f64,
    /// Points of all strokes.
    pub points: f64,
    /// From the first point to the last, in seconds.
    pub seconds: Option<f64>,
    /// The part of that in which the pen was down, 0 to 1.
    pub pen_down: Option<f64>,
    /// Along all strokes, pauses apart.
    pub length: f64,
    /// Length a second of the time in which the pen was down.
    pub speed: Option<f64>,
    /// Where it begins, from the left, 0 to 255.
    pub start_x: f64,
    /// Where it begins, from the top, 0 to 255.
    pub start_y: f64,
    /// Of the strokes that enclose an area with the line between their ends, the share that runs clockwise, 0 to 1.
    pub clockwise: Option<f64>,
    /// Strokes of three points or more whose ends lie nearer to each other than a tenth of their length.
    pub closed: f64,
}

impl Measures {
    /// What the columns are called; in the order of [`Self::values`].
    pub const NAMES: [&str; 10] = [
        "drawing.strokes",
        "drawing.points",
        "drawing.seconds",
        "drawing.pen_down",
        "drawing.length",
        "drawing.speed",
        "drawing.start_x",
        "drawing.start_y",
        "drawing.clockwise",
        "drawing.closed",
    ];

    /// The numbers of a drawing with at least one stroke.
    pub fn of(drawing: &Drawing) -> Self {
        let (low, high) = drawing.bounds();
        let extent = (high[0] - low[0]).max(high[1] - low[1]);
        let unit = if extent > 0.0 { CANVAS / extent } else { 0.0 };
        let start = drawing.points().first().copied().unwrap_or(low);
        let mut measures = Self {
            strokes: drawing.len() as f64,
            points: drawing.points().len() as f64,
            start_x: (start[0] - low[0]) * unit,
            start_y: (start[1] - low[1]) * unit,
            ..Self::default()
        };
        let (mut round, mut clockwise) = (0_u32, 0_u32);
        for stroke in drawing.strokes() {
            let pairs = || stroke.array_windows().map(|[a, b]| (a, b));
            let length = pairs().map(|(a, b)| distance(a, b)).sum::<f64>() * unit;
            measures.length += length;
            if let [first, _, .., last] = stroke {
                // About the first point, so that far coordinates cost no digits. Down is positive: so is clockwise.
                let turn = |(a, b): (&[f64; 2], &[f64; 2])| {
                    (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1])
                };
                let area = pairs().map(turn).sum::<f64>() / 2.0 * unit * unit;
                round += u32::from(area.abs() > LEAST_AREA);
                clockwise += u32::from(area > LEAST_AREA);
                let is_closed = stroke.len() > 2 && length > 0.0 && distance(first, last) * unit < CLOSED * length;
                measures.closed += f64::from(u8::from(is_closed));
            }
        }
        measures.clockwise = (round > 0).then(|| f64::from(clockwise) / f64::from(round));
        measures.time(drawing);
        measures
    }

    fn time(&mut self, drawing: &Drawing) {
        let times = drawing.times();
        let (Some(first), Some(last)) = (times.first(), times.last()) else { return };
        let seconds = (last - first) / 1000.0;
        let down = |range: std::ops::Range<usize>| match times.get(range) {
            Some([first, .., last]) => (last - first) / 1000.0,
            _ => 0.0,
        };
        let down: f64 = drawing.ranges().map(down).sum();
        self.seconds = Some(seconds);
        self.pen_down = (seconds > 0.0).then(|| down / seconds);
        self.speed = (down > 0.0).then(|| self.length / down);
    }

    /// The numbers by their columns.
    pub fn values(&self) -> [Option<f64>; 10] {
        let Self { strokes, points, seconds, pen_down, length, speed, start_x, start_y, clockwise, closed } = *self;
        let known = [strokes, points, length, start_x, start_y, closed].map(Some);
        let [strokes, points, length, start_x, start_y, closed] = known;
        [strokes, points, seconds, pen_down, length, speed, start_x, start_y, clockwise, closed]
    }
}

fn distance(a: &[f64; 2], b: &[f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    (dx * dx + dy * dy).sqrt()
}
