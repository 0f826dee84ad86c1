//! How the arms of one drawing are alike, and how each differs.

use super::body::Arm;
use super::pen::Point;
use super::random::Random;

/// How the arms of one octopus are alike.
pub struct Manner {
    /// How many.
    pub count: u32,
    /// Headings of the outermost arms from the middle one, in turns.
    pub spread: f32,
    /// Heading of the middle from straight down, in turns.
    pub aside: f32,
    /// Length of an arm, where a head measures about 1 to each side.
    pub length: f32,
    /// How much longer the outer arms are than the inner ones, as a share.
    outer: f32,
    curl: f32,
    /// Tips curl away from the middle on both sides, or all to one side.
    symmetry: bool,
    wave: f32,
    /// Half an arm's width as a share of half the room it has.
    thickness: f32,
    tip: f32,
    /// How much one arm differs from the next.
    carelessness: f32,
}

impl Manner {
    /// Arms drawn as lines.
    pub fn lines(random: &mut Random) -> Self {
        // Most hands count to eight, some lose count.
        let count = [8, 8, 8, 8, 8, 8, 8, 7, 7, 6, 6, 5, 4, 9][random.below(14) as usize];
        let mut manner = Self {
            count,
            spread: random.between(0.07, 0.27),
            aside: random.bell() * 0.03,
            length: 1.9 + random.bell() * 0.5,
            outer: random.bell() * 0.22,
            curl: random.bell() * 0.18,
            symmetry: random.chance(0.75),
            wave: if random.chance(0.25) { random.between(0.03, 0.1) } else { random.bell() * 0.014 },
            thickness: random.between(0.5, 0.9),
            tip: if random.chance(0.5) { random.between(0.5, 1.1) } else { random.between(0.0, 0.25) },
            carelessness: random.between(0.5, 2.2),
        };
        if random.chance(0.15) {
            manner.aside += random.bell() * 0.08;
        }
        manner
    }

    /// Arms drawn as the edge of the body: fewer fit, they are shorter and spread wider.
    pub fn outlines(random: &mut Random) -> Self {
        let mut manner = Self::lines(random);
        manner.count = [8, 8, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4][random.below(12) as usize];
        manner.spread = random.between(0.15, 0.36);
        manner.thickness = random.between(0.62, 1.0);
        manner.length *= random.between(0.45, 0.8);
        manner.curl *= 0.7;
        manner.wave *= 0.5;
        manner
    }

    /// The arm at `across` (−1 left … 1 right) that starts at `base`, with `room` to each side.
    pub fn arm(&self, random: &mut Random, across: f32, base: Point, room: f32) -> Arm {
        let side = if self.symmetry { -across } else { 1.0 };
        let care = self.carelessness;
        let length = self.length * (1.0 + self.outer * (2.0 * across.abs() - 1.0) + random.bell() * 0.13 * care);
        Arm {
            base,
            heading: 0.5 - across * self.spread + self.aside + random.bell() * 0.016 * care,
            length: if length > 0.35 { length } else { 0.35 },
            curl: (self.curl + random.bell() * 0.04 * care) * side,
            wave: self.wave * (1.0 + random.bell() * 0.3),
            thickness: room * self.thickness * (1.0 + random.bell() * 0.15 * care),
            tip: self.tip,
        }
    }
}
