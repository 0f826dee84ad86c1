//! `--state-log`: one JSON line per presented frame, and one whenever nothing is going on any more, so that window tests wait on
//! what happened and never on time. They read the lines back as [`Line`]: a field is spelt here and nowhere else.

use super::AppError;
use super::differing::{BesideLine, GroupLine};
use super::hand::{ByStrokeLine, HandLine, TogetherLine};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::time::Instant;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// The window has come to rest.
    Rest(RestState),
    /// A frame was presented.
    Frame(Box<FrameState>),
}

/// Nothing happens any more until something comes from outside: no frame is due, all that was asked for is read, made ready,
/// drawn and answered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestState {
    /// Number of the last frame.
    pub rest_after: u64,
    /// Milliseconds since the start.
    pub ms: f64,
}

/// A line of the list in which fields are ordered; positions are pixels of the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldLog {
    /// What the field is known by.
    pub name: String,
    /// It is shown.
    pub shown: bool,
    /// The middle of what drags it.
    pub drag_px: [f64; 2],
    /// The middle of what shows or hides it.
    pub eye_px: [f64; 2],
}

/// What a presented frame showed. Positions are physical pixels of the scatter viewport.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrameState {
    /// Number of the frame, from 1.
    pub serial: u64,
    /// Milliseconds since the start.
    pub ms: f64,
    /// World position in the middle.
    pub center: [f64; 2],
    /// Zoom.
    pub zoom: f64,
    /// Side of a drawing.
    pub side_px: f64,
    /// Size of the scatter viewport.
    pub size_px: [u32; 2],
    /// Its top-left corner in the window.
    pub origin_px: [u32; 2],
    /// Physical pixels per logical pixel.
    pub scale: f64,
    /// The pointer, when it is over the scatter.
    pub pointer: Option<[f64; 2]>,
    /// The row shown as hovered.
    pub hover_row: Option<u32>,
    /// The frame in which its question was asked.
    pub asked_frame: Option<u64>,
    /// The drawings in the loupe, where there is one.
    pub loupe: Vec<DrawingPlace>,
    /// The thumbnails in panels, as far as they are in sight.
    pub thumbnails: Vec<DrawingPlace>,
    /// Alt holds the loupe still.
    pub loupe_held: bool,
    /// The pinned row.
    pub pin_row: Option<u32>,
    /// The list in which fields are ordered: each line's name, whether it is shown, where it is dragged and where its eye is.
    pub fields: Vec<FieldLog>,
    /// Left and top edge, width and height of the ruler of sizes, in pixels of the window.
    pub ruler: Option<[f64; 4]>,
    /// Those of the slider of the panel at the left: how finely drawings are divided, how near duplicates are.
    pub left_slider: Option<[f64; 4]>,
    /// The pad to draw on, in pixels: left, top, width, height.
    pub pad: Option<[f64; 4]>,
    /// Those of the mean drawings of clusters, of those in sight.
    pub means: Vec<[f64; 4]>,
    /// Those of what lists findings on both sides of a column, and of what that column is chosen by.
    pub across: [Option<[f64; 4]>; 2],
    /// What the layout on screen is worth, where it says so.
    pub quality: Option<String>,
    /// Which duplicate or odd drawing was gone to, from 0, and how many are listed; `None` until they have been found.
    pub findings: Option<(Option<usize>, usize)>,
    /// The groups in sight of those that draw differently; none until they have been found.
    pub groups: Vec<GroupLine>,
    /// Two of them beside each other.
    pub beside: Option<BesideLine>,
    /// What is said of the strokes of that one, or of the first.
    pub finding_strokes: Option<String>,
    /// How the drawing in the inspector was made, where its record says so.
    pub hand: Option<HandLine>,
    /// Drawings in the picture that are shown by their strokes.
    pub in_strokes: usize,
    /// The selected drawings, drawn at once, where they are shown.
    pub together: Option<TogetherLine>,
    /// Median and means by stroke, once they have been made.
    pub by_stroke: Option<ByStrokeLine>,
    /// By what drawings are compared.
    pub compared_by: String,
    /// Lines over the scatter to look-alikes, from and to, in its pixels.
    pub links: Vec<[[f32; 2]; 2]>,
    /// The two rows that are compared.
    pub compared: Option<(u32, Option<u32>)>,
    /// How many rows are selected.
    pub selected: u32,
    /// How many rows have a tag.
    pub tagged: u32,
    /// All tags are in their file.
    pub tags_written: bool,
    /// Drawings on the GPU.
    pub rows_loaded: u32,
    /// Records read.
    pub records_loaded: u32,
    /// Drawings in the set.
    pub rows: u32,
    /// The values that are paper and full ink; `null` on the welcome page.
    pub range: Option<[f64; 2]>,
    /// Title of the data set; empty on the welcome page.
    pub title: String,
    /// Layout.
    pub layout: String,
    /// The columns that the layout goes by.
    pub by: Vec<String>,
    /// What the grid is sorted by.
    pub sort: Option<String>,
    /// The column that gives colours.
    pub color_by: Option<String>,
    /// The colours of numbers and times, and how these are spread over them.
    pub palette: String,
    /// See there.
    pub spread: String,
    /// Between which values, where that was chosen.
    pub color_range: Option<String>,
    /// What the legend says of the ends of the colours, and where they can be taken hold of, in physical pixels of the window.
    pub color_ends: Option<[String; 2]>,
    /// See there.
    pub color_ends_px: Option<[[f64; 2]; 2]>,
    /// The entries of the legend that are shown.
    pub legend: Vec<LegendPlace>,
    /// The value whose drawings flash.
    pub flash: Option<String>,
    /// The condition that decides which drawings are kept.
    pub filter: Option<String>,
    /// The others fade; else they are hidden.
    pub fades: bool,
    /// Drawings that it keeps.
    pub matching: Option<u32>,
    /// The layout that is being made, to be shown next.
    pub arranging: Option<String>,
    /// The export that is under way: what is being made, in words.
    pub exporting: Option<String>,
    /// Theme.
    pub theme: String,
    /// Whether the inspector takes room beside the scatter viewport.
    pub inspector: bool,
    /// Left and top edge, width and height of the minimap, where it is shown.
    pub minimap: Option<[u32; 4]>,
    /// What can be chosen in the facets that are in sight; none while their panel is closed.
    pub facets: Vec<FacetLine>,
    /// The counts beside them are those of the filter in force.
    pub facets_counted: bool,
    /// Only rows that this condition is true of are laid out.
    pub only: Option<String>,
    /// The row in the inspector.
    pub inspector_row: Option<u32>,
    /// The open dialog, if any.
    pub dialog: Option<String>,
    /// What it says of the last answer, or of why it has come.
    pub dialog_says: Option<String>,
    /// What fits where a condition is being typed.
    pub offered: Vec<String>,
    /// What the notices say.
    pub notices: Vec<String>,
    /// Whether the scatter was drawn anew (rather than kept).
    pub redrawn: bool,
    /// Whether a coarse picture stood in because the camera moved.
    pub refining: bool,
    /// Drawings are on the way to the layout.
    pub gliding: bool,
    /// Errors that the GPU reported so far.
    pub gpu_errors: u32,
    /// Pipelines of the scatter that a frame was the first to use, and so waited for while the driver compiled them.
    pub compiled_in_frames: u32,
}

/// A drawing in a panel or on a card.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawingPlace {
    /// Its row.
    pub row: u32,
    /// Its middle, in physical pixels of the window.
    pub middle_px: [f64; 2],
    /// Width and height, in physical pixels.
    pub size_px: [f64; 2],
}

/// An entry of the legend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegendPlace {
    /// The value.
    pub text: String,
    /// How many drawings have it.
    pub count: String,
    /// The filter keeps some of them.
    pub is_kept: bool,
    /// Its middle, in physical pixels of the window.
    pub middle_px: [f64; 2],
}

/// Something that can be chosen in a facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetLine {
    /// The column.
    pub column: String,
    /// The value of a line; `null` of a whole histogram or field.
    pub value: Option<String>,
    /// Left and top edge, width and height, in physical pixels of the window.
    pub rect_px: [f64; 4],
}

/// The open log.
#[derive(Debug)]
pub struct StateLog {
    file: File,
    start: Instant,
}

impl StateLog {
    /// Creates the file, in place of an earlier log or an empty file; another one is left alone.
    pub fn create(path: &Path, start: Instant) -> Result<Self, AppError> {
        let io = |source| AppError::StateLog { source, path: path.to_owned() };
        if !may_be_replaced(path).map_err(io)? {
            return Err(AppError::NoStateLog(path.to_owned()));
        }
        Ok(Self { file: File::create(path).map_err(io)?, start })
    }

    /// Writes what a frame showed.
    pub fn write(&mut self, state: FrameState) {
        self.write_line(&Line::Frame(Box::new(FrameState { ms: self.ms(), ..state })));
    }

    /// Writes that the window has come to rest.
    pub fn write_rest(&mut self, rest_after: u64) {
        self.write_line(&Line::Rest(RestState { rest_after, ms: self.ms() }));
    }

    fn ms(&self) -> f64 {
        self.start.elapsed().as_secs_f64() * 1e3
    }

    /// Writes one line at once: a test may be waiting for it.
    fn write_line(&mut self, line: &Line) {
        let Ok(mut line) = serde_json::to_string(line) else { return };
        line.push('\n');
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            tracing::warn!("cannot write the state log: {error}");
        }
    }
}

/// How every log begins; its first field is the frame's number.
const BEGINNING: &[u8] = b"{\"serial\":";

/// Whether nothing lies at a path that writing to it could destroy: no file, or an empty one.
pub fn is_new(path: &Path) -> bool {
    !path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0)
}

/// Whether a log may take the place of what lies there: nothing, or an earlier log.
fn may_be_replaced(path: &Path) -> std::io::Result<bool> {
    if is_new(path) {
        return Ok(true);
    }
    let mut head = Vec::new();
    File::open(path)?.take(BEGINNING.len() as u64).read_to_end(&mut head)?;
    Ok(head == BEGINNING)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::{BEGINNING, FrameState};

    #[test]
    fn a_log_begins_as_it_is_recognised() {
        assert!(serde_json::to_vec(&FrameState::default()).unwrap().starts_with(BEGINNING));
    }
}
