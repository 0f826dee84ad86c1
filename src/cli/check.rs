//! `check`: whether records belong to bitmaps row by row.

use super::inputs::OpenArgs;
use super::{CliError, open, progress_bar, say, say_json};
use crate::data::dataset::Checked;
use crate::data::strokes::Proof;
use crate::words::counted;
use clap::Args;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::ops::ControlFlow;

/// `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  inkfield check cat.npy cat.ndjson                  every row\n  \
                  inkfield check folder/ --sample 512 --json         some rows of each pair of a folder\n\n\
                  The strokes of each record are rendered as the published bitmaps were and compared with its row: shifted, swapped, \
                  missing, reversed and foreign lines are found and said. Exit code 2 where something does not belong together.")]
pub struct CheckArgs {
    /// So many rows of each pair, spread evenly, not all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `inkfield check`. Opens no GPU.
pub fn run(args: &CheckArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    let bar = progress_bar(0, "records");
    let checked = dataset.check(args.sample, &mut |done, of| {
        bar.set_length(of);
        bar.set_position(done);
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    let checked = checked?;
    dataset.fates().log();
    if args.json {
        let mut answer = Map::new();
        answer.insert("matches".to_owned(), checked.iter().all(|pair| pair.proof.is_fine()).into());
        answer.insert("pairs".to_owned(), Value::Array(checked.iter().map(in_json).collect()));
        say_json(answer)?;
    }
    let mut wrong = Vec::new();
    for pair in &checked {
        let text = format!("{}{}: {}", pair.proof.in_words(), without_partner(&pair.proof), pair.records.display());
        if !pair.proof.is_fine() {
            wrong.push(text);
        } else if !args.json {
            say(&format!("{text}\n"))?;
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(CliError::Argument(wrong.join("\n"))) }
}

/// What is to be said of rows without a line, or lines without a row.
fn without_partner(proof: &Proof) -> String {
    let of = |more: u32, one: &str, many: &str, lack: &str| format!("; {} {lack}", counted(more.into(), one, many));
    match proof.lines.cmp(&proof.rows) {
        Ordering::Less => of(proof.rows - proof.lines, "row has", "rows have", "no record"),
        Ordering::Greater => of(proof.lines - proof.rows, "record has", "records have", "no row"),
        Ordering::Equal => String::new(),
    }
}

fn in_json(pair: &Checked) -> Value {
    let mut value = Map::new();
    value.insert("bitmaps".to_owned(), pair.bitmaps.to_string_lossy().into());
    value.insert("records".to_owned(), pair.records.to_string_lossy().into());
    value.insert("matches".to_owned(), pair.proof.is_fine().into());
    value.insert("says".to_owned(), pair.proof.in_words().into());
    // Numbers and names: always an object.
    if let Ok(Value::Object(proof)) = serde_json::to_value(&pair.proof) {
        value.extend(proof);
    }
    Value::Object(value)
}
