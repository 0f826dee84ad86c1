//! Strokes in place of pixels: what is painted of drawings that are seen large enough.

use super::near::place_of;
use super::palette::Rgb;
use crate::data::Row;
use crate::data::strokes::{PEN_WIDTH, Written};

/// Sides in pixels of the screen up to which a level of points serves. Larger ones take all points.
const SEEN_TO_PX: [f32; 6] = [160.0, 208.0, 256.0, 512.0, 1_024.0, 4_096.0];
/// Points that are left out lie no farther from what is painted, pixels of the screen.
const TOLERANCE_PX: f32 = 0.25;

/// The strokes of a drawing, with fewer points for those who see it small.
#[derive(Clone, Debug, PartialEq)]
pub struct Strokes {
    /// For each of [`SEEN_TO_PX`], then all.
    levels: Vec<Vec<Vec<[f32; 2]>>>,
    /// The width of the pen by the side of the drawing's square.
    pub pen: f32,
}

impl Strokes {
    /// Of the strokes of a record whose bitmap, `drawing` wide and high, lies in the middle of a square of `canvas` pixels.
    pub fn of(written: &Written, drawing: [u32; 2], canvas: u32) -> Self {
        let coarse = SEEN_TO_PX.map(|side| written.coarse(f64::from(TOLERANCE_PX / side)));
        let all = written.strokes().map(|(points, _)| points.to_vec()).collect();
        let mut levels: Vec<Vec<Vec<[f32; 2]>>> = coarse.into_iter().chain([all]).collect();
        let [left, top, width, height] = place_of(drawing, drawing, canvas);
        for [x, y] in levels.iter_mut().flatten().flatten() {
            (*x, *y) = (left + *x * width, top + *y * height);
        }
        Self { levels, pen: PEN_WIDTH as f32 * width.min(height) }
    }

    /// The points of each stroke, for a drawing that is `side_px` wide: parts of its side, x to the right, y down.
    pub fn seen(&self, side_px: f32) -> &[Vec<[f32; 2]>] {
        let level = SEEN_TO_PX.partition_point(|&to| to < side_px);
        self.levels.get(level).map(Vec::as_slice).unwrap_or_default()
    }

    /// Bytes that it takes, about.
    pub fn bytes(&self) -> u64 {
        let strokes = self.levels.iter().flatten();
        strokes.map(|points| (size_of_val(points.as_slice()) + size_of::<Vec<[f32; 2]>>()) as u64).sum()
    }
}

/// A drawing that is shown by its strokes, where these are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InStrokes {
    /// Which.
    pub row: Row,
    /// Left and top edge and side of its square, pixels of the viewport.
    pub square_px: [f32; 3],
    /// What its strokes lie on.
    pub ground: Rgb,
    /// Their colour.
    pub ink: Rgb,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::data::strokes::Drawing;

    #[test]
    fn who_sees_a_drawing_small_is_given_fewer_points() {
        let turn = |at: i32| f64::from(at) * std::f64::consts::TAU / 5_000.0;
        let (x, y): (Vec<f64>, Vec<f64>) = (0..5_000).map(|at| (turn(at).cos(), turn(at).sin())).unzip();
        let mut drawing = Drawing::default();
        drawing.push(&x, &y, None).unwrap();
        let strokes = Strokes::of(&Written::of(&drawing), [28, 28], 28);
        let points = [120.0, 160.0, 600.0, 1_500.0, 9_000.0].map(|side| strokes.seen(side)[0].len());
        assert!(points[0] == points[1] && points[1] < points[2] && points[2] < points[3], "{points:?}");
        assert_eq!(points[4], 5_000);
    }
}
