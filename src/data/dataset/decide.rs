//! What the axes of each array mean, decided once it is known which records belong to it.

use std::ops::ControlFlow;

use super::error::OpenError;
use super::folder;
use super::inputs::{Found, Inputs};
use super::labels;
use super::part::Part;
use crate::data::Cancel;
use crate::data::array::Counted;
use crate::data::file_names::file_name;
use crate::data::formats::{Drawings, Opened};
use crate::data::ndjson::{ReadOptions, RecordError, RecordFile};
use crate::data::report::{LoadReport, Severity};
use crate::data::source::{ImageError, ImageSource};
use crate::words::shown_text;

/// Decides for every part. An array of a folder that turns out to be no drawings is left out; one that was named is an error.
/// `records` is whether columns that lie beside drawings are read.
pub(super) fn decide(inputs: &mut Inputs, records: bool, report: &mut LoadReport) -> Result<(), OpenError> {
    let mut skipped: Vec<(usize, ImageError)> = Vec::new();
    for Found { part, folder } in std::mem::take(&mut inputs.parts) {
        match (decided(part, records, report), folder) {
            (Ok(part), _) => inputs.parts.push(Found { part, folder }),
            // Without it a part would be shown as the whole.
            (Err(error), Some(_)) if error.is_of_the_machine() => return Err(error.into()),
            (Err(error), Some(number)) => skipped.push((number, error)),
            (Err(error), None) => return Err(error.into()),
        }
    }
    for (number, folder) in inputs.folders.iter().enumerate() {
        let errors = || skipped.iter().filter(|(of, _)| *of == number).map(|(_, error)| error);
        let is_left = inputs.parts.iter().any(|found| found.folder == Some(number));
        if let (Some(first), false) = (errors().next(), is_left) {
            let why = folder::all_skipped(errors().count(), first);
            return Err(OpenError::EmptyFolder { path: folder.path.clone(), why });
        }
    }
    let parts: Vec<&Part> = inputs.parts.iter().map(|found| &found.part).collect();
    for error in inputs.skipped.iter().chain(skipped.iter().map(|(_, error)| error)) {
        match labels::looks_like(error, &parts) {
            Some(text) => report.info(text, Some(&error.path)),
            None => folder::report_skipped(error, report),
        }
    }
    Ok(())
}

/// Leaves out what stands before the records of a part, where their number shows that it is none of them.
pub(super) fn leave_out_leads(inputs: &mut Inputs, cancel: &Cancel, report: &mut LoadReport) -> Result<(), OpenError> {
    for Found { part, .. } in &mut inputs.parts {
        let rows = part.rows();
        let Some(records) = &mut part.records else { continue };
        let told = records.leave_out_lead(rows, cancel).map_err(|error| match error {
            RecordError::Cancelled { .. } => OpenError::Cancelled,
            error => error.into(),
        })?;
        if let Some(text) = told {
            report.info(text, Some(records.path()));
        }
    }
    Ok(())
}

fn decided(part: Part, with_columns: bool, report: &mut LoadReport) -> Result<Part, ImageError> {
    let Part { mut drawings, records, .. } = part;
    let counted = drawings.counts_to().zip(records.as_ref()).and_then(|(most, records)| count(records, most));
    let (form, chosen) = (drawings.form, std::mem::take(&mut drawings.chosen));
    report.notes.append(&mut drawings.notes);
    let (source, told) = drawings.decide(counted)?;
    for (severity, text) in chosen.into_iter().chain(told) {
        match severity {
            Severity::Warning => report.warn(text, source.path()),
            Severity::Info => report.info(text, source.path()),
        }
    }
    let mut part = Part { drawings: Opened::new(form, Drawings::Source(source)), records, ..part };
    if part.takes_fourth_as_alpha() {
        let text = "of four channels the fourth is taken as alpha, how opaque a pixel is: save the first three alone where it is something \
                    else (near-infrared light, depth)";
        report.info(text, part.path());
    }
    if with_columns {
        take_columns(&mut part, report);
    }
    Ok(part)
}

/// Takes the columns that lie beside drawings, unless records are open.
fn take_columns(part: &mut Part, report: &mut LoadReport) {
    let Some(own) = part.source().and_then(ImageSource::own_records) else { return };
    let names = if part.records.is_some() { own.left_out() } else { own.names() };
    let is_one = names.len() == 1;
    let names = names.into_iter().map(|name| format!("\"{}\"", shown_text(name, 60))).collect::<Vec<_>>().join(", ");
    if !names.is_empty() {
        let text = match (&part.records, own.path()) {
            (Some(_), _) => format!("its columns {names} are left out, as its records are read"),
            (None, Some(path)) if is_one => format!("{names} of each drawing is read from \"{}\"", file_name(path)),
            (None, Some(_)) => format!("{names} of each drawing are read from files beside it"),
            (None, None) => format!("its arrays {names} have a value for each drawing and are read as columns"),
        };
        report.info(text, part.path());
    }
    part.has_records = true;
}

/// Counts records up to `most`; what cannot be read is told of when it is read as a whole.
fn count(records: &RecordFile, most: u32) -> Option<Counted> {
    let options = ReadOptions { count_rest: false, ..ReadOptions::default() };
    let summary = records.read(0..most, &options, &Cancel::new(), &mut |_| ControlFlow::Continue(())).ok()?;
    Some(Counted { records: summary.lines, and_more: summary.lines >= most })
}
