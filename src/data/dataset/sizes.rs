//! One size of drawings for a data set: what a folder holds of other sizes is left out and named.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::inputs::{Found, Inputs};
use super::labels;
use crate::data::file_names::file_name;
use crate::data::report::LoadReport;

/// Files that are named for one size.
const NAMED: usize = 3;
/// Where two sizes are as frequent, larger drawings than these are meant: nobody draws in less.
const SMALLEST_SIDE: u32 = 8;

/// Height and width in pixels.
type Size = (u32, u32);

/// The size of all drawings. What was named itself must have it; of folders those files are kept that have the size of most rows.
pub(super) fn one_size(inputs: &mut Inputs, report: &mut LoadReport) -> Result<Size, OpenError> {
    let first = inputs.parts.first().ok_or(OpenError::NothingNamed)?.part.size();
    if inputs.parts.iter().all(|found| found.part.size() == first) {
        return Ok(first);
    }
    let size = match named_size(&inputs.parts)? {
        Some(size) => size,
        None => size_of_most(inputs)?,
    };
    let parts = std::mem::take(&mut inputs.parts);
    let (kept, others): (Vec<Found>, Vec<Found>) = parts.into_iter().partition(|found| found.part.size() == size);
    // A folder that was named is not left out as a whole.
    let is_kept = |other: &&Found| kept.iter().any(|found| found.folder == other.folder);
    if let (Some(other), Some(first)) = (others.iter().find(|other| !is_kept(other)), kept.first()) {
        return Err(differ(first, other));
    }
    for (of, group) in by_size(&others) {
        report_left_out(of, &group, size, &kept, inputs, report);
    }
    inputs.parts = kept;
    Ok(size)
}

/// The size of the files and demos that were named themselves, if any were.
fn named_size(parts: &[Found]) -> Result<Option<Size>, OpenError> {
    let mut named = parts.iter().filter(|found| found.folder.is_none());
    let Some(first) = named.next() else { return Ok(None) };
    match named.find(|found| found.part.size() != first.part.size()) {
        Some(other) => Err(differ(first, other)),
        None => Ok(Some(first.part.size())),
    }
}

/// The size that most rows have. Values of one pixel are no drawings beside others; where two sizes are as frequent, very small
/// ones are none either, and then those with records are meant.
fn size_of_most(inputs: &Inputs) -> Result<Size, OpenError> {
    let groups = by_size(&inputs.parts);
    let weight = |(size, group): &(Size, Vec<&Found>)| {
        let (height, width) = *size;
        let has_records = group.iter().any(|found| found.part.has_records);
        (height.min(width) > 1, rows_of(group), height.min(width) >= SMALLEST_SIDE, has_records)
    };
    let most = groups.iter().map(weight).max();
    let best: Vec<_> = groups.iter().filter(|group| Some(weight(group)) == most).collect();
    match best.as_slice() {
        [(size, _)] => Ok(*size),
        tied => {
            let sizes =
                tied.iter().map(|(size, group)| format!("{} of {} ({})", rows_of(group), px(*size), files(group)));
            let folder = tied.first().and_then(|(_, group)| folder_of(group, inputs)).unwrap_or_default();
            Err(OpenError::SizesTied { sizes: sizes.collect::<Vec<_>>().join(", "), path: folder })
        }
    }
}

/// Parts by size, in the order in which sizes come up.
fn by_size(parts: &[Found]) -> Vec<(Size, Vec<&Found>)> {
    let mut groups: Vec<(Size, Vec<&Found>)> = Vec::new();
    for found in parts {
        match groups.iter_mut().find(|(size, _)| *size == found.part.size()) {
            Some((_, group)) => group.push(found),
            None => groups.push((found.part.size(), vec![found])),
        }
    }
    groups
}

fn report_left_out(
    of: Size,
    group: &[&Found],
    kept_size: Size,
    kept: &[Found],
    inputs: &Inputs,
    report: &mut LoadReport,
) {
    let (rows, names) = (rows_of(group), files(group));
    let path = match group {
        [only] => only.part.path().map(Path::to_path_buf),
        _ => folder_of(group, inputs),
    };
    if of.0.min(of.1) == 1 {
        let values = u64::from(group.first().map_or(0, |found| found.part.rows()));
        let alike = group.iter().all(|found| u64::from(found.part.rows()) == values);
        let whose = labels::whose(values, kept.iter().map(|found| &found.part)).filter(|_| alike);
        let what = whose.map_or_else(
            || "values and no drawings".to_owned(),
            |whose| format!("one value for {whose}, such as a label"),
        );
        let text = format!(
            "left out, as the other drawings here have {}: {rows} of {} ({names}), by their size {what}; {} shows them",
            px(kept_size),
            px(of),
            by_itself(group)
        );
        report.info(text, path.as_deref());
        return;
    }
    let text = format!(
        "left out, as most drawings here have {}: {rows} of {} ({names}); {} shows them",
        px(kept_size),
        px(of),
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

fn px((height, width): Size) -> String {
    format!("{height}x{width} pixels")
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
