//! How rows of numbers are compared.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What is near.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// The angle alone.
    #[default]
    Cosine,
    /// The straight distance.
    Euclid,
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Cosine => "cosine",
            Self::Euclid => "euclid",
        })
    }
}

impl FromStr for Metric {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = [Self::Cosine, Self::Euclid].into_iter().find(|metric| metric.to_string() == name.trim());
        found.ok_or_else(|| "rows of numbers are compared by `cosine` or by `euclid`".to_owned())
    }
}
