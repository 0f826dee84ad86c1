//! Facets: what each column holds under a condition, less what the condition says of that very column. So a choice in one facet
//! changes the counts of all others, and its own go on to show what could be chosen instead.
//!
//! Values of a list are counted by their codes, numbers and times in the bins of a histogram, which are found once; of a row it is known
//! whether one choice alone leaves it out, and which.

use super::bins::{self, Bins};
use super::column::Column;
use super::kinds::{ColumnType, flag_text};
use super::query::{Condition, ConditionError};
use super::set::Columns;
use super::store::{NO_FLAG, NO_ID, NO_TIME, Store};
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// Most bars of a histogram of numbers, and of times.
const MOST_BARS: u32 = 40;
const MOST_BARS_OF_TIMES: u32 = 48;
/// Rows that a thread counts at once.
const CHUNK: usize = 1 << 16;
/// The bin of rows without a value.
const NO_BIN: u8 = u8::MAX;
/// More than one thing leaves the row out, or what is no choice of a column.
const MANY: u16 = u16::MAX;

/// The bins of a histogram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetBins {
    /// The ends of all bins, one more than there are: where each lies (a number, microseconds since 1970), and how it is typed in a condition.
    pub edges: Vec<(f64, String)>,
    /// What each is called.
    pub labels: Vec<String>,
    /// How many of all rows each holds.
    pub totals: Vec<u32>,
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// As it is written.
    pub text: Arc<str>,
    /// How many rows have it.
    pub count: u32,
}

/// What was counted of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// All its values, the most frequent first, then by their texts.
    Values(Vec<ValueCount>),
    /// The rows of each bin.
    Bins(Vec<u32>),
    /// Nothing but how many have a value: nearly all are different.
    Texts,
}

/// What a column holds under the condition and the choices of all other columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnCounts {
    /// By its values.
    pub counted: Counted,
    /// Rows that have a value.
    pub present: u32,
    /// Rows that have none.
    pub missing: u32,
}

/// What all columns hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Rows that all of the condition keeps.
    pub kept: u32,
    /// In the order of the columns.
    pub columns: Vec<ColumnCounts>,
}

/// All that counting needs and no condition changes.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    columns: Vec<Facet>,
}

#[derive(Clone, Debug, Default)]
struct Facet {
    /// Each row's bin, or 0; none where the column has codes.
    rows: Vec<u8>,
    bins: FacetBins,
    /// For each code of a category the place of its text among all.
    ranks: Vec<u32>,
}

impl Facets {
    /// Finds the bins of all columns, which have been read to their end. Fails where it is given up.
    pub fn new(columns: &Columns, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let all = columns.len().max(1) as f64;
        let facet = |(at, column): (usize, &Column)| -> Result<Facet, Cancelled> {
            progress.reach(at as f64 / all)?;
            Ok(Facet::of(column))
        };
        Ok(Self { columns: columns.iter().enumerate().map(facet).collect::<Result<_, _>>()? })
    }

    /// The bins of a column of numbers or times, by its place among the columns.
    pub fn bins(&self, column: usize) -> Option<&FacetBins> {
        self.columns.get(column).map(|facet| &facet.bins).filter(|bins| !bins.labels.is_empty())
    }

    /// Counts what all columns hold under a condition.
    pub fn count(&self, columns: &Columns, condition: Option<&Condition>) -> Result<FacetCounts, ConditionError> {
        let rows = columns.rows_loaded();
        let left_out = LeftOut::of(columns, rows, condition)?;
        let counts = |(place, (column, facet)): (usize, (&Column, &Facet))| facet.count(column, &left_out, place);
        let all: Vec<_> = columns.iter().zip(&self.columns).enumerate().collect();
        let kept = left_out.rows.par_iter().filter(|&&by| by == 0).count() as u32;
        Ok(FacetCounts { kept, columns: all.into_par_iter().map(counts).collect() })
    }
}

/// What leaves out each row: 0 nothing, else the one choice that does, or `MANY`.
struct LeftOut {
    rows: Vec<u16>,
    /// The number of each column's choice, 0 where it has none.
    choices: Vec<u16>,
}

impl LeftOut {
    fn of(columns: &Columns, rows: u32, condition: Option<&Condition>) -> Result<Self, ConditionError> {
        let mut left_out = Self { rows: vec![0; rows as usize], choices: Vec::new() };
        let Some(condition) = condition else { return Ok(left_out) };
        let faceted = condition.faceted(columns);
        let mut add = |text: Option<String>, number: u16| -> Result<bool, ConditionError> {
            let Some(text) = text else { return Ok(false) };
            let kept = text.parse::<Condition>()?.evaluate(columns, rows)?.rows;
            left_out.rows.par_iter_mut().zip(kept).for_each(|(by, is_kept)| match *by {
                _ if is_kept => {}
                0 => *by = number,
                _ => *by = MANY,
            });
            Ok(true)
        };
        add(faceted.of(None), MANY)?;
        let mut choices = Vec::new();
        for (column, number) in columns.iter().zip(1..MANY) {
            choices.push(if add(faceted.of(Some(column.name())), number)? { number } else { 0 });
        }
        left_out.choices = choices;
        Ok(left_out)
    }

    /// How often each of `kinds` codes occurs in the rows that nothing leaves out but a column's own choice; and how many of these rows
    /// have none of the codes.
    fn tally<C: Copy + Into<u32> + Sync>(&self, codes: &[C], kinds: usize, column: usize) -> (Vec<u32>, u32) {
        let own = self.choices.get(column).copied().unwrap_or(0);
        let counts = |(codes, rows): (&[C], &[u16])| {
            let mut counts = vec![0_u32; kinds + 1];
            for (&code, &by) in codes.iter().zip(rows) {
                let code: u32 = code.into();
                if let Some(count) = counts.get_mut((code as usize).min(kinds)) {
                    *count += u32::from(by == 0 || by == own);
                }
            }
            counts
        };
        let add = |mut a: Vec<u32>, b: Vec<u32>| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        };
        let chunk = CHUNK.max(4 * kinds);
        let chunks = codes.par_chunks(chunk).zip(self.rows.par_chunks(chunk));
        let mut counts = chunks.map(counts).reduce(|| vec![0; kinds + 1], add);
        // Behind the last value all are missing.
        let behind = self.rows.iter().skip(codes.len()).filter(|&&by| by == 0 || by == own).count() as u32;
        let missing = counts.pop().unwrap_or_default() + behind;
        (counts, missing)
    }
}

impl Facet {
    fn of(column: &Column) -> Self {
        match (&column.store, column.kind()) {
            (Store::Flags(_), _) => Self::default(),
            (Store::Settled(_, dictionary), ColumnType::Category) => Self::of_texts(dictionary.shared()),
            (Store::Words(words), ColumnType::Category) => Self::of_texts(words.dictionary.shared()),
            (Store::Numbers(values), _) => {
                Self::binned(Bins::of_numbers(values, MOST_BARS), values, |bins, value: f64| {
                    (!value.is_nan()).then(|| bins.of_number(value))
                })
            }
            (Store::Digits(digits), ColumnType::Number) => {
                let present = digits.values.iter().filter(|&&value| value != NO_ID).map(|&value| value.into());
                Self::binned(Bins::of_whole(present, MOST_BARS), &digits.values, |bins, value: u64| {
                    (value != NO_ID).then(|| bins.of_integer(value.into()))
                })
            }
            (Store::Times(times), _) => {
                let all = || (0..times.values.len()).filter_map(|row| times.us(row));
                let us: Vec<i64> = (0..times.values.len()).map(|row| times.us(row).unwrap_or(NO_TIME)).collect();
                Self::binned(bins::of_times(all, MOST_BARS_OF_TIMES), &us, |bins, us: i64| {
                    (us != NO_TIME).then(|| bins.of_time(us))
                })
            }
            (store, _) => {
                let is_missing = |row| matches!(store.scalar(row), super::kinds::Scalar::Null);
                let rows = (0..store.len()).into_par_iter().map(|row| if is_missing(row) { NO_BIN } else { 0 });
                Self { rows: rows.collect(), ..Self::default() }
            }
        }
    }

    fn of_texts(texts: &[Arc<str>]) -> Self {
        let mut codes: Vec<u32> = (0..texts.len() as u32).collect();
        codes.par_sort_unstable_by_key(|&code| texts.get(code as usize));
        let mut ranks = vec![0; texts.len()];
        for (rank, code) in (0..).zip(codes) {
            if let Some(place) = ranks.get_mut(code as usize) {
                *place = rank;
            }
        }
        Self { ranks, ..Self::default() }
    }

    fn binned<T: Copy + Sync>(bins: Option<Bins>, values: &[T], bin: impl Fn(&Bins, T) -> Option<u32> + Sync) -> Self {
        let Some(bins) = bins else { return Self { rows: vec![NO_BIN; values.len()], ..Self::default() } };
        let code = |&value: &T| bin(&bins, value).and_then(|bin| u8::try_from(bin).ok()).unwrap_or(NO_BIN);
        let rows: Vec<u8> = values.par_iter().map(code).collect();
        let mut totals = vec![0; bins.labels.len()];
        for &bin in &rows {
            if let Some(total) = totals.get_mut(usize::from(bin)) {
                *total += 1;
            }
        }
        Self { rows, bins: FacetBins { edges: bins.edges(), labels: bins.labels, totals }, ranks: Vec::new() }
    }

    fn count(&self, column: &Column, left_out: &LeftOut, place: usize) -> ColumnCounts {
        let (counted, missing) = match (&column.store, column.kind()) {
            (Store::Flags(values), _) => {
                let (counts, missing) = left_out.tally(values, usize::from(NO_FLAG), place);
                let value = |(flag, count): (bool, u32)| ValueCount { text: flag_text(flag).into(), count };
                // As one asks: first of what is so.
                let values = [false, true].into_iter().zip(counts).map(value).rev();
                (Counted::Values(values.collect()), missing)
            }
            (Store::Settled(codes, dictionary), ColumnType::Category) => {
                let (counts, missing) = left_out.tally(codes, dictionary.len(), place);
                (Counted::Values(self.values(&counts, dictionary.shared())), missing)
            }
            (Store::Words(words), ColumnType::Category) => {
                let (counts, missing) = left_out.tally(&words.codes, words.dictionary.len(), place);
                (Counted::Values(self.values(&counts, words.dictionary.shared())), missing)
            }
            (_, ColumnType::Number | ColumnType::Time) => {
                let (counts, missing) = left_out.tally(&self.rows, self.bins.labels.len(), place);
                (Counted::Bins(counts), missing)
            }
            _ => {
                let (counts, missing) = left_out.tally(&self.rows, 1, place);
                let present = counts.iter().sum();
                return ColumnCounts { counted: Counted::Texts, present, missing };
            }
        };
        let present = match &counted {
            Counted::Values(values) => values.iter().map(|value| value.count).sum(),
            Counted::Bins(counts) => counts.iter().sum(),
            Counted::Texts => 0,
        };
        ColumnCounts { counted, present, missing }
    }

    /// The values of a category, the most frequent first.
    fn values(&self, counts: &[u32], texts: &[Arc<str>]) -> Vec<ValueCount> {
        let mut order: Vec<(Reverse<u32>, u32, usize)> = (0..)
            .zip(counts.iter().zip(&self.ranks))
            .map(|(code, (&count, &rank))| (Reverse(count), rank, code))
            .collect();
        order.par_sort_unstable();
        let value = |&(Reverse(count), _, code): &(Reverse<u32>, u32, usize)| {
            Some(ValueCount { text: Arc::clone(texts.get(code)?), count })
        };
        order.iter().filter_map(value).collect()
    }
}
