//! Lists of numbers as arrays: the values of all rows one after the other, whole buffers at a time.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, OffsetSizeTrait};
use arrow_schema::DataType;

use crate::data::source::Element;
use crate::words::thousands;

const ONE_SIZE: &str = "all drawings of an array have one size: leave such rows out";
const NO_HOLES: &str = "an array has no holes: leave such rows out, or fill them";

/// What is wrong with a row, as a clause that names it, and what to do about it.
#[derive(Debug)]
pub(super) struct Odd {
    pub(super) what: String,
    pub(super) advice: &'static str,
}

/// What a value of an array is; `None` of types that are no numbers.
pub(super) fn element(kind: &DataType) -> Option<Element> {
    Some(match kind {
        DataType::Boolean => Element::Bool,
        DataType::Int8 => Element::I8,
        DataType::UInt8 => Element::U8,
        DataType::Int16 => Element::I16,
        DataType::UInt16 => Element::U16,
        DataType::Int32 => Element::I32,
        DataType::UInt32 => Element::U32,
        DataType::Int64 => Element::I64,
        DataType::UInt64 => Element::U64,
        DataType::Float16 => Element::F16,
        DataType::Float32 => Element::F32,
        DataType::Float64 => Element::F64,
        _ => return None,
    })
}

/// What the numbers are in a type of lists, within one another at most so often.
pub(super) fn element_of(kind: &DataType, most: usize) -> Option<Element> {
    match kind {
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) if most > 0 => {
            let kind = item.data_type();
            element(kind).or_else(|| element_of(kind, most - 1))
        }
        _ => None,
    }
}

/// The bytes of a row; `None` where the column holds none.
pub(super) fn bytes_at(values: &ArrayRef, row: usize) -> Option<&[u8]> {
    match values.data_type() {
        DataType::Binary => Some(values.as_binary::<i32>().value(row)),
        DataType::LargeBinary => Some(values.as_binary::<i64>().value(row)),
        DataType::BinaryView => Some(values.as_binary_view().value(row)),
        DataType::FixedSizeBinary(_) => Some(values.as_fixed_size_binary().value(row)),
        _ => None,
    }
}

/// The list of a row; `None` where the column holds none.
pub(super) fn list_at(values: &ArrayRef, row: usize) -> Option<ArrayRef> {
    if values.len() <= row {
        return None;
    }
    match values.data_type() {
        DataType::List(_) => Some(values.as_list::<i32>().value(row)),
        DataType::LargeList(_) => Some(values.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => Some(values.as_fixed_size_list().value(row)),
        _ => None,
    }
}

/// Which row a batch begins with, and how many numbers each axis has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub(super) first: u64,
    pub(super) axes: &'a [usize],
}

impl Rows<'_> {
    /// Hands on the values of a batch, as many a row as the axes say. What is wrong with one is an [`Odd`].
    pub(super) fn hand_on<E: From<Odd>>(
        self,
        values: &ArrayRef,
        on: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut inner = values.clone();
        // Of how many items each row consists so far.
        let mut each = 1;
        for (depth, &axis) in self.axes.iter().enumerate() {
            inner = match inner.data_type() {
                DataType::FixedSizeList(_, length) => {
                    self.refuse_nulls(&inner, each, "list")?;
                    if usize::try_from(*length) != Ok(axis) {
                        return Err(self.uneven(0, each, *length as usize, depth).into());
                    }
                    inner.as_fixed_size_list().values().clone()
                }
                DataType::List(_) => self.items::<i32>(&inner, each, depth)?,
                DataType::LargeList(_) => self.items::<i64>(&inner, each, depth)?,
                _ => return self.bytes(&inner, axis, on),
            };
            each *= axis;
        }
        self.numbers(&inner, each, on)
    }

    /// The row of an item, in words.
    fn row(self, item: usize, each: usize) -> String {
        format!("row {}", thousands(self.first + (item / each.max(1)) as u64))
    }

    fn refuse_nulls(self, values: &ArrayRef, each: usize, what: &str) -> Result<(), Odd> {
        let null = values.logical_nulls().filter(|nulls| nulls.null_count() > 0);
        match null.and_then(|nulls| nulls.iter().position(|valid| !valid)) {
            None => Ok(()),
            Some(item) => Err(Odd { what: format!("{} has no {what}", self.row(item, each)), advice: NO_HOLES }),
        }
    }

    fn uneven(self, item: usize, each: usize, length: usize, depth: usize) -> Odd {
        let axis = self.axes.get(depth).copied().unwrap_or_default();
        let [length, axis] = [length, axis].map(|number| thousands(number as u64));
        let what = format!("{} has a list of {length}, where others have {axis}", self.row(item, each));
        Odd { what, advice: ONE_SIZE }
    }

    /// The items of lists, all of which are as long as the axis.
    fn items<O: OffsetSizeTrait>(self, lists: &ArrayRef, each: usize, depth: usize) -> Result<ArrayRef, Odd> {
        self.refuse_nulls(lists, each, "list")?;
        let lists = lists.as_list::<O>();
        let axis = self.axes.get(depth).copied().unwrap_or_default();
        let offsets = lists.offsets();
        let lengths = || offsets.windows(2).map(|pair| pair[1].as_usize() - pair[0].as_usize());
        if let Some((item, length)) = lengths().enumerate().find(|(_, length)| *length != axis) {
            return Err(self.uneven(item, each, length, depth));
        }
        let (start, end) =
            (offsets.first().map_or(0, |at| at.as_usize()), offsets.last().map_or(0, |at| at.as_usize()));
        Ok(lists.values().slice(start, end - start))
    }

    /// Bytes, as many in each row.
    fn bytes<E: From<Odd>>(
        self,
        values: &ArrayRef,
        axis: usize,
        on: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.refuse_nulls(values, 1, "bytes")?;
        for row in 0..values.len() {
            let bytes = bytes_at(values, row).unwrap_or_default();
            if bytes.len() != axis {
                let (row, has) = (self.row(row, 1), thousands(bytes.len() as u64));
                let what = format!("{row} has {has} bytes, where others have {}", thousands(axis as u64));
                return Err(Odd { what, advice: ONE_SIZE }.into());
            }
            on(bytes)?;
        }
        Ok(())
    }

    fn numbers<E: From<Odd>>(
        self,
        values: &ArrayRef,
        each: usize,
        on: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        match values.data_type() {
            // A missing float is no number, as pandas has it.
            DataType::Float32 if values.null_count() > 0 => {
                let floats = values.as_primitive::<Float32Type>().iter();
                let bytes: Vec<u8> = floats.flat_map(|float| float.unwrap_or(f32::NAN).to_ne_bytes()).collect();
                return on(&bytes);
            }
            DataType::Float64 if values.null_count() > 0 => {
                let floats = values.as_primitive::<Float64Type>().iter();
                let bytes: Vec<u8> = floats.flat_map(|float| float.unwrap_or(f64::NAN).to_ne_bytes()).collect();
                return on(&bytes);
            }
            _ => self.refuse_nulls(values, each, "value somewhere")?,
        }
        match values.data_type() {
            DataType::Boolean => {
                let bytes: Vec<u8> = values.as_boolean().values().iter().map(u8::from).collect();
                on(&bytes)
            }
            DataType::Int8 => on(buffer::<Int8Type>(values)),
            DataType::UInt8 => on(buffer::<UInt8Type>(values)),
            DataType::Int16 => on(buffer::<Int16Type>(values)),
            DataType::UInt16 => on(buffer::<UInt16Type>(values)),
            DataType::Int32 => on(buffer::<Int32Type>(values)),
            DataType::UInt32 => on(buffer::<UInt32Type>(values)),
            DataType::Int64 => on(buffer::<Int64Type>(values)),
            DataType::UInt64 => on(buffer::<UInt64Type>(values)),
            DataType::Float16 => on(buffer::<Float16Type>(values)),
            DataType::Float32 => on(buffer::<Float32Type>(values)),
            DataType::Float64 => on(buffer::<Float64Type>(values)),
            other => Err(Odd { what: format!("there are values of {other}"), advice: "only numbers are drawn" }.into()),
        }
    }
}

/// The bytes of numbers as they lie in memory.
fn buffer<T: ArrowPrimitiveType>(values: &ArrayRef) -> &[u8] {
    values.as_primitive::<T>().values().inner().as_slice()
}
