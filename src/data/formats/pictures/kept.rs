//! Pictures in their cells, kept on the disk: when a set is opened again, nothing of what is there is decoded.
//!
//! A picture is known again by the path, the length and the time stamp of its file, and by where it lies in that; where a range decides
//! what it looks like, also by this. What is kept is exactly what was drawn; each cell has a sum of its own, and a cell that does not fit
//! it is drawn from the picture.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `inkcell` and a 0 |
//! | 4 | version of this form and of how pictures become cells |
//! | 8 | height and width of a cell |
//! | 4 | number of pictures |
//! | 56 each | pictures: [`Record`] |
//! | 8 | XXH3 (64 bits) of all before |
//! | … | their cells, in the same order |
//!
//! Numbers have their lowest byte first.

mod cells;
mod keeping;
mod record;

pub(super) use cells::Cells;

use std::collections::HashMap;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_64;

use super::decode::Header;
use super::fit::Cell;
use crate::data::file::PlainFile;
use crate::data::source::Ends;
use crate::kept::{Content, Folder, note_use, remove_wrong};
use record::{RECORD_BYTES, Record};

const BEGINNING: [u8; 8] = *b"inkcell\0";
/// Whoever changes this form, or what a picture looks like in its cell, adds 1 here.
const VERSION: u32 = 3;
/// Bytes before the pictures, and those of the sum behind them.
const HEAD_BYTES: u64 = 24;
const SUM_BYTES: u64 = 8;
/// What an entry is called.
const NAME: &str = "cells";

/// Which entry it is: by what was named.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    folder: Folder,
    content: Content,
}

/// Cells from an earlier time.
#[derive(Debug)]
pub(super) struct Kept {
    file: PlainFile,
    cell: Cell,
    pictures: u32,
    records: HashMap<u128, (u32, Record)>,
}

/// A cell that is kept: its number, and the sum of its values.
#[derive(Clone, Copy, Debug)]
struct KeptCell {
    number: u32,
    sum: u64,
    ends: Option<Ends>,
}

impl Entry {
    /// The entry of a set of what was named, in this order.
    pub(super) fn of<'a>(folder: &Folder, named: impl Iterator<Item = &'a Path>) -> Option<Self> {
        let mut all = Vec::new();
        for path in named {
            let path: PathBuf = std::path::absolute(path).ok()?;
            all.extend_from_slice(path.as_os_str().as_encoded_bytes());
            all.push(0);
        }
        Some(Self { folder: folder.clone(), content: Content::of(&all) })
    }

    /// What is kept; `None` where there is nothing, or where it is damaged or of another version: then it is removed.
    pub(super) fn open(&self) -> Option<Kept> {
        let (file, meta) = self.folder.open(self.content, NAME)?;
        note_use(&file);
        drop(file);
        let path = self.folder.file(self.content, NAME).ok()?;
        let kept = Kept::read(PlainFile::open_packed(&path).ok()?);
        if kept.is_none() {
            remove_wrong(&path, &meta);
        }
        kept
    }

    /// Bytes that the cells of so many pictures take.
    fn bytes(pictures: usize, cell: Cell) -> u64 {
        cells_at(pictures as u64).saturating_add((pictures as u64).saturating_mul(cell.bytes() as u64))
    }
}

/// Where the cells of so many pictures begin.
fn cells_at(pictures: u64) -> u64 {
    HEAD_BYTES.saturating_add(pictures.saturating_mul(RECORD_BYTES as u64)).saturating_add(SUM_BYTES)
}

/// The beginning of an entry.
fn head(cell: Cell, pictures: u32) -> [u8; HEAD_BYTES as usize] {
    let mut head = [0; HEAD_BYTES as usize];
    let numbers = [VERSION, cell.height, cell.width, pictures].map(u32::to_le_bytes);
    let bytes = BEGINNING.iter().chain(numbers.as_flattened());
    head.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
    head
}

impl Kept {
    fn read(file: PlainFile) -> Option<Self> {
        let mut start = [0; HEAD_BYTES as usize];
        file.read_exact_at(&mut start, 0).ok()?;
        let number = |at: usize| Some(u32::from_le_bytes(*start.get(at..)?.first_chunk()?));
        let (cell, pictures) = (Cell { height: number(12)?, width: number(16)? }, number(20)?);
        let is_cell = (1..=256).contains(&cell.height) && (1..=256).contains(&cell.width);
        // As many pictures as the file is long for: what it claims is not believed.
        if start != head(cell, pictures) || !is_cell || file.len() != Entry::bytes(pictures as usize, cell) {
            return None;
        }
        let mut table = vec![0; (cells_at(pictures.into()) - HEAD_BYTES) as usize];
        file.read_exact_at(&mut table, HEAD_BYTES).ok()?;
        let (records, sum) = table.split_last_chunk::<{ SUM_BYTES as usize }>()?;
        if table_sum(&start, records) != u64::from_le_bytes(*sum) {
            return None;
        }
        let records = records.chunks_exact(RECORD_BYTES).zip(0..);
        let records = records.filter_map(|(bytes, number)| {
            let (key, record) = Record::read(bytes)?;
            Some((key, (number, record)))
        });
        Some(Self { cell, pictures, records: records.collect(), file })
    }

    /// What is kept of a picture.
    fn record(&self, key: u128) -> Option<&(u32, Record)> {
        self.records.get(&key)
    }

    /// The header of a picture.
    pub(super) fn header(&self, key: u128) -> Option<Header> {
        Some(self.record(key)?.1.header)
    }

    /// Whether it was found that a picture cannot be decoded.
    fn is_odd(&self, key: u128) -> bool {
        self.record(key).is_some_and(|(_, record)| record.sum.is_none())
    }

    /// The cell of a picture, where cells are such.
    fn cell(&self, key: u128, cell: Cell) -> Option<KeptCell> {
        let (number, record) = self.record(key).filter(|_| self.cell == cell)?;
        Some(KeptCell { number: *number, sum: record.sum?, ends: record.ends })
    }

    /// Reads a cell; false where it is not what was kept: then it says nothing.
    fn draw(&self, kept: KeptCell, out: &mut [u8]) -> bool {
        let offset = cells_at(self.pictures.into()) + u64::from(kept.number) * out.len() as u64;
        out.len() == self.cell.bytes()
            && self.file.read_exact_at(out, offset).is_ok()
            && XxHash3_64::oneshot(out) == kept.sum
    }
}

/// The sum of the head and the pictures.
fn table_sum(head: &[u8], records: &[u8]) -> u64 {
    let mut sum = XxHash3_64::new();
    sum.write(head);
    sum.write(records);
    sum.finish()
}
