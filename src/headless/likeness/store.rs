//! Where results that took long are kept for the next time.

use crate::likeness::kept::Store;
use directories::ProjectDirs;
use std::path::PathBuf;

/// Names the folder in place of the usual one; `off` keeps nothing.
pub const VARIABLE: &str = "INKFIELD_CACHE";
/// What may be kept at most: maps of a hundred sets of 150,000 drawings.
const MOST_BYTES: u64 = 2 << 30;

/// The store of this user; `None` where nothing is to be kept, or there is no place for it.
pub fn usual_store() -> Option<Store> {
    let folder = match std::env::var_os(VARIABLE) {
        Some(named) if named.eq_ignore_ascii_case("off") => return None,
        Some(named) if !named.is_empty() => PathBuf::from(named),
        _ => ProjectDirs::from("", "", "inkfield")?.cache_dir().join("likeness"),
    };
    Some(Store::new(folder, MOST_BYTES))
}
