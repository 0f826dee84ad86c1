//! Where the encoded bytes of a picture lie: in a file of its own, or in an archive.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use crate::data::file::{FileError, PlainFile};
use crate::data::values::ValueRange;
use crate::words::size;
use flate2::bufread::DeflateDecoder;
use flate2::{Crc, CrcReader};
use twox_hash::XxHash3_128;

/// The most bytes of an encoded picture.
const MOST_BYTES: u64 = 1 << 30;

/// The most bytes of one that is unpacked each time it is read.
const MOST_INFLATED: u64 = 256 << 20;

/// Where the bytes of a picture, or what is known of it, lie.
#[derive(Clone, Debug)]
pub(super) struct Place {
    file: Arc<PlainFile>,
    range: Range<u64>,
    lies: Lies,
}

/// How bytes lie in a file. Sets have one for each picture: it is small.
#[derive(Clone, Debug)]
enum Lies {
    /// As they are.
    Plain,
    /// As they are; the CRC-32 of all of them is this.
    Summed(u32),
    /// Deflated: how many they become, and the CRC-32 of these.
    Deflated(u64, u32),
    /// Unpacked before: these are they.
    AtHand(Arc<Vec<u8>>),
}

/// Zeros, as many as there is memory for; they are replaced by what is read.
fn room_for(bytes: u64, most: u64) -> Result<Vec<u8>, Fault> {
    if bytes > most {
        return Err(Fault::Own(format!("it takes {}; at most {} are read", size(bytes), size(most))));
    }
    let mut out = Vec::new();
    // As many bytes are in the file, or may come of it: that was seen when it was opened.
    if out.try_reserve_exact(bytes as usize).is_err() {
        return Err(Fault::Own(format!("there is no memory for its {}", size(bytes))));
    }
    out.resize(bytes as usize, 0);
    Ok(out)
}

/// Why a picture cannot be drawn.
#[derive(Debug)]
pub(super) enum Fault {
    /// The machine would not read it, whatever it is.
    Machine(FileError),
    /// The picture's own: a clause for people, such as "an empty file (0 bytes)".
    Own(String),
}

impl Fault {
    /// What an archive says of a file in it is not so.
    fn damaged() -> Self {
        Self::Own("its data in the archive are damaged".to_owned())
    }
}

/// CRC-32.
fn sum_of(bytes: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum()
}

impl From<FileError> for Fault {
    fn from(error: FileError) -> Self {
        if error.fault.is_of_the_machine() { Self::Machine(error) } else { Self::Own(error.fault.to_string()) }
    }
}

impl Place {
    /// All of a file.
    pub(super) fn whole(file: Arc<PlainFile>) -> Self {
        let range = 0..file.len();
        Self { file, range, lies: Lies::Plain }
    }

    /// A part of a file; what lies beyond its end is left out.
    pub(super) fn within(file: &Arc<PlainFile>, range: Range<u64>) -> Self {
        let end = range.end.min(file.len());
        Self { range: range.start.min(end)..end, ..Self::whole(Arc::clone(file)) }
    }

    /// A part of a file whose bytes have this sum.
    pub(super) fn summed(file: &Arc<PlainFile>, range: Range<u64>, sum: u32) -> Self {
        Self { lies: Lies::Summed(sum), ..Self::within(file, range) }
    }

    /// A part of a file that is deflated: `len` bytes once it is unpacked, with this sum.
    pub(super) fn deflated(file: &Arc<PlainFile>, range: Range<u64>, len: u64, sum: u32) -> Self {
        Self { lies: Lies::Deflated(len, sum), ..Self::within(file, range) }
    }

    /// Whether it is unpacked whenever it is read.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self.lies, Lies::Deflated(..))
    }

    /// The same, to be read several times: what is packed is unpacked once.
    pub(super) fn at_hand(&self) -> Result<Self, Fault> {
        let lies = if self.is_packed() { Lies::AtHand(Arc::new(self.all()?)) } else { self.lies.clone() };
        Ok(Self { file: Arc::clone(&self.file), range: self.range.clone(), lies })
    }

    /// The file.
    pub(super) fn file(&self) -> &PlainFile {
        &self.file
    }

    /// By what it is known again where this range decides what it looks like, if any does; `None` where that cannot be.
    pub(super) fn known_by(&self, range: Option<ValueRange>) -> Option<u128> {
        let mut all = self.file.known_by()?.to_le_bytes().to_vec();
        all.extend((u128::from(self.range.start) << 64 | u128::from(self.range.end)).to_le_bytes());
        all.extend(range.into_iter().flat_map(|range| [range.low, range.high]).flat_map(f64::to_le_bytes));
        Some(XxHash3_128::oneshot(&all))
    }

    /// Bytes.
    pub(super) fn len(&self) -> u64 {
        match &self.lies {
            Lies::Plain | Lies::Summed(_) => self.range.end - self.range.start,
            Lies::Deflated(len, _) => *len,
            Lies::AtHand(bytes) => bytes.len() as u64,
        }
    }

    /// The bytes of a part of it, counted from its beginning; fewer where it ends before.
    pub(super) fn read(&self, part: Range<u64>) -> Result<Vec<u8>, Fault> {
        let len = self.len();
        let end = part.end.min(len);
        let start = part.start.min(end);
        match &self.lies {
            Lies::AtHand(bytes) => Ok(bytes.get(start as usize..end as usize).unwrap_or_default().to_vec()),
            Lies::Deflated(_, sum) => {
                let mut all = self.inflate(end, (end == len).then_some(*sum))?;
                all.drain(..start as usize);
                Ok(all)
            }
            Lies::Plain | Lies::Summed(_) => {
                let mut out = room_for(end - start, MOST_BYTES)?;
                self.file.read_exact_at(&mut out, self.range.start + start)?;
                match self.lies {
                    Lies::Summed(sum) if out.len() as u64 == len && sum != sum_of(&out) => Err(Fault::damaged()),
                    _ => Ok(out),
                }
            }
        }
    }

    /// The first bytes of what is unpacked; all of them where their sum is given.
    fn inflate(&self, bytes: u64, sum: Option<u32>) -> Result<Vec<u8>, Fault> {
        let packed_bytes = self.range.end - self.range.start;
        let mut out = room_for(bytes, MOST_INFLATED)?;
        let mut packed = room_for(packed_bytes, MOST_INFLATED + MOST_INFLATED / 8)?;
        self.file.read_exact_at(&mut packed, self.range.start)?;
        let mut decoder = CrcReader::new(DeflateDecoder::new(packed.as_slice()));
        decoder.read_exact(&mut out).map_err(|_| Fault::damaged())?;
        // One byte more would be one too many.
        let is_so = sum.is_none_or(|sum| decoder.crc().sum() == sum && matches!(decoder.read(&mut [0]), Ok(0)));
        if is_so { Ok(out) } else { Err(Fault::damaged()) }
    }

    /// All of it, as it was when it was opened.
    pub(super) fn all(&self) -> Result<Vec<u8>, Fault> {
        let bytes = self.read(0..self.len())?;
        self.file.check_unchanged()?;
        Ok(bytes)
    }
}
