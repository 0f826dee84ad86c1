//! How a data set is opened.

use super::RowSlice;
use crate::data::Cancel;
use crate::data::array::{Axes, ShapeOptions};
use crate::data::formats::pictures::SheetRows;
use crate::data::values::ValueOptions;
use crate::kept::Folder;
use std::path::PathBuf;

/// How to open a data set.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// `--rows`: open only these rows of all; `None` opens all.
    pub rows: Option<RowSlice>,
    /// `--shape`: height and width of a drawing in pixels, where the files do not say it.
    pub shape: Option<(u32, u32)>,
    /// `--axes`: what each axis of the arrays means, where it is not to be decided by what the files say.
    pub axes: Option<Axes>,
    /// `--cell`, or `--raster`: the side in pixels of the cell that each picture, or the strokes of a record, is drawn into, 28 to 256;
    /// `None` chooses it, and renders no strokes of records near bitmaps.
    pub cell: Option<u32>,
    /// `--sprite`: height and width in pixels of the drawings that a picture is a sheet of.
    pub sprite: Option<(u32, u32)>,
    /// How many drawings are on that sheet; `None` goes by its metadata, else by its size.
    pub sprite_rows: Option<SheetRows>,
    /// Where what takes long to decode or to measure is kept for the next time; `None` keeps nothing.
    pub kept: Option<Folder>,
    /// `--strict`: every warning is an error.
    pub strict: bool,
    /// Whether records are opened; `--no-records` turns it off.
    pub records: bool,
    /// `--table`: tables whose columns join those of the records.
    pub tables: Vec<PathBuf>,
    /// `--join`: the column by which they do, where it is not to be decided by what they hold.
    pub join: Option<String>,
    /// `--stroke-columns`: whether what the strokes of records say becomes columns.
    pub stroke_columns: bool,
    /// `--range` and `--invert`: which values are paper and which are ink.
    pub values: ValueOptions,
    /// Whether named pipes and `-` (standard input) are read, which waits for whoever writes into them.
    pub streams: bool,
    /// Stops unpacking and the reading of pipes.
    pub cancel: Cancel,
}

impl OpenOptions {
    /// What the user says of the arrays.
    pub fn shape_options(&self) -> ShapeOptions {
        ShapeOptions { size: self.shape, axes: self.axes.clone() }
    }
}

impl Default for OpenOptions {
    /// All rows, sizes as the files say, not strict, with records, values as they call for, no pipes.
    fn default() -> Self {
        Self {
            rows: None,
            shape: None,
            axes: None,
            cell: None,
            sprite: None,
            sprite_rows: None,
            kept: None,
            strict: false,
            records: true,
            tables: Vec::new(),
            join: None,
            stroke_columns: false,
            values: ValueOptions::default(),
            streams: false,
            cancel: Cancel::new(),
        }
    }
}
