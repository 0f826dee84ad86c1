//! What a batch of Arrow consists of: which bytes of it hold which columns, so that no others are read, and how many they are unpacked.

use std::ops::Range;

use arrow_ipc::root_as_message;
use arrow_schema::{ArrowError, DataType, Fields};

use super::Fault;
use super::ipc::{CONTINUES, damaged};

/// Bytes in front of packed values: how many they are when they are unpacked, or that they are not packed.
const PREFIX: usize = 8;

/// Where the buffers of a batch lie, counted from the beginning of what its description describes.
#[derive(Debug)]
pub(super) struct Buffers {
    ranges: Vec<Range<usize>>,
    is_packed: bool,
}

/// Those of a message that is described so.
pub(super) fn buffers(described: &[u8]) -> Result<Buffers, Fault> {
    let prefix = if described.starts_with(&CONTINUES) { 8 } else { 4 };
    let described = described.get(prefix..).ok_or_else(damaged)?;
    let of = root_as_message(described).map_err(|error| ArrowError::ParseError(format!("{error:?}")))?;
    let batch = of.header_as_record_batch().or_else(|| of.header_as_dictionary_batch()?.data()).ok_or_else(damaged)?;
    let ranges = batch.buffers().into_iter().flatten().map(|buffer| {
        let start = usize::try_from(buffer.offset()).ok()?;
        Some(start..start.checked_add(usize::try_from(buffer.length()).ok()?)?)
    });
    let ranges = ranges.collect::<Option<Vec<_>>>().ok_or_else(damaged)?;
    Ok(Buffers { ranges, is_packed: batch.compression().is_some() })
}

impl Buffers {
    /// Those of some columns of these, or all of `bytes` where it is not known which these are.
    pub(super) fn of(&self, wanted: Option<(&Fields, &[usize])>, bytes: u64) -> Result<Vec<Range<usize>>, Fault> {
        if let Some(ranges) = wanted.and_then(|(fields, columns)| self.of_columns(fields, columns)) {
            return Ok(ranges);
        }
        let bytes = usize::try_from(bytes).map_err(|_| damaged())?;
        Ok(std::iter::once(0..bytes).collect())
    }

    fn of_columns(&self, fields: &Fields, columns: &[usize]) -> Option<Vec<Range<usize>>> {
        let (mut wanted, mut next) = (Vec::new(), 0);
        for (column, field) in fields.iter().enumerate() {
            let end = next + number_of(field.data_type())?;
            if columns.contains(&column) {
                wanted.extend_from_slice(self.ranges.get(next..end)?);
            }
            next = end;
        }
        (next == self.ranges.len()).then_some(wanted)
    }

    /// Bytes that packed values say that they are; none where they are not packed, or were not read. `None` where they lie elsewhere.
    pub(super) fn unpacked_bytes(&self, body: &[u8]) -> Option<u64> {
        if !self.is_packed {
            return Some(0);
        }
        let sizes = self.ranges.iter().filter(|range| !range.is_empty()).map(|range| {
            let prefix = body.get(range.clone())?.get(..PREFIX)?;
            // Minus one says that they are as they are.
            match i64::from_le_bytes(prefix.try_into().ok()?) {
                -1 => Some(0),
                said => u64::try_from(said).ok(),
            }
        });
        sizes.into_iter().try_fold(0_u64, |all, one| all.checked_add(one?))
    }
}

/// How many buffers a column of a type has; `None` where that differs by the version of the form, or from batch to batch.
fn number_of(kind: &DataType) -> Option<usize> {
    let inner = |fields: &Fields| fields.iter().try_fold(0, |all, field| Some(all + number_of(field.data_type())?));
    Some(match kind {
        DataType::Null => 0,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => 3,
        DataType::List(item) | DataType::LargeList(item) | DataType::Map(item, _) => 2 + number_of(item.data_type())?,
        DataType::FixedSizeList(item, _) => 1 + number_of(item.data_type())?,
        DataType::Struct(fields) => 1 + inner(fields)?,
        DataType::Utf8View
        | DataType::BinaryView
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::Union(..)
        | DataType::RunEndEncoded(..) => return None,
        // Dictionaries have their keys here, and their values in messages of their own.
        _ => 2,
    })
}
