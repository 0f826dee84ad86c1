//! A closed line, and whether a point lies within it: even-odd, so that what is enclosed twice is outside.
//!
//! How it works: a ray to the right of a point is crossed by an edge or not; an odd number of crossings is inside. Edges are kept in
//! bands of equal height, so that a point asks those of its band alone: a lasso has hundreds of edges and there are millions of points.
//! An edge says the same whoever asks, so bands change no answer.
//!
//! Most points are far from every edge: those in cells of a coarse grid that no edge comes near all have the same answer, which is found
//! once. Cells next to those that an edge touches count as touched, so that rounding changes no answer either.

use crate::scene::camera::Bounds;
use glam::DVec2;

/// Bands for each edge, on average; more gain nothing.
const BANDS_AN_EDGE: usize = 2;
/// Most bands.
const MOST_BANDS: usize = 4096;
/// Cells of the grid on an axis.
const CELLS: usize = 256;
/// The smallest cells, as a part of the largest coordinate: below, rounding could carry an edge across several.
const SMALLEST_CELL: f64 = 1e-9;

/// What is known of all points of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Outside,
    Inside,
    /// An edge is near: each point is asked about by itself.
    Edge,
}

/// The area within a closed line.
#[derive(Clone, Debug)]
pub struct Polygon {
    bounds: Bounds,
    edges: Vec<[DVec2; 2]>,
    /// Which edges each band's points may cross.
    bands: Vec<Vec<u32>>,
    bands_a_unit: f64,
    /// Line by line; none where cells would be too small.
    cells: Vec<Cell>,
    cells_a_unit: DVec2,
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
        let size = bounds.size();
        let farthest = bounds.min.abs().max(bounds.max.abs()).max_element();
        let has_cells = size.min_element() > farthest * SMALLEST_CELL * CELLS as f64;
        let (bands, cells_a_unit) = (vec![Vec::new(); count], CELLS as f64 / size);
        let mut polygon = Self { bounds, edges, bands, bands_a_unit, cells: Vec::new(), cells_a_unit };
        for (at, [a, b]) in polygon.edges.iter().enumerate() {
            let bands = polygon.band_of(a.y.min(b.y))..=polygon.band_of(a.y.max(b.y));
            for band in polygon.bands.get_mut(bands).unwrap_or_default() {
                band.push(at as u32);
            }
        }
        if has_cells {
            polygon.cells = polygon.cells_by_edges();
        }
        polygon
    }

    /// What is known of each cell.
    fn cells_by_edges(&self) -> Vec<Cell> {
        let mut cells = vec![Cell::Outside; CELLS * CELLS];
        let at = |cell: f64| cell.clamp(0.0, (CELLS - 1) as f64) as usize;
        for [a, b] in &self.edges {
            let [a, b] = [*a, *b].map(|end| (end - self.bounds.min) * self.cells_a_unit);
            let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
            // Columns a line that it crosses, and where it begins and ends where it crosses none.
            let slope = if high.y > low.y { (high.x - low.x) / (high.y - low.y) } else { 0.0 };
            let (left, right) = (low.x.min(high.x), low.x.max(high.x));
            for line in at(low.y - 1.0)..=at(high.y + 1.0) {
                let reached = [-1.0, 2.0].map(|by| low.x + (line as f64 + by - low.y) * slope);
                let is_level = high.y <= low.y;
                let from = if is_level { left } else { reached[0].min(reached[1]).max(left) };
                let to = if is_level { right } else { reached[0].max(reached[1]).min(right) };
                let start = line * CELLS;
                cells.get_mut(start + at(from - 1.0)..=start + at(to + 1.0)).unwrap_or_default().fill(Cell::Edge);
            }
        }
        for (line, cells) in cells.chunks_mut(CELLS).enumerate() {
            let mut known = None;
            for (column, cell) in cells.iter_mut().enumerate() {
                if *cell == Cell::Edge {
                    known = None;
                    continue;
                }
                let ask = || {
                    let middle = DVec2::new(column as f64 + 0.5, line as f64 + 0.5) / self.cells_a_unit;
                    if self.is_crossed(self.bounds.min + middle) { Cell::Inside } else { Cell::Outside }
                };
                *cell = *known.get_or_insert_with(ask);
            }
        }
        cells
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
        let [column, line] = ((point - min) * self.cells_a_unit).to_array().map(|cell| (cell as usize).min(CELLS - 1));
        match self.cells.get(line * CELLS + column) {
            Some(Cell::Outside) => false,
            Some(Cell::Inside) => true,
            Some(Cell::Edge) | None => self.is_crossed(point),
        }
    }

    /// Whether the ray from a point to the right crosses an odd number of edges.
    fn is_crossed(&self, point: DVec2) -> bool {
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
    fn cells_change_no_answer() {
        // Lines all over the place, slow and quick ones, tiny ones far out, and one that stays on a level.
        let mut seed = 1_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        for (corners, middle, size) in
            [(3, 0.0, 1.0), (40, -7.0, 100.0), (400, 5e3, 3.0), (12, 1e6, 1e-2), (12, 1e6, 1e-9), (900, 0.1, 1e-6)]
        {
            let mut points: Vec<DVec2> =
                (0..corners).map(|_| DVec2::splat(middle) + DVec2::new(random(), random()) * size).collect();
            points.push(DVec2::new(middle + size, points[0].y));
            let polygon = Polygon::new(&points);
            let (mut inside, mut decided) = (0, 0);
            for at in 0..20_000 {
                // Half of them on or beside corners and edges.
                let point = match at % 4 {
                    0 => points[at % points.len()],
                    1 => points[at % points.len()].lerp(points[(at + 1) % points.len()], random()),
                    _ => DVec2::splat(middle) + DVec2::new(random(), random()) * size,
                };
                let naive = points.iter().zip(points.iter().cycle().skip(1));
                let naive = naive.filter(|(a, b)| crosses(&[**a, **b], point)).count() % 2 == 1;
                assert_eq!(polygon.contains(point), naive, "{point} in {corners} corners about {middle}");
                inside += u32::from(naive);
            }
            decided += polygon.cells.iter().filter(|&&cell| cell != Cell::Edge).count();
            assert!(inside > 500 && inside < 19_500, "{inside} of {corners} corners about {middle}");
            assert_eq!(polygon.cells.is_empty(), size < 1e-7 * middle, "about {middle}");
            assert!(corners > 100 || polygon.cells.is_empty() || decided > CELLS * CELLS / 4, "{decided} of {corners}");
        }
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
