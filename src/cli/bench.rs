//! `bench`: measures on the machine at hand and prints the figures.

use super::inputs::OpenArgs;
use super::view::parse_size;
use super::{CliError, open, refuse_other_ending, say, say_json};
use crate::bench::figure::Figure;
use crate::bench::look::Look;
use crate::bench::report::Report;
use crate::bench::worker::{Job, Own, late_since, work};
use crate::bench::{BenchError, BenchOptions, Progress, plot, run as measure, trace};
use crate::data::columns::time::rfc3339;
use crate::export;
use crate::memory;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `bench`.
#[derive(Debug, Args)]
#[command(after_help = "Figures:\n  \
                  read_bitmaps, read_records            reading and parsing warm files\n  \
                  read_set                              opening and reading cold files; only where it is named\n  \
                  first_picture, complete               from the start of a process to its pictures\n  \
                  overview_dots, overview_thumbnails    everything in view, each frame after a jump\n  \
                  overview_27997                        the same with 27,997 drawings, the slowest look-up\n  \
                  visible_10pct, visible_1pct,\n  \
                  visible_001pct                        pans with 10, 1 and 0.01 % of the rows in view\n  \
                  layout_switch, gliding                another layout made and set out for; drawings on the way
  \
                  moving, settle                        a tour of pans and zooms; the exact picture after it\n  \
                  hover_pick, hover_frame               from pointer to answer; to the frame that shows it\n  \
                  recolour, filter_toggle, lasso_half   from the question to the picture that answers it\n  \
                  facet_counts, type_query,\n  \
                  find_as_you_type                      from the question to the rows that answer it\n  \
                  codes, similar_pinned, similar_gpu,\n  \
                  graph, pca, map, sorted, clusters     comparing all drawings; only where they are named\n  \
                  moving_busy                           the tour meanwhile; only where it is named\n  \
                  in_strokes                            drawings from 120 px on as strokes; only where it is named\n  \
                  near_pictures                         pictures larger than cells; only where it is named\n  \
                  peak_memory                           of process and GPU\n  \
                  idle_frames, idle_cpu                 a window at rest (with --window)\n\n\
                  Examples:\n  \
                  inkfield bench demo:150152 --baseline                    the whole table\n  \
                  inkfield bench demo:1000000 --scenario moving,settle     two figures of a million drawings\n  \
                  inkfield bench octopus.npy --window --json               in the window, as JSON\n  \
                  inkfield bench --plot scaling.svg --frames 100           from 10,000 to 4,000,000 drawings")]
pub struct BenchArgs {
    /// Measure these figures only, separated by commas (names below)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    scenario: Vec<Figure>,
    /// Frames for each figure and layout; a 99th percentile needs 1,000
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    frames: u32,
    /// Size of the scatter viewport in pixels
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = parse_size)]
    size: [u32; 2],
    /// Draw in the real window, which opens and closes by itself, and measure it at rest
    #[arg(long)]
    window: bool,
    /// Draw the naive way, too (all instances, every frame), and print the ratio
    #[arg(long, conflicts_with_all = ["window", "trace"])]
    baseline: bool,
    /// Measure frames with other looks of rows, too, separated by commas: coloured, half (of them hidden), both
    #[arg(long, value_name = "LOOK", value_delimiter = ',', conflicts_with_all = ["window", "trace", "plot"])]
    looks: Vec<Look>,
    /// Measure generated sets of several sizes and plot each figure against the number of drawings
    #[arg(long, value_name = "SVG", conflicts_with_all = ["files", "trace"])]
    plot: Option<PathBuf>,
    /// The sizes of --plot [default: from 10000 to 4000000, with up to 15 GB of temporary files]
    #[arg(long, value_name = "N,N", value_delimiter = ',', requires = "plot", conflicts_with = "files",
          value_parser = clap::value_parser!(u32).range(1..=60_000_000))]
    sizes: Vec<u32>,
    /// Play a minute of use in the window and plot the time of every frame
    #[arg(long, value_name = "SVG", conflicts_with_all = ["window", "scenario", "json"])]
    trace: Option<PathBuf>,
    /// How long --trace plays, seconds
    #[arg(long, value_name = "S", default_value_t = 60, requires = "trace", value_parser = clap::value_parser!(u32).range(1..=3600))]
    seconds: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Measure one thing in this process and print the samples (how the bench starts itself)
    #[arg(long, hide = true, value_name = "JOB")]
    worker: Option<Job>,
    /// When this process was started, nanoseconds since 1970
    #[arg(long, hide = true, value_name = "NS", requires = "worker")]
    since: Option<u64>,
    /// Which files, and how they are read.
    #[command(flatten)]
    open: OpenArgs,
}

impl BenchArgs {
    fn figures(&self) -> Vec<Figure> {
        if self.scenario.is_empty() {
            return Figure::ALL.to_vec();
        }
        Figure::every().filter(|figure| self.scenario.contains(figure)).collect()
    }

    fn options(&self) -> BenchOptions {
        BenchOptions {
            inputs: self.open.files.clone(),
            open: self.open.options(),
            size_px: self.size,
            figures: self.figures(),
            frames: self.frames,
            window: self.window,
            baseline: self.baseline,
            looks: self.looks.iter().copied().filter(|&look| look != Look::Plain).collect(),
        }
    }
}

impl From<BenchError> for CliError {
    fn from(error: BenchError) -> Self {
        match error {
            BenchError::Open(error) => error.into(),
            BenchError::Headless(error) => error.into(),
            BenchError::App(error) => error.into(),
            BenchError::Demo(error) => error.into(),
            error => Self::Bench(error),
        }
    }
}

/// `inkfield bench`.
pub fn run(args: &BenchArgs) -> Result<(), CliError> {
    // First of all: a start is counted from before this process was there.
    let late = args.since.map_or(Duration::ZERO, late_since);
    let own = Own { late, peak_bytes: memory::peak_bytes };
    let options = args.options();
    let bar = bar();
    let mut on = |progress: Progress| show(&bar, &progress);
    if let Some(job) = args.worker {
        let measured = work(job, &options, own, &mut on);
        bar.finish_and_clear();
        return say(&format!("{}\n", serde_json::json!(measured?)));
    }
    if let Some(only) = args.scenario.iter().find(|figure| figure.needs_window() && !args.window) {
        return Err(CliError::Argument(format!("`{only}` is of a window at rest: add --window")));
    }
    for (path, option) in [(&args.plot, "--plot"), (&args.trace, "--trace")] {
        if let Some(path) = path {
            refuse_unless_svg(path, option)?;
        }
    }
    if let Some(path) = &args.plot {
        return plot_sizes(args, path);
    }
    // Wrong files are refused before anything is written or measured.
    let dataset = open(&args.open)?;
    if let Some(path) = &args.trace {
        export::refuse_inputs("plot", path, dataset.files())?;
        check_writable(path)?;
        let samples = trace::play(&options, own, args.seconds.into())?;
        let title = format!("{} · {}", plot::told(dataset.rows()), today());
        return write(path, &trace::picture(&samples, &title));
    }
    drop(dataset);
    let report = measure(&options, &mut on);
    bar.finish_and_clear();
    tell(&report?, args.json)
}

/// Standard output is for the figures.
fn refuse_unless_svg(path: &Path, option: &str) -> Result<(), CliError> {
    if path == Path::new("-") {
        let text = format!("{option} writes a file, standard output is for the figures: write {option} plot.svg");
        return Err(CliError::Argument(text));
    }
    refuse_other_ending(path, "svg", option)
}

/// One run per size, each told as it is done, and the plot of all.
fn plot_sizes(args: &BenchArgs, path: &Path) -> Result<(), CliError> {
    check_writable(path)?;
    let sizes = if args.sizes.is_empty() { plot::SIZES.to_vec() } else { args.sizes.clone() };
    let mut reports = Vec::new();
    for size in sizes {
        let options = BenchOptions { inputs: vec![format!("demo:{size}").into()], ..args.options() };
        let bar = bar();
        let report = measure(&options, &mut |progress| {
            show(&bar, &Progress { what: format!("{}: {}", plot::told(size), progress.what), ..progress });
        });
        bar.finish_and_clear();
        let report = report?;
        tell(&report, args.json)?;
        reports.push(report);
    }
    write(path, &plot::scaling(&reports, &today()))
}

fn tell(report: &Report, json: bool) -> Result<(), CliError> {
    if json { say_json(report.json()) } else { say(&report.table()) }
}

/// Long measurements must not end in a file that cannot be written.
fn check_writable(path: &Path) -> Result<(), CliError> {
    export::check_writable(path).map_err(|source| not_written(source, path))
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let written = export::write_whole(path, |file| file.write_all(text.as_bytes()));
    written.map_err(|source| not_written(source, path))
}

fn not_written(source: std::io::Error, path: &Path) -> CliError {
    BenchError::Io { doing: "write the plot", source, path: path.to_owned() }.into()
}

/// The day, in UTC.
fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    rfc3339(now.as_micros() as i64).chars().take(10).collect()
}

/// A progress bar on standard error that tells what is being measured; silent where nobody watches.
fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(4));
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, progress: &Progress) {
    if bar.message() != progress.what {
        bar.reset();
        bar.set_message(progress.what.clone());
    }
    bar.set_length(progress.total.into());
    bar.set_position(progress.done.into());
}
