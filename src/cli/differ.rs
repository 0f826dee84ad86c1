//! `differ`: whose drawings are more like each other than chance makes them, and what sets two groups apart.

use super::audit::named;
use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::{CliError, open, records, refuse_other_ending, say, say_json};
use crate::data::columns::quoted;
use crate::export::{PngError, check_writable, refuse_inputs, write_png};
use crate::headless::likeness::{Differing, Grouped, SIGNIFICANT};
use crate::likeness::side_by_side::SideBySide;
use crate::progress::Progress;
use crate::scene::palette::{Colormap, Palette, Theme, color};
use crate::scene::rows::filter::Filter;
use crate::words::counted;
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Pixels of a picture for each of a drawing.
const ENLARGED: usize = 8;
/// A difference of this much of the full ink has the full colour.
const FULL_DIFFERENCE: f64 = 128.0;

/// `differ`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield differ snowman.npy --by countrycode                who draws snowmen in a way of their own\n  \
                        inkfield differ snowman.npy --by countrycode --groups KR,US --out two.png  and how"
)]
pub struct DifferArgs {
    /// The column whose values are compared
    #[arg(long, value_name = "COLUMN")]
    by: String,
    /// Two values of it, side by side
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    groups: Vec<String>,
    /// A PNG of the two means, and of their difference where it is none of chance
    #[arg(short, long, value_name = "PNG", requires = "groups")]
    out: Option<PathBuf>,
    /// Only drawings that a condition is true of: `recognized and timestamp > 2017-03`
    #[arg(long = "where", value_name = "CONDITION")]
    filter: Option<Filter>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `inkfield differ`. Opens no GPU.
pub fn run(args: &DifferArgs) -> Result<(), CliError> {
    let pair = match args.groups.as_slice() {
        [] => None,
        [first, second] if first.trim() != second.trim() => Some([first, second]),
        _ => {
            return Err(CliError::Argument(
                "--groups takes two different values with a comma between them, as in `KR,US`".to_owned(),
            ));
        }
    };
    let dataset = open(&args.open)?;
    if let Some(out) = &args.out {
        refuse_other_ending(out, "png", "--out")?;
        refuse_inputs("picture", out, dataset.files())?;
        check_writable(out).map_err(PngError::io(out))?;
    }
    let (columns, _) = records::read_records(&dataset)?;
    let column = named(&columns, &args.by, "--by")?;
    let kept = records::kept(args.filter.as_ref(), &dataset, &columns)?;
    let groups = Grouped::new(column, kept.as_deref(), Progress::NONE);
    let groups = groups.map_err(|error| CliError::Argument(format!("--by: {error}")))?;
    let Some(pair) = pair else {
        let found = records::with_compared(&dataset, &args.measure.comparison(), |compared, progress| {
            Ok(compared.differing(groups, progress)?)
        })?;
        dataset.fates().log();
        return if args.json { say_json(in_json(&found)) } else { say(&in_words(&found)) };
    };
    let rows_of = |text: &String| -> Result<Vec<u32>, CliError> {
        let rows = groups.named(text.trim()).map(|group| groups.rows_of(group)).filter(|rows| !rows.is_empty());
        let which = if args.filter.is_some() { "no drawing that --where keeps has" } else { "no drawing has" };
        let none = || CliError::Argument(format!("--groups: {which} {} {}", args.by, quoted(text.trim())));
        rows.ok_or_else(none)
    };
    let [first, second] = [rows_of(pair[0])?, rows_of(pair[1])?];
    let found = records::with_compared(&dataset, &args.measure.comparison(), |compared, progress| {
        Ok(compared.side_by_side([&first, &second], progress)?)
    })?;
    dataset.fates().log();
    let width = dataset.width() as usize;
    if let Some(out) = &args.out {
        let (size_px, rgba) = picture(&found, width);
        write_png(out, size_px, &rgba)?;
    }
    if args.json { say_json(pair_in_json(&found, pair, width)) } else { say(&pair_in_words(&found, pair)) }
}

fn in_json(Differing { groups: of, found }: &Differing) -> Map<String, Value> {
    let groups = found.groups.iter().map(|group| {
        json!({
            "value": of.label(group.group), "rows": group.rows, "named": group.named, "same": group.same,
            "expected": group.expected, "ratio": group.ratio, "z": group.z, "p": group.p,
            "p_corrected": group.p_corrected,
        })
    });
    let mut answer = Map::new();
    answer.insert("groups".to_owned(), groups.collect());
    for (key, value) in [
        ("rows", found.rows),
        ("missing", found.missing),
        ("blank", found.blank),
        ("small_groups", found.small_groups),
        ("small_rows", found.small_rows),
        ("permutations", found.permutations),
    ] {
        answer.insert(key.to_owned(), value.into());
    }
    answer
}

fn in_words(Differing { groups: of, found }: &Differing) -> String {
    let mut text = format!(
        "of {}, how much oftener than by chance the 12 most alike are of the same group:\n",
        counted(found.rows.into(), "drawing", "drawings")
    );
    for group in &found.groups {
        let mark = if group.p_corrected <= SIGNIFICANT { "*" } else { " " };
        let rows = counted(group.rows.into(), "drawing", "drawings");
        let (ratio, z, p) = (group.ratio, group.z, group.p_corrected);
        text += &format!("{mark} {} · {rows} · × {ratio:.2} · z {z:.1} · p {p:.3}\n", of.label(group.group));
    }
    if found.groups.is_empty() {
        text += "  no group is large enough: 20 drawings at least are needed\n";
    }
    if found.small_groups > 0 {
        let small = counted(found.small_groups.into(), "group", "groups");
        text += &format!("{small} of fewer than 20 drawings are left out\n");
    }
    text += &format!("* p ≤ {SIGNIFICANT}, corrected for the number of groups ({} permutations)\n", found.permutations);
    text
}

fn differing(found: &SideBySide) -> usize {
    found.p.iter().filter(|&&p| p <= SIGNIFICANT).count()
}

fn pair_in_json(found: &SideBySide, pair: [&String; 2], width: usize) -> Map<String, Value> {
    let sides = found.sides.iter().zip(pair).map(|(side, value)| {
        let mean: Vec<f64> = side.mean().collect();
        json!({"value": value, "rows": side.rows, "medoid": side.medoid, "mean": mean})
    });
    let [first, second] = &found.sides;
    let by_pixel = first.mean().zip(second.mean()).zip(&found.p).enumerate();
    let pixels = by_pixel
        .filter(|(_, (_, p))| **p <= SIGNIFICANT)
        .map(|(at, ((a, b), p))| json!({"x": at % width.max(1), "y": at / width.max(1), "difference": a - b, "p": p}));
    let mut answer = Map::new();
    answer.insert("sides".to_owned(), sides.collect());
    answer.insert("pixels".to_owned(), pixels.collect());
    answer.insert("permutations".to_owned(), found.permutations.into());
    answer
}

fn pair_in_words(found: &SideBySide, pair: [&String; 2]) -> String {
    let side = |at: usize| {
        let side = &found.sides[at];
        let medoid = side.medoid.map_or_else(String::new, |row| format!(", as row {row}"));
        format!("{}: {}{medoid}\n", pair[at], counted(side.rows.into(), "drawing", "drawings"))
    };
    let pixels = counted(differing(found) as u64, "pixel differs", "pixels differ");
    format!("{}{}{pixels} more than chance makes any (p ≤ {SIGNIFICANT})\n", side(0), side(1))
}

/// Both means and their difference side by side on paper, as RGBA: more ink of the first group in the selection's colour, of the
/// second in the hover's, opaque only where the difference is none of chance.
fn picture(found: &SideBySide, width: usize) -> ([u32; 2], Vec<u8>) {
    let palette = Palette::of(Theme::Paper);
    let [first, second] = &found.sides;
    let ink = |value: f64| color(Colormap::Ink, Theme::Paper, (value / 255.0) as f32);
    let difference = |(by, p): (f64, f64)| {
        let toward = if by > 0.0 { palette.selection } else { palette.hover };
        let part = if p <= SIGNIFICANT { (by.abs() / FULL_DIFFERENCE).min(1.0) } else { 0.0 };
        std::array::from_fn(|i| {
            let (from, to) = (f64::from(palette.ground[i]), f64::from(toward[i]));
            (from + (to - from) * part).round() as u8
        })
    };
    let parts: [Vec<[u8; 3]>; 3] = [
        first.mean().map(ink).collect(),
        second.mean().map(ink).collect(),
        first.mean().zip(second.mean()).map(|(a, b)| a - b).zip(found.p.iter().copied()).map(difference).collect(),
    ];
    let (width, height) = (width.max(1), found.p.len() / width.max(1));
    let (across, down) = ((3 * width + 2) * ENLARGED, height * ENLARGED);
    let mut rgba = Vec::with_capacity(across * down * 4);
    for y in 0..down {
        for x in 0..across {
            let (part, at) = (x / ENLARGED / (width + 1), x / ENLARGED % (width + 1));
            let pixel = parts.get(part).filter(|_| at < width).and_then(|part| part.get(y / ENLARGED * width + at));
            let [r, g, b] = pixel.copied().unwrap_or(palette.ground);
            rgba.extend([r, g, b, 255]);
        }
    }
    ([across as u32, down as u32], rgba)
}
