//! FILE and how it is read: the arguments that every command with data takes.

use super::values::ValueArgs;
use super::view::parse_shape;
use crate::data::array::Axes;
use crate::data::dataset::{OpenOptions, RowSlice};
use crate::kept;
use clap::Args;
use std::ffi::OsString;
use std::path::PathBuf;

/// Which files, and how to read them.
#[derive(Clone, Debug, Default, Args)]
pub struct OpenArgs {
    /// Bitmaps (.npy, .npz, IDX, CIFAR, CSV of pixels, .safetensors, .mat, .h5), .parquet, .arrow, records (.ndjson, .jsonl, `-`), all as .gz, pictures (PNG, JPEG …), .tar, .zip, folders, `demo:N:SEED`
    #[arg(value_name = "FILE")]
    pub files: Vec<OsString>,
    #[command(flatten)]
    pub(super) how: HowArgs,
}

/// How files are read.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Reading")]
pub struct HowArgs {
    /// Open only these rows, as in Python: `0:30`, `:100`, `-5:`
    #[arg(long, value_name = "A:B", allow_hyphen_values = true)]
    rows: Option<RowSlice>,
    /// Height and width of a drawing where the file does not say it
    #[arg(long, value_name = "HxW", value_parser = parse_shape)]
    shape: Option<[u32; 2]>,
    /// What each axis of the arrays means: `NHW`, `HWN`, `NF` … (F: both in one, C: colour, as in `NCHW`)
    #[arg(long, value_name = "AXES")]
    axes: Option<Axes>,
    /// A table to join: CSV, TSV, JSON, Parquet, Arrow; several times for several
    #[arg(long = "table", value_name = "FILE")]
    tables: Vec<PathBuf>,
    /// Key of tables, COLUMN or OURS=THEIRS; else `row`, `file_name`, or position
    #[arg(long, value_name = "COLUMN")]
    join: Option<String>,
    /// Pixels a side for pictures and strokes, 28 to 256
    #[arg(long, visible_alias = "raster", value_name = "PX", value_parser = clap::value_parser!(u32).range(28..=256))]
    cell: Option<u32>,
    /// Cut one picture, a sprite sheet, into drawings of this size
    #[arg(long, value_name = "HxW", value_parser = parse_shape)]
    sprite: Option<[u32; 2]>,
    /// Add columns of what strokes say: `drawing.seconds`, `drawing.speed` …
    #[arg(long)]
    stroke_columns: bool,
    /// Make the first oddity of a file an error; a window keeps what it has read
    #[arg(long)]
    strict: bool,
    /// Do not open records that lie beside the bitmaps
    #[arg(long)]
    no_records: bool,
    #[command(flatten)]
    values: ValueArgs,
}

impl OpenArgs {
    /// The options for opening.
    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            rows: self.how.rows,
            shape: self.how.shape.map(|[height, width]| (height, width)),
            axes: self.how.axes.clone(),
            cell: self.how.cell,
            sprite: self.how.sprite.map(|[height, width]| (height, width)),
            kept: kept::cells(),
            strict: self.how.strict,
            records: !self.how.no_records,
            tables: self.how.tables.clone(),
            join: self.how.join.clone(),
            stroke_columns: self.how.stroke_columns,
            values: self.how.values.options(),
            streams: true,
            ..OpenOptions::default()
        }
    }
}
