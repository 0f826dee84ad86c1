//! `info` and `table`: what is known, without a GPU.

use super::export::value_map;
use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::view::ViewArgs;
use super::{CliError, open, progress_bar, say, say_json};
use crate::app::tag_store::TagStore;
use crate::data::columns::{Columns, parse_names};
use crate::data::dataset::Dataset;
use crate::data::info::{Values, info_json, info_text};
use crate::data::report::{LoadReport, Note, Severity};
use crate::data::table::{TableFormat, write_table};
use crate::headless::likeness::{Basis, Likeness};
use crate::headless::{Compared, HeadlessError};
use crate::likeness::comparison::Comparison;
use crate::likeness::means::Means;
use crate::memory::Needs;
use crate::progress::{Progress, Watcher};
use crate::scene::Settings;
use crate::scene::clusters::{Resolution, SetClusters};
use crate::scene::rows::appearance::AppearanceError;
use crate::scene::rows::filter::Filter;
use crate::words::thousands;
use clap::Args;
use std::io::Write;
use std::sync::Arc;

/// Names of columns, as CSV writes fields.
#[derive(Clone, Debug)]
pub struct ColumnList(Vec<String>);

impl ColumnList {
    /// The names, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.clone()
    }
}

impl std::str::FromStr for ColumnList {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        parse_names(list).map(Self)
    }
}

/// `info`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  inkfield info octopus.npy octopus.ndjson\n  inkfield info octopus.npy --json")]
pub struct InfoArgs {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Also count the drawings that a condition is true of: `countrycode = "DE" and not recognized`
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Option<Filter>,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `table`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield table octopus.npy --columns countrycode --rows 0:30     thirty countries\n  \
                  inkfield table octopus.npy --csv > octopus.csv                   everything"
)]
pub struct TableArgs {
    /// Only these columns, separated by commas; a name with a comma is quoted, as in `'"a,b",word'`
    #[arg(long, value_name = "A,B")]
    pub columns: Vec<ColumnList>,
    /// Print comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Only drawings that a condition is true of: `countrycode = "DE" and not recognized`
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Option<Filter>,
    /// Divide drawings into clusters that look alike, a column `cluster`; more with `=R` above 1
    #[arg(long, value_name = "R", num_args = 0..=1, require_equals = true, default_missing_value = "1")]
    pub clusters: Option<Resolution>,
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// Reads all records with a progress bar; the report holds what was odd, opening and columns included.
pub(super) fn read_records(dataset: &Dataset) -> Result<(Columns, LoadReport), CliError> {
    let bar = progress_bar(0, "records");
    let result = crate::headless::read_columns(dataset, &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let (columns, mut read) = result?;
    let columns = tagged(columns, dataset);
    columns.tell(&mut read);
    dataset.refuse_if_strict(&read)?;
    read.log();
    let mut report = dataset.report().clone();
    report.extend(read);
    Ok((columns, report))
}

/// The same for a picture or a place, with clusters where these are asked for.
pub(super) fn read_for(dataset: &Arc<Dataset>, view: &ViewArgs) -> Result<Columns, CliError> {
    let Settings { layout_params, appearance, .. } = view.settings();
    with_clusters(dataset, &layout_params.comparison, read_records(dataset)?.0, appearance.clusters)
}

fn with_clusters(
    dataset: &Arc<Dataset>,
    comparison: &Comparison,
    columns: Columns,
    resolution: Option<Resolution>,
) -> Result<Columns, CliError> {
    let Some(resolution) = resolution else { return Ok(columns) };
    let found = clusters(dataset, comparison, &columns, resolution)?;
    Ok(columns.with_clusters(&found.cluster_of))
}

/// Finds the clusters of all drawings, with a progress bar.
pub(super) fn clusters(
    dataset: &Arc<Dataset>,
    comparison: &Comparison,
    columns: &Columns,
    resolution: Resolution,
) -> Result<SetClusters, CliError> {
    with_compared(dataset, comparison, |compared, progress| compared.clusters(Some(columns), resolution, progress))
}

/// Compares all drawings and finds something out by that, with a progress bar.
pub(super) fn with_compared<T>(
    dataset: &Arc<Dataset>,
    comparison: &Comparison,
    find: impl FnOnce(&Compared, Progress<'_>) -> Result<T, HeadlessError>,
) -> Result<T, CliError> {
    let values = value_map(dataset)?;
    watched("comparing", |progress| {
        let compared = Compared::new(dataset, values, comparison, progress.part(0.0, 0.7))?;
        find(&compared, progress.part(0.7, 1.0))
    })
}

/// The mean drawing of each cluster that is shown, with a progress bar.
pub(super) fn means_of(dataset: &Arc<Dataset>, found: &SetClusters) -> Result<Means, CliError> {
    let basis = Basis::new(value_map(dataset)?, &Comparison::default());
    watched("means", |progress| {
        Ok(Likeness::new(dataset).means(&basis, &found.cluster_of, found.portraits.len(), progress)?)
    })
}

/// Does something that takes long, with a progress bar.
fn watched<T>(name: &'static str, work: impl FnOnce(Progress<'_>) -> Result<T, HeadlessError>) -> Result<T, CliError> {
    let bar = progress_bar(100, name);
    let (is_wanted, tell) = (|| true, |part: f64| bar.set_position((part * 100.0) as u64));
    let done = work(Watcher::new(&is_wanted, &tell).progress());
    bar.finish_and_clear();
    Ok(done?)
}

/// The columns with that of tags, where drawings have some; what is odd about these is said.
fn tagged(columns: Columns, dataset: &Dataset) -> Columns {
    let found = match TagStore::find(dataset) {
        Ok((_, found)) => found,
        Err(error) => {
            tracing::warn!("{error}");
            return columns;
        }
    };
    found.notes.iter().for_each(|note| tracing::warn!("{note}"));
    if found.tags.is_empty() { columns } else { columns.with_tags(dataset.rows(), &found.tags) }
}

/// `inkfield info`.
pub fn info(args: &InfoArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    let (columns, mut report) = read_records(&dataset)?;
    let kept = kept(args.filter.as_ref(), &dataset, &columns)?;
    let matching = kept.map(|kept| kept.iter().filter(|&&kept| kept).count() as u64);
    let bar = progress_bar(dataset.rows().into(), "values");
    let counted = dataset.count_values(&mut |rows| bar.set_position(rows.into()));
    bar.finish_and_clear();
    let (tally, measured) = counted?;
    let needs = Needs::of(&dataset).map_err(HeadlessError::from)?;
    let values = Values { tally: tally.as_ref(), map: &measured.map };
    if args.json {
        report.extend(measured.notes());
        return match info_json(&dataset, &columns, values, &report) {
            serde_json::Value::Object(mut map) => {
                let memory = serde_json::json!({"cpu_bytes": needs.cpu_bytes(), "gpu_bytes": needs.gpu_bytes});
                map.insert("memory".to_owned(), memory);
                map.extend(matching.map(|rows| ("matching".to_owned(), rows.into())));
                say_json(map)
            }
            other => say(&format!("{other}\n")),
        };
    }
    // What is true of all values stands in a line of its own, but for what is odd about pictures.
    let is_odd = |note: &Note| dataset.channels() == 4 && note.severity == Severity::Warning;
    let both = measured.notes().notes.into_iter().zip(&measured.report.notes);
    report.notes.extend(both.filter(|(note, told)| note.path.is_some() || is_odd(told)).map(|(note, _)| note));
    let matching = matching.map_or_else(String::new, |rows| {
        let are = if rows == 1 { "drawing matches" } else { "drawings match" };
        format!("\n{} {are} --where\n", thousands(rows))
    });
    let text = info_text(&dataset, &columns, values, &report);
    say(&format!("{text}{matching}\nthe window {}\n", needs.in_words()))
}

/// Which rows a condition keeps; `None` without one.
pub(super) fn kept(
    filter: Option<&Filter>,
    dataset: &Dataset,
    columns: &Columns,
) -> Result<Option<Vec<bool>>, CliError> {
    let Some(filter) = filter else { return Ok(None) };
    let kept = filter.kept(Some(columns), dataset.rows());
    let kept = kept.map_err(AppearanceError::from).map_err(HeadlessError::from)?;
    for note in &kept.notes {
        tracing::warn!("--where: {note}");
    }
    Ok(Some(kept.rows))
}

/// `inkfield table`.
pub fn table(args: &TableArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    let columns = with_clusters(&dataset, &args.measure.comparison(), read_records(&dataset)?.0, args.clusters)?;
    let format = match (args.csv, args.json) {
        (true, _) => TableFormat::Csv,
        (_, true) => TableFormat::Json,
        _ => TableFormat::Text,
    };
    let stdio = |source| CliError::Stdio { doing: "write to standard output", source };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let names: Vec<String> = args.columns.iter().flat_map(ColumnList::names).collect();
    let kept = kept(args.filter.as_ref(), &dataset, &columns)?;
    let is_kept = |row: &u32| kept.as_ref().is_none_or(|kept| kept.get(*row as usize) == Some(&true));
    write_table(&mut out, &columns, &names, (0..dataset.rows()).filter(is_kept), format)?;
    out.flush().map_err(stdio)
}
