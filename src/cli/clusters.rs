//! `clusters`: which drawings hold together, and what shows each group.

use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::{CliError, open, records, say, say_json};
use crate::scene::clusters::{Portrait, Resolution, SetClusters};
use crate::words::{counted, thousands};
use clap::Args;
use serde_json::{Map, Value, json};

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
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `inkfield clusters`. Opens no GPU.
pub fn run(args: &ClustersArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    let (columns, _) = records::read_records(&dataset)?;
    let found = records::clusters(&dataset, &args.measure.comparison(), &columns, args.resolution)?;
    dataset.fates().log();
    if args.json { say_json(in_json(&found)) } else { say(&in_words(&found)) }
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
