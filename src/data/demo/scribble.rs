//! Drawings that nobody recognises: wandering lines and crossings-out.

use super::body::ring;
use super::pen::{Pen, heading, step};
use super::random::Random;

/// A wandering line, or several.
pub fn scribble(random: &mut Random, pen: &mut Pen) {
    let curves = 1 + random.below(3);
    for _ in 0..curves {
        let mut at = [random.bell() * 0.7, random.bell() * 0.7];
        let mut turned = random.unit();
        let mut bend = random.bell() * 0.06;
        let mut path = vec![at];
        for _ in 0..12 + random.below(36 / curves) {
            bend = bend * 0.8 + random.bell() * 0.05;
            turned += bend;
            at = step(at, heading(turned), random.between(0.2, 0.55));
            path.push(at);
        }
        pen.draw(random, &path);
    }
    if random.chance(0.2) {
        let mut path = Vec::new();
        ring(
            [random.bell(), random.bell()],
            [random.between(0.2, 0.9), random.between(0.2, 0.9)],
            random.unit(),
            &mut path,
        );
        pen.draw(random, &path);
    }
}

/// Strikes through what was drawn with a zigzag.
pub fn crossing_out(random: &mut Random, pen: &mut Pen) {
    let direction = random.unit();
    let (along, across) = (heading(direction), heading(direction + 0.25));
    let count = 4 + random.below(7);
    let half = random.between(0.7, 1.9);
    let mut path = Vec::new();
    for index in 0..=count {
        let position = (index as f32 / count as f32 * 2.0 - 1.0) * random.between(1.0, 1.8);
        let sign = if index % 2 == 0 { half } else { -half };
        let corner = step(step([0.0, 0.6], along, position), across, sign * random.between(0.7, 1.1));
        path.extend([corner, corner]);
    }
    pen.draw(random, &path);
}
