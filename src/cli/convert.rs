//! `convert`: a whole set, written as files that open again.

use super::inputs::OpenArgs;
use super::records::read_records;
use super::{Bars, CliError, open, say, say_json};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::export::{check_writable, refuse_inputs};
use crate::share::{Archive, Drawings, Pair, ParquetSet, ShareError};
use crate::words::{counted, size};
use clap::Args;
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// `convert`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  inkfield convert photos/ --cell 64 --out photos.npz       images and an array a column\n  \
                  inkfield convert digits.npy labels.csv --out digits.npy   a pair: bitmaps and an .ndjson beside them\n  \
                  inkfield convert digits.npz --out digits.parquet          PNG pictures and columns, as Hugging Face has them\n\n\
                  Drawings keep their values; float16 is written as float32. Arrays of square drawings in ink are (N, h × w).\n\
                  Pictures are written as they are drawn into their cells. In Parquet bytes are PNG pictures, which open\n\
                  again as the values that they were; other types are lists of a fixed size.")]
pub struct ConvertArgs {
    /// What is written: `.npz`, `.parquet`, or `.npy` with the records beside it as .ndjson
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Npy,
    Npz,
    Parquet,
}

impl Form {
    fn of(path: &Path) -> Result<Self, CliError> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("npy") => Ok(Self::Npy),
            Some("npz") => Ok(Self::Npz),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(CliError::Argument(format!(
                "the name says what is written: --out NAME.npz, NAME.parquet or NAME.npy, not {}",
                path.display()
            ))),
        }
    }
}

/// `inkfield convert`.
pub fn run(args: &ConvertArgs) -> Result<(), CliError> {
    let form = Form::of(&args.out)?;
    let dataset = open(&args.open)?;
    let (columns, _) = read_records(&dataset)?;
    let records = (form == Form::Npy && !columns.is_empty()).then(|| args.out.with_extension("ndjson"));
    let outputs: Vec<&Path> = std::iter::once(args.out.as_path()).chain(records.as_deref()).collect();
    for path in &outputs {
        refuse_inputs("set", path, dataset.files())?;
        let refused = |source| ShareError::Write { what: "set", source, path: (*path).to_owned() };
        check_writable(path).map_err(refused)?;
    }
    let left_out = write(args, form, records.as_deref(), &dataset, &columns)?;
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        tracing::warn!(
            "no array holds texts as long as those of {names}: left out; --out NAME.npy has them in its records"
        );
    }
    let broken = (0..dataset.rows()).filter(|&row| dataset.is_broken(Row(row))).count();
    if broken > 0 {
        let missing = counted(broken as u64, "picture that cannot be drawn is", "pictures that cannot be drawn are");
        let written = if form == Form::Parquet { "missing (null)" } else { "blank: arrays have no holes" };
        tracing::warn!("{missing} written as {written}");
    }
    if let Some(what) = dataset.written_as_shown() {
        tracing::warn!("{what}");
    }
    dataset.fates().log();
    report(args, &outputs, &dataset)
}

fn write(
    args: &ConvertArgs,
    form: Form,
    records: Option<&Path>,
    dataset: &Dataset,
    columns: &Columns,
) -> Result<Vec<String>, CliError> {
    let rows: Vec<u32> = (0..dataset.rows()).collect();
    let drawings = Drawings { dataset, rows: &rows };
    let mut bars = Bars::default();
    let mut on = |done| {
        bars.show("drawings", done, dataset.rows());
        ControlFlow::Continue(())
    };
    let left_out = match form {
        Form::Npz => Archive { drawings, columns }.write(&args.out, &mut on),
        Form::Parquet => ParquetSet { drawings, columns }.write(&args.out, &mut on).map(|()| Vec::new()),
        Form::Npy => {
            let pair = Pair { bitmaps: Some(&args.out), records, columns, complete: true };
            pair.write(drawings, &mut on).map(|_| Vec::new())
        }
    };
    bars.clear();
    Ok(left_out?)
}

/// Says what was written.
fn report(args: &ConvertArgs, outputs: &[&Path], dataset: &Dataset) -> Result<(), CliError> {
    let bytes = |path: &Path| path.metadata().map_or(0, |found| found.len());
    if args.json {
        let written = outputs.iter().map(|path| json!({"path": path.to_string_lossy(), "bytes": bytes(path)}));
        let mut answer = Map::new();
        answer.insert("rows".to_owned(), dataset.rows().into());
        answer.insert("of_rows".to_owned(), dataset.total_rows().into());
        answer.insert("written".to_owned(), Value::Array(written.collect()));
        return say_json(answer);
    }
    let drawings = counted(dataset.rows().into(), "drawing", "drawings");
    outputs.iter().try_for_each(|path| say(&format!("{drawings}, {}: {}\n", size(bytes(path)), path.display())))
}
