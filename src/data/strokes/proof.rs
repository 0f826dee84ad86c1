//! Whether records belong to bitmaps row by row: strokes rendered as published, held against the bitmaps.
//!
//! Of 28,000 published drawings each comes within .5 of 255 of its own bitmap, and none nearer than 4 to another's
//! ([`FITS`], [`NEAREST_OTHER`]). A row that is no such fit is looked for among all bitmaps before anything is said of it: bitmaps that
//! were drawn by another recipe are still most like their own strokes.

use serde::Serialize;

/// Mean difference, of 255, up to which a bitmap is that of the strokes.
pub const FITS: f64 = 1.0;
/// Mean difference of the nearest bitmap of other strokes.
pub const NEAREST_OTHER: f64 = 4.0;
/// Lines that do not fit and are looked for among all bitmaps, at most.
const LOOKED_FOR: usize = 128;
/// The first of these are held however many there are: they say where it begins.
const FIRST: u32 = 16;
/// Of how many hundred lines one pattern must be true.
const MOST_PERCENT: usize = 90;

/// What was found out about a file of records and its bitmaps.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Proof {
    /// Bitmaps.
    pub rows: u32,
    /// Records; of a sample those up to its last.
    pub lines: u32,
    /// Rows whose strokes were rendered and compared.
    pub checked: u32,
    /// Of these, rows whose bitmap is that of the strokes.
    pub fitting: u32,
    /// Rows whose record has no strokes that can be rendered.
    pub without_strokes: u32,
    /// Whether the bitmaps are drawn by another recipe, each being most like its own strokes all the same.
    pub drawn_otherwise: bool,
    /// What is wrong; `None` where all belongs together.
    pub finding: Option<Finding>,
    /// Lines that belong to other rows, both from 0: of many some.
    pub found: Vec<Found>,
}

/// A line that belongs to another row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The record's number, from 0.
    pub line: u32,
    /// The row whose bitmap it is.
    pub row: u32,
    /// Their mean difference, of 255.
    pub difference: f64,
}

/// How records and bitmaps lie to each other, where not row by row. Rows and lines count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// Line i + `by` belongs to row i, from row `from_row` on.
    Shifted {
        /// Lines.
        by: i64,
        /// The first row of which that is true, as far as was looked.
        from_row: u32,
    },
    /// So many pairs of lines stand in each other's place; the first of them.
    Swapped {
        /// How many.
        pairs: u32,
        /// The first line.
        line: u32,
        /// The one in whose place it stands.
        other: u32,
    },
    /// The last line belongs to the first row.
    Reversed,
    /// So many lines are missing in several places, the first behind `behind`.
    Missing {
        /// How many.
        lines: u32,
        /// Lines before the first that is missing, as far as was looked.
        behind: u32,
    },
    /// So many lines are too many in several places.
    Surplus {
        /// How many.
        lines: u32,
        /// Lines before the first that is too many, as far as was looked.
        behind: u32,
    },
    /// The strokes of so many lines are those of drawings that are none of these, as far as was looked.
    Foreign {
        /// How many do not fit.
        lines: u32,
    },
    /// The lines stand in another order.
    Mixed,
}

impl Proof {
    /// Whether nothing speaks against the join.
    pub fn is_fine(&self) -> bool {
        self.finding.is_none()
    }
}

/// Sum of the differences of two bitmaps.
pub(in crate::data) fn apart(one: &[u8], other: &[u8]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
}

/// A line that does not fit its row, and the bitmap that is nearest to its strokes.
#[derive(Clone, Debug)]
pub(in crate::data) struct Stray {
    pub(in crate::data) line: u32,
    pub(in crate::data) drawn: Vec<u8>,
    /// The row of the nearest bitmap so far and how far apart they are; its own at first.
    pub(in crate::data) nearest: (u32, u32),
}

impl Stray {
    /// Looks at the bitmap of a row, so far apart: of equal ones the nearer row counts, as duplicates are no shift.
    pub(in crate::data) fn see(&mut self, row: u32, apart: u32) {
        let far = |row: u32| self.line.abs_diff(row);
        if apart < self.nearest.1 || (apart == self.nearest.1 && far(row) < far(self.nearest.0)) {
            self.nearest = (row, apart);
        }
    }
}

/// Lines that do not fit, thinned out evenly where they are many.
#[derive(Debug, Default)]
struct Thinned {
    /// Of so many, a power of two of which this is the exponent, one is held.
    every: u32,
    count: u32,
    held: Vec<Stray>,
}

impl Thinned {
    fn push(&mut self, stray: impl FnOnce() -> Stray) {
        let is_held = |every: u32, count: u32| count < FIRST || count.is_multiple_of(1 << every);
        if is_held(self.every, self.count) && self.held.len() == LOOKED_FOR {
            let mut place = 0;
            self.held.retain(|_| {
                place += 1;
                place <= FIRST || place % 2 == 1
            });
            self.every += 1;
        }
        if is_held(self.every, self.count) {
            self.held.push(stray());
        }
        self.count += 1;
    }
}

/// Lines that do not fit their rows: those that are nearer to their own bitmap than others are, and those that are not.
#[derive(Debug, Default)]
pub(in crate::data) struct Strays {
    near: Thinned,
    far: Thinned,
}

impl Strays {
    /// Takes the next one; `apart` from its own row's bitmap of so many pixels.
    pub(in crate::data) fn push(&mut self, line: u32, drawn: &[u8], apart: u32) {
        let is_near = mean(apart, drawn.len()) < NEAREST_OTHER;
        let strays = if is_near { &mut self.near } else { &mut self.far };
        strays.push(|| Stray { line, drawn: drawn.to_vec(), nearest: (line, apart) });
    }

    /// Those that are looked for among all bitmaps.
    pub(in crate::data) fn held(&mut self) -> Vec<&mut Stray> {
        self.near.held.iter_mut().chain(&mut self.far.held).collect()
    }

    /// What these, each with the nearest of the bitmaps, say of the whole.
    pub(in crate::data) fn conclude(&self, mut proof: Proof) -> Proof {
        let is_other = |stray: &&Stray| stray.nearest.0 != stray.line;
        let mut found = Vec::new();
        for stray in self.near.held.iter().chain(&self.far.held).filter(is_other) {
            let difference = mean(stray.nearest.1, stray.drawn.len());
            if difference < NEAREST_OTHER {
                found.push(Found { line: stray.line, row: stray.nearest.0, difference });
            }
        }
        found.sort_by_key(|found| found.line);
        let near = self.near.held.len();
        let own = near - self.near.held.iter().filter(is_other).count();
        proof.fitting += (u64::from(self.near.count) * own as u64).checked_div(near as u64).unwrap_or_default() as u32;
        let far_others = self.far.held.iter().filter(is_other).count();
        // By chance a few of many bitmaps that are drawn in another way are like strokes that are not theirs.
        let is_chance = far_others * 2 < self.far.held.len();
        if !found.is_empty() && found.len() * 2 >= far_others && !(is_chance && found.len() * 10 < self.far.held.len())
        {
            proof.finding = Some(pattern(&found));
            proof.found = found;
        } else if far_others > 0 && !is_chance {
            proof.finding = Some(Finding::Foreign { lines: self.far.count });
        } else {
            proof.drawn_otherwise = self.far.count > 0;
        }
        proof
    }
}

fn mean(apart: u32, pixels: usize) -> f64 {
    f64::from(apart) / pixels as f64
}

/// What most of these lines, in order, have in common.
fn pattern(found: &[Found]) -> Finding {
    let most = |count: usize| count * 100 >= found.len() * MOST_PERCENT;
    let by = |found: &Found| i64::from(found.line) - i64::from(found.row);
    let sum = |found: &Found| i64::from(found.line) + i64::from(found.row);
    let middle = |of: &dyn Fn(&Found) -> i64| {
        let mut values: Vec<i64> = found.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let usual = middle(&by);
    let is_usual = |one: &&Found| by(one) == usual;
    // Where lines are missing in several places, the last one is farther off than those before.
    if most(found.iter().filter(is_usual).count()) && found.last().is_some_and(|last| by(last) == usual) {
        let from_row = found.iter().filter(is_usual).map(|found| found.row).min().unwrap_or_default();
        return Finding::Shifted { by: usual, from_row };
    }
    let of_all = middle(&sum);
    if found.len() > 2 && most(found.iter().filter(|found| sum(found) == of_all).count()) {
        return Finding::Reversed;
    }
    let crosswise = |one: &&Found| found.iter().any(|other| (other.line, other.row) == (one.row, one.line));
    let pairs = found.iter().filter(crosswise).count();
    if let (true, Some(first)) = (most(pairs), found.iter().find(crosswise)) {
        return Finding::Swapped { pairs: (pairs / 2) as u32, line: first.line, other: first.row };
    }
    let ordered = |in_order: fn(&i64, &i64) -> bool| {
        most(found.array_windows().filter(|[a, b]| in_order(&by(a), &by(b))).count() + 1)
    };
    let behind = found.first().map_or(0, |found| found.line);
    let of = |lines: Option<i64>| lines.map_or(0, |lines| lines.unsigned_abs() as u32);
    if usual < 0 && ordered(i64::ge) {
        Finding::Missing { lines: of(found.iter().map(by).min()), behind }
    } else if usual > 0 && ordered(i64::le) {
        Finding::Surplus { lines: of(found.iter().map(by).max()), behind }
    } else {
        Finding::Mixed
    }
}
