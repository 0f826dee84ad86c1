//! What a pickle holds, and what it may cost to read it.

use std::ops::Range;

use crate::data::file::FileError;

/// What reading a pickle may cost, whatever it holds.
#[derive(Clone, Copy, Debug)]
pub(in crate::data::formats) struct Most {
    /// Opcodes that are followed.
    pub(in crate::data::formats) steps: u64,
    /// Values that are kept: on the stack, by numbers, and as lists, tuples and arrays.
    pub(in crate::data::formats) kept: usize,
}

/// Why a file is not read as a pickle.
#[derive(Debug)]
pub(in crate::data::formats) enum Flaw {
    /// It is damaged, or of another form.
    Form,
    /// It names something of Python's that is not known here.
    Global(String),
    /// It cannot be read.
    File(FileError),
}

impl From<FileError> for Flaw {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// What a pickle holds; what is made of other values is kept by its number in [`Pickle`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::data::formats) enum Value {
    /// Nothing that matters here, such as `None` or a float.
    Other,
    Int(i64),
    /// Bytes, or a text: where they lie in the file.
    Bytes(Range<u64>),
    /// Bytes that are written as a text of as many letters, each below U+0100, in UTF-8.
    Letters(Range<u64>),
    List(usize),
    Tuple(usize),
    Dict(usize),
    Array(usize),
    Dtype(usize),
    Global(Global),
    Mark,
}

/// What of Python's is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data::formats) enum Global {
    Reconstruct,
    Ndarray,
    Dtype,
    Encode,
}

/// An array as its state says.
#[derive(Clone, Debug, Default)]
pub(in crate::data::formats) struct Array {
    pub(in crate::data::formats) shape: Vec<i64>,
    /// Its type.
    pub(in crate::data::formats) dtype: Option<Dtype>,
    pub(in crate::data::formats) fortran_order: bool,
    pub(in crate::data::formats) data: Option<Value>,
}

/// A type of numbers.
#[derive(Clone, Debug)]
pub(in crate::data::formats) struct Dtype {
    /// Where its name lies, such as `i2`.
    pub(in crate::data::formats) name: Range<u64>,
    /// The highest byte of a number comes first.
    pub(in crate::data::formats) big_endian: bool,
}

/// A pickle that was read to its end.
#[derive(Debug, Default)]
pub(in crate::data::formats) struct Pickle {
    /// Lists and tuples.
    pub(in crate::data::formats) lists: Vec<Vec<Value>>,
    pub(in crate::data::formats) dicts: Vec<Vec<(Value, Value)>>,
    pub(in crate::data::formats) arrays: Vec<Array>,
    pub(super) dtypes: Vec<Dtype>,
}
