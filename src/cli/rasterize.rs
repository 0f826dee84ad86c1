//! `rasterize`: bitmaps of the strokes of records.

use super::{CliError, progress_bar, refuse_other_ending, say, say_json};
use crate::data::dataset::{OpenError, named_path, open_strokes};
use crate::data::strokes::hold_strokes;
use crate::export::{check_writable, refuse_inputs};
use crate::share::{ShareError, rasterize};
use crate::words::{counted, size};
use clap::Args;
use serde_json::{Map, json};
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// `rasterize`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  inkfield rasterize cat.ndjson --out cat.npy                   28 x 28, as the published bitmaps\n  \
                  inkfield rasterize cat.ndjson --out large.npy --raster 128\n\n\
                  Row i is drawn from line i. Raw strokes are simplified first. A record without strokes leaves its row blank.")]
pub struct RasterizeArgs {
    /// Records with strokes: .ndjson or .jsonl, also as .gz; or sketch-rnn's .npz
    #[arg(value_name = "FILE.ndjson")]
    records: OsString,
    /// Where the bitmaps go
    #[arg(long, value_name = "FILE.npy")]
    out: PathBuf,
    /// Side of a bitmap in pixels, 28 to 256
    #[arg(long, value_name = "PX", default_value_t = 28, value_parser = clap::value_parser!(u32).range(28..=256))]
    pub raster: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// `inkfield rasterize`.
pub fn run(args: &RasterizeArgs) -> Result<(), CliError> {
    refuse_other_ending(&args.out, "npy", "--out")?;
    let path = named_path(&args.records);
    refuse_inputs("bitmaps", &args.out, std::iter::once(path.as_path()))?;
    check_writable(&args.out).map_err(|source| ShareError::Write {
        what: "bitmaps",
        source,
        path: args.out.clone(),
    })?;
    let records = open_strokes(&path)?;
    if !hold_strokes(&records).map_err(OpenError::from)? {
        return Err(CliError::Argument(format!("no record here has strokes (`drawing`): {}", path.display())));
    }
    let bar = progress_bar(records.bytes(), "records");
    let rendered = rasterize(&records, args.raster, &args.out, &mut |done| {
        bar.set_position(done);
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    let rendered = rendered?;
    for note in rendered.notes() {
        tracing::warn!("{note}: {}", path.display());
    }
    let bytes = args.out.metadata().map_or(0, |found| found.len());
    if args.json {
        let mut answer = Map::new();
        answer.insert("rows".to_owned(), rendered.rows.into());
        answer.insert("without_strokes".to_owned(), rendered.without.into());
        answer.insert("broken".to_owned(), rendered.broken.into());
        answer.insert("written".to_owned(), json!([{"path": args.out.to_string_lossy(), "bytes": bytes}]));
        return say_json(answer);
    }
    let drawings = counted(rendered.rows.into(), "drawing", "drawings");
    say(&format!("{drawings}, {}: {}\n", size(bytes), args.out.display()))
}
