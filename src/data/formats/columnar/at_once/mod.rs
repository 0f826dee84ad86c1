//! Columns of numbers that lie as simply as a column can, unpacked on all cores: each page by itself, its values to where they belong.
//!
//! Lists of one length, none of them missing, say nothing by the levels that Parquet writes with each of their values: these are only
//! compared with what they must be. Whatever is otherwise, damaged files among it, is left to the library, which reads on one core.

mod from_anywhere;
mod headers;
mod hybrid;
mod page;
mod places;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parquet::basic::{Encoding, Type};
use parquet::column::page::PageReader;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::page_index::offset_index::PageLocation;
use parquet::file::reader::SerializedPageReader;

use super::pages::Source;
use crate::data::file::Place;
use crate::data::source::Element;
use crate::data::threads;
use crate::panics;
use headers::PageAt;
use page::Dictionary;

pub(super) use from_anywhere::Kept;
pub(super) use headers::unpacked_bytes;

/// What a page may take when it is unpacked: as many are at once as there are cores.
const MOST_UNPACKED: u64 = 64 << 20;

/// What a column holds in each row.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub(super) element: Element,
    /// How long the lists are, the outermost first; of bytes how many a row has.
    pub(super) lists: Vec<usize>,
}

/// The column as Parquet has it.
#[derive(Debug)]
struct Leaf {
    /// Its number among all columns of values.
    number: usize,
    physical: Type,
    /// Bytes of a value.
    width: usize,
    /// The least and the greatest whole number that fits, of those that lie as larger ones.
    range: (i32, i32),
    /// The highest levels.
    repetition: i16,
    definition: i16,
    /// As [`Numbers::lists`], without the bytes of a row.
    lists: Vec<usize>,
}

impl Leaf {
    /// `None` where it is not of these numbers alone.
    fn of(metadata: &ParquetMetaData, column: usize, numbers: &Numbers) -> Option<Self> {
        let schema = metadata.file_metadata().schema_descr();
        let mut leaves = (0..schema.num_columns()).filter(|leaf| schema.get_column_root_idx(*leaf) == column);
        let (number, None) = (leaves.next()?, leaves.next()) else { return None };
        let described = schema.column(number);
        let (physical, repetition) = (described.physical_type(), described.max_rep_level());
        let (mut lists, mut range) = (numbers.lists.clone(), (0, 0));
        let width = match (physical, numbers.element) {
            (Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY, Element::U8) => {
                let width = lists.pop().filter(|_| lists.is_empty())?;
                let is_so = physical == Type::BYTE_ARRAY || usize::try_from(described.type_length()) == Ok(width);
                Some(width).filter(|width| is_so && *width > 0)?
            }
            (Type::INT32, Element::U8 | Element::I8) => 1,
            (Type::INT32, Element::U16 | Element::I16) => 2,
            (Type::INT32, Element::U32 | Element::I32) | (Type::FLOAT, Element::F32) => 4,
            (Type::INT64, Element::U64 | Element::I64) | (Type::DOUBLE, Element::F64) => 8,
            _ => return None,
        };
        match numbers.element {
            Element::U8 => range = (0, 255),
            Element::I8 => range = (-128, 127),
            Element::U16 => range = (0, 65_535),
            Element::I16 => range = (-32_768, 32_767),
            _ => {}
        }
        let is_so = usize::try_from(repetition) == Ok(lists.len()) && !lists.contains(&0);
        // Only so are values in memory as they are in the file.
        let is_little = cfg!(target_endian = "little");
        (is_so && is_little).then_some(Self {
            number,
            physical,
            width,
            range,
            repetition,
            definition: described.max_def_level(),
            lists,
        })
    }

    /// Values a row.
    fn each(&self) -> u64 {
        self.lists.iter().map(|length| *length as u64).product()
    }

    /// The repetition level of a value by its number in the column: how many lists go on with it.
    fn level(&self, value: u64) -> u32 {
        let mut within = 1;
        let inner = self.lists.iter().rev().take_while(|length| {
            within *= **length as u64;
            value.is_multiple_of(within)
        });
        self.lists.len() as u32 - inner.count() as u32
    }
}

/// The pages of a group of rows.
#[derive(Debug)]
struct Group {
    number: usize,
    /// The first value, its number in the column.
    first: u64,
    pages: Vec<PageAt>,
}

/// The pages of a column that lies so simply.
#[derive(Debug)]
pub(super) struct Pages {
    source: Arc<Source>,
    metadata: Arc<ParquetMetaData>,
    leaf: Leaf,
    groups: Vec<Group>,
    /// Values of all rows.
    values: u64,
}

impl Pages {
    /// Those of a column of these numbers; `None` where the column is not one of these numbers alone, they are not as many as there are
    /// rows, or are written in another way than these are read.
    pub(super) fn find(
        source: &Arc<Source>,
        metadata: &Arc<ParquetMetaData>,
        column: usize,
        numbers: &Numbers,
    ) -> Option<Self> {
        let found = panics::caught(|| {
            let leaf = Leaf::of(metadata, column, numbers)?;
            let (groups, values) = groups(source, metadata, &leaf)?;
            (values > 0).then(|| Self {
                source: Arc::clone(source),
                metadata: Arc::clone(metadata),
                leaf,
                groups,
                values,
            })
        });
        found.ok().flatten()
    }

    /// Bytes that the values of all rows take.
    pub(super) fn bytes(&self) -> u64 {
        self.values.saturating_mul(self.leaf.width as u64)
    }

    /// Puts the values of all rows into `place`; false where something is not as simple as it should be, or the machine would not: then
    /// something may have been put there.
    pub(super) fn unpack(&self, place: &Place<'_>) -> bool {
        if threads::start().is_err() {
            return false;
        }
        let (next, is_so) = (AtomicUsize::new(0), AtomicBool::new(true));
        let work = Work { all: self, next: &next, is_so: &is_so, place };
        rayon::scope(|scope| {
            for _ in 0..rayon::current_num_threads() {
                scope.spawn(|_| {
                    let done = panics::caught(|| work.run());
                    if !matches!(done, Ok(Some(()))) {
                        is_so.store(false, Ordering::Relaxed);
                    }
                });
            }
        });
        is_so.into_inner()
    }

    /// Some pages of a group, front to back.
    fn of_group(&self, group: &Group, pages: &[PageAt]) -> Option<SerializedPageReader<Source>> {
        let chunk = self.metadata.row_group(group.number).column(self.leaf.number);
        let locations: Vec<PageLocation> = pages.iter().map(|page| page.location.clone()).collect();
        let is_first = locations.first()?.offset as u64 == chunk.byte_range().0;
        let mut reader = SerializedPageReader::new(Arc::clone(&self.source), chunk, 0, Some(locations)).ok()?;
        if !is_first {
            // What lies before is taken for the dictionary.
            reader.skip_next_page().ok()?;
        }
        Some(reader)
    }

    /// What indices in a group refer to.
    fn dictionary(&self, group: &Group) -> Option<Dictionary> {
        let chunk = self.metadata.row_group(group.number).column(self.leaf.number);
        let Some(first) = group.pages.first() else { return Some(Dictionary::default()) };
        if first.location.offset as u64 == chunk.byte_range().0 {
            return Some(Dictionary::default());
        }
        let locations = Some(vec![first.location.clone()]);
        let mut reader = SerializedPageReader::new(Arc::clone(&self.source), chunk, 0, locations).ok()?;
        Dictionary::of(&self.leaf, &reader.get_next_page().ok()??).ok()
    }

    /// Puts the values of the page that comes next, in their bytes, into `out`, which has room for just these.
    fn unpack_next(
        &self,
        reader: &mut SerializedPageReader<Source>,
        page: &PageAt,
        dictionary: &Dictionary,
        out: &mut [u8],
    ) -> Option<()> {
        let read = reader.get_next_page().ok()??;
        page::values(&self.leaf, &read, dictionary, page.first, out).ok()
    }
}

/// The pages of all groups, and the values in them; `None` where these are not as many as there are rows, or are written in another way
/// than these are read.
fn groups(source: &Source, metadata: &ParquetMetaData, leaf: &Leaf) -> Option<(Vec<Group>, u64)> {
    let (mut groups, mut first) = (Vec::new(), 0_u64);
    for (number, group) in metadata.row_groups().iter().enumerate() {
        let chunk = group.column(leaf.number);
        // Levels that can have but one value are said to be packed by some writers.
        let is_read = |encoding| {
            let values = matches!(encoding, Encoding::PLAIN | Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY);
            #[allow(deprecated, reason = "written all the same")]
            let levels = matches!(encoding, Encoding::RLE | Encoding::BIT_PACKED);
            values || levels
        };
        let values = values(group, leaf)?;
        if !chunk.encodings().all(is_read) || chunk.file_path().is_some() {
            return None;
        }
        let pages = headers::pages(source, chunk, first, MOST_UNPACKED / leaf.width as u64).ok()??;
        if pages.iter().try_fold(0_u64, |all, page| all.checked_add(page.values))? != values {
            return None;
        }
        groups.push(Group { number, first, pages });
        first = first.checked_add(values)?;
    }
    first.checked_mul(leaf.width as u64)?;
    Some((groups, first))
}

/// Values of a group, as many as its rows must have.
fn values(group: &RowGroupMetaData, leaf: &Leaf) -> Option<u64> {
    let values = u64::try_from(group.num_rows()).ok()?.checked_mul(leaf.each())?;
    (u64::try_from(group.column(leaf.number).num_values()) == Ok(values)).then_some(values)
}

/// What all threads have before them.
struct Work<'a> {
    all: &'a Pages,
    /// The page that is taken next, among all.
    next: &'a AtomicUsize,
    is_so: &'a AtomicBool,
    place: &'a Place<'a>,
}

impl Work<'_> {
    /// Unpacks pages as long as there are some; `None` where one is not as it should be.
    fn run(&self) -> Option<()> {
        let (mut taken, mut before, mut out) = (self.next.fetch_add(1, Ordering::Relaxed), 0, Vec::new());
        for group in &self.all.groups {
            let (first, end) = (before, before + group.pages.len());
            before = end;
            if taken >= end {
                continue;
            }
            let dictionary = self.all.dictionary(group)?;
            let mut pages = self.all.of_group(group, &group.pages)?;
            for (number, page) in (first..).zip(&group.pages) {
                if number < taken {
                    pages.skip_next_page().ok()?;
                    continue;
                }
                if !self.is_so.load(Ordering::Relaxed) {
                    return None;
                }
                out.resize(page.bytes(self.all.leaf.width)?, 0);
                self.all.unpack_next(&mut pages, page, &dictionary, &mut out)?;
                if !self.place.write(&out, page.first * self.all.leaf.width as u64) {
                    return None;
                }
                taken = self.next.fetch_add(1, Ordering::Relaxed);
            }
        }
        Some(())
    }
}
