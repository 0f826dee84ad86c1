//! The comparison of two blocks of rows: all dot products, and those of them that are good enough for a list.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::GROUPS;
use super::best::Best;
use super::panels::{GROUP, Pairs, Panels};
use crate::likeness::query::key;
use pulp::{Arch, Simd, WithSimd};

/// Rows of the first block that are compared at once with a group of the second: their sums fit the registers.
const ROWS: usize = 4;

type Sums = [[i32; GROUP]; ROWS];
type Bars = [[i32; GROUP]; GROUPS];

/// Compares all rows of two blocks, given by their first groups, and notes what is good enough for the lists of either; without
/// second lists, those of one block among themselves.
pub(super) fn compare(panels: &Panels, groups: (usize, usize), first: &mut Best, second: Option<&mut Best>) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return Simd::vectorize(simd, Tile { panels, groups, first, second, sums: InPairs(simd) });
    }
    Arch::new().dispatch(Tile { panels, groups, first, second, sums: Plain });
}

/// How dot products are summed; all ways give the same.
trait Sum: Copy {
    /// Dot products of [`ROWS`] rows of a group, from `first` on, with all rows of another; none where none is good enough for a list.
    fn sums(
        self,
        a: &[Pairs],
        first: usize,
        b: &[Pairs],
        bars: &[i32; ROWS],
        other_bars: &[i32; GROUP],
    ) -> Option<Sums>;
}

/// As the compiler likes it.
#[derive(Clone, Copy)]
struct Plain;

impl Sum for Plain {
    #[inline(always)]
    fn sums(
        self,
        a: &[Pairs],
        first: usize,
        b: &[Pairs],
        bars: &[i32; ROWS],
        other_bars: &[i32; GROUP],
    ) -> Option<Sums> {
        let mut sums = [[0; GROUP]; ROWS];
        for (a, b) in a.iter().zip(b) {
            for (sums, a) in sums.iter_mut().zip(&a[first..first + ROWS]) {
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum += i32::from(a[0]) * i32::from(b[0]) + i32::from(a[1]) * i32::from(b[1]);
                }
            }
        }
        let reaches = |(&sum, other): (&i32, &i32)| sum >= *other;
        let mut rows = sums.iter().zip(bars);
        rows.any(|(sums, bar)| sums.iter().any(|sum| sum >= bar) || sums.iter().zip(other_bars).any(reaches))
            .then_some(sums)
    }
}

/// By the instruction that adds two products, which the compiler does not find by itself: twice as fast.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct InPairs(pulp::x86::V3);

#[cfg(target_arch = "x86_64")]
impl Sum for InPairs {
    #[inline(always)]
    fn sums(
        self,
        a: &[Pairs],
        first: usize,
        b: &[Pairs],
        bars: &[i32; ROWS],
        other_bars: &[i32; GROUP],
    ) -> Option<Sums> {
        let (avx, avx2) = (self.0.avx, self.0.avx2);
        let mut sums = [[avx._mm256_setzero_si256(); 2]; ROWS];
        for (a, b) in a.iter().zip(b) {
            let b: [std::arch::x86_64::__m256i; 2] = pulp::cast(*b);
            for (sums, &a) in sums.iter_mut().zip(&a[first..first + ROWS]) {
                let a = avx._mm256_set1_epi32(pulp::cast(a));
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum = avx2._mm256_add_epi32(*sum, avx2._mm256_madd_epi16(a, b));
                }
            }
        }
        let other_bars: [std::arch::x86_64::__m256i; 2] = pulp::cast(*other_bars);
        let mut all_below = avx._mm256_set1_epi32(-1);
        for (sums, &bar) in sums.iter().zip(bars) {
            let bar = avx._mm256_set1_epi32(bar);
            for (&sum, other) in sums.iter().zip(other_bars) {
                let is_below =
                    avx2._mm256_and_si256(avx2._mm256_cmpgt_epi32(bar, sum), avx2._mm256_cmpgt_epi32(other, sum));
                all_below = avx2._mm256_and_si256(all_below, is_below);
            }
        }
        (avx2._mm256_movemask_epi8(all_below) != -1).then(|| pulp::cast(sums))
    }
}

struct Tile<'a, S> {
    panels: &'a Panels,
    groups: (usize, usize),
    first: &'a mut Best,
    second: Option<&'a mut Best>,
    sums: S,
}

impl<P: Sum> WithSimd for Tile<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        let (a, b) = self.groups;
        let mut bars = bars(self.first, b * GROUP);
        // Rows of one block meet each other from both sides: there the first lists alone take notes.
        let mut other_bars =
            self.second.as_deref().map_or([[i32::MAX; GROUP]; GROUPS], |second| self::bars(second, a * GROUP));
        for (group_b, (theirs, other_bars)) in self.panels.groups(b, GROUPS).zip(other_bars.iter_mut().enumerate()) {
            for (group_a, (ours, bars)) in self.panels.groups(a, GROUPS).zip(bars.iter_mut().enumerate()) {
                for (part, bars) in bars.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
                    if let Some(sums) = self.sums.sums(group_a, part * ROWS, group_b, bars, other_bars) {
                        self.note(&sums, (ours * GROUP + part * ROWS, bars), (theirs * GROUP, other_bars));
                    }
                }
            }
        }
    }
}

/// The bars of all rows of a block; no row reaches those that fill up.
#[inline(always)]
fn bars(best: &Best, others: usize) -> Bars {
    let mut bars = [[i32::MAX; GROUP]; GROUPS];
    for (row, bar) in bars.as_flattened_mut().iter_mut().enumerate().take(best.rows()) {
        *bar = best.bar(row, others);
    }
    bars
}

impl<S> Tile<'_, S> {
    /// Notes what is good enough, for rows from `row` of the first block and `other` of the second on.
    fn note(
        &mut self,
        sums: &Sums,
        (row, bars): (usize, &mut [i32; ROWS]),
        (other, other_bars): (usize, &mut [i32; GROUP]),
    ) {
        let (a, b) = (self.groups.0 * GROUP, self.groups.1 * GROUP);
        let others = self.second.as_deref().map_or(self.first.rows(), Best::rows);
        for (row, (sums, bar)) in (row..).zip(sums.iter().zip(bars)) {
            for (other, (&sum, other_bar)) in (other..others).zip(sums.iter().zip(other_bars.iter_mut())) {
                if sum >= *bar && a + row != b + other {
                    self.first.add(row, key(sum, (b + other) as u32));
                    *bar = self.first.bar(row, b);
                }
                if sum >= *other_bar
                    && let Some(second) = self.second.as_deref_mut()
                {
                    // A row that fills up has no place in the first block, and none in a list of the second.
                    if row < self.first.rows() {
                        second.add(other, key(sum, (a + row) as u32));
                        *other_bar = second.bar(other, a);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::query::tests::some_codes;
    use crate::progress::Progress;

    #[test]
    fn plain_sums_are_those_of_this_processor() {
        let codes = some_codes(1_500, 65);
        let rows: Vec<u32> = (0..1_500).collect();
        let panels = Panels::new(&codes, &rows, Progress::NONE).unwrap();
        let found = |is_plain: bool, groups: (usize, usize)| {
            let (mut first, mut second) = (Best::new(9, 1_024), Best::new(9, 476));
            let other = (groups.0 != groups.1).then_some(&mut second);
            if is_plain {
                Arch::new().dispatch(Tile { panels: &panels, groups, first: &mut first, second: other, sums: Plain });
            } else {
                compare(&panels, groups, &mut first, other);
            }
            [first, second].map(|best| best.lists().flatten().collect::<Vec<_>>())
        };
        for groups in [(0, 0), (0, GROUPS)] {
            assert_eq!(found(true, groups), found(false, groups));
        }
    }
}
