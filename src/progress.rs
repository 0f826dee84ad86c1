//! Computations that somebody waits for: they say how far they are, and learn that nobody wants what they make any more.
//!
//! What takes long is handed a [`Progress`] and looks in at it every few thousand rows: a few milliseconds of work. Who started it
//! holds the [`Watcher`]; where nobody watches, [`Progress::NONE`] costs next to nothing.

mod sort;

use std::cell::Cell;
use std::ops::Range;

pub use sort::sorted_by;

/// Rows of a block: between two of them a computation looks in.
pub const BLOCK: u32 = 1 << 15;

/// Nobody wants what is computed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was given up")]
pub struct Cancelled;

/// Who waits for a computation.
pub struct Watcher<'a> {
    is_wanted: &'a dyn Fn() -> bool,
    tell: &'a dyn Fn(f64),
    /// The farthest that was told.
    told: Cell<f64>,
}

impl std::fmt::Debug for Watcher<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("told", &self.told).finish_non_exhaustive()
    }
}

impl<'a> Watcher<'a> {
    /// `is_wanted` is asked often, and may wait; `tell` hears how far the computation is, 0 to 1, never less than before.
    pub fn new(is_wanted: &'a dyn Fn() -> bool, tell: &'a dyn Fn(f64)) -> Self {
        Self { is_wanted, tell, told: Cell::new(0.0) }
    }

    /// What the computation is handed.
    pub fn progress(&self) -> Progress<'_> {
        Progress { watcher: Some(self), from: 0.0, to: 1.0 }
    }
}

/// A computation, or a part of one, as its work sees it.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    watcher: Option<&'a Watcher<'a>>,
    /// Where the part begins and ends in the whole, 0 to 1.
    from: f64,
    to: f64,
}

impl<'a> Progress<'a> {
    /// Nobody watches.
    pub const NONE: Progress<'static> = Progress { watcher: None, from: 0.0, to: 1.0 };

    /// The part of it between two places, 0 to 1.
    #[must_use]
    pub fn part(self, from: f64, to: f64) -> Self {
        let at = |part: f64| self.from + (self.to - self.from) * part;
        Self { from: at(from), to: at(to), ..self }
    }

    /// Says that it has come so far, 0 to 1, and learns whether to go on.
    pub fn reach(self, part: f64) -> Result<(), Cancelled> {
        let Some(watcher) = self.watcher else { return Ok(()) };
        if !(watcher.is_wanted)() {
            return Err(Cancelled);
        }
        let at = self.from + (self.to - self.from) * part.clamp(0.0, 1.0);
        if at > watcher.told.get() {
            watcher.told.set(at);
            (watcher.tell)(at);
        }
        Ok(())
    }

    /// So many rows in blocks; it looks in before each of them.
    pub fn blocks(self, rows: u32) -> impl Iterator<Item = Result<Range<u32>, Cancelled>> + 'a {
        (0..rows).step_by(BLOCK as usize).map(move |first| {
            self.reach(f64::from(first) / f64::from(rows))?;
            Ok(first..rows.min(first.saturating_add(BLOCK)))
        })
    }

    /// All items, one a row, in blocks.
    pub fn collect<T>(self, mut items: impl ExactSizeIterator<Item = T>) -> Result<Vec<T>, Cancelled> {
        let rows = items.len();
        let mut all = Vec::with_capacity(rows);
        for block in self.blocks(rows as u32) {
            all.extend(items.by_ref().take(block?.len()));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn parts_of_parts_add_up_and_what_is_told_never_falls() {
        let told = std::cell::RefCell::new(Vec::new());
        let tell = |part| told.borrow_mut().push(part);
        let watcher = Watcher::new(&|| true, &tell);
        let half = watcher.progress().part(0.5, 1.0);
        for part in [0.0, 0.5, 0.25, 7.0] {
            half.reach(part).unwrap();
        }
        half.part(0.0, 0.5).reach(1.0).unwrap();
        assert_eq!(*told.borrow(), [0.5, 0.75, 1.0]);
    }

    #[test]
    fn every_row_comes_once_and_a_computation_that_is_given_up_looks_in_no_more() {
        let rows = 3 * BLOCK + 1;
        let (looks, left) = (Cell::new(0), Cell::new(u32::MAX));
        let is_wanted = || {
            looks.set(looks.get() + 1);
            looks.get() < left.get()
        };
        let watcher = Watcher::new(&is_wanted, &|_| ());
        assert!(watcher.progress().collect(0..rows).unwrap().into_iter().eq(0..rows));
        assert_eq!(looks.replace(0), 4);
        left.set(2);
        assert_eq!(watcher.progress().collect(0..rows), Err(Cancelled));
        assert_eq!(looks.get(), 2);
    }
}
