//! Opening plain files, and nothing else: a named pipe would wait for a writer.

use std::fs::{File, FileType, Metadata};
use std::path::Path;

use super::error::FileFault;
use super::fate::Stamp;
use super::handles::with_room;
use crate::data::link;

/// Opens a plain file, and nothing else.
pub(super) fn open_plain(path: &Path) -> Result<(File, Stamp), FileFault> {
    let meta = std::fs::metadata(path)
        .map_err(|error| link::fault_of(path).map_or_else(|| FileFault::of_opening(error), FileFault::Link))?;
    refuse_unless_plain(&meta)?;
    let file = with_room(|| File::open(path)).map_err(FileFault::of_opening)?;
    // Once more on the open handle: the name may have come to mean something else in between.
    let meta = file.metadata().map_err(looking)?;
    refuse_unless_plain(&meta)?;
    Ok((file, Stamp::of(&meta)))
}

/// Opens a file once more, which must be the one that had this stamp.
pub(super) fn open_again(path: &Path, was: &Stamp) -> Result<File, FileFault> {
    let (file, now) = open_plain(path).map_err(|fault| match fault {
        FileFault::NotFound | FileFault::Link(_) => FileFault::Gone,
        FileFault::NotAFile { .. } => FileFault::Replaced,
        fault => fault,
    })?;
    if !now.is_same_file(was) {
        return Err(FileFault::Replaced);
    }
    if now != *was {
        return Err(FileFault::Changed { had: was.len, has: now.len });
    }
    Ok(file)
}

pub(super) fn reading(error: std::io::Error) -> FileFault {
    FileFault::Io { doing: "read", error }
}

pub(super) fn looking(error: std::io::Error) -> FileFault {
    FileFault::Io { doing: "look at", error }
}

fn refuse_unless_plain(meta: &Metadata) -> Result<(), FileFault> {
    if meta.is_file() { Ok(()) } else { Err(FileFault::NotAFile { kind: kind_of(meta.file_type()) }) }
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
