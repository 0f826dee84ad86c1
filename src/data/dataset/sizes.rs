//! One size of drawings, and ink or colour, for a data set: what a folder holds of others is left out and named.

use std::fmt;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::inputs::{Found, Inputs};
use super::labels;
use super::part::Part;
use crate::data::file_names::file_name;
use crate::data::report::LoadReport;
use crate::data::source::ImageSource;

/// Files that are named for one size.
const NAMED: usize = 3;
/// Where two sizes are as frequent, larger drawings than these are meant: nobody draws in less.
const SMALLEST_SIDE: u32 = 8;

/// What all drawings of a set have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DrawingForm {
    /// Pixels.
    pub(super) height: u32,
    /// Pixels.
    pub(super) width: u32,
    /// Bytes of a pixel as it is read: 1 of ink, 4 of colour.
    pub(super) channels: u32,
}

impl DrawingForm {
    pub(super) fn of(source: &dyn ImageSource) -> Self {
        Self { height: source.height(), width: source.width(), channels: source.channels() }
    }

    fn of_part(part: &Part) -> Self {
        let ((height, width), channels) = (part.size(), part.channels());
        Self { height, width, channels }
    }

    fn shorter_side(self) -> u32 {
        self.height.min(self.width)
    }

    /// "ink" or "colour".
    fn kind(self) -> &'static str {
        if self.channels == 1 { "ink" } else { "colour" }
    }
}

impl fmt::Display for DrawingForm {
    /// "28x28 pixels", "32x32 pixels in colour".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{} pixels{}", self.height, self.width, if self.channels == 1 { "" } else { " in colour" })
    }
}

fn form_of(found: &Found) -> DrawingForm {
    DrawingForm::of_part(&found.part)
}

/// The form of all drawings. What was named itself must have it; of folders those files are kept that have the size of most rows.
pub(super) fn one_form(inputs: &mut Inputs, report: &mut LoadReport) -> Result<DrawingForm, OpenError> {
    let first = form_of(inputs.parts.first().ok_or(OpenError::NothingNamed)?);
    if inputs.parts.iter().all(|found| form_of(found) == first) {
        return Ok(first);
    }
    let form = match named_form(&inputs.parts)? {
        Some(form) => form,
        None => form_of_most(inputs)?,
    };
    let parts = std::mem::take(&mut inputs.parts);
    let (kept, others): (Vec<Found>, Vec<Found>) = parts.into_iter().partition(|found| form_of(found) == form);
    // A folder that was named is not left out as a whole.
    let is_kept = |other: &&Found| kept.iter().any(|found| found.folder == other.folder);
    if let (Some(other), Some(first)) = (others.iter().find(|other| !is_kept(other)), kept.first()) {
        return Err(differ(first, other));
    }
    for (of, group) in by_form(&others) {
        report_left_out(of, &group, form, &kept, inputs, report);
    }
    inputs.parts = kept;
    Ok(form)
}

/// The form of the files and demos that were named themselves, if any were.
fn named_form(parts: &[Found]) -> Result<Option<DrawingForm>, OpenError> {
    let mut named = parts.iter().filter(|found| found.folder.is_none());
    let Some(first) = named.next() else { return Ok(None) };
    match named.find(|found| form_of(found) != form_of(first)) {
        Some(other) => Err(differ(first, other)),
        None => Ok(Some(form_of(first))),
    }
}

/// The size that most rows have. Values of one pixel are no drawings beside others; where two sizes are as frequent, very small
/// ones are none either, then those with records are meant, and then those of bytes: wider numbers are more likely what a model made
/// of the drawings.
fn form_of_most(inputs: &Inputs) -> Result<DrawingForm, OpenError> {
    let groups = by_form(&inputs.parts);
    let weight = |(form, group): &(DrawingForm, Vec<&Found>)| {
        let side = form.shorter_side();
        let has_records = group.iter().any(|found| found.part.has_records);
        let is_bytes = !group.iter().any(|found| found.part.needs_range());
        (side > 1, rows_of(group), side >= SMALLEST_SIDE, has_records, is_bytes)
    };
    let most = groups.iter().map(weight).max();
    let best: Vec<_> = groups.iter().filter(|group| Some(weight(group)) == most).collect();
    match best.as_slice() {
        [(form, _)] => Ok(*form),
        tied => {
            let sizes = tied.iter().map(|(form, group)| format!("{} of {form} ({})", rows_of(group), files(group)));
            let folder = tied.first().and_then(|(_, group)| folder_of(group, inputs)).unwrap_or_default();
            Err(OpenError::SizesTied { sizes: sizes.collect::<Vec<_>>().join(", "), path: folder })
        }
    }
}

/// Parts by form, in the order in which forms come up.
fn by_form(parts: &[Found]) -> Vec<(DrawingForm, Vec<&Found>)> {
    let mut groups: Vec<(DrawingForm, Vec<&Found>)> = Vec::new();
    for found in parts {
        match groups.iter_mut().find(|(form, _)| *form == form_of(found)) {
            Some((_, group)) => group.push(found),
            None => groups.push((form_of(found), vec![found])),
        }
    }
    groups
}

fn report_left_out(
    of: DrawingForm,
    group: &[&Found],
    kept_form: DrawingForm,
    kept: &[Found],
    inputs: &Inputs,
    report: &mut LoadReport,
) {
    let (rows, names) = (rows_of(group), files(group));
    let path = match group {
        [only] => only.part.path().map(Path::to_path_buf),
        _ => folder_of(group, inputs),
    };
    if of.shorter_side() == 1 {
        let values = u64::from(group.first().map_or(0, |found| found.part.rows()));
        let alike = group.iter().all(|found| u64::from(found.part.rows()) == values);
        let whose = labels::whose(values, kept.iter().map(|found| &found.part)).filter(|_| alike);
        let what = whose.map_or_else(
            || "values and no drawings".to_owned(),
            |whose| format!("one value for {whose}, such as a label"),
        );
        let text = format!(
            "left out, as the other drawings here have {kept_form}: {rows} of {of} ({names}), by their size {what}; {} shows them",
            by_itself(group)
        );
        report.info(text, path.as_deref());
        return;
    }
    let text = format!(
        "left out, as most drawings here have {kept_form}: {rows} of {of} ({names}); {} shows them",
        by_itself(group)
    );
    report.warn(text, path.as_deref());
}

fn by_itself(group: &[&Found]) -> &'static str {
    if group.len() == 1 { "opening this file by itself" } else { "opening these files by their names" }
}

fn rows_of(group: &[&Found]) -> u64 {
    group.iter().map(|found| u64::from(found.part.rows())).sum()
}

/// The first names, and how many more there are.
fn files(group: &[&Found]) -> String {
    let names: Vec<String> = group.iter().take(NAMED).map(|found| file_name(&found.part.named())).collect();
    match group.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn folder_of(group: &[&Found], inputs: &Inputs) -> Option<PathBuf> {
    Some(inputs.folders.get(group.first()?.folder?)?.path.clone())
}

fn differ(first: &Found, other: &Found) -> OpenError {
    let (first_form, form) = (form_of(first), form_of(other));
    if first_form.channels != form.channels {
        let (first, path) = (first.part.named(), other.part.named());
        return OpenError::KindsDiffer { first, first_kind: first_form.kind(), path, kind: form.kind() };
    }
    let ((first_height, first_width), (height, width)) = (first.part.size(), other.part.size());
    OpenError::SizesDiffer {
        first: first.part.named(),
        first_height,
        first_width,
        path: other.part.named(),
        height,
        width,
    }
}
