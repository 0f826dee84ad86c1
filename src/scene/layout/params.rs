//! What can be chosen of layouts, and which part of it each reads.

use super::aspect::Aspect;
use super::registry::{LayoutKind, by_names};
use super::{Kept, SortedFrom};
use crate::data::columns::query::Condition;
use crate::data::columns::{ColumnType, Columns};
use crate::likeness::comparison::Comparison;
use serde::{Deserialize, Serialize};
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What can be chosen of layouts; each reads a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayoutParams {
    /// Columns that a layout goes by, as they were typed; chosen from those that there are when absent.
    pub by: Option<String>,
    /// Columns of cells; chosen from the number of drawings when absent.
    pub columns: Option<u32>,
    /// Seed of what is random.
    pub seed: u64,
    /// The column that rows are sorted by, as it was typed, and `:desc` or `:asc` behind it.
    pub sort: Option<String>,
    /// Width over height of a plot.
    pub aspect: Aspect,
    /// Which axes are logarithmic.
    pub log: LogAxes,
    /// The file of places.
    pub positions: Option<PathBuf>,
    /// How many neighbours of each drawing count on a map, about; the usual number when absent.
    #[serde(default)]
    pub perplexity: Option<u32>,
    /// By what drawings are compared.
    #[serde(default)]
    pub comparison: Comparison,
    /// The condition that decides which rows have a place, as it was typed; all have one when absent.
    #[serde(default)]
    pub only: Option<String>,
    /// The column whose values each have a block of a sorted grid, as it was typed; there is one block when absent.
    #[serde(default)]
    pub sorted_within: Option<String>,
    /// What a sorted grid starts from.
    #[serde(default)]
    pub sorted_from: SortedFrom,
    /// The rows of a sorted grid that stay in their cells.
    #[serde(default)]
    pub kept: Kept,
    /// The file of the map that is taken as it is, with the rows that it lacks placed on it.
    #[serde(default)]
    pub only_place: Option<PathBuf>,
    /// Where a slice of a set is open: its first row in the whole set, and how many rows that has.
    pub slice: Option<[u32; 2]>,
}

impl LayoutParams {
    /// The files that are read for them: nothing may be written over one.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.positions, &self.only_place, &self.comparison.embedding].into_iter().flatten().map(PathBuf::as_path)
    }

    /// The same, to name them in another way.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        [&mut self.positions, &mut self.only_place, &mut self.comparison.embedding].into_iter().flatten()
    }

    /// Whether a column is named in them.
    pub fn goes_by(&self, column: &str) -> bool {
        let by = self.by.iter().any(|by| by == column || by_names(by, None).iter().any(|name| name == column));
        let sort = self
            .sort
            .iter()
            .any(|sort| sort == column || sort.rsplit_once(':').is_some_and(|(name, _)| name == column));
        let within = self.sorted_within.as_deref() == Some(column);
        let only = self.only.iter().filter_map(|only| only.parse::<Condition>().ok());
        by || sort || within || only.into_iter().any(|only| only.mentions(column))
    }
}

/// A part of [`LayoutParams`] that a layout reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// `by`.
    By(By),
    /// `columns`.
    Columns,
    /// `seed`.
    Seed,
    /// `sort`.
    Sort,
    /// `aspect`.
    Aspect,
    /// `log`.
    Log,
    /// `positions`.
    Positions,
    /// None of them, but the ink of all drawings.
    Ink,
    /// `comparison`: how much drawings look alike.
    Likeness,
    /// `perplexity`.
    Perplexity,
    /// `sorted_within`.
    Within,
    /// `sorted_from`.
    From,
    /// `only_place`.
    OnlyPlace,
    /// `kept`.
    Kept,
}

/// Which columns a layout goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// How many.
    pub count: usize,
    /// What the help says of them.
    pub help: &'static str,
    /// What they may hold.
    pub kinds: &'static [ColumnType],
}

impl By {
    /// Whether names that were typed for another layout fit this one, too.
    fn fits(&self, typed: &str, columns: Option<&Columns>) -> bool {
        let names = by_names(typed, columns);
        let holds = |name: &String, columns: &Columns| {
            columns.named(name).is_some_and(|column| self.kinds.contains(&column.kind()))
        };
        names.len() == self.count && columns.is_none_or(|columns| names.iter().all(|name| holds(name, columns)))
    }
}

impl LayoutKind {
    fn by(self) -> Option<By> {
        self.params.iter().find_map(|param| if let Param::By(by) = param { Some(*by) } else { None })
    }

    /// How many columns it goes by.
    pub fn by_count(self) -> usize {
        self.by().map_or(0, |by| by.count)
    }

    /// Whether it can go by a column of this type, by its name in JSON.
    pub fn takes(self, kind: &str) -> bool {
        self.by().is_some_and(|by| by.kinds.iter().any(|known| known.as_str() == kind))
    }

    fn reads(self, param: Param) -> bool {
        self.params.contains(&param)
    }

    /// Whether it cannot be without the columns of records.
    pub fn needs_columns(self, params: &LayoutParams) -> bool {
        self.by_count() > 0
            || (self.reads(Param::Sort) && params.sort.is_some())
            || (self.reads(Param::Within) && params.sorted_within.is_some())
    }

    /// Whether it goes by columns where there are some: it waits for them.
    pub fn reads_columns(self, params: &LayoutParams) -> bool {
        let array = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("npy"));
        self.needs_columns(params)
            || params.only.is_some()
            || (self.reads(Param::Positions) && params.positions.as_ref().is_some_and(|path| !array(path)))
            || (self.reads(Param::OnlyPlace) && params.only_place.as_ref().is_some_and(|path| !array(path)))
    }

    /// Whether it takes places out of a file, which knows rows by their numbers.
    pub fn reads_file(self, params: &LayoutParams) -> bool {
        self.reads(Param::Positions) || (self.reads(Param::OnlyPlace) && params.only_place.is_some())
    }

    /// Whether it goes by all drawings: it waits for them.
    pub fn reads_drawings(self) -> bool {
        self.reads(Param::Ink) || self.reads_likeness()
    }

    /// Whether it is a map of what looks alike, which says more of itself where it knows categories.
    pub fn is_map(self) -> bool {
        self.reads_likeness() && self.reads(Param::Aspect)
    }

    /// Whether it goes by how much drawings look alike: it needs their codes.
    pub fn reads_likeness(self) -> bool {
        self.reads(Param::Likeness)
    }

    /// What of the parameters counts for it, the rest as by default: two that are equal here give one placement of the same rows.
    ///
    /// Columns are meant for the layouts that go by so many of their kind; for one that was asked for they are `meant` in any case.
    pub fn own_params(self, params: &LayoutParams, meant: bool, columns: Option<&Columns>) -> LayoutParams {
        let mut own = LayoutParams { only: params.only.clone(), ..LayoutParams::default() };
        for param in self.params {
            match param {
                Param::By(by) => {
                    own.by = params.by.as_ref().filter(|typed| meant || by.fits(typed, columns)).cloned();
                }
                Param::Columns => own.columns = params.columns,
                Param::Seed => own.seed = params.seed,
                Param::Sort => own.sort.clone_from(&params.sort),
                Param::Aspect => own.aspect = params.aspect,
                Param::Log => own.log = params.log,
                Param::Perplexity => own.perplexity = params.perplexity,
                Param::Likeness => own.comparison = params.comparison.in_force(),
                Param::Ink => {}
                Param::Within => own.sorted_within.clone_from(&params.sorted_within),
                Param::OnlyPlace => {
                    if params.only_place.is_some() {
                        own.only_place.clone_from(&params.only_place);
                        own.slice = params.slice;
                    }
                }
                Param::Kept => own.kept = params.kept.clone(),
                Param::From => own.sorted_from = params.sorted_from,
                Param::Positions => {
                    own.positions.clone_from(&params.positions);
                    own.slice = params.slice;
                }
            }
        }
        if self.reads(Param::From) && own.sorted_from == SortedFrom::Codes {
            // It makes no map.
            own.perplexity = None;
        }
        if own.only_place.is_some() {
            // It makes no map either, and nothing at random.
            (own.perplexity, own.seed) = (None, 0);
        }
        own
    }
}

impl LayoutKind {
    /// The columns that parameters name for it; none where it goes by none, or chooses them itself.
    pub fn named_columns(self, params: &LayoutParams, meant: bool, columns: Option<&Columns>) -> Vec<String> {
        self.own_params(params, meant, columns).by.map_or_else(Vec::new, |by| by_names(&by, columns))
    }
}

/// Which axes are logarithmic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LogAxes {
    /// The one to the right.
    pub x: bool,
    /// The one upwards.
    pub y: bool,
}

impl FromStr for LogAxes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut axes = Self::default();
        for axis in text.split(',') {
            match axis.trim().to_ascii_lowercase().as_str() {
                "x" => axes.x = true,
                "y" => axes.y = true,
                _ => return Err("the axes that are to be logarithmic are needed: `x`, `y` or `x,y`".to_owned()),
            }
        }
        Ok(axes)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn logarithmic_axes_are_named() {
        let axes = |text: &str| text.parse::<LogAxes>().ok().map(|axes| [axes.x, axes.y]);
        assert_eq!(["x", "Y", "y, x"].map(axes), [Some([true, false]), Some([false, true]), Some([true, true])]);
        assert_eq!(["", "z", "x;y", "x,"].map(axes), [None; 4]);
    }
}
