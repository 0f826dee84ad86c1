//! Raw strokes to simplified ones, as the published ones were: to the top left corner, uniformly to 255, points at steps of one
//! unit along the stroke and at its end, of these the corners by Ramer–Douglas–Peucker with a tolerance of 2, to whole units.
//!
//! Of 298 drawings that lie here raw and simplified, 285 come out as published, number by number; the others differ where a corner
//! is nearly a tie.

use super::drawing::{Drawing, Fault, LARGEST};

/// Tolerance of the corners, in units of the canvas.
pub(super) const TOLERANCE: f64 = 2.0;
/// Distances that are looked at for one drawing: real ones take a few thousand. A second or less.
const MOST_LOOKS: usize = 1 << 28;
/// The most points at steps of one unit.
const MOST_STEPS: usize = 1 << 22;

/// Simplifies strokes of any scale into `out`, in whole units of 0 to 255, without times. A dot becomes a stroke of two equal points,
/// as published; a drawing without extent lies in the corner.
pub fn simplify(drawing: &Drawing, out: &mut Drawing) -> Result<(), Fault> {
    out.clear();
    let (low, high) = drawing.bounds();
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let mut work = Work::default();
    for stroke in drawing.strokes() {
        let unit = |from: f64| if extent > 0.0 { from / extent * LARGEST } else { 0.0 };
        work.scaled.clear();
        work.scaled.extend(stroke.iter().map(|at| [unit(at[0] - low[0]), unit(at[1] - low[1])]));
        work.step()?;
        work.corners.mark(&work.steps, TOLERANCE)?;
        let corners = || work.steps.iter().zip(&work.corners.keep).filter(|(_, kept)| **kept).map(|(at, _)| at);
        corners().for_each(|at| out.add(at.map(f64::round_ties_even)));
        if let (1, Some(dot)) = (work.steps.len(), corners().next()) {
            out.add(dot.map(f64::round_ties_even));
        }
        out.lift();
    }
    Ok(())
}

#[derive(Default)]
struct Work {
    scaled: Vec<[f64; 2]>,
    /// Points of one stroke at steps of one unit along it, and its last.
    steps: Vec<[f64; 2]>,
    /// Of them, over all strokes.
    corners: Corners,
    stepped: usize,
}

impl Work {
    fn step(&mut self) -> Result<(), Fault> {
        self.steps.clear();
        let Some(&first) = self.scaled.first() else { return Ok(()) };
        self.steps.push(first);
        // How far along the stroke the segment begins, and the next step lies.
        let (mut before, mut next) = (0.0, 1.0);
        let mut last = first;
        for &[a, b] in self.scaled.array_windows() {
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = (dx * dx + dy * dy).sqrt();
            while next < before + length {
                let part = (next - before) / length;
                self.steps.push([a[0] + dx * part, a[1] + dy * part]);
                next += 1.0;
                if self.stepped + self.steps.len() > MOST_STEPS {
                    return Err(Fault::Entangled);
                }
            }
            before += length;
            last = b;
        }
        if before > 0.0 {
            self.steps.push(last);
        }
        self.stepped += self.steps.len();
        Ok(())
    }
}

/// The points of a stroke that are its corners.
#[derive(Default)]
pub(super) struct Corners {
    /// Which points are some.
    pub(super) keep: Vec<bool>,
    /// Stretches that are not decided yet.
    open: Vec<(usize, usize)>,
    /// Over all strokes.
    looks: usize,
}

impl Corners {
    /// Ramer–Douglas–Peucker without recursion: marks the points of a stroke to keep, so that all others lie as near as `tolerance`.
    pub(super) fn mark(&mut self, points: &[[f64; 2]], tolerance: f64) -> Result<(), Fault> {
        let Self { keep, open, looks } = self;
        keep.clear();
        keep.resize(points.len(), false);
        open.clear();
        let Some(last) = points.len().checked_sub(1) else { return Ok(()) };
        open.push((0, last));
        for end in [0, last] {
            keep.get_mut(end).into_iter().for_each(|kept| *kept = true);
        }
        while let Some((from, to)) = open.pop() {
            *looks += to - from;
            if *looks > MOST_LOOKS {
                return Err(Fault::Entangled);
            }
            let Some([a, between @ .., b]) = points.get(from..=to) else { continue };
            let Some((offset, distance)) = farthest(*a, *b, between) else { continue };
            if distance > tolerance * tolerance {
                let corner = from + 1 + offset;
                keep.get_mut(corner).into_iter().for_each(|kept| *kept = true);
                open.extend([(from, corner), (corner, to)]);
            }
        }
        Ok(())
    }
}

/// The first point that is farthest from the line through `a` and `b`, and its squared distance; from `a` where these are one.
fn farthest(a: [f64; 2], b: [f64; 2], between: &[[f64; 2]]) -> Option<(usize, f64)> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    let of = |at: &[f64; 2]| {
        let (x, y) = (at[0] - a[0], at[1] - a[1]);
        if squared > 0.0 { (dx * y - dy * x) * (dx * y - dy * x) } else { x * x + y * y }
    };
    let mut found = (0, of(between.first()?));
    for (offset, at) in between.iter().enumerate().skip(1) {
        let distance = of(at);
        if distance > found.1 {
            found = (offset, distance);
        }
    }
    Some((found.0, if squared > 0.0 { found.1 / squared } else { found.1 }))
}
