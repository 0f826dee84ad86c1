//! The round pen: a polygon of as many corners as its radius needs, and the outlines that it leaves along a stroke.

use super::edges::{Coverage, Point, UNITS};

/// How far a corner of the pen's polygon may lie from the circle, in pixels.
const TOLERANCE: f64 = 0.1;
/// Sines below it are none.
const NONE: f64 = 1e-9;

/// A round pen. Directions are unit vectors.
#[derive(Debug)]
pub(super) struct Pen {
    /// In units.
    radius: f64,
    /// Its corners, against the clock as y goes down: their directions, and where they lie, in whole units.
    corners: Vec<([f64; 2], Point)>,
    /// Piece by piece, so that nothing is allocated.
    outline: Vec<Point>,
}

/// A stretch of a stroke between two points.
#[derive(Clone, Copy)]
struct Stretch {
    /// In units.
    along: Point,
    /// Of length one, a quarter turn from its direction, and the pen's edge there, in whole units.
    normal: [f64; 2],
    edge: Point,
}

impl Pen {
    /// A pen of a radius in pixels.
    pub(super) fn new(radius: f64) -> Self {
        let turn = std::f64::consts::TAU;
        let count = (turn / (1.0 - TOLERANCE / radius).acos()).ceil() as usize;
        let count = count.next_multiple_of(2).max(4);
        let radius = radius * f64::from(UNITS);
        let corner = |at: usize| {
            let (y, x) = (turn * at as f64 / count as f64).sin_cos();
            ([x, y], [x, y].map(|at| (at * radius).round_ties_even() as i32))
        };
        Self { radius, corners: (0..count).map(corner).collect(), outline: Vec::new() }
    }

    /// Adds what the pen covers along a stroke, whose points are in units.
    pub(super) fn draw(&mut self, mut points: impl Iterator<Item = Point>, into: &mut Coverage) {
        let Some(first) = points.next() else { return };
        let mut before: Option<Stretch> = None;
        let mut at = first;
        for next in points {
            let along = [next[0] - at[0], next[1] - at[1]];
            if along == [0, 0] {
                continue;
            }
            let stretch = self.stretch(along);
            let Stretch { normal, edge, .. } = stretch;
            match before {
                None => self.wedge(at, (edge, normal), (minus(edge), None), into),
                Some(before) => self.join(at, before, stretch, into),
            }
            self.outline.clear();
            self.outline.extend([plus(at, edge), plus(next, edge), plus(next, minus(edge)), plus(at, minus(edge))]);
            into.fill(&self.outline);
            before = Some(stretch);
            at = next;
        }
        if let Some(Stretch { normal, edge, .. }) = before {
            self.wedge(at, (minus(edge), normal.map(|part| -part)), (edge, None), into);
        } else {
            self.outline.clear();
            self.outline.extend(self.corners.iter().map(|&(_, corner)| plus(at, corner)));
            into.fill(&self.outline);
        }
    }

    fn stretch(&self, along: Point) -> Stretch {
        let [dx, dy] = along.map(f64::from);
        let length = (dx * dx + dy * dy).sqrt();
        let normal = [-dy / length, dx / length];
        Stretch { along, normal, edge: normal.map(|part| (part * self.radius).round_ties_even() as i32) }
    }

    /// The outer side of a turn.
    fn join(&mut self, at: Point, before: Stretch, after: Stretch, into: &mut Coverage) {
        let [a, b] = [before.along, after.along].map(|along| along.map(i64::from));
        let (turn, ahead) = (a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
        let other = |stretch: Stretch| (minus(stretch.edge), stretch.normal.map(|part| -part));
        match turn {
            1.. => {
                let (edge, normal) = other(after);
                self.wedge(at, other(before), (edge, Some(normal)), into);
            }
            0 if ahead < 0 => self.wedge(at, other(before), (before.edge, None), into),
            0 => {}
            _ => self.wedge(at, (after.edge, after.normal), (before.edge, Some(before.normal)), into),
        }
    }

    /// The piece of the pen from one direction to another, in the sense in which its corners go round; to the opposite one where none is
    /// named.
    fn wedge(
        &mut self,
        at: Point,
        (from_edge, from): (Point, [f64; 2]),
        (to_edge, to): (Point, Option<[f64; 2]>),
        into: &mut Coverage,
    ) {
        let is_within =
            |&(corner, _): &([f64; 2], Point)| sine(from, corner) > NONE && to.is_none_or(|to| sine(corner, to) > NONE);
        self.outline.clear();
        self.outline.extend([at, plus(at, from_edge)]);
        // Those within follow one another round the circle: they begin behind one that is not.
        let outside = self.corners.iter().rposition(|corner| !is_within(corner)).unwrap_or_default();
        let (last, first) = self.corners.split_at(outside);
        let round = first.iter().chain(last);
        let within = round.skip_while(|corner| !is_within(corner)).take_while(|corner| is_within(corner));
        self.outline.extend(within.map(|&(_, corner)| plus(at, corner)));
        self.outline.push(plus(at, to_edge));
        into.fill(&self.outline);
    }
}

fn plus(a: Point, b: Point) -> Point {
    [a[0] + b[0], a[1] + b[1]]
}

fn minus(a: Point) -> Point {
    a.map(|part| -part)
}

/// Of the angle from one direction to another.
fn sine(from: [f64; 2], to: [f64; 2]) -> f64 {
    from[0] * to[1] - from[1] * to[0]
}
