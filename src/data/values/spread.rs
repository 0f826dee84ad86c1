//! How values of any type are spread: their ends, what is not finite, and percentiles. Counts are sums, so that their order, and how many
//! threads take part, changes nothing.
//!
//! Percentiles come from counts by the leading bits of a float, whose order is that of the floats: 16 bits in the pass that finds the
//! ends, the 16 behind them in another one, for the two bins that matter. That is a relative error of 2⁻²⁰ at most, whatever outliers
//! there are, and none for whole numbers below 2²¹.

use super::{Tally, ValueRange};

/// As many bins as 16 bits have.
const BINS: usize = 1 << 16;
/// One value in this many lies below the range, and as many above it.
const BEYOND: u64 = 1_000;

/// What is known of values besides how they are distributed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many are finite.
    pub finite: u64,
    /// How many are no number (NaN).
    pub nan: u64,
    /// How many are infinite.
    pub infinite: u64,
    /// The least and the greatest finite one; `None` where there is none.
    pub ends: Option<(f64, f64)>,
    /// The greatest finite alpha; 0 where there is none.
    pub most_alpha: f64,
}

/// How values are spread, by their leading bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    summary: Summary,
    counts: Vec<u64>,
    /// Whole numbers from 0 to 255.
    whole: Tally,
    is_colour: bool,
}

impl Default for Spread {
    fn default() -> Self {
        let summary = Summary { finite: 0, nan: 0, infinite: 0, ends: None, most_alpha: 0.0 };
        Self { summary, counts: vec![0; BINS], whole: Tally::default(), is_colour: false }
    }
}

impl Spread {
    /// Counts the values of pixels of so many channels, 1, 3 or 4; the fourth is alpha and counts apart.
    pub fn count(&mut self, values: &[f64], channels: usize) {
        self.is_colour |= channels > 1;
        if channels != 4 {
            for value in values {
                self.count_one(*value);
            }
            return;
        }
        let (pixels, _) = values.as_chunks::<4>();
        for [red, green, blue, alpha] in pixels {
            for value in [red, green, blue] {
                self.count_one(*value);
            }
            if alpha.is_finite() {
                self.summary.most_alpha = self.summary.most_alpha.max(*alpha);
            }
        }
    }

    fn count_one(&mut self, value: f64) {
        let summary = &mut self.summary;
        if value.is_finite() {
            let (min, max) = summary.ends.unwrap_or((value, value));
            summary.ends = Some((min.min(value), max.max(value)));
            summary.finite += 1;
            let bin = (key(value) >> 48) as usize;
            if let Some(count) = self.counts.get_mut(bin) {
                *count += 1;
            }
            // What lies beyond is a number of bytes, too, and another one.
            let byte = value as u8;
            if f64::from(byte) == value {
                self.whole.count_one(byte);
            }
        } else if value.is_nan() {
            summary.nan += 1;
        } else {
            summary.infinite += 1;
        }
    }

    /// Adds the counts of another.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        let (own, more) = (&mut self.summary, &other.summary);
        own.finite += more.finite;
        own.nan += more.nan;
        own.infinite += more.infinite;
        own.most_alpha = own.most_alpha.max(more.most_alpha);
        own.ends = match (own.ends, more.ends) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (own, more) => own.or(more),
        };
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, count)| *sum += count);
        self.whole.add(&other.whole);
        self.is_colour |= other.is_colour;
        self
    }

    /// What is known besides the distribution.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// The range where no percentiles are needed: `0…1` where all values lie there; where all lie in `0…255`, that in which bytes of the
    /// same values are shown; `0…1` of no value, and of one single value v beyond these `0…v`, or `v…0` below 0.
    pub fn range_of_most(&self) -> Option<ValueRange> {
        let Some((min, max)) = self.summary.ends else { return Some(ValueRange::BOOLS) };
        if min >= 0.0 && max <= 1.0 {
            return Some(ValueRange::BOOLS);
        }
        if min >= 0.0 && max <= 255.0 {
            let is_whole = self.whole.total() == self.summary.finite;
            return Some(match () {
                () if self.is_colour => ValueRange::BYTES,
                () if is_whole => ValueRange::of(&self.whole),
                () => ValueRange::of_fractions(min, max),
            });
        }
        (min >= max).then(|| ValueRange { low: min.min(0.0), high: max.max(0.0) })
    }

    /// What is to be counted to find the percentiles.
    pub fn finer(&self) -> Finer {
        let finite = self.summary.finite;
        // The least value that 0.1 %, and 99.9 %, of all are not above.
        let ranks = [finite.div_ceil(BEYOND), finite - finite / BEYOND];
        let places = ranks.map(|rank| place_of(&self.counts, rank));
        Finer { places, counts: [vec![0; BINS], vec![0; BINS]] }
    }
}

/// The values of two bins, counted by their next bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Finer {
    /// Each bin, and the rank sought in it.
    places: [(usize, u64); 2],
    counts: [Vec<u64>; 2],
}

impl Finer {
    /// One that looks for the same and has counted nothing.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { places: self.places, counts: [vec![0; BINS], vec![0; BINS]] }
    }

    /// As [`Spread::count`].
    pub fn count(&mut self, values: &[f64], channels: usize) {
        for pixel in values.chunks(channels.max(1)) {
            for value in pixel.iter().take(3).filter(|value| value.is_finite()) {
                let key = key(*value);
                for ((bin, _), counts) in self.places.iter().zip(&mut self.counts) {
                    if (key >> 48) as usize == *bin
                        && let Some(count) = counts.get_mut((key >> 32) as usize & (BINS - 1))
                    {
                        *count += 1;
                    }
                }
            }
        }
    }

    /// Adds the counts of another that looks for the same.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (own, more) in self.counts.iter_mut().zip(&other.counts) {
            own.iter_mut().zip(more).for_each(|(sum, count)| *sum += count);
        }
        self
    }

    /// From the 0.1 to the 99.9 percentile; from the least to the greatest value where these two are the same, or where all values differ by
    /// less than a thousandth of themselves.
    pub fn range(&self, summary: Summary) -> ValueRange {
        let percentile = |((bin, rank), counts): (&(usize, u64), &Vec<u64>)| {
            let (next, _) = place_of(counts, *rank);
            value_of((*bin as u64) << 48 | (next as u64) << 32)
        };
        let mut ends = self.places.iter().zip(&self.counts).map(percentile);
        // Where all values lie close together the bits that were counted do not tell them apart.
        let is_coarse = summary.ends.is_some_and(|(min, max)| max - min < min.abs().max(max.abs()) / 1024.0);
        let percentiles = ends.next().zip(ends.next()).filter(|_| !is_coarse);
        let wide = [percentiles, summary.ends].into_iter().flatten().find(|(low, high)| low < high);
        wide.map_or(ValueRange::BOOLS, |(low, high)| ValueRange { low, high })
    }
}

/// The bin that holds the value of a rank, counted from 1, and its rank in there.
fn place_of(counts: &[u64], rank: u64) -> (usize, u64) {
    let mut left = rank.max(1);
    for (bin, &count) in counts.iter().enumerate() {
        if left <= count {
            return (bin, left);
        }
        left -= count;
    }
    (counts.len().saturating_sub(1), 1)
}

/// A float's bits in an order that is that of the floats; −0 is 0.
fn key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// The float nearest to 0 of those whose key begins with the upper 32 bits of this one.
fn value_of(key: u64) -> f64 {
    if key >> 63 == 1 { f64::from_bits(key & !(1 << 63)) } else { f64::from_bits(!(key | 0xffff_ffff)) }
}
