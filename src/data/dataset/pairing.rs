//! Which record file belongs to which bitmaps: by being named together, by name, or by lying around. The nearest name wins; where
//! two fit alike, neither is taken.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::accounts::without_bitmaps;
use super::around::{Around, Candidate};
use super::content::Content;
use super::error::OpenError;
use super::inputs::{Found, Inputs, RecordInput, canonical};
use super::named::not_records;
use super::names::{Closeness, Kind, Name, Rank, kind_of};
use super::told::{How, Told, What};
use crate::data::report::LoadReport;

/// Opens the records of every part. Records that were named must find their bitmaps and open; those that were only
/// found beside or in a folder are reported instead.
pub(super) fn pair(inputs: &mut Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
    let mut pairing = Pairing::new(inputs);
    pairing.named_together(inputs)?;
    pairing.by_name(inputs, true)?;
    pairing.by_name(inputs, false)?;
    pairing.around(inputs)?;
    pairing.account_for_the_rest(inputs)?;
    pairing.report_unread(inputs, report)?;
    pairing.open(inputs, report)
}

/// `--no-records`: no record file is opened, and those that were named are mentioned.
pub(super) fn leave_out(inputs: &Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
    for records in inputs.records.iter().filter(|records| records.folder.is_none()) {
        if inputs.parts.is_empty() {
            return Err(without_bitmaps(&records.path)?);
        }
        report.info("records not opened (--no-records)", Some(&records.path));
    }
    match inputs.folders.iter().find(|folder| folder.without_bitmaps.is_some()) {
        Some(folder) if inputs.parts.is_empty() => Err(folder.is_empty()),
        _ => Ok(()),
    }
}

/// A record file that a part uses.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) path: PathBuf,
    pub(super) how: How,
}

/// What was decided so far.
pub(super) struct Pairing {
    /// By part; `None` for a demo.
    pub(super) names: Vec<Option<Name>>,
    /// The parts by what their names have in common with all that can fit.
    pub(super) by_plain: HashMap<String, Vec<usize>>,
    /// By part: its record file.
    pub(super) chosen: Vec<Option<Chosen>>,
    /// Record files that belong to a part.
    pub(super) used: HashSet<PathBuf>,
    /// Record files of which something was said already.
    pub(super) accounted: HashSet<PathBuf>,
    /// Files that were named as tables.
    tables: HashSet<PathBuf>,
    pub(super) around: Around,
    pub(super) told: Told,
}

impl Pairing {
    fn new(inputs: &Inputs) -> Self {
        let names: Vec<Option<Name>> = inputs.parts.iter().map(|found| path_of(found).map(Name::of)).collect();
        let mut by_plain: HashMap<String, Vec<usize>> = HashMap::new();
        for (part, name) in names.iter().enumerate() {
            by_plain
                .entry(name.as_ref().map_or_else(String::new, |name: &Name| name.plain.clone()))
                .or_default()
                .push(part);
        }
        Self {
            names,
            by_plain,
            chosen: vec![None; inputs.parts.len()],
            used: HashSet::new(),
            accounted: HashSet::new(),
            tables: inputs.tables.iter().map(|table| canonical(table)).collect(),
            around: Around::default(),
            told: Told::default(),
        }
    }

    fn choose(&mut self, part: usize, bitmaps: &Path, records: &Path, rank: Option<Rank>, how: How) {
        let Some(chosen) = self.chosen.get_mut(part) else { return };
        self.used.insert(canonical(records));
        *chosen = Some(Chosen { path: records.to_path_buf(), how });
        let what = match (how, rank) {
            (How::AtTarget, _) => What::AtTarget,
            (_, Some(Rank { closeness: Closeness::Decorated | Closeness::Loose, .. })) => What::OtherSpelling,
            (How::Beside, _) => What::Beside,
            (How::Around, _) => What::Around,
            (How::InFolder, Some(Rank { elsewhere: true, .. })) => What::FromFolder,
            _ => return,
        };
        self.told.add(what, records, Some(bitmaps));
    }

    fn is_free(&self, part: usize) -> bool {
        matches!(self.chosen.get(part), Some(None))
    }

    /// One bitmap file and one record file always pair, whatever their names.
    fn named_together(&mut self, inputs: &Inputs) -> Result<(), OpenError> {
        let mut bitmaps = (0..).zip(&inputs.parts).filter(|(_, found)| is_named_file(found));
        let mut records = inputs.records.iter().filter(|records| records.folder.is_none());
        if let (Some((part, found)), None) = (bitmaps.next(), bitmaps.next())
            && let (Some(records), None) = (records.next(), records.next())
            && let Some(path) = found.part.path()
        {
            Self::must_hold_lines(records, found)?;
            self.choose(part, path, &records.path, None, How::Named);
        }
        Ok(())
    }

    /// Pairs the record files that were named, or those that were found in named folders, with the parts that have none yet.
    fn by_name(&mut self, inputs: &Inputs, named: bool) -> Result<(), OpenError> {
        for fit in self.fits(inputs, named) {
            let (Some(found), Some(records)) = (inputs.parts.get(fit.part), inputs.records.get(fit.records)) else {
                continue;
            };
            let Some(path) = found.part.path() else { continue };
            if !self.is_free(fit.part) || self.used.contains(&records.key) || self.accounted.contains(&records.key) {
                continue;
            }
            let alike = fit.rivals.iter().find(|rival| self.is_free(**rival));
            if let Some(rival) = alike.and_then(|rival| inputs.parts.get(*rival)?.part.path()) {
                self.accounted.insert(records.key.clone());
                self.told.add(What::FitsTwo(path.to_path_buf()), &records.path, Some(rival));
            } else if named {
                Self::must_hold_lines(records, found)?;
                self.choose(fit.part, path, &records.path, Some(fit.rank), How::Named);
            } else if self.holds_lines(&records.path, found.part.may_be_one())? {
                self.choose(fit.part, path, &records.path, Some(fit.rank), How::InFolder);
            }
        }
        Ok(())
    }

    /// Which records fit which parts by name, the best first.
    fn fits(&self, inputs: &Inputs, named: bool) -> Vec<PartFit> {
        let mut fits = Vec::new();
        for (number, records) in inputs.records.iter().enumerate().filter(|(_, one)| one.folder.is_none() == named) {
            let name = Name::of(&records.path);
            let free = self.by_plain.get(&name.plain).into_iter().flatten().filter(|part| self.is_free(**part));
            let ranks: Vec<(usize, Rank)> = free
                .filter_map(|&part| {
                    let (path, bitmaps) = (inputs.parts.get(part)?.part.path()?, self.names.get(part)?.as_ref()?);
                    Some((part, Rank::of((path, bitmaps), (&records.path, &name))?))
                })
                .collect();
            for &(part, rank) in &ranks {
                let rivals =
                    ranks.iter().filter(|(other, its)| *other != part && *its == rank).map(|(other, _)| *other);
                fits.push(PartFit { rank, part, records: number, rivals: rivals.collect() });
            }
        }
        fits.sort_by_key(|fit| (fit.rank, fit.part, fit.records));
        fits
    }

    /// Records around bitmaps that have none yet.
    fn around(&mut self, inputs: &Inputs) -> Result<(), OpenError> {
        for (part, found) in inputs.parts.iter().enumerate() {
            let Some(path) = found.part.path().filter(|_| self.is_free(part)) else { continue };
            for Candidate { rank, path: records, owner, at_target } in self.candidates(part, found)? {
                let key = canonical(&records);
                if self.used.contains(&key) || self.accounted.contains(&key) {
                    continue;
                }
                if let Some((owner, is_alike)) = owner {
                    self.accounted.insert(key);
                    if is_alike {
                        self.told.add(What::FitsTwo(path.to_path_buf()), &records, Some(&owner));
                    } else {
                        self.told.add(What::BelongsTo(owner), &records, None);
                    }
                } else if self.holds_lines(&records, found.part.may_be_one())? {
                    let how = match rank.elsewhere {
                        _ if at_target => How::AtTarget,
                        true => How::Around,
                        false => How::Beside,
                    };
                    self.choose(part, path, &records, Some(rank), how);
                    break;
                }
            }
        }
        Ok(())
    }

    pub(super) fn candidates(&mut self, part: usize, found: &Found) -> Result<Vec<Candidate>, OpenError> {
        let name = self.names.get(part).and_then(Option::as_ref);
        let (Some(path), Some(name)) = (found.part.path(), name) else { return Ok(Vec::new()) };
        self.around.near(path, name, found.folder.is_none())
    }

    /// Refuses a named file of one object for many drawings: it is no record of one of them, but a table in another form.
    fn must_hold_lines(records: &RecordInput, found: &Found) -> Result<(), OpenError> {
        let content =
            if kind_of(&records.path) == Kind::Records { Content::Lines } else { Content::of(&records.path)? };
        match content {
            Content::OneObject if !found.part.may_be_one() => Err(not_records(&records.path, content).into()),
            _ => Ok(()),
        }
    }

    /// Whether a file that was not named itself holds records; the content counts where the ending does not say enough.
    fn holds_lines(&mut self, records: &Path, for_one: bool) -> Result<bool, OpenError> {
        if kind_of(records) != Kind::MaybeRecords {
            return Ok(true);
        }
        Ok(match Content::of(records)? {
            Content::Lines => true,
            Content::OneObject if for_one => true,
            content => {
                let key = canonical(records);
                if !self.tables.contains(&key) && self.accounted.insert(key) {
                    self.told.add(What::NoLines(content), records, None);
                }
                false
            }
        })
    }

    fn open(self, inputs: &mut Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
        for (number, chosen) in self.chosen.into_iter().enumerate() {
            let opened = chosen.map(|Chosen { path, how }| (inputs.open_records(&path), how));
            let Some(found) = inputs.parts.get_mut(number) else { continue };
            found.part.has_records = found.part.brings_records() || found.part.records.is_some();
            let Some((opened, how)) = opened else { continue };
            match opened {
                Ok(records) => {
                    found.part.records = Some(records);
                    found.part.has_records = true;
                }
                Err(error) if how == How::Named || error.is_of_the_machine() => return Err(error.into()),
                Err(error) => report.warn(format!("records not opened: {error}"), None),
            }
        }
        self.told.write(report);
        Ok(())
    }
}

/// Records that fit a part by name.
struct PartFit {
    rank: Rank,
    part: usize,
    records: usize,
    /// Parts that they fit alike.
    rivals: Vec<usize>,
}

pub(super) fn is_named_file(found: &Found) -> bool {
    found.folder.is_none() && path_of(found).is_some()
}

/// The file of drawings to which records may belong; `None` where they bring their own or were made of them.
fn path_of(found: &Found) -> Option<&Path> {
    found.part.path().filter(|_| !found.part.brings_records() && found.part.records.is_none())
}
