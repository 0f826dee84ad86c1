//! Parts of an octopus as control points in body units: heads, faces, arms.

use super::pen::{Point, heading, mix, step};
use super::random::Random;

/// A head round the origin.
pub struct Head {
    width: f32,
    height: f32,
    /// How much narrower it is below than above (negative: a bell).
    pinch: f32,
    /// A pointed top.
    point: f32,
    /// Corners on the diagonals.
    square: f32,
    /// Two ways to be uneven.
    lumps: Point,
}

impl Head {
    /// Round, tall, bell-shaped, pointed, flat: as people draw them.
    pub fn new(random: &mut Random) -> Self {
        let size = random.between(0.6, 1.15);
        let mut head = Self {
            width: size * (1.0 + random.bell() * 0.12),
            height: size * (1.0 + random.bell() * 0.12),
            pinch: random.bell() * 0.1,
            point: 0.0,
            square: random.bell() * 0.07,
            lumps: [random.bell() * 0.12, random.bell() * 0.08],
        };
        match random.below(20) {
            0..7 => {}
            7..12 => head.height *= random.between(1.15, 1.7),
            12..15 => head.pinch = random.between(0.2, 0.45),
            15..17 => head.pinch -= random.between(0.1, 0.35),
            17 => head.point = random.between(0.15, 0.5),
            18 => head.square = random.between(0.12, 0.25),
            _ => head.width *= random.between(1.2, 1.6),
        }
        head
    }

    /// The outline at a clock angle in turns: 0 the top, ¼ the right, ½ the bottom.
    pub fn at(&self, turns: f32) -> Point {
        let [sine, up] = heading(turns);
        let down = 0.5 + 0.5 * up;
        let uneven =
            1.0 + self.square * (4.0 * sine * sine * up * up) + self.lumps[0] * sine * up + self.lumps[1] * sine;
        let peak = if up < 0.0 { self.point * up * up * up * up } else { 0.0 };
        [sine * self.width * (1.0 - self.pinch * down) * uneven, up * self.height * (uneven + peak)]
    }

    /// Appends the outline between two clock angles.
    pub fn trace(&self, from: f32, to: f32, path: &mut Vec<Point>) {
        let count = ((to - from).abs() * 11.0) as u32 + 2;
        for index in 0..=count {
            path.push(self.at(from + (to - from) * index as f32 / count as f32));
        }
    }
}

/// One arm.
#[derive(Clone, Copy)]
pub struct Arm {
    /// Where it leaves the body.
    pub base: Point,
    /// The heading there, in turns.
    pub heading: f32,
    /// Length along the arm.
    pub length: f32,
    /// How far the heading turns towards the tip, in turns.
    pub curl: f32,
    /// Strength of the waves along it, in turns.
    pub wave: f32,
    /// Half its thickness at the base.
    pub thickness: f32,
    /// Thickness of the tip as a share of that of the base.
    pub tip: f32,
}

/// Parts an arm is divided into.
const PARTS: usize = 4;

impl Arm {
    /// Centre line: points and headings from base to tip.
    fn spine(&self) -> [(Point, f32); PARTS + 1] {
        let mut spine = [(self.base, self.heading); PARTS + 1];
        let mut at = self.base;
        for (index, node) in spine.iter_mut().enumerate() {
            let share = index as f32 / PARTS as f32;
            let wave = if index % 2 == 0 { self.wave } else { -self.wave };
            let turned = self.heading + self.curl * share * share + wave;
            *node = (at, turned);
            at = step(at, heading(turned), self.length / PARTS as f32);
        }
        spine
    }

    /// The arm as a single line.
    pub fn line(&self, path: &mut Vec<Point>) {
        path.extend(self.spine().map(|(point, _)| point));
    }

    /// The arm as an outline, out on the right-hand side of somebody who looks up it, round the tip and back.
    pub fn outline(&self, path: &mut Vec<Point>) {
        let spine = self.spine();
        let side = |index: usize, sign: f32| {
            let (point, turned) = spine[index];
            let share = index as f32 / PARTS as f32;
            let half = self.thickness * (1.0 - share + self.tip * share);
            step(point, heading(turned + 0.25), sign * half)
        };
        path.extend([side(0, -1.0), side(2, -1.0), side(3, -1.0)]);
        let (end, turned) = spine[PARTS];
        if self.tip > 0.3 {
            path.push(side(PARTS, -1.0));
            path.push(step(end, heading(turned), self.thickness * self.tip));
            path.push(side(PARTS, 1.0));
        } else {
            // Twice, for a sharp tip.
            path.extend([end, end]);
        }
        path.extend([side(3, 1.0), side(2, 1.0), side(0, 1.0)]);
    }
}

/// A small ring: an eye, a sucker, a mouth.
pub fn ring(centre: Point, radius: Point, start: f32, path: &mut Vec<Point>) {
    for index in 0..=7_u8 {
        let direction = heading(start + f32::from(index) / 6.7);
        path.push([centre[0] + direction[0] * radius[0], centre[1] + direction[1] * radius[1]]);
    }
}

/// Strokes of a face: eyes of one of several kinds and sometimes a mouth.
pub fn face(random: &mut Random, head: &Head) -> Vec<Vec<Point>> {
    let mut strokes = Vec::new();
    let level = random.between(0.15, 0.75);
    let (left, right) = (head.at(0.74), head.at(0.26));
    let middle = mix(head.at(0.0), head.at(0.5), random.between(0.3, 0.6));
    let apart = random.between(0.25, 0.55);
    let size = random.between(0.05, 0.16);
    let kind = random.below(5);
    let eyes: &[f32] = if random.chance(0.15) { &[level - 0.4] } else { &[-1.0, 1.0] };
    for &sign in eyes {
        let end = if sign < 0.0 { left } else { right };
        let centre = [middle[0] + (end[0] - middle[0]) * sign.abs() * apart, middle[1] + random.bell() * 0.04];
        let centre = [centre[0] + random.bell() * 0.04, centre[1]];
        let mut eye = Vec::new();
        match kind {
            // A dot: the pen hardly moves.
            0 | 1 => eye.extend([centre, step(centre, heading(random.unit()), 0.04)]),
            2 => eye.extend([step(centre, [0.0, -1.0], size), step(centre, [0.0, 1.0], size)]),
            _ => ring(centre, [size, size * random.between(0.8, 1.3)], random.between(-0.2, 0.2), &mut eye),
        }
        strokes.push(eye);
        if kind == 4 {
            strokes.push(vec![centre, step(centre, heading(random.unit()), 0.05)]);
        }
    }
    if random.chance(0.45) {
        let y = middle[1] + random.between(0.3, 0.5);
        let half = random.between(0.15, 0.4);
        let smile = random.between(-0.1, 0.22);
        let x = middle[0];
        strokes.push(vec![[x - half, y], [x, y + smile], [x + half, y]]);
    }
    strokes
}
