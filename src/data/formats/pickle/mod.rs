//! Pickles of protocols 2 to 4, as far as dictionaries of lists, numbers, texts and one kind of array take them. Nothing is ever
//! called: what a pickle asks for is either one of four things that are known here, or the end of reading it.

mod letters;
mod stream;
mod value;

use std::collections::HashMap;

use crate::data::file::PlainFile;
use stream::Stream;
use value::Global;

pub(super) use letters::Letters;
pub(super) use stream::short_text;
pub(super) use value::{Array, Dtype, Flaw, Most, Pickle, Value};

/// Reads a pickle: all values of it, and the one that it is.
pub(super) fn read(file: &PlainFile, most: Most) -> Result<(Pickle, Value), Flaw> {
    let (stream, pickle) = (Stream::new(file), Pickle::default());
    let mut machine = Machine { stream, stack: Vec::new(), memo: HashMap::new(), pickle };
    for _ in 0..most.steps {
        if machine.step()? {
            let value = machine.pop()?;
            return Ok((machine.pickle, value));
        }
        if machine.kept() > most.kept {
            break;
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
    fn kept(&self) -> usize {
        let Pickle { lists, dicts, arrays, dtypes } = &self.pickle;
        self.stack.len() + self.memo.len() + lists.len() + dicts.len() + arrays.len() + dtypes.len()
    }

    /// Follows an opcode; true at the end.
    fn step(&mut self) -> Result<bool, Flaw> {
        let value = match self.stream.byte()? {
            0x80 => {
                self.stream.byte()?;
                return Ok(false);
            }
            // How long the next part is, which is written in parts only to be read so.
            0x95 => {
                self.stream.pass(8)?;
                return Ok(false);
            }
            b'.' => return Ok(true),
            0x94 => {
                let next = self.memo.len() as u64;
                return self.put(next);
            }
            b'q' => {
                let number = self.stream.number(1)?;
                return self.put(number);
            }
            b'r' => {
                let number = self.stream.number(4)?;
                return self.put(number);
            }
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
            b'U' | b'C' | 0x8c => self.bytes(1)?,
            // A negative length is beyond any file.
            b'T' | b'B' | b'X' => self.bytes(4)?,
            0x8d | 0x8e => self.bytes(8)?,
            b'c' => {
                let (module, name) = (self.stream.line()?, self.stream.line()?);
                Value::Global(global(&module, &name)?)
            }
            0x93 => {
                let (name, module) = (self.name()?, self.name()?);
                Value::Global(global(&module, &name)?)
            }
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

    fn put(&mut self, number: u64) -> Result<bool, Flaw> {
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

    /// A name that was pushed as a text.
    fn name(&mut self) -> Result<String, Flaw> {
        let Value::Bytes(range) = self.pop()? else { return Err(Flaw::Form) };
        short_text(self.stream.file, range)
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
                self.pickle.dtypes.push(Dtype { name: name.clone(), big_endian: false });
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
            (Some(Value::Dtype(dtype)), [_, Value::Bytes(order), ..]) => {
                let is_big = short_text(self.stream.file, order.clone())? == ">";
                self.pickle.dtypes.get_mut(*dtype).ok_or(Flaw::Form)?.big_endian = is_big;
            }
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

/// What of Python's is meant by a name in a module.
fn global(module: &str, name: &str) -> Result<Global, Flaw> {
    Ok(match (module, name) {
        ("numpy.core.multiarray" | "numpy._core.multiarray", "_reconstruct") => Global::Reconstruct,
        ("numpy", "ndarray") => Global::Ndarray,
        ("numpy", "dtype") => Global::Dtype,
        ("_codecs", "encode") => Global::Encode,
        _ => return Err(Flaw::Global(format!("{module}.{name}"))),
    })
}
