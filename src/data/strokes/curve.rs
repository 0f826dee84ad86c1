//! Curves through the points of a stroke that was simplified.
//!
//! Simplification left out points that lie within a tolerance of the lines between those that it kept. A curve through what is
//! left bends at most as far from these lines: it is as likely to be where the pen was as they are, and has no corners where the
//! hand made none.

/// The cosine of the turn beyond which a point is a corner that the hand meant: 75°.
const CORNER: f64 = 0.259;

/// A curve through the points of a stroke, as points that follow it within `error`; it strays at most `most` from the lines between
/// the given points, all of which it holds.
pub(super) fn through(points: &[[f64; 2]], most: f64, error: f64) -> Vec<[f64; 2]> {
    let mut points = points.to_vec();
    points.dedup();
    let lines: Vec<Line> = points.array_windows().map(|[from, to]| Line::between(*from, *to)).collect();
    // How the curve leaves the start of each line and reaches its end, as unit vectors: along the circle through three points, and
    // along the line itself at corners.
    let mut leaves: Vec<[f64; 2]> = lines.iter().map(|line| line.along).collect();
    let mut reaches = leaves.clone();
    for (at, [before, after]) in lines.array_windows().enumerate() {
        if dot(before.along, after.along) > CORNER {
            let share = before.length / (before.length + after.length);
            let tangent = unit(mix(before.along, after.along, share));
            (reaches[at], leaves[at + 1]) = (tangent, tangent);
        }
    }
    // The ends go on as the arc does that they belong to.
    if let ([first, .., last], [.., leave], [reach, ..]) = (&lines[..], &leaves[..], &reaches[..]) {
        let (start, end) = (mirrored(*reach, first.along), mirrored(*leave, last.along));
        leaves.first_mut().into_iter().for_each(|tangent| *tangent = start);
        reaches.last_mut().into_iter().for_each(|tangent| *tangent = end);
    }
    let mut curve: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    for ((line, to), (leave, reach)) in lines.iter().zip(points.iter().skip(1)).zip(leaves.into_iter().zip(reaches)) {
        line.bend(leave, reach, most, error, &mut curve);
        curve.push(*to);
    }
    curve
}

/// A line between two points of a stroke.
struct Line {
    from: [f64; 2],
    /// Unit vector.
    along: [f64; 2],
    length: f64,
}

impl Line {
    fn between(from: [f64; 2], to: [f64; 2]) -> Self {
        let along = [to[0] - from[0], to[1] - from[1]];
        Self { from, along: unit(along), length: along[0].hypot(along[1]) }
    }

    /// Adds the points between its ends of the cubic curve that leaves and reaches them in these directions.
    fn bend(&self, leave: [f64; 2], reach: [f64; 2], most: f64, error: f64, curve: &mut Vec<[f64; 2]>) {
        let aside = [-self.along[1], self.along[0]];
        // The inner control points lie a third along, and aside by as much as their direction asks for: three quarters of that is
        // how far the curve strays.
        let third = self.length / 3.0;
        let height = |direction: [f64; 2], sign: f64| {
            let ahead = dot(direction, self.along).max(0.1);
            (sign * third * dot(direction, aside) / ahead).clamp(-most / 0.75, most / 0.75)
        };
        let (near, far) = (height(leave, 1.0), height(reach, -1.0));
        let strays = 0.75 * near.abs().max(far.abs());
        let pieces = (strays / error).sqrt().ceil() as u32;
        for piece in 1..pieces {
            let t = f64::from(piece) / f64::from(pieces);
            // Control points at thirds along a line make a curve that goes evenly along it.
            let ahead = t * self.length;
            let off = 3.0 * t * (1.0 - t) * ((1.0 - t) * near + t * far);
            curve.push([0, 1].map(|axis: usize| self.from[axis] + ahead * self.along[axis] + off * aside[axis]));
        }
    }
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn mix(a: [f64; 2], b: [f64; 2], share: f64) -> [f64; 2] {
    [0, 1].map(|axis: usize| a[axis] + (b[axis] - a[axis]) * share)
}

fn unit(vector: [f64; 2]) -> [f64; 2] {
    let length = vector[0].hypot(vector[1]);
    vector.map(|part| part / length)
}

/// A direction on the other side of a line.
fn mirrored(direction: [f64; 2], along: [f64; 2]) -> [f64; 2] {
    let ahead = 2.0 * dot(direction, along);
    [0, 1].map(|axis: usize| ahead * along[axis] - direction[axis])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A curve of these points that strays by 2 at most.
    fn curve(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        through(points, 2.0, 0.1)
    }

    #[test]
    fn corners_of_a_circle_become_a_circle_again() {
        // Twelve corners on a circle of 30: its arcs stray by 30 (1 - cos 15°) = 1.02 from the lines.
        let on = |at: u32| {
            let (y, x) = (f64::from(at) * std::f64::consts::TAU / 12.0).sin_cos();
            [50.0 + 30.0 * x, 50.0 + 30.0 * y]
        };
        let corners: Vec<[f64; 2]> = (0..=12).map(on).collect();
        let curve = curve(&corners);
        assert!(curve.len() >= 3 * 12, "{}", curve.len());
        assert!(corners.iter().all(|corner| curve.contains(corner)));
        for [from, to] in curve.array_windows() {
            let middle = mix(*from, *to, 0.5);
            for at in [*from, middle] {
                let radius = (at[0] - 50.0).hypot(at[1] - 50.0);
                assert!((radius - 30.0).abs() < 0.15, "{at:?}: {radius}");
            }
        }
    }

    #[test]
    fn sharp_turns_and_straight_lines_stay_and_nothing_strays_too_far() {
        // A triangle, there and back, points in a line.
        let triangle = [[0.0, 0.0], [100.0, 0.0], [50.0, 80.0], [0.0, 0.0]];
        assert_eq!(curve(&triangle), triangle);
        let back = [[0.0, 0.0], [9.0, 0.0], [0.0, 0.0]];
        assert_eq!(curve(&back), back);
        let level = [[0.0, 5.0], [1.0, 5.0], [200.0, 5.0]];
        assert_eq!(curve(&level), level);
        // Long lines with gentle turns would stray by 10 and more.
        let long = [[0.0, 0.0], [200.0, 0.0], [340.0, 140.0], [340.0, 340.0]];
        let strayed = curve(&long).iter().map(|at| at[1]).fold(0.0, f64::min);
        assert!((-2.0..-1.5).contains(&strayed), "{strayed}");
    }

    #[test]
    fn dots_and_points_twice_are_no_curve() {
        assert_eq!(curve(&[]), Vec::<[f64; 2]>::new());
        assert_eq!(curve(&[[3.0, 4.0]; 3]), [[3.0, 4.0]]);
        assert_eq!(curve(&[[3.0, 4.0], [3.0, 4.0], [5.0, 4.0]]), [[3.0, 4.0], [5.0, 4.0]]);
    }
}
