//! `arrange`: where a layout puts every drawing.

use super::answers::placed;
use super::inputs::OpenArgs;
use super::render::{open_headless, write_tiles};
use super::view::ViewArgs;
use super::{CliError, open, refuse_other_ending, say, say_json};
use crate::export::{PngError, check_writable, refuse_inputs};
use crate::headless::Headless;
use crate::scene::{Background, Scene};
use crate::words::LONGEST_PX;
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// `arrange`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield arrange octopus.npy --layout sorted --json > cells.json  which drawing is in each cell\n  \
                        inkfield arrange octopus.npy --layout map > places.csv            where each drawing lies on a map\n  \
                        inkfield arrange octopus.npy --layout sorted --json --out sorted.png > cells.json  the picture, too"
)]
pub struct ArrangeArgs {
    /// Print one JSON document; else a line for each drawing: row (of the whole set), x, y
    #[arg(long)]
    json: bool,
    /// Write a picture of it, too: of --size, else as large as shows each drawing in its own size
    #[arg(short, long, value_name = "PNG")]
    pub out: Option<PathBuf>,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which layout.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// Lays the drawings out on the GPU and writes a picture of them.
fn draw(args: &ArrangeArgs, out: &Path) -> Result<Headless, CliError> {
    refuse_other_ending(out, "png", "--out")?;
    let dataset = open(&args.open)?;
    refuse_inputs("picture", out, dataset.files().chain(args.view.settings().layout_params.files()))?;
    check_writable(out).map_err(PngError::io(out))?;
    let (columns, mut headless) = open_headless(&dataset, &args.view, false)?;
    if args.view.size.is_none() {
        headless.fit_own_size(&dataset, columns.as_ref(), LONGEST_PX)?;
        let (side, own) = (headless.view().px_per_unit, headless.renderer.plan().canvas);
        if args.view.zoom == 1.0 && side < own.into() {
            tracing::warn!(
                "--out: drawings are {} px wide in the picture and not {own}, since no side of it may be longer than {LONGEST_PX} px",
                (side * 100.0).round() / 100.0
            );
        }
    }
    write_tiles(Some(out), Background::default(), &mut headless)?;
    Ok(headless)
}

/// `inkfield arrange`. Opens a GPU for a picture alone.
pub fn run(args: &ArrangeArgs) -> Result<(), CliError> {
    let Some(out) = &args.out else { return say_places(args, &placed(&args.open, &args.view)?, None) };
    let headless = draw(args, out)?;
    let viewport = headless.scene.viewport();
    let picture = json!({
        "path": out.to_string_lossy(), "size_px": [viewport.width_px, viewport.height_px],
        "side_px": headless.view().side_px,
    });
    say_places(args, &headless.scene, Some(picture))
}

fn say_places(args: &ArrangeArgs, scene: &Scene, picture: Option<Value>) -> Result<(), CliError> {
    let layout = &scene.placed().layout;
    // What a filter hides has no place in the picture.
    let is_placed = |row: u32| !scene.row_table().style(row).hidden;
    let rows = || (0..scene.rows()).map(|row| layout.center(row).filter(|_| is_placed(row)));
    // Of a slice it is said which rows of the whole set these are: by that places are read back, for any slice and for all.
    let first_row = scene.settings.layout_params.slice.map(|[first_row, _]| first_row);
    if !args.json {
        let line = |(row, at): (u32, Option<glam::DVec2>)| {
            let at = at.map_or_else(|| ",".to_owned(), |at| format!("{},{}", at.x, at.y));
            format!("{row},{at}\n")
        };
        let numbered = (first_row.unwrap_or(0)..).zip(rows());
        return say(&format!("row,x,y\n{}", numbered.map(line).collect::<String>()));
    }
    let mut answer = Map::new();
    answer.insert("layout".to_owned(), layout.kind.name.into());
    answer.extend(first_row.map(|first_row| ("first_row".to_owned(), first_row.into())));
    if layout.lattice.as_ref().is_some_and(|lattice| lattice.blocks.len() == 1 && lattice.order.is_some()) {
        let [columns, lines] = [layout.bounds.size().x, layout.bounds.size().y].map(|side| side.round() as u64);
        let mut cells = vec![Value::Null; (columns * lines) as usize];
        for (row, at) in (0_u32..).zip(rows()) {
            let Some(at) = at else { continue };
            let cell = (-at.y).floor() as usize * columns as usize + at.x.floor() as usize;
            if let Some(place) = cells.get_mut(cell) {
                *place = row.into();
            }
        }
        answer.insert("columns".to_owned(), columns.into());
        answer.insert("lines".to_owned(), lines.into());
        answer.insert("cells".to_owned(), cells.into());
    } else {
        let axis = |of: fn(glam::DVec2) -> f64| rows().map(|at| Value::from(at.map(of))).collect::<Value>();
        answer.insert("x".to_owned(), axis(|at| at.x));
        answer.insert("y".to_owned(), axis(|at| at.y));
    }
    answer.insert("quality".to_owned(), layout.quality.clone().into());
    answer.extend(picture.map(|picture| ("picture".to_owned(), picture)));
    say_json(answer)
}
