//! What every target needs.

use std::io::Read;
use std::path::Path;

/// A message is one line, and nothing in it steers a terminal.
pub fn check_message(message: &str) {
    assert!(!message.is_empty() && message.len() < 2000, "{} bytes", message.len());
    assert!(!message.chars().any(char::is_control), "{}", message.escape_debug());
}

/// The first `most` bytes of each file of a folder whose name has the ending, in the names' order.
#[allow(dead_code, reason = "not every target has seeds in files")]
pub fn starts(folder: &Path, ending: &str, most: u64) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    let start = |path| {
        let mut start = Vec::new();
        std::fs::File::open(path).ok()?.take(most).read_to_end(&mut start).ok()?;
        Some(start)
    };
    paths.iter().filter_map(start).collect()
}
