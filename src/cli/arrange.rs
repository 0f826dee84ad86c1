//! `arrange`: where a layout puts every drawing.

use super::answers::placed;
use super::inputs::OpenArgs;
use super::view::ViewArgs;
use super::{CliError, say, say_json};
use clap::Args;
use serde_json::{Map, Value};

/// `arrange`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield arrange octopus.npy --layout sorted --json > cells.json  which drawing is in each cell\n  \
                        inkfield arrange octopus.npy --layout map > places.csv            where each drawing lies on a map"
)]
pub struct ArrangeArgs {
    /// Print one JSON document; else a line for each drawing: row (of the whole set), x, y
    #[arg(long)]
    json: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which layout.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `inkfield arrange`. Opens no GPU.
pub fn run(args: &ArrangeArgs) -> Result<(), CliError> {
    let scene = placed(&args.open, &args.view)?;
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
    say_json(answer)
}
