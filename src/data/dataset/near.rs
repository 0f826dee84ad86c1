//! The name that somebody may have meant.

use std::path::{Path, PathBuf};

use crate::data::file_names::shown;
use crate::words::nfc;

/// Entries of a folder that are compared.
const MOST_ENTRIES: usize = 10_000;

/// The entry of the same folder whose name is nearest to the file name of `path`, if one is near enough to be a slip; as it is shown.
pub(super) fn near_name(path: &Path) -> Option<String> {
    let own = path.file_name()?;
    let name = shown(own);
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let most = 1 + name.chars().count() / 4;
    entries
        .take(MOST_ENTRIES)
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|entry| entry != own && path.with_file_name(entry).exists())
        .map(|entry| shown(&entry))
        .filter(|entry| !entry.starts_with('.'))
        .map(|entry| (edits(&nfc(&name), &nfc(&entry)), entry))
        .filter(|(edits, _)| *edits <= most)
        .min()
        .map(|(_, entry)| entry)
}

/// The entry of the same folder whose name is this one in another Unicode form: both look the same.
pub(super) fn same_name(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str().filter(|name| !name.is_ascii())?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let mut same = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    same.find(|entry| nfc(entry) == nfc(name)).map(|entry| path.with_file_name(entry))
}

/// How many letters must be changed, added or taken away (Levenshtein), upper and lower case alike.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut row = vec![left];
        for (to, &above) in b.iter().zip(previous.iter().skip(1)) {
            left = (diagonal + usize::from(from != *to)).min(above + 1).min(left + 1);
            diagonal = above;
            row.push(left);
        }
        previous = row;
    }
    previous.last().copied().unwrap_or_default()
}
