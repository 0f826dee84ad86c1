//! A plain file that stays open and is read at positions; notices when it is changed underneath.

use std::fs::{File, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::{NpyError, NpyFault};
use crate::data::{fate, link};

/// An opened plain file with the length and time stamp that it had.
#[derive(Debug)]
pub(super) struct PlainFile {
    path: PathBuf,
    file: File,
    len: u64,
    modified: Option<SystemTime>,
}

impl PlainFile {
    /// Opens `path` after checking that it is a plain file: opening a named pipe would wait for a writer.
    pub(super) fn open(path: &Path) -> Result<Self, NpyError> {
        let meta = std::fs::metadata(path).map_err(|error| {
            let fault = match (link::fault_of(path), error.kind()) {
                (Some(link), _) => NpyFault::Link(link),
                (None, io::ErrorKind::NotFound) => NpyFault::NotFound,
                (None, _) => NpyFault::Io { doing: "open", error },
            };
            fault.at(path)
        })?;
        refuse_unless_plain(&meta, path)?;
        let io_fault = |error| NpyFault::Io { doing: "open", error }.at(path);
        let file = File::open(path).map_err(io_fault)?;
        // Once more on the open handle: the name may have come to mean something else in between.
        let meta = file.metadata().map_err(io_fault)?;
        refuse_unless_plain(&meta, path)?;
        Ok(Self { path: path.to_path_buf(), file, len: meta.len(), modified: meta.modified().ok() })
    }

    /// Where the file lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Length in bytes when it was opened.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Fails when length or time stamp are not those at opening.
    pub(super) fn check_unchanged(&self) -> Result<(), NpyError> {
        let meta = self.file.metadata().map_err(|error| NpyFault::Io { doing: "look at", error }.at(&self.path))?;
        if meta.len() != self.len || meta.modified().ok() != self.modified {
            return Err(NpyFault::Changed { had: self.len, has: meta.len() }.at(&self.path));
        }
        Ok(())
    }

    /// What became of the file since it was opened, in words; `None` while nothing did.
    pub(super) fn fate(&self) -> Option<String> {
        fate::of(&self.path, &self.file, self.len, self.modified)
    }

    /// Fills `out` from `offset`; fewer bytes are an error with both counts. Needs no cursor: many threads may read.
    pub(super) fn read_exact_at(&self, out: &mut [u8], offset: u64) -> Result<(), NpyError> {
        let wanted = out.len();
        let got = self.read_up_to_at(out, offset)?;
        if got < wanted {
            return Err(NpyFault::ShortRead { wanted: wanted as u64, got: got as u64, offset }.at(&self.path));
        }
        Ok(())
    }

    /// Reads until `out` is full or the file ends, and says how many bytes came.
    pub(super) fn read_up_to_at(&self, out: &mut [u8], offset: u64) -> Result<usize, NpyError> {
        let mut done = 0;
        while let Some(rest) = out.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match read_at(&self.file, rest, offset + done as u64) {
                Ok(0) => break,
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    return Err(NpyFault::Io { doing: "read", error }.at(&self.path));
                }
            }
        }
        Ok(done)
    }
}

#[cfg(unix)]
fn read_at(file: &File, out: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, out, offset)
}

#[cfg(windows)]
fn read_at(file: &File, out: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, out, offset)
}

fn refuse_unless_plain(meta: &Metadata, path: &Path) -> Result<(), NpyError> {
    if meta.is_file() {
        return Ok(());
    }
    let kind = kind_of(meta.file_type());
    Err(NpyFault::NotAFile { kind }.at(path))
}

#[cfg(unix)]
fn kind_of(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_dir() {
        "a folder"
    } else if file_type.is_fifo() {
        "a named pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind_of(file_type: FileType) -> &'static str {
    if file_type.is_dir() { "a folder" } else { "a device" }
}
