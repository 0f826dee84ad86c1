//! What can be wrong with a source of drawings, in words for the person who named it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::data::file::{FileError, FileFault};

/// A fault and the file that has it; the message ends with the path.
#[derive(Debug, Error)]
#[error("{fault}: {}", path.display())]
pub struct ImageError {
    /// What is wrong.
    pub fault: ImageFault,
    /// The file.
    pub path: PathBuf,
}

/// What is wrong with a bitmap file.
#[derive(Debug, Error)]
pub enum ImageFault {
    /// The file as such cannot be read.
    #[error(transparent)]
    File(FileFault),
    /// A folder, a pipe, a device: reading it could wait for ever.
    #[error("this is {kind}, not a file with bitmaps")]
    NotAFile {
        /// With its article: "a folder", "a named pipe".
        kind: &'static str,
    },
    /// Another kind of file under this name.
    #[error("this is {what}: {advice}")]
    Foreign {
        /// With its article: "a PNG picture".
        what: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// An archive, and what lies in it.
    #[error("this is {what}: {advice}")]
    Archive {
        /// With its article and members.
        what: String,
        /// What to do with it.
        advice: String,
    },
    /// An archive of arrays of which none is drawn.
    #[error("this is {what}: {advice}")]
    NoneDrawn {
        /// With its article and members.
        what: String,
        /// What to do with it.
        advice: String,
    },
    /// A name that no array of the archive has.
    #[error("it holds no array {name}; its arrays are {arrays}")]
    NoSuchArray {
        /// As it was written, clipped.
        name: String,
        /// With their shapes.
        arrays: String,
    },
    /// An array that was named, of other values than those that are drawn.
    #[error("its array {name} holds {values}; accepted are integers, floats and bools")]
    NoNumbers {
        /// The array's, clipped.
        name: String,
        /// In words: "texts".
        values: String,
    },
    /// A line of text that should be a drawing and is none.
    #[error("line {line} {what}: each line is a drawing, which cannot have holes")]
    Line {
        /// Counted from 1, the heading included.
        line: u64,
        /// Continues "line 17 …".
        what: String,
    },
    /// A link that leads nowhere.
    #[error("this is {0}")]
    Link(String),
    /// The header cannot be read.
    #[error("the {of} header {what}")]
    Header {
        /// Of which kind of file: ".npy".
        of: &'static str,
        /// Continues "the .npy header …".
        what: String,
    },
    /// Values of a type that is not drawn.
    #[error("its values are {dtype} ({meaning}); accepted are integers, floats and bools")]
    Dtype {
        /// As the header spells it, clipped.
        dtype: String,
        /// In words: "floats", "64-bit integers".
        meaning: &'static str,
        /// Of its axes, where they are known.
        lengths: Vec<usize>,
    },
    /// An array that holds no places.
    #[error("{what}")]
    Places {
        /// What it holds, and what is needed.
        what: String,
    },
    /// Axes that are no set of drawings.
    #[error("its shape is {shape}: {what}")]
    Shape {
        /// As numpy prints it.
        shape: String,
        /// Of its axes.
        lengths: Vec<usize>,
        /// What is wrong with it and what to do.
        what: String,
    },
    /// The header claims another number of values than the file holds (FAULTS 1 and 4).
    #[error("the header claims {claimed} bytes, the file has {has} after its header: {verdict}")]
    Length {
        /// The product as text ("1000 × 784"), since it may overflow.
        claimed: String,
        /// Bytes behind the header.
        has: u64,
        /// Cut short, or with bytes to spare.
        verdict: &'static str,
    },
    /// A shape with no rows.
    #[error("it holds no drawings (shape {shape})")]
    NoDrawings {
        /// As numpy prints it.
        shape: String,
    },
    /// A bool that is neither 0 nor 1.
    #[error("byte {offset} is {value}, but a bool must be 0 or 1: the file is damaged or no bool array")]
    BadBool {
        /// Offset from the start of the file.
        offset: u64,
        /// What stands there.
        value: u8,
    },
    /// Rows that the file does not have.
    #[error("rows {first} to {end} were asked for, it has {rows}")]
    OutOfRange {
        /// First row asked for.
        first: u64,
        /// One past the last row asked for.
        end: u64,
        /// Rows in the file.
        rows: u32,
    },
    /// A buffer that does not hold a whole number of drawings.
    #[error("a buffer of {len} bytes does not hold whole drawings of {drawing} bytes")]
    Buffer {
        /// Length of the buffer.
        len: usize,
        /// Bytes of one drawing.
        drawing: usize,
    },
}

impl ImageFault {
    /// Names the file that has this fault.
    pub fn at(self, path: &Path) -> ImageError {
        ImageError { fault: self, path: path.to_path_buf() }
    }
}

impl ImageError {
    /// Whether the machine would not read the file, whatever it is.
    pub fn is_of_the_machine(&self) -> bool {
        matches!(&self.fault, ImageFault::File(fault) if fault.is_of_the_machine())
    }
}

impl From<FileError> for ImageError {
    fn from(FileError { fault, path }: FileError) -> Self {
        let fault = match fault {
            FileFault::NotAFile { kind } => ImageFault::NotAFile { kind },
            fault => ImageFault::File(fault),
        };
        Self { fault, path }
    }
}
