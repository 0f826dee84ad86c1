//! Recognises arrays of numbers 64 bytes at a time: a bit for each byte, a word for each kind of byte.
//!
//! What may follow what is then a matter of shifts: `digits << 1` are the bytes behind a digit. Two rules look further
//! back than a byte. A zero that begins a number ends its whole part: two bytes. A number has one point: adding a bit
//! behind each point to the digits carries through the fraction to the byte that ends it, which may be no point.

#![allow(clippy::inline_always, reason = "what is not inlined into the AVX2 part is compiled without AVX2")]

use fearless_simd::{Avx2, Level, Simd, SimdBase, SimdInto, u8x32};
use std::sync::LazyLock;

/// Bytes looked at together.
const WORD: usize = 64;
/// The last bytes of a word, which the next one looks back at, begin that one.
const OVERLAP: usize = 2;

/// The proof that this processor has AVX2.
static AVX2: LazyLock<Option<Avx2>> = LazyLock::new(|| Level::new().as_avx2());

/// Whether `bytes` are an array as [`super::numbers::is_array`] wants it. `None` where that is not known: where there is
/// a blank, or where the processor has no AVX2.
pub(super) fn is_array(bytes: &[u8]) -> Option<bool> {
    (*AVX2).and_then(|avx2| {
        avx2.vectorize(
            #[inline(always)]
            || check(avx2, bytes),
        )
    })
}

#[inline(always)]
fn check(avx2: Avx2, bytes: &[u8]) -> Option<bool> {
    if !matches!(bytes, [b'[', .., b']']) {
        return Some(false);
    }
    let mut array = Array { depth: 1, in_fraction: false };
    // The bracket that opens the array is only looked back at.
    let (mut rest, mut fresh) = (bytes, !1);
    while let (Some(word), true) = (rest.first_chunk::<WORD>(), rest.len() > WORD) {
        if !array.goes_on(&Kinds::of(avx2, word), fresh, 0) {
            return unless_blank(word);
        }
        rest = rest.get(WORD - OVERLAP..).unwrap_or_default();
        fresh = !((1 << OVERLAP) - 1);
    }
    let mut word = [0; WORD];
    if let Some(part) = word.get_mut(..rest.len()) {
        part.copy_from_slice(rest);
    }
    let end = 1 << (rest.len() - 1);
    if !array.goes_on(&Kinds::of(avx2, &word), fresh & (end | (end - 1)), end) {
        return unless_blank(&word);
    }
    Some(array.depth == 1)
}

/// What a word says that goes on no array: nothing where it has a blank.
fn unless_blank(word: &[u8; WORD]) -> Option<bool> {
    (!word.contains(&b' ')).then_some(false)
}

/// Which of 64 bytes are of a kind: the first byte is bit 0.
struct Kinds {
    digits: u64,
    zeros: u64,
    opened: u64,
    closed: u64,
    commas: u64,
    minus: u64,
    points: u64,
}

impl Kinds {
    #[inline(always)]
    fn of(simd: Avx2, bytes: &[u8; WORD]) -> Self {
        let (low, high) = bytes.split_at(WORD / 2);
        let halves = (u8x32::from_slice(simd, low), u8x32::from_slice(simd, high));
        Self {
            digits: digits(simd, halves),
            zeros: equal(simd, halves, b'0'),
            opened: equal(simd, halves, b'['),
            closed: equal(simd, halves, b']'),
            commas: equal(simd, halves, b','),
            minus: equal(simd, halves, b'-'),
            points: equal(simd, halves, b'.'),
        }
    }
}

/// 64 bytes.
type Halves = (u8x32<Avx2>, u8x32<Avx2>);

#[inline(always)]
fn equal(simd: Avx2, halves: Halves, byte: u8) -> u64 {
    let (avx2, byte) = (simd.avx2, u8x32::splat(simd, byte));
    let low = avx2._mm256_cmpeq_epi8(halves.0.into(), byte.into());
    let high = avx2._mm256_cmpeq_epi8(halves.1.into(), byte.into());
    let (low, high) = (avx2._mm256_movemask_epi8(low) as u32, avx2._mm256_movemask_epi8(high) as u32);
    u64::from(high) << 32 | u64::from(low)
}

/// Digits differ from `0` by an exclusive or of at most 9.
#[inline(always)]
fn digits(simd: Avx2, halves: Halves) -> u64 {
    let (avx2, zero, nine) = (simd.avx2, u8x32::splat(simd, b'0'), u8x32::splat(simd, 9));
    let low = avx2._mm256_subs_epu8(avx2._mm256_xor_si256(halves.0.into(), zero.into()), nine.into());
    let high = avx2._mm256_subs_epu8(avx2._mm256_xor_si256(halves.1.into(), zero.into()), nine.into());
    equal(simd, (low.simd_into(simd), high.simd_into(simd)), 0)
}

/// An array of which a part was looked at.
struct Array {
    /// Arrays that are open.
    depth: i32,
    /// The last byte was a digit of a fraction.
    in_fraction: bool,
}

impl Array {
    /// Looks at the bytes `fresh` of a word; those before them were looked at with the word before. False where they
    /// cannot go on an array. Brackets are followed but for those in `last`, the one that ends the array.
    #[inline(always)]
    fn goes_on(&mut self, kinds: &Kinds, fresh: u64, last: u64) -> bool {
        let &Kinds { digits, zeros, opened, closed, commas, minus, points } = kinds;
        let before_value = opened | commas;
        let begins = opened | minus;
        let follows = closed | commas | points;
        let mut wrong = !(digits | begins | follows);
        wrong |= begins & !(before_value << 1);
        // Of what follows a value only `]` may follow `[`, too.
        wrong |= follows & !((digits | closed) << 1) & !(closed & opened << 1);
        wrong |= (digits | points) & closed << 1;
        let first_zeros = zeros & (before_value | minus) << 1;
        wrong |= digits & first_zeros << 1;
        // Bit 1 is the last byte of the word before.
        let fraction_begins = digits & (points << 1 | u64::from(self.in_fraction) << 1);
        let (passed, goes_on) = digits.overflowing_add(fraction_begins);
        wrong |= passed & !digits & points;
        self.in_fraction = goes_on;
        wrong & fresh == 0 && self.balance(opened & fresh, closed & fresh & !last)
    }

    /// Follows the brackets; false where one closes the outermost array.
    #[inline(always)]
    fn balance(&mut self, opened: u64, closed: u64) -> bool {
        let count = closed.count_ones() as i32;
        if count < self.depth {
            self.depth += opened.count_ones() as i32 - count;
            return true;
        }
        let mut brackets = opened | closed;
        while brackets != 0 && self.depth > 0 {
            let first = brackets & brackets.wrapping_neg();
            self.depth += if opened & first == 0 { -1 } else { 1 };
            brackets ^= first;
        }
        self.depth > 0
    }
}
