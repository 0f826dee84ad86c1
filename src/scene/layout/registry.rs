//! What a layout says of itself, and what it is made from. The table of all of them is [`LAYOUTS`].

use super::{LAYOUTS, Layout, LayoutError};
use crate::data::columns::{Columns, parse_names};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

/// What can be chosen of layouts; each reads a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct LayoutParams {
    /// Columns that a layout goes by, as they were typed; chosen from those that there are when absent.
    pub by: Option<String>,
    /// Columns of cells; chosen from the number of drawings when absent.
    pub columns: Option<u32>,
    /// Seed of what is random.
    pub seed: u64,
}

/// A part of [`LayoutParams`] that a layout reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// `by`: so many columns, with what the help says of them.
    By(usize, &'static str),
    /// `columns`.
    Columns,
    /// `seed`.
    Seed,
}

/// What a layout is made from.
#[derive(Clone, Copy, Debug)]
pub struct LayoutInput<'a> {
    /// How many drawings.
    pub rows: u32,
    /// The records' columns, read to their end; `None` where there are none.
    pub columns: Option<&'a Columns>,
    /// What was chosen, as far as the layout reads it.
    pub params: &'a LayoutParams,
}

/// Takes a placement of every row. A layout that takes its time publishes a quick one first and better ones later; the last one
/// stays.
pub type Publish<'a> = &'a mut dyn FnMut(Layout);

/// What a layout says of itself.
pub struct LayoutSpec {
    /// Its name on the command line and in JSON.
    pub name: &'static str,
    /// Its name in the window's bar.
    pub title: &'static str,
    /// What it is, for the help: a few words.
    pub about: &'static str,
    /// What of the parameters it reads: no other changes it.
    pub params: &'static [Param],
    /// The least side of a drawing in logical pixels unless the user chose one: drawings shrink to it and no further.
    pub point_px: f64,
    /// Says why it cannot be built, by little work: the window asks before it offers a layout.
    pub check: fn(LayoutInput<'_>) -> Result<(), LayoutError>,
    /// Finds a place for every row.
    pub build: fn(LayoutInput<'_>, Publish<'_>) -> Result<(), LayoutError>,
}

/// A layout of the table.
#[derive(Clone, Copy)]
pub struct LayoutKind(pub &'static LayoutSpec);

impl LayoutKind {
    /// How many columns it goes by; none need records.
    pub fn by_count(self) -> usize {
        self.params.iter().map(|param| if let Param::By(count, _) = param { *count } else { 0 }).sum()
    }

    /// What of the parameters counts for it, the rest as by default: two that are equal here give one placement of the same rows.
    ///
    /// Columns are meant for the layouts that go by so many of them; for one that was asked for they are `meant` in any case.
    pub fn own_params(self, params: &LayoutParams, meant: bool, columns: Option<&Columns>) -> LayoutParams {
        let mut own = LayoutParams::default();
        for param in self.params {
            match param {
                Param::By(count, _) => {
                    let fits = |by: &&String| meant || by_names(by, columns).len() == *count;
                    own.by = params.by.as_ref().filter(fits).cloned();
                }
                Param::Columns => own.columns = params.columns,
                Param::Seed => own.seed = params.seed,
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

/// The columns that a text names: the one of this very name, else a list as CSV writes it.
pub(super) fn by_names(by: &str, columns: Option<&Columns>) -> Vec<String> {
    let one = || vec![by.to_owned()];
    if columns.is_some_and(|columns| columns.named(by).is_some()) {
        return one();
    }
    parse_names(by).unwrap_or_else(|_| one())
}

/// The help of `--layout`: each with what it is.
pub fn layout_help() -> String {
    let one = |kind: &LayoutKind| format!("`{}` ({})", kind.name, kind.about);
    LAYOUTS.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The help of `--by`: who reads it, and what is taken where it is left out.
pub fn by_help() -> String {
    let one = |kind: &LayoutKind| {
        let by = kind.params.iter().find_map(|param| if let Param::By(_, help) = param { Some(help) } else { None })?;
        Some(format!("`{}`: {by}", kind.name))
    };
    LAYOUTS.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

/// The names of the layouts that read a parameter, for the help.
pub fn readers_of(param: Param) -> String {
    let readers = LAYOUTS.iter().filter(|kind| kind.params.contains(&param));
    listed(readers.map(|kind| format!("`{}`", kind.name)).collect())
}

/// "grid, index and groups".
pub(super) fn listed(mut names: Vec<String>) -> String {
    match (names.pop(), names.is_empty()) {
        (Some(last), false) => format!("{} and {last}", names.join(", ")),
        (last, _) => last.unwrap_or_default(),
    }
}

impl Deref for LayoutKind {
    type Target = LayoutSpec;

    fn deref(&self) -> &LayoutSpec {
        self.0
    }
}

impl Default for LayoutKind {
    fn default() -> Self {
        Self::GRID
    }
}

impl PartialEq for LayoutKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for LayoutKind {}

impl Hash for LayoutKind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for LayoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for LayoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl serde::Serialize for LayoutKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl<'de> serde::Deserialize<'de> for LayoutKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for LayoutKind {
    type Err = LayoutError;

    fn from_str(name: &str) -> Result<Self, LayoutError> {
        let found = LAYOUTS.iter().find(|kind| kind.name.eq_ignore_ascii_case(name));
        found.copied().ok_or_else(|| LayoutError::Unknown(name.chars().take(40).collect()))
    }
}
