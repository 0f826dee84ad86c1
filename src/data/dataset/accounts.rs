//! Accounts for the record files that no part uses, and for what else lies beside bitmaps.

use std::path::Path;

use super::around::Around;
use super::error::OpenError;
use super::inputs::{Inputs, RecordInput, canonical};
use super::names::{Kind, Name, kind_of};
use super::pairing::{Chosen, Pairing, is_named_file};
use super::told::{How, What};
use crate::data::file_names::shown;
use crate::data::report::LoadReport;

impl Pairing {
    /// Says what became of the record files that no part uses.
    pub(super) fn account_for_the_rest(&mut self, inputs: &mut Inputs) -> Result<(), OpenError> {
        for folder in (0..).zip(&inputs.folders).filter(|(_, folder)| folder.without_bitmaps.is_some()) {
            let mut its = inputs.records.iter().filter(|records| records.folder == Some(folder.0));
            if !its.any(|records| self.used.contains(&records.key)) {
                return Err(folder.1.is_empty());
            }
        }
        for records in &inputs.records {
            if self.used.contains(&records.key) || !self.accounted.insert(records.key.clone()) {
                continue;
            }
            if let Some(unclaimed) = self.account_for(records) {
                let path = unclaimed.to_path_buf();
                // What is no file of records needs no bitmaps.
                inputs.open_records(&path)?;
                return Err(without_bitmaps(&path)?);
            }
        }
        for (part, found) in inputs.parts.iter().enumerate() {
            let Some(Some(Chosen { path: rival, how: How::Beside | How::Around | How::AtTarget })) =
                self.chosen.get(part).cloned()
            else {
                continue;
            };
            for other in self.candidates(part, found)? {
                let key = canonical(&other.path);
                if !self.used.contains(&key) && other.owner.is_none() && self.accounted.insert(key) {
                    self.told.add(What::NotUsed(rival.clone()), &other.path, None);
                }
            }
        }
        Ok(())
    }

    /// Says it of one file; its path where it was named and nothing is to be said but that it has no bitmaps.
    fn account_for<'a>(&mut self, records: &'a RecordInput) -> Option<&'a Path> {
        let name = Name::of(&records.path);
        let rivals = self.by_plain.get(&name.plain).into_iter().flatten().filter(|part| {
            let bitmaps = self.names.get(**part).and_then(Option::as_ref);
            bitmaps.is_some_and(|bitmaps| bitmaps.fit(&name).is_some())
        });
        let chosen = rivals.filter_map(|part| self.chosen.get(*part)?.as_ref());
        let rival = chosen.map(|chosen| chosen.path.clone()).next();
        let sure = kind_of(&records.path) == Kind::Records;
        match (rival, records.folder) {
            (Some(rival), _) => self.told.add(What::NotUsed(rival), &records.path, None),
            (None, Some(_)) if sure => self.told.add(What::NoBitmaps, &records.path, None),
            (None, Some(_)) => self.told.add(What::NoRecords, &records.path, None),
            (None, None) => return Some(&records.path),
        }
        None
    }

    /// Names what lies beside bitmaps that were named, looks like data and is not read.
    pub(super) fn report_unread(&mut self, inputs: &Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
        let mut folders: Vec<&Path> = Vec::new();
        for folder in
            inputs.parts.iter().filter(|found| is_named_file(found)).filter_map(|found| found.part.path()?.parent())
        {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        let names: Vec<&Name> = self.names.iter().flatten().collect();
        let opened: Vec<&Path> = inputs.parts.iter().filter_map(|found| found.part.path()).collect();
        for folder in folders {
            match self.around.shelf(folder)? {
                Some(shelf) => shelf.listing.report_beside(folder, (&names, &opened), &inputs.tables, report)?,
                None => report.info("this folder cannot be listed: records that lie in it must be named", Some(folder)),
            }
        }
        Ok(())
    }
}

/// Names the bitmaps that may belong to the records, if any lie near.
pub(super) fn without_bitmaps(records: &Path) -> Result<OpenError, OpenError> {
    let bitmaps = Around::default().bitmaps(records)?;
    let near = bitmaps.map(|bitmaps| match bitmaps.file_name() {
        Some(name) if bitmaps.parent() == records.parent() => {
            format!("\"{}\" lies beside them", shown(name))
        }
        _ => format!("\"{}\" bears the same name", bitmaps.display()),
    });
    Ok(OpenError::RecordsWithoutBitmaps { path: records.to_path_buf(), near })
}
