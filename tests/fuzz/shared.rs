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

/// What inputs of all forms are made of, or of the one that `INKFIELD_FUZZ_FORM` names.
#[allow(dead_code, reason = "not every target has forms")]
pub fn chosen<T>(forms: &'static [(&'static str, T)]) -> impl Iterator<Item = &'static T> {
    let only = std::env::var("INKFIELD_FUZZ_FORM").ok();
    let is_wanted = move |form: &str| only.as_deref().is_none_or(|only| only == form);
    let names: Vec<&str> = forms.iter().map(|(form, _)| *form).collect();
    assert!(names.iter().any(|form| is_wanted(form)), "INKFIELD_FUZZ_FORM is one of {names:?}");
    forms.iter().filter(move |(form, _)| is_wanted(form)).map(|(_, of)| of)
}
