//! Pickles of protocols 2 and 3, as far as dictionaries of lists, numbers, texts and one kind of array take them. Nothing is ever
//! called: what a pickle asks for is either one of three things that are known here, or the end of reading it.

use std::collections::HashMap;
use std::ops::Range;

use super::stream::Stream;
use crate::data::file::{FileError, PlainFile};

/// The most opcodes that are followed: ten times those of a batch of 50,000 drawings.
const MOST_STEPS: u32 = 2_000_000;

/// Why a file is not read as a pickle.
#[derive(Debug)]
pub(super) enum Flaw {
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
pub(super) enum Value {
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
pub(super) enum Global {
    Reconstruct,
    Ndarray,
    Dtype,
    Encode,
}

/// An array as its state says.
#[derive(Clone, Debug, Default)]
pub(super) struct Array {
    pub(super) shape: Vec<i64>,
    /// The type's name.
    pub(super) dtype: Option<Range<u64>>,
    pub(super) fortran_order: bool,
    pub(super) data: Option<Value>,
}

/// A pickle that was read to its end.
#[derive(Debug, Default)]
pub(super) struct Pickle {
    /// Lists and tuples.
    pub(super) lists: Vec<Vec<Value>>,
    pub(super) dicts: Vec<Vec<(Value, Value)>>,
    pub(super) arrays: Vec<Array>,
    dtypes: Vec<Range<u64>>,
}

/// Reads a pickle: all values of it, and the one that it is.
pub(super) fn read(file: &PlainFile) -> Result<(Pickle, Value), Flaw> {
    let mut machine =
        Machine { stream: Stream::new(file), stack: Vec::new(), memo: HashMap::new(), pickle: Pickle::default() };
    for _ in 0..MOST_STEPS {
        if machine.step()? {
            let value = machine.pop()?;
            return Ok((machine.pickle, value));
        }
    }
    Err(Flaw::Form)
}

struct Machine<'a> {
    stream: Stream<'a>,
    stack: Vec<Value>,
    memo: HashMap<u64, Value>,
    pickle: Pickle,
}

impl Machine<'_> {
    /// Follows an opcode; true at the end.
    fn step(&mut self) -> Result<bool, Flaw> {
        let value = match self.stream.byte()? {
            0x80 => {
                self.stream.byte()?;
                return Ok(false);
            }
            b'.' => return Ok(true),
            b'q' => return self.put(1),
            b'r' => return self.put(4),
            b'a' => {
                let value = self.pop()?;
                return self.append(vec![value]);
            }
            b'e' => {
                let values = self.since_mark()?;
                return self.append(values);
            }
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                return self.set(vec![key, value]);
            }
            b'u' => {
                let pairs = self.since_mark()?;
                return self.set(pairs);
            }
            b'b' => return self.build(),
            b'h' => self.get(1)?,
            b'j' => self.get(4)?,
            b'(' => Value::Mark,
            b'}' => self.dict(),
            b']' => self.list(Vec::new()),
            b')' => self.tuple(Vec::new()),
            0x85 => self.tuple_of(1)?,
            0x86 => self.tuple_of(2)?,
            0x87 => self.tuple_of(3)?,
            b't' => {
                let values = self.since_mark()?;
                self.tuple(values)
            }
            b'N' => Value::Other,
            0x88 => Value::Int(1),
            0x89 => Value::Int(0),
            b'K' => Value::Int(self.stream.number(1)?.cast_signed()),
            b'M' => Value::Int(self.stream.number(2)?.cast_signed()),
            b'J' => Value::Int(i64::from((self.stream.number(4)? as u32).cast_signed())),
            0x8a => self.long()?,
            b'G' => {
                self.stream.pass(8)?;
                Value::Other
            }
            b'U' | b'C' => self.bytes(1)?,
            // A negative length is beyond any file.
            b'T' | b'B' | b'X' => self.bytes(4)?,
            b'c' => Value::Global(self.global()?),
            b'R' => self.reduce()?,
            _ => return Err(Flaw::Form),
        };
        self.stack.push(value);
        Ok(false)
    }

    fn pop(&mut self) -> Result<Value, Flaw> {
        self.stack.pop().ok_or(Flaw::Form)
    }

    /// What was pushed since the last mark, which goes as well.
    fn since_mark(&mut self) -> Result<Vec<Value>, Flaw> {
        let mark = self.stack.iter().rposition(|value| *value == Value::Mark).ok_or(Flaw::Form)?;
        let values = self.stack.split_off(mark + 1);
        self.stack.pop();
        Ok(values)
    }

    fn put(&mut self, len: u32) -> Result<bool, Flaw> {
        let number = self.stream.number(len)?;
        self.memo.insert(number, self.stack.last().cloned().ok_or(Flaw::Form)?);
        Ok(false)
    }

    fn get(&mut self, len: u32) -> Result<Value, Flaw> {
        let number = self.stream.number(len)?;
        self.memo.get(&number).cloned().ok_or(Flaw::Form)
    }

    fn bytes(&mut self, len: u32) -> Result<Value, Flaw> {
        let len = self.stream.number(len)?;
        Ok(Value::Bytes(self.stream.pass(len)?))
    }

    /// An integer of any length; those beyond 64 bits are of no interest.
    fn long(&mut self) -> Result<Value, Flaw> {
        let len = self.stream.number(1)? as u32;
        if len > 8 {
            self.stream.pass(len.into())?;
            return Ok(Value::Other);
        }
        let shift = 64 - 8 * len;
        let number = self.stream.number(len)?;
        Ok(Value::Int(if len == 0 { 0 } else { (number << shift).cast_signed() >> shift }))
    }

    fn dict(&mut self) -> Value {
        self.pickle.dicts.push(Vec::new());
        Value::Dict(self.pickle.dicts.len() - 1)
    }

    fn list(&mut self, values: Vec<Value>) -> Value {
        self.pickle.lists.push(values);
        Value::List(self.pickle.lists.len() - 1)
    }

    fn tuple(&mut self, values: Vec<Value>) -> Value {
        self.pickle.lists.push(values);
        Value::Tuple(self.pickle.lists.len() - 1)
    }

    fn tuple_of(&mut self, len: usize) -> Result<Value, Flaw> {
        let start = self.stack.len().checked_sub(len).ok_or(Flaw::Form)?;
        let values = self.stack.split_off(start);
        Ok(self.tuple(values))
    }

    fn append(&mut self, values: Vec<Value>) -> Result<bool, Flaw> {
        let Some(Value::List(list)) = self.stack.last() else { return Err(Flaw::Form) };
        self.pickle.lists.get_mut(*list).ok_or(Flaw::Form)?.extend(values);
        Ok(false)
    }

    /// Sets keys of a dictionary, each with the value behind it.
    fn set(&mut self, pairs: Vec<Value>) -> Result<bool, Flaw> {
        let Some(Value::Dict(dict)) = self.stack.last() else { return Err(Flaw::Form) };
        let dict = self.pickle.dicts.get_mut(*dict).ok_or(Flaw::Form)?;
        let mut pairs = pairs.into_iter();
        while let (Some(key), Some(value)) = (pairs.next(), pairs.next()) {
            dict.push((key, value));
        }
        Ok(false)
    }

    fn global(&mut self) -> Result<Global, Flaw> {
        let (module, name) = (self.stream.line()?, self.stream.line()?);
        Ok(match (module.as_str(), name.as_str()) {
            ("numpy.core.multiarray" | "numpy._core.multiarray", "_reconstruct") => Global::Reconstruct,
            ("numpy", "ndarray") => Global::Ndarray,
            ("numpy", "dtype") => Global::Dtype,
            ("_codecs", "encode") => Global::Encode,
            _ => return Err(Flaw::Global(format!("{module}.{name}"))),
        })
    }

    /// What a known global makes of its arguments.
    fn reduce(&mut self) -> Result<Value, Flaw> {
        let Value::Tuple(arguments) = self.pop()? else { return Err(Flaw::Form) };
        let Value::Global(global) = self.pop()? else { return Err(Flaw::Form) };
        let arguments = self.pickle.lists.get(arguments).map(Vec::as_slice).unwrap_or_default();
        Ok(match (global, arguments) {
            (Global::Reconstruct, [Value::Global(Global::Ndarray), ..]) => {
                self.pickle.arrays.push(Array::default());
                Value::Array(self.pickle.arrays.len() - 1)
            }
            (Global::Dtype, [Value::Bytes(name), ..]) => {
                self.pickle.dtypes.push(name.clone());
                Value::Dtype(self.pickle.dtypes.len() - 1)
            }
            (Global::Encode, [Value::Bytes(letters), ..]) => Value::Letters(letters.clone()),
            _ => return Err(Flaw::Form),
        })
    }

    /// Sets the state of an array or a type.
    fn build(&mut self) -> Result<bool, Flaw> {
        let Value::Tuple(state) = self.pop()? else { return Err(Flaw::Form) };
        let state = self.pickle.lists.get(state).map(Vec::as_slice).unwrap_or_default();
        match (self.stack.last(), state) {
            (Some(Value::Dtype(_)), _) => {}
            (Some(Value::Array(array)), [_, Value::Tuple(shape), Value::Dtype(dtype), Value::Int(order), data, ..]) => {
                let shape = self.pickle.lists.get(*shape).map(Vec::as_slice).unwrap_or_default();
                let shape = shape.iter().map(|len| if let Value::Int(len) = len { *len } else { -1 }).collect();
                let dtype = self.pickle.dtypes.get(*dtype).cloned();
                let array = self.pickle.arrays.get_mut(*array).ok_or(Flaw::Form)?;
                *array = Array { shape, dtype, fortran_order: *order != 0, data: Some(data.clone()) };
            }
            _ => return Err(Flaw::Form),
        }
        Ok(false)
    }
}
