//! Ranges of numbers and times: what a comparison with a value, or with those of a list, comes down to.

use super::ast::Op;

/// Closed ranges in ascending order that do not touch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranges<T>(Vec<(T, T)>);

impl<T: Copy + PartialOrd> Ranges<T> {
    /// Those of them that hold something.
    pub(super) fn new(mut ranges: Vec<(T, T)>) -> Self {
        ranges.retain(|(low, high)| low <= high);
        ranges.sort_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal));
        let mut joined: Vec<(T, T)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match joined.last_mut() {
                Some(last) if low <= last.1 => {
                    if high > last.1 {
                        last.1 = high;
                    }
                }
                _ => joined.push((low, high)),
            }
        }
        Self(joined)
    }

    pub(super) fn hold(&self, value: T) -> bool {
        let behind = self.0.partition_point(|(low, _)| *low <= value);
        behind.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, high)| value <= *high)
    }

    /// The ends of the only range.
    pub(super) fn only(&self) -> Option<(T, T)> {
        match *self.0 {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// A value beside whole numbers: it may lie between two of them, or stand for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// The least whole number that does not lie before the value.
    pub(super) ceil: i128,
    /// The greatest that does not lie behind it.
    pub(super) floor: i128,
    /// The last that equals it, where any does.
    pub(super) last: i128,
}

impl Marks {
    /// A number.
    pub(super) fn of_number(number: f64) -> Self {
        Self { ceil: number.ceil() as i128, floor: number.floor() as i128, last: number.floor() as i128 }
    }

    /// A whole number.
    pub(super) fn of_whole(number: i128) -> Self {
        Self { ceil: number, floor: number, last: number }
    }

    /// The whole numbers from `from` to `to`, in units of `unit`: what begins at `from` and equals all of them.
    pub(super) fn of_span(from: i128, to: i128, unit: i128) -> Self {
        let ceil = -(-from).div_euclid(unit);
        Self { ceil, floor: from.div_euclid(unit), last: to.div_euclid(unit) }
    }

    /// What compares so with the value; of `!=` what does not.
    fn range(self, op: Op) -> (i128, i128) {
        match op {
            Op::Equal | Op::NotEqual => (self.ceil, self.last),
            Op::Less => (i128::MIN, self.ceil.saturating_sub(1)),
            Op::LessEqual => (i128::MIN, self.floor),
            Op::Greater => (self.floor.saturating_add(1), i128::MAX),
            Op::GreaterEqual => (self.ceil, i128::MAX),
        }
    }

    /// The same within the numbers that a column may hold.
    pub(super) fn within<T: TryFrom<i128> + Copy>(self, op: Op, all: (T, T)) -> Option<(T, T)>
    where
        i128: From<T>,
    {
        let (low, high) = self.range(op);
        let (least, most) = (i128::from(all.0), i128::from(all.1));
        if low > most || high < least || low > high {
            return None;
        }
        Some((T::try_from(low.max(least)).ok()?, T::try_from(high.min(most)).ok()?))
    }
}

/// The floats that compare so with a number; of `!=` those that do not.
pub(super) fn floats(op: Op, number: f64) -> (f64, f64) {
    match op {
        Op::Equal | Op::NotEqual => (number, number),
        Op::Less => (f64::NEG_INFINITY, number.next_down()),
        Op::LessEqual => (f64::NEG_INFINITY, number),
        Op::Greater => (number.next_up(), f64::INFINITY),
        Op::GreaterEqual => (number, f64::INFINITY),
    }
}
