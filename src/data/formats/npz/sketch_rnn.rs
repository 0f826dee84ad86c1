//! sketch-rnn's form: arrays `train`, `valid` and `test` of Python objects, each the movements of a pen, an array (n, 3) of steps to the
//! right, steps down, and whether the pen is lifted there (<https://github.com/magenta/magenta/tree/main/magenta/models/sketch_rnn>).
//!
//! They become records, a line of JSON each, whose strokes are rendered, replayed and measured as those of any other.

use std::fmt::Write as _;

use super::{Archive, NamedArray, arrays, head, is_npz, members};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::formats::arrays::Arrays;
use crate::data::formats::npy;
use crate::data::formats::pickle::{self, Array, Flaw, Letters, Most, Pickle, Value};
use crate::data::source::{ImageError, ImageFault, Stored};
use crate::data::strokes::MOST_POINTS;
use crate::words::{shown_text, thousands};

/// The arrays, in the order of the rows.
const SPLITS: [&str; 3] = ["train", "valid", "test"];
/// The fewest bytes that a drawing takes in a pickle, and the most drawings of an array.
const FEWEST_BYTES: u64 = 32;
const MOST_ROWS: u64 = 400_000;
/// The side of the canvas of simplified strokes; drawings that are nearly as large are left as they are.
const SIDE: f64 = 255.0;
const NEARLY: f64 = 250.0;
/// The largest coordinate, as of other strokes.
const MOST_UNITS: f64 = 1e9;

/// Whether an archive is one.
fn is_one(arrays: &Arrays) -> bool {
    let is_split = |array: &NamedArray| SPLITS.contains(&array.name.as_str()) && array.cells.is_none();
    arrays.is_all() && arrays.iter().next().is_some() && arrays.iter().all(is_split)
}

/// The records of a file of this form, kept in `spool`: `split`, and `drawing` as lists of x and y from the top left corner, along the
/// longer side 255. `None` of any other file. Fails where its arrays hold something else, or cannot be read.
pub(in crate::data) fn sketches(file: &PlainFile, spool: &Spool) -> Result<Option<PlainFile>, ImageError> {
    if !is_npz(&head(file)?) {
        return Ok(None);
    }
    let Some(members) = members(file) else { return Ok(None) };
    let found = arrays::arrays(file, &members, None);
    if !is_one(&found) {
        return Ok(None);
    }
    let archive = Archive { file: file.again(), members };
    let mut contents = Vec::new();
    for split in SPLITS {
        for array in found.iter().filter(|array| array.name == split) {
            // What else is unpacked waits while something is being made.
            contents.push((split, archive.unpacked(array.number, spool, |_| true)?));
        }
    }
    let mut making = Making::begin(file, spool)?;
    for (split, (content, head)) in &contents {
        let refused = |what: String, advice: &str| {
            let what = format!("a sketch-rnn archive whose array {split} {what}");
            ImageFault::Archive { what, advice: advice.to_owned() }.at(file.path())
        };
        let flawed = |flaw| match flaw {
            Flaw::File(error) => error.into(),
            Flaw::Global(name) => {
                refused(format!("asks for {}", shown_text(&name, 60)), "get it from where it was published")
            }
            Flaw::Form => refused("is no list of drawings".to_owned(), "it is damaged; get it again"),
        };
        let Drawings { content, pickle, list } = Drawings::read(content, head).map_err(flawed)?;
        let mut bytes_left = content.len();
        let mut steps = Steps::default();
        for (number, drawing) in list.iter().enumerate() {
            let array = if let Value::Array(array) = drawing { pickle.arrays.get(*array) } else { None };
            let read = array.ok_or(Flaw::Form).and_then(|array| steps.read(&content, array, &mut bytes_left));
            match read {
                Ok(()) => making.write(steps.record(split).as_bytes())?,
                Err(Flaw::File(error)) => return Err(error.into()),
                Err(_) => {
                    let what = format!(
                        "holds something else than arrays (n, 3) of numbers, of at most {} points: its number {number}",
                        thousands(MOST_POINTS as u64)
                    );
                    return Err(refused(what, "it is damaged, or of another form; save strokes as .ndjson"));
                }
            }
        }
    }
    Ok(Some(making.finish("its strokes, as records")?))
}

/// The drawings of an array.
struct Drawings {
    /// The pickle as a file.
    content: PlainFile,
    pickle: Pickle,
    list: Vec<Value>,
}

impl Drawings {
    /// Of an array that begins with `head`.
    fn read(array: &PlainFile, head: &[u8]) -> Result<Self, Flaw> {
        let (rows, data_offset) = npy::objects_of(head).ok_or(Flaw::Form)?;
        let content = array.again().part(data_offset..array.len());
        if rows > MOST_ROWS.min(content.len() / FEWEST_BYTES) {
            return Err(Flaw::Form);
        }
        // Some three times what numpy takes.
        let most = Most { steps: 4096 + 100 * rows, kept: 4096 + 32 * rows as usize };
        let (mut pickle, whole) = pickle::read(&content, most)?;
        let list = match whole {
            Value::Array(array) => pickle.arrays.get(array).and_then(|array| array.data.clone()),
            list => Some(list),
        };
        let Some(Value::List(list)) = list else { return Err(Flaw::Form) };
        let list = pickle.lists.get_mut(list).map(std::mem::take).unwrap_or_default();
        if list.len() as u64 != rows {
            return Err(Flaw::Form);
        }
        Ok(Self { content, pickle, list })
    }
}

/// The steps of one drawing, filled again and again.
#[derive(Debug, Default)]
struct Steps {
    bytes: Vec<u8>,
    letters: Vec<u8>,
    /// Right, down, whether the pen is lifted; one after the other.
    numbers: Vec<f64>,
    /// The record.
    line: String,
}

impl Steps {
    /// Reads an array; all together may take `left` bytes: no bytes count twice.
    fn read(&mut self, content: &PlainFile, array: &Array, left: &mut u64) -> Result<(), Flaw> {
        let (Some(dtype), [points, 3]) = (&array.dtype, array.shape.as_slice()) else { return Err(Flaw::Form) };
        let points = usize::try_from(*points).ok().filter(|points| *points <= MOST_POINTS).ok_or(Flaw::Form)?;
        let name = pickle::short_text(content, dtype.name.clone())?;
        let Stored { element, .. } = npy::stored_of_name(&name).ok_or(Flaw::Form)?;
        let stored = Stored { element, big_endian: dtype.big_endian };
        let (range, are_letters) = match &array.data {
            Some(Value::Bytes(range)) => (range.clone(), false),
            Some(Value::Letters(range)) => (range.clone(), true),
            _ => return Err(Flaw::Form),
        };
        let (len, bytes) = (range.end - range.start, points * 3 * element.bytes());
        *left = left.checked_sub(len).ok_or(Flaw::Form)?;
        // Letters take up to two bytes each.
        if len < bytes as u64 || len > 2 * bytes as u64 {
            return Err(Flaw::Form);
        }
        self.bytes.resize(len as usize, 0);
        content.read_exact_at(&mut self.bytes, range.start)?;
        if are_letters {
            self.letters.clear();
            let mut letters = Letters::default();
            if !letters.decode(&self.bytes, &mut self.letters) || !letters.is_whole() {
                return Err(Flaw::Form);
            }
            std::mem::swap(&mut self.bytes, &mut self.letters);
        }
        if self.bytes.len() != bytes {
            return Err(Flaw::Form);
        }
        self.numbers.clear();
        stored.for_each(&self.bytes, |number| self.numbers.push(number));
        if array.fortran_order {
            let at = |of: usize| self.numbers.get(of % 3 * points + of / 3).copied().unwrap_or_default();
            self.numbers = (0..points * 3).map(at).collect();
        }
        Ok(())
    }

    /// The record of the drawing that was read, with its line end.
    fn record(&mut self, split: &str) -> &str {
        let (mut at, mut low, mut high) = ([0.0; 2], [f64::MAX; 2], [f64::MIN; 2]);
        let mut is_within = true;
        for step in self.numbers.chunks_exact_mut(3) {
            for axis in [0, 1] {
                at[axis] += step[axis];
                step[axis] = at[axis];
                is_within &= at[axis].abs() <= MOST_UNITS;
                (low[axis], high[axis]) = (low[axis].min(at[axis]), high[axis].max(at[axis]));
            }
        }
        let extent = (high[0] - low[0]).max(high[1] - low[1]);
        let scale = if (NEARLY..=SIDE).contains(&extent) || extent <= 0.0 { 1.0 } else { SIDE / extent };
        self.line.clear();
        self.line.extend(["{\"split\":\"", split, "\""]);
        if !is_within {
            // Which no drawing has: it is said where strokes are read.
            self.line.push_str(",\"drawing\":[[[1e999],[1e999]]]");
        } else if !self.numbers.is_empty() {
            self.line.push_str(",\"drawing\":[");
            let points: Vec<&[f64]> = self.numbers.chunks_exact(3).collect();
            for (number, stroke) in points.split_inclusive(|point| point[2] > 0.5).enumerate() {
                self.line.push_str(if number == 0 { "[" } else { ",[" });
                for axis in [0, 1] {
                    for (number, point) in stroke.iter().enumerate() {
                        let before = match (axis, number) {
                            (0, 0) => "[",
                            (_, 0) => "],[",
                            _ => ",",
                        };
                        // A hundredth of a unit is the 2,000th part of a pixel.
                        let value = ((point[axis] - low[axis]) * scale * 100.0).round() / 100.0;
                        let _ = write!(self.line, "{before}{value}");
                    }
                }
                self.line.push_str("]]");
            }
            self.line.push(']');
        }
        self.line.push_str("}\n");
        &self.line
    }
}
