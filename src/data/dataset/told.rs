//! What the report says of record files: what was opened from where, what was not and why. Many of one folder become one line.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};

use super::content::Content;
use crate::data::file_names::file_name;
use crate::data::report::LoadReport;

/// Files of one folder of which one thing is said one by one, though the same words fit all. Where names stand in the words they
/// are in quotation marks: the report bundles such notes by itself.
const ONE_BY_ONE: usize = 3;

/// How a part came to its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The records were named.
    Named,
    /// They lie in a folder that was named.
    InFolder,
    /// They lie beside bitmaps that were named.
    Beside,
    /// They lie in a folder near the bitmaps' one.
    Around,
    /// They lie by the target of a link to the bitmaps.
    AtTarget,
}

/// What there is to say of a record file.
#[derive(Debug)]
pub(super) enum What {
    /// Opened, from beside bitmaps that were named.
    Beside,
    /// Opened, from a folder near the bitmaps' one.
    Around,
    /// Opened, from beside or near the target of a link.
    AtTarget,
    /// Opened, from a named folder for the bitmaps of another one.
    FromFolder,
    /// Opened for bitmaps whose name is spelled or decorated otherwise.
    OtherSpelling,
    /// Another file is used.
    NotUsed(PathBuf),
    /// Other bitmaps than those that are opened have the better name.
    BelongsTo(PathBuf),
    /// These bitmaps and others have names that fit alike.
    FitsTwo(PathBuf),
    /// Found in a folder, without bitmaps.
    NoBitmaps,
    /// Found in a folder, of a name that says neither bitmaps nor records for them.
    NoRecords,
    /// Of a fitting name and another content.
    NoLines(Content),
}

impl What {
    fn one(&self, records: &Path, bitmaps: Option<&Path>) -> String {
        let bitmaps = bitmaps.map(|bitmaps| apart(bitmaps, records)).unwrap_or_default();
        match self {
            Self::Beside => "records found beside the bitmaps and opened".to_owned(),
            Self::Around => format!("records found near the bitmaps and opened for {bitmaps}"),
            Self::AtTarget => format!("records found by the target of a link and opened for {bitmaps}"),
            Self::FromFolder => format!("records opened for {bitmaps}"),
            Self::OtherSpelling => format!("records opened for {bitmaps}, whose name is only written differently"),
            Self::NotUsed(rival) => format!("not opened, {} is used", apart(rival, records)),
            Self::BelongsTo(owner) => {
                format!("not opened: by their name these records belong to \"{}\"", apart(owner, records))
            }
            Self::FitsTwo(other) => {
                format!(
                    "records not opened: their name fits \"{}\" and \"{bitmaps}\" alike; open each pair by itself",
                    apart(other, records)
                )
            }
            Self::NoBitmaps => "records without bitmaps, not opened".to_owned(),
            Self::NoRecords => "no bitmap file by its name, skipped".to_owned(),
            Self::NoLines(content) => {
                let (what, advice) = content.instead_of_lines();
                format!("lies beside the bitmaps and was not opened: this is {what}; {advice}")
            }
        }
    }

    /// The same of several files of one folder; `None` where each has something of its own to say.
    fn many(&self, number: usize, first: &Path, bitmaps: Option<&Path>) -> Option<String> {
        let folder = |file: &Path| file.parent().map(file_name).unwrap_or_default();
        let whose = bitmaps.map(folder).unwrap_or_default();
        Some(match self {
            Self::Beside => format!("{number} record files found beside the bitmaps and opened"),
            Self::Around | Self::FromFolder => {
                format!("{number} record files of this folder opened for the bitmaps of the same names in {whose}")
            }
            Self::AtTarget => format!(
                "{number} record files of this folder found by the targets of links and opened for the bitmaps in {whose}"
            ),
            Self::OtherSpelling => format!(
                "{number} record files opened for bitmaps whose names are only written differently; the first is {}",
                file_name(first)
            ),
            Self::NotUsed(rival) => {
                format!("{number} record files not opened, others of {} are used", folder(rival))
            }
            Self::NoBitmaps => {
                format!("{number} record files without bitmaps, not opened; the first is {}", file_name(first))
            }
            Self::NoRecords => format!(
                "{number} entries of the folder are no bitmap files, skipped; the first is {}",
                file_name(first)
            ),
            Self::BelongsTo(_) | Self::FitsTwo(_) | Self::NoLines(_) => return None,
        })
    }

    fn is_warning(&self) -> bool {
        matches!(self, Self::FitsTwo(_))
    }
}

/// A file's name; with its folder's where it has the same name as the other.
fn apart(file: &Path, other: &Path) -> String {
    match file.parent().filter(|_| file.file_name() == other.file_name()) {
        Some(folder) if !folder.as_os_str().is_empty() => format!("{}/{}", file_name(folder), file_name(file)),
        _ => file_name(file),
    }
}

/// What there is to say of a record file, and for which bitmaps.
type Said = (What, PathBuf, Option<PathBuf>);

/// Everything that there is to say, in the order in which it came up.
#[derive(Debug, Default)]
pub(super) struct Told {
    all: Vec<Said>,
}

impl Told {
    pub(super) fn add(&mut self, what: What, records: &Path, bitmaps: Option<&Path>) {
        self.all.push((what, records.to_path_buf(), bitmaps.map(Path::to_path_buf)));
    }

    /// Writes it into the report.
    pub(super) fn write(self, report: &mut LoadReport) {
        let mut groups: Vec<Vec<&Said>> = Vec::new();
        let mut known: HashMap<(Discriminant<What>, Option<&Path>), usize> = HashMap::new();
        for said in &self.all {
            let (what, records, _) = said;
            let place = *known.entry((discriminant(what), records.parent())).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(said),
                None => groups.push(vec![said]),
            }
        }
        for group in groups {
            let all_at_once =
                group.first().filter(|_| group.len() > ONE_BY_ONE).and_then(|(what, records, bitmaps)| {
                    Some((what.many(group.len(), records, bitmaps.as_deref())?, records.parent()))
                });
            if let Some((text, folder)) = all_at_once {
                report.info(text, folder);
                continue;
            }
            for (what, records, bitmaps) in group {
                let text = what.one(records, bitmaps.as_deref());
                if what.is_warning() { report.warn(text, Some(records)) } else { report.info(text, Some(records)) }
            }
        }
    }
}
