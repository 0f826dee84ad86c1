//! The types of values that are drawn, and how values of them lie in a file.

use crate::data::values::{Number, half};

/// The element types that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Ink 0 to 255.
    U8,
    /// 0 is paper, 1 is ink; read as 0 and 255.
    Bool,
    /// Integers of 8 bits with a sign.
    I8,
    /// Integers of 16 bits.
    U16,
    /// Integers of 16 bits with a sign.
    I16,
    /// Integers of 32 bits.
    U32,
    /// Integers of 32 bits with a sign.
    I32,
    /// Integers of 64 bits.
    U64,
    /// Integers of 64 bits with a sign.
    I64,
    /// Floats of 16 bits (IEEE 754 binary16).
    F16,
    /// Floats of 32 bits.
    F32,
    /// Floats of 64 bits.
    F64,
}

impl Element {
    /// The name that numpy has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::U8 => "uint8",
            Self::Bool => "bool",
            Self::I8 => "int8",
            Self::U16 => "uint16",
            Self::I16 => "int16",
            Self::U32 => "uint32",
            Self::I32 => "int32",
            Self::U64 => "uint64",
            Self::I64 => "int64",
            Self::F16 => "float16",
            Self::F32 => "float32",
            Self::F64 => "float64",
        }
    }

    /// Bytes of a value in the file.
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 | Self::Bool | Self::I8 => 1,
            Self::U16 | Self::I16 | Self::F16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
        }
    }

    /// Whether a range decides which byte a value is read as; a uint8 is read as it is, a bool as 0 or 255.
    pub fn needs_range(self) -> bool {
        !matches!(self, Self::U8 | Self::Bool)
    }

    /// Whether values may have fractions.
    pub fn is_float(self) -> bool {
        matches!(self, Self::F16 | Self::F32 | Self::F64)
    }

    /// The file's own value of what is read as `read`, for types that need no range.
    pub(super) fn own(self, read: u8) -> Number {
        match self {
            Self::Bool => Number::Flag(read > 0),
            _ => Number::Unsigned(read.into()),
        }
    }
}

/// How values lie in a file: their type, and the order of their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What a value is.
    pub element: Element,
    /// The highest byte comes first.
    pub big_endian: bool,
}

impl Stored {
    /// Hands on the values that lie in `bytes`, as the nearest 64-bit floats; what is left over at the end makes none.
    pub fn for_each(self, bytes: &[u8], on: impl FnMut(f64)) {
        let big = self.big_endian;
        match self.element {
            Element::U8 | Element::Bool => each(bytes, big, |[byte]: [u8; 1]| f64::from(byte), on),
            Element::I8 => each(bytes, big, |value| f64::from(i8::from_le_bytes(value)), on),
            Element::U16 => each(bytes, big, |value| f64::from(u16::from_le_bytes(value)), on),
            Element::I16 => each(bytes, big, |value| f64::from(i16::from_le_bytes(value)), on),
            Element::U32 => each(bytes, big, |value| f64::from(u32::from_le_bytes(value)), on),
            Element::I32 => each(bytes, big, |value| f64::from(i32::from_le_bytes(value)), on),
            Element::U64 => each(bytes, big, |value| u64::from_le_bytes(value) as f64, on),
            Element::I64 => each(bytes, big, |value| i64::from_le_bytes(value) as f64, on),
            Element::F16 => each(bytes, big, |value| half(u16::from_le_bytes(value)), on),
            Element::F32 => each(bytes, big, |value| f64::from(f32::from_le_bytes(value)), on),
            Element::F64 => each(bytes, big, f64::from_le_bytes, on),
        }
    }

    /// The value that `bytes`, as many as one has, are; 0 where they are fewer.
    pub fn number(self, bytes: &[u8]) -> Number {
        let mut low_first = [0; 8];
        let size = self.element.bytes();
        low_first.iter_mut().zip(bytes.iter().take(size)).for_each(|(to, from)| *to = *from);
        if self.big_endian {
            low_first.get_mut(..size).into_iter().for_each(<[u8]>::reverse);
        }
        let bits = u64::from_le_bytes(low_first);
        match self.element {
            Element::Bool => Number::Flag(bits != 0),
            Element::U8 | Element::U16 | Element::U32 | Element::U64 => Number::Unsigned(bits),
            Element::I8 => Number::Signed((bits as i8).into()),
            Element::I16 => Number::Signed((bits as i16).into()),
            Element::I32 => Number::Signed((bits as i32).into()),
            Element::I64 => Number::Signed(bits.cast_signed()),
            Element::F16 => Number::Float16(bits as u16),
            Element::F32 => Number::Float32(f32::from_bits(bits as u32)),
            Element::F64 => Number::Float64(f64::from_bits(bits)),
        }
    }
}

/// Values of `N` bytes each.
fn each<const N: usize>(bytes: &[u8], big_endian: bool, of: impl Fn([u8; N]) -> f64, mut on: impl FnMut(f64)) {
    let (values, _) = bytes.as_chunks::<N>();
    if big_endian {
        for value in values {
            let mut value = *value;
            value.reverse();
            on(of(value));
        }
    } else {
        for value in values {
            on(of(*value));
        }
    }
}
