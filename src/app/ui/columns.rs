//! What panels know of the records' columns: which ones can arrange drawings or colour them, which do.

use super::completing::Completed;
use crate::scene::layout::LayoutKind;
use crate::scene::rows::{ScalePalette, Spread};

/// Why a column of texts neither groups nor colours.
const TOO_MANY: &str = "more than 65,535 different values";

/// A column of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnModel<'a> {
    /// Its name, as it is.
    pub name: &'a str,
    /// "category", "time".
    pub kind: &'a str,
    /// More of its values differ than can be told apart by blocks or colours.
    pub is_text: bool,
}

/// Which columns there are, and what they do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ColumnsModel<'a> {
    /// All of them, once they have been read to their end.
    pub all: &'a [ColumnModel<'a>],
    /// Why there are none.
    pub why_none: Option<&'a str>,
    /// Those that the layout on screen goes by.
    pub by: &'a [String],
    /// The one that gives colours.
    pub color_by: Option<&'a str>,
    /// How numbers and times are coloured.
    pub scale: ScaleModel,
    /// What the grid is sorted by: a column, perhaps with its direction behind it.
    pub sort: Option<&'a str>,
}

/// How numbers and times are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScaleModel {
    /// In which colours.
    pub palette: ScalePalette,
    /// How they are spread over these.
    pub spread: Spread,
    /// Ends were chosen.
    pub has_range: bool,
}

impl ColumnsModel<'_> {
    /// Whether the grid is sorted by a column; if so, whether its greatest value comes first.
    pub(super) fn sorted_by(&self, name: &str) -> Option<bool> {
        match self.sort?.strip_prefix(name)? {
            "" | ":asc" => Some(false),
            ":desc" => Some(true),
            _ => None,
        }
    }
}

/// What the card for a condition shows besides its field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilterModel<'a> {
    /// The condition in force, or nothing.
    pub text: &'a str,
    /// A text that was refused, and why.
    pub refused: Option<(&'a str, &'a str)>,
    /// Which bytes of it are wrong.
    pub refused_at: Option<[usize; 2]>,
    /// What fits where one types.
    pub completed: Option<&'a Completed>,
    /// What the condition is not true of fades; else it is hidden.
    pub fades: bool,
    /// "12,345 of 150,152 match, others hidden".
    pub matching: Option<&'a str>,
}

impl ColumnModel<'_> {
    /// Why it gives no colours; `None` where it does.
    pub(super) fn why_no_colors(&self) -> Option<&'static str> {
        self.is_text.then_some(TOO_MANY)
    }

    /// Why a layout cannot go by it; `None` where it can, as far as its kind shows.
    pub(super) fn why_not_by(&self, kind: LayoutKind) -> Option<&'static str> {
        if self.is_text {
            return Some(TOO_MANY);
        }
        (!kind.takes(self.kind)).then_some("other values are needed")
    }
}
