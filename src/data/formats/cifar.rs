//! The binary batches of CIFAR-10 and CIFAR-100: records of one or two labels and 3,072 bytes, the planes of 32 × 32 pixels in colour.
//!
//! They have no sign of their own: known they are by their ending, their length, and labels that are as they must be. Names of labels
//! lie beside them in text files.

use std::ops::Range;
use std::path::Path;

use super::BESIDE_RECORDS;
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::{Drawings, Opened};
use crate::data::array::Axes;
use crate::data::columns::{Batch, BatchBuilder, Scalar};
use crate::data::file::{PlainFile, Spool};
use crate::data::source::{Element, ImageError, ImageSource, MAX_ROWS, OwnRecords, Reread, refuse_unless_within};

pub(super) const FORMAT: Format = Format::opened(
    "cifar",
    Sign::File(is_batch),
    Reader {
        endings: &["_batch.bin", "_batch_1.bin", "_batch_2.bin", "_batch_3.bin", "_batch_4.bin", "_batch_5.bin"],
        is_worth: |_| false,
        open,
        holds_arrays: false,
    },
)
.or_named(is_named_batch)
.no_records("a batch of CIFAR", BESIDE_RECORDS);

/// Pixels a side.
const SIDE: usize = 32;
/// Bytes of a plane.
const PLANE: usize = SIDE * SIDE;
/// Bytes of a drawing in the file, and as it is read.
const PLANES: usize = 3 * PLANE;
const SHOWN: usize = 4 * PLANE;
/// Records whose labels are looked at.
const LOOKED_AT: u64 = 64;
/// Bytes of the file that are held at a time.
const BLOCK_BYTES: usize = 4 << 20;
/// The longest file of names that is read.
const NAMES_BYTES: u64 = 64 << 10;

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One label of 10.
    Ten,
    /// A coarse label of 20 and a fine one of 100.
    Hundred,
}

impl Kind {
    /// Columns in the order of their bytes: name, labels below this, and the file of their names.
    fn columns(self) -> &'static [(&'static str, u8, &'static str)] {
        match self {
            Self::Ten => &[("label", 10, "batches.meta.txt")],
            Self::Hundred => &[("coarse_label", 20, "coarse_label_names.txt"), ("label", 100, "fine_label_names.txt")],
        }
    }

    fn labels(self) -> usize {
        self.columns().len()
    }

    fn record_bytes(self) -> usize {
        self.labels() + PLANES
    }

    /// Whether a file of this length holds such records, as far as the labels of some of them show.
    fn fits(self, file: &PlainFile) -> Result<bool, ImageError> {
        let record = self.record_bytes() as u64;
        let rows = file.len() / record;
        if rows == 0 || !file.len().is_multiple_of(record) || rows > u64::from(MAX_ROWS) {
            return Ok(false);
        }
        for number in 0..LOOKED_AT.min(rows) {
            let row = if rows <= LOOKED_AT { number } else { (rows - 1) * number / (LOOKED_AT - 1) };
            let mut labels = [0; 2];
            let labels = labels.get_mut(..self.labels()).unwrap_or_default();
            file.read_exact_at(labels, row * record)?;
            if labels.iter().zip(self.columns()).any(|(label, (_, below, _))| label >= below) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether a file is called as the two batches of CIFAR-100 are, beside the names of their labels.
fn is_named_batch(path: &Path) -> bool {
    let is_named = ["train.bin", "test.bin"].iter().any(|name| path.file_name().is_some_and(|own| own == *name));
    is_named && Kind::Hundred.columns().iter().any(|(_, _, names)| path.with_file_name(names).is_file())
}

fn kind_of(file: &PlainFile) -> Result<Option<Kind>, ImageError> {
    let is_named = file.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("bin"));
    for kind in [Kind::Ten, Kind::Hundred] {
        if is_named && kind.fits(file)? {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

fn is_batch(file: &PlainFile) -> Result<bool, ImageError> {
    Ok(kind_of(file)?.is_some())
}

fn open(file: PlainFile, _head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let kind = kind_of(&file)?.unwrap_or(Kind::Ten);
    let rows = u32::try_from(file.len() / kind.record_bytes() as u64).unwrap_or(MAX_ROWS);
    let names =
        kind.columns().iter().map(|(_, below, name)| names(&file.path().with_file_name(name), *below, how.spool));
    let names = names.collect();
    Ok(Opened::new(FORMAT.name, Drawings::Source(Box::new(CifarBatch { file, kind, rows, names }))))
}

/// The names of labels, one a line; none where they are not there, or fewer than there are labels.
fn names(path: &Path, labels: u8, spool: &Spool) -> Vec<String> {
    let read = || -> Option<Vec<u8>> {
        let file = PlainFile::open(path, spool, &|_| false).ok().filter(|file| file.len() <= NAMES_BYTES)?;
        let mut bytes = vec![0; file.len() as usize];
        file.read_exact_at(&mut bytes, 0).ok()?;
        Some(bytes)
    };
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let names: Vec<String> = text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.len() < usize::from(labels) { Vec::new() } else { names }
}

/// A batch of drawings with their labels.
#[derive(Debug)]
struct CifarBatch {
    file: PlainFile,
    kind: Kind,
    rows: u32,
    /// Of each column's labels, where they are known.
    names: Vec<Vec<String>>,
}

impl CifarBatch {
    /// Hands on whole records, each with its number counted from the first.
    fn records(&self, first: u32, rows: u32, on: &mut dyn FnMut(usize, &[u8])) -> Result<(), ImageError> {
        let record = self.kind.record_bytes();
        let at_once = (BLOCK_BYTES / record) as u32;
        self.file.check_unchanged()?;
        let mut block = Vec::new();
        let mut done = 0;
        while done < rows {
            let count = at_once.min(rows - done);
            block.resize(count as usize * record, 0);
            self.file.read_exact_at(&mut block, u64::from(first + done) * record as u64)?;
            block.chunks(record).zip(done as usize..).for_each(|(record, number)| on(number, record));
            done += count;
        }
        Ok(self.file.check_unchanged()?)
    }

    /// Column by column what a record says.
    fn labels<'a>(&'a self, record: &'a [u8]) -> impl Iterator<Item = (&'static str, Scalar<'a>)> {
        self.kind.columns().iter().zip(record).zip(&self.names).map(|(((name, ..), label), names)| {
            let named = names.get(usize::from(*label)).map(|name| Scalar::Text(name.as_str().into()));
            (*name, named.unwrap_or(Scalar::Unsigned((*label).into())))
        })
    }
}

impl ImageSource for CifarBatch {
    fn rows(&self) -> u32 {
        self.rows
    }

    fn height(&self) -> u32 {
        SIDE as u32
    }

    fn width(&self) -> u32 {
        SIDE as u32
    }

    fn channels(&self) -> u32 {
        4
    }

    fn file_channels(&self) -> u32 {
        3
    }

    fn element(&self) -> Element {
        Element::U8
    }

    fn axes(&self) -> Axes {
        Axes::rows_of_planes()
    }

    fn reread(&self) -> Reread {
        if self.file.is_copy() { Reread::Spool } else { Reread::Seek }
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        refuse_unless_within(self, first, out.len())?;
        let labels = self.kind.labels();
        self.records(first, (out.len() / SHOWN) as u32, &mut |number, record| {
            let planes = record.get(labels..).unwrap_or_default();
            let (red, rest) = planes.split_at(PLANE.min(planes.len()));
            let (green, blue) = rest.split_at(PLANE.min(rest.len()));
            let drawing = out.get_mut(number * SHOWN..(number + 1) * SHOWN).unwrap_or_default();
            let pixels = red.iter().zip(green).zip(blue);
            for (((red, green), blue), pixel) in pixels.zip(drawing.as_chunks_mut::<4>().0) {
                *pixel = [*red, *green, *blue, 255];
            }
        })
    }

    fn path(&self) -> Option<&Path> {
        Some(self.file.path())
    }

    fn own_records(&self) -> Option<&dyn OwnRecords> {
        Some(self)
    }

    fn note(&self) -> Option<&str> {
        self.file.note()
    }

    fn fate(&self) -> Option<String> {
        self.file.fate()
    }
}

impl OwnRecords for CifarBatch {
    fn bytes(&self) -> u64 {
        u64::from(self.rows) * self.kind.labels() as u64
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        let mut builder = BatchBuilder::new();
        self.records(rows.start, rows.end.saturating_sub(rows.start), &mut |_, record| {
            builder.push_row();
            for (name, label) in self.labels(record) {
                if let Some(slot) = builder.slot(name) {
                    builder.set_slot(slot, &label);
                }
            }
        })?;
        Ok(builder.finish())
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        let mut line = serde_json::Map::new();
        self.records(row, 1, &mut |_, record| {
            for (name, label) in self.labels(record) {
                let value = match label {
                    Scalar::Text(text) => text.into_owned().into(),
                    Scalar::Unsigned(label) => label.into(),
                    _ => serde_json::Value::Null,
                };
                line.insert(name.to_owned(), value);
            }
        })?;
        Ok(serde_json::Value::Object(line).to_string())
    }
}
