//! Times of a column in bins of the calendar (UTC).

use super::calendar::{self, UNITS, Unit};
use super::column::Column;
use super::store::Store;
use crate::data::Row;
use crate::progress::{Cancelled, Progress};

/// All bins of a unit of the calendar between the first and the last time.
#[derive(Clone, Debug)]
pub struct TimeBins<'a> {
    column: &'a Column,
    unit: Unit,
    name: &'static str,
    /// The first bin's number.
    first: i64,
    /// The first and the last time, microseconds.
    ends: [i64; 2],
}

impl Column {
    /// Bins by the narrowest unit of the calendar of which at most `most` hold all times; `None` where there is no time. Fails where it
    /// is given up.
    pub fn time_bins(&self, most: u32, progress: Progress<'_>) -> Result<Option<TimeBins<'_>>, Cancelled> {
        let Store::Times(times) = &self.store else { return Ok(None) };
        let mut ends: Option<[i64; 2]> = None;
        for block in progress.blocks(self.rows) {
            for us in block?.filter_map(|row| times.us(row as usize)) {
                ends = Some(ends.map_or([us, us], |[low, high]| [low.min(us), high.max(us)]));
            }
        }
        let Some(ends @ [low, high]) = ends else { return Ok(None) };
        let fits = |unit: &Unit| unit.number(high) - unit.number(low) < i64::from(most);
        let unit = UNITS.into_iter().find(|(unit, _)| fits(unit));
        Ok(unit.map(|(unit, name)| TimeBins { column: self, unit, name, first: unit.number(low), ends }))
    }
}

impl TimeBins<'_> {
    /// How many there are.
    pub fn count(&self) -> u32 {
        (self.unit.number(self.ends[1]) - self.first + 1) as u32
    }

    /// "by weeks (UTC)".
    pub fn in_words(&self) -> String {
        format!("by {} (UTC)", self.name)
    }

    /// The bin of a row; `None` where it has no time.
    pub fn of(&self, row: Row) -> Option<u32> {
        let Store::Times(times) = &self.column.store else { return None };
        times.us(row.0 as usize).map(|us| (self.unit.number(us) - self.first) as u32)
    }

    /// Where units of the calendar begin, each with its bin, the part of it that has passed then, and its text: 3 to 7 of them where
    /// times lie apart.
    pub fn ticks(&self) -> Vec<(u32, f64, String)> {
        let [low, high] = self.ends;
        let place = |(us, text): (i64, String)| {
            let number = self.unit.number(us);
            let (from, to) = (self.unit.start(number), self.unit.start(number + 1));
            ((number - self.first) as u32, (us - from) as f64 / (to - from).max(1) as f64, text)
        };
        // The first bin is whole, the first time may lie anywhere in it.
        calendar::ticks(self.unit.start(self.unit.number(low)), high).into_iter().map(place).collect()
    }
}
