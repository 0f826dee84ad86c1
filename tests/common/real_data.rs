//! Where the real drawings lie that some tests read.
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use std::path::{Path, PathBuf};

/// The folder named by `INKFIELD_DATA`, or the one beside the project; `None`, said aloud, where there is none.
pub fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("INKFIELD_DATA").map_or_else(|| beside.clone(), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("CI").is_some_and(|ci| ci == "true") && beside.is_dir();
    assert!(!required, "no real data at {}", folder.display());
    eprintln!("NOT RUN: no real data at {}", folder.display());
    None
}
