//! `render`: the window's picture in a file.

use super::args::RenderArgs;
use super::sessions::open_session;
use super::view::{DEFAULT_SIZE, ViewArgs};
use super::{Bars, CliError, open, progress_bar, records, refuse_other_ending, say, say_bytes, say_json};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::export::{PngError, check_writable, png_bytes, refuse_inputs, write_png};
use crate::gpu::context::GpuOptions;
use crate::headless::{Headless, OnDoing, SaveError};
use crate::memory;
use crate::scene::Background;
use crate::scene::rows::appearance::Restyled;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Side of the inspector's picture where `--size` says nothing.
const INSPECT_PX: [u32; 2] = [280, 280];

/// Puts a data set on the GPU as VIEW says. Records are read when they are asked for or the layout needs them.
pub(super) fn open_headless(
    dataset: &Arc<Dataset>,
    view: &ViewArgs,
    with_records: bool,
) -> Result<(Option<Columns>, Headless), CliError> {
    let reads = with_records || view.needs_records();
    let columns = if reads { Some(records::read_for(dataset, view)?) } else { None };
    let settings = view.settings().of_set(dataset);
    let open = |on: OnDoing<'_>| {
        Headless::new(dataset, columns.as_ref(), settings, view.viewport(), &GpuOptions::default(), on)
    };
    let headless = Bars::while_doing(dataset.rows(), open)?;
    warn_of_filter(&headless.restyled);
    let layout = &headless.scene.placed().layout;
    for said in [&layout.note, &layout.quality].into_iter().flatten() {
        tracing::info!(target: "inkfield::waits", "{said}");
    }
    if let Some(measured) = dataset.measured() {
        measured.report.log();
    }
    if columns.is_none() {
        // Else the records' report has told.
        dataset.fates().log();
    }
    Ok((columns, headless))
}

/// Mentions what may be meant by a filter instead, and that it keeps no row.
pub(super) fn warn_of_filter(restyled: &Restyled) {
    for note in &restyled.notes {
        tracing::warn!("--where: {note}");
    }
    if restyled.matching == Some(0) {
        tracing::warn!("no drawing fulfils the condition of --where: the picture is empty");
    }
}

/// The row that a number means: negative ones count from the end.
pub(super) fn row_of(number: i64, rows: u32) -> Result<Row, CliError> {
    let from_start = if number < 0 { number.saturating_add(i64::from(rows)) } else { number };
    match u32::try_from(from_start) {
        Ok(row) if row < rows => Ok(Row(row)),
        _ => Err(CliError::Argument(format!(
            "there is no row {number}: rows go from 0 to {} (or from -{rows} to -1, counted from the end)",
            rows - 1
        ))),
    }
}

/// Whether the picture goes to standard output; refuses a name that says it is none, before anything is loaded.
fn goes_to_stdout(args: &RenderArgs) -> Result<bool, CliError> {
    if args.out != Path::new("-") {
        refuse_other_ending(&args.out, "png", "--out")?;
        return Ok(false);
    }
    if args.json {
        let text = "--out - and --json both write to standard output: name a file, as in --out picture.png";
        return Err(CliError::Argument(text.to_owned()));
    }
    if std::io::stdout().is_terminal() {
        let text = "--out - writes a PNG to standard output, which is a terminal: send it to a file or a program, as in \
                    --out - > picture.png";
        return Err(CliError::Argument(text.to_owned()));
    }
    Ok(true)
}

/// Says something on standard error.
fn whisper(text: &str) -> Result<(), CliError> {
    let written = std::io::stderr().write_all(text.as_bytes());
    written.map_err(|source| CliError::Stdio { doing: "write to standard error", source })
}

/// Writes a picture that is there in one piece.
fn write_rgba(args: &RenderArgs, to_stdout: bool, size_px: [u32; 2], rgba: &[u8]) -> Result<(), CliError> {
    if !to_stdout {
        return Ok(write_png(&args.out, size_px, rgba)?);
    }
    let stdio = |source| CliError::Stdio { doing: "write to standard output", source };
    say_bytes(&png_bytes(size_px, rgba).map_err(stdio)?)
}

/// Writes a picture as it is drawn, part by part, to a file or else to standard output; answers how long that took to its first
/// lines.
pub(super) fn write_tiles(
    to: Option<&Path>,
    background: Background,
    headless: &mut Headless,
) -> Result<Duration, CliError> {
    let begin = Instant::now();
    let mut first = None;
    let bar = progress_bar(headless.scene.viewport().height_px.into(), "picture");
    let mut on = |line: u32, _: u32| {
        bar.set_position(line.into());
        first.get_or_insert_with(|| begin.elapsed());
        ControlFlow::Continue(())
    };
    let saved = if let Some(path) = to {
        headless.save_picture(path, background, &mut on)
    } else {
        let mut out = std::io::stdout().lock();
        headless.write_picture(&mut out, background, &mut on).and_then(|()| Ok(out.flush()?))
    };
    bar.finish_and_clear();
    saved.map_err(|error| match error {
        SaveError::Headless(error) => error.into(),
        SaveError::Png(error) => error.into(),
        SaveError::Stream(source) => CliError::Stdio { doing: "write to standard output", source },
        // Nobody gives it up here.
        SaveError::Cancelled => CliError::Argument(SaveError::Cancelled.to_string()),
    })?;
    Ok(first.unwrap_or_else(|| begin.elapsed()))
}

/// `inkfield render`.
pub fn run(args: &RenderArgs) -> Result<(), CliError> {
    let start = std::time::Instant::now();
    let to_stdout = goes_to_stdout(args)?;
    let (dataset, view, fit) = match &args.session {
        Some(path) => {
            let (dataset, view, fit) = open_session(path, &args.open, &args.view)?;
            (dataset, view, Some(fit))
        }
        None => (open(&args.open)?, args.view.clone(), None),
    };
    // Wrong rows are refused before anything is loaded.
    let inspected = args.inspect.map(|number| row_of(number, dataset.rows())).transpose()?;
    if !to_stdout {
        let params = view.settings().layout_params;
        let read = dataset.files().chain(params.files()).chain(args.session.as_deref());
        refuse_inputs("picture", &args.out, read)?;
        check_writable(&args.out).map_err(PngError::io(&args.out))?;
    }
    let (_, mut headless) = open_headless(&dataset, &view, false)?;
    if let Some(fit) = fit {
        headless.scene.select(fit.snapshot.selection);
    }
    let before_gpu = start.elapsed().saturating_sub(headless.timings.complete);
    let size_px = if let Some(row) = inspected {
        let size = args.view.size.unwrap_or(INSPECT_PX);
        write_rgba(args, to_stdout, size, &headless.inspect(row, size)?)?;
        size
    } else {
        if headless.is_tiled() || args.background == Background::None {
            let begun = start.elapsed().saturating_sub(before_gpu);
            let to = (!to_stdout).then_some(args.out.as_path());
            let first = write_tiles(to, args.background, &mut headless)?;
            headless.timings.first_picture = begun + first;
            headless.timings.complete = start.elapsed().saturating_sub(before_gpu);
        } else {
            let size = view.size.unwrap_or(DEFAULT_SIZE);
            write_rgba(args, to_stdout, size, &headless.picture()?)?;
        }
        view.size.unwrap_or(DEFAULT_SIZE)
    };
    let timings = headless.timings;
    let peak = memory::peak_bytes();
    let ms = |span: std::time::Duration| (before_gpu + span).as_secs_f64() * 1e3;
    if args.json {
        let mut answer = serde_json::Map::new();
        answer.insert("out".to_owned(), args.out.to_string_lossy().into());
        answer.insert("rows".to_owned(), dataset.rows().into());
        answer.insert("size_px".to_owned(), serde_json::json!(size_px));
        answer.insert("range".to_owned(), headless.values.range.to_json());
        if inspected.is_none() {
            answer.insert("side_px".to_owned(), headless.view().side_px.into());
        }
        if args.timings {
            let timings = serde_json::json!({
                "device_ms": ms(timings.device),
                "first_picture_ms": ms(timings.first_picture),
                "complete_ms": ms(timings.complete),
                "peak_memory_bytes": peak,
            });
            answer.insert("timings".to_owned(), timings);
        }
        return say_json(answer);
    }
    if args.timings {
        let peak = peak.map_or_else(
            || "unknown on this system".to_owned(),
            |bytes| format!("{:.0} MiB", bytes as f64 / 1_048_576.0),
        );
        // Where the picture itself goes to standard output, nothing else may.
        let tell = |text: &str| if to_stdout { whisper(text) } else { say(text) };
        tell(&format!(
            "start to device         {:7.1} ms\nstart to first picture  {:7.1} ms\nstart to complete       {:7.1} ms\npeak memory             {peak}\n",
            ms(timings.device),
            ms(timings.first_picture),
            ms(timings.complete),
        ))?;
    }
    Ok(())
}
