//! Inputs made of seeds, one to four changes at a time.

/// Longest input.
const MAX_BYTES: usize = 4096;

/// Draws inputs, the same ones in every run.
pub struct Mutator<'a> {
    pool: &'a [Vec<u8>],
    tokens: &'a [&'a [u8]],
    state: u64,
}

impl<'a> Mutator<'a> {
    /// Draws from these seeds, and from words of the format.
    pub fn new(pool: &'a [Vec<u8>], tokens: &'a [&'a [u8]]) -> Self {
        Self { pool, tokens, state: 1 }
    }

    /// splitmix64.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.random() % end.max(1) as u64) as usize
    }

    /// A place, more often near the start, where headers are, or near the end.
    fn place(&mut self, length: usize) -> usize {
        match self.below(4) {
            0 => self.below(length.min(128) + 1),
            1 => length - self.below(length.min(16) + 1),
            _ => self.below(length + 1),
        }
    }

    fn token(&mut self) -> &'a [u8] {
        let at = self.below(self.tokens.len());
        self.tokens[at]
    }

    /// The next input.
    pub fn next_input(&mut self) -> Vec<u8> {
        let at = self.below(self.pool.len());
        let mut input = self.pool[at].clone();
        for _ in 0..=self.below(4) {
            self.change(&mut input);
        }
        input.truncate(MAX_BYTES);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let from = self.place(input.len());
        let to = (from + 1 + self.below(16)).min(input.len());
        match self.below(9) {
            0 => {
                if let Some(byte) = input.get_mut(from) {
                    *byte ^= 1 << self.below(8);
                }
            }
            1 => input.insert(from, self.random() as u8),
            2 => drop(input.drain(from..to)),
            3 => input.truncate(from),
            4 => {
                let piece = input[from..to].to_vec();
                let times = self.below(4) + 1;
                input.splice(from..from, piece.repeat(times));
            }
            5 => drop(input.splice(from..from, self.token().to_vec())),
            6 => drop(input.splice(from..to, self.token().to_vec())),
            // A number becomes another one.
            7 => {
                let digits = |byte: &u8| byte.is_ascii_digit();
                if let Some(start) = input[from..].iter().position(digits).map(|at| from + at) {
                    let end = start + input[start..].iter().take_while(|byte| digits(byte)).count();
                    let power = self.below(65);
                    let number = (1_u128 << power).wrapping_add(self.below(3) as u128).wrapping_sub(1);
                    input.splice(start..end, number.to_string().into_bytes());
                }
            }
            _ => {
                let other = self.below(self.pool.len());
                let other = &self.pool[other];
                let start = self.place(other.len());
                let piece = other[start..].iter().take(256).copied().collect::<Vec<u8>>();
                input.splice(from..to, piece);
            }
        }
    }
}
