//! VIEW: the arguments that say where one looks and how it is drawn, the same for the window and every picture.

use super::measure::MeasureArgs;
use crate::scene::camera::Viewport;
use crate::scene::clusters::Resolution;
use crate::scene::layout::{
    Aspect, Kept, LayoutKind, LayoutParams, LogAxes, Param, SortedFrom, by_help, layout_help, readers_of,
};
use crate::scene::palette::{Colormap, Theme};
use crate::scene::rows::appearance::Appearance;
use crate::scene::rows::filter::Filter;
use crate::scene::rows::{ColorRange, ScalePalette, Spread};
use crate::scene::{Contrast, Settings, ThemeChoice};
use crate::words::two_lengths;
use clap::Args;
use glam::DVec2;
use std::path::PathBuf;

/// Size of the scatter viewport where `--size` says nothing, pixels.
pub(super) const DEFAULT_SIZE: [u32; 2] = [1280, 800];

/// VIEW: where one looks and how it is drawn.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "View")]
pub struct ViewArgs {
    /// Size of the scatter viewport in pixels [default: 1280x800]
    #[arg(long, value_name = "WxH", value_parser = parse_size)]
    pub size: Option<[u32; 2]>,
    /// Physical pixels a logical one [default: 1; windows: the screen's]
    #[arg(long, value_name = "F", value_parser = parse_scale, allow_negative_numbers = true)]
    pub scale: Option<f64>,
    /// Where the drawings stand.
    #[arg(long, default_value_t, value_name = "LAYOUT", help = layout_help())]
    pub layout: LayoutKind,
    /// Columns that the layout goes by.
    #[arg(long, value_name = "COLUMN", help = by_help())]
    pub by: Option<String>,
    /// What rows are sorted by.
    #[arg(long, value_name = "COLUMN[:desc]", help = format!("Sort {} by a column", readers_of(Param::Sort)))]
    pub sort: Option<String>,
    /// Which axes are logarithmic.
    #[arg(long, value_name = "AXES", help = format!("`x`, `y` or `x,y`: logarithmic axes of {}", readers_of(Param::Log)))]
    pub log: Option<LogAxes>,
    /// A file of places.
    #[arg(long, value_name = "FILE",
          help = format!("Places for {}: .npy (N, 2), or CSV or .ndjson with x and y", readers_of(Param::Positions)))]
    pub positions: Option<PathBuf>,
    /// Width over height of plots.
    #[arg(long, value_name = "W:H", help = "Proportions of scatter plots, or `fit` [default: 16:10]")]
    pub aspect: Option<Aspect>,
    /// Columns of cells.
    #[arg(long = "columns", value_name = "C", value_parser = clap::value_parser!(u32).range(1..),
          help = format!("Columns of {} [default: about 1.3 times as many as rows]", readers_of(Param::Columns)))]
    pub grid_columns: Option<u32>,
    /// Seed of what is random.
    #[arg(long, default_value_t = 0, value_name = "S", help = format!("Seed for {}", readers_of(Param::Seed)))]
    pub layout_seed: u64,
    /// Neighbours that count on a map.
    #[arg(long, value_name = "P", value_parser = clap::value_parser!(u32).range(2..=100),
          help = format!("How many neighbours count in {}, about [default: 30]", readers_of(Param::Perplexity)))]
    pub perplexity: Option<u32>,
    /// By what drawings are compared.
    #[command(flatten)]
    pub measure: MeasureArgs,
    /// Whose values have a block each.
    #[arg(long, value_name = "COLUMN", help = format!("A block of its own for each value of a column in {}", readers_of(Param::Within)))]
    pub sorted_within: Option<String>,
    /// What a sorted grid starts from.
    #[arg(long, default_value_t, value_name = "WHAT", help = format!("`map` starts {} from a t-SNE map: slower", readers_of(Param::From)))]
    pub sorted_from: SortedFrom,
    /// The file of a map that exists.
    #[arg(long, value_name = "FILE", help = format!("Keep the {} of a file, and place new rows on it", readers_of(Param::OnlyPlace)))]
    pub only_place: Option<PathBuf>,
    /// Rows that stay in cells of a sorted grid: what "Copy as command" writes, and nobody types.
    #[arg(long, value_name = "ROW:CELL,…", hide = true)]
    pub keep_cells: Option<Kept>,
    /// World position in the middle (cells, y up) [default: the middle]
    #[arg(long, value_name = "X,Y", value_parser = parse_pair, allow_hyphen_values = true)]
    pub center: Option<DVec2>,
    /// Magnification, from 0.5; 1 shows everything
    #[arg(long, default_value_t = 1.0, value_name = "Z", value_parser = parse_zoom, allow_negative_numbers = true)]
    pub zoom: f64,
    /// Least side of a drawing, logical px [default: 4 for points, else 0]
    #[arg(long, value_name = "PX", value_parser = parse_side, allow_negative_numbers = true)]
    pub point_size: Option<f64>,
    /// Opacity of dots in scatter plots
    #[arg(long, default_value_t = 0.5, value_name = "A", value_parser = parse_unit, allow_negative_numbers = true)]
    pub opacity: f64,
    /// `far` stretches ink seen from afar, `true` does not
    #[arg(long, default_value = "far", value_name = "MODE")]
    pub contrast: Contrast,
    /// `paper`, `night` or `system`
    #[arg(long, default_value = "system", value_name = "THEME")]
    pub theme: ThemeChoice,
    /// `ink`, `gray` (the bytes of ink) or `viridis`
    #[arg(long, default_value_t, value_name = "MAP")]
    pub colormap: Colormap,
    /// Colour drawings by a column of their records
    #[arg(long, value_name = "COLUMN")]
    pub color_by: Option<String>,
    /// Numbers and times: `viridis`, `cividis`, `gray`
    #[arg(long, default_value_t, value_name = "NAME")]
    pub palette: ScalePalette,
    /// By size (`linear`) or by rank (`quantile`)
    #[arg(long, default_value_t, value_name = "HOW")]
    pub color_scale: Spread,
    /// First and last colour [default: 1st and 99th percentile]
    #[arg(long, value_name = "LO,HI", allow_hyphen_values = true, requires = "color_by")]
    pub color_range: Option<ColorRange>,
    /// Divide drawings into clusters that look alike, a column `cluster`; more with `=R` above 1
    #[arg(long, value_name = "R", num_args = 0..=1, require_equals = true, default_missing_value = "1")]
    pub clusters: Option<Resolution>,
    /// Write a column's value under each drawing, from 48 px a drawing on
    #[arg(long, value_name = "COLUMN")]
    pub caption: Option<String>,
    /// Show only drawings it is true of: `countrycode = "DE" and n > 1`
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Option<Filter>,
    /// Lay out only what --where keeps, as if there were nothing else
    #[arg(long, requires = "filter")]
    pub rearrange: bool,
    /// Fade what --where leaves out instead of hiding it
    #[arg(long, requires = "filter")]
    pub fade: bool,
    /// From 120 px a drawing on, show its strokes in place of its pixels
    #[arg(long)]
    pub ink: bool,
    /// What a session says in place of all of these but the size and the scale.
    #[arg(skip)]
    pub restored: Option<Box<Settings>>,
    /// Select the drawings that a condition is true of
    #[arg(long, value_name = "CONDITION")]
    pub select: Option<Filter>,
}

impl Default for ViewArgs {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            size: None,
            scale: None,
            layout: settings.layout,
            by: None,
            sort: None,
            log: None,
            positions: None,
            aspect: None,
            grid_columns: None,
            layout_seed: 0,
            perplexity: None,
            measure: MeasureArgs::default(),
            sorted_within: None,
            sorted_from: SortedFrom::default(),
            only_place: None,
            keep_cells: None,
            center: None,
            zoom: 1.0,
            point_size: None,
            opacity: settings.opacity,
            contrast: Contrast::Far,
            theme: ThemeChoice::System,
            colormap: settings.colormap,
            color_by: None,
            palette: ScalePalette::default(),
            color_scale: Spread::default(),
            color_range: None,
            clusters: None,
            caption: None,
            filter: None,
            rearrange: false,
            fade: false,
            ink: false,
            restored: None,
            select: None,
        }
    }
}

impl ViewArgs {
    /// The scene's settings.
    pub fn settings(&self) -> Settings {
        if let Some(restored) = &self.restored {
            return Settings::clone(restored);
        }
        Settings {
            layout: self.layout,
            layout_params: self.layout_params(),
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
            strokes: self.ink,
            appearance: Appearance {
                color_by: self.color_by.clone(),
                filter: self.filter.clone(),
                fades: self.fade,
                caption: self.caption.clone(),
                palette: self.palette,
                spread: self.color_scale,
                range: self.color_range.clone(),
                clusters: self.clusters,
            },
            select: self.select.clone(),
        }
    }

    fn layout_params(&self) -> LayoutParams {
        LayoutParams {
            by: self.by.clone(),
            columns: self.grid_columns,
            seed: self.layout_seed,
            sort: self.sort.clone(),
            aspect: self.aspect.unwrap_or_default(),
            log: self.log.unwrap_or_default(),
            positions: self.positions.clone(),
            perplexity: self.perplexity,
            comparison: self.measure.comparison(),
            only: self.filter.as_ref().filter(|_| self.rearrange).map(ToString::to_string),
            sorted_within: self.sorted_within.clone(),
            sorted_from: self.sorted_from,
            only_place: self.only_place.clone(),
            kept: self.keep_cells.clone().unwrap_or_default(),
            slice: None,
        }
    }

    /// Whether pictures go by what records hold.
    pub fn needs_records(&self) -> bool {
        let settings = self.settings();
        let is_plain = settings.appearance.is_plain() && self.select.is_none();
        settings.layout.reads_columns(&settings.layout_params) || settings.layout.is_map() || !is_plain
    }

    /// The scatter viewport of the commands without a window.
    pub fn viewport(&self) -> Viewport {
        let [width, height] = self.size.unwrap_or(DEFAULT_SIZE);
        Viewport::new(width, height, self.scale.unwrap_or(1.0))
    }
}

/// A picture's width and height.
pub(super) fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let needed = "two numbers from 1 to 16384 with an x between them are needed, as in `1280x800`";
    two_lengths(text).ok_or_else(|| needed.to_owned())
}

/// A drawing's height and width.
pub(super) fn parse_shape(text: &str) -> Result<[u32; 2], String> {
    let needed = "height and width are needed, two numbers from 1 to 16384 with an x between them, as in `28x28`";
    two_lengths(text).ok_or_else(|| needed.to_owned())
}

/// Two finite numbers with a comma between them.
pub(super) fn parse_pair(text: &str) -> Result<DVec2, String> {
    let parsed: Option<DVec2> =
        text.split_once(',').and_then(|(x, y)| Some(DVec2::new(x.trim().parse().ok()?, y.trim().parse().ok()?)));
    parsed
        .filter(|pair| pair.is_finite())
        .ok_or_else(|| "two numbers with a comma between them are needed, as in `120,80.5`".to_owned())
}

/// A number that lies in `range`, or the sentence that says which one is needed.
fn number_in(text: &str, range: std::ops::RangeInclusive<f64>, needed: &str) -> Result<f64, String> {
    text.trim().parse().ok().filter(|value| range.contains(value)).ok_or_else(|| needed.to_owned())
}

fn parse_unit(text: &str) -> Result<f64, String> {
    number_in(text, 0.0..=1.0, "a number from 0 to 1 is needed")
}

fn parse_scale(text: &str) -> Result<f64, String> {
    number_in(text, 0.25..=16.0, "a number from 0.25 to 16 is needed")
}

/// The upper end depends on the data: the camera clamps there.
fn parse_zoom(text: &str) -> Result<f64, String> {
    number_in(text, 0.5..=1e9, "a number from 0.5 is needed; 1 shows everything")
}

fn parse_side(text: &str) -> Result<f64, String> {
    number_in(text, 0.0..=10_000.0, "a number of pixels from 0 to 10000 is needed")
}

/// How far a pick looks, pixels.
pub(super) fn parse_radius(text: &str) -> Result<f64, String> {
    number_in(text, 0.0..=500.0, "a number of pixels from 0 to 500 is needed")
}
