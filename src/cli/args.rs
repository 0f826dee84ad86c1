//! Arguments and the help that people read first.

use crate::app::WindowOptions;
use crate::data::dataset::{OpenOptions, RowSlice};
use crate::data::fetch::{DEFAULT_BASE_URL, Records};
use crate::scene::camera::Viewport;
use crate::scene::layout::LayoutKind;
use crate::scene::palette::{Colormap, Theme};
use crate::scene::{Contrast, Settings, ThemeChoice};
use clap::{Args, Parser, Subcommand};
use glam::DVec2;
use std::ffi::OsString;
use std::path::PathBuf;

/// Look at every drawing of a large set: all at once, each up close.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Examples:\n  inkfield octopus.npy octopus.ndjson     every octopus, with what is known of each\n  \
                  inkfield demo                           150,152 generated octopuses, nothing to download\n  \
                  inkfield fetch octopus                  download the real ones\n  \
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
    /// Say where in the picture a row is
    Locate(LocateArgs),
    /// Say which drawing is at a pixel, as the GPU finds it, with its record
    Pick(PickArgs),
    /// Say what this machine can do: display, GPUs, limits, what is missing
    Doctor(DoctorArgs),
}

/// Which files, and how to read them.
#[derive(Clone, Debug, Default, Args)]
pub struct OpenArgs {
    /// Bitmaps (.npy), records (.ndjson, .jsonl), folders, `demo:N` or `demo:N:SEED`
    #[arg(value_name = "FILE")]
    pub files: Vec<OsString>,
    #[command(flatten)]
    pub(super) how: HowArgs,
}

/// How files are read.
#[derive(Clone, Debug, Default, Args)]
pub struct HowArgs {
    /// Open only these rows, as in Python: `0:30`, `-100:`
    #[arg(long, value_name = "A:B", allow_hyphen_values = true)]
    rows: Option<RowSlice>,
    /// Height and width of a drawing where the file does not say it
    #[arg(long, value_name = "HxW", value_parser = parse_size)]
    shape: Option<[u32; 2]>,
    /// Treat every oddity of a file as an error
    #[arg(long)]
    strict: bool,
    /// Do not open records that lie beside the bitmaps
    #[arg(long)]
    no_records: bool,
}

impl OpenArgs {
    /// The options for opening.
    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            rows: self.how.rows,
            shape: self.how.shape.map(|[height, width]| (height, width)),
            strict: self.how.strict,
            records: !self.how.no_records,
        }
    }
}

/// What the window opens with.
#[derive(Clone, Debug, Default, Args)]
pub struct WindowArgs {
    /// Files; none shows the welcome page.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Camera, layout, colours.
    #[command(flatten)]
    pub view: ViewArgs,
    /// Write one JSON line per presented frame to a file (a testing aid)
    #[arg(long, value_name = "FILE", help_heading = "Testing")]
    pub state_log: Option<PathBuf>,
}

impl WindowArgs {
    /// What the window is told.
    pub fn options(self) -> WindowOptions {
        WindowOptions {
            open: self.open.options(),
            inputs: self.open.files,
            settings: self.view.settings(),
            theme: self.view.theme,
            size_px: self.view.size,
            scale: self.view.scale,
            state_log: self.state_log,
        }
    }
}

/// VIEW: where one looks and how it is drawn.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "View")]
pub struct ViewArgs {
    /// Size of the scatter viewport in pixels
    #[arg(long, value_name = "WxH", value_parser = parse_size)]
    pub size: Option<[u32; 2]>,
    /// Physical pixels per logical pixel
    #[arg(long, value_name = "F")]
    pub scale: Option<f64>,
    /// `grid`, `index` (x = row number, y = random) or `groups` (a block per value of a column)
    #[arg(long, default_value_t, value_name = "LAYOUT")]
    pub layout: LayoutKind,
    /// Column that `groups` goes by
    #[arg(long, default_value = "countrycode", value_name = "COLUMN")]
    pub by: String,
    /// Columns of `grid`
    #[arg(long = "columns", value_name = "C")]
    pub grid_columns: Option<u32>,
    /// Seed of the random heights of `index`
    #[arg(long, default_value_t = 0, value_name = "S")]
    pub layout_seed: u64,
    /// World position in the middle of the viewport
    #[arg(long, value_name = "X,Y", value_parser = parse_pair, allow_hyphen_values = true)]
    pub center: Option<DVec2>,
    /// Magnification; 1 shows everything
    #[arg(long, default_value_t = 1.0, value_name = "Z")]
    pub zoom: f64,
    /// Least side of a drawing in logical pixels [default: 4 in `index`, else 0]
    #[arg(long, value_name = "PX")]
    pub point_size: Option<f64>,
    /// Opacity of dots where drawings overlap
    #[arg(long, default_value_t = 0.5, value_name = "A", value_parser = parse_unit)]
    pub opacity: f64,
    /// `far` stretches the ink of far-away drawings, `true` shows it as it is
    #[arg(long, default_value = "far", value_name = "MODE")]
    pub contrast: Contrast,
    /// `paper`, `night` or `system`
    #[arg(long, default_value = "system", value_name = "THEME")]
    pub theme: ThemeChoice,
    /// `ink`, `gray` (the file's bytes) or `viridis`
    #[arg(long, default_value_t, value_name = "MAP")]
    pub colormap: Colormap,
}

impl Default for ViewArgs {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            size: None,
            scale: None,
            layout: settings.layout,
            by: settings.by,
            grid_columns: None,
            layout_seed: 0,
            center: None,
            zoom: 1.0,
            point_size: None,
            opacity: settings.opacity,
            contrast: Contrast::Far,
            theme: ThemeChoice::System,
            colormap: settings.colormap,
        }
    }
}

impl ViewArgs {
    /// The scene's settings.
    pub fn settings(&self) -> Settings {
        Settings {
            layout: self.layout,
            by: self.by.clone(),
            columns: self.grid_columns,
            layout_seed: self.layout_seed,
            center: self.center,
            zoom: self.zoom,
            point_size: self.point_size,
            opacity: self.opacity,
            contrast: self.contrast,
            theme: match self.theme {
                ThemeChoice::Given(theme) => theme,
                ThemeChoice::System => Theme::Paper,
            },
            colormap: self.colormap,
        }
    }

    /// The scatter viewport of the commands without a window.
    pub fn viewport(&self) -> Viewport {
        let [width, height] = self.size.unwrap_or([1280, 800]);
        Viewport::new(width, height, self.scale.unwrap_or(1.0))
    }
}

/// `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Write `octopus.npy` and `octopus.ndjson` into this folder instead of showing them
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many drawings
    #[arg(long = "count", default_value_t = 150_152, value_name = "N")]
    pub count: u32,
    /// Seed: the same one gives the same drawings on every machine
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    pub seed: u64,
    /// Camera, layout, colours.
    #[command(flatten)]
    pub view: ViewArgs,
    /// Write one JSON line per presented frame to a file (a testing aid)
    #[arg(long, value_name = "FILE", help_heading = "Testing")]
    pub state_log: Option<PathBuf>,
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

/// `info`.
#[derive(Debug, Args)]
pub struct InfoArgs {
    /// Files.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// `table`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: the countries of the first thirty drawings\n  inkfield table octopus.npy --columns countrycode --rows 0:30"
)]
pub struct TableArgs {
    /// Files.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Only these columns, separated by commas
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `render`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: thirty drawings, x = row number, y = random\n  inkfield render octopus.npy octopus.ndjson --rows 0:30 --layout index --point-size 10 --opacity 0.5 \\\n                  --size 350x100 --out figure.png"
)]
pub struct RenderArgs {
    /// Files.
    #[command(flatten)]
    pub open: OpenArgs,
    /// The picture to write
    #[arg(long, value_name = "PNG")]
    pub out: PathBuf,
    /// Draw only this row, as the inspector does [default size: 280x280]
    #[arg(long, value_name = "ROW", allow_hyphen_values = true)]
    pub inspect: Option<i64>,
    /// Say how long start, first picture and complete picture took, and the peak memory
    #[arg(long)]
    pub timings: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Camera, layout, colours.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `locate`.
#[derive(Debug, Args)]
pub struct LocateArgs {
    /// Files.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Row, from 0; negative ones count from the end; may be repeated; `-` reads them from standard input
    #[arg(long, value_name = "R", required = true, allow_hyphen_values = true)]
    pub row: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Camera, layout, colours.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `pick`.
#[derive(Debug, Args)]
pub struct PickArgs {
    /// Files.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Pixel, from the top-left corner; may be repeated; `-` reads them from standard input
    #[arg(long, value_name = "X,Y", required = true, allow_hyphen_values = true)]
    pub at: Vec<String>,
    /// How far around the pixel a drawing is looked for, in pixels
    #[arg(long, default_value_t = 6.0, value_name = "PX")]
    pub radius: f64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Camera, layout, colours.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let parsed = text.split_once(['x', '×']).and_then(|(a, b)| Some([a.trim().parse().ok()?, b.trim().parse().ok()?]));
    match parsed {
        Some([a, b]) if a > 0 && b > 0 && a <= 16_384 && b <= 16_384 => Ok([a, b]),
        _ => Err("two numbers from 1 to 16384 with an x between them are needed, as in `1280x800`".to_owned()),
    }
}

/// Two finite numbers with a comma between them.
pub(super) fn parse_pair(text: &str) -> Result<DVec2, String> {
    let parsed: Option<DVec2> =
        text.split_once(',').and_then(|(x, y)| Some(DVec2::new(x.trim().parse().ok()?, y.trim().parse().ok()?)));
    parsed
        .filter(|pair| pair.is_finite())
        .ok_or_else(|| "two numbers with a comma between them are needed, as in `120,80.5`".to_owned())
}

fn parse_unit(text: &str) -> Result<f64, String> {
    let parsed: Option<f64> = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    parsed.ok_or_else(|| "a number from 0 to 1 is needed".to_owned())
}
