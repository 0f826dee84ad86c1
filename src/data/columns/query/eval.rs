//! Evaluates a plan: a few thousand rows at a time, on all cores, each test over all of these before the next.
//!
//! A test is true, false or, where a value is missing, neither. The order of tests does not matter, so cheap ones come first,
//! and those behind look only at rows that these leave open.

use rayon::prelude::*;

/// Rows that are looked at together: what tests write about them stays in the processor's cache.
const CHUNK: usize = 16 * 1024;

/// What is known of a row: bit 0 says that a test is true, bit 1 that it is false.
pub(super) const TRUE: u8 = 1;
pub(super) const FALSE: u8 = 2;
/// Neither.
pub(super) const UNKNOWN: u8 = 0;

/// A truth of three.
pub(super) fn truth(is: bool) -> u8 {
    if is { TRUE } else { FALSE }
}

/// Writes what is true of the rows from the given one on; all of them are `UNKNOWN` before. Rows whose `wanted` is 0 need none.
pub(super) type Fill<'a> = Box<dyn Fn(usize, &mut [u8], &[u8]) + Send + Sync + 'a>;

/// What is to be done for each row.
pub(super) enum Plan<'a> {
    All(Vec<Plan<'a>>),
    Any(Vec<Plan<'a>>),
    Not(Box<Plan<'a>>),
    Test {
        fill: Fill<'a>,
        /// About how many nanoseconds it takes for a row.
        cost: u32,
    },
}

impl<'a> Plan<'a> {
    pub(super) fn test(cost: u32, fill: Fill<'a>) -> Self {
        Self::Test { fill, cost }
    }

    pub(super) fn all(parts: Vec<Self>) -> Self {
        Self::joined(parts, Self::All)
    }

    pub(super) fn any(parts: Vec<Self>) -> Self {
        Self::joined(parts, Self::Any)
    }

    fn joined(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        parts.sort_by_key(Self::cost);
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                join(parts)
            }
        }
    }

    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    pub(super) fn not_if(self, not: bool) -> Self {
        if not { self.not() } else { self }
    }

    fn cost(&self) -> u32 {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).fold(0, u32::saturating_add),
            Self::Not(inner) => inner.cost(),
            Self::Test { cost, .. } => *cost,
        }
    }

    /// For each row whether all is true.
    pub(super) fn kept(&self, rows: u32) -> Vec<bool> {
        let mut kept = vec![false; rows as usize];
        let chunk = |(number, kept): (usize, &mut [bool])| {
            let mut truths = vec![UNKNOWN; kept.len()];
            self.fill(number * CHUNK, &mut truths, &vec![1; kept.len()]);
            for (kept, truth) in kept.iter_mut().zip(truths) {
                *kept = truth & TRUE != 0;
            }
        };
        // A system that gives no threads has one all the same.
        if kept.len() > CHUNK && crate::data::threads::start().is_ok() {
            kept.par_chunks_mut(CHUNK).enumerate().for_each(chunk);
        } else {
            kept.chunks_mut(CHUNK).enumerate().for_each(chunk);
        }
        kept
    }

    /// Writes over `truths`, which are `UNKNOWN`.
    fn fill(&self, first: usize, truths: &mut [u8], wanted: &[u8]) {
        match self {
            Self::Test { fill, .. } => fill(first, truths, wanted),
            Self::Not(inner) => {
                inner.fill(first, truths, wanted);
                for truth in truths.iter_mut() {
                    *truth = (*truth & TRUE) << 1 | *truth >> 1;
                }
            }
            Self::All(parts) => {
                join(parts, first, truths, wanted, [TRUE, FALSE], |a, b| a & b & TRUE | (a | b) & FALSE);
            }
            Self::Any(parts) => {
                join(parts, first, truths, wanted, [FALSE, TRUE], |a, b| (a | b) & TRUE | a & b & FALSE);
            }
        }
    }
}

/// Joins the truths of parts, beginning with what joins to each as it is, until no row is open that is not decided.
fn join(
    parts: &[Plan<'_>],
    first: usize,
    truths: &mut [u8],
    wanted: &[u8],
    [begin, decided]: [u8; 2],
    both: impl Fn(u8, u8) -> u8,
) {
    truths.fill(begin);
    let mut open = wanted.to_vec();
    let mut part_truths = vec![UNKNOWN; truths.len()];
    for part in parts {
        part_truths.fill(UNKNOWN);
        part.fill(first, &mut part_truths, &open);
        let mut left = 0;
        for ((truth, part), open) in truths.iter_mut().zip(&part_truths).zip(&mut open) {
            let joined = both(*truth, *part);
            // Of a row that was decided a part says anything.
            *truth = if *truth == decided { decided } else { joined };
            *open &= u8::from(*truth != decided);
            left |= *open;
        }
        if left == 0 {
            break;
        }
    }
}
