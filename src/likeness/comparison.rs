//! By what the drawings of a set are compared.

use super::code::Measure;
use super::code::embedding::Metric;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComparedBy {
    /// Where lines of which direction run.
    #[default]
    Direction,
    /// Where ink lies.
    Ink,
    /// Rows of numbers from a file.
    File,
}

impl ComparedBy {
    /// Everything that can be compared.
    pub const ALL: [Self; 3] = [Self::Direction, Self::Ink, Self::File];

    /// The measure, where drawings themselves are compared.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Self::Direction => Some(Measure::Direction),
            Self::Ink => Some(Measure::Ink),
            Self::File => None,
        }
    }

    /// Why a drawing among others is like none of them.
    pub fn lacks(self) -> &'static str {
        match self {
            Self::Direction | Self::Ink => "there is no line in it to compare",
            Self::File => "its numbers are missing, or 0",
        }
    }

    /// As the window says it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Direction => "by the direction of lines",
            Self::Ink => "by where ink lies",
            Self::File => "by the numbers of --embedding",
        }
    }
}

impl fmt::Display for ComparedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Direction => "direction",
            Self::Ink => "ink",
            Self::File => "file",
        })
    }
}

impl FromStr for ComparedBy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|by| by.to_string().eq_ignore_ascii_case(name.trim()));
        found.ok_or_else(|| "drawings are compared by `direction`, by `ink`, or by a `file` (--embedding)".to_owned())
    }
}

/// By what drawings are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    pub by: ComparedBy,
    /// A file of rows of numbers, which is known even where something else is compared.
    #[serde(default)]
    pub embedding: Option<PathBuf>,
    /// How such rows are compared.
    #[serde(default)]
    pub metric: Metric,
}

impl Comparison {
    /// By a measure of drawings themselves.
    pub fn of(by: ComparedBy) -> Self {
        Self { by, ..Self::default() }
    }

    /// What of it counts: two that are equal here compare drawings in one way.
    #[must_use]
    pub fn in_force(&self) -> Self {
        if self.by == ComparedBy::File { self.clone() } else { Self::of(self.by) }
    }
}
