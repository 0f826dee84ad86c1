//! Opening: inputs to parts, their records, one size, one numbering, a title.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::OpenError;
use super::inputs::{Found, Inputs};
use super::part::Part;
use super::ranged::Looked;
use super::sizes::DrawingForm;
use super::{Dataset, OpenOptions};
use super::{beside, decide, named, pairing, sizes, sprites};
use crate::data::file::Spool;
use crate::data::file_names::file_name;
use crate::data::formats::{Drawings, Opened};
use crate::data::joined::{Table, shared};
use crate::data::report::LoadReport;
use crate::data::source::{ImageSource, MAX_ROWS};

/// See [`Dataset::open`].
pub(super) fn open<S: AsRef<OsStr>>(inputs: &[S], options: &OpenOptions) -> Result<Dataset, OpenError> {
    if inputs.is_empty() {
        return Err(OpenError::NothingNamed);
    }
    let mut report = LoadReport::new();
    let inputs = inputs.iter().map(|input| input.as_ref().to_os_string()).collect();
    let (inputs, options) = &sprites::expanded(inputs, options)?;
    // A table that is named beside drawings is meant as such.
    let is_one = inputs.len() == 1;
    let is_table = |input: &&OsString| !is_one && named::is_table(Path::new(input));
    let (tables, others): (Vec<&OsString>, Vec<&OsString>) = inputs.iter().partition(is_table);
    let (tables, inputs) = if others.is_empty() { without_drawings(tables) } else { (tables, others) };
    let inputs: Vec<&OsStr> = inputs.into_iter().map(AsRef::as_ref).collect();
    let named_tables = tables.into_iter().map(PathBuf::from);
    let tables: Vec<PathBuf> = named_tables.chain(options.tables.iter().cloned()).collect();
    let sprite_rows = match options.sprite {
        Some(_) if options.sprite_rows.is_none() => sprites::rows_by(&tables, &Spool::new(options.cancel.clone()))?,
        _ => options.sprite_rows,
    };
    let options = &OpenOptions { sprite_rows, tables, ..options.clone() };
    let mut inputs = Inputs::collect(&inputs, options, &mut report)?;
    inputs.render_alone(options, &mut report)?;
    if options.records {
        pairing::pair(&mut inputs, &mut report)?;
    } else {
        pairing::leave_out(&inputs, &mut report)?;
    }
    if options.records {
        beside::offer(&inputs, &mut report)?;
    }
    inputs.report_passed_over(&mut report);
    decide::decide(&mut inputs, options.records, &mut report)?;
    let form = sizes::one_form(&mut inputs, &mut report)?;
    decide::leave_out_leads(&mut inputs, &options.cancel, &mut report)?;
    inputs.parts.iter().for_each(|found| found.part.report_notes(&mut report));
    let title = title_of(&inputs);
    let parts = inputs.parts.into_iter().map(|found| found.part).collect();
    assembled(parts, form, title, report, options)
}

/// Of tables alone those without drawings, and those with; where none has any, all are taken for drawings, so that it is said.
fn without_drawings<S: AsRef<OsStr>>(tables: Vec<&S>) -> (Vec<&S>, Vec<&S>) {
    let holds_drawings = |table: &&S| named::holds_drawings(Path::new(table.as_ref()));
    let (drawings, rest): (Vec<&S>, Vec<&S>) = tables.into_iter().partition(holds_drawings);
    if drawings.is_empty() { (Vec::new(), rest) } else { (rest, drawings) }
}

/// See [`Dataset::of_source`].
pub(super) fn of_source(
    title: &str,
    source: Box<dyn ImageSource>,
    options: &OpenOptions,
) -> Result<Dataset, OpenError> {
    let form = DrawingForm::of(source.as_ref());
    let mut part = Part::new(Opened::new(FORM_OF_SOURCE, Drawings::Source(source)));
    part.has_records = options.records && part.brings_records();
    assembled(vec![part], form, title.to_owned(), LoadReport::new(), options)
}

/// What the form of drawings is that no format opened.
const FORM_OF_SOURCE: &str = "memory";

fn assembled(
    mut parts: Vec<Part>,
    DrawingForm { height, width, channels }: DrawingForm,
    title: String,
    report: LoadReport,
    options: &OpenOptions,
) -> Result<Dataset, OpenError> {
    let total_rows = number(&mut parts)?;
    let rows = options.rows.unwrap_or_default().of(total_rows);
    if rows.is_empty() {
        let slice = options.rows.unwrap_or_default().to_string();
        return Err(OpenError::EmptySlice { slice, rows: total_rows });
    }
    let (strict, values) = (options.strict, options.values);
    let (measured, ranged) = (OnceLock::new(), OnceLock::new());
    let (join, stroke_columns, kept) = (options.join.clone(), options.stroke_columns, options.kept.clone());
    let spool = Spool::new(options.cancel.clone());
    let drawings = [total_rows, rows.end - rows.start];
    let names = parts.iter().filter_map(Part::source).map(ImageSource::names).collect::<Option<Vec<_>>>();
    let shared = names.filter(|_| !options.tables.is_empty()).map(|names| shared(names.into_iter().flatten()));
    let table = |path: &PathBuf| {
        Table::open(path, join.as_deref(), drawings, &spool).map(|table| table.with_shared(shared.as_ref()))
    };
    let tables = options.tables.iter().map(table).collect::<Result<Vec<_>, _>>()?;
    let dataset = Dataset {
        parts,
        total_rows,
        rows,
        height,
        width,
        channels,
        title,
        report,
        strict,
        values,
        tables,
        join,
        stroke_columns,
        kept,
        measured,
        ranged,
        looked: Looked::default(),
    };
    dataset.refuse_if_strict(&dataset.report)?;
    Ok(dataset)
}

/// Numbers the rows through all parts and counts them.
fn number(parts: &mut [Part]) -> Result<u32, OpenError> {
    let rows = parts.iter().map(|part| u64::from(part.rows())).sum();
    if rows > u64::from(MAX_ROWS) {
        return Err(OpenError::TooManyRows { rows });
    }
    let mut first = 0;
    for part in parts {
        part.first = first;
        first = part.end();
    }
    Ok(first)
}

/// `octopus`, `quickdraw / 13 categories`, `octopus + 2 more`.
fn title_of(inputs: &Inputs) -> String {
    let first = inputs.parts.first().map_or("", |found| found.part.stem());
    if let Some(folder) = only_folder(&inputs.parts).and_then(|number| inputs.folders.get(number)) {
        let categories: BTreeSet<&str> = inputs.parts.iter().map(|found| found.part.category()).collect();
        if categories.len() > 1 {
            return format!("{} / {} categories", folder_name(&folder.path), categories.len());
        }
    }
    match inputs.parts.len() {
        0 | 1 => first.to_owned(),
        parts => format!("{first} + {} more", parts - 1),
    }
}

/// The number of the folder that all parts were found in.
fn only_folder(parts: &[Found]) -> Option<usize> {
    let first = parts.first()?.folder?;
    parts.iter().all(|found| found.folder == Some(first)).then_some(first)
}

/// The folder's own name, also for `.` and `..`.
fn folder_name(folder: &Path) -> String {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    file_name(if full.file_name().is_some() { &full } else { folder })
}
