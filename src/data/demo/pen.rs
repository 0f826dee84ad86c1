//! The hand: turns control points into strokes in canvas pixels, with its wobble, and puts the drawing on the canvas.

use super::random::Random;

/// A point or vector `[x, y]`, y down.
pub type Point = [f32; 2];

/// Cosine and sine of an angle in turns, by polynomials: the platform's own differ in the last digit.
pub fn circle(turns: f32) -> Point {
    let quarters = (turns * 4.0 + if turns < 0.0 { -0.5 } else { 0.5 }) as i32;
    let x = (turns - quarters as f32 * 0.25) * std::f32::consts::TAU;
    let square = x * x;
    let sine = x * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0));
    match quarters & 3 {
        0 => [cosine, sine],
        1 => [-sine, cosine],
        2 => [-cosine, -sine],
        _ => [sine, -cosine],
    }
}

/// The direction of a compass heading in turns: 0 up, ¼ right, ½ down.
pub fn heading(turns: f32) -> Point {
    let [cosine, sine] = circle(turns);
    [sine, -cosine]
}

/// `from + direction · length`.
pub fn step(from: Point, direction: Point, length: f32) -> Point {
    [from[0] + direction[0] * length, from[1] + direction[1] * length]
}

/// The point a share of the way from one point to another.
pub fn mix(from: Point, to: Point, share: f32) -> Point {
    [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/// One person's way of drawing on one screen.
pub struct Pen {
    strokes: Vec<Vec<Point>>,
    /// From body units (a head is about 1 across its half) to canvas pixels, without the offset.
    matrix: [Point; 2],
    /// Quadratic bends of the whole drawing, which make it uneven as drawings by hand are: x by y², x by x·y, y by x².
    bends: [f32; 3],
    /// Pixels between two reports of the pointer.
    stride: f32,
    /// Strength of the wobble, in pixels.
    wobble: f32,
    /// How round the path is between control points: 0 straight, ½ Catmull–Rom.
    roundness: f32,
}

/// A usual browser window's drawing area.
const CANVAS: Point = [1360.0, 760.0];

impl Pen {
    /// A hand with its own size, lean, speed and steadiness.
    pub fn new(random: &mut Random) -> Self {
        let size = 95.0 + 34.0 * random.bell().abs() + random.between(-30.0, 30.0);
        let mut tilt = random.bell() * 0.03;
        if random.chance(0.07) {
            tilt += random.bell() * 0.12;
        }
        let [cosine, sine] = circle(tilt);
        let lean = random.bell() * 0.14;
        let stretch = 1.05 + random.bell() * 0.12;
        let mirrored = if random.chance(0.5) { -1.0 } else { 1.0 };
        let (width, height) = (size * stretch * mirrored, size / stretch);
        let wobble = random.between(0.004, 0.016);
        Self {
            strokes: Vec::with_capacity(12),
            matrix: [
                [cosine * width, (lean * cosine - sine) * height],
                [sine * width, (lean * sine + cosine) * height],
            ],
            bends: [random.bell() * 0.055, random.bell() * 0.05, random.bell() * 0.04],
            stride: size * random.between(0.05, 0.12),
            wobble: size * wobble,
            roundness: random.between(0.3, 0.55),
        }
    }

    /// Draws one stroke through control points in body units.
    pub fn draw(&mut self, random: &mut Random, controls: &[Point]) {
        let Some(&first) = controls.first() else {
            return;
        };
        let place = |[x, y]: Point| {
            let [row_x, row_y] = self.matrix;
            let [bow, flare, sag] = self.bends;
            let (x, y) = (x + (bow * y + flare * x) * y, y + sag * x * x);
            [row_x[0] * x + row_x[1] * y, row_y[0] * x + row_y[1] * y]
        };
        let mut stroke = Vec::with_capacity(64);
        // The path, four neighbouring control points at a time.
        let first = place(first);
        let mut window = [first; 4];
        let mut shake = Shake::default();
        stroke.push(first);
        for index in 1..=controls.len() {
            window.rotate_left(1);
            window[3] = controls.get(index).map_or(window[2], |&p| place(p));
            let [before, from, to, after] = window;
            if index >= 2 {
                self.span(random, &mut shake, [before, from, to, after], &mut stroke);
            }
        }
        self.strokes.push(stroke);
    }

    /// One cubic Hermite span between two control points.
    fn span(
        &self,
        random: &mut Random,
        shake: &mut Shake,
        [before, from, to, after]: [Point; 4],
        stroke: &mut Vec<Point>,
    ) {
        let chord = [to[0] - from[0], to[1] - from[1]];
        let count = ((chord[0] * chord[0] + chord[1] * chord[1]).sqrt() / self.stride + 0.6) as u32;
        let count = count.clamp(1, 200);
        for index in 1..=count {
            let t = index as f32 / count as f32;
            let (t2, t3) = (t * t, t * t * t);
            let (h_to, h_out, h_in) = (3.0 * t2 - 2.0 * t3, t3 - 2.0 * t2 + t, t3 - t2);
            let offset = shake.next(random, self.wobble);
            let mut point = [0.0; 2];
            for axis in 0..2 {
                let leaving = (to[axis] - before[axis]) * self.roundness;
                let arriving = (after[axis] - from[axis]) * self.roundness;
                point[axis] = from[axis] + chord[axis] * h_to + leaving * h_out + arriving * h_in + offset[axis];
            }
            stroke.push(point);
        }
    }

    /// Keeps only the first share of what was drawn, by points: somebody whose time ran out.
    pub fn stop_early(&mut self, share: f32) {
        let total: usize = self.strokes.iter().map(Vec::len).sum();
        let mut left = ((total as f32 * share) as usize).max(6);
        self.strokes.retain_mut(|stroke| {
            stroke.truncate(left);
            left -= stroke.len();
            !stroke.is_empty()
        });
    }

    /// The strokes in canvas pixels, somewhere on the canvas. Coordinates are whole, but for the height of a canvas that does
    /// not begin on a whole pixel; eighths are exact, so the shape does not depend on them.
    pub fn finish(mut self, random: &mut Random) -> Vec<Vec<Point>> {
        let mut low = [f32::MAX; 2];
        let mut high = [f32::MIN; 2];
        for point in self.strokes.iter().flatten() {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let fraction = if random.chance(0.25) { random.below(8) as f32 / 8.0 } else { 0.0 };
        for (axis, fraction) in [0.0, fraction].into_iter().enumerate() {
            let room = (CANVAS[axis] - (high[axis] - low[axis])).max(0.0);
            // Most people draw near the middle.
            let offset = room * (random.unit() + random.unit()) / 2.0 - low[axis];
            for point in self.strokes.iter_mut().flatten() {
                point[axis] = (point[axis] + offset + 0.5) as u16 as f32 + fraction;
            }
        }
        self.strokes
    }
}

/// The wobble: noise that a low-pass filter of two poles makes smooth.
#[derive(Default)]
struct Shake {
    velocity: Point,
    offset: Point,
}

impl Shake {
    fn next(&mut self, random: &mut Random, strength: f32) -> Point {
        let bits = random.bits();
        for (axis, noise) in [bits & 0xffff, bits >> 16 & 0xffff].into_iter().enumerate() {
            let noise = noise as f32 * (2.0 / 65_536.0) - 1.0;
            self.velocity[axis] = self.velocity[axis] * 0.7 + noise * strength;
            self.offset[axis] = self.offset[axis] * 0.85 + self.velocity[axis];
        }
        self.offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circle_agrees_with_the_standard_library() {
        for step in -4000_i16..4000 {
            let turns = f32::from(step) / 1000.0;
            let (sine, cosine) = (f64::from(turns) * std::f64::consts::TAU).sin_cos();
            let [x, y] = circle(turns);
            let apart = (f64::from(x) - cosine).abs() + (f64::from(y) - sine).abs();
            assert!(apart < 1e-5, "{turns} turns: {x}, {y}");
        }
    }

    #[test]
    fn headings_are_those_of_a_compass_on_a_screen() {
        for (turns, expected) in [(0.0, [0.0, -1.0]), (0.25, [1.0, 0.0]), (0.5, [0.0, 1.0]), (-0.25, [-1.0, 0.0])] {
            let [x, y] = heading(turns);
            assert!((x - expected[0]).abs() + (y - expected[1]).abs() < 1e-6, "{turns} turns: {x}, {y}");
        }
    }
}
