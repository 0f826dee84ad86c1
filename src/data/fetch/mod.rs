//! Downloads the published Quick, Draw! files: sizes first, resumable, and a final name only for a whole file.
//!
//! [`plan`] asks the server how large each file is and looks at what the folder already holds; [`run`] fetches what is
//! missing. Bytes arrive in `NAME.part`; `NAME.part.json` beside it says which version of the file they belong to, so
//! that a later run goes on where this one was cut off.

pub mod address;
mod attempts;
mod categories;
mod client;
mod content;
mod download;
mod error;
mod part;
mod plan;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

pub use categories::{categories, find, nearest};
pub use content::Kind;
pub use download::{Progress, run};
pub use error::FetchError;
pub use plan::{Plan, PlannedFile, Present, plan};

/// Where the published files lie; `numpy_bitmap/`, `raw/` and `simplified/` are folders below it.
pub const DEFAULT_BASE_URL: &str = "https://storage.googleapis.com/quickdraw_dataset/full";

/// The credit that the data's licence asks for.
pub const CREDIT: &str = "The Quick, Draw! Dataset, Google, CC BY 4.0";

/// Which records are fetched beside the bitmaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Records {
    /// Strokes on a 256-unit canvas, without times: smaller files.
    #[default]
    Simplified,
    /// Strokes as drawn, with a time per point.
    Raw,
    /// Bitmaps only.
    None,
}

impl Records {
    /// Every value, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Simplified, Self::Raw, Self::None];

    /// The value's word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simplified => "simplified",
            Self::Raw => "raw",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Records {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|records| records.as_str().eq_ignore_ascii_case(word));
        found.ok_or_else(|| "records are simplified, raw or none".to_owned())
    }
}

/// What to fetch, from where, and into which folder.
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// Names as a person types them: case, `-` and `_` are forgiven.
    pub categories: Vec<String>,
    /// The folder that receives the files; made when it is missing. Nothing is written outside it.
    pub dir: PathBuf,
    /// Which records come with the bitmaps.
    pub records: Records,
    /// The address above `numpy_bitmap/`: https, or http on this machine.
    pub base_url: String,
    /// How long to wait for a connection, for an answer, and for the next bytes.
    pub timeout: Duration,
    /// The pause before the first new attempt after a cut connection; it doubles for each further one.
    pub retry_wait: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            categories: Vec::new(),
            dir: PathBuf::from("."),
            records: Records::default(),
            base_url: DEFAULT_BASE_URL.to_owned(),
            timeout: Duration::from_secs(30),
            retry_wait: Duration::from_millis(500),
        }
    }
}
