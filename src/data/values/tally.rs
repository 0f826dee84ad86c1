//! How often each of the 256 values occurs.

/// One value in this many (0.01 %) is enough for a value to count as used: a few stray pixels decide nothing.
const RARE: u64 = 10_000;

/// How often each value occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    counts: [u64; 256],
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: [0; 256] }
    }
}

impl Tally {
    /// The counts of these values.
    pub fn of(values: &[u8]) -> Self {
        let mut tally = Self::default();
        tally.count(values);
        tally
    }

    /// The counts of the red, green and blue of pixels of four bytes.
    pub fn of_colours(rgba: &[u8]) -> Self {
        let mut tally = Self::default();
        for [colours @ .., _] in rgba.as_chunks::<4>().0 {
            for &value in colours {
                tally.counts[usize::from(value)] += 1;
            }
        }
        tally
    }

    /// Counts values.
    pub fn count(&mut self, values: &[u8]) {
        // Several tables: counting one value twice in a row need not wait for the first sum to be written.
        let mut tables = [[0_u64; 256]; 4];
        let (words, rest) = values.as_chunks::<8>();
        for word in words {
            let [first, ..] = *word;
            // Paper, solid ink and masks come in runs.
            if u64::from_ne_bytes(*word) == u64::from(first) * 0x0101_0101_0101_0101 {
                self.counts[usize::from(first)] += 8;
                continue;
            }
            let [a, b, c, d, e, f, g, h] = word.map(usize::from);
            tables[0][a] += 1;
            tables[1][b] += 1;
            tables[2][c] += 1;
            tables[3][d] += 1;
            tables[0][e] += 1;
            tables[1][f] += 1;
            tables[2][g] += 1;
            tables[3][h] += 1;
        }
        for &value in rest {
            self.counts[usize::from(value)] += 1;
        }
        for table in &tables {
            self.counts.iter_mut().zip(table).for_each(|(sum, count)| *sum += count);
        }
    }

    /// Counts one value.
    pub fn count_one(&mut self, value: u8) {
        self.counts[usize::from(value)] += 1;
    }

    /// Adds the counts of another.
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, count)| *sum += count);
    }

    /// Counts bools as the files hold them, 0 and 1, where they were read as 0 and 255.
    pub fn as_bools(mut self) -> Self {
        self.counts[1] += std::mem::take(&mut self.counts[255]);
        self
    }

    /// By value.
    pub fn counts(&self) -> &[u64; 256] {
        &self.counts
    }

    /// How often a value occurs.
    pub fn of_value(&self, value: u8) -> u64 {
        self.counts[usize::from(value)]
    }

    /// How many values were counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The values that occur, ascending.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = u8> + '_ {
        (0..=u8::MAX).filter(|&value| self.of_value(value) > 0)
    }

    /// The values that at least 0.01 % of `total` values are, ascending.
    pub fn used(&self, total: u64) -> impl DoubleEndedIterator<Item = u8> + '_ {
        self.values().filter(move |&value| self.of_value(value).saturating_mul(RARE) >= total)
    }

    /// The least and the greatest value; `None` where nothing was counted.
    pub fn ends(&self) -> Option<(u8, u8)> {
        self.values().next().zip(self.values().next_back())
    }
}
