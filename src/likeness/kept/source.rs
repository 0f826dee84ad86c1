//! Reads the bytes of an entry, never more than there are, and sums them up on the way.

use super::sink::{AT_ONCE, Number};
use std::hash::Hasher as _;
use std::io::{self, ErrorKind, Read};
use twox_hash::XxHash3_64;

/// Why an entry is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is something else than was asked for, or was damaged: nobody will ever read it.
    Wrong,
    /// The system does not give it, or no memory for it; another time it may.
    Refused,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        // Cut since its length was asked for.
        if error.kind() == ErrorKind::UnexpectedEof { Self::Wrong } else { Self::Refused }
    }
}

/// Where the bytes of an entry come from.
pub(super) struct Source<'a> {
    from: &'a mut dyn Read,
    sum: XxHash3_64,
    /// Bytes that may still be read.
    left: u64,
}

impl<'a> Source<'a> {
    /// Reads at most so many bytes, which is how many there are.
    pub(super) fn new(from: &'a mut dyn Read, bytes: u64) -> Self {
        Self { from, sum: XxHash3_64::new(), left: bytes }
    }

    /// Bytes that were not read yet.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Reads so many numbers. There is room made for them only when that many bytes are left.
    pub(super) fn numbers<T: Number>(&mut self, count: u64) -> Result<Vec<T>, Fault> {
        let bytes = count.checked_mul(size_of::<T>() as u64).filter(|&bytes| bytes <= self.left).ok_or(Fault::Wrong)?;
        let count = usize::try_from(count).map_err(|_| Fault::Refused)?;
        let mut numbers: Vec<T> = Vec::new();
        numbers.try_reserve_exact(count).map_err(|_| Fault::Refused)?;
        numbers.resize(count, T::zeroed());
        for some in numbers.chunks_mut(AT_ONCE / size_of::<T>()) {
            let read = bytemuck::cast_slice_mut(some);
            self.from.read_exact(read)?;
            self.sum.write(read);
            for number in some {
                *number = number.little_endian();
            }
        }
        self.left -= bytes;
        Ok(numbers)
    }

    /// Reads one number.
    pub(super) fn number<T: Number>(&mut self) -> Result<T, Fault> {
        self.numbers(1)?.pop().ok_or(Fault::Wrong)
    }

    /// Reads how many numbers there are, and all of them.
    pub(super) fn list<T: Number>(&mut self) -> Result<Vec<T>, Fault> {
        let count = self.number()?;
        self.numbers(count)
    }

    /// Reads the sum that ends an entry; fails where it is not that of all bytes read, or where there are more bytes.
    pub(super) fn check_sum(mut self) -> Result<(), Fault> {
        let sum = self.sum.finish();
        let is_whole = self.number::<u64>()? == sum && self.left == 0;
        // The file may have grown since its length was asked for.
        if is_whole && self.from.read(&mut [0])? == 0 { Ok(()) } else { Err(Fault::Wrong) }
    }
}
