//! The strokes of one drawing as they are shown: where its bitmap has them.

use std::ops::Range;

use super::curve;
use super::raster::{BORDER, CANVAS};
use super::simplify::{Corners, TOLERANCE};
use super::timeline::{Reached, Timeline};
use super::{Drawing, placed};

/// Points that are shown at most: of longer drawings every second, fourth, … of each stroke, and its last.
const MOST_POINTS: usize = 20_000;
/// Points of a drawing up to which curves are laid through them: those of more are dense.
const MOST_CURVED: usize = 4_000;
/// How far the points of a curve may lie from it, units of the canvas.
const CURVE_ERROR: f64 = 0.1;

/// A drawing's strokes.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Across the bitmap, 0 to 1, x to the right, y down.
    points: Vec<[f32; 2]>,
    /// When each was drawn, ms; empty where that is not known.
    times: Vec<f64>,
    strokes: Vec<Range<usize>>,
    /// When they are shown.
    pub timeline: Timeline,
}

impl Written {
    /// Of the strokes of a record, raw or simplified, whose points are joined by lines: what bitmaps are rendered from.
    pub fn of(drawing: &Drawing) -> Self {
        let step = drawing.points().len().div_ceil(MOST_POINTS).max(1);
        let (mut points, mut times, mut strokes) = (Vec::new(), Vec::new(), Vec::new());
        let place = placed(drawing);
        for range in drawing.ranges() {
            let start = points.len();
            let last = range.end.saturating_sub(1);
            for at in range.clone().step_by(step).chain((last % step != range.start % step).then_some(last)) {
                points.extend(drawing.points().get(at).map(|point| place(*point).map(|part| part as f32)));
                times.extend(drawing.times().get(at));
            }
            strokes.push(start..points.len());
        }
        Self::from_parts(points, times, strokes)
    }

    /// The same to be seen from near: simplified strokes, which have no times, as curves through their points that stray from the lines
    /// between them by no more than the tolerance of the simplification.
    pub fn curved(drawing: &Drawing) -> Self {
        let lines = Self::of(drawing);
        if !lines.times.is_empty() || lines.points.len() > MOST_CURVED {
            return lines;
        }
        let [most, error] = [TOLERANCE, CURVE_ERROR].map(|units| units / (CANVAS + 2.0 * BORDER));
        let (mut points, mut strokes) = (Vec::new(), Vec::new());
        for (stroke, _) in lines.strokes() {
            let start = points.len();
            let stroke: Vec<[f64; 2]> = stroke.iter().map(|point| point.map(f64::from)).collect();
            points.extend(curve::through(&stroke, most, error).iter().map(|point| point.map(|part| part as f32)));
            strokes.push(start..points.len());
        }
        Self::from_parts(points, Vec::new(), strokes)
    }

    fn from_parts(points: Vec<[f32; 2]>, times: Vec<f64>, strokes: Vec<Range<usize>>) -> Self {
        // In the units of the canvas, by which the pace goes.
        let timeline = Timeline::of(strokes.iter().map(|range| {
            let of = points.get(range.clone()).unwrap_or_default();
            (of, times.get(range.clone()))
        }));
        Self { points, times, strokes, timeline }
    }

    /// The points of each stroke, and when each was drawn where that is known: in the order of the timeline.
    pub fn strokes(&self) -> impl Iterator<Item = (&[[f32; 2]], Option<&[f64]>)> {
        self.strokes.iter().map(|range| {
            let times = if self.times.is_empty() { None } else { self.times.get(range.clone()) };
            (self.points.get(range.clone()).unwrap_or_default(), times)
        })
    }

    /// What is drawn of each stroke by a time, ms: its first points, and where the pen is on the way to the next.
    pub fn drawn(&self, at_ms: f64) -> impl Iterator<Item = Vec<[f32; 2]>> {
        let part = |((points, _), Reached { points: count, part }): ((&[[f32; 2]], _), Reached)| {
            let mut drawn = points.get(..count).unwrap_or(points).to_vec();
            if let (Some(&[x, y]), Some(&[to_x, to_y]), true) = (drawn.last(), points.get(count), part > 0.0) {
                drawn.push([x + (to_x - x) * part, y + (to_y - y) * part]);
            }
            drawn
        };
        self.strokes().zip(self.timeline.reached(at_ms)).map(part)
    }

    /// Its strokes with fewer points: none that is left out lies farther than `tolerance`, in parts of the side, from what is left.
    /// Strokes that wind too much to be looked through stay as they are.
    pub fn coarse(&self, tolerance: f64) -> Vec<Vec<[f32; 2]>> {
        let mut corners = Corners::default();
        let mut coarse = |points: &[[f32; 2]]| {
            let exact: Vec<[f64; 2]> = points.iter().map(|point| point.map(f64::from)).collect();
            if corners.mark(&exact, tolerance).is_err() {
                return points.to_vec();
            }
            points.iter().zip(&corners.keep).filter(|(_, kept)| **kept).map(|(point, _)| *point).collect()
        };
        self.strokes().map(|(points, _)| coarse(points)).collect()
    }

    /// How many strokes.
    pub fn len(&self) -> usize {
        self.strokes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// x, y and times of a stroke.
    type Lists<'a> = (&'a [f64], &'a [f64], Option<&'a [f64]>);

    fn drawing(strokes: &[Lists<'_>]) -> Drawing {
        let mut drawing = Drawing::default();
        for (x, y, times) in strokes {
            drawing.push(x, y, *times).unwrap();
        }
        drawing
    }

    #[test]
    fn strokes_lie_where_the_bitmap_has_them() {
        // Across the whole canvas of 256 units, in a border of 24.
        let written = Written::of(&drawing(&[(&[0.0, 255.0], &[0.0, 100.0], None)]));
        let [from, to] =
            [[24.5 / 304.0, 102.0 / 304.0], [279.5 / 304.0, 202.0 / 304.0]].map(|at| at.map(|at: f64| at as f32));
        let (points, times) = written.strokes().next().unwrap();
        assert!(times.is_none());
        for (at, expected) in points.iter().flatten().zip(from.iter().chain(&to)) {
            assert!((at - expected).abs() < 1e-6, "{points:?}");
        }
        // The same as it came from a screen, twice as large, somewhere.
        let raw = Written::of(&drawing(&[(&[-310.0, 200.0], &[77.0, 277.0], Some(&[0.0, 9.0]))]));
        for (at, expected) in raw.strokes().flat_map(|(points, _)| points).flatten().zip(from.iter().chain(&to)) {
            assert!((at - expected).abs() < 1e-6);
        }
        assert_eq!(raw.timeline.took_ms(), Some(9.0));
    }

    #[test]
    fn long_drawings_are_shown_with_fewer_points_and_the_ends_of_their_strokes() {
        let x: Vec<f64> = (0..50_001).map(f64::from).collect();
        let written = Written::of(&drawing(&[(&x, &x, Some(&x)), (&[3.0], &[4.0], Some(&[50_001.0]))]));
        let lengths: Vec<usize> = written.strokes().map(|(points, _)| points.len()).collect();
        assert_eq!(lengths, [16_668, 1]);
        let (points, times) = written.strokes().next().unwrap();
        assert_eq!((times.and_then(|times| times.last().copied()), points.len()), (Some(50_000.0), 16_668));
    }

    #[test]
    fn fewer_points_leave_a_stroke_where_it_was() {
        // Half a circle of 999 points, and a straight line with some on it.
        let turn = |at: i32| f64::from(at) * std::f64::consts::PI / 998.0;
        let (x, y): (Vec<f64>, Vec<f64>) = (0..999).map(|at| (100.0 * turn(at).cos(), 100.0 * turn(at).sin())).unzip();
        let written = Written::of(&drawing(&[(&x, &y, None), (&[0.0, 5.0, 9.0, 80.0], &[0.0; 4], None)]));
        let tolerance = 1.0 / 512.0;
        let coarse = written.coarse(tolerance);
        assert_eq!(coarse.iter().map(Vec::len).collect::<Vec<_>>()[1], 2);
        // A chord of a circle of radius r lies s²/8r from it: that many of length s, and no more than twice as many.
        let radius: f64 = 255.0 / 2.0 / 304.0;
        let chords = std::f64::consts::PI * radius / (8.0 * radius * tolerance).sqrt();
        let count = coarse[0].len() as f64 - 1.0;
        assert!(count >= chords.floor() && count <= 2.0 * chords.ceil(), "{count} {chords}");
        let (points, _) = written.strokes().next().unwrap();
        for point in points {
            let near = coarse[0].array_windows().map(|[a, b]| apart(*point, *a, *b)).fold(f32::INFINITY, f32::min);
            assert!(f64::from(near) <= tolerance + 1e-6, "{point:?} {near}");
        }
    }

    /// How far a point lies from a stretch.
    fn apart(point: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
        let [along, from] = [[b[0] - a[0], b[1] - a[1]], [point[0] - a[0], point[1] - a[1]]];
        let dot = |a: [f32; 2], b: [f32; 2]| a[0] * b[0] + a[1] * b[1];
        let part = (dot(along, from) / dot(along, along)).clamp(0.0, 1.0);
        (from[0] - along[0] * part).hypot(from[1] - along[1] * part)
    }
}
