//! Arguments and the help that people read first.

use super::arrange::ArrangeArgs;
use super::audit::AuditArgs;
use super::bench::BenchArgs;
use super::cache::CacheArgs;
use super::check::CheckArgs;
use super::clusters::ClustersArgs;
use super::convert::ConvertArgs;
use super::differ::DifferArgs;
use super::doctor::DoctorArgs;
use super::export::ExportArgs;
use super::inputs::OpenArgs;
use super::rasterize::RasterizeArgs;
use super::records::{ColumnList, InfoArgs, TableArgs};
use super::similar::SimilarArgs;
use super::view::{ViewArgs, parse_radius};
use crate::app::{Motion, PlannedFault, WindowOptions};
use crate::data::fetch::{DEFAULT_BASE_URL, Records};
use crate::scene::Background;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Look at every drawing of a large set: all at once, each up close.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Examples:\n  inkfield octopus.npy octopus.ndjson     every octopus, with what is known of each\n  \
                  inkfield demo                           150,152 generated octopuses, nothing to download\n  \
                  inkfield fetch octopus                  download 150,152 real ones\n  \
                  inkfield folder/                        all bitmap files of a folder as one set\n\n\
                  `inkfield COMMAND --help` explains a command. In the window, `?` shows every key."
)]
pub struct Cli {
    /// What to do; without a command the files are shown in a window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The window's arguments.
    #[command(flatten)]
    pub window: WindowArgs,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show 150,152 generated octopuses, or write them as files
    Demo(DemoArgs),
    /// Download drawings of the Quick, Draw! data set
    Fetch(FetchArgs),
    /// Say what a data set holds: rows, columns, most frequent values, oddities
    Info(InfoArgs),
    /// Print the records as a table
    Table(TableArgs),
    /// Write the window's picture to a PNG file, without a window
    Render(RenderArgs),
    /// Write drawings for others: a web page, a pair of files, a table, a contact sheet
    Export(ExportArgs),
    /// Write a whole set as .npz or .parquet, or as .npy with .ndjson
    Convert(ConvertArgs),
    /// Write bitmaps of the strokes of records
    Rasterize(RasterizeArgs),
    /// Prove by their strokes that records belong to bitmaps
    Check(CheckArgs),
    /// Say where in the picture a row is
    Locate(LocateArgs),
    /// Say which drawing is at a pixel, as the GPU finds it, with its record
    Pick(PickArgs),
    /// Say which drawings look most like one, or like a picture
    Similar(SimilarArgs),
    /// Say which drawings hold together, and what each cluster has more of
    Clusters(ClustersArgs),
    /// Find duplicates, blank drawings, and those that are like nothing else
    Audit(AuditArgs),
    /// Say whose drawings are more like each other than chance makes them
    Differ(DifferArgs),
    /// Print where a layout puts every drawing
    Arrange(ArrangeArgs),
    /// Say what is kept for the next time of what took long, or remove it
    Cache(CacheArgs),
    /// Say what this machine can do: display, GPUs, limits, what is missing
    Doctor(DoctorArgs),
    /// Measure how fast it is on this machine
    Bench(BenchArgs),
}

/// What a session says already.
#[rustfmt::skip]
const IN_SESSION: [&str; 32] = [
    "layout", "by", "sort", "log", "positions", "aspect", "grid_columns", "layout_seed", "center", "zoom", "point_size",
    "opacity", "contrast", "colormap", "color_by", "palette", "color_scale", "color_range", "caption", "filter", "fade",
    "rearrange", "select", "clusters", "perplexity", "measure", "embedding", "metric", "sorted_within", "sorted_from",
    "only_place", "keep_cells",
];

/// What the window opens with.
#[derive(Clone, Debug, Default, Args)]
pub struct WindowArgs {
    /// Print title and number of rows as one JSON document before the window opens
    #[arg(long)]
    pub json: bool,
    /// Which files; none shows the welcome page.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
    /// Go on with a session (Ctrl+S saves it), with its own files
    #[arg(long, value_name = "FILE", help_heading = "View", conflicts_with_all = IN_SESSION)]
    pub session: Option<PathBuf>,
    /// How the window behaves.
    #[command(flatten)]
    pub manner: MannerArgs,
}

/// How a window behaves, whatever it shows.
#[derive(Clone, Debug, Default, Args)]
pub struct MannerArgs {
    /// `full` (keys glide), `reduced` (jump), `system`
    #[arg(long, default_value = "system", value_name = "MOTION", help_heading = "View")]
    pub motion: Motion,
    /// Fields that tooltip and inspector show, in this order
    #[arg(long, value_name = "A,B", help_heading = "View")]
    pub fields: Vec<ColumnList>,
    /// One JSON line a frame (see also `--inject-fault device-lost@120`)
    #[arg(long, value_name = "FILE", help_heading = "Testing")]
    pub state_log: Option<PathBuf>,
    /// Break the GPU before a frame (a testing aid, told of with `--state-log`)
    #[arg(long, value_name = "FAULT@FRAME", value_delimiter = ',', hide = true)]
    pub inject_fault: Vec<PlannedFault>,
}

impl WindowArgs {
    /// What the window is told.
    pub fn options(self) -> WindowOptions {
        WindowOptions {
            open: self.open.options(),
            inputs: self.open.files,
            opened: None,
            session: None,
            settings: self.view.settings(),
            theme: self.view.theme,
            size_px: self.view.size,
            scale: self.view.scale,
            motion: self.manner.motion,
            fields: self.manner.fields.iter().flat_map(ColumnList::names).collect(),
            state_log: self.manner.state_log,
            faults: self.manner.inject_fault,
        }
    }
}

/// `demo`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  inkfield demo --layout groups     all octopuses by country\n  \
                  inkfield demo --out octopuses     the same drawings as two files\n\n\
                  Other commands take `demo`, `demo:N` or `demo:N:SEED` in place of a file.")]
pub struct DemoArgs {
    /// Write `octopus.npy` and `octopus.ndjson` into this folder instead of showing them
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many drawings
    #[arg(long, default_value_t = 150_152, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=60_000_000))]
    pub count: u32,
    /// Seed: the same one gives the same drawings on every machine
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    pub seed: u64,
    /// Print title and number of rows as one JSON document before the window opens
    #[arg(long, conflicts_with = "out")]
    pub json: bool,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
    /// How the window behaves.
    #[command(flatten)]
    pub manner: MannerArgs,
}

/// `fetch`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  inkfield fetch octopus \"alarm clock\" --dir drawings\n\nThe Quick, Draw! Dataset, Google, CC BY 4.0."
)]
pub struct FetchArgs {
    /// Categories, such as `octopus` or `alarm clock`
    #[arg(value_name = "CATEGORY", required_unless_present = "list")]
    pub categories: Vec<String>,
    /// Folder to download into
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Which records: `simplified`, `raw` (large) or `none`
    #[arg(long, default_value = "simplified", value_name = "WHICH")]
    pub records: Records,
    /// Where the published files lie
    #[arg(long, value_name = "URL", default_value = DEFAULT_BASE_URL)]
    pub base_url: String,
    /// List the 345 categories
    #[arg(long)]
    pub list: bool,
}

/// `render`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  inkfield render octopus.npy --out all.png                  all drawings\n  \
                  inkfield render octopus.npy --inspect 7 --out seven.png    row 7 alone\n  \
                  inkfield render octopus.npy --rows 0:30 --layout index --point-size 10 \\\n      \
                      --size 350x100 --out figure.png                        thirty, scattered")]
pub struct RenderArgs {
    /// PNG file to write; `-` is standard output
    #[arg(short, long, value_name = "PNG")]
    pub out: PathBuf,
    /// Draw this row alone, as the inspector does (280x280 unless --size is given)
    #[arg(long, value_name = "ROW", allow_hyphen_values = true)]
    pub inspect: Option<i64>,
    /// `none`: the paper is clear, ink as opaque as it is dark
    #[arg(long, default_value_t, value_name = "PAPER", conflicts_with = "inspect")]
    pub background: Background,
    /// Print how long device, first and complete picture took, and the peak memory
    #[arg(long)]
    pub timings: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
    /// Draw what a session shows, of its own files
    #[arg(long, value_name = "FILE", help_heading = "View", conflicts_with_all = IN_SESSION)]
    pub session: Option<PathBuf>,
}

/// `locate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  inkfield locate octopus.npy --row 7 --row -1\n  \
                        seq 0 99 | inkfield locate octopus.npy --row - --json     one line each")]
pub struct LocateArgs {
    /// Row, counted from 0 or, if negative, from the end; repeatable; `-` reads rows from standard input
    #[arg(long, value_name = "R", required = true, allow_hyphen_values = true)]
    pub row: Vec<String>,
    /// Print one JSON document a line
    #[arg(long)]
    pub json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `pick`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  inkfield pick octopus.npy --at 640,400 --at 10,20\n  \
                        inkfield pick octopus.npy --at - --json < pixels.txt     one line each")]
pub struct PickArgs {
    /// Pixel, counted from the top-left corner; repeatable; `-` reads pixels from standard input
    #[arg(long, value_name = "X,Y", required = true, allow_hyphen_values = true)]
    pub at: Vec<String>,
    /// How far around the pixel a drawing is looked for, in pixels
    #[arg(long, default_value_t = 6.0, value_name = "PX", value_parser = parse_radius, allow_negative_numbers = true)]
    pub radius: f64,
    /// Print one JSON document a line
    #[arg(long)]
    pub json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
}
