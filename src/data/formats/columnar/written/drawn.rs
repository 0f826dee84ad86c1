//! Drawings as arrays of Arrow's types: encoded pictures, or lists of numbers.

use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{ArrayRef, BinaryArray, BooleanArray, FixedSizeListArray, PrimitiveArray, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields};

use super::super::packed;
use super::IMAGE;
use crate::data::source::Element;

/// What drawings are, and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnForm {
    /// The type of their values.
    pub element: Element,
    /// Pixels.
    pub height: u32,
    /// Pixels.
    pub width: u32,
    /// Values a pixel: 1, 3 or 4.
    pub channels: u32,
}

/// Some drawings, ready to be written.
#[derive(Debug)]
pub enum DrawnBlock {
    /// A PNG picture each; what is missing has none.
    Pictures(Vec<Option<Vec<u8>>>),
    /// All values, the lowest byte first.
    Values(Vec<u8>),
}

impl DrawnForm {
    /// Whether they become pictures: what PNG holds without loss and other programs take for pictures.
    pub(super) fn is_png(self) -> bool {
        self.element == Element::U8
    }

    /// Bytes of the values of one.
    fn bytes(self) -> usize {
        self.axes().iter().product::<usize>() * self.element.bytes()
    }

    /// The lists of a drawing, the outer one first.
    pub(super) fn axes(self) -> Vec<usize> {
        let [height, width, channels] = [self.height, self.width, self.channels].map(|side| side as usize);
        match channels {
            1 => vec![height, width],
            _ => vec![height, width, channels],
        }
    }

    /// Encodes values, as many as there are in whole drawings; pictures may be missing, by their place among these.
    pub fn block(self, values: Vec<u8>, is_missing: &dyn Fn(usize) -> bool) -> Result<DrawnBlock, png::EncodingError> {
        if !self.is_png() {
            return Ok(DrawnBlock::Values(values));
        }
        let pictures = values.chunks_exact(self.bytes().max(1)).enumerate();
        let pictures = pictures.map(|(at, drawing)| (!is_missing(at)).then(|| self.png(drawing)).transpose());
        Ok(DrawnBlock::Pictures(pictures.collect::<Result<_, _>>()?))
    }

    fn png(self, drawing: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(match self.channels {
            1 => png::ColorType::Grayscale,
            3 => png::ColorType::Rgb,
            _ => png::ColorType::Rgba,
        });
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        packed::mark(&mut writer)?;
        writer.write_image_data(drawing)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// The type of their column.
    pub(super) fn data_type(self) -> DataType {
        if self.is_png() { DataType::Struct(picture_fields()) } else { list_type(&self.axes(), &self.item()) }
    }

    /// The paths of what is written of them, as Parquet names them.
    pub(super) fn leaves(self) -> Vec<Vec<String>> {
        let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        if self.is_png() {
            return vec![path(&[IMAGE, "bytes"])];
        }
        let mut parts = vec![IMAGE];
        self.axes().iter().for_each(|_| parts.extend(["list", ITEM]));
        vec![path(&parts)]
    }

    fn item(self) -> DataType {
        match self.element {
            Element::Bool => DataType::Boolean,
            Element::U8 => DataType::UInt8,
            Element::I8 => DataType::Int8,
            Element::U16 => DataType::UInt16,
            Element::I16 => DataType::Int16,
            Element::U32 => DataType::UInt32,
            Element::I32 => DataType::Int32,
            Element::U64 => DataType::UInt64,
            Element::I64 => DataType::Int64,
            Element::F16 | Element::F32 => DataType::Float32,
            Element::F64 => DataType::Float64,
        }
    }

    /// The column of some of them; pictures with what each is called, where that is known.
    pub(super) fn array(self, block: DrawnBlock, names: Option<ArrayRef>) -> Result<ArrayRef, ArrowError> {
        match block {
            DrawnBlock::Pictures(pictures) => {
                let paths = names.unwrap_or_else(|| Arc::new(StringArray::new_null(pictures.len())));
                let bytes = pictures.into_iter().collect::<BinaryArray>();
                Ok(Arc::new(StructArray::try_new(picture_fields(), vec![Arc::new(bytes), paths], None)?))
            }
            DrawnBlock::Values(values) => {
                let mut array = self.numbers(&values);
                for &axis in self.axes().iter().rev() {
                    let item = Arc::new(Field::new(ITEM, array.data_type().clone(), true));
                    array = Arc::new(FixedSizeListArray::try_new(item, axis as i32, array, None)?);
                }
                Ok(array)
            }
        }
    }

    fn numbers(self, bytes: &[u8]) -> ArrayRef {
        match self.element {
            Element::Bool => Arc::new(bytes.iter().map(|byte| Some(*byte != 0)).collect::<BooleanArray>()),
            Element::U8 => numbers::<UInt8Type, 1>(bytes, u8::from_le_bytes),
            Element::I8 => numbers::<Int8Type, 1>(bytes, i8::from_le_bytes),
            Element::U16 => numbers::<UInt16Type, 2>(bytes, u16::from_le_bytes),
            Element::I16 => numbers::<Int16Type, 2>(bytes, i16::from_le_bytes),
            Element::U32 => numbers::<UInt32Type, 4>(bytes, u32::from_le_bytes),
            Element::I32 => numbers::<Int32Type, 4>(bytes, i32::from_le_bytes),
            Element::U64 => numbers::<UInt64Type, 8>(bytes, u64::from_le_bytes),
            Element::I64 => numbers::<Int64Type, 8>(bytes, i64::from_le_bytes),
            Element::F16 | Element::F32 => numbers::<Float32Type, 4>(bytes, f32::from_le_bytes),
            Element::F64 => numbers::<Float64Type, 8>(bytes, f64::from_le_bytes),
        }
    }
}

/// What lists call their items in Arrow's types, and Parquet as well where its name for them is not asked for.
const ITEM: &str = "item";

fn picture_fields() -> Fields {
    Fields::from(vec![Field::new("bytes", DataType::Binary, true), Field::new("path", DataType::Utf8, true)])
}

fn list_type(axes: &[usize], item: &DataType) -> DataType {
    axes.iter().rev().fold(item.clone(), |inner, &axis| {
        DataType::FixedSizeList(Arc::new(Field::new(ITEM, inner, true)), axis as i32)
    })
}

fn numbers<T: ArrowPrimitiveType, const N: usize>(bytes: &[u8], of: fn([u8; N]) -> T::Native) -> ArrayRef {
    let values = bytes.as_chunks::<N>().0.iter().map(|bytes| of(*bytes));
    Arc::new(PrimitiveArray::<T>::from_iter_values(values))
}
