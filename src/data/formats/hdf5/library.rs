//! The library that reads HDF5, and what may come of it: an error in its words, one of the machine, or a panic, which ends here.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hdf5_pure::{Error, FormatError, Source};

use crate::data::file::{FileError, PlainFile};
use crate::data::source::{ImageError, ImageFault};
use crate::panics;
use crate::words::shown_text;

/// Reads a file for the library, at positions.
struct Bytes {
    file: PlainFile,
    error: Arc<Mutex<Option<FileError>>>,
}

impl Source for Bytes {
    fn len(&self) -> u64 {
        self.file.len()
    }

    fn read_at(&self, offset: u64, out: &mut [u8]) -> Result<(), FormatError> {
        self.file.read_exact_at(out, offset).map_err(|error| {
            let said = error.to_string();
            *self.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            FormatError::Source(said)
        })
    }
}

/// A file in the hands of the library.
pub(super) struct Library {
    path: PathBuf,
    file: PlainFile,
    /// What the machine said when it would not read.
    error: Arc<Mutex<Option<FileError>>>,
}

impl Library {
    pub(super) fn of(file: &PlainFile) -> Self {
        Self { path: file.path().to_path_buf(), file: file.again(), error: Arc::default() }
    }

    /// Opens the file; nothing but its beginning is read.
    pub(super) fn open(&self) -> Result<hdf5_pure::File, ImageError> {
        let source = Bytes { file: self.file.again(), error: Arc::clone(&self.error) };
        self.ask(|| hdf5_pure::File::from_source(source))
    }

    /// Has the library do something. It is meant to answer any bytes with an error; should it panic on some, that is one, too.
    pub(super) fn ask<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, ImageError> {
        let why = match panics::caught(work) {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.to_string(),
            Err(said) => said,
        };
        let error = self.error.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(match error {
            Some(error) if error.fault.is_of_the_machine() => error.into(),
            _ => self.damaged(&why),
        })
    }

    pub(super) fn damaged(&self, why: &str) -> ImageError {
        let what = format!("an HDF5 file that is not understood ({})", shown_text(why, 120));
        let advice = "it was cut short, or written in a way that is not read here; in Python, save its array with numpy.save as .npy";
        ImageFault::Archive { what, advice: advice.to_owned() }.at(&self.path)
    }
}
