//! Arrays of one value for each drawing, such as labels: what they look like, and how to see their values.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::inputs::{Found, Inputs, canonical};
use super::names::stem_of;
use super::part::Part;
use crate::data::file_names::{file_name, shown};
use crate::data::formats;
use crate::data::report::LoadReport;
use crate::data::source::{ImageError, ImageFault};

/// Whose drawings there are so many of: "each of the 1000 drawings of images.npy", or of all parts together.
pub(super) fn whose<'a>(values: u64, parts: impl Iterator<Item = &'a Part>) -> Option<String> {
    let parts: Vec<&Part> = parts.collect();
    let name = match parts.iter().find(|part| u64::from(part.rows()) == values) {
        Some(part) => format!(" of {}", file_name(&part.named())),
        None if parts.iter().map(|part| u64::from(part.rows())).sum::<u64>() == values => " here".to_owned(),
        None => return None,
    };
    Some(match values {
        1 => format!("the drawing{name}"),
        _ => format!("each of the {values} drawings{name}"),
    })
}

/// What an array that is no set of drawings looks like beside these, if it has a value for each.
pub(super) fn looks_like(error: &ImageError, parts: &[&Part]) -> Option<String> {
    let (lengths, of) = match &error.fault {
        ImageFault::Dtype { lengths, meaning, .. } => (lengths, format!(" ({meaning})")),
        ImageFault::Shape { lengths, .. } => (lengths, String::new()),
        _ => return None,
    };
    let mut long = lengths.iter().filter(|length| **length != 1);
    let values = match (long.next(), long.next()) {
        (Some(values), None) => *values as u64,
        _ => return None,
    };
    let whose = whose(values, parts.iter().copied())?;
    Some(format!("skipped: it holds one value for {whose}, such as a label{of}"))
}

/// Whether a file, one of so many inputs, holds nothing but values for each of the drawings in another one.
pub(super) fn are_labels(path: &Path, inputs: usize) -> bool {
    formats::is_named_labels(path) || (inputs > 1 && path.is_file() && formats::holds_columns(path))
}

impl Inputs {
    /// Takes labels in a file of their own: where they were not found beside drawings, IDX files belong to the only ones of their form,
    /// others to those that may be as many.
    pub(super) fn take_labels(&mut self, path: &Path, report: &mut LoadReport) -> Result<(), OpenError> {
        if !formats::is_named_labels(path) {
            return if self.take_columns(path)? { Ok(()) } else { self.take_path(path, report) };
        }
        let same = |own: &Path| canonical(own) == canonical(path);
        if self.parts.iter().any(|found| found.part.drawings.labels_paths().any(same)) {
            return Ok(());
        }
        let mut of_form = self.parts.iter_mut().filter(|found| found.part.drawings.takes_labels());
        let (Some(Found { part, .. }), None) = (of_form.next(), of_form.next()) else {
            return self.take_path(path, report);
        };
        part.drawings.take_labels(formats::labels(path, &self.spool)?);
        Ok(())
    }

    /// Takes the files of a folder that may hold bitmaps, those with values for each drawing last; answers how many do, and what is wrong with
    /// the others.
    pub(super) fn take_bitmaps(
        &mut self,
        files: &[PathBuf],
        folder: usize,
        report: &mut LoadReport,
    ) -> Result<(u32, Vec<ImageError>), OpenError> {
        let (mut bitmaps, mut skipped) = (0, Vec::new());
        let (labels, drawings): (Vec<_>, Vec<_>) = files.iter().partition(|file| are_labels(file, files.len()));
        let files = drawings.into_iter().map(|file| (file, false)).chain(labels.into_iter().map(|file| (file, true)));
        for (file, are_labels) in files {
            match if are_labels { self.take_columns(file) } else { Ok(false) } {
                Ok(false) => {}
                Ok(true) => continue,
                Err(error) if !error.is_of_the_machine() => {
                    skipped.push(error);
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
            if !self.is_new(file, Some(folder), report) {
                bitmaps += 1;
                continue;
            }
            match self.open_file(file).map_err(OpenError::from).and_then(|file| self.open_part(file, report)) {
                Ok(part) => {
                    self.push(part, file, Some(folder));
                    bitmaps += 1;
                }
                Err(OpenError::Images(error)) if !error.is_of_the_machine() => skipped.push(error),
                Err(error) => return Err(error),
            }
        }
        Ok((bitmaps, skipped))
    }

    /// Takes a file of values for each drawing as columns of the first drawings that may be as many and have none; false where there are no
    /// such. One that was taken before is not taken again.
    fn take_columns(&mut self, path: &Path) -> Result<bool, ImageError> {
        let same = |own: &Path| canonical(own) == canonical(path);
        if self.parts.iter().any(|found| found.part.drawings.labels_paths().any(same)) {
            return Ok(true);
        }
        let mut columns = formats::columns_alone(path, &shown(&stem_of(path)), &self.spool)?;
        let mut parts: Vec<&mut Found> = self.parts.iter_mut().collect();
        parts.sort_by_key(|found| found.part.drawings.labels_paths().next().is_some());
        for Found { part, .. } in parts {
            match part.drawings.take_columns(columns) {
                Ok(()) => return Ok(true),
                Err(back) => columns = back,
            }
        }
        Ok(false)
    }
}
