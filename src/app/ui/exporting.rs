//! What can be exported from the window, and how far an export is: plain data.

use crate::scene::Background;

/// Which drawings are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportOf {
    /// The selected ones.
    Selection,
    /// Those that the filter keeps.
    Kept,
    /// All of them.
    #[default]
    All,
}

/// What they are taken as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportForm {
    /// Drawings and their records, which open again.
    #[default]
    Pair,
    /// Their columns.
    Table,
    /// A grid of all of them.
    Sheet,
    /// The same while they are drawn.
    Replay,
    /// A web page.
    Page,
    /// The view as it is on screen, in any size.
    View,
}

impl ExportOf {
    pub(super) const ALL: [Self; 3] = [Self::Selection, Self::Kept, Self::All];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Selection => "Selection",
            Self::Kept => "Filtered",
            Self::All => "Everything",
        }
    }
}

impl ExportForm {
    pub(super) const ALL: [Self; 6] = [Self::Pair, Self::Table, Self::Sheet, Self::Replay, Self::Page, Self::View];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Pair => "Pair",
            Self::Table => "CSV",
            Self::Sheet => "Sheet",
            Self::Replay => "Replay",
            Self::Page => "Page",
            Self::View => "Picture",
        }
    }

    /// How its file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pair => "npy",
            Self::Table => "csv",
            Self::Sheet | Self::Replay | Self::View => "png",
            Self::Page => "html",
        }
    }

    pub(super) fn help(self, has_records: bool) -> &'static str {
        match self {
            Self::Pair if has_records => "Drawings (.npy) and their records (.ndjson): a pair that opens again.",
            Self::Pair => "Drawings (.npy), which open again.",
            Self::Table => "A line of values a drawing.",
            Self::Sheet => "All of them side by side as one PNG.",
            Self::Replay => "All of them drawn at once, as one animated PNG.",
            Self::Page => "One web page with everything in it, for any browser.",
            Self::View => "What the window shows, up to 16,384 pixels a side.",
        }
    }

    /// What a name's ending says, which may leave a choice.
    pub(super) fn named(self, name: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "npy" | "ndjson" => Self::Pair,
            "csv" => Self::Table,
            "html" => Self::Page,
            "png" if !matches!(self, Self::View | Self::Replay) => Self::Sheet,
            _ => self,
        }
    }
}

/// What is to be written, as it was chosen and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportWish {
    /// Which drawings.
    pub of: ExportOf,
    /// As what.
    pub form: ExportForm,
    /// Where to, as typed.
    pub path: String,
    /// Size of the view's picture, as typed.
    pub size: String,
    /// Whole pixels a value on a contact sheet.
    pub enlarge: u32,
    /// What drawings lie on in pictures.
    pub background: Background,
    /// What is there may be replaced.
    pub replaces: bool,
}

/// What the card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportModel<'a> {
    /// How many drawings are selected.
    pub selected: u32,
    /// How many the filter keeps, where there is one.
    pub kept: Option<u32>,
    /// How many there are.
    pub rows: u32,
    /// There are records.
    pub has_records: bool,
    /// What a file may be called, without its ending.
    pub stem: &'a str,
    /// Where names without a folder lead.
    pub folder: &'a str,
    /// Size of the view in pixels.
    pub size: [u32; 2],
    /// Why the last wish was not fulfilled.
    pub says: Option<&'a str>,
    /// A path as typed, and what is there already: it is asked whether that may be replaced.
    pub asks: Option<(&'a str, &'a str)>,
    /// What was chosen in the system's dialog.
    pub chosen: Option<&'a str>,
    /// What is being made, and how far it is in percent.
    pub running: Option<(&'a str, u32)>,
    /// As what they are taken, where that was said as the card opened.
    pub form: Option<ExportForm>,
    /// The system has a dialog for places.
    pub can_browse: bool,
}

impl ExportModel<'_> {
    pub(super) fn count(&self, of: ExportOf) -> u32 {
        match of {
            ExportOf::Selection => self.selected,
            ExportOf::Kept => self.kept.unwrap_or(self.rows),
            ExportOf::All => self.rows,
        }
    }

    pub(super) fn why_not(&self, of: ExportOf) -> Option<&'static str> {
        match of {
            ExportOf::Selection if self.selected == 0 => Some("nothing is selected"),
            ExportOf::Kept if self.kept.is_none() => Some("there is no filter"),
            _ => None,
        }
    }
}
