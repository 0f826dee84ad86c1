//! `audit`: what is in a set more than once, what is blank, and what is like nothing else.

use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::{CliError, open, records, say, say_json};
use crate::data::columns::{Column, Columns, quoted};
use crate::likeness::audit::{Audit, Leaked, SameStrokes, UnknownStrokes};
use crate::likeness::duplicates::{Between, NEAR, NearSearch, StrokesAre};
use crate::words::{counted, thousands};
use clap::Args;
use std::cmp::Reverse;
use std::io::{BufWriter, Write};

/// Findings of a kind that are listed in words.
const LISTED: usize = 10;

/// `audit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield audit octopus.npy                       how many duplicates, blanks, odd ones\n  \
                        inkfield audit digits.npz --between split --csv  what is on both sides of a split\n\n\
                        Near duplicates are compared by blurred ink, shifted by up to a pixel: 0 is the same, about 1 unrelated."
)]
pub struct AuditArgs {
    /// Drawings at most so far apart are near duplicates, 0 to 0.25
    #[arg(long, default_value_t = NEAR, value_name = "D", value_parser = parse_distance)]
    near: f64,
    /// How many of the drawings that are like nothing else
    #[arg(long, default_value_t = 20, value_name = "N")]
    outliers: u32,
    /// Also duplicates with different values of any column, as of a split into train and test
    #[arg(long, value_name = "COLUMN")]
    between: Option<String>,
    /// Print one JSON document
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print comma-separated values: kind, group, row, other, distance, strokes
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

fn parse_distance(text: &str) -> Result<f64, String> {
    let most = NearSearch::default().most_distance;
    let value = text.trim().parse().ok().filter(|value| (0.0..=most).contains(value));
    value.ok_or_else(|| format!("a number from 0 to {most} is needed"))
}

/// `inkfield audit`. Opens no GPU.
pub fn run(args: &AuditArgs) -> Result<(), CliError> {
    let dataset = open(&args.open)?;
    let columns = if args.between.is_some() { records::read_records(&dataset)?.0 } else { Columns::new() };
    let between = args.between.as_deref().map(|name| named(&columns, name, "--between")).transpose()?;
    let found = records::with_compared(&dataset, &args.measure.comparison(), |compared, progress| {
        compared.audit(args.near, args.outliers as usize, between, progress)
    })?;
    dataset.fates().log();
    if args.csv {
        let stdio = |source| CliError::Stdio { doing: "write to standard output", source };
        let mut out = BufWriter::new(std::io::stdout().lock());
        found.write_csv(&mut out).map_err(stdio)?;
        return out.flush().map_err(stdio);
    }
    if !args.json {
        return say(&in_words(&found));
    }
    match serde_json::to_value(&found) {
        Ok(serde_json::Value::Object(answer)) => say_json(answer),
        // Plain numbers and lists are always such an object.
        other => Err(CliError::Argument(format!("the answer cannot be written: {other:?}"))),
    }
}

/// The column of a name, or which ones there are.
pub(super) fn named<'a>(columns: &'a Columns, name: &str, option: &str) -> Result<&'a Column, CliError> {
    let unknown = || format!("{option}: there is no column {}; {}", quoted(name), columns.known());
    columns.named(name).ok_or_else(|| CliError::Argument(unknown()))
}

fn in_words(found: &Audit) -> String {
    let mut text = format!("{}\n", counted(found.rows.into(), "drawing", "drawings"));
    let strokes = found.strokes.as_ref().filter(|strokes| !strokes.are_none);
    text += &groups("equal byte for byte", &found.duplicates, strokes.map(|strokes| (&*strokes.duplicates, true)));
    let nearly = format!("nearly equal (within {})", found.near_distance);
    text += &groups(&nearly, &found.near, strokes.map(|strokes| (&*strokes.near, false)));
    if let Some(strokes) = &found.strokes {
        text += &unknown(strokes);
    }
    text += &found.leakage.as_ref().map(across).unwrap_or_default();
    text += &format!("blank: {}\n", thousands(found.blank.len() as u64));
    if !found.blank.is_empty() {
        text += &format!("  rows {}\n", some(&found.blank));
    }
    let far: Vec<String> =
        found.outliers.iter().take(LISTED).map(|one| format!("{} ({:.2})", one.row, one.distance)).collect();
    if !far.is_empty() {
        text += &format!("like nothing else, with the distance to the 12th neighbour:\n  rows {}\n", far.join(", "));
    }
    text
}

/// The first rows of a group.
fn some(group: &[u32]) -> String {
    let some: Vec<String> = group.iter().take(LISTED).map(ToString::to_string).collect();
    let more = if group.len() > LISTED { format!(" and {} more", group.len() - LISTED) } else { String::new() };
    format!("{}{more}", some.join(", "))
}

/// Groups of rows, and what the strokes of each have to do with each other; `true` where its drawings are equal.
fn groups(what: &str, groups: &[Vec<u32>], strokes: Option<(&[StrokesAre], bool)>) -> String {
    let all: usize = groups.iter().map(Vec::len).sum();
    let mut text =
        format!("{what}: {} in {}\n", thousands(all as u64), counted(groups.len() as u64, "group", "groups"));
    let (strokes, are_equal) = strokes.unwrap_or_default();
    let kinds = [StrokesAre::Same, StrokesAre::SameInSome, StrokesAre::Different, StrokesAre::Unknown];
    let count = |kind: StrokesAre| strokes.iter().filter(|&&are| are == kind).count() as u64;
    let counts: Vec<String> = kinds
        .into_iter()
        .filter(|&kind| count(kind) > 0)
        .map(|kind| format!("{} in {}", kind.in_words(are_equal), counted(count(kind), "group", "groups")))
        .collect();
    if !counts.is_empty() {
        text += &format!("  {}\n", counts.join(", "));
    }
    for (at, group) in groups.iter().enumerate().take(LISTED) {
        let strokes = strokes.get(at).map(|are| format!(": {}", are.in_words(are_equal))).unwrap_or_default();
        text += &format!("  rows {}{strokes}\n", some(group));
    }
    text
}

/// Whose strokes are not known, and why.
fn unknown(strokes: &SameStrokes) -> String {
    if strokes.are_none {
        return "strokes: the records of these drawings hold none\n".to_owned();
    }
    let mut text = String::new();
    if !strokes.unknown.is_empty() {
        text += &format!("strokes not known: {}\n", counted(strokes.unknown.len() as u64, "drawing", "drawings"));
    }
    for UnknownStrokes { row, why } in strokes.unknown.iter().take(LISTED) {
        text += &format!("  row {row} {why}\n");
    }
    text
}

/// What has different values of a column: how much in all, and between which values.
fn across(leaked: &Leaked) -> String {
    let all = |equal: u64, near: u64| {
        let equal = counted(equal, "group of equal drawings", "groups of equal drawings");
        format!("{equal}, {}", counted(near, "near pair", "near pairs"))
    };
    let in_all = all(leaked.duplicates.len() as u64, leaked.near_pairs.len() as u64);
    let mut text = format!("with different values of {}: {in_all}\n", leaked.column);
    match &leaked.between {
        None => text += "  of too many pairs of values to count each\n",
        Some(between) => {
            // The most first; what came first of as many.
            let mut between: Vec<&Between> = between.iter().collect();
            between.sort_by_key(|between| Reverse(between.equal_groups + between.near_pairs));
            for Between { values, equal_groups, near_pairs, .. } in between.iter().take(LISTED) {
                let [first, second] = values.map(|at| leaked.values.get(at as usize).map_or("", String::as_str));
                text += &format!("  {first} and {second}: {}\n", all(*equal_groups, *near_pairs));
            }
            if let Some(more) = between.len().checked_sub(LISTED).filter(|&more| more > 0) {
                text += &format!("  and {} more\n", counted(more as u64, "pair of values", "pairs of values"));
            }
        }
    }
    if leaked.missing > 0 {
        let lack = counted(leaked.missing.into(), "duplicate without a value", "duplicates without a value");
        text += &format!("  {lack}, on no side\n");
    }
    text
}
