//! Which values are paper and which are ink: guessed from a few drawings, found out while all of them are read.

mod alphas;
mod notes;
mod sample;
mod whole;

pub(super) use whole::count;

use super::error::OpenError;
use super::read::by_part;
use super::{Dataset, Part, Ranged};
use crate::data::report::{LoadReport, Severity};
use crate::data::source::Watch;
use crate::data::values::{RangeChoice, Tally, ValueMap, ValueRange};
use sample::{SAMPLE_BYTES, sample};

/// What a data set is shown with, and what is to be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// From values to ink.
    pub map: ValueMap,
    /// That nothing is to be seen, since all values have the same ink.
    pub flat: Option<String>,
    /// That values are stretched (info); that all look alike, or those of one file (warnings, for standard error).
    pub report: LoadReport,
}

impl Measured {
    /// For the load report: all of it as infos. Files of one value are odd to look at and yet as they should be, so that
    /// `--strict` takes no offence.
    pub fn notes(&self) -> LoadReport {
        let mut report = self.report.clone();
        report.notes.iter_mut().for_each(|note| note.severity = Severity::Info);
        report
    }
}

/// Values of a file or of the whole set, counted until nothing can change any more what follows from them.
#[derive(Clone, Debug)]
struct Scope {
    tally: Tally,
    total: u64,
    open: bool,
}

impl Scope {
    fn add(&mut self, tally: &Tally, settled: impl FnOnce(&Self) -> bool) {
        if self.open {
            self.tally.add(tally);
            self.open = !settled(self);
        }
    }
}

/// Finds out what a data set is shown with while its drawings are read, in order, in one or two passes.
///
/// Counting ends as soon as what is left to count can change nothing: ordinary drawings take a small part of the set.
#[derive(Debug)]
pub(crate) struct Measure<'a> {
    dataset: &'a Dataset,
    /// The values were measured before, and are read as they are shown.
    ranged: Option<&'a Ranged>,
    map: ValueMap,
    /// The range is the data's to choose, and not known for good.
    asks: bool,
    /// All drawings are made up: of all values.
    made: bool,
    /// Nothing is left out, whatever follows from it.
    whole: bool,
    set: Scope,
    /// One each where there are several and the range is the data's.
    parts: Vec<Scope>,
    counted_to: u32,
    ended: bool,
}

/// What some rows hold, part by part.
pub(crate) type Counts = Vec<(usize, Tally)>;

impl<'a> Measure<'a> {
    /// Starts with a guess from a few drawings, or with what is known already.
    /// `watch` hears how many values have been looked at, where all are before, and says whether to go on.
    pub(crate) fn start(dataset: &'a Dataset, watch: &Watch<'_>) -> Result<Self, OpenError> {
        dataset.ranged_while(watch)?;
        let mut measure = Self::new(dataset, false)?;
        if measure.asks {
            measure.guess()?;
        }
        Ok(measure)
    }

    fn new(dataset: &'a Dataset, whole: bool) -> Result<Self, OpenError> {
        let ranged = dataset.ranged()?;
        let known = dataset.measured.get().filter(|_| !whole);
        let bools = dataset.parts.iter().all(Part::is_bool);
        let made = dataset.parts.iter().all(Part::is_computed);
        let plain = if bools { ValueRange::BOOLS } else { ValueRange::BYTES };
        let range = match dataset.values.range {
            Some(RangeChoice::Between(range)) => range,
            Some(RangeChoice::Raw) | None => plain,
        };
        let chosen = dataset.values.range.is_some();
        let in_reading = dataset.is_by_range();
        let map = ValueMap { range, chosen, inverted: dataset.values.invert, bools, in_reading };
        let map = ranged.map_or(map, |ranged| ranged.map);
        let asks = known.is_none() && !(chosen || bools || made || ranged.is_some() || dataset.channels == 4);
        // Pictures are made when they are read, and may be dark all the same.
        let open = whole || (known.is_none() && (!made || dataset.channels == 4) && ranged.is_none());
        let of_row = dataset.pixels() as u64 * if dataset.channels == 4 { 3 } else { 1 };
        let scope = |rows: u32| Scope { tally: Tally::default(), total: u64::from(rows) * of_row, open };
        let mut parts = Vec::new();
        if asks && dataset.parts.len() > 1 {
            parts = vec![Scope { open: false, ..scope(0) }; dataset.parts.len()];
            for here in by_part(dataset, 0, dataset.rows()) {
                if let Some(part) = parts.get_mut(here.part) {
                    *part = scope(here.rows);
                }
            }
        }
        let map = known.map_or(map, |known| known.map);
        Ok(Self {
            dataset,
            ranged,
            map,
            asks,
            made,
            whole,
            set: scope(dataset.rows()),
            parts,
            counted_to: 0,
            ended: known.is_some(),
        })
    }

    /// From values to ink as far as is known.
    pub(crate) fn map(&self) -> ValueMap {
        self.map
    }

    /// Looks at drawings from all over the set; at all of them where that is not more.
    fn guess(&mut self) -> Result<(), OpenError> {
        let dataset = self.dataset;
        if dataset.bytes() <= SAMPLE_BYTES as u64 {
            let mut values = vec![0; dataset.bytes() as usize];
            dataset.read_rows(0, &mut values)?;
            self.add(0, self.count(0, &values));
            self.end();
            return Ok(());
        }
        let mut tally = Tally::default();
        sample(dataset, &mut |values| {
            tally.count(values);
            !ValueRange::is_settled(&tally, tally.total())
        })?;
        self.map.range = ValueRange::of(&tally);
        Ok(())
    }

    /// Counts the values of rows that were read where that is of use still; from any thread.
    pub(crate) fn count(&self, first: u32, values: &[u8]) -> Counts {
        let drawing = self.dataset.drawing_bytes();
        let (mut counts, mut rest) = (Counts::new(), values);
        for rows in by_part(self.dataset, first, (values.len() / drawing) as u32) {
            let (here, after) = rest.split_at((rows.rows as usize * drawing).min(rest.len()));
            rest = after;
            let of_use = self.set.open || self.parts.get(rows.part).is_some_and(|part| part.open);
            if of_use && first >= self.counted_to {
                let tally = if self.dataset.channels == 4 { Tally::of_colours(here) } else { Tally::of(here) };
                counts.push((rows.part, if self.map.bools { tally.as_bools() } else { tally }));
            }
        }
        counts
    }

    /// Adds what [`Self::count`] counted of the rows from `first` on, in order; true when from now on another range is right.
    pub(crate) fn add(&mut self, first: u32, counts: Counts) -> bool {
        if first < self.counted_to {
            return false;
        }
        self.counted_to = first.saturating_add(1);
        let (asks, whole, map, may_be_dark) = (self.asks, self.whole, self.map, self.asks_whether_dark());
        for (part, tally) in counts {
            if let Some(part) = self.parts.get_mut(part) {
                part.add(&tally, |part| !whole && ValueRange::is_settled(&part.tally, part.total));
            }
            self.set.add(&tally, |set| match (whole, asks) {
                (true, _) => false,
                (_, true) => ValueRange::is_settled(&set.tally, set.total),
                // Only whether anything is to be seen is of interest.
                (_, false) => {
                    let is_bright = || set.tally.ends().is_some_and(|(_, most)| most >= notes::DARK);
                    map.flat_in_words(&set.tally).is_none() && (!may_be_dark || is_bright())
                }
            });
        }
        if self.set.open { false } else { self.settle(ValueRange::BYTES) }
    }

    /// Ends the counting when all rows have been read; true when another range would have been right.
    pub(crate) fn end(&mut self) -> bool {
        if std::mem::replace(&mut self.ended, true) {
            return false;
        }
        let other = self.settle(ValueRange::of(&self.set.tally));
        self.dataset.measured.get_or_init(|| self.measured());
        self.set.open = false;
        self.parts.iter_mut().for_each(|part| part.open = false);
        other
    }

    /// Whether it is of interest that all values are low: nobody chose a range, and colour has none of its own.
    fn asks_whether_dark(&self) -> bool {
        self.dataset.channels == 4 && self.ranged.is_none() && self.dataset.values.range.is_none()
    }

    fn settle(&mut self, range: ValueRange) -> bool {
        let other = self.asks && self.map.range != range;
        if other {
            self.map.range = range;
        }
        self.asks = false;
        other
    }
}

#[cfg(test)]
mod tests;
