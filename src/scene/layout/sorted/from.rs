//! What a sorted grid starts from.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a sorted grid starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortedFrom {
    /// The codes alone: it takes seconds.
    #[default]
    Codes,
    /// The t-SNE map, whose landscape it keeps: better, and it takes as long as the map.
    Map,
}

impl fmt::Display for SortedFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Codes => "codes",
            Self::Map => "map",
        })
    }
}

impl FromStr for SortedFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "codes" => Ok(Self::Codes),
            "map" => Ok(Self::Map),
            _ => Err("what a sorted grid starts from is needed: `codes` or `map`".to_owned()),
        }
    }
}
