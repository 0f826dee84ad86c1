//! What a layout says of itself, and what it is made from. The table of all of them is [`LAYOUTS`].

use super::{LAYOUTS, Layout, LayoutError, LayoutParams, Param};
use crate::atlas::Moments;
use crate::data::columns::{Columns, parse_names};
use crate::likeness::code::Codes;
use crate::likeness::graph::Graphs;
use crate::progress::Progress;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

/// What a layout is made from.
#[derive(Clone, Copy, Debug)]
pub struct LayoutInput<'a> {
    /// How many drawings.
    pub rows: u32,
    /// The records' columns, read to their end; `None` where there are none.
    pub columns: Option<&'a Columns>,
    /// Mean and standard deviation of the ink of each drawing; `None` before all have been read.
    pub moments: Option<&'a [Moments]>,
    /// The code of each drawing: how much two of them look alike; `None` where nobody has made them.
    pub codes: Option<&'a Codes>,
    /// Who finds, or knows, which drawings are most like each, by these codes; without one they are found by the layout.
    pub graphs: Option<&'a dyn Graphs>,
    /// What was chosen, as far as the layout reads it.
    pub params: &'a LayoutParams,
    /// Hears how far it is, and says when nobody wants it any more.
    pub progress: Progress<'a>,
}

/// Takes a placement of every row. A layout that takes its time publishes a quick one first and better ones later; the last one
/// stays. Fails where nobody wants it any more.
pub type Publish<'a> = &'a mut dyn FnMut(Layout) -> Result<(), LayoutError>;

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
    /// Finds a place for every row, and looks in at [`LayoutInput::progress`] every few milliseconds.
    pub build: fn(LayoutInput<'_>, Publish<'_>) -> Result<(), LayoutError>,
}

/// A layout of the table.
#[derive(Clone, Copy)]
pub struct LayoutKind(pub &'static LayoutSpec);

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
        let by = kind.params.iter().find_map(|param| if let Param::By(by) = param { Some(by) } else { None })?;
        Some(format!("`{}`: {}", kind.name, by.help))
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
