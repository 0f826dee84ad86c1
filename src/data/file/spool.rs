//! Where unpacked files and what came through pipes are kept: one temporary file a data set, without a name, so that nothing
//! is left behind however the program ends.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use twox_hash::XxHash3_128;

use super::error::FileFault;
use super::read::{read_up_to_at, write_all_at};
use super::{handles, limit};
use crate::data::Cancel;
use crate::room;

/// The most that is kept of one file: beyond it something is wrong with it rather than large.
pub const MOST_BYTES: u64 = 64_000_000_000;

/// Bytes from one look at the disk to the next.
const LOOK_EVERY: u64 = 16 << 20;

/// What is left to others on the disk: a twentieth of it or half of what is free, and no more than this.
const LEFT_TO_OTHERS: u64 = 1 << 30;

/// Room for what can be read only from front to back; clones share it. It takes no disk until something is kept.
#[derive(Clone, Debug, Default)]
pub struct Spool {
    kept: Arc<Mutex<Kept>>,
    pub(super) cancel: Cancel,
}

#[derive(Debug, Default)]
struct Kept {
    /// Made when the first is kept.
    file: Option<Arc<File>>,
    /// Bytes of it that are taken.
    end: u64,
}

/// What was kept of one file.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) file: Arc<File>,
    pub(super) offset: u64,
    pub(super) len: u64,
    /// What of its file it is, where that is the same whenever it is made.
    pub(super) made: Option<u128>,
}

impl Region {
    /// The same as something that is made of its file in one way alone, which has this name.
    pub(super) fn made_as(self, name: &str) -> Self {
        Self { made: Some(name_hash(name)), ..self }
    }

    /// A part of it.
    pub(super) fn part(&self, start: u64, len: u64) -> Self {
        Self { file: Arc::clone(&self.file), offset: self.offset + start, len, made: None }
    }
}

/// What something that is made of its file in one way alone is known by, which has this name.
pub(super) fn name_hash(name: &str) -> u128 {
    XxHash3_128::oneshot(name.as_bytes())
}

impl Spool {
    /// Nothing kept yet; what is read into it stops when `cancel` is set.
    pub fn new(cancel: Cancel) -> Self {
        Self { cancel, ..Self::default() }
    }

    /// Begins to keep something.
    pub(super) fn begin(&self) -> Result<SpoolWriter<'_>, FileFault> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let file = if let Some(file) = &kept.file {
            Arc::clone(file)
        } else {
            let made = handles::with_room(|| tempfile::tempfile_in(folder()));
            let file = Arc::new(made.map_err(|error| match error {
                error if limit::is_out_of_handles(&error) => FileFault::Io { doing: "make a temporary file", error },
                error => FileFault::NoFolder { error, folder: folder() },
            })?);
            kept.file = Some(Arc::clone(&file));
            file
        };
        Ok(SpoolWriter { file, offset: kept.end, written: 0, looked_at: None, reserve: None, kept })
    }
}

/// What is being kept; given up unless it is finished.
pub(super) struct SpoolWriter<'a> {
    kept: MutexGuard<'a, Kept>,
    file: Arc<File>,
    offset: u64,
    written: u64,
    /// How much was written when the disk was last looked at.
    looked_at: Option<u64>,
    /// What is left to others, bytes: known from the first look.
    reserve: Option<u64>,
}

impl SpoolWriter<'_> {
    /// Writes on.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), FileFault> {
        if self.written + bytes.len() as u64 > MOST_BYTES {
            return Err(FileFault::TooLarge);
        }
        if self.looked_at.is_none_or(|at| self.written - at >= LOOK_EVERY) {
            self.refuse_unless_room(LOOK_EVERY)?;
            self.looked_at = Some(self.written);
        }
        match write_all_at(&self.file, bytes, self.offset + self.written) {
            Ok(()) => {
                self.written += bytes.len() as u64;
                Ok(())
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
                Err(self.no_room(0))
            }
            Err(error) => Err(FileFault::Io { doing: "write a temporary file", error }),
        }
    }

    /// Takes `len` bytes, which whoever has the file writes; there is to be room for all of them.
    pub(super) fn reserve(&mut self, len: u64) -> Result<(Arc<File>, u64), FileFault> {
        if self.written + len > MOST_BYTES {
            return Err(FileFault::TooLarge);
        }
        self.refuse_unless_room(len)?;
        let start = self.offset + self.written;
        self.written += len;
        Ok((Arc::clone(&self.file), start))
    }

    /// Gives back all that was written or taken.
    pub(super) fn give_up(&mut self) {
        self.written = 0;
        self.looked_at = None;
        // Where the disk does not get it back at once, what comes next overwrites it.
        let _ = self.file.set_len(self.offset);
    }

    /// Bytes written so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// The first of what was written, at most so many bytes.
    pub(super) fn head(&self, most: usize) -> Result<Vec<u8>, FileFault> {
        let mut head = vec![0; most.min(self.written as usize)];
        let read = read_up_to_at(&self.file, &mut head, self.offset);
        head.truncate(read.map_err(|error| FileFault::Io { doing: "read a temporary file", error })?);
        Ok(head)
    }

    /// Keeps what was written.
    pub(super) fn finish(mut self) -> Region {
        self.kept.end = self.offset + self.written;
        Region { file: Arc::clone(&self.file), offset: self.offset, len: std::mem::take(&mut self.written), made: None }
    }

    fn refuse_unless_room(&mut self, wanted: u64) -> Result<(), FileFault> {
        let Some((left, of)) = room::on_disk(&self.file) else { return Ok(()) };
        let reserve = *self.reserve.get_or_insert_with(|| left_to_others(left, of));
        if left < wanted.saturating_add(reserve) { Err(self.no_room(left)) } else { Ok(()) }
    }

    fn no_room(&self, left: u64) -> FileFault {
        FileFault::NoRoom { written: self.written, left, folder: folder() }
    }
}

impl Drop for SpoolWriter<'_> {
    fn drop(&mut self) {
        if self.written > 0 {
            // Given up: the disk gets it back at once. Where it does not, the next one overwrites it.
            let _ = self.file.set_len(self.offset);
        }
    }
}

/// Bytes that are not taken of a disk with `free` of `all` bytes. A disk that is nearly full still holds what is small.
fn left_to_others(free: u64, all: u64) -> u64 {
    LEFT_TO_OTHERS.min(all / 20).min(free / 2)
}

/// Where temporary files lie: as `TMPDIR` says, else where they are on a disk, else the system's own place, which may be memory.
fn folder() -> PathBuf {
    let on_disk = PathBuf::from("/var/tmp");
    if std::env::var_os("TMPDIR").is_none() && cfg!(unix) && on_disk.is_dir() { on_disk } else { std::env::temp_dir() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_nearly_full_takes_what_is_small_and_keeps_half_of_what_is_free() {
        let gib = 1 << 30;
        assert_eq!(left_to_others(500 * gib, 1000 * gib), gib);
        assert_eq!(left_to_others(5 * gib, 10 * gib), gib / 2);
        assert_eq!(left_to_others(gib / 2, 1000 * gib), gib / 4);
        assert_eq!(left_to_others(0, gib), 0);
    }

    #[test]
    fn what_is_given_up_leaves_no_hole() {
        let spool = Spool::default();
        let mut first = spool.begin().unwrap();
        first.write(b"abc").unwrap();
        let first = first.finish();
        let mut given_up = spool.begin().unwrap();
        given_up.write(&vec![7; 100_000]).unwrap();
        drop(given_up);
        assert_eq!(first.file.metadata().unwrap().len(), 3);
        let mut second = spool.begin().unwrap();
        second.write(b"de").unwrap();
        let second = second.finish();
        assert_eq!((first.offset, first.len, second.offset, second.len), (0, 3, 3, 2));
        assert!(Arc::ptr_eq(&first.file, &second.file));
    }
}
