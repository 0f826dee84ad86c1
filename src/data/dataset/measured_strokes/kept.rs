//! What the strokes of a file of records say, kept on the disk: when the file is opened again, none of its lines is measured.
//!
//! A file is known again by its path, its length and its time stamp. Rows lie in blocks, each with a sum of its own, so that a part
//! of them is read without the others; a block that does not fit its sum is not believed.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `inkhand` and a 0 |
//! | 4 | version of this form and of what is measured |
//! | 4 | number of rows |
//! | 16 | by what the file is known again |
//! | 80 each, and 8 | blocks of up to 1,024 rows: ten floats of 64 bits each, no number where there is none; XXH3 (64 bits) of what the file is known by, the block's number and these |
//!
//! Numbers have their lowest byte first.

use std::hash::Hasher as _;
use std::path::PathBuf;

use bytemuck::Zeroable;
use twox_hash::XxHash3_64;

use crate::data::file::{PlainFile, write_all_at};
use crate::data::strokes::Measures;
use crate::kept::{Content, Folder, KeptError, Part, note_use, remove_wrong};

/// The numbers of a row, in the order of [`Measures::NAMES`]; no number where there is none.
pub(super) type Numbers = [f64; Measures::NAMES.len()];

const BEGINNING: [u8; 8] = *b"inkhand\0";
/// Whoever changes this form, or what is measured, adds 1 here.
const VERSION: u32 = 1;
const HEAD_BYTES: usize = 32;
const SUM_BYTES: usize = 8;
/// Rows of a block.
const BLOCK: usize = 1024;
/// What an entry is called.
const NAME: &str = "strokes";
/// Files with fewer rows are not kept: they are measured in an instant.
const FEWEST: u32 = 256;

/// Which entry it is: by the file that was measured.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    folder: Folder,
    content: Content,
}

impl Entry {
    /// The entry of a file; `None` of one that is not known again.
    pub(super) fn of(folder: &Folder, file: &PlainFile) -> Option<Self> {
        Some(Self { folder: folder.clone(), content: Content::of(&file.known_by()?.to_le_bytes()) })
    }

    /// What is kept; `None` where there is nothing, or something else: then it is removed.
    pub(super) fn open(&self) -> Option<Kept> {
        let (file, meta) = self.folder.open(self.content, NAME)?;
        note_use(&file);
        drop(file);
        let path = self.path()?;
        let kept = Kept::read(PlainFile::open_packed(&path).ok()?, self);
        if kept.is_none() {
            remove_wrong(&path, &meta);
        }
        kept
    }

    /// Removes what turned out to be damaged.
    fn remove(&self) {
        if let Some((path, (_, meta))) = self.path().zip(self.folder.open(self.content, NAME)) {
            remove_wrong(&path, &meta);
        }
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.file(self.content, NAME).ok()
    }

    fn head(&self, rows: u32) -> [u8; HEAD_BYTES] {
        let mut head = [0; HEAD_BYTES];
        let parts: [&[u8]; 4] = [&BEGINNING, &VERSION.to_le_bytes(), &rows.to_le_bytes(), &self.content.bytes()];
        head.iter_mut().zip(parts.concat()).for_each(|(to, byte)| *to = byte);
        head
    }
}

/// Where a block begins.
fn block_at(block: usize) -> u64 {
    (HEAD_BYTES + block * (BLOCK * size_of::<Numbers>() + SUM_BYTES)) as u64
}

/// Bytes of an entry of so many rows.
fn bytes_of(rows: u32) -> u64 {
    let (rows, blocks) = (rows as usize, (rows as usize).div_ceil(BLOCK));
    (HEAD_BYTES + rows * size_of::<Numbers>() + blocks * SUM_BYTES) as u64
}

fn sum_of(content: Content, block: usize, numbers: &[u8]) -> [u8; SUM_BYTES] {
    let mut sum = XxHash3_64::new();
    sum.write(&content.bytes());
    sum.write(&(block as u64).to_le_bytes());
    sum.write(numbers);
    sum.finish().to_le_bytes()
}

/// From the machine's order of bytes to that of the file, or back.
fn little_endian(numbers: &mut [Numbers]) {
    for number in numbers.as_flattened_mut() {
        *number = f64::from_bits(number.to_bits().to_le());
    }
}

/// Numbers from an earlier time.
#[derive(Debug)]
pub(super) struct Kept {
    entry: Entry,
    file: PlainFile,
    rows: u32,
    /// The block that was read last.
    block: Option<(usize, Vec<Numbers>)>,
}

impl Kept {
    fn read(file: PlainFile, entry: &Entry) -> Option<Self> {
        let mut head = [0; HEAD_BYTES];
        file.read_exact_at(&mut head, 0).ok()?;
        let rows = u32::from_le_bytes(*head.get(12..)?.first_chunk()?);
        // As many rows as the file is long for: what it claims is not believed.
        let is_whole = head == entry.head(rows) && file.len() == bytes_of(rows);
        is_whole.then(|| Self { entry: entry.clone(), file, rows, block: None })
    }

    /// The numbers of `count` rows; `None` where some are missing, or damaged: then the entry is removed.
    pub(super) fn rows(&mut self, first: u32, count: usize) -> Option<Vec<Numbers>> {
        let first = first as usize;
        let end = first.checked_add(count).filter(|end| *end <= self.rows as usize)?;
        let mut all = Vec::with_capacity(count);
        let mut at = first;
        while at < end {
            let Some(block) = self.block(at / BLOCK) else {
                self.entry.remove();
                return None;
            };
            let some = block.get(at % BLOCK..).unwrap_or_default();
            let some = some.get(..end - at).unwrap_or(some);
            all.extend_from_slice(some);
            at += some.len();
        }
        Some(all)
    }

    /// A block, which is never empty.
    fn block(&mut self, block: usize) -> Option<&[Numbers]> {
        if self.block.as_ref().is_none_or(|(known, _)| *known != block) {
            let rows = (self.rows as usize).checked_sub(block * BLOCK).filter(|rows| *rows > 0)?.min(BLOCK);
            let mut numbers = vec![Numbers::zeroed(); rows];
            let mut sum = [0; SUM_BYTES];
            let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut numbers);
            self.file.read_exact_at(bytes, block_at(block)).ok()?;
            self.file.read_exact_at(&mut sum, block_at(block) + bytes.len() as u64).ok()?;
            if sum != sum_of(self.entry.content, block, bytes) {
                return None;
            }
            little_endian(&mut numbers);
            self.block = Some((block, numbers));
        }
        self.block.as_ref().map(|(_, numbers)| numbers.as_slice())
    }
}

/// Keeps the numbers of a whole file as they are measured, from its first row on.
#[derive(Debug)]
pub(super) struct Keeping {
    entry: Entry,
    part: Part,
    /// Blocks that are written, and rows behind them.
    written: usize,
    rest: Vec<Numbers>,
}

impl Keeping {
    /// Begins with a file of about so many rows; `None` where it is not worth it, or where there is no room.
    pub(super) fn begin(entry: Entry, rows: u32) -> Option<Self> {
        let bytes = bytes_of(rows);
        if rows < FEWEST || !entry.folder.has_room(bytes) {
            return None;
        }
        let part = entry.folder.begin(entry.content, NAME, bytes).unwrap_or_else(|error| {
            not_kept(&error);
            None
        });
        Some(Self { entry, part: part?, written: 0, rest: Vec::new() })
    }

    /// Takes the next rows; itself again where they could be written.
    pub(super) fn put(mut self, numbers: &[Numbers]) -> Option<Self> {
        self.rest.extend_from_slice(numbers);
        let whole = self.rest.len() / BLOCK;
        match (0..whole).try_for_each(|_| self.write_block()) {
            Ok(()) => Some(self),
            Err(error) => {
                not_kept(&error);
                None
            }
        }
    }

    fn write_block(&mut self) -> Result<(), KeptError> {
        let rows = self.rest.len().min(BLOCK);
        let mut numbers: Vec<Numbers> = self.rest.drain(..rows).collect();
        little_endian(&mut numbers);
        let bytes: &[u8] = bytemuck::cast_slice(&numbers);
        let sum = sum_of(self.entry.content, self.written, bytes);
        let whole = [bytes, &sum].concat();
        let written = write_all_at(self.part.file(), &whole, block_at(self.written));
        written.map_err(|error| self.part.failed(error))?;
        self.written += 1;
        Ok(())
    }

    /// Gives the entry its name: all rows have come.
    pub(super) fn end(mut self) {
        let rows = self.written * BLOCK + self.rest.len();
        let ended = if self.rest.is_empty() { Ok(()) } else { self.write_block() };
        let ended = ended.and_then(|()| {
            let head = self.entry.head(rows as u32);
            write_all_at(self.part.file(), &head, 0).map_err(|error| self.part.failed(error))
        });
        if let Err(error) = ended.and_then(|()| self.part.keep()) {
            not_kept(&error);
        }
    }
}

fn not_kept(error: &KeptError) {
    tracing::warn!("columns of strokes are not kept: {error}");
}
