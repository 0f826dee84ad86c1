//! Folders of what took long and can be made again: a file an entry, all entries together no larger than a bound.
//!
//! What lies in them is for those who keep it to check: nothing is trusted. Entries are named by a [`Content`] and a short name;
//! those that were used longest ago make room for others.

mod content;
mod error;
mod folder;
mod names;

pub use content::{Content, ContentHasher};
pub use error::KeptError;
pub use folder::{Entry, Folder};
pub(crate) use folder::{Part, note_use, remove, remove_wrong};
pub use names::LONGEST_NAME;

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// Names the folder in place of the usual one; `off` keeps nothing.
pub const VARIABLE: &str = "INKFIELD_CACHE";
/// The folders of the usual one: results about likeness; what was read of files: cells of pictures, and what the strokes of records say.
const LIKENESS: &str = "likeness";
const CELLS: &str = "cells";
/// What may be kept at most: maps of a hundred sets of 150,000 drawings; cells of 96 × 96 pixels of 200,000 pictures.
const MOST_OF_LIKENESS: u64 = 2 << 30;
const MOST_OF_CELLS: u64 = 8 << 30;

/// The folder of this user for results about likeness; `None` where nothing is to be kept, or there is no place for it.
pub fn likeness() -> Option<Folder> {
    Some(Folder::new(usual(LIKENESS, Path::new(""))?, MOST_OF_LIKENESS))
}

/// The folder of this user for what was read of files; `None` as for [`likeness`].
pub fn cells() -> Option<Folder> {
    Some(Folder::new(usual(CELLS, Path::new(CELLS))?, MOST_OF_CELLS))
}

/// A folder by its name in the usual one, else by that in the one that was named.
fn usual(name: &str, in_named: &Path) -> Option<PathBuf> {
    Some(match std::env::var_os(VARIABLE) {
        Some(named) if named.eq_ignore_ascii_case("off") => return None,
        Some(named) if !named.is_empty() => PathBuf::from(named).join(in_named),
        _ => ProjectDirs::from("", "", "inkfield")?.cache_dir().join(name),
    })
}
