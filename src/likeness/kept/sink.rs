//! Writes the bytes of an entry, and counts and sums them up on the way.

use bytemuck::Pod;
use std::hash::Hasher as _;
use std::io::{self, Write};
use twox_hash::XxHash3_64;

/// Bytes that are converted, read or written at once: they stay in the processor's cache while they are summed up.
pub(super) const AT_ONCE: usize = 1 << 17;

/// Numbers as they are in a file: the lowest byte first.
pub(super) trait Number: Pod {
    /// From the machine's order of bytes to that of the file, or back; nothing on most machines.
    fn little_endian(self) -> Self;
}

impl Number for u8 {
    fn little_endian(self) -> Self {
        self
    }
}

impl Number for i8 {
    fn little_endian(self) -> Self {
        self
    }
}

impl Number for u32 {
    fn little_endian(self) -> Self {
        self.to_le()
    }
}

impl Number for u64 {
    fn little_endian(self) -> Self {
        self.to_le()
    }
}

impl Number for i32 {
    fn little_endian(self) -> Self {
        self.to_le()
    }
}

impl Number for f32 {
    fn little_endian(self) -> Self {
        Self::from_bits(self.to_bits().to_le())
    }
}

impl Number for [f32; 2] {
    fn little_endian(self) -> Self {
        self.map(Number::little_endian)
    }
}

/// Where the bytes of an entry go.
pub(super) struct Sink<'a> {
    /// `None` where they are only counted.
    out: Option<&'a mut dyn Write>,
    sum: XxHash3_64,
    written: u64,
}

impl<'a> Sink<'a> {
    /// Writes.
    pub(super) fn into(out: &'a mut dyn Write) -> Self {
        Self { out: Some(out), sum: XxHash3_64::new(), written: 0 }
    }

    /// Only counts.
    pub(super) fn counting() -> Self {
        Self { out: None, sum: XxHash3_64::new(), written: 0 }
    }

    /// Bytes so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Writes bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        if let Some(out) = &mut self.out {
            self.sum.write(bytes);
            out.write_all(bytes)?;
        }
        Ok(())
    }

    /// Writes one number.
    pub(super) fn number<T: Number>(&mut self, number: T) -> io::Result<()> {
        self.bytes(bytemuck::bytes_of(&number.little_endian()))
    }

    /// Writes how many numbers there are, and all of them.
    pub(super) fn list<T: Number>(&mut self, numbers: &[T]) -> io::Result<()> {
        self.number(numbers.len() as u64)?;
        if self.out.is_none() {
            self.written += size_of_val(numbers) as u64;
            return Ok(());
        }
        for some in numbers.chunks(AT_ONCE / size_of::<T>()) {
            let some: Vec<T> = some.iter().map(|number| number.little_endian()).collect();
            self.bytes(bytemuck::cast_slice(&some))?;
        }
        Ok(())
    }

    /// Writes the sum of all bytes so far, which ends an entry.
    pub(super) fn sum(mut self) -> io::Result<()> {
        let sum = self.sum.finish();
        self.number(sum)
    }
}
