//! CIFAR's batches as Python 2 pickled them: a dictionary of rows of 3,072 bytes, the planes of 32 × 32 pixels in colour, and lists of
//! their labels. Names of labels lie beside them in pickles of their own. Any other pickle is refused: nothing in one is ever called.

use std::collections::HashMap;
use std::io::{BufReader, Read};
use std::ops::Range;

use super::BESIDE_RECORDS;
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use super::pickle::{self, Array, Flaw, Letters, Most, Pickle, Value};
use crate::data::array::{ArrayHeader, ArrayProbe, Axes, ShapeOptions};
use crate::data::file::{FileFault, Making, PlainFile, Spool};
use crate::data::report::Severity;
use crate::data::source::{Element, ImageError, ImageFault, LinesMaking, RecordLines, Stored};
use crate::words::{counted, shown_text};

pub(super) const FORMAT: Format = Format::opened(
    "cifar python",
    Sign::File(is_batch),
    Reader {
        endings: &["_batch", "_batch_1", "_batch_2", "_batch_3", "_batch_4", "_batch_5"],
        is_worth: |_| false,
        open,
        holds_arrays: false,
    },
)
.no_records("a batch of CIFAR", BESIDE_RECORDS);

/// Ten times what a batch of 50,000 drawings takes.
const MOST: Most = Most { steps: 2_000_000, kept: 2_000_000 };
/// Values of a drawing.
const VALUES: i64 = 3072;
/// The longest key and the longest name, in bytes.
const MOST_TEXT: u64 = 4096;
/// Bytes that are decoded at a time.
const BLOCK_BYTES: usize = 1 << 20;

/// A list of a batch, and the column that it becomes.
struct Known {
    list: &'static str,
    column: &'static str,
    /// Where the names of its values lie: a file beside the batch, and the key in it.
    names: Option<(&'static str, &'static str)>,
}

const fn known(list: &'static str, column: &'static str, names: Option<(&'static str, &'static str)>) -> Known {
    Known { list, column, names }
}

const LISTS: [Known; 4] = [
    known("labels", "label", Some(("batches.meta", "label_names"))),
    known("fine_labels", "label", Some(("meta", "fine_label_names"))),
    known("coarse_labels", "coarse_label", Some(("meta", "coarse_label_names"))),
    known("filenames", "file_name", None),
];

fn is_batch(file: &PlainFile) -> Result<bool, ImageError> {
    Ok(batch(file)?.is_ok())
}

/// What a pickle asks for that is not known; `None` where it is refused for another reason.
pub(super) fn other_global(file: &PlainFile) -> Option<ImageFault> {
    let Ok(Err(Flaw::Global(name))) = batch(file) else { return None };
    Some(ImageFault::Archive {
        what: format!("a Python pickle, which asks for {}", shown_text(&name, 60)),
        advice: "load it in Python and save the array with numpy.save as .npy".to_owned(),
    })
}

/// A batch that was read, but for its values.
struct Batch {
    pickle: Pickle,
    dict: HashMap<String, Value>,
    array: Array,
    rows: usize,
}

/// Reads a pickle as a batch; what keeps it from being one is the inner error.
fn batch(file: &PlainFile) -> Result<Result<Batch, Flaw>, ImageError> {
    let mut head = [0; 2];
    let got = file.read_up_to_at(&mut head, 0)?;
    if got < head.len() || !matches!(head, [0x80, 2..=3]) {
        return Ok(Err(Flaw::Form));
    }
    match batch_of(file) {
        Err(Flaw::File(error)) if error.fault.is_of_the_machine() => Err(error.into()),
        read => Ok(read),
    }
}

fn batch_of(file: &PlainFile) -> Result<Batch, Flaw> {
    let (pickle, dict) = dictionary(file)?;
    let Some(Value::Array(array)) = dict.get("data") else { return Err(Flaw::Form) };
    let array = pickle.arrays.get(*array).cloned().ok_or(Flaw::Form)?;
    let dtype = array.dtype.clone().and_then(|dtype| text(file, &dtype.name)).ok_or(Flaw::Form)?;
    let (&[rows, VALUES], "u1" | "|u1") = (array.shape.as_slice(), dtype.as_str()) else { return Err(Flaw::Form) };
    let rows = usize::try_from(rows).map_err(|_| Flaw::Form)?;
    Ok(Batch { pickle, dict, array, rows })
}

/// The dictionary that a pickle is, by its keys; the later of equal ones.
fn dictionary(file: &PlainFile) -> Result<(Pickle, HashMap<String, Value>), Flaw> {
    let (pickle, Value::Dict(dict)) = pickle::read(file, MOST)? else { return Err(Flaw::Form) };
    let dict = pickle.dicts.get(dict).map(Vec::as_slice).unwrap_or_default();
    let named = dict.iter().filter_map(|(key, value)| Some((text_of(file, key)?, value.clone()))).collect();
    Ok((pickle, named))
}

/// A short text.
fn text_of(file: &PlainFile, value: &Value) -> Option<String> {
    match value {
        Value::Bytes(range) | Value::Letters(range) => text(file, range),
        _ => None,
    }
}

fn text(file: &PlainFile, range: &Range<u64>) -> Option<String> {
    let mut bytes = vec![0; (range.end - range.start).min(MOST_TEXT) as usize];
    file.read_exact_at(&mut bytes, range.start).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn open(file: PlainFile, _head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let damaged = || ImageFault::Header { of: "pickle", what: "is damaged; get it again".to_owned() };
    let batch = batch(&file)?.map_err(|_| damaged().at(file.path()))?;
    let (records, told) = records(&file, &batch, how.spool)?;
    let Array { fortran_order, data, .. } = batch.array;
    let content = match data {
        Some(Value::Bytes(range)) => file.part(range),
        Some(Value::Letters(range)) => decoded(&file, range, how.spool)?,
        _ => return Err(damaged().at(file.path())),
    };
    let stored = Stored { element: Element::U8, big_endian: false };
    let header = ArrayHeader { stored, shape: vec![batch.rows, VALUES as usize], fortran_order, data_offset: 0 };
    let by_planes = ShapeOptions { size: None, axes: Some(Axes::rows_of_planes()) };
    let mut probe =
        ArrayProbe::of(content, header, if *how.shape == ShapeOptions::default() { &by_planes } else { how.shape })?;
    if let Some(records) = records {
        probe.take_records(records.rows(), Box::new(records));
    }
    Ok(Opened { chosen: told, ..Opened::array(probe) })
}

/// What is said of the lists of a batch.
type Told = Vec<(Severity, String)>;

/// The lists of a batch as records; those of another length are left out.
fn records(file: &PlainFile, batch: &Batch, spool: &Spool) -> Result<(Option<RecordLines>, Told), ImageError> {
    let mut told = Vec::new();
    let mut columns = Vec::new();
    for Known { list, column, names } in LISTS {
        let Some(Value::List(number)) = batch.dict.get(list) else { continue };
        let values = batch.pickle.lists.get(*number).map(Vec::as_slice).unwrap_or_default();
        if values.len() == batch.rows {
            let names = names.map_or_else(Vec::new, |(beside, key)| names_of(file, beside, key, spool));
            let key = serde_json::Value::from(column).to_string();
            columns.push((key, values, names));
        } else {
            let these = counted(values.len() as u64, "value", "values");
            told.push((
                Severity::Warning,
                format!("its {list} are left out: they are {these}, and the drawings {}", batch.rows),
            ));
        }
    }
    if columns.is_empty() {
        return Ok((None, told));
    }
    let mut making = LinesMaking::begin(file, spool)?;
    for row in 0..batch.rows {
        let cells = columns.iter().filter_map(|(key, values, names)| {
            let value = match values.get(row)? {
                Value::Int(label) => {
                    let name = usize::try_from(*label).ok().and_then(|label| names.get(label));
                    name.map_or_else(|| serde_json::Value::from(*label), |name| name.as_str().into())
                }
                other => text_of(file, other)?.into(),
            };
            Some(format!("{key}:{value}"))
        });
        making.push(&format!("{{{}}}", cells.collect::<Vec<_>>().join(",")))?;
    }
    Ok((Some(making.finish()?), told))
}

/// The names of labels in a pickle beside the batch; none where it cannot be read as one.
fn names_of(batch: &PlainFile, beside: &str, key: &str, spool: &Spool) -> Vec<String> {
    let read = || -> Option<Vec<String>> {
        let file = PlainFile::open(&batch.path().with_file_name(beside), spool, &|_| false).ok()?;
        let (pickle, dict) = dictionary(&file).ok()?;
        let Some(Value::List(names)) = dict.get(key) else { return None };
        pickle.lists.get(*names)?.iter().map(|name| text_of(&file, name)).collect()
    };
    read().unwrap_or_default()
}

/// Bytes that were written as a text of as many letters.
fn decoded(file: &PlainFile, range: Range<u64>, spool: &Spool) -> Result<PlainFile, ImageError> {
    let bad = || ImageFault::Header { of: "pickle", what: "gives values that are no bytes: it is damaged".to_owned() };
    let mut making = Making::begin(file, spool)?;
    let mut source = BufReader::new(file.reader(range));
    let (mut block, mut decoded) = (vec![0; BLOCK_BYTES], Vec::with_capacity(BLOCK_BYTES));
    let mut letters = Letters::default();
    loop {
        let got = match source.read(&mut block) {
            Ok(0) => break,
            Ok(got) => got,
            Err(error) => return Err(FileFault::Io { doing: "read", error }.at(file.path()).into()),
        };
        decoded.clear();
        if !letters.decode(block.get(..got).unwrap_or_default(), &mut decoded) {
            return Err(bad().at(file.path()));
        }
        making.write(&decoded)?;
    }
    if !letters.is_whole() {
        return Err(bad().at(file.path()));
    }
    Ok(making.finish("its drawings")?)
}
