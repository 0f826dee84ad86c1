//! The figures: their names, units and meanings.

mod target;

pub use target::{TARGET_PX, TARGET_ROWS, Target};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One figure of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Reading every bitmap.
    ReadBitmaps,
    /// Reading and parsing every record.
    ReadRecords,
    /// Opening a set of any form and reading every drawing, from files that the system has let go of.
    ReadSet,
    /// Start of the process to the first drawings.
    FirstPicture,
    /// Start of the process to all drawings.
    Complete,
    /// A frame with everything as dots, after a jump.
    OverviewDots,
    /// A frame with everything as thumbnails, after a jump.
    OverviewThumbnails,
    /// A frame with 27,997 drawings of 5.3 px, after a jump: the slowest look-up.
    #[serde(rename = "overview_27997")]
    Overview27997,
    /// A frame of a pan over a tenth.
    #[serde(rename = "visible_10pct")]
    Visible10Pct,
    /// A frame of a pan over a hundredth.
    #[serde(rename = "visible_1pct")]
    Visible1Pct,
    /// A frame of a pan over a ten-thousandth.
    #[serde(rename = "visible_001pct")]
    Visible001Pct,
    /// A frame of a tour of pans and zooms.
    Moving,
    /// The same while drawings are compared.
    MovingBusy,
    /// A frame of drawings that are shown by their strokes, from 120 pixels on.
    InStrokes,
    /// A frame of pictures that are seen larger than their cells, while they are decoded in their own size.
    NearPictures,
    /// Another layout made, and the first frame of drawings that set out for it.
    LayoutSwitch,
    /// A frame of drawings on the way from one layout to the next.
    Gliding,
    /// The last motion to an exact picture.
    Settle,
    /// A pick and its answer.
    HoverPick,
    /// A pick, its answer and the frame that shows it.
    HoverFrame,
    /// Colours by another column, and the picture that has them.
    Recolour,
    /// A filter put on or taken off, and the picture that follows.
    FilterToggle,
    /// Half of the rows selected by a lasso, and the picture that shows it.
    LassoHalf,
    /// What all columns hold under a condition, less what it says of each.
    FacetCounts,
    /// The rows that a typed condition keeps.
    TypeQuery,
    /// The rows that hold a typed text.
    FindAsYouType,
    /// Codes of all drawings.
    Codes,
    /// The drawings most like one.
    SimilarPinned,
    /// The same, asked of the GPU.
    SimilarOnGpu,
    /// The nearest of every drawing.
    Graph,
    /// The plain map, from codes.
    Pca,
    /// A map by t-SNE, neighbours included.
    Map,
    /// The sorted grid, from codes.
    Sorted,
    /// The clusters, from the neighbours.
    Clusters,
    /// Memory of a process that shows the set.
    PeakMemory,
    /// Frames of a window at rest.
    IdleFrames,
    /// Processor time of a window at rest.
    IdleCpu,
}

impl Figure {
    /// Those that are measured unless others are named, in the order of the table.
    pub const ALL: [Self; 25] = [
        Self::ReadBitmaps,
        Self::ReadRecords,
        Self::FirstPicture,
        Self::Complete,
        Self::OverviewDots,
        Self::OverviewThumbnails,
        Self::Overview27997,
        Self::Visible10Pct,
        Self::Visible1Pct,
        Self::Visible001Pct,
        Self::Moving,
        Self::LayoutSwitch,
        Self::Gliding,
        Self::Settle,
        Self::HoverPick,
        Self::HoverFrame,
        Self::Recolour,
        Self::FilterToggle,
        Self::LassoHalf,
        Self::FacetCounts,
        Self::TypeQuery,
        Self::FindAsYouType,
        Self::PeakMemory,
        Self::IdleFrames,
        Self::IdleCpu,
    ];

    /// Those that compare all drawings, measured where they are named.
    pub const LIKENESS: [Self; 9] = [
        Self::Codes,
        Self::SimilarPinned,
        Self::SimilarOnGpu,
        Self::Graph,
        Self::Pca,
        Self::Map,
        Self::Sorted,
        Self::Clusters,
        Self::MovingBusy,
    ];

    /// All of them.
    pub fn every() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain([Self::ReadSet, Self::InStrokes, Self::NearPictures]).chain(Self::LIKENESS)
    }

    /// Those that are measured on frames.
    pub const FRAMES: [Self; 15] = [
        Self::OverviewDots,
        Self::OverviewThumbnails,
        Self::Overview27997,
        Self::Visible10Pct,
        Self::Visible1Pct,
        Self::Visible001Pct,
        Self::Moving,
        Self::LayoutSwitch,
        Self::Gliding,
        Self::Settle,
        Self::HoverPick,
        Self::HoverFrame,
        Self::Recolour,
        Self::FilterToggle,
        Self::LassoHalf,
    ];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadBitmaps => "read_bitmaps",
            Self::ReadRecords => "read_records",
            Self::ReadSet => "read_set",
            Self::FirstPicture => "first_picture",
            Self::Complete => "complete",
            Self::OverviewDots => "overview_dots",
            Self::OverviewThumbnails => "overview_thumbnails",
            Self::Overview27997 => "overview_27997",
            Self::Visible10Pct => "visible_10pct",
            Self::Visible1Pct => "visible_1pct",
            Self::Visible001Pct => "visible_001pct",
            Self::Moving => "moving",
            Self::MovingBusy => "moving_busy",
            Self::InStrokes => "in_strokes",
            Self::NearPictures => "near_pictures",
            Self::LayoutSwitch => "layout_switch",
            Self::Gliding => "gliding",
            Self::Settle => "settle",
            Self::HoverPick => "hover_pick",
            Self::HoverFrame => "hover_frame",
            Self::Recolour => "recolour",
            Self::FilterToggle => "filter_toggle",
            Self::LassoHalf => "lasso_half",
            Self::FacetCounts => "facet_counts",
            Self::TypeQuery => "type_query",
            Self::FindAsYouType => "find_as_you_type",
            Self::Codes => "codes",
            Self::SimilarPinned => "similar_pinned",
            Self::SimilarOnGpu => "similar_gpu",
            Self::Graph => "graph",
            Self::Pca => "pca",
            Self::Map => "map",
            Self::Sorted => "sorted",
            Self::Clusters => "clusters",
            Self::PeakMemory => "peak_memory",
            Self::IdleFrames => "idle_frames",
            Self::IdleCpu => "idle_cpu",
        }
    }

    /// The unit of its samples.
    pub fn unit(self) -> &'static str {
        match self {
            Self::ReadBitmaps
            | Self::ReadRecords
            | Self::ReadSet
            | Self::Codes
            | Self::Graph
            | Self::Map
            | Self::Sorted
            | Self::Clusters => "s",
            Self::PeakMemory => "MiB",
            Self::IdleFrames => "frames",
            Self::IdleCpu => "%",
            _ => "ms",
        }
    }

    /// Whether only a window can tell it.
    pub fn needs_window(self) -> bool {
        matches!(self, Self::IdleFrames | Self::IdleCpu)
    }

    /// Whether it is about how rows look, which the picture is asked for.
    pub fn asks(self) -> bool {
        matches!(self, Self::Recolour | Self::FilterToggle | Self::LassoHalf)
    }

    /// The part of the rows that is in view, for the figures that are about one.
    pub fn visible_part(self) -> Option<f64> {
        match self {
            Self::Visible10Pct => Some(0.1),
            Self::Visible1Pct => Some(0.01),
            Self::Visible001Pct => Some(0.0001),
            _ => None,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Figure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::every().find(|figure| figure.name() == text.trim()).ok_or_else(|| {
            let names = Self::every().map(Self::name).collect::<Vec<_>>().join(", ");
            format!("there is no such figure; there are: {names}")
        })
    }
}
