//! Which columns of a table are pixels: by numbered names in its first line, as one cell that holds all of them, or, where all are
//! numbers, by how many they are.

use super::names::named;
use super::{MOST_LINE_BYTES, label, packed};
use crate::data::array::{Axes, ShapeOptions};
use crate::data::joined::{between, distinct, is_number};
use crate::data::report::Severity;
use crate::data::source::ImageFault;

/// The fewest pixels of a drawing: fewer numbered columns are as likely anything else.
pub(super) const FEWEST: usize = 16;

/// How the lines of a table are read.
#[derive(Debug)]
pub(super) struct Layout {
    /// What stands between cells.
    pub(super) between: u8,
    /// For each column its place among the values of a drawing; `None` where it is no pixel.
    pub(super) places: Vec<Option<usize>>,
    /// The column of which a cell holds all values, where there is one.
    pub(super) packed: Option<usize>,
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
    let are_pixels = cells.len() >= FEWEST && (are_numbers(&cells) || named(&cells).is_some());
    are_pixels || packed::column(&cells, second_line(head), between(line)).is_some()
}

impl Layout {
    /// Of a table that begins with `head`, which holds its first line and some more.
    pub(super) fn of(head: &[u8], shape: &ShapeOptions) -> Result<Self, ImageFault> {
        let mark = head.len() - without_mark(head).len();
        let line = first_line(head);
        let between = between(line);
        let cells = cells(line, between);
        if let Some((places, shape)) = named(&cells) {
            return Ok(Self::with_heading(head, cells, places, None, shape));
        }
        if let Some((column, values)) = packed::column(&cells, second_line(head), between) {
            if !holds(values, shape) {
                return Err(packed::no_drawing(&cells, column, values, shape.size));
            }
            let places = vec![None; cells.len()];
            return Ok(Self::with_heading(head, cells, places, Some(column), vec![values]));
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
            packed: None,
            names: Vec::new(),
            keys: vec![quoted("label"); count],
            shape: vec![values],
            data_offset: mark as u64,
            first_line: 1,
            told: told.into_iter().collect(),
        })
    }

    /// Of a table with a heading of these cells.
    fn with_heading(
        head: &[u8],
        cells: Vec<String>,
        places: Vec<Option<usize>>,
        packed: Option<usize>,
        shape: Vec<usize>,
    ) -> Self {
        let between = between(first_line(head));
        let keys = distinct(&cells).iter().map(|name| quoted(name)).collect();
        let data_offset = (head.len() - after_first(head).len()) as u64;
        Self { between, places, packed, names: cells, keys, shape, data_offset, first_line: 2, told: Vec::new() }
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
        self.packed.map_or_else(|| self.places.iter().flatten().count(), |_| self.shape.iter().product())
    }

    /// Whether it has columns besides pixels.
    pub(super) fn has_others(&self) -> bool {
        self.places.iter().flatten().count() + usize::from(self.packed.is_some()) < self.places.len()
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

/// What lies behind the first line.
fn after_first(head: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', head).and_then(|at| head.get(at + 1..)).unwrap_or_default()
}

/// The first line behind the heading that is not blank, as far as it is known.
fn second_line(head: &[u8]) -> &[u8] {
    let mut lines = after_first(head).split(|byte| *byte == b'\n');
    lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default()
}

/// The cells of a line.
pub(super) fn cells(line: &[u8], between: u8) -> Vec<String> {
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
