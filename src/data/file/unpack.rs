//! Copies what can be read only from front to back into a [`Spool`], gzip data unpacked.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::CrcReader;
use flate2::bufread::{DeflateDecoder, GzDecoder};

use super::error::{FileError, FileFault};
use super::spool::{Region, Spool, SpoolWriter};
use crate::words::{shown_text, size};

/// First bytes of gzip data.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Bytes after which it is asked whether the rest is wanted: all that headers and first lines need.
pub(super) const HEAD_BYTES: usize = 16 << 10;

const BLOCK_BYTES: usize = 128 << 10;

/// When it is first said how far the copying has come, and how often from then on.
pub(super) const FIRST_WORD: Duration = Duration::from_secs(1);
pub(super) const NEXT_WORD: Duration = Duration::from_secs(5);

/// Copies `source` to its end. `wanted` looks at the first bytes: where it says no, only these are kept, which is enough
/// to say what the content is instead.
pub(super) fn copy(
    source: impl Read,
    path: &Path,
    wanted: &dyn Fn(&[u8]) -> bool,
    spool: &Spool,
) -> Result<Copied, FileFault> {
    let mut source = BufReader::with_capacity(BLOCK_BYTES, source);
    let mut first = Vec::new();
    // A pipe may give one byte at a time.
    source.by_ref().take(GZIP.len() as u64).read_to_end(&mut first).map_err(plain_fault)?;
    let packed = first == GZIP;
    let mut source = Cursor::new(first).chain(source);
    let mut copying = Copying::new(path, wanted, spool)?;
    let result = if packed { copying.members(source) } else { copying.take(&mut source, plain_fault).map(drop) };
    match result {
        Ok(()) => Ok(Copied { region: copying.writer.finish(), packed }),
        // A wait that was broken off reads as an error of the source.
        Err(_) if spool.cancel.is_cancelled() => Err(FileFault::Cancelled),
        Err(fault) => Err(fault),
    }
}

/// What deflated data must be once it is unpacked.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Deflated {
    /// Bytes.
    pub(in crate::data) len: u64,
    /// CRC-32.
    pub(in crate::data) sum: u32,
}

/// Unpacks deflated data, as [`copy`] does gzip data; what is not as it must be is an error.
pub(super) fn inflate(
    source: impl Read,
    deflated: Deflated,
    path: &Path,
    wanted: &dyn Fn(&[u8]) -> bool,
    spool: &Spool,
) -> Result<Region, FileFault> {
    let decoder = DeflateDecoder::new(BufReader::with_capacity(BLOCK_BYTES, source));
    // One byte more shows that it is longer than it claims to be, however long that is.
    let mut source = CrcReader::new(decoder.take(deflated.len.saturating_add(1)));
    let mut copying = Copying::new(path, wanted, spool)?;
    let is_all = copying.take(&mut source, zip_fault)?;
    let (len, sum) = (copying.writer.written(), source.crc().sum());
    if is_all && (len != deflated.len || sum != deflated.sum) {
        let what = "is damaged (its length or its checksum is not as it says): get it again".to_owned();
        return Err(FileFault::Packed { of: "zip", what });
    }
    Ok(copying.writer.finish())
}

/// What [`copy`] has kept.
#[derive(Debug)]
pub(super) struct Copied {
    pub(super) region: Region,
    /// Whether it was gzip data.
    pub(super) packed: bool,
}

/// What is being copied.
struct Copying<'a> {
    writer: SpoolWriter<'a>,
    spool: &'a Spool,
    path: &'a Path,
    wanted: &'a dyn Fn(&[u8]) -> bool,
    block: Vec<u8>,
    /// When something is to be said of it next.
    said: Instant,
}

impl<'a> Copying<'a> {
    fn new(path: &'a Path, wanted: &'a dyn Fn(&[u8]) -> bool, spool: &'a Spool) -> Result<Self, FileFault> {
        Ok(Self {
            writer: spool.begin()?,
            spool,
            path,
            wanted,
            block: vec![0; BLOCK_BYTES],
            said: Instant::now() + FIRST_WORD,
        })
    }

    /// Unpacks one member after the other, as `gunzip` does; zeros behind the last one (from tapes) are no fault.
    fn members(&mut self, mut source: impl BufRead) -> Result<(), FileFault> {
        loop {
            let mut decoder = GzDecoder::new(source);
            if !self.take(&mut decoder, gzip_fault)? {
                return Ok(());
            }
            source = decoder.into_inner();
            if skip_zeros(&mut source).map_err(gzip_fault)? {
                return Ok(());
            }
            if !source.fill_buf().map_err(gzip_fault)?.starts_with(&GZIP[..1]) {
                let what = "ends, and something else follows it: the file was damaged, or put together of several; get it again";
                return Err(FileFault::Packed { of: "gzip", what: what.to_owned() });
            }
        }
    }

    /// Copies all that `source` gives; false where the rest is not wanted.
    fn take(&mut self, source: &mut impl Read, fault: fn(io::Error) -> FileFault) -> Result<bool, FileFault> {
        loop {
            if self.spool.cancel.is_cancelled() {
                return Err(FileFault::Cancelled);
            }
            // The first bytes come together, however small the pieces are in which they arrive.
            let head_left = HEAD_BYTES.saturating_sub(self.writer.written() as usize);
            let block = if head_left > 0 { head_left.min(BLOCK_BYTES) } else { BLOCK_BYTES };
            let block = self.block.get_mut(..block).unwrap_or_default();
            let got = match source.read(block) {
                Ok(0) => return Ok(true),
                Ok(got) => got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(fault(error)),
            };
            self.writer.write(block.get(..got).unwrap_or_default())?;
            if got == head_left && !(self.wanted)(&self.writer.head(HEAD_BYTES)?) {
                return Ok(false);
            }
            if Instant::now() >= self.said {
                self.said = Instant::now() + NEXT_WORD;
                let so_far = size(self.writer.written());
                let path = shown_text(&self.path.to_string_lossy(), usize::MAX);
                tracing::info!(target: "inkfield::waits", "reading on, {so_far} of temporary disk space so far: {path}");
            }
        }
    }
}

/// Whether nothing but zeros follows; those before something else are taken away.
fn skip_zeros(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let block = source.fill_buf()?;
        let zeros = block.iter().take_while(|byte| **byte == 0).count();
        let (all, empty) = (zeros == block.len(), block.is_empty());
        source.consume(zeros);
        if empty || !all {
            return Ok(empty);
        }
    }
}

fn plain_fault(error: io::Error) -> FileFault {
    FileFault::Io { doing: "read", error }
}

fn gzip_fault(error: io::Error) -> FileFault {
    packed_fault("gzip", error)
}

fn zip_fault(error: io::Error) -> FileFault {
    packed_fault("zip", error)
}

/// The decoder's errors are the file's fault unless the system's number is with them.
fn packed_fault(of: &'static str, error: io::Error) -> FileFault {
    if error.raw_os_error().is_some() {
        return plain_fault(error);
    }
    let error = match error.downcast::<FileError>() {
        Ok(FileError { fault, .. }) => return fault,
        Err(error) => error,
    };
    let what = if error.kind() == io::ErrorKind::UnexpectedEof {
        "ends early: it was cut short; get it again".to_owned()
    } else {
        format!("is damaged ({error}): get it again")
    };
    FileFault::Packed { of, what }
}
