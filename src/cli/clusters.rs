//! `clusters`: which drawings hold together, and what shows each group.

use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::{CliError, open, records, refuse_other_ending, say, say_json};
use crate::export::{PngError, check_writable, refuse_inputs, write_png};
use crate::likeness::means::Means;
use crate::scene::clusters::{self, Portrait, Resolution, SetClusters};
use crate::scene::palette::{Palette, Rgb, Theme};
use crate::words::{counted, thousands};
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Mean drawings in a line of their sheet, between them so many pixels of paper, and how wide and high each is at most: whole pixels
/// for each of its own, unless it has more of these.
const A_LINE: usize = 10;
const BETWEEN: usize = 8;
const MEAN_PX: usize = 112;

/// `clusters`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield clusters octopus.npy                       the clusters, largest first\n  \
                  inkfield clusters octopus.npy --resolution 2 --json  more of them, and which each row is in\n  \
                  inkfield octopus.npy --clusters --color-by cluster   the same in the window"
)]
pub struct ClustersArgs {
    /// How finely drawings are divided: 1 is usual, more makes more clusters
    #[arg(long, default_value_t, value_name = "R")]
    resolution: Resolution,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// A PNG of the mean drawing of each cluster, the largest first, ten in a line
    #[arg(long, value_name = "PNG")]
    means: Option<PathBuf>,
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `inkfield clusters`. Opens no GPU.
pub fn run(args: &ClustersArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    if let Some(out) = &args.means {
        refuse_other_ending(out, "png", "--means")?;
        refuse_inputs("picture", out, dataset.files())?;
        check_writable(out).map_err(PngError::io(out))?;
    }
    let (columns, _) = records::read_records(&dataset)?;
    let found = records::clusters(&dataset, &args.measure.comparison(), &columns, args.resolution)?;
    if let Some(out) = &args.means {
        if found.portraits.is_empty() {
            return Err(CliError::Argument(
                "--means: no drawing is in a cluster, so there is no mean drawing to write".to_owned(),
            ));
        }
        let (size_px, rgba) = sheet(&records::means_of(&dataset, &found)?);
        write_png(out, size_px, &rgba)?;
    }
    dataset.fates().log();
    if args.json { say_json(in_json(&found)) } else { say(&in_words(&found)) }
}

/// All mean drawings on paper, line by line, as RGBA.
fn sheet(means: &Means) -> ([u32; 2], Vec<u8>) {
    let [width, height] = means.size.map(|side| side.max(1) as usize);
    let enlarged = (MEAN_PX / width.max(height)).max(1);
    let [wide, high] = [width, height].map(|side| side * enlarged + BETWEEN);
    let columns = A_LINE.min(means.of.len()).max(1);
    let (across, down) = (columns * wide + BETWEEN, means.of.len().div_ceil(columns) * high + BETWEEN);
    let paper = Palette::of(Theme::Paper).ground;
    let seen: Vec<Vec<Rgb>> = means.of.iter().map(|mean| clusters::seen(mean, Theme::Paper)).collect();
    let pixel = |x: usize, y: usize| {
        let (x, y) = (x.checked_sub(BETWEEN)?, y.checked_sub(BETWEEN)?);
        let (own_x, own_y) = (x % wide / enlarged, y % high / enlarged);
        let colors = seen.get(y / high * columns + x / wide).filter(|_| own_x < width && own_y < height)?;
        colors.get(own_y * width + own_x).copied()
    };
    let mut rgba = Vec::with_capacity(across * down * 4);
    for y in 0..down {
        for x in 0..across {
            let [r, g, b] = pixel(x, y).unwrap_or(paper);
            rgba.extend([r, g, b, 255]);
        }
    }
    ([across as u32, down as u32], rgba)
}

fn in_json(found: &SetClusters) -> Map<String, Value> {
    let one = |(cluster, portrait): (u32, &Portrait)| {
        let traits = portrait
            .traits
            .iter()
            .map(|own| json!({"column": own.column, "value": own.value, "rows": own.rows, "lift": own.lift}));
        json!({
            "cluster": cluster + 1,
            "rows": portrait.rows,
            "medoid": portrait.examples.first(),
            "examples": portrait.examples,
            "traits": traits.collect::<Vec<_>>(),
        })
    };
    let mut answer = Map::new();
    answer.insert("resolution".to_owned(), f64::from(found.resolution).into());
    answer.insert("count".to_owned(), found.count.into());
    answer.insert("outside".to_owned(), found.outside.into());
    answer.insert("clusters".to_owned(), (0..).zip(&found.portraits).map(one).collect());
    let of_row = found.cluster_of.iter().map(|cluster| Value::from(cluster.map(|cluster| cluster + 1)));
    answer.insert("cluster_of".to_owned(), of_row.collect());
    answer
}

fn in_words(found: &SetClusters) -> String {
    let mut text = counted(found.count.into(), "cluster", "clusters");
    if found.outside > 0 {
        let outside = counted(found.outside.into(), "drawing looks", "drawings look");
        text += &format!("; {outside} like nothing");
    }
    text.push('\n');
    for (cluster, portrait) in (1..).zip(&found.portraits) {
        let rows = counted(portrait.rows.into(), "drawing", "drawings");
        let middle =
            portrait.examples.first().map_or_else(String::new, |row| format!(", as row {}", thousands((*row).into())));
        let traits: Vec<String> =
            portrait.traits.iter().map(|own| format!("{} {} × {:.1}", own.column, own.value, own.lift)).collect();
        let traits = if traits.is_empty() { String::new() } else { format!(" · {}", traits.join(", ")) };
        text += &format!("{cluster}: {rows}{middle}{traits}\n");
    }
    if found.count as usize > found.portraits.len() {
        let more = found.count as usize - found.portraits.len();
        text += &format!("and {} more\n", counted(more as u64, "cluster", "clusters"));
    }
    text
}
