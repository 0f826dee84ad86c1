//! What can be chosen of layouts, and which part of it each reads.

use super::LayoutKind;
use super::registry::by_names;
use crate::data::columns::query::Condition;
use crate::data::columns::{ColumnType, Columns};
use crate::scene::camera::Viewport;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
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
    /// The condition that decides which rows have a place, as it was typed; all have one when absent.
    #[serde(default)]
    pub only: Option<String>,
    /// Where a slice of a set is open: its first row in the whole set, and how many rows that has.
    pub slice: Option<[u32; 2]>,
}

impl LayoutParams {
    /// Whether a column is named in them.
    pub fn goes_by(&self, column: &str) -> bool {
        let by = self.by.iter().any(|by| by == column || by_names(by, None).iter().any(|name| name == column));
        let sort = self
            .sort
            .iter()
            .any(|sort| sort == column || sort.rsplit_once(':').is_some_and(|(name, _)| name == column));
        let only = self.only.iter().filter_map(|only| only.parse::<Condition>().ok());
        by || sort || only.into_iter().any(|only| only.mentions(column))
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
    /// None of them, but how much drawings look alike.
    Likeness,
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
        self.by_count() > 0 || (self.reads(Param::Sort) && params.sort.is_some())
    }

    /// Whether it goes by columns where there are some: it waits for them.
    pub fn reads_columns(self, params: &LayoutParams) -> bool {
        let array = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("npy"));
        self.needs_columns(params)
            || params.only.is_some()
            || (self.reads(Param::Positions) && params.positions.as_ref().is_some_and(|path| !array(path)))
    }

    /// Whether it takes places out of a file, which knows rows by their numbers.
    pub fn reads_file(self) -> bool {
        self.reads(Param::Positions)
    }

    /// Whether it goes by all drawings: it waits for them.
    pub fn reads_drawings(self) -> bool {
        self.reads(Param::Ink) || self.reads_likeness()
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
                Param::Ink | Param::Likeness => {}
                Param::Positions => {
                    own.positions.clone_from(&params.positions);
                    own.slice = params.slice;
                }
            }
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

/// Width over height of a plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// As each layout has it by itself.
    #[default]
    Own,
    /// This one.
    Given(Ratio),
    /// That of the viewport at the start, less the margins.
    Fit,
}

/// A width over a height, from 1/100 to 100.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "f64")]
pub struct Ratio(f64);

impl From<f64> for Ratio {
    fn from(ratio: f64) -> Self {
        Self::new(ratio)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Ratio {}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl Ratio {
    /// The nearest that is permitted; of no number 1.
    pub fn new(ratio: f64) -> Self {
        Self(if ratio.is_nan() { 1.0 } else { ratio.clamp(0.01, 100.0) })
    }
}

impl Aspect {
    /// The ratio that was chosen, if one was.
    pub fn given(self) -> Option<f64> {
        if let Self::Given(Ratio(ratio)) = self { Some(ratio) } else { None }
    }

    /// The same with the ratio of the viewport in place of `fit`.
    pub fn at_start(self, viewport: &Viewport) -> Self {
        let free_px = viewport.free_px();
        if self == Self::Fit { Self::Given(Ratio::new(free_px.x / free_px.y)) } else { self }
    }
}

impl FromStr for Aspect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("fit") {
            return Ok(Self::Fit);
        }
        let length = |text: &str| text.trim().parse().ok().filter(|length: &f64| length.is_finite() && *length > 0.0);
        let ratio = text.split_once(':').and_then(|(width, height)| Some(length(width)? / length(height)?));
        let ratio = ratio.filter(|ratio| (0.01..=100.0).contains(ratio));
        ratio.map(|ratio| Self::Given(Ratio::new(ratio))).ok_or_else(|| {
            "width and height are needed with a colon between them, as in `16:10`, or `fit`; from 1:100 to 100:1"
                .to_owned()
        })
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
    fn a_ratio_is_two_lengths() {
        assert_eq!("16:10".parse::<Aspect>().unwrap().given(), Some(1.6));
        assert_eq!(" 350 : 100".parse::<Aspect>().unwrap().given(), Some(3.5));
        assert_eq!("Fit".parse(), Ok(Aspect::Fit));
        for bad in ["", "1.6", "0:1", "-1:2", "1:nan", "1:inf", "1:101", "1:2:3", "fits"] {
            assert!(bad.parse::<Aspect>().unwrap_err().contains("as in `16:10`"), "{bad}");
        }
        // 350 x 100 pixels less 12 on each side.
        let fit = Aspect::Fit.at_start(&Viewport::new(350, 100, 1.0));
        assert_eq!(fit.given(), Some(326.0 / 76.0));
        assert_eq!(Aspect::Own.at_start(&Viewport::new(350, 100, 1.0)), Aspect::Own);
    }

    #[test]
    fn logarithmic_axes_are_named() {
        let axes = |text: &str| text.parse::<LogAxes>().ok().map(|axes| [axes.x, axes.y]);
        assert_eq!(["x", "Y", "y, x"].map(axes), [Some([true, false]), Some([false, true]), Some([true, true])]);
        assert_eq!(["", "z", "x;y", "x,"].map(axes), [None; 4]);
    }
}
