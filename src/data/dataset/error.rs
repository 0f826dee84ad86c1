//! Why a data set cannot be opened or read.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::data::demo::DemoError;
use crate::data::file::{FileError, FileFault, SystemSays, is_environment};
use crate::data::joined::JoinError;
use crate::data::ndjson::RecordError;
use crate::data::source::{ImageError, ImageFault};

/// Why a data set cannot be opened or read; where a file is meant, its path comes last.
#[derive(Debug, Error)]
pub enum OpenError {
    /// No input was named.
    #[error("nothing to open: name a .npy file, a folder, or `demo`")]
    NothingNamed,
    /// Nothing lies at a path that was named.
    #[error("there is no such file or folder{}: {}", did_you_mean(near.as_deref()), path.display())]
    NotFound {
        /// As it was named.
        path: PathBuf,
        /// A name in the same folder that looks like it.
        near: Option<String>,
    },
    /// A link that leads nowhere.
    #[error("this is {what}: {}", path.display())]
    Link {
        /// Where it leads, in words.
        what: String,
        /// As it was named.
        path: PathBuf,
    },
    /// What was named is on another machine.
    #[error("{}: {}", of_address(*is_web), path.display())]
    Address {
        /// Whether a browser would open it.
        is_web: bool,
        /// As it was named.
        path: PathBuf,
    },
    /// A pattern for several names, where nothing lies at that name.
    #[error(
        "this is a pattern and no name: leave quotation marks out, so that the shell puts in the names that match (where it has put \
         in none, none matches), or name the folder: {}",
        .0.display()
    )]
    Pattern(PathBuf),
    /// A folder cannot be listed, a path cannot be looked at.
    #[error("cannot {doing}: {}: {}", SystemSays(error), path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// What the system said; part of the message, hence no `source`.
        error: io::Error,
        /// What was named.
        path: PathBuf,
    },
    /// A file as such cannot be read.
    #[error(transparent)]
    File(FileError),
    /// Drawings cannot be opened or read.
    #[error(transparent)]
    Images(#[from] ImageError),
    /// A record file cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A table cannot be joined.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// A demo was named wrongly.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// Records were named, but no drawings that belong to them.
    #[error("these are records without bitmaps{}: {}", of_bitmaps(near.as_deref()), path.display())]
    RecordsWithoutBitmaps {
        /// The record file.
        path: PathBuf,
        /// A bitmap file of a fitting name, and where it lies, as a clause.
        near: Option<String>,
    },
    /// Records that cannot be held against bitmaps.
    #[error("there is nothing to check: {why}: {}", path.display())]
    NotChecked {
        /// What is missing, as a clause.
        why: &'static str,
        /// The bitmaps.
        path: PathBuf,
    },
    /// A folder without a single bitmap file.
    #[error("no bitmap file in this folder ({why}): {}", path.display())]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
        /// What lies there instead.
        why: String,
    },
    /// Parts whose drawings differ in size.
    #[error(
        "drawings of {height}x{width} pixels cannot be opened together with {first_height}x{first_width} of {}: {}",
        first.display(),
        path.display()
    )]
    SizesDiffer {
        /// The first part.
        first: PathBuf,
        /// Its height in pixels.
        first_height: u32,
        /// Its width in pixels.
        first_width: u32,
        /// The part that differs.
        path: PathBuf,
        /// Its height in pixels.
        height: u32,
        /// Its width in pixels.
        width: u32,
    },
    /// Parts of which one is in ink and one in colour.
    #[error(
        "drawings in {kind} cannot be opened together with those in {first_kind} of {}; open each by itself: {}",
        first.display(),
        path.display()
    )]
    KindsDiffer {
        /// The first part.
        first: PathBuf,
        /// "ink" or "colour".
        first_kind: &'static str,
        /// The part that differs.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// Arrays of ink and encoded pictures.
    #[error("arrays and pictures cannot be opened together: open {} by itself, or {}", first.display(), path.display())]
    ArraysAndPictures {
        /// The first array.
        first: PathBuf,
        /// The pictures.
        path: PathBuf,
    },
    /// A folder with as many drawings of one size as of another.
    #[error(
        "drawings of several sizes cannot be opened together, and none is the size of most: {sizes}; name the files of one size: {}",
        path.display()
    )]
    SizesTied {
        /// How many of which size, and the files that hold them.
        sizes: String,
        /// The folder.
        path: PathBuf,
    },
    /// More drawings than row numbers.
    #[error("{rows} drawings; at most {} can be opened together", crate::data::source::MAX_ROWS)]
    TooManyRows {
        /// All parts together.
        rows: u64,
    },
    /// A slice without rows.
    #[error("--rows {slice} takes none of the {rows} rows")]
    EmptySlice {
        /// As it was written.
        slice: String,
        /// Rows of the whole data set.
        rows: u32,
    },
    /// Rows that were not opened.
    #[error("rows {first} to {end} were asked for, {rows} are open")]
    OutOfRange {
        /// First row asked for.
        first: u64,
        /// One past the last row asked for.
        end: u64,
        /// Rows that are open.
        rows: u32,
    },
    /// `--strict` and something was odd.
    #[error("--strict: {what}{}", and_more(*more))]
    Strict {
        /// The first warning.
        what: String,
        /// How many more there are.
        more: usize,
    },
    /// Somebody asked to stop.
    #[error("reading was stopped")]
    Cancelled,
}

impl OpenError {
    /// Whether the machine is to blame (no handles, no disk, a disk that fails), not what was named.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::Io { error, .. } => is_environment(error),
            Self::File(FileError { fault, .. })
            | Self::Images(ImageError { fault: ImageFault::File(fault), .. })
            | Self::Record(RecordError::File(FileError { fault, .. })) => fault.is_of_the_environment(),
            Self::Record(RecordError::Io { .. }) => true,
            Self::Join(error) => error.is_of_the_environment(),
            _ => false,
        }
    }
}

impl From<FileError> for OpenError {
    fn from(error: FileError) -> Self {
        match error.fault {
            FileFault::Cancelled => Self::Cancelled,
            _ => Self::File(error),
        }
    }
}

fn of_address(is_web: bool) -> &'static str {
    if is_web {
        "this is a web address; files are opened from this machine alone: download it and name the file (`inkfield fetch` \
         downloads drawings of Quick, Draw!)"
    } else {
        "this is an address on another machine; files are opened from this one alone: copy it here and name the file"
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" (did you mean \"{near}\"?)"))
}

fn of_bitmaps(near: Option<&str>) -> String {
    let near = near.map(|clause| format!(" ({clause}), or add --raster 28 to draw their strokes instead"));
    format!(": name the .npy file that belongs to them{}", near.unwrap_or_default())
}

fn and_more(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => " (and 1 more warning)".to_owned(),
        _ => format!(" (and {more} more warnings)"),
    }
}
