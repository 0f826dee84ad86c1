//! Links that lead nowhere, in words.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::words::shown_text;

/// What is wrong with a path that is a link whose file cannot be found, continuing "this is …"; `None` where it is no link, or
/// leads somewhere.
pub(super) fn fault_of(path: &Path) -> Option<String> {
    let mut at = path.to_path_buf();
    let mut seen = HashSet::new();
    let mut is_link = false;
    while let Ok(target) = std::fs::read_link(&at) {
        is_link = true;
        if !seen.insert(at.clone()) {
            return Some("a link that leads back to itself".to_owned());
        }
        at = beside(&at, &target);
    }
    if !is_link || at.exists() {
        return None;
    }
    Some(format!("a link to {}, which does not exist", shown_text(&at.display().to_string(), 300)))
}

/// The path that a link's text means: relative to the folder that the link lies in.
fn beside(link: &Path, target: &Path) -> PathBuf {
    link.parent().map_or_else(|| target.to_path_buf(), |folder| folder.join(target))
}
