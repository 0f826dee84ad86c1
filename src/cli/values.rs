//! `--range` and `--invert`: which values are paper and which are ink, for every command that draws.

use crate::data::values::{RangeChoice, ValueOptions};
use clap::Args;

/// Which values are paper and which are ink.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct ValueArgs {
    /// A is paper, B is ink; `raw`: 0:255, of floats 0:1 [default: from the values]
    #[arg(long, value_name = "A:B", allow_hyphen_values = true)]
    range: Option<RangeChoice>,
    /// Large values are paper: for black on white
    #[arg(long)]
    invert: bool,
}

impl ValueArgs {
    /// What opening is told.
    pub(super) fn options(self) -> ValueOptions {
        ValueOptions { range: self.range, invert: self.invert }
    }
}
