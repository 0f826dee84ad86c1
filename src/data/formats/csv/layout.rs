//! Which columns of a table are pixels: by numbered names in its first line, or, where all are numbers, by how many they are.

use super::{MOST_LINE_BYTES, label};
use crate::data::array::{Axes, ShapeOptions};
use crate::data::joined::{between, distinct, is_number};
use crate::data::report::Severity;
use crate::data::source::{ImageFault, MAX_SIDE};

/// The fewest pixels of a drawing: fewer numbered columns are as likely anything else.
const FEWEST: usize = 16;
/// The fewest where their names say nothing of pixels.
const FEWEST_OF_ANY_NAME: usize = 64;
/// What numbered columns of pixels are called, in lower case.
const NAMES: [&str; 6] = ["pixel", "pixels", "px", "pix", "p", "image"];

/// Names that differ by more than their numbers, as far as they are told apart.
const MOST_NAMES: usize = 64;

/// How the lines of a table are read.
#[derive(Debug)]
pub(super) struct Layout {
    /// What stands between cells.
    pub(super) between: u8,
    /// For each column its place among the values of a drawing; `None` where it is no pixel.
    pub(super) places: Vec<Option<usize>>,
    /// Of the columns, as the heading has them; empty without one.
    pub(super) names: Vec<String>,
    /// The same, no two alike, as JSON.
    pub(super) keys: Vec<String>,
    /// Of a drawing: all values, or height and width.
    pub(super) shape: Vec<usize>,
    /// Where the first drawing begins, in bytes.
    pub(super) data_offset: u64,
    /// The number of its line, from 1.
    pub(super) first_line: u64,
    /// What is to be said of that.
    pub(super) told: Vec<(Severity, String)>,
}

/// Whether a file that begins with `head` may be such a table.
pub(super) fn may_be(head: &[u8]) -> bool {
    let line = first_line(head);
    if matches!(line.trim_ascii_start().first(), None | Some(b'{' | b'[' | b'<')) {
        return false;
    }
    if line.len() > MOST_LINE_BYTES || head.iter().take(line.len()).any(|byte| *byte < b' ' && *byte != b'\t') {
        return false;
    }
    let mut cells = cells(line, between(line));
    if line.len() == without_mark(head).len() && cells.len() > 1 {
        // The line may go on.
        cells.pop();
    }
    cells.len() >= FEWEST && (are_numbers(&cells) || named(&cells).is_some())
}

impl Layout {
    /// Of a table that begins with `head`, which holds its first line and some more.
    pub(super) fn of(head: &[u8], shape: &ShapeOptions) -> Result<Self, ImageFault> {
        let mark = head.len() - without_mark(head).len();
        let line = first_line(head);
        let between = between(line);
        let cells = cells(line, between);
        if let Some((places, shape)) = named(&cells) {
            let after =
                (mark + memchr::memchr(b'\n', without_mark(head)).map_or(head.len() - mark, |at| at + 1)) as u64;
            let keys = distinct(&cells).iter().map(|name| quoted(name)).collect();
            let told = Vec::new();
            return Ok(Self { between, places, names: cells, keys, shape, data_offset: after, first_line: 2, told });
        }
        if cells.len() < FEWEST || !are_numbers(&cells) {
            return Err(ImageFault::Foreign {
                what: "a table",
                advice: "name the drawings that it belongs to, and it by --table",
            });
        }
        let count = cells.len();
        let is_drawing = |values: &usize| holds(*values, shape);
        let Some(values) = [count, count - 1].into_iter().find(is_drawing) else {
            return Err(ImageFault::Archive {
                what: format!("a table of {count} columns of numbers without a heading, which are no square drawings"),
                advice: "say how large they are with --shape HxW, or name their columns pixel0, pixel1 …".to_owned(),
            });
        };
        let label = (values < count).then(|| {
            let pixel = if values.isqrt().pow(2) == values { 1 } else { 3 };
            label::column(&cells_of_lines(without_mark(head), between, count), count, pixel)
        });
        let (label, is_sure) = label.unzip();
        let places = (0..count).map(|at| match label {
            Some(label) if at == label => None,
            Some(label) if at > label => Some(at - 1),
            _ => Some(at),
        });
        let told = label.map(|label| {
            let which = if label == 0 { "first" } else { "last" };
            let said = format!("it has no heading: of its {count} columns the {which} is read as the label");
            if is_sure == Some(true) {
                return (Severity::Info, said);
            }
            let advice = "the last may be as well: if so, name its columns pixel0, pixel1 …, label in a first line";
            (Severity::Warning, format!("{said}, which is a guess; {advice}"))
        });
        Ok(Self {
            between,
            places: places.collect(),
            names: Vec::new(),
            keys: vec![quoted("label"); count],
            shape: vec![values],
            data_offset: mark as u64,
            first_line: 1,
            told: told.into_iter().collect(),
        })
    }

    /// What the axes of all drawings together mean, where their own shape says so: a line is a drawing, however many there are.
    pub(super) fn axes(&self) -> Option<Axes> {
        match *self.shape.as_slice() {
            [_, _] => Some(Axes::plain()),
            [values] if values.isqrt().pow(2) == values => Some(Axes::flat_rows()),
            _ => None,
        }
    }

    /// Values of a drawing.
    pub(super) fn values(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// Whether it has columns besides pixels.
    pub(super) fn has_others(&self) -> bool {
        self.values() < self.places.len()
    }
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
}

/// The first line without a byte order mark and its end; all of `head` where it has none.
fn first_line(head: &[u8]) -> &[u8] {
    let head = without_mark(head);
    let line = head.get(..memchr::memchr(b'\n', head).unwrap_or(head.len())).unwrap_or_default();
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The cells of a line.
fn cells(line: &[u8], between: u8) -> Vec<String> {
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
    if !line.contains(&b'"') {
        return line.split(|byte| *byte == between).map(text).collect();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(between).from_reader(line);
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(text).collect(),
        _ => Vec::new(),
    }
}

fn are_numbers(cells: &[String]) -> bool {
    cells.iter().all(|cell| is_number(cell) || cell.parse::<f64>().is_ok_and(f64::is_finite))
}

/// Whether a drawing has so many values: as `--shape` says, else a square of 4 × 4 at least, or three of them.
fn holds(values: usize, shape: &ShapeOptions) -> bool {
    if let Some((height, width)) = shape.size {
        let pixels = height as usize * width as usize;
        return [1, 3, 4].iter().any(|channels| pixels.checked_mul(*channels) == Some(values));
    }
    let is_square = |values: usize| values >= FEWEST && values.isqrt().pow(2) == values;
    is_square(values) || (values.is_multiple_of(3) && is_square(values / 3))
}

/// The cells of whole lines, of those with so many.
fn cells_of_lines(head: &[u8], between: u8, count: usize) -> Vec<Vec<String>> {
    let lines = head.split(|byte| *byte == b'\n').map(|line| cells(line.strip_suffix(b"\r").unwrap_or(line), between));
    lines.filter(|cells| cells.len() == count).collect()
}

/// The number in a column's name, or line and column: `pixel17`, `17`, `3x5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    One(u32),
    Two(u32, u32),
}

/// A name taken apart: what stands before its number, in lower case, and that.
fn numbered(name: &str) -> Option<(String, Number)> {
    let digits_at = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = |text: &str| text.parse::<u32>().ok();
    let (before, last) = name.split_at(digits_at(name));
    let last = number(last)?;
    if let Some(rest) = before.strip_suffix(['x', 'X']) {
        let (before, first) = rest.split_at(digits_at(rest));
        if let Some(first) = number(first) {
            return Some((bare(before), Number::Two(first, last)));
        }
    }
    Some((bare(before), Number::One(last)))
}

fn bare(before: &str) -> String {
    before.trim_end_matches(['_', '-', '.', ' ']).to_lowercase()
}

/// The places of a heading's columns among the values, and what shape these have; `None` where it names no pixels.
fn named(cells: &[String]) -> Option<(Vec<Option<usize>>, Vec<usize>)> {
    let parts: Vec<Option<(String, Number)>> = cells.iter().map(|cell| numbered(cell)).collect();
    let mut groups: Vec<(&str, bool, usize)> = Vec::new();
    let is_two = |number: &Number| matches!(number, Number::Two(..));
    for (before, number) in parts.iter().flatten() {
        let known = groups.iter().position(|(known, two, _)| *known == before && *two == is_two(number));
        if let Some((.., count)) = known.and_then(|known| groups.get_mut(known)) {
            *count += 1;
        } else if groups.len() < MOST_NAMES {
            groups.push((before, is_two(number), 1));
        }
    }
    let (before, two, count) = groups.into_iter().max_by_key(|(.., count)| *count)?;
    let is_known = NAMES.contains(&before) || two;
    if count < FEWEST || (!is_known && count < FEWEST_OF_ANY_NAME) {
        return None;
    }
    let own: Vec<Option<Number>> = parts
        .iter()
        .map(|part| part.as_ref().filter(|(own, number)| own == before && is_two(number) == two).map(|part| part.1))
        .collect();
    let mut sorted: Vec<Number> = own.iter().copied().flatten().collect();
    sorted.sort_unstable();
    let shape = shape_of(&sorted)?;
    let place = |number: Number| sorted.binary_search(&number).ok();
    Some((own.into_iter().map(|number| number.and_then(place)).collect(), shape))
}

/// The shape of numbers in their order: one after the other from 0 or 1, or all lines and columns of a rectangle.
fn shape_of(sorted: &[Number]) -> Option<Vec<usize>> {
    match *sorted.first()? {
        Number::One(first) if first <= 1 => {
            let follow = sorted.iter().zip(first..).all(|(number, expected)| *number == Number::One(expected));
            follow.then(|| vec![sorted.len()])
        }
        Number::Two(top, left) if top <= 1 && left <= 1 => {
            let &Number::Two(bottom, right) = sorted.last()? else { return None };
            let (height, width) = (bottom.checked_sub(top)? + 1, right.checked_sub(left)? + 1);
            let all = (top..=bottom).flat_map(|line| (left..=right).map(move |column| Number::Two(line, column)));
            let is_all = height <= MAX_SIDE
                && width <= MAX_SIDE
                && sorted.len() == height as usize * width as usize
                && sorted.iter().copied().eq(all);
            is_all.then(|| vec![height as usize, width as usize])
        }
        _ => None,
    }
}
