//! A column as blocks: a code per row, by value or in bins, and which column to group by.

use super::added::Added;
use super::bins::{self, Bins};
use super::column::Column;
use super::counts::{key_of_number, key_of_time, label, tally_within};
use super::kinds::flag_text;
use super::set::Columns;
use super::store::{NO_CODE, NO_CODE_16, NO_FLAG, NO_ID, NO_TIME, Store};
use super::{MAX_CATEGORIES, quoted, quoted_names};
use crate::progress::{BLOCK, Cancelled, Progress};
use rayon::prelude::*;
use std::borrow::Cow;
use thiserror::Error;

/// Rows that get their codes between two looks at whether they are wanted: about a millisecond of all cores.
const CODED_ROWS: usize = 1 << 20;
/// So many different numbers or times always make a block each.
const FEW: usize = 20;
/// More different whole numbers do where a value has so many rows on average.
const ROWS_A_VALUE: usize = 5;
/// What is grouped by where nobody says it, if it has more than one value.
const USUAL: [&str; 5] = ["category", "word", "label", "class", "countrycode"];

/// Why drawings cannot be grouped.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GroupError {
    /// There is nothing to group by.
    #[error("cannot group: there are no records to group by; name the .ndjson file, too")]
    NoRecords,
    /// There are records without a value that makes a column.
    #[error("cannot group: the records hold no values to group by, only arrays, objects or lines that cannot be read")]
    NoValues,
    /// No column of this name.
    #[error("cannot group by {name}: there is no such column; {known}")]
    Unknown {
        /// As it is typed.
        name: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// Too many different texts or ids.
    #[error(
        "cannot group by {name}: it has {} different values, and at most {} blocks can be made; choose another column with --by",
        crate::words::thousands(*values as u64),
        crate::words::thousands(MAX_CATEGORIES as u64)
    )]
    TooMany {
        /// As it is typed.
        name: String,
        /// How many values differ.
        values: usize,
    },
}

/// A column as codes into a list of labels, one code per row.
#[derive(Clone, Debug)]
pub struct Codes<'a> {
    /// For each row its place in `labels`; [`Codes::MISSING`] where the value is missing.
    pub codes: Cow<'a, [u32]>,
    /// The distinct values as text: categories in order of first appearance, numbers, times and bins ascending.
    pub labels: Vec<String>,
    /// How values were put together, as in "in bins of 5"; `None` where each has a block of its own.
    pub bins: Option<String>,
}

impl Codes<'_> {
    /// The code of a missing value.
    pub const MISSING: u32 = NO_CODE;
}

impl Columns {
    /// The column of a name as it is or, where there is none, as it is quoted in a list of columns.
    pub fn named(&self, name: &str) -> Option<&Column> {
        let unquoted = || {
            let inner = name.trim().strip_prefix('"')?.strip_suffix('"')?;
            self.get(&inner.replace("\"\"", "\""))
        };
        self.get(name).or_else(unquoted).or_else(|| self.get(name.trim()))
    }

    /// Which columns there are, as a clause with names as they are typed.
    pub fn known(&self) -> String {
        if self.is_empty() {
            let what = if self.has_records() {
                "these records hold no single values"
            } else {
                "these drawings have no records"
            };
            return what.to_owned();
        }
        format!("known are {}", quoted_names(self.iter().map(Column::name)))
    }

    /// The column to group by and its codes. Without a name it is the first of `category`, `word`, `label`, `class`,
    /// `countrycode` that has more than one value, else the column that has the fewest above one.
    pub fn grouped(&self, by: Option<&str>) -> Result<(&Column, Codes<'_>), GroupError> {
        let column = self.group_column(by)?;
        Ok((column, column.codes().ok_or_else(|| too_many(column))?))
    }

    /// The column of [`Self::grouped`], found by little work.
    pub fn group_column(&self, by: Option<&str>) -> Result<&Column, GroupError> {
        let nothing = || if self.has_records() { GroupError::NoValues } else { GroupError::NoRecords };
        let column = match by {
            Some(_) if self.is_empty() => return Err(nothing()),
            Some(name) => {
                let unknown = || GroupError::Unknown { name: quoted(name), known: self.known() };
                self.named(name).ok_or_else(unknown)?
            }
            None => self.usual().ok_or_else(nothing)?,
        };
        let is_grouped = match &column.store {
            Store::Texts(_) => false,
            Store::Digits(digits) if digits.strings => column.distinct() <= MAX_CATEGORIES,
            _ => true,
        };
        if is_grouped { Ok(column) } else { Err(too_many(column)) }
    }

    /// The column that is grouped by where none is named.
    pub fn usual(&self) -> Option<&Column> {
        let many = |column: &&Column| column.distinct() > 1;
        let usual = USUAL.iter().filter_map(|name| self.get(name)).find(many);
        // Tags and clusters come and go: what is usual does not change with them.
        let is_added = |column: &Column| Added::ALL.iter().any(|&what| self.is_added(what, column));
        let fewest = || self.iter().filter(many).min_by_key(|column| (is_added(column), column.distinct()));
        // Where nothing differs, one block of the first column says so.
        usual.or_else(fewest).or_else(|| self.iter().next())
    }
}

fn too_many(column: &Column) -> GroupError {
    GroupError::TooMany { name: quoted(column.name()), values: column.distinct() }
}

impl Column {
    /// A code per row for grouping; `None` for texts and ids with more than 65,535 values.
    ///
    /// Flags, categories and ids written as strings make a block of each value. So do numbers and times of which at most 20
    /// differ, and whole numbers that occur 5 times on average; others are put into bins.
    pub fn codes(&self) -> Option<Codes<'_>> {
        // Nobody gives it up.
        self.codes_within(Progress::NONE).ok().flatten()
    }

    /// The same; fails where it is given up.
    pub fn codes_within(&self, progress: Progress<'_>) -> Result<Option<Codes<'_>>, Cancelled> {
        let (counting, coding) = (progress.part(0.0, 0.6), progress.part(0.6, 1.0));
        let mut codes: Vec<u32> = Vec::new();
        let mut bins = None;
        let labels = match &self.store {
            Store::Empty(_) => Vec::new(),
            Store::Flags(values) => {
                codes = coded(values, |&flag| if flag == NO_FLAG { NO_CODE } else { flag.into() }, coding)?;
                [false, true].map(|flag| flag_text(flag).to_owned()).into()
            }
            Store::Words(words) => {
                codes = coded(&words.codes, |&code| code, coding)?;
                words.dictionary.iter().map(str::to_owned).collect()
            }
            Store::Settled(values, dictionary) => {
                let code = |&code: &u16| if code == NO_CODE_16 { NO_CODE } else { code.into() };
                codes = coded(values, code, coding)?;
                dictionary.iter().map(str::to_owned).collect()
            }
            Store::Numbers(values) => {
                let is_whole = values.iter().all(|value| value.is_nan() || value.fract() == 0.0);
                let keys = self.keys(is_whole, counting)?;
                let of = keys.is_none().then(|| Bins::of_numbers(values, bins::MOST)).flatten();
                let code = |value: &f64| match (&keys, &of) {
                    _ if value.is_nan() => NO_CODE,
                    (Some(keys), _) => place(keys, key_of_number(*value)),
                    (None, bins) => bins.as_ref().map_or(NO_CODE, |bins| bins.of_number(*value)),
                };
                codes = coding.collect(values.iter().map(code))?;
                self.labels(keys, of, &mut bins)
            }
            Store::Digits(digits) => {
                let keys = self.keys(true, counting)?;
                if keys.is_none() && digits.strings {
                    return Ok(None);
                }
                let present = || digits.values.iter().filter(|&&value| value != NO_ID).copied();
                let of = keys.is_none().then(|| Bins::of_whole(present().map(i128::from), bins::MOST)).flatten();
                let code = |&value: &u64| match (&keys, &of) {
                    _ if value == NO_ID => NO_CODE,
                    (Some(keys), _) => place(keys, value),
                    (None, bins) => bins.as_ref().map_or(NO_CODE, |bins| bins.of_integer(value.into())),
                };
                codes = coding.collect(digits.values.iter().map(code))?;
                self.labels(keys, of, &mut bins)
            }
            Store::Times(times) => {
                let keys = self.keys(false, counting)?;
                let all = || (0..times.values.len()).filter_map(|row| times.us(row));
                let of = keys.is_none().then(|| bins::of_times(all, bins::MOST_TIMES)).flatten();
                let code = |(row, &value): (usize, &i64)| match (&keys, &of) {
                    _ if value == NO_TIME => NO_CODE,
                    (Some(keys), _) => place(keys, key_of_time(value)),
                    (None, Some(bins)) => times.us(row).map_or(NO_CODE, |us| bins.of_time(us)),
                    (None, None) => NO_CODE,
                };
                codes = coding.collect(times.values.iter().enumerate().map(code))?;
                self.labels(keys, of, &mut bins)
            }
            Store::Texts(_) => return Ok(None),
        };
        codes.resize(self.rows as usize, NO_CODE);
        Ok(Some(Codes { codes: Cow::Owned(codes), labels, bins }))
    }

    /// The distinct values of numbers or times where each is to have a block of its own.
    fn keys(&self, whole: bool, progress: Progress<'_>) -> Result<Option<Vec<u64>>, Cancelled> {
        let counts = tally_within(&self.store, progress)?;
        let different = counts.len();
        let strings = matches!(&self.store, Store::Digits(digits) if digits.strings);
        let present = || counts.iter().map(|(_, count)| *count as usize).sum::<usize>();
        let frequent = || whole && (strings || present() >= different * ROWS_A_VALUE);
        let own = different <= FEW || (different <= MAX_CATEGORIES && frequent());
        Ok(own.then(|| counts.into_iter().map(|(key, _)| key).collect()))
    }

    fn labels(&self, keys: Option<Vec<u64>>, of: Option<Bins>, said: &mut Option<String>) -> Vec<String> {
        match (keys, of) {
            (Some(keys), _) => keys.into_iter().map(|key| label(&self.store, key)).collect(),
            (None, Some(bins)) => {
                *said = Some(bins.said);
                bins.labels
            }
            (None, None) => Vec::new(),
        }
    }
}

/// A code a value, on all cores.
fn coded<T: Sync>(
    values: &[T],
    code: impl Fn(&T) -> u32 + Sync,
    progress: Progress<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let mut codes = Vec::with_capacity(values.len());
    for block in values.chunks(CODED_ROWS) {
        progress.reach(codes.len() as f64 / values.len() as f64)?;
        codes.par_extend(block.par_iter().with_min_len(BLOCK as usize).map(&code));
    }
    Ok(codes)
}

fn place(keys: &[u64], key: u64) -> u32 {
    keys.binary_search(&key).map_or(NO_CODE, |place| place as u32)
}
