//! Arrays of one value for each drawing, such as labels: what they look like, and how to see their values.

use std::path::Path;

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
    let text = format!("skipped: it holds one value for {whose}, such as a label{of}");
    let part = parts.iter().find(|part| u64::from(part.rows()) == values && !part.has_records);
    Some(part.and_then(|part| how_to_see(error, part)).map_or(text.clone(), |how| format!("{text}; {how}")))
}

/// The command that makes records of the values, where names are so plain that nobody has to quote them.
fn how_to_see(error: &ImageError, part: &Part) -> Option<String> {
    let (values, name) = (error.path.file_name()?.to_str()?, shown(&stem_of(&error.path)));
    // Other formats are not what numpy.load reads as one array.
    error.path.extension().filter(|ending| ending.eq_ignore_ascii_case("npy"))?;
    let records = shown(&stem_of(part.path()?));
    let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    [values, &name, &records].into_iter().all(is_plain).then(|| {
        format!(
            "to see them, make records of them, in Python by pandas.DataFrame({{\"{name}\": numpy.load(\"{values}\").ravel()}})\
             .to_json(\"{records}.ndjson\", orient=\"records\", lines=True)"
        )
    })
}

impl Inputs {
    /// Takes labels in a file of their own: where they were not found beside drawings, they belong to the only ones of their form.
    pub(super) fn take_labels(&mut self, path: &Path, report: &mut LoadReport) -> Result<(), OpenError> {
        let same = |own: &Path| canonical(own) == canonical(path);
        if self.parts.iter().any(|found| found.part.drawings.labels_path().is_some_and(same)) {
            return Ok(());
        }
        let mut of_form = self.parts.iter_mut().filter(|found| found.part.drawings.takes_labels());
        let (Some(Found { part, .. }), None) = (of_form.next(), of_form.next()) else {
            return self.take_path(path, report);
        };
        part.drawings.take_labels(formats::labels(path, &self.spool)?);
        Ok(())
    }
}
