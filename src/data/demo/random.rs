//! Random numbers by counter: every (seed, row, stream) has a sequence of its own, the same on every machine.

/// Advances by the golden ratio and mixes (`splitmix64`, Steele, Lea and Flood 2014).
pub fn splitmix64(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What a sequence is used for: a change in one use leaves the others as they are.
#[derive(Clone, Copy)]
pub enum Stream {
    /// Country, time, whether it was recognised.
    Meta,
    /// Shapes.
    Drawing,
    /// The speed of the hand.
    Timing,
}

/// One sequence.
pub struct Random(u64);

impl Random {
    /// The sequence of a row for one use.
    pub fn new(seed: u64, row: u32, stream: Stream) -> Self {
        Self(splitmix64(splitmix64(seed) ^ (u64::from(row) | (stream as u64) << 32)))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let value = splitmix64(self.0);
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        value
    }

    /// Uniform in [0, 1), a multiple of 2⁻²⁴.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// An integer in `0..count` (`count` at least 1).
    pub fn below(&mut self, count: u32) -> u32 {
        ((u128::from(self.bits()) * u128::from(count)) >> 64) as u32
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Bell-shaped with mean 0 and standard deviation 1, within ±3.46: the sum of four uniform numbers.
    pub fn bell(&mut self) -> f32 {
        let bits = self.bits();
        let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        // Each part is uniform on 0…65,535 with variance 65,536² / 12.
        (sum as f32 - 2.0 * 65_535.0) * (1.732_050_8 / 65_536.0)
    }
}
