//! `locate` and `pick`: where a row is, and what is where.

use super::args::{LocateArgs, PickArgs};
use super::inputs::OpenArgs;
use super::render::{open_headless, row_of, warn_of_filter};
use super::view::{ViewArgs, parse_pair};
use super::{Bars, CliError, open, records, say, say_json};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::file::STDIN;
use crate::headless::{Headless, HeadlessError, OnDoing, placed_scene};
use crate::memory::{Needs, Purpose};
use crate::scene::Scene;
use crate::scene::oracle;
use glam::DVec2;
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::io::BufRead;

/// Refuses wrong arguments before anything is loaded.
fn check<T>(arguments: &[String], parse: fn(&str) -> Result<T, CliError>) -> Result<(), CliError> {
    arguments.iter().filter(|argument| *argument != "-").try_for_each(|argument| parse(argument).map(drop))
}

/// Standard input can be places or a file, not both.
pub(super) fn refuse_two_readers(arguments: &[String], files: &[OsString]) -> Result<(), CliError> {
    if arguments.iter().any(|argument| argument == STDIN) && files.iter().any(|file| file == STDIN) {
        return Err(CliError::Argument(
            "standard input (`-`) is named twice, as a file and as the places to answer for: put one of them into a file"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Calls `one` for every argument, reading them from standard input, a line each, where `-` is given.
pub(super) fn each<T>(
    arguments: &[String],
    parse: fn(&str) -> Result<T, CliError>,
    one: &mut dyn FnMut(T) -> Result<(), CliError>,
) -> Result<(), CliError> {
    for argument in arguments {
        if argument != "-" {
            one(parse(argument)?)?;
            continue;
        }
        for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
            let line = line.map_err(|source| CliError::Stdio { doing: "read standard input", source })?;
            if line.trim().is_empty() {
                continue;
            }
            parse(line.trim()).and_then(&mut *one).map_err(|error| match error {
                CliError::Argument(text) => CliError::Argument(format!("line {number} of standard input: {text}")),
                other => other,
            })?;
        }
    }
    Ok(())
}

pub(super) fn parse_row(text: &str) -> Result<i64, CliError> {
    text.parse().map_err(|_| CliError::Argument(format!("`{}` is no row number", crate::words::shown_text(text, 60))))
}

fn parse_at(text: &str) -> Result<DVec2, CliError> {
    parse_pair(text)
        .map_err(|message| CliError::Argument(format!("`{}`: {message}", crate::words::shown_text(text, 60))))
}

/// Opens drawings and lays them out as VIEW says, with their looks. Opens no GPU: where a row is follows from the layout alone.
pub(super) fn placed(open_args: &OpenArgs, view: &ViewArgs) -> Result<Scene, CliError> {
    let dataset = open(open_args)?;
    Needs::of(&dataset).map_err(HeadlessError::from)?.refuse_unless_room(Purpose::Layout)?;
    let columns = if view.needs_records() { Some(records::read_for(&dataset, view)?) } else { None };
    let settings = view.settings().of_set(&dataset);
    let placed = |on: OnDoing<'_>| placed_scene(&dataset, settings, view.viewport(), columns.as_ref(), on);
    let mut scene = Bars::while_doing(dataset.rows(), placed)?;
    warn_of_filter(&scene.restyle(columns.as_ref()).map_err(HeadlessError::from)?);
    for note in scene.select_first(columns.as_ref()).map_err(HeadlessError::from)? {
        tracing::warn!("--select: {note}");
    }
    Ok(scene)
}

/// `inkfield locate`.
pub fn locate(args: &LocateArgs) -> Result<(), CliError> {
    check(&args.row, parse_row)?;
    refuse_two_readers(&args.row, &args.open.files)?;
    let scene = placed(&args.open, &args.view)?;
    each(&args.row, parse_row, &mut |number| {
        let row = row_of(number, scene.rows())?;
        let Some([left, top, side]) = scene.square_px(row) else { return Ok(()) };
        let visible = is_visible(&scene, [left, top, side]);
        let (x, y) = (left + side / 2.0, top + side / 2.0);
        if args.json {
            let style = scene.row_table().style(row.0);
            let answer = json!({
                "row": row.0, "x_px": x, "y_px": y, "size_px": side, "visible": visible,
                "hidden": style.hidden, "faded": style.faded,
            });
            return say_json(into_map(answer));
        }
        let reason = scene.row_table().style(row.0).in_words().or((!visible).then_some("not in the picture"));
        let seen = reason.map_or_else(String::new, |reason| format!(" ({reason})"));
        say(&format!("row {} is at {x:.2},{y:.2}, {side:.2} px{seen}\n", row.0))
    })
}

/// Some pixel of the square lies in the viewport.
fn is_visible(scene: &Scene, [left, top, side]: [f64; 3]) -> bool {
    let size = scene.viewport().size_px();
    // The square covers a pixel when it reaches the pixel's centre.
    let axis = |low: f64, limit: f64| {
        let first = (low - 0.5).ceil().max(0.0);
        first < (low + side - 0.5).ceil() && first < limit
    };
    axis(left, size.x) && axis(top, size.y)
}

/// `inkfield pick`.
pub fn pick(args: &PickArgs) -> Result<(), CliError> {
    check(&args.at, parse_at)?;
    refuse_two_readers(&args.at, &args.open.files)?;
    let dataset = open(&args.open)?;
    let (columns, mut headless) = open_headless(&dataset, &args.view, true)?;
    let columns = columns.unwrap_or_default();
    each(&args.at, parse_at, &mut |at| {
        let answer = answer(&mut headless, &columns, at, args.radius)?;
        if args.json {
            return say_json(answer);
        }
        say(&in_words(&answer))
    })
}

fn answer(headless: &mut Headless, columns: &Columns, at: DVec2, radius: f64) -> Result<Map<String, Value>, CliError> {
    let pixel = at.floor().clamp(DVec2::splat(-1e6), DVec2::splat(1e6));
    let hit = headless.pick([pixel.x as i32, pixel.y as i32], radius)?;
    // How many squares lie there follows from the index; which one is on top is the GPU's answer.
    let placed = headless.scene.placed();
    let is_found = |row| headless.scene.is_found(row);
    let found = oracle::pick_among(&headless.scene.view(), &placed.layout, &placed.index, &is_found, at, 0.0);
    let under = found.map_or(0, |found| found.under);
    let mut answer = Map::new();
    let Some(hit) = hit else {
        return Ok(into_map(json!({"row": null, "distance_px": null, "under": 0, "record": {}})));
    };
    answer.insert("row".to_owned(), hit.row.0.into());
    answer.insert("distance_px".to_owned(), hit.distance_px.into());
    answer.insert("under".to_owned(), under.into());
    answer.insert("record".to_owned(), Value::Object(columns.record_json(Row(hit.row.0))));
    Ok(answer)
}

fn in_words(answer: &Map<String, Value>) -> String {
    let Some(row) = answer.get("row").and_then(Value::as_u64) else { return "nothing is there\n".to_owned() };
    let mut text = format!("row {row}");
    if let Some(distance) = answer.get("distance_px").and_then(Value::as_f64).filter(|&distance| distance > 0.0) {
        text += &format!(", {distance:.1} px away");
    }
    if let Some(under) = answer.get("under").and_then(Value::as_u64).filter(|&under| under > 1) {
        text += &format!(", on top of {} more", under - 1);
    }
    text.push('\n');
    if let Some(Value::Object(record)) = answer.get("record") {
        for (name, value) in record {
            // An empty text stands in quotes.
            let value = value.as_str().filter(|text| !text.is_empty()).map_or_else(|| value.to_string(), str::to_owned);
            text += &format!("  {name}: {}\n", crate::words::shown_text(&value, 200));
        }
    }
    text
}

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
