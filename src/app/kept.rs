//! What windows keep for the next ones: small files of JSON where the system keeps a program's state.

use crate::export::write_whole;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// Where a file of this name is kept; `None` where there is no home.
pub(super) fn file(name: &str) -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "inkfield")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join(name))
}

/// What a file holds; nothing where it is absent or cannot be read.
pub(super) fn read<T: DeserializeOwned + Default>(file: Option<&Path>) -> T {
    let text = file.and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Writes a file, whole or not at all.
pub(super) fn write(file: Option<&Path>, what: &impl Serialize) -> std::io::Result<()> {
    let Some(file) = file else { return Ok(()) };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = serde_json::to_string_pretty(what)?;
    write_whole(file, |out| out.write_all(text.as_bytes()))
}
