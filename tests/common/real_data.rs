//! Where the real drawings lie that some tests read.
#![allow(dead_code, reason = "each test uses its own part of this")]
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use std::path::{Path, PathBuf};

/// The folder named by `INKFIELD_DATA`, or the one beside the project; `None`, said aloud, where there is none.
pub fn real_data() -> Option<PathBuf> {
    folder("INKFIELD_DATA", "../shared/data")
}

/// The folder with the inputs of the cases from the field: `INKFIELD_CASES`, or the one beside the project; `None`, said aloud,
/// where there is none.
pub fn field_cases() -> Option<PathBuf> {
    folder("INKFIELD_CASES", "../shared/cases")
}

fn folder(variable: &str, beside: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join(beside);
    let folder = std::env::var_os(variable).map_or_else(|| beside.clone(), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("CI").is_some_and(|ci| ci == "true") && beside.is_dir();
    assert!(!required, "no real data at {}", folder.display());
    eprintln!("NOT RUN: no real data at {}", folder.display());
    None
}
