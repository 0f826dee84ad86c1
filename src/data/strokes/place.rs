//! Where strokes lie on a bitmap.

use super::drawing::{Drawing, LARGEST};
use super::raster::{BORDER, CANVAS};

/// Where the points of a drawing lie on its bitmap, 0 to 1 across it, x to the right, y down, as [`Rasterizer`](super::Rasterizer) has them: raw
/// ones are brought to the canvas, but none is left out; the drawing lies in the middle.
pub fn placed(drawing: &Drawing) -> impl Fn([f64; 2]) -> [f64; 2] {
    let (low, high) = drawing.bounds();
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let (from, scale) = if drawing.is_simplified() {
        ([0.0; 2], 1.0)
    } else {
        (low, if extent > 0.0 { LARGEST / extent } else { 0.0 })
    };
    let brought = move |point: [f64; 2]| [0, 1].map(|axis: usize| (point[axis] - from[axis]) * scale);
    let offset = brought(high).map(|high| (CANVAS - high) / 2.0 + BORDER);
    move |point| {
        let point = brought(point);
        [0, 1].map(|axis: usize| (point[axis] + offset[axis]) / (CANVAS + 2.0 * BORDER))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::data::strokes::{Rasterizer, Written};

    const SIDE: usize = 64;

    /// The bitmap has ink at every point, and the farthest of it lies as far from the points as the pen reaches.
    fn check(drawing: &Drawing) {
        let mut bitmap = vec![0; SIDE * SIDE];
        Rasterizer::new(SIDE as u32).render(drawing, &mut bitmap).unwrap();
        let place = placed(drawing);
        let points: Vec<[f64; 2]> =
            drawing.points().iter().map(|point| place(*point).map(|at| at * SIDE as f64)).collect();
        for [x, y] in &points {
            let ink = bitmap[*y as usize * SIDE + *x as usize];
            assert!(ink > 127, "{x}, {y}: {ink}");
        }
        let reach = 8.0 / 304.0 * SIDE as f64;
        let far = |of: fn(f64, f64) -> f64, axis: usize| points.iter().map(|at| at[axis]).fold(f64::NAN, of);
        let inked = |axis: usize| {
            let places = bitmap.iter().enumerate().filter(|(_, ink)| **ink > 0);
            places.map(move |(at, _)| if axis == 0 { at % SIDE } else { at / SIDE }).map(|at| at as f64)
        };
        for axis in [0, 1] {
            let (least, most) = (inked(axis).fold(f64::NAN, f64::min), inked(axis).fold(f64::NAN, f64::max) + 1.0);
            assert!((least - (far(f64::min, axis) - reach)).abs() <= 1.1, "{least}");
            assert!((most - (far(f64::max, axis) + reach)).abs() <= 1.1, "{most}");
        }
    }

    #[test]
    fn what_is_drawn_in_the_end_is_the_bitmap() {
        let mut drawing = Drawing::default();
        drawing.push(&[0.0, 255.0, 130.0], &[3.0, 0.0, 120.0], None).unwrap();
        drawing.push(&[40.0], &[77.0], None).unwrap();
        let [mut whole, mut drawn] = [vec![0; SIDE * SIDE], vec![0; SIDE * SIDE]];
        let mut rasterizer = Rasterizer::new(SIDE as u32);
        rasterizer.render(&drawing, &mut whole).unwrap();
        let written = Written::of(&drawing);
        rasterizer.render_drawn(&written, written.timeline.length_ms(), &mut drawn);
        // Places were kept as single floats.
        assert!(whole.iter().zip(&drawn).all(|(a, b)| a.abs_diff(*b) <= 2));
        rasterizer.render_drawn(&written, 0.0, &mut drawn);
        let ink = |bitmap: &[u8]| bitmap.iter().map(|ink| u64::from(*ink)).sum::<u64>();
        assert!(ink(&drawn) > 0 && ink(&drawn) * 10 < ink(&whole), "the pen is down where it begins");
    }

    #[test]
    fn points_lie_where_the_bitmap_has_ink() {
        let mut simplified = Drawing::default();
        simplified.push(&[0.0, 255.0, 130.0], &[3.0, 0.0, 120.0], None).unwrap();
        simplified.push(&[40.0], &[77.0], None).unwrap();
        check(&simplified);
        let mut raw = Drawing::default();
        raw.push(&[-100.0, 412.5], &[900.0, 905.0], Some(&[0.0, 80.0])).unwrap();
        raw.push(&[7.0, 7.0], &[930.0, 1_200.0], Some(&[90.0, 100.0])).unwrap();
        check(&raw);
    }
}
