//! `export`: the drawings that one takes along, as files for other programs and other people.

use super::inputs::OpenArgs;
use super::records::{self, ColumnList};
use super::view::ViewArgs;
use super::{Bars, CliError, open, progress_bar, refuse_other_ending, say, say_json};
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::export::{check_writable, refuse_inputs};
use crate::headless::{HeadlessError, OnDoing, placed_scene};
use crate::memory::{Needs, Purpose};
use crate::scene::{Background, Scene};
use crate::share::{Drawings, Export, Outputs, Painted, Replayed, ShareError, Told};
use crate::words::{counted, size};
use clap::Args;
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `export`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  inkfield export octopus.npy --rows 0:30 --layout index --point-size 10 \\\n      \
                      --size 350x100 --html octopus.html                     a page to share\n  \
                  inkfield export octopus.npy --where countrycode=DE \\\n      \
                      --npy german.npy --ndjson german.ndjson                a pair that opens again")]
pub struct ExportArgs {
    /// One web page with everything in it: scatter, hover, second figure; loads nothing
    #[arg(long, value_name = "HTML", help_heading = "Outputs")]
    html: Option<PathBuf>,
    /// The drawings as bitmaps
    #[arg(long, value_name = "NPY", help_heading = "Outputs")]
    npy: Option<PathBuf>,
    /// Their records, byte for byte
    #[arg(long, value_name = "NDJSON", help_heading = "Outputs")]
    ndjson: Option<PathBuf>,
    /// Their columns as comma-separated values
    #[arg(long, value_name = "CSV", help_heading = "Outputs")]
    csv: Option<PathBuf>,
    /// A contact sheet: a grid of all of them, --columns in a line
    #[arg(long, value_name = "PNG", help_heading = "Outputs")]
    png: Option<PathBuf>,
    /// Their strokes as they were drawn, all at once: a grid as an animated PNG, 28 × --enlarge pixels each, 256 at most; a
    /// pattern such as frame-%04d.png makes each of its pictures a file
    #[arg(long, value_name = "PNG", help_heading = "Outputs")]
    replay: Option<PathBuf>,
    /// Columns of page and table, the first ones in the tooltip [default: all]
    #[arg(long, value_name = "A,B", help_heading = "Outputs")]
    fields: Vec<ColumnList>,
    /// Pixels a value on the contact sheet, and of a replay
    #[arg(long, default_value_t = 1, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=64), help_heading = "Outputs")]
    enlarge: u32,
    /// `none`: a contact sheet whose paper is clear
    #[arg(long, default_value_t, value_name = "PAPER", help_heading = "Outputs")]
    background: Background,
    /// Heading of the page [default: the set's name]
    #[arg(long, value_name = "TEXT", help_heading = "Outputs")]
    title: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Where one looks, and how it is drawn.
    #[command(flatten)]
    pub view: ViewArgs,
}

impl ExportArgs {
    fn outputs(&self) -> Outputs {
        Outputs {
            page: self.html.clone(),
            bitmaps: self.npy.clone(),
            records: self.ndjson.clone(),
            table: self.csv.clone(),
            sheet: self.png.clone(),
            replay: self.replay.clone(),
        }
    }

    /// What is written: its option, its ending, where it goes.
    fn named(&self) -> Vec<(&'static str, &'static str, &Path)> {
        let all = [
            ("--html", "html", &self.html),
            ("--npy", "npy", &self.npy),
            ("--ndjson", "ndjson", &self.ndjson),
            ("--csv", "csv", &self.csv),
            ("--png", "png", &self.png),
            ("--replay", "png", &self.replay),
        ];
        all.into_iter().filter_map(|(option, ending, path)| Some((option, ending, path.as_deref()?))).collect()
    }

    /// Refuses names before anything is read.
    fn check_names(&self) -> Result<(), CliError> {
        let outputs = self.named();
        if outputs.is_empty() {
            let text = "nothing to write: name one of --html page.html, --npy drawings.npy, --ndjson records.ndjson, \
                        --csv table.csv, --png sheet.png, --replay drawn.png";
            return Err(CliError::Argument(text.to_owned()));
        }
        for (at, (option, ending, path)) in outputs.iter().enumerate() {
            let is_jsonl = *ending == "ndjson" && path.extension().is_some_and(|own| own.eq_ignore_ascii_case("jsonl"));
            if !is_jsonl {
                refuse_other_ending(path, ending, option)?;
            }
            if let Some((other, ..)) = outputs.iter().take(at).find(|(.., other)| is_same(other, path)) {
                let name = path.display();
                return Err(CliError::Argument(format!("{other} and {option} name the same file: {name}")));
            }
        }
        Ok(())
    }

    /// What only a layout and looks of rows can say is found without a GPU.
    fn scene(&self, dataset: &Arc<Dataset>, columns: &Columns) -> Result<Scene, HeadlessError> {
        Needs::of(dataset)?.refuse_unless_room(Purpose::Layout)?;
        let (settings, viewport) = (self.view.settings(), self.view.viewport());
        let placed = |on: OnDoing<'_>| placed_scene(dataset, settings, viewport, Some(columns), on);
        let mut scene = Bars::while_doing(dataset.rows(), placed)?;
        scene.restyle(Some(columns))?;
        Ok(scene)
    }
}

/// Whether two names lead to one file, as far as that can be known of files that are not there yet.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    let leads_to = |path: &Path| path.canonicalize().ok();
    a == b || real(a).is_some_and(|a| real(b) == Some(a)) || leads_to(a).is_some_and(|a| leads_to(b) == Some(a))
}

/// How values are shown, found by reading them all.
pub(super) fn value_map(dataset: &Dataset) -> Result<ValueMap, CliError> {
    let bar = progress_bar(dataset.rows().into(), "values");
    let counted = dataset.count_values(&mut |rows| bar.set_position(rows.into()));
    bar.finish_and_clear();
    let (_, measured) = counted?;
    measured.report.log();
    Ok(measured.map)
}

/// `inkfield export`.
pub fn run(args: &ExportArgs) -> Result<(), CliError> {
    args.check_names()?;
    if args.view.select.is_some() {
        let text = "--select marks drawings in pictures; what is exported is chosen by --where";
        return Err(CliError::Argument(text.to_owned()));
    }
    let dataset = open(&args.open)?;
    let outputs = args.outputs();
    for (what, path) in outputs.named() {
        refuse_inputs(what, path, dataset.files().chain(args.view.settings().layout_params.files()))?;
        let refused = |source| ShareError::Write { what, source, path: path.to_owned() };
        check_writable(path).map_err(refused)?;
    }
    let columns = records::read_for(&dataset, &args.view)?;
    if args.ndjson.is_some() && columns.is_empty() && !columns.has_records() {
        let text = "these drawings have no records: leave --ndjson out, or name their file, too";
        return Err(CliError::Argument(text.to_owned()));
    }
    let kept = records::kept(args.view.filter.as_ref(), &dataset, &columns)?;
    let is_kept = |row: &u32| kept.as_ref().is_none_or(|kept| kept.get(*row as usize) == Some(&true));
    let rows: Vec<u32> = (0..dataset.rows()).filter(is_kept).collect();
    if rows.is_empty() {
        return Err(CliError::Argument(
            "no drawing fulfils the condition of --where: there is nothing to export".to_owned(),
        ));
    }
    let told = write(args, &outputs, &dataset, &columns, &rows)?;
    if let Some(lines) = told.made_up() {
        tracing::info!(target: "inkfield::waits", "{lines}");
    }
    if let Some(records) = told.without_origin() {
        tracing::warn!("{records}: --csv has the column category");
    }
    if let Some(records) = told.without_table() {
        tracing::warn!("{records}: --csv has them");
    }
    if let Some(what) = dataset.written_as_shown().filter(|_| args.npy.is_some()) {
        tracing::warn!("{what}");
    }
    dataset.fates().log();
    report(args, &outputs, rows.len(), &dataset, told.replayed)
}

/// Writes each of the outputs; what is to be said of the records.
fn write(
    args: &ExportArgs,
    outputs: &Outputs,
    dataset: &Arc<Dataset>,
    columns: &Columns,
    rows: &[u32],
) -> Result<Told, CliError> {
    let mut painted =
        if outputs.are_painted() { Some((value_map(dataset)?.table(), args.scene(dataset, columns)?)) } else { None };
    let fields: Vec<String> = args.fields.iter().flat_map(ColumnList::names).collect();
    let logical = |side: u32| f64::from(side) / args.view.scale.unwrap_or(1.0);
    let export = Export {
        outputs,
        drawings: Drawings { dataset, rows },
        columns,
        fields: &fields,
        title: args.title.as_deref().unwrap_or(dataset.title()),
        theme: args.view.theme,
        size: args.view.size.map(|size| size.map(logical)),
        shows_faded: args.view.fade,
        sheet_columns: args.view.grid_columns,
        enlarge: args.enlarge,
        background: args.background,
    };
    let painted = painted.as_mut().map(|(table, scene)| Painted { scene, table });
    let mut bars = Bars::default();
    let told = export.write(painted, &mut |what, done, of| {
        bars.show(what, done, of);
        ControlFlow::Continue(())
    });
    bars.clear();
    Ok(told?)
}

/// Says what was written.
fn report(
    args: &ExportArgs,
    outputs: &Outputs,
    rows: usize,
    dataset: &Dataset,
    replayed: Option<Replayed>,
) -> Result<(), CliError> {
    // A replay may be many files.
    let replayed = |what: &str| replayed.filter(|_| what == Outputs::REPLAY);
    let bytes = |what: &str, path: &Path| {
        replayed(what).map_or_else(|| path.metadata().map_or(0, |found| found.len()), |replayed| replayed.bytes)
    };
    if args.json {
        let written = |(what, path): (&'static str, &Path)| {
            let mut file = json!({"path": path.to_string_lossy(), "bytes": bytes(what, path)});
            if let (Some(replayed), Some(file)) = (replayed(what), file.as_object_mut()) {
                file.insert("pictures".to_owned(), replayed.pictures.into());
                file.insert("per_second".to_owned(), Replayed::RATE.into());
            }
            (what.to_owned(), file)
        };
        let written: Map<String, Value> = outputs.named().into_iter().map(written).collect();
        let mut answer = Map::new();
        answer.insert("rows".to_owned(), rows.into());
        answer.insert("of_rows".to_owned(), dataset.total_rows().into());
        answer.insert("written".to_owned(), written.into());
        return say_json(answer);
    }
    for (what, path) in outputs.named() {
        let drawings = counted(rows as u64, "drawing", "drawings");
        let pictures = replayed(what).map_or_else(String::new, |replayed| format!(", {}", replayed.in_words()));
        say(&format!("{what} of {drawings}{pictures}, {}: {}\n", size(bytes(what, path)), path.display()))?;
    }
    Ok(())
}
