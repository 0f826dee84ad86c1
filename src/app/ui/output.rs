//! What the panels answer: the user's wishes, and the rectangles that are left to the GPU passes.

use egui::Rect;

use super::clusters::ClusterWish;
use super::differ::DifferWish;
use super::exporting::ExportWish;
use super::inspected::InspectorPage;
use super::sketch::SketchWish;
use super::suspects::SuspectWish;
use crate::app::commands::CommandId;
use crate::app::hand::HandWish;
use crate::data::columns::query::Choice;
use crate::gpu::labels::LegendPlaces;
use crate::scene::layout::LayoutKind;
use crate::scene::rows::{Pick, ScalePalette, Spread};

/// A wish expressed in a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum UiAction {
    /// A command of the table.
    Run(CommandId),
    /// Show a drawing as it was made.
    Hand(HandWish),
    /// The inspector's new width in points, within its limits.
    InspectorWidth(f32),
    /// Show this in the inspector.
    Page(InspectorPage),
    /// Pin this row (clicked in the held loupe).
    PinRow(u32),
    /// Fly to this row and pin it.
    GoToRow(u32),
    /// Put this field at this place among all of them.
    MoveField(String, usize),
    /// Show this field, or hide it.
    ShowField(String, bool),
    /// Show all fields in the order of the records.
    ResetFields,
    /// Show drawings in cells of so many physical pixels.
    Size {
        /// So many.
        side: f32,
        /// The same drag asked for another size before.
        goes_on: bool,
    },
    /// Show a layout by these columns.
    Arrange(LayoutKind, Vec<String>),
    /// Show the grid sorted by this column, or in the order of the file.
    Sort {
        /// The column.
        by: Option<String>,
        /// Its greatest value first.
        descends: bool,
    },
    /// Sort by likeness within each value of this column, or all drawings in one block.
    SortWithin(Option<String>),
    /// Colour drawings by this column, or by none.
    ColorBy(Option<String>),
    /// Give numbers and times these colours.
    Palette(ScalePalette),
    /// Spread numbers and times so over the colours.
    Spread(Spread),
    /// Keep the drawings of this entry of the legend alone, or all but these; once more takes that back.
    PickInLegend(u8, Pick),
    /// Move an end of the scale of colours.
    MoveColorEnd {
        /// 0 is the lower one.
        end: usize,
        /// To this value.
        value: f64,
        /// A drag begins.
        starts: bool,
    },
    /// Give the scale of colours the ends that it has by itself.
    WholeColorRange,
    /// Keep the drawings that this condition is true of, as typed; all where it is empty.
    FilterSubmit(String),
    /// Select the drawings that this condition is true of, as typed; all that are shown where it is empty.
    SelectWhere(String),
    /// Say what fits at this byte of a condition that is being typed.
    Complete(String, usize),
    /// Fade the drawings that the condition is not true of, or hide them.
    FilterFades(bool),
    /// Keep the rows whose value of this column is so, besides all else that is asked.
    Facet {
        /// The column's name.
        column: String,
        /// What it may hold.
        choice: Choice,
        /// It belongs to the last choice: a brush that is dragged.
        goes_on: bool,
    },
    /// Do this with clusters.
    Clusters(ClusterWish),
    /// Something with duplicates and odd drawings.
    Suspects(SuspectWish),
    /// Something on the pad.
    Sketch(SketchWish),
    /// Something with groups that draw differently.
    Differ(DifferWish),
    /// Write drawings as files.
    Export(ExportWish),
    /// Show the system's dialog for a place; the path that is typed so far.
    ExportBrowse(String),
    /// Go to this row, id or name, as typed.
    GotoSubmit(String),
    /// Go to this one of the things that the text may mean.
    GotoChoose(usize),
    /// Find what holds this text.
    Find(String),
    /// Go to the next drawing that was found, or the one before.
    FindStep {
        /// The one before.
        back: bool,
    },
    /// Select all that was found.
    SelectFound,
    /// Open this path, as typed.
    OpenPathSubmit(String),
    /// Open this entry of the recent sets.
    OpenRecent(usize),
    /// Add this one of the files that the load report offers.
    TakeOffer(usize),
    /// Remove this notice.
    CloseNotice(usize),
    /// Close the dialog.
    CloseDialog,
}

/// Where a drawing goes that the GPU paints.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawingSlot {
    /// Which.
    pub row: u32,
    /// Where it is, on whole physical pixels.
    pub rect: Rect,
    /// What can be seen of it: a list scrolls under its frame.
    pub seen: Rect,
    /// It lies on a card, over everything; else on a panel, over its ground and under its frames and texts.
    pub on_card: bool,
}

/// Where a field lies in the list in which fields are ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPlace {
    /// What it is known by.
    pub name: String,
    /// It is shown.
    pub is_shown: bool,
    /// What drags it.
    pub drag: Rect,
    /// What shows or hides it.
    pub eye: Rect,
}

/// Where something can be chosen in a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetPlace {
    /// The column.
    pub column: String,
    /// The value that a line has; `None` of the whole histogram or field.
    pub value: Option<String>,
    /// Where it is.
    pub rect: Rect,
}

/// Where a group is in the list of who draws differently.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupPlace {
    /// Which one of the list, from 0.
    pub at: usize,
    /// What keeps its drawings alone.
    pub only: Rect,
    /// What selects them.
    pub select: Rect,
    /// What puts it beside another group.
    pub beside: Rect,
}

/// What one frame of panels answers. Rectangles are logical points.
#[derive(Clone, Debug, PartialEq)]
pub struct UiOutput {
    /// In the order they were expressed.
    pub actions: Vec<UiAction>,
    /// What remains for the scatter viewport, on whole physical pixels.
    pub scatter_rect: Rect,
    /// The opaque panels, on whole physical pixels; they do not overlap.
    pub panels: Vec<Rect>,
    /// The drawings that the GPU paints into panels and cards.
    pub drawings: Vec<DrawingSlot>,
    /// What can be chosen in the facets that are in sight.
    pub facets: Vec<FacetPlace>,
    /// Where the inspector's picture is, the first of them; `None` when there is none.
    pub inspector_picture_rect: Option<Rect>,
    /// The lines of the list in which fields are ordered.
    pub field_places: Vec<FieldPlace>,
    /// Where the slider of the panel at the left is: how finely drawings are divided, how near duplicates are.
    pub left_slider: Option<Rect>,
    /// Where the pad to draw on is.
    pub pad: Option<Rect>,
    /// Where mean drawings of clusters are, of those in sight.
    pub means: Vec<Rect>,
    /// The groups that are in sight of those that draw differently.
    pub groups: Vec<GroupPlace>,
    /// Where the means of two groups are, and their difference.
    pub beside: Vec<Rect>,
    /// Where findings on both sides of a column are listed by, and where that column is chosen.
    pub across: [Option<Rect>; 2],
    /// Where the ruler of sizes is.
    pub ruler: Option<Rect>,
    /// The pointer is over a panel, a card or the panel's edge, or drags one of them.
    /// A drag that began in the scatter viewport stays with it whatever this says.
    pub wants_pointer: bool,
    /// Keys belong to a text field or a dialog.
    pub wants_keyboard: bool,
    /// Arrow keys belong to what has the focus.
    pub takes_keys: bool,
    /// Text is selected in a panel: Ctrl+C copies that, not the record.
    pub has_text_selection: bool,
    /// Where the legend lies, which the picture paints.
    pub legend: Option<LegendPlaces>,
    /// The entry of the legend under the pointer: its drawings flash.
    pub flash: Option<u8>,
    /// What panels and cards cover; [`UiOutput::wants_pointer`] is computed from it.
    pub covered: Vec<Rect>,
}

impl Default for UiOutput {
    fn default() -> Self {
        Self::new()
    }
}

impl UiOutput {
    /// Nothing asked for, nothing covered.
    pub fn new() -> Self {
        Self {
            actions: Vec::new(),
            scatter_rect: Rect::ZERO,
            panels: Vec::new(),
            drawings: Vec::new(),
            facets: Vec::new(),
            inspector_picture_rect: None,
            field_places: Vec::new(),
            left_slider: None,
            pad: None,
            means: Vec::new(),
            groups: Vec::new(),
            beside: Vec::new(),
            across: [None; 2],
            ruler: None,
            wants_pointer: false,
            wants_keyboard: false,
            takes_keys: false,
            has_text_selection: false,
            legend: None,
            flash: None,
            covered: Vec::new(),
        }
    }

    /// Where drawings lie on panels, as far as they are seen.
    pub fn pictures(&self) -> Vec<Rect> {
        self.drawings.iter().filter(|slot| !slot.on_card).map(|slot| slot.seen).collect()
    }

    pub(super) fn act(&mut self, action: UiAction) {
        self.actions.push(action);
    }
}
