//! Which record file belongs to which bitmaps: by being named together, by name, or by lying beside.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::inputs::{Found, Inputs, canonical};
use super::names;
use super::part::Bitmaps;
use crate::data::report::LoadReport;

/// Opens the records of every part. Records that were named must find their bitmaps and open; those that were only
/// found beside or in a folder are reported instead.
pub(super) fn pair(inputs: &mut Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
    let mut pairing = Pairing::new(inputs);
    pairing.named_together(inputs);
    pairing.by_name(inputs, |_, records| records.is_none());
    pairing.by_name(inputs, |found, records| records.is_some() && records == found.folder);
    pairing.beside(inputs);
    pairing.account_for_the_rest(inputs, report)?;
    pairing.open(inputs, report)
}

/// `--no-records`: no record file is opened, and those that were named are mentioned.
pub(super) fn leave_out(inputs: &Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
    for records in inputs.records.iter().filter(|records| records.folder.is_none()) {
        if inputs.parts.is_empty() {
            return Err(without_bitmaps(&records.path));
        }
        report.info("records not opened (--no-records)", Some(&records.path));
    }
    Ok(())
}

/// How a part came to its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Named,
    InFolder,
    Beside,
}

/// What was decided so far.
struct Pairing {
    /// By part: its record file.
    chosen: Vec<Option<(PathBuf, How)>>,
    /// Record files that belong to a part.
    used: HashSet<PathBuf>,
}

impl Pairing {
    fn new(inputs: &Inputs) -> Self {
        Self { chosen: vec![None; inputs.parts.len()], used: HashSet::new() }
    }

    fn choose(&mut self, part: usize, records: &Path, how: How) {
        if let Some(chosen) = self.chosen.get_mut(part) {
            self.used.insert(canonical(records));
            *chosen = Some((records.to_path_buf(), how));
        }
    }

    fn is_free(&self, part: usize) -> bool {
        matches!(self.chosen.get(part), Some(None))
    }

    /// One bitmap file and one record file always pair, whatever their names.
    fn named_together(&mut self, inputs: &Inputs) {
        let mut bitmaps = (0..).zip(&inputs.parts).filter(|(_, found)| is_named_file(found));
        let mut records = inputs.records.iter().filter(|records| records.folder.is_none());
        if let (Some((part, _)), None) = (bitmaps.next(), bitmaps.next())
            && let (Some(records), None) = (records.next(), records.next())
        {
            self.choose(part, &records.path, How::Named);
        }
    }

    /// The best fits first: same stem before raw before simplified, the same folder before another.
    fn by_name(&mut self, inputs: &Inputs, allowed: impl Fn(&Found, Option<usize>) -> bool) {
        let mut fits = Vec::new();
        for (part, found) in inputs.parts.iter().enumerate() {
            let Some(path) = found.part.path() else {
                continue;
            };
            for (number, records) in inputs.records.iter().enumerate() {
                if !allowed(found, records.folder) {
                    continue;
                }
                if let Some(fit) = names::fit(found.part.stem(), &records.path) {
                    let elsewhere = path.parent() != records.path.parent();
                    fits.push((fit, elsewhere, part, number));
                }
            }
        }
        fits.sort_unstable();
        for (.., part, number) in fits {
            let Some(records) = inputs.records.get(number) else {
                continue;
            };
            if self.is_free(part) && !self.used.contains(&records.key) {
                let how = if records.folder.is_none() { How::Named } else { How::InFolder };
                self.choose(part, &records.path, how);
            }
        }
    }

    /// Records of a fitting name in the folder of bitmaps that were named themselves.
    fn beside(&mut self, inputs: &Inputs) {
        for (part, found) in inputs.parts.iter().enumerate() {
            let Some(path) = found.part.path().filter(|_| self.is_free(part)) else {
                continue;
            };
            let beside = fitting_beside(path, found.part.stem());
            let free = beside.into_iter().find(|records| !self.used.contains(&canonical(records)));
            if let Some(records) = free {
                self.choose(part, &records, How::Beside);
            }
        }
    }

    /// Says what became of the record files that no part uses.
    fn account_for_the_rest(&self, inputs: &Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
        for records in &inputs.records {
            if self.used.contains(&records.key) {
                continue;
            }
            let rival = inputs.parts.iter().zip(&self.chosen).find_map(|(found, chosen)| {
                names::fit(found.part.stem(), &records.path)?;
                chosen.as_ref().map(|(path, _)| path)
            });
            match (rival, records.folder) {
                (Some(rival), _) => report.info(not_used(rival), Some(&records.path)),
                (None, Some(_)) => {
                    report.info("records without bitmaps, not opened", Some(&records.path));
                }
                (None, None) => return Err(without_bitmaps(&records.path)),
            }
        }
        for (found, chosen) in inputs.parts.iter().zip(&self.chosen) {
            let (Some(path), Some((rival, How::Beside))) = (found.part.path(), chosen) else {
                continue;
            };
            for other in fitting_beside(path, found.part.stem()) {
                if !self.used.contains(&canonical(&other)) {
                    report.info(not_used(rival), Some(&other));
                }
            }
        }
        Ok(())
    }

    fn open(self, inputs: &mut Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
        for (number, chosen) in self.chosen.into_iter().enumerate() {
            let opened = chosen.map(|(path, how)| (inputs.open_records(&path), path, how));
            let Some(found) = inputs.parts.get_mut(number) else { continue };
            found.part.has_records = matches!(found.part.bitmaps, Bitmaps::Demo(_));
            let Some((opened, path, how)) = opened else { continue };
            match opened {
                Ok(records) => {
                    if how == How::Beside {
                        report.info("records found beside the bitmaps and opened", Some(&path));
                    }
                    found.part.records = Some(records);
                    found.part.has_records = true;
                }
                Err(error) if how == How::Named || error.is_of_the_machine() => return Err(error.into()),
                Err(error) => report.warn(format!("records not opened: {error}"), None),
            }
        }
        Ok(())
    }
}

fn is_named_file(found: &Found) -> bool {
    found.folder.is_none() && found.part.path().is_some()
}

fn not_used(rival: &Path) -> String {
    let rival = rival.file_name().unwrap_or_default().to_string_lossy();
    format!("not opened, {rival} is used")
}

/// The record files of fitting names beside bitmaps, the preferred first, less those that belong to other bitmaps there.
fn fitting_beside(bitmaps: &Path, stem: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for records in names::record_stems(stem) {
        if records != stem && bitmaps.with_file_name(format!("{records}.npy")).exists() {
            continue;
        }
        for extension in ["ndjson", "jsonl", "ndjson.gz", "jsonl.gz"] {
            let path = bitmaps.with_file_name(format!("{records}.{extension}"));
            if path.exists() {
                found.push(path);
            }
        }
    }
    found
}

/// Names the bitmaps that lie beside the records, if any do.
fn without_bitmaps(records: &Path) -> OpenError {
    let stem = names::stem_of(records);
    let category = names::category_of(&stem);
    let published = stem.strip_prefix("full_raw_").or_else(|| stem.strip_prefix("full_simplified_"));
    let mut candidates = vec![format!("{stem}.npy"), format!("{category}.npy")];
    candidates.extend(published.map(|category| format!("full_numpy_bitmap_{category}.npy")));
    let beside = candidates.into_iter().find(|name| records.with_file_name(name).is_file());
    OpenError::RecordsWithoutBitmaps { path: records.to_path_buf(), beside }
}
