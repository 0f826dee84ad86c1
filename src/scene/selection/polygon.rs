//! A closed line, and whether a point lies within it: even-odd, so that what is enclosed twice is outside.
//!
//! How it works: a ray to the right of a point is crossed by an edge or not; an odd number of crossings is inside. Edges are kept in
//! bands of equal height, so that a point asks those of its band alone: a lasso has hundreds of edges and there are millions of points.
//! An edge says the same whoever asks, so bands change no answer.

use crate::scene::camera::Bounds;
use glam::DVec2;

/// Bands for each edge, on average; more gain nothing.
const BANDS_AN_EDGE: usize = 2;
/// Most bands.
const MOST_BANDS: usize = 4096;

/// The area within a closed line.
#[derive(Clone, Debug)]
pub struct Polygon {
    bounds: Bounds,
    edges: Vec<[DVec2; 2]>,
    /// Which edges each band's points may cross.
    bands: Vec<Vec<u32>>,
    bands_a_unit: f64,
}

impl Polygon {
    /// The area within a line through some points and back to the first; points that are no numbers are left out. With fewer than
    /// three nothing is within.
    pub fn new(points: &[DVec2]) -> Self {
        let points: Vec<DVec2> = points.iter().copied().filter(|point| point.is_finite()).collect();
        let next = points.iter().cycle().skip(1);
        let edges: Vec<[DVec2; 2]> = points.iter().zip(next).map(|(&from, &to)| [from, to]).collect();
        let none = Bounds::new(DVec2::ZERO, DVec2::ZERO);
        let bounds = points.iter().fold(None, |bounds: Option<Bounds>, &point| {
            let bounds = bounds.unwrap_or(Bounds::new(point, point));
            Some(Bounds::new(bounds.min.min(point), bounds.max.max(point)))
        });
        let bounds = bounds.unwrap_or(none);
        let count = (edges.len() * BANDS_AN_EDGE).clamp(1, MOST_BANDS);
        let height = bounds.max.y - bounds.min.y;
        let bands_a_unit = if height > 0.0 { count as f64 / height } else { 0.0 };
        let mut polygon = Self { bounds, edges, bands: vec![Vec::new(); count], bands_a_unit };
        for (at, [a, b]) in polygon.edges.iter().enumerate() {
            let bands = polygon.band_of(a.y.min(b.y))..=polygon.band_of(a.y.max(b.y));
            for band in polygon.bands.get_mut(bands).unwrap_or_default() {
                band.push(at as u32);
            }
        }
        polygon
    }

    // Subtraction, multiplication and truncation are monotone even when rounded: a point between an edge's ends in y lies in a band
    // between those of its ends.
    fn band_of(&self, y: f64) -> usize {
        (((y - self.bounds.min.y) * self.bands_a_unit).max(0.0) as usize).min(self.bands.len().saturating_sub(1))
    }

    /// The rectangle that it lies in.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Whether a point lies within.
    pub fn contains(&self, point: DVec2) -> bool {
        let Bounds { min, max } = self.bounds;
        if !(point.cmpge(min).all() && point.cmple(max).all()) {
            return false;
        }
        let edges = self.bands.get(self.band_of(point.y)).map_or(&[][..], Vec::as_slice);
        let crossed = edges.iter().filter_map(|&at| self.edges.get(at as usize)).filter(|edge| crosses(edge, point));
        crossed.count() % 2 == 1
    }
}

/// Whether the ray from a point to the right crosses an edge. One end of an edge belongs to it, so that a ray through a corner crosses
/// one of the two edges there, or both or neither where the line turns back.
fn crosses([a, b]: &[DVec2; 2], point: DVec2) -> bool {
    (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(points: &[[f64; 2]]) -> Polygon {
        Polygon::new(&points.iter().map(|&point| DVec2::from(point)).collect::<Vec<_>>())
    }

    fn holds(polygon: &Polygon, x: f64, y: f64) -> bool {
        polygon.contains(DVec2::new(x, y))
    }

    #[test]
    fn a_bay_is_outside_and_what_is_enclosed_twice_too() {
        // A U: the bay between its legs is outside.
        let u =
            polygon(&[[0.0, 0.0], [3.0, 0.0], [3.0, 3.0], [2.0, 3.0], [2.0, 1.0], [1.0, 1.0], [1.0, 3.0], [0.0, 3.0]]);
        assert!(holds(&u, 0.5, 2.0) && holds(&u, 2.5, 2.0) && holds(&u, 1.5, 0.5) && !holds(&u, 1.5, 2.0));
        // A five-pointed star in one stroke: its middle is enclosed twice.
        let corner = |i: u32| {
            let angle = f64::from(i * 2) * std::f64::consts::TAU / 5.0;
            [angle.sin(), angle.cos()]
        };
        let star = polygon(&[0, 1, 2, 3, 4].map(corner));
        assert!(!holds(&star, 0.0, 0.0) && holds(&star, 0.0, 0.8) && !holds(&star, 0.0, -0.9));
    }

    #[test]
    fn what_is_no_area_holds_nothing() {
        for points in [&[][..], &[[1.0, 1.0]], &[[0.0, 0.0], [2.0, 2.0]], &[[0.0, 1.0], [2.0, 1.0], [1.0, 1.0]]] {
            let line = polygon(points);
            assert!(!holds(&line, 1.0, 1.0) && !holds(&line, 0.0, 0.0), "{points:?}");
        }
        let broken = polygon(&[[0.0, 0.0], [f64::NAN, 1.0], [4.0, 0.0], [f64::INFINITY, 0.0], [0.0, 4.0]]);
        assert!(holds(&broken, 1.0, 1.0) && !holds(&broken, 3.0, 3.0) && !holds(&broken, f64::NAN, 1.0));
    }
}
