//! What the window shows and what its user asks for: plain data, borrowed from the application for one frame.

pub use super::by_stroke::ByStrokeModel;
pub use super::clusters::ClustersModel;
pub use super::columns::{ColumnModel, ColumnsModel, FilterModel, ScaleModel};
pub use super::differ::DifferModel;
pub use super::exporting::ExportModel;
pub use super::facets::FacetsModel;
pub use super::field_order::FieldLine;
pub use super::find::FindModel;
pub use super::goto::GotoModel;
pub use super::inspected::{
    AlikeModel, CompareModel, ComparedField, Field, FieldState, InspectorModel, InspectorPage, MeanDrawing,
    PixelReadout, SelectionModel,
};
pub use super::report::ReportLine;
use super::ruler::RulerModel;
pub use super::sketch::SketchModel;
pub use super::suspects::SuspectsModel;
pub use super::together::TogetherModel;
pub use super::tooltip::TooltipModel;
use crate::app::commands::{CommandId, When};
use crate::scene::layout::LayoutKind;
use crate::scene::overlay::Legend;
use crate::scene::palette::Theme;

/// What dragging in the scatter viewport does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The picture follows the pointer.
    Pan,
    /// A box is drawn and filled with the window.
    BoxZoom,
    /// A box is drawn, and what lies in it selected.
    BoxSelect,
    /// A line is drawn, and what it encloses selected.
    Lasso,
}

/// Which page fills the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Screen<'a> {
    /// Nothing is open: what one can do.
    Welcome {
        /// Recently opened sets, newest first.
        recent: &'a [Recent<'a>],
        /// Files can be dropped on this window (winit has no drop on Wayland).
        can_drop: bool,
    },
    /// Headers have been read; there is no drawing yet.
    Loading {
        /// "needs about 17 MiB of memory and 155 MiB on the GPU".
        needs: &'a str,
    },
    /// Drawings are on screen.
    Viewing,
}

/// A recently opened data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent<'a> {
    /// "octopus", "quickdraw / 13 categories".
    pub title: &'a str,
    /// Where it is, as given on the command line.
    pub path: &'a str,
}

/// The card that takes the keyboard, if one is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dialog<'a> {
    /// None is open.
    None,
    /// Every key.
    Help,
    /// A field over the list of all commands.
    Palette,
    /// Go to a row, an id or a name.
    Goto(GotoModel<'a>),
    /// Find what holds a text.
    Find(FindModel<'a>),
    /// Keep the drawings that a condition is true of.
    Filter(FilterModel<'a>),
    /// The selected drawings, drawn at once.
    Together(TogetherModel<'a>),
    /// Take drawings away as files.
    Export(ExportModel<'a>),
    /// A path field, for systems whose Open dialog does not answer.
    OpenPath {
        /// What the field holds when the card opens.
        text: &'a str,
        /// Why the last submission was refused.
        error: Option<&'a str>,
    },
}

/// Number of drawings in the loupe's row.
pub const LOUPE_COLUMNS: usize = 5;
/// Number of the loupe's rows.
pub const LOUPE_ROWS: usize = 3;
/// Number of drawings in the loupe.
pub const LOUPE_CELLS: usize = LOUPE_COLUMNS * LOUPE_ROWS;

/// The hovered drawing and its neighbours on screen, enlarged in the tooltip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loupe {
    /// Rows in reading order, the hovered one in the middle; `None` where nothing lies.
    pub rows: [Option<u32>; LOUPE_CELLS],
    /// Side of a cell in logical points.
    pub cell: f32,
    /// Alt holds it still: its cells can be clicked.
    pub held: bool,
}

/// What went wrong, as a sentence and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice<'a> {
    /// "octopus.npy is not a bitmap file: it is an HTML page."
    pub what: &'a str,
    /// "Download it again with `inkfield fetch octopus`." or empty.
    pub advice: &'a str,
    /// An error; otherwise it is news ("saved figure.png").
    pub is_error: bool,
}

/// Everything the panels show in one frame. Lengths are logical points, rows count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UiModel<'a> {
    /// Name of the data set.
    pub title: &'a str,
    /// Number of drawings opened.
    pub rows: u32,
    /// "30 of 150,152 rows" where a slice was opened.
    pub rows_opened: Option<&'a str>,
    /// "values 0…2 stretched", "every value is 0: the paper is blank"; `None` where values are shown as they are.
    pub values: Option<&'a str>,
    /// "845 of 150,152 match, others hidden"; `None` without a filter.
    pub matching: Option<&'a str>,
    /// How many drawings are selected.
    pub selected: u32,
    /// What is known of them; `None` where none is.
    pub selection: Option<SelectionModel<'a>>,
    /// Their median and means by stroke; `None` where there is nothing to make them of.
    pub by_stroke: Option<ByStrokeModel<'a>>,
    /// What the inspector shows.
    pub page: InspectorPage,
    /// Number of drawings that are on the GPU.
    pub rows_loaded: u32,
    /// Fraction of the records read, 0…1; `None` without records.
    pub records: Option<f32>,
    /// Fraction of the values looked at before the first drawing is read, while that is done.
    pub looked_at: Option<f32>,
    /// Reading was stopped before its end.
    pub loading_stopped: bool,
    /// Which page fills the window.
    pub screen: Screen<'a>,
    /// Colours.
    pub theme: Theme,
    /// The layout on screen.
    pub layout: LayoutKind,
    /// Layouts that cannot be chosen, and why ("reading records… 38 %").
    pub unavailable: &'a [(LayoutKind, &'a str)],
    /// Which columns there are, and what they do.
    pub columns: ColumnsModel<'a>,
    /// What colours mean, where drawings have some.
    pub legend: Option<&'a Legend>,
    /// What columns hold, where their panel is open.
    pub facets: Option<FacetsModel<'a>>,
    /// The clusters of drawings, where their panel is open.
    pub clusters: Option<ClustersModel<'a>>,
    /// The pad to draw on, where it is open.
    pub sketch: Option<SketchModel<'a>>,
    /// Duplicates and odd drawings, where their panel is open.
    pub suspects: Option<SuspectsModel<'a>>,
    /// Who draws differently, where that panel is open.
    pub differ: Option<DifferModel<'a>>,
    /// What dragging does.
    pub tool: Tool,
    /// What is so now, as far as it decides which commands are available.
    pub now: &'a [When],
    /// Physical pixels a drawing.
    pub side_px: f32,
    /// 1 fits the whole layout.
    pub zoom: f32,
    /// How large drawings are, and can be; `None` while nothing is drawn.
    pub ruler: Option<RulerModel>,
    /// The row under the pointer.
    pub hovered: Option<u32>,
    /// The picture is not exact yet: following frames refine it.
    pub refining: bool,
    /// What the layout on screen is worth, where it says so.
    pub quality: Option<&'a str>,
    /// The layout that is being made, in words.
    pub arranging: Option<&'a str>,
    /// The export that is under way, in words.
    pub exporting: Option<&'a str>,
    /// What the last frame took, in milliseconds.
    pub frame_ms: Option<f32>,
    /// The GPU's name.
    pub adapter: &'a str,
    /// The drawing in the inspector; `None` until one was hovered.
    pub inspector: Option<InspectorModel<'a>>,
    /// All fields of that drawing in their order, and whether that can be changed now.
    pub field_lines: &'a [FieldLine<'a>],
    /// See there.
    pub orders_fields: bool,
    /// Two drawings beside each other in the inspector.
    pub compared: Option<CompareModel<'a>>,
    /// The inspector is wanted (a window too narrow for it shows none).
    pub inspector_open: bool,
    /// Its wanted width, 280…640.
    pub inspector_width: f32,
    /// The card beside the pointer.
    pub tooltip: Option<TooltipModel<'a>>,
    /// Errors and news, oldest first.
    pub notices: &'a [Notice<'a>],
    /// What was odd while loading.
    pub report: &'a [ReportLine<'a>],
    /// The card that takes the keyboard.
    pub dialog: Dialog<'a>,
}

impl Default for UiModel<'_> {
    /// A window with nothing open.
    fn default() -> Self {
        Self {
            title: "inkfield",
            rows: 0,
            rows_opened: None,
            values: None,
            matching: None,
            selected: 0,
            selection: None,
            by_stroke: None,
            page: InspectorPage::Drawing,
            rows_loaded: 0,
            records: None,
            looked_at: None,
            loading_stopped: false,
            screen: Screen::Welcome { recent: &[], can_drop: true },
            theme: Theme::Paper,
            layout: LayoutKind::GRID,
            unavailable: &[],
            columns: ColumnsModel::default(),
            legend: None,
            facets: None,
            clusters: None,
            sketch: None,
            suspects: None,
            differ: None,
            tool: Tool::Pan,
            now: &[],
            side_px: 0.0,
            zoom: 1.0,
            ruler: None,
            hovered: None,
            refining: false,
            quality: None,
            arranging: None,
            exporting: None,
            frame_ms: None,
            adapter: "",
            inspector: None,
            field_lines: &[],
            orders_fields: false,
            compared: None,
            inspector_open: true,
            inspector_width: super::inspector::DEFAULT_WIDTH,
            tooltip: None,
            notices: &[],
            report: &[],
            dialog: Dialog::None,
        }
    }
}

impl<'a> UiModel<'a> {
    /// Why a command cannot be chosen now, although it is offered.
    pub(super) fn why_not(&self, id: CommandId) -> Option<&'a str> {
        self.unavailable.iter().find(|(kind, _)| id == CommandId::Layout(*kind)).map(|(_, reason)| *reason)
    }

    /// Whether a command is the one of several that is in force.
    pub(super) fn is_chosen(&self, id: CommandId) -> bool {
        id == CommandId::Layout(self.layout) || id == CommandId::Tool(self.tool)
    }

    /// Whether drawings or records are still being read.
    pub fn is_loading(&self) -> bool {
        match self.screen {
            Screen::Welcome { .. } => false,
            Screen::Loading { .. } => true,
            Screen::Viewing => {
                !self.loading_stopped && (self.rows_loaded < self.rows || self.records.is_some_and(|f| f < 1.0))
            }
        }
    }
}
