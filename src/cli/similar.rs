//! `similar`: the drawings of a set that look most like one of them, or like a picture.

use super::answers::{each, parse_row, refuse_two_readers};
use super::export::value_map;
use super::inputs::OpenArgs;
use super::measure::MeasureArgs;
use super::render::row_of;
use super::{CliError, open, progress_bar, records, say, say_json};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::headless::needs_compared;
use crate::likeness::code::LONGEST;
use crate::likeness::comparison::{ComparedBy, Comparison};
use crate::likeness::{Alike, SetCodes};
use crate::memory::Purpose;
use crate::progress::Watcher;
use clap::{ArgGroup, Args};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Most drawings of an answer.
const MOST: u32 = 100_000;

/// `similar`.
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("of").required(true).args(["row", "image"])),
    after_help = "Examples:\n  inkfield similar octopus.npy --row 7                   the twelve that look most like row 7\n  \
                        inkfield similar octopus.npy --image sketch.png --k 3  what looks like a picture\n  \
                        seq 0 99 | inkfield similar octopus.npy --row - --json one line each"
)]
pub struct SimilarArgs {
    /// Row, counted from 0 or, if negative, from the end; repeatable; `-` reads rows from standard input
    #[arg(long, value_name = "R", allow_hyphen_values = true)]
    row: Vec<String>,
    /// A PNG of a drawing, dark on light paper or light on dark
    #[arg(long, value_name = "PNG")]
    image: Option<PathBuf>,
    /// How many, the most alike first
    #[arg(long, default_value_t = 12, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    k: u32,
    /// Print one JSON document a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    measure: MeasureArgs,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `inkfield similar`. Opens no GPU.
pub fn run(args: &SimilarArgs) -> Result<(), CliError> {
    args.row.iter().filter(|row| *row != "-").try_for_each(|row| parse_row(row).map(drop))?;
    refuse_two_readers(&args.row, &args.open.files)?;
    // A picture that cannot be read is refused before anything is loaded.
    let picture = args.image.as_deref().map(read_picture).transpose()?;
    let comparison = args.measure.comparison();
    if picture.is_some() && comparison.by == ComparedBy::File {
        return Err(CliError::Argument(
            "--image: a picture has no row in --embedding: compare by `--measure direction` or `ink`".to_owned(),
        ));
    }
    let dataset = open(&args.open)?;
    needs_compared(&dataset, &comparison)?.refuse_unless_room(Purpose::Likeness)?;
    let columns = if args.json && dataset.has_records() { records::read_records(&dataset)?.0 } else { Columns::new() };
    let table = value_map(&dataset)?.table();
    let bar = progress_bar(100, "comparing");
    let (is_wanted, tell) = (|| true, |part: f64| bar.set_position((part * 100.0) as u64));
    let compared = SetCodes::of(&dataset, &table, &comparison, Watcher::new(&is_wanted, &tell).progress());
    bar.finish_and_clear();
    let set = compared?;
    dataset.fates().log();
    let answer = |found: &[Alike], named: Value, what: &str| {
        if args.json {
            return say_json(in_json(found, named, &comparison, &columns));
        }
        say(&in_words(found, what, comparison.by))
    };
    let k = args.k as usize;
    if let Some(Picture { ink, colors, width, height }) = picture {
        let drawing = if set.is_in_color() { &colors } else { &ink };
        return answer(&set.nearest_to_drawing(drawing, (width, height), k)?, Value::Null, "the picture");
    }
    each(&args.row, parse_row, &mut |number| {
        let row = row_of(number, dataset.rows())?;
        answer(&set.nearest(row.0, k), row.0.into(), &format!("row {}", row.0))
    })
}

fn in_json(found: &[Alike], row: Value, comparison: &Comparison, columns: &Columns) -> Map<String, Value> {
    let one = |alike: &Alike| {
        json!({
            "row": alike.row,
            "distance": distance(*alike),
            "dot": alike.dot,
            "record": columns.record_json(Row(alike.row)),
        })
    };
    let mut answer = Map::new();
    answer.insert("row".to_owned(), row);
    answer.insert("measure".to_owned(), comparison.by.to_string().into());
    answer.insert("neighbours".to_owned(), found.iter().map(one).collect());
    answer
}

fn in_words(found: &[Alike], what: &str, by: ComparedBy) -> String {
    if found.is_empty() {
        return format!("nothing looks like {what}: {}, or no other drawing\n", by.lacks());
    }
    let one = |alike: &Alike| format!("row {} · {:.3}\n", alike.row, distance(*alike));
    format!("like {what}, with their distances:\n{}", found.iter().map(one).collect::<String>())
}

/// To four digits where codes decide, which are no finer.
fn distance(alike: Alike) -> f64 {
    if alike.dot.is_some() { (alike.distance * 1e4).round() / 1e4 } else { alike.distance }
}

/// A drawing from elsewhere.
struct Picture {
    ink: Vec<u8>,
    /// Red, green, blue and alpha of each pixel.
    colors: Vec<u8>,
    width: u32,
    height: u32,
}

/// Reads a PNG as ink: what differs from its paper, which is what its edge is made of. Clear pixels are paper.
fn read_picture(path: &Path) -> Result<Picture, CliError> {
    let refused = |what: String| CliError::Argument(format!("--image: {what}: {}", path.display()));
    // To open a pipe would wait for somebody who writes to it.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(refused("this is no file; name a PNG".to_owned()));
    }
    let file = File::open(path).map_err(|error| refused(error.to_string()))?;
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|error| refused(format!("it cannot be read as a PNG: {error}")))?;
    let (width, height) = reader.info().size();
    if width.max(height) > LONGEST {
        return Err(refused(format!("it has {width} × {height} pixels, and at most {LONGEST} a side can be compared")));
    }
    let size = reader.output_buffer_size().ok_or_else(|| refused("it is too large".to_owned()))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(|error| refused(format!("it is damaged: {error}")))?;
    let samples = frame.color_type.samples();
    let lights = pixels.chunks_exact(samples).map(light).collect::<Vec<_>>();
    let colors = pixels.chunks_exact(samples).flat_map(color).collect();
    Ok(Picture { ink: ink_of(&lights, width as usize), colors, width, height })
}

/// Red, green, blue and alpha of a pixel.
fn color(pixel: &[u8]) -> [u8; 4] {
    match *pixel {
        [gray] => [gray, gray, gray, 255],
        [gray, alpha] => [gray, gray, gray, alpha],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, alpha] => [r, g, b, alpha],
        _ => [255; 4],
    }
}

/// How light a pixel is, and how opaque, 0 to 255 each; of colours, by their luma (ITU-R BT.601).
fn light(pixel: &[u8]) -> [u32; 2] {
    let [r, g, b, alpha] = color(pixel);
    [(299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500) / 1000, alpha.into()]
}

/// Ink of pixels in lines of `width`: dark on light where the edge is light, or clear; light on dark where it is dark.
fn ink_of(lights: &[[u32; 2]], width: usize) -> Vec<u8> {
    let lines = lights.len() / width.max(1);
    let is_edge = |at: usize| [0, width - 1].contains(&(at % width)) || [0, lines - 1].contains(&(at / width));
    let edge = lights.iter().enumerate().filter(|(at, _)| is_edge(*at)).map(|(_, light)| light);
    let (mut opaque, mut weight) = (0, 0);
    for [light, alpha] in edge {
        opaque += u64::from(light * alpha);
        weight += u64::from(*alpha);
    }
    let is_dark = weight > 0 && 2 * opaque < 255 * weight;
    let of = |[light, alpha]: &[u32; 2]| ((if is_dark { *light } else { 255 - light }) * alpha / 255) as u8;
    lights.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_what_the_edge_is_made_of() {
        let mut lights = [[255, 255]; 9];
        lights[4] = [10, 255];
        assert_eq!(ink_of(&lights, 3), [0, 0, 0, 0, 245, 0, 0, 0, 0]);
        let dark = lights.map(|[light, alpha]| [255 - light, alpha]);
        assert_eq!(ink_of(&dark, 3), [0, 0, 0, 0, 245, 0, 0, 0, 0]);
        // Black ink, half of it clear, on nothing at all.
        let clear = [[0, 0], [0, 0], [0, 0], [0, 0], [0, 128], [0, 0], [0, 0], [0, 0], [0, 0]];
        assert_eq!(ink_of(&clear, 3), [0, 0, 0, 0, 128, 0, 0, 0, 0]);
        assert_eq!(ink_of(&[[7, 255]], 1), [7]);
    }
}
