//! Tables as text of which each line is a drawing: `label,pixel0,pixel1,…`, as Kaggle publishes MNIST and its kin, or with all pixels in
//! one cell.
//!
//! Values are written into the spool as an array of `(N, k)`, all lines in parallel, block by block; the other columns become records.

mod label;
mod layout;
mod line;
mod names;
mod number;
mod packed;

use std::ops::Range;

use memchr::memchr_iter;
use rayon::prelude::*;

use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::array::{ArrayHeader, ArrayProbe, ShapeOptions, shown};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::joined::{Held, all_again, missing_words};
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault, LinesMaking, RecordLines};

use layout::Layout;
use line::{Fault, Lines, Parsed};
use number::Width;

pub(super) const FORMAT: Format = Format::opened(
    "csv",
    Sign::Is(layout::may_be),
    Reader { endings: &[".csv", ".tsv"], is_worth: |_| true, open, holds_arrays: false },
)
.last_in_folders()
.no_records("a table of pixels", "name it as the bitmaps, and an .ndjson file as the records");

/// The longest line.
const MOST_LINE_BYTES: usize = 16 << 20;
/// Bytes of text that are held at a time, or one line where that is more.
const BLOCK_BYTES: usize = 4 << 20;
/// Lines that are parsed in one go.
const LINES_AT_ONCE: usize = 64;

fn open(file: PlainFile, _head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let layout = Layout::of(&beginning(&file)?, how.shape).map_err(|fault| fault.at(file.path()))?;
    let held = vec![Held::default(); layout.places.len()];
    let mut table = Table { file, layout, held };
    let mut width = Width::U8;
    let Read { values, rows, records, held } = loop {
        match table.read(width, how.spool)? {
            Ok(read) => match all_again(&read.held) {
                // What words such as NA mean is known with the last line.
                Some(held) => table.held = held,
                None => break read,
            },
            // A value does not fit: from the first line on once more, in a wider type.
            Err(wider) => width = wider,
        }
    };
    let Table { file, layout, .. } = table;
    let words = missing_words(&held, |at| layout.names.get(at).map(String::as_str).or(Some("label")));
    let words = words.map(|text| (Severity::Info, text));
    let axes = how.shape.axes.clone().or_else(|| layout.axes().filter(|_| how.shape.size.is_none()));
    let shape: Vec<usize> = std::iter::once(rows).chain(layout.shape.iter().copied()).collect();
    if rows == 0 {
        return Err(ImageFault::NoDrawings { shape: shown(&shape) }.at(file.path()));
    }
    let header = ArrayHeader { stored: width.stored(), shape, fortran_order: false, data_offset: 0 };
    let mut probe = ArrayProbe::of(values, header, &ShapeOptions { axes, ..how.shape.clone() })?;
    if let Some(records) = records {
        probe.take_records(records.rows(), Box::new(records));
    }
    Ok(Opened { chosen: layout.told.into_iter().chain(words).collect(), ..Opened::array(probe) })
}

/// The first lines of a file: 1 MiB, or as much as the first line takes.
fn beginning(file: &PlainFile) -> Result<Vec<u8>, ImageError> {
    let mut head = Vec::new();
    loop {
        let more = if head.is_empty() { 1 << 20 } else { head.len() };
        let start = head.len();
        head.resize(start + more, 0);
        let got = file.read_up_to_at(head.get_mut(start..).unwrap_or_default(), start as u64)?;
        head.truncate(start + got);
        if got < more || head.contains(&b'\n') || head.len() > MOST_LINE_BYTES {
            return Ok(head);
        }
    }
}

/// What was read.
struct Read {
    /// As a file.
    values: PlainFile,
    /// How many lines they are of.
    rows: usize,
    /// What else stands in these, where there is anything.
    records: Option<RecordLines>,
    held: Vec<Held>,
}

/// A table of which it is known which columns are pixels.
struct Table {
    file: PlainFile,
    layout: Layout,
    /// What is known of the cells of each column.
    held: Vec<Held>,
}

impl Table {
    /// Reads all lines as values of a type; the type that is needed where that is another.
    fn read(&self, width: Width, spool: &Spool) -> Result<Result<Read, Width>, ImageError> {
        let beside = spool.another();
        let mut values = Making::begin(&self.file, spool)?;
        let mut records = self.layout.has_others().then(|| LinesMaking::begin(&self.file, &beside)).transpose()?;
        let (mut rows, mut number) = (0, self.layout.first_line);
        let mut offset = self.layout.data_offset;
        let (mut block, mut held) = (Vec::new(), self.held.clone());
        loop {
            let got = self.read_on(&mut block, offset)?;
            offset += got as u64;
            let whole = if got == 0 { block.len() } else { memchr::memrchr(b'\n', &block).map_or(0, |at| at + 1) };
            if whole == 0 && block.len() > MOST_LINE_BYTES {
                return Err(self.bad(number, "is longer than 16 MiB".to_owned()));
            }
            let text = block.get(..whole).unwrap_or_default();
            let lines = lines_of(text);
            for parsed in self.parse(text, &lines, width) {
                match parsed {
                    Ok(parsed) => {
                        values.write(&parsed.values)?;
                        rows += parsed.rows;
                        held.iter_mut().zip(&parsed.held).for_each(|(held, more)| held.join(more));
                        if let Some(records) = &mut records {
                            parsed.records.iter().try_for_each(|record| records.push(record))?;
                        }
                    }
                    Err((_, Fault::Wider(wider))) => return Ok(Err(wider)),
                    Err((line, Fault::Bad(what))) => return Err(self.bad(number + line as u64, what)),
                }
            }
            if got == 0 {
                break;
            }
            number += lines.len() as u64;
            block.drain(..whole);
        }
        let records = records.map(LinesMaking::finish).transpose()?;
        Ok(Ok(Read { values: values.finish("its pixels")?, rows, records, held }))
    }

    /// Appends what comes next in the file, and says how many bytes that are.
    fn read_on(&self, block: &mut Vec<u8>, offset: u64) -> Result<usize, ImageError> {
        let held = block.len();
        block.resize(held + BLOCK_BYTES, 0);
        let got = self.file.read_up_to_at(block.get_mut(held..).unwrap_or_default(), offset)?;
        block.truncate(held + got);
        Ok(got)
    }

    /// Parses lines on all cores; a fault comes with the number of its line among them.
    fn parse(&self, text: &[u8], lines: &[Range<usize>], width: Width) -> Vec<Result<Parsed, (usize, Fault)>> {
        let reader = Lines { layout: &self.layout, width, held: &self.held };
        let parse = |(chunk, lines): (usize, &[Range<usize>])| {
            reader.parse(text, lines).map_err(|(line, fault)| (chunk * LINES_AT_ONCE + line, fault))
        };
        lines.par_chunks(LINES_AT_ONCE).enumerate().map(parse).collect()
    }

    fn bad(&self, line: u64, what: String) -> ImageError {
        ImageFault::Line { line, what }.at(self.file.path())
    }
}

/// Where the lines of a text lie, their ends left out.
fn lines_of(text: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text).chain((!text.is_empty() && !text.ends_with(b"\n")).then_some(text.len()));
    ends.map(|end| {
        let line = start..end;
        start = end + 1;
        line
    })
    .collect()
}
