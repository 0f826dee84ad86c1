//! Where the encoded bytes of a picture lie: in a file of its own, or in an archive.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use crate::data::file::{Deflated, FileError, PlainFile};
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
    /// What they become once they are unpacked, where they are packed.
    deflated: Option<Deflated>,
    /// The same, unpacked, while it is at hand.
    inflated: Option<Arc<Vec<u8>>>,
    /// CRC-32 of all of it, where it is not packed and that is known.
    sum: Option<u32>,
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
        Self { file, range, deflated: None, inflated: None, sum: None }
    }

    /// A part of a file; what lies beyond its end is left out.
    pub(super) fn within(file: &Arc<PlainFile>, range: Range<u64>) -> Self {
        let end = range.end.min(file.len());
        Self { range: range.start.min(end)..end, ..Self::whole(Arc::clone(file)) }
    }

    /// A part of a file whose bytes have this sum.
    pub(super) fn summed(file: &Arc<PlainFile>, range: Range<u64>, sum: u32) -> Self {
        Self { sum: Some(sum), ..Self::within(file, range) }
    }

    /// A part of a file that is deflated.
    pub(super) fn deflated(file: &Arc<PlainFile>, range: Range<u64>, deflated: Deflated) -> Self {
        Self { deflated: Some(deflated), ..Self::within(file, range) }
    }

    /// Whether it is unpacked whenever it is read.
    pub(super) fn is_packed(&self) -> bool {
        self.deflated.is_some() && self.inflated.is_none()
    }

    /// The same, to be read several times: what is packed is unpacked once.
    pub(super) fn at_hand(&self) -> Result<Self, Fault> {
        let mut at_hand = self.clone();
        if self.is_packed() {
            at_hand.inflated = Some(Arc::new(self.all()?));
        }
        Ok(at_hand)
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
        self.deflated.map_or(self.range.end - self.range.start, |deflated| deflated.len)
    }

    /// The bytes of a part of it, counted from its beginning; fewer where it ends before.
    pub(super) fn read(&self, part: Range<u64>) -> Result<Vec<u8>, Fault> {
        let len = self.len();
        let (start, end) = (part.start.min(len), part.end.min(len));
        let start = start.min(end);
        if let Some(inflated) = &self.inflated {
            return Ok(inflated.get(start as usize..end as usize).unwrap_or_default().to_vec());
        }
        if let Some(deflated) = self.deflated {
            let mut all = self.inflate(deflated, end)?;
            all.drain(..start as usize);
            return Ok(all);
        }
        let mut out = room_for(end - start, MOST_BYTES)?;
        self.file.read_exact_at(&mut out, self.range.start + start)?;
        match self.sum {
            Some(sum) if out.len() as u64 == len && sum != sum_of(&out) => Err(Fault::damaged()),
            _ => Ok(out),
        }
    }

    /// The first bytes of what is unpacked, checked where these are all.
    fn inflate(&self, deflated: Deflated, bytes: u64) -> Result<Vec<u8>, Fault> {
        let packed_bytes = self.range.end - self.range.start;
        let mut out = room_for(bytes, MOST_INFLATED)?;
        let mut packed = room_for(packed_bytes, MOST_INFLATED + MOST_INFLATED / 8)?;
        self.file.read_exact_at(&mut packed, self.range.start)?;
        let mut decoder = CrcReader::new(DeflateDecoder::new(packed.as_slice()));
        decoder.read_exact(&mut out).map_err(|_| Fault::damaged())?;
        // One byte more would be one too many.
        let is_all = bytes == deflated.len;
        let is_so = !is_all || (decoder.crc().sum() == deflated.sum && matches!(decoder.read(&mut [0]), Ok(0)));
        if is_so { Ok(out) } else { Err(Fault::damaged()) }
    }

    /// All of it, as it was when it was opened.
    pub(super) fn all(&self) -> Result<Vec<u8>, Fault> {
        let bytes = self.read(0..self.len())?;
        self.file.check_unchanged()?;
        Ok(bytes)
    }
}
